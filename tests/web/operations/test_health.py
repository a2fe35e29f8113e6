"""Whether the site is well, for probes and for people."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone

from cobijo.sentences import catalogue, render
from cobijo.web.core.jobs.models import Post, Worker
from cobijo.web.operations import health
from cobijo.web.operations.mail import delivery

pytestmark = pytest.mark.django_db


def codes() -> set[str]:
    return {one.code for one in health.notices()}


def test_a_well_site_says_nothing() -> None:
    Worker.objects.create(name="w", beat_at=timezone.now())
    assert health.notices() == []
    assert health.facts()["ill"] == []


def test_a_silent_worker_is_said() -> None:
    assert codes() == {"operations.no_worker"}
    Worker.objects.create(name="w", beat_at=timezone.now() - timedelta(minutes=2))
    assert codes() == {"operations.no_worker"}
    assert health.facts()["ill"] == ["worker"]


def test_mail_that_does_not_leave_is_said() -> None:
    Worker.objects.create(name="w", beat_at=timezone.now())
    for number in range(3):
        Post.objects.create(sealed=b"x", next_try_at=timezone.now(), tries=number)
    assert codes() == set()
    Post.objects.update(made_at=timezone.now() - timedelta(minutes=10))
    (said,) = health.notices()
    assert said.code == "operations.mail_down"
    assert "3 messages" in render(said.code, said.params, "en")


@pytest.mark.parametrize(("free", "grave"), [(400, False), (50, True)])
def test_a_full_disk_is_said(monkeypatch: pytest.MonkeyPatch, free: int, grave: bool) -> None:
    Worker.objects.create(name="w", beat_at=timezone.now())
    monkeypatch.setattr(health.shutil, "disk_usage", lambda path: SimpleNamespace(free=free * 2**20))
    (said,) = health.notices()
    assert (said.code, said.params, said.grave) == ("operations.disk_full", {"free": free}, grave)
    assert ("disk" in health.facts()["ill"]) == grave


def test_events_that_nobody_seals_are_said() -> None:
    from cobijo.web.core.access.context import acting_as_system
    from cobijo.web.core.audit.services import record

    Worker.objects.create(name="w", beat_at=timezone.now())
    with acting_as_system("test") as access:
        record("add", "organisation", [1], access=access)
    assert codes() == set()
    found = health.look() | {"unsealed_seconds": 9.0}
    assert health.ailments(found) == ["audit"]


def test_a_probe_gets_codes_and_numbers_only(client: Client) -> None:
    answer = client.get("/health", headers={"host": "localhost"}).json()
    assert answer["database"] == "ok"
    for name, value in answer.items():
        assert isinstance(value, int | float | None | list) or name in {
            "status",
            "database",
            "picture",
            "version",
        }


def test_every_notice_has_a_sentence() -> None:
    import re

    room = Path(health.__file__).parent
    used = {
        code
        for path in room.glob("*.py")
        for code in re.findall(r'"(operations\.[a-z_]+)"', path.read_text())
    }
    assert not used - set(catalogue())


@pytest.mark.parametrize(
    "address", ["http://x", "smtp+plain://mail.example.org", "smtp://", "mail.example.org"]
)
def test_an_address_for_mail_that_makes_no_sense_is_refused(address: str, tmp_path: Path) -> None:
    with pytest.raises(ImproperlyConfigured):
        delivery(tmp_path, {"COBIJO_MAIL": address})


def test_mail_by_default_stays_on_this_machine(tmp_path: Path) -> None:
    assert delivery(tmp_path, {})["EMAIL_FILE_PATH"] == tmp_path / "mail"
    found: dict[str, Any] = delivery(tmp_path, {"COBIJO_MAIL": "smtp://a%40b:p%23@mail.example.org"})
    assert (found["EMAIL_HOST_USER"], found["EMAIL_HOST_PASSWORD"], found["EMAIL_PORT"]) == ("a@b", "p#", 587)
    assert found["EMAIL_USE_TLS"]
    assert not os.environ.get("COBIJO_MAIL")
