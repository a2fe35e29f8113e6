"""Writes on services."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows
from cobijo.web.directory.organisations.rules import check_each_once
from cobijo.web.directory.services.models import Service
from cobijo.web.directory.services.rules import check_service

ONE_BY = ("organisation", "name", "area", "municipality")


def add(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Service]:
    """Rows of the fields of a service."""
    keys = (tuple(_plain(row.get(name, "")) for name in ONE_BY) for row in rows)
    check_each_once(keys, "services.twice")
    return add_rows(by=by, kind="service", rows=rows, rule=check_service)


def change(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Service]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="service", rows=rows, rule=check_service)


def remove(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    """Rows of pk and version."""
    return remove_rows(by=by, kind="service", rows=rows)


def verify(*, by: Access, services: Collection[Service]) -> list[Service]:
    """Say that the entries are right as they stand today."""
    said = {"verified_on": timezone.localdate(), "verified_by_id": by.by_id}
    return change(by=by, rows=[{"pk": one.pk, "version": one.version, **said} for one in services])


def _plain(value: Any) -> Any:
    return getattr(value, "pk", value)
