"""Addresses of the room's own pages. They stand before the registers': `figure` takes the place of the register's own
detail, at the same address and name, since it shows what contradicts the figure too.
"""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.web.core.screens.uploads import uploading
from cobijo.web.knowledge.evidence import views, wide

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])

app_name = "evidence"
urlpatterns = [
    path("knowledge/figures/<int:pk>/", require_safe(views.figure_page), name="figure"),
    path("knowledge/wide/", uploading(READ_AND_WRITE(wide.wide_page)), name="wide"),
    path("knowledge/over-time/", require_safe(views.concepts_page), name="concepts"),
    path("knowledge/over-time/<slug:code>/", require_safe(views.concept_page), name="concept"),
    path("knowledge/ratings/over-time/", require_safe(views.ratings_page), name="ratings"),
    path("knowledge/factors/", require_safe(views.factors_page), name="factors"),
    path("knowledge/contradictions/", READ_AND_WRITE(views.contradictions_page), name="contradictions"),
    path(
        "knowledge/contradictions/<int:pk>/", READ_AND_WRITE(views.contradiction_page), name="contradiction"
    ),
]
