"""Addresses of the vocabulary and of the check."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.web.knowledge.terms import views

app_name = "terms"
urlpatterns = [
    path("terms/check/", require_http_methods(["GET", "HEAD", "POST"])(views.check_page), name="check"),
    path("terms/", require_safe(views.vocabulary_page), name="vocabulary"),
    path("terms/vocabulary.<slug:ending>", require_safe(views.file), name="file"),
    path("terms/<slug:code>/", require_safe(views.concept_page), name="concept"),
]
