"""Addresses of the access room."""

from __future__ import annotations

from django.urls import path

from cobijo.web.core.access import views

app_name = "access"
urlpatterns = [
    path("who/<slug:kind>/<str:record_id>/", views.who, name="who"),
    path("emergency/", views.glass, name="glass"),
    path("emergency/open/<slug:kind>/<int:record_id>/", views.open_glass, name="open_glass"),
    path("emergency/<int:glass_id>/review/", views.review, name="review"),
    path("emergency/<int:glass_id>/give-back/", views.give_back, name="give_back"),
]
