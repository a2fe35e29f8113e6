"""Addresses of concerns and children. `new/` and a record's own page stand before those of the registers."""

from __future__ import annotations

from django.urls import path

from cobijo.web.care.children.views import child, concern, noticing, search

app_name = "children"
urlpatterns = [
    path("care/notice/", noticing.notice, name="notice"),
    path("care/notice/slip/", noticing.slip, name="slip"),
    path("care/concerns/new/", noticing.notice, name="new_concern"),
    path("care/concerns/<int:pk>/", concern.concern, name="concern"),
    path("care/children/new/", search.search, name="search"),
    path("care/children/<int:pk>/", child.child, name="child"),
    path("care/children/<int:pk>/edit/", child.edit, name="edit"),
    path("care/children/<int:pk>/history/", child.past, name="history"),
    path("care/children/<int:pk>/event/", child.event, name="new_event"),
    path("care/children/<int:pk>/event/<int:event>/", child.event, name="event"),
    path("care/children/<int:pk>/status/", child.status, name="status"),
]
