"""Addresses of the room: a case, a proceeding, an alert, each by its number."""

from __future__ import annotations

from django.urls import path

from cobijo.web.care.justice import views

app_name = "justice"
urlpatterns = [
    path("justice/<int:pk>/", views.case, name="case"),
    path("justice/<int:pk>/start/", views.start, name="start"),
    path("justice/<int:pk>/alert/", views.alert, name="alert"),
    path("justice/<int:pk>/apart/", views.apart, name="apart"),
    path("justice/proceeding/<int:pk>/change/", views.change, name="change"),
    path("justice/proceeding/<int:pk>/step/", views.step, name="step"),
    path("justice/proceeding/<int:pk>/later/", views.later, name="later"),
    path("justice/proceeding/<int:pk>/measure/", views.measure, name="measure"),
    path("justice/proceeding/<int:pk>/reparation/", views.reparation, name="reparation"),
    path("justice/step/<int:pk>/", views.correct, name="correct"),
    path("justice/measure/<int:pk>/", views.change_measure, name="change_measure"),
    path("justice/reparation/<int:pk>/", views.change_reparation, name="change_reparation"),
    path("justice/alert/<int:pk>/represented/", views.represented, name="represented"),
    path("justice/alert/<int:pk>/over/", views.over, name="over"),
    path("justice/apart/<int:pk>/", views.help_alleged, name="help"),
]
