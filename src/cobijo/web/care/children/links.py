"""What rooms above add to the page of a child: a case to open. They fill it in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cobijo.web.care.children.models import Child
from cobijo.web.core.access.context import Access

CasesOf = Callable[[Access, Child], list[dict[str, Any]]]
_found: list[CasesOf] = []


def fill_cases(of_child: CasesOf) -> None:
    """For the room of cases: code, state and address of a child's cases within reach."""
    if of_child not in _found:
        _found.append(of_child)


def cases_of(access: Access, child: Child) -> list[dict[str, Any]]:
    return [one for found in _found for one in found(access, child)]
