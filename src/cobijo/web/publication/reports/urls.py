"""Addresses of the room that are no register's. They stand before the registers': the pages of a report, a section, a
table and an edition take the place of the register's own detail, at the same address.
"""

from __future__ import annotations

from django.urls import path

from cobijo.web.publication.reports.views import reading, report, writing

app_name = "reports"
urlpatterns = [
    path("publication/reports/<int:pk>/", report.report_page, name="report"),
    path("publication/reports/<int:pk>/step/", report.step, name="step"),
    path("publication/reports/<int:pk>/checklist/", report.checklist_page, name="checklist"),
    path("publication/reports/<int:pk>/freeze/", report.freeze, name="freeze"),
    path("publication/reports/<int:pk>/new/<slug:kind>/", report.under, name="under"),
    path("publication/report-sections/<int:pk>/", writing.section_page, name="section"),
    path("publication/report-sections/<int:pk>/write/", writing.write, name="write"),
    path("publication/report-paragraphs/<int:pk>/text/", writing.text, name="text"),
    path("publication/report-paragraphs/<int:pk>/evidence/", writing.evidence, name="evidence"),
    path("publication/report-paragraphs/<int:pk>/state/", writing.state, name="state"),
    path("publication/report-tables/<int:pk>/", writing.table_page, name="table"),
    path("publication/report-tables/<int:pk>/picture/", writing.table_picture, name="table_picture"),
    path("publication/report-tables/<int:pk>/no-data/", writing.table_no_data, name="table_no_data"),
    path("publication/report-editions/<int:pk>/", reading.edition_page, name="edition"),
    path("publication/report-editions/<int:pk>/file/", reading.edition_file, name="edition_file"),
]
