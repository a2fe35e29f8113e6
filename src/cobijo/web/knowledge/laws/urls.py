"""Addresses of the room's own pages. They stand before the registers': `instrument` takes the place of the register's
own detail, at the same address, since it shows all that hangs on a law.
"""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_safe

from cobijo.web.knowledge.laws import views

app_name = "laws"
urlpatterns = [
    path("knowledge/laws/<int:pk>/", require_safe(views.instrument_page), name="instrument"),
    path("knowledge/penalties/compare/", require_safe(views.compare_page), name="compare"),
]
