"""Addresses of the links that verify entries."""

from __future__ import annotations

from django.urls import path

from cobijo.web.directory.services import views

app_name = "services"
urlpatterns = [
    path("directory/verify/", views.ask, name="ask"),
    path("directory/verify/thanks/", views.answered, name="answered"),
    path("directory/verify/link/<str:secret>/", views.answer, name="answer"),
]
