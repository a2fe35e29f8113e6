"""Addresses of the room, beneath the language."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cobijo.web.core.screens.uploads import uploading
from cobijo.web.directory.coverage import views

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])

app_name = "coverage"
urlpatterns = [
    path("", require_safe(views.matrix_page), name="matrix"),
    path("gaps/", require_safe(views.gaps_page), name="gaps"),
    path("overlaps/", require_safe(views.overlaps_page), name="overlaps"),
    path("exchange/", uploading(READ_AND_WRITE(views.exchange_page)), name="exchange"),
    path("exchange/export/", require_POST(views.export_page), name="export"),
]
