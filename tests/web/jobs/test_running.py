"""One job in this process: what it may hold, how it ends, what it leaves behind."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import override_settings

from cobijo.errors import CobijoError, Refused
from cobijo.sentences import catalogue
from cobijo.web.core.jobs import outbox, reaper, running, services
from cobijo.web.core.jobs.models import Job, Post, State, StoredFile
from cobijo.web.core.jobs.registry import register_job
from cobijo.web.core.jobs.sealing import Damaged, unwrap, wrap
from tests.web.kinds.apps import CANARY, register

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def kinds(tmp_path: Any, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
    register()


@pytest.fixture
def ana() -> Any:
    from cobijo.web.core.accounts.models import Account, Organisation

    house = Organisation.objects.create(code="casa", name="Casa", kind="ngo")
    return Account.objects.create(email="ana@example.org", name="Ana", organisation=house)


def run(kind: str, by: Any = None, **more: Any) -> Job:
    job = services.enqueue(by=by, kind=kind, **more)
    running.run(job.pk)
    job.refresh_from_db()
    return job


def test_work_is_done_to_its_end() -> None:
    job = run("tests.rows", arguments={"total": 25})
    assert (job.state, job.done, job.total, job.cursor, job.code) == (State.DONE, 25, 25, 25, "jobs.done")
    assert job.lease_until is None
    running.run(job.pk)  # an entry of the queue that came twice
    job.refresh_from_db()
    assert job.attempts == 1


@pytest.mark.parametrize("kind", ["tests.bug", "tests.full"])
def test_an_exception_leaves_type_and_place_only(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    from django_tasks_db.models import DBTaskResult

    job = run(kind)
    assert job.state == State.FAILED
    assert job.code == ("jobs.bug" if kind == "tests.bug" else "jobs.disk_full")
    kept = str(list(Job.objects.values())) + str(list(DBTaskResult.objects.values())) + caplog.text
    assert "Canario" not in kept
    if kind == "tests.bug":
        assert job.params["type"] == "ValueError"


def test_sentences_keep_numbers_and_lose_words() -> None:
    def work(context: running.Context) -> None:
        raise CobijoError("lists.no_rows", file=CANARY, row=7, column="sex")

    register_job(f"tests.{uuid.uuid4()}", work, "x")
    name = next(kind for kind in _names() if kind.startswith("tests.") and len(kind) > 30)
    job = run(name)
    assert job.params == {"file": "…", "row": 7, "column": "sex"}


def _names() -> list[str]:
    from cobijo.web.core.jobs.registry import _kinds

    return list(_kinds)


@pytest.mark.parametrize("value", ["Ana López", "quién es", {"q": ["un nombre"]}, object()])
def test_what_a_person_typed_is_no_argument(value: Any) -> None:
    with pytest.raises(ValueError, match="ids and codes"):
        services.enqueue(by=None, kind="tests.rows", arguments={"value": value})
    assert not Job.objects.exists()


def test_nothing_is_asked_for_where_the_transaction_fails() -> None:
    from django.db import transaction
    from django_tasks_db.models import DBTaskResult

    with pytest.raises(RuntimeError), transaction.atomic():
        services.enqueue(by=None, kind="tests.slow")
        raise RuntimeError
    assert not Job.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_waiting_job_is_called_off_at_once_and_only_by_its_owner(ana: Any) -> None:
    from cobijo.web.core.accounts.models import Account

    bob = Account.objects.create(email="bob@example.org", name="Bob", organisation=ana.organisation)
    job = services.enqueue(by=ana, kind="tests.slow")
    with pytest.raises(Refused) as refused:
        services.cancel(by=bob, jobs=[job.pk])
    assert refused.value.code == "jobs.not_yours"
    services.cancel(by=ana, jobs=[job.pk])
    running.run(job.pk)
    job.refresh_from_db()
    assert job.state == State.CANCELLED
    with pytest.raises(Refused):
        services.cancel(by=ana, jobs=[job.pk])


def test_who_lost_the_lease_writes_nothing_more() -> None:
    job = services.enqueue(by=None, kind="tests.rows", arguments={"total": 10})
    context = running._take(job.pk, "one")
    assert context is not None
    Job.objects.update(lease_until="2020-01-01T00:00Z")
    assert reaper.reap() == 1
    assert running._take(job.pk, "two") is not None
    with pytest.raises(running.LostLease):
        context.save(5)
    running._end(context, State.DONE, "jobs.done", {})
    job.refresh_from_db()
    assert (job.state, job.worker, job.cursor) == (State.RUNNING, "two", None)


def test_a_job_that_kills_its_workers_is_given_up() -> None:
    job = services.enqueue(by=None, kind="tests.rows", arguments={"total": 10})
    for _ in range(reaper.LOSSES):
        assert running._take(job.pk, "dying") is not None
        reaper.reap_of("dying")
    job.refresh_from_db()
    assert (job.state, job.code, job.params) == (State.FAILED, "jobs.worker_gone_often", {"times": 5})


def test_a_forgotten_job_is_queued_again() -> None:
    from django_tasks_db.models import DBTaskResult

    job = services.enqueue(by=None, kind="tests.rows", arguments={"total": 10})
    DBTaskResult.objects.all().delete()
    Job.objects.update(made_at="2020-01-01T00:00Z")
    assert reaper.reap() == 1
    job.refresh_from_db()
    assert DBTaskResult.objects.ready().get().pk == job.task_id


def test_an_export_is_sealed_fetched_once_and_gone(ana: Any) -> None:
    from cobijo.web.core.audit.models import Event

    job = run("tests.export", by=ana, private={"search": CANARY})
    assert job.private is None
    kept = StoredFile.objects.get()
    path = outbox.folder() / str(kept.pk)
    assert b"Canario" not in path.read_bytes()
    name, content = outbox.fetch(by=ana, job_id=job.pk)
    assert content.decode().count("Canario") == 2
    assert Event.objects.filter(action="export", kind="job").count() == 1
    assert not path.exists()
    with pytest.raises(Refused) as refused:
        outbox.fetch(by=ana, job_id=job.pk)
    assert refused.value.code == "jobs.export_gone"
    assert name.name == "list.csv"


def test_an_old_export_is_purged(ana: Any) -> None:
    job = run("tests.export", by=ana)
    StoredFile.objects.update(expires_at="2020-01-01T00:00Z")
    with pytest.raises(Refused):
        outbox.fetch(by=ana, job_id=job.pk)
    (path,) = outbox.folder().iterdir()
    import os

    os.utime(path, (0, 0))
    outbox.purge()
    assert not list(outbox.folder().iterdir())


def test_a_damaged_export_says_so(ana: Any) -> None:
    job = run("tests.export", by=ana)
    path = outbox.folder() / str(StoredFile.objects.get().pk)
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(CobijoError) as problem:
        outbox.fetch(by=ana, job_id=job.pk)
    assert problem.value.code == "jobs.file_damaged"
    assert StoredFile.objects.exists()


def test_an_upload_is_kept_sealed_and_read(ana: Any) -> None:
    import io

    kept = outbox.keep_upload(
        by=ana, source=io.BytesIO(CANARY.encode() * 50_000), name="a.csv", media_type="text/csv"
    )
    assert b"Canario" not in (outbox.folder() / str(kept.pk)).read_bytes()
    with outbox.reading(kept) as source:
        assert source.read() == CANARY.encode() * 50_000
    outbox.forget(kept)
    assert not list(outbox.folder().iterdir())


@pytest.mark.parametrize(
    ("to", "state", "code"),
    [(2, "done", "jobs.worker_gone_often"), (-1, "failed", "lists.no_rows"), (0, "failed", "jobs.bug")],
)
def test_a_child_answers(to: int, state: str, code: str) -> None:
    job = run("tests.child", arguments={"to": to})
    assert (job.state, job.code) == (state, code)
    if state == "done":
        assert job.params == {"times": 2}  # and Django was not loaded in the child
    assert "chitl" not in str(Job.objects.values().get())


def test_mail_waits_sealed_until_it_leaves(settings: Any, mailoutbox: list[Any]) -> None:
    from django.core.mail import send_mail

    from cobijo.web.core.jobs import post

    settings.EMAIL_BACKEND = "cobijo.web.core.jobs.post.Queue"
    settings.MAIL_DELIVERY = "tests.web.kinds.mail.Down"
    send_mail("Hello", CANARY, None, ["ana@example.org"], html_message="<p>x</p>")
    assert b"Canario" not in bytes(Post.objects.get().sealed)
    assert post.deliver() == 0
    row = Post.objects.get()
    assert (row.tries, row.trouble) == (1, "ConnectionRefusedError")
    assert post.deliver() == 0  # not due yet
    assert Post.objects.get().tries == 1
    Post.objects.update(next_try_at="2020-01-01T00:00Z", made_at="2020-01-01T00:00Z")
    assert post.stuck() == 1
    settings.MAIL_DELIVERY = "django.core.mail.backends.locmem.EmailBackend"
    assert post.deliver() == 1
    assert not Post.objects.exists()
    assert CANARY in mailoutbox[0].body
    assert mailoutbox[0].alternatives[0][0] == "<p>x</p>"


def test_what_is_wrapped_opens_in_its_place_only() -> None:
    wrapped = wrap(b"key", "file|1")
    assert unwrap(wrapped, "file|1") == b"key"
    with pytest.raises(Damaged):
        unwrap(wrapped, "file|2")
    with override_settings(SECRET_KEY="another"), pytest.raises(Damaged):
        unwrap(wrapped, "file|1")


def test_every_ending_has_a_sentence() -> None:
    import re
    from pathlib import Path

    room = Path(running.__file__).parent
    codes = {
        code for path in room.glob("*.py") for code in re.findall(r'"(jobs\.[a-z_]+)"', path.read_text())
    }
    assert not codes - set(catalogue())
