"""Addresses of concerns and children. `new/` and a record's own page stand before those of the registers."""

from __future__ import annotations

from django.urls import path

from cobijo.web.care.children.views import checklist, child, concern, hold, noticing, search, steward

app_name = "children"
urlpatterns = [
    path("care/notice/", noticing.notice, name="notice"),
    path("care/notice/slip/", noticing.slip, name="slip"),
    path("care/matches/", steward.matches, name="matches"),
    path("care/fields/", steward.unfilled, name="unfilled"),
    path("care/fields/all/", steward.unfilled_everywhere, name="unfilled_everywhere"),
    path("care/concerns/new/", noticing.notice, name="new_concern"),
    path("care/concerns/<int:pk>/", concern.concern, name="concern"),
    path("care/children/new/", search.search, name="search"),
    path("care/children/<int:pk>/", child.child, name="child"),
    path("care/children/<int:pk>/edit/", child.edit, name="edit"),
    path("care/children/<int:pk>/history/", child.past, name="history"),
    path("care/children/<int:pk>/event/", child.event, name="new_event"),
    path("care/children/<int:pk>/event/<int:event>/", child.event, name="event"),
    path("care/children/<int:pk>/status/", child.status, name="status"),
    path("care/children/<int:pk>/hold/", hold.hold, name="hold"),
    path("care/children/<int:pk>/checklist/", checklist.checklists, name="checklists"),
    path("care/children/<int:pk>/checklist/<slug:code>/", checklist.checklist, name="checklist"),
]
