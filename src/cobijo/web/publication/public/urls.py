"""Addresses of the public room, beneath the language."""

from __future__ import annotations

from django.urls import include, path, re_path

from cobijo.web.publication.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("help/", include("cobijo.web.publication.help.urls")),
    path("figures/", include("cobijo.web.publication.figures.urls")),
    path("plans/", include("cobijo.web.publication.plans.urls")),
    path("estimates", views.estimates, name="estimates"),
    path("tables", views.tables, name="tables"),
    path("method", views.method, name="method"),
    path("report", views.report, name="report"),
    re_path(r"^report\.(?P<ending>html|pdf)$", views.report_file, name="report_file"),
]
