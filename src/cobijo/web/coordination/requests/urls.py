"""Addresses of the room. `request` stands before the register's own detail and takes its place."""

from __future__ import annotations

from django.urls import path

from cobijo.web.coordination.requests import views

app_name = "requests"
urlpatterns = [
    path("coordination/requests/overdue/", views.overdue, name="overdue"),
    path("coordination/requests/<int:pk>/", views.request, name="request"),
    path("coordination/requests/<int:pk>/send/", views.send, name="send"),
    path("coordination/requests/<int:pk>/received/", views.acknowledge, name="acknowledge"),
    path("coordination/requests/<int:pk>/answer/", views.answer, name="answer"),
    path("coordination/requests/<int:pk>/grade/", views.grade, name="grade"),
    path("coordination/requests/<int:pk>/escalate/", views.escalate, name="escalate"),
    path("coordination/requests/<int:pk>/close/", views.close, name="close"),
    path("coordination/requests/<int:pk>/hide/", views.hide, name="hide"),
    path("coordination/requests/<int:pk>/letter.<str:form>", views.letter, name="letter"),
]
