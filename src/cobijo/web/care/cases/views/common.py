"""What the pages of a case share."""

from __future__ import annotations

from django.http import Http404
from django.urls import reverse

from cobijo.web.care.cases import queries
from cobijo.web.care.cases.models import Case
from cobijo.web.core.access.context import Access


def the_case(access: Access, pk: int) -> Case:
    """Fetched and authorised in one step: what may not be seen is not there."""
    found = queries.case(access, pk)
    if found is None or found.child.erased_at is not None:
        raise Http404
    return found


def home(case: Case, part: str = "") -> str:
    return reverse("cases:case", args=[case.pk]) + (f"#{part}" if part else "")
