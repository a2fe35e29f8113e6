"""Addresses of cases. A case's own page stands before that of the register."""

from __future__ import annotations

from django.urls import path

from cobijo.web.care.cases.views import case, keeping, steps, team, writing

app_name = "cases"
urlpatterns = [
    path("care/team/", team.team, name="team"),
    path("care/approvals/", steps.approvals, name="approvals"),
    path("care/offers/", steps.offers, name="offers"),
    path("care/keeping/", keeping.keeping, name="keeping"),
    path("care/children/<int:pk>/case/", writing.open_case, name="open"),
    path("care/cases/<int:pk>/", case.case, name="case"),
    path("care/cases/<int:pk>/edit/", writing.edit, name="edit"),
    path("care/cases/<int:pk>/history/", case.past, name="history"),
    path("care/cases/<int:pk>/step/", steps.step, name="step"),
    path("care/cases/<int:pk>/transfer/", writing.transfer, name="transfer"),
    path("care/cases/<int:pk>/<slug:kind>/", writing.add, name="add"),
    path("care/cases/<int:pk>/<slug:kind>/<int:row>/", writing.change, name="change"),
]
