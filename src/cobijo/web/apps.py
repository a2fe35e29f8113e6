"""Static files without what no page asks for, so that gathering them takes a moment."""

from __future__ import annotations

from django.contrib.staticfiles.apps import StaticFilesConfig


class StaticFiles(StaticFilesConfig):
    """Of Bootstrap only the one style sheet (and the map it names) is gathered."""

    ignore_patterns = [  # noqa: RUF012 - Django's own attribute
        ".*",
        "*~",
        "*.rtl.*",
        "bootstrap-*",
        "bootstrap.css",
        "bootstrap.css.map",
        "bootstrap*.js",
        "bootstrap*.js.map",
    ]
