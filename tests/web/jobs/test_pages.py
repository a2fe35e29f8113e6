"""Pages of long work: mine with its content, others' without it, and how the page asks again until the end."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts import services as accounts
from cobijo.web.core.accounts.models import Holding
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.core.jobs import outbox, running, services
from cobijo.web.core.jobs.models import Job, State, StoredFile
from tests.web.kinds.apps import CANARY, register

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kinds(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    register()


@pytest.fixture
def people(transactional_db: None) -> Any:
    from tests.web.people import make_people

    return make_people()


def signed_in(person: Any) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)
    return client


def page(client: Client, job: Job, ending: str = "", **more: Any) -> str:
    return client.get(f"/en/jobs/{job.pk}/{ending}", **more).content.decode()


def test_the_page_asks_again_until_the_end(people: Any) -> None:
    ana = signed_in(people.ana)
    job = services.enqueue(by=people.ana, kind="tests.rows", arguments={"total": 30})
    assert "Waiting" in page(ana, job)
    Job.objects.update(state=State.RUNNING, lease_until="2100-01-01T00:00Z", done=10, total=30)
    body = page(ana, job)
    assert 'role="progressbar"' in body
    assert 'aria-valuenow="33"' in body
    assert 'aria-live="polite"' in body
    assert 'http-equiv="refresh"' in body
    assert 'hx-trigger="every 2s"' in page(ana, job, "state")
    Job.objects.update(state=State.WAITING, lease_until=None)
    running.run(job.pk)
    body = page(ana, job)
    assert "It ended well." in body
    assert "hx-trigger" not in page(ana, job, "state")
    assert "refresh" not in body


def test_who_sees_a_job_and_who_sees_what_it_was_about(people: Any) -> None:
    job = services.enqueue(by=people.ana, kind="tests.export", private={"search": CANARY})
    running.run(job.pk)
    assert "Fetch the file" in page(signed_in(people.ana), job)
    for stranger in (people.berta, people.carla):
        client = signed_in(stranger)
        assert client.get(f"/en/jobs/{job.pk}/").status_code == 404
        assert str(job.pk) not in client.get("/en/jobs/").content.decode()
        assert client.post(f"/en/jobs/{job.pk}/cancel").status_code == 404
        assert client.post(f"/en/jobs/{job.pk}/file").status_code == 404
    for overseer in (people.adela, people.sofia, people.aura):
        client = signed_in(overseer)
        body = page(client, job)
        assert "Somebody else asked for this" in body
        assert "Fetch the file" not in body
        assert str(job.pk) in client.get("/en/jobs/").content.decode()
        assert client.post(f"/en/jobs/{job.pk}/file").status_code == 409
        assert client.post(f"/en/jobs/{job.pk}/cancel").status_code == 409
        tried = Event.objects.filter(account_id=overseer.pk, outcome="refused", code="jobs.not_yours")
        assert [one.ids for one in tried] == [[str(job.pk)]] * 2
    assert Client(headers={"host": "localhost"}).get(f"/en/jobs/{job.pk}/").status_code == 302


def test_an_export_is_fetched_once_by_a_press(people: Any) -> None:
    ana = signed_in(people.ana)
    job = services.enqueue(by=people.ana, kind="tests.export")
    running.run(job.pk)
    assert ana.get(f"/en/jobs/{job.pk}/file").status_code == 405
    answer = ana.post(f"/en/jobs/{job.pk}/file")
    assert answer["Content-Disposition"] == 'attachment; filename="list.csv"'
    assert answer["Cache-Control"] == "no-store"
    assert CANARY in answer.content.decode()
    again = ana.post(f"/en/jobs/{job.pk}/file")
    assert again.status_code == 409
    assert "The file is gone" in again.content.decode()


def test_an_export_ends_with_a_role(people: Any) -> None:
    """Whatever other role stays: it may reach fewer records than the file holds."""
    for role in (Role.AUDITOR, Role.PUBLISHER):
        Holding.objects.create(account=people.ana, role=role)
    ana, auditor = signed_in(people.ana), people.ana.holdings.get(role=Role.AUDITOR)
    job = services.enqueue(by=people.ana, kind="tests.export")
    running.run(job.pk)
    path = outbox.folder() / str(StoredFile.objects.get(job=job).pk)
    with acting_as(people.adela, "") as by:
        accounts.end_roles(by=by, ids=[auditor.pk])
    assert not StoredFile.objects.filter(job=job).exists()
    assert not path.exists()
    answer = ana.post(f"/en/jobs/{job.pk}/file")
    assert answer.status_code == 409
    assert "a role of yours has ended" in answer.content.decode()

    # One that was being written while the role ended.
    job = services.enqueue(by=people.ana, kind="tests.export")
    running.run(job.pk)
    Holding.objects.filter(account=people.ana, role=Role.PUBLISHER).update(ended_at=timezone.now())
    answer = ana.post(f"/en/jobs/{job.pk}/file")
    assert answer.status_code == 409
    assert "A role of yours has ended since" in answer.content.decode()
    assert Event.objects.filter(account_id=people.ana.pk, outcome="refused", code="jobs.role_ended").exists()
    job = services.enqueue(by=people.ana, kind="tests.export")  # asked for anew, with what is left
    running.run(job.pk)
    assert ana.post(f"/en/jobs/{job.pk}/file").status_code == 200


def test_who_may_export_is_asked_again_before_the_file_goes_out(
    people: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = signed_in(people.ana)
    job = services.enqueue(by=people.ana, kind="tests.export")
    running.run(job.pk)
    asked = {"kind": "organisation", "format": "csv", "identities": False}
    Job.objects.filter(pk=job.pk).update(kind="screens.export", arguments=asked)
    assert ana.post(f"/en/jobs/{job.pk}/file").status_code == 409  # no caseworker exports organisations
    Job.objects.filter(pk=job.pk).update(arguments=asked | {"kind": "service"})
    assert ana.post(f"/en/jobs/{job.pk}/file").status_code == 200


def test_calling_off(people: Any) -> None:
    ana = signed_in(people.ana)
    job = services.enqueue(by=people.ana, kind="tests.slow")
    assert "Call it off" in page(ana, job)
    answer = ana.post(f"/en/jobs/{job.pk}/cancel", follow=True)
    assert "Called off" in answer.content.decode()
    assert ana.post(f"/en/jobs/{job.pk}/cancel").status_code == 409


def test_an_empty_page_says_why(people: Any) -> None:
    assert "Nothing here yet" in signed_in(people.ana).get("/en/jobs/").content.decode()


def test_what_was_handed_in_is_not_handed_out(people: Any) -> None:
    """An upload hangs on its job like an export does; its page offers no file."""
    from django.utils import timezone

    from cobijo.web.core.jobs.models import StoredFile

    ana = signed_in(people.ana)
    job = services.enqueue(by=people.ana, kind="tests.rows", arguments={"total": 1})
    kept = StoredFile.objects.create(
        kind=StoredFile.UPLOAD, job=job, account=people.ana, name="x.csv", media_type="text/csv", key=b"k",
        expires_at=timezone.now() + timedelta(days=1),
    )  # fmt: skip
    assert "Fetch the file" not in page(ana, job)
    StoredFile.objects.filter(pk=kept.pk).update(kind=StoredFile.EXPORT)
    assert "Fetch the file" in page(ana, job)


def test_a_page_that_asks_by_itself_keeps_no_session_open(people: Any) -> None:
    from cobijo.web.core.jobs import views

    assert views.state.goes_by_itself
    assert views.detail.goes_by_itself
    assert not hasattr(views.index, "goes_by_itself")
