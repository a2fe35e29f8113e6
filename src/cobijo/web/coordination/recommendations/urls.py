"""Addresses of the room. `recommendation` stands before the register's own detail and takes its place."""

from __future__ import annotations

from django.urls import path

from cobijo.web.coordination.recommendations import views

app_name = "recommendations"
urlpatterns = [
    path("coordination/recommendations/<int:pk>/", views.recommendation, name="recommendation"),
]
