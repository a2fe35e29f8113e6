"""An open vault and people who work with it."""

from __future__ import annotations

from tests.web.care.children.open_vault import open_vault

__all__ = ["open_vault"]
