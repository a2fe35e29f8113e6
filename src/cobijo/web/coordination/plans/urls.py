"""Addresses of the pages of a plan that are no register's. They stand before the registers': the pages of a plan, a
line and a report take the place of the register's own detail, at the same address.
"""

from __future__ import annotations

from django.urls import path

from cobijo.web.coordination.plans import exchange, views

app_name = "plans"
urlpatterns = [
    path("coordination/plans/<int:pk>/", views.plan_page, name="plan"),
    path("coordination/plans/<int:pk>/step/", views.step, name="step"),
    path("coordination/plans/<int:pk>/copy/", exchange.copy_page, name="copy"),
    path("coordination/plans/<int:pk>/table/", exchange.export_page, name="export"),
    path("coordination/plans/<int:pk>/import/", exchange.import_page, name="import"),
    path("coordination/plans/<int:pk>/new/<slug:kind>/", views.under_plan, name="under_plan"),
    path("coordination/lines/<int:pk>/", views.line_page, name="line"),
    path("coordination/lines/<int:pk>/new/<slug:kind>/", views.under_line, name="under_line"),
    path("coordination/reports/<int:pk>/", views.report_page, name="report"),
    path("coordination/reports/<int:pk>/decide/", views.decide, name="decide"),
]
