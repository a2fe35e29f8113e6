"""The room's tables."""

from __future__ import annotations

from cobijo.web.publication.reports.models.beside import Annex, Contributor, Edition, StateClaim, Step
from cobijo.web.publication.reports.models.text import DataTable, Paragraph, Report, Section

__all__ = [
    "Annex",
    "Contributor",
    "DataTable",
    "Edition",
    "Paragraph",
    "Report",
    "Section",
    "StateClaim",
    "Step",
]
