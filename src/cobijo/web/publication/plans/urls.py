"""Addresses of the room, beneath the language and within the public's namespace: its pages read no session."""

from __future__ import annotations

from django.urls import path

from cobijo.web.publication.plans import views

app_name = "plans"
urlpatterns = [path("", views.plans, name="find")]
