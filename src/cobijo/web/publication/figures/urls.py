"""Addresses of the room, beneath the language and within the public's namespace: its pages read no session."""

from __future__ import annotations

from django.urls import path

from cobijo.web.publication.figures import views

app_name = "figures"
urlpatterns = [
    path("", views.home, name="home"),
    path("ratings/", views.ratings, name="ratings"),
    path("<slug:concept>/", views.concept, name="concept"),
    path("<slug:concept>/<slug:code>/", views.figure, name="figure"),
]
