"""The report of a picture: one outline, rendered as a web page and as a PDF, in both languages."""

from __future__ import annotations

from cobijo.engine.report.writing import read_document, write_report

__all__ = ["read_document", "write_report"]
