"""Addresses of the room's own pages; the one of a self-assessment takes the place of the register's detail."""

from __future__ import annotations

from django.urls import path

from cobijo.web.coordination.duties import views

app_name = "duties"
urlpatterns = [
    path("coordination/duties/states/", views.matrix, name="matrix"),
    path("coordination/assessments/compared/", views.compared, name="compared"),
    path("coordination/assessments/<int:pk>/", views.assessment, name="assessment"),
    path("coordination/assessments/<int:pk>/fill/", views.fill, name="fill"),
    path("coordination/assessments/<int:pk>/finish/", views.finish, name="finish"),
]
