"""What is planted everywhere a log line could pick it up is in no log line."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from django.test import RequestFactory

from cobijo.errors import InputProblem
from cobijo.web.operations.logs import Scrubbed

CANARY = "Xochitl-Canario"


def line(logger: str, message: Any, *args: Any, problem: BaseException | None = None, **extra: Any) -> str:
    info = (type(problem), problem, problem.__traceback__) if problem else None
    record = logging.getLogger(logger).makeRecord(
        logger, logging.ERROR, "x.py", 1, message, args, info, extra=extra
    )
    return Scrubbed().format(record)


def raised(problem: BaseException) -> BaseException:
    try:
        raise problem
    except type(problem) as caught:
        return caught


@pytest.mark.parametrize(
    "made",
    [
        lambda: line("django.request", "Internal Server Error: %s", f"/es/children/?q={CANARY}"),
        lambda: line("django.request", f"Not Found: /es/{CANARY}?q=1"),
        lambda: line("cobijo.web.x", "failed: %s", f"{CANARY} {CANARY}"),
        lambda: line("other.library", f"row {CANARY} is bad"),
        lambda: line("other.library", {"name": CANARY}),
        lambda: line("cobijo.web.x", "failed", problem=raised(ValueError(CANARY))),
        lambda: line("cobijo.web.x", "failed", problem=raised(InputProblem("lists.no_rows", file=CANARY))),
        lambda: line("cobijo.web.x", "failed", failure=f"{CANARY} {CANARY}"),
        lambda: line(
            "axes", "AXES: failed login by %s", {"username": f"{CANARY}@example.org", "ip": "10.1.2.3"}
        ),
        lambda: line("django.db", "(0.1) %s; args=%s", f"SELECT '{CANARY} x'", (CANARY,)),
        lambda: line("django.request", "Bad", request=_request(), status_code=500),
        lambda: line("django.security", "Invalid HTTP_HOST header: %r.", f"{CANARY} evil"),
    ],
)
def test_a_canary_never_sings(made: Any) -> None:
    said = made()
    assert CANARY not in said
    assert "10.1.2.3" not in said
    assert {"at", "level", "from", "message"} <= json.loads(said).keys()


def _request() -> Any:
    return RequestFactory().post(
        f"/es/x/?q={CANARY}",
        {"name": CANARY},
        headers={"user-agent": CANARY, "cookie": CANARY},
        REMOTE_ADDR="10.1.2.3",
    )


def test_what_helps_is_kept() -> None:
    problem = raised(InputProblem("lists.no_rows"))
    said = json.loads(line("cobijo.web.x", "took %s of %d", 3, 7, problem=problem, tries=2))
    assert said["message"] == "took 3 of 7"
    assert said["tries"] == 2
    assert said["exception"]["type"] == "InputProblem"
    assert said["exception"]["code"] == "lists.no_rows"
    assert said["exception"]["lines"][0].startswith("test_logs.py:")


@pytest.mark.django_db
def test_a_failing_page_leaves_no_trace_of_what_was_asked(
    client: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from cobijo.web.publication.public import queries

    def fails() -> None:
        raise ValueError(CANARY)

    client.raise_request_exception = False
    monkeypatch.setattr(queries, "published", fails)
    stream = logging.StreamHandler()
    stream.setFormatter(Scrubbed())
    logger = logging.getLogger("django.request")
    logger.addHandler(stream)
    try:
        answer = client.get(f"/health?q={CANARY}", headers={"host": "localhost"})
    finally:
        logger.removeHandler(stream)
    said = capsys.readouterr().err
    assert answer.status_code == 500
    assert '"type": "ValueError"' in said
    assert CANARY not in said
