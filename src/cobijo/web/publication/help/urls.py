"""Addresses of the room, beneath the language and within the public's namespace: its pages read no session."""

from __future__ import annotations

from django.urls import path, re_path

from cobijo.web.publication.help import views

app_name = "help"
urlpatterns = [
    path("", views.help_page, name="find"),
    re_path(r"^services\.(?P<form>json|csv)$", views.data, name="data"),
]
