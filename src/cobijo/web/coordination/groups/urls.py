"""Addresses of the room. `group` and `meeting` stand before the registers': each takes the place of the register's
own detail, at the same address, since it shows what hangs on the record too."""

from __future__ import annotations

from django.urls import path

from cobijo.web.coordination.groups import views

app_name = "groups"
urlpatterns = [
    path("coordination/calendar/", views.calendar_page, name="calendar"),
    path("coordination/calendar/meetings.ics", views.calendar_file, name="file"),
    path("coordination/calendar/<str:secret>.ics", views.feed, name="feed"),
    path("coordination/groups/<int:pk>/", views.group, name="group"),
    path("coordination/meetings/<int:pk>/", views.meeting, name="meeting"),
    path("coordination/meetings/<int:pk>/held/", views.held, name="held"),
    path("coordination/meetings/<int:pk>/cancel/", views.cancel, name="cancel"),
    path("coordination/meetings/<int:pk>/again/", views.again, name="again"),
    path("coordination/meetings/<int:pk>/decide/", views.decide_here, name="decide"),
]
