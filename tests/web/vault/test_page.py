"""What a page shows while the vault is locked."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from cobijo.web.core.vault.context import vault as of_request

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def shown(language: str) -> str:
    with override(language):
        return render_to_string("vault/locked.html", of_request(RequestFactory().get("/")))


def test_a_page_says_that_names_cannot_be_shown_and_why(kek_file: Path) -> None:
    assert "the key file is missing" in " ".join(shown("en").split())


def test_an_open_vault_says_nothing(vault: Path) -> None:
    assert shown("es").strip() == ""
