"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from cobijo.web.care.systems import views

app_name = "systems"
urlpatterns = [
    path("care/systems/", views.home, name="home"),
    path("care/systems/form/<slug:form>/", views.phone_form, name="phone_form"),
    path("care/systems/send/", views.send, name="send"),
    path("care/systems/take/", views.take, name="take"),
]
