"""Addresses of long work."""

from __future__ import annotations

from django.urls import path

from cobijo.web.core.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="list"),
    path("<uuid:job_id>/", views.detail, name="detail"),
    path("<uuid:job_id>/state", views.state, name="state"),
    path("<uuid:job_id>/cancel", views.cancel, name="cancel"),
    path("<uuid:job_id>/file", views.file, name="file"),
]
