"""What every page may need to know of the vault."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cobijo.web.core.vault import sealing


def vault(request: HttpRequest) -> dict[str, Any]:
    """`vault`: open or not, and the code of why not; asked only by a page that shows it (`vault/locked.html`)."""
    return {"vault": SimpleLazyObject(sealing.state)}
