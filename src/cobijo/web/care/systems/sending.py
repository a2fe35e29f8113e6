"""Records of cases for another organisation (HTCDS): under an agreement, and always without names.

`read` opens a page of cases, `write` makes the file. A file is put on record with what it was for and how many rows it
had; the record of each child's sealed part being read names the children, as every reading does. Who needs to know
which child it is gets the packet of a referral, which asks the child.
"""

from __future__ import annotations

import base64
import hmac
import json
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.models import Concept, Event, StatusDecision
from cobijo.web.care.children.queries import opened
from cobijo.web.care.exchange.htcds import Exported, export_records
from cobijo.web.care.exchange.workbook import write_workbook
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.care.systems.mapping import OF_CHILD, group_of, records_of
from cobijo.web.care.systems.models import Exchange, Way
from cobijo.web.care.systems.queries import to_send
from cobijo.web.care.systems.rules import (
    check_agreed,
    check_few,
    check_some,
    check_why,
    groups_of,
    other_of,
)
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.vault.queries import identities

FORMATS = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AT_ONCE = 200  # more cases than these are a job
PURPOSE = "transfer"


@dataclass(frozen=True)
class Asked:
    """What a person asked for: under which agreement, what for, how, of which days."""

    agreement: int
    why: str
    form: str = "json"
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True)
class Sent:
    """The file, and what did not leave: fields that are not agreed or name somebody, with how many records had them."""

    content: bytes = field(repr=False)
    rows: int
    cases: int
    left_out: Mapping[str, int]


def send(*, by: Access, asked: Asked) -> Sent:
    """The whole file at once: for few cases. Refused with one sentence, and put on record, where nothing covers it."""
    from cobijo.web.care.children.writing import attempt

    with attempt(by, "export", "case"):
        agreement = checked(by, asked)
        cases = list(to_send(by, asked.since, asked.until)[: AT_ONCE + 1])
        check_some(cases)
        check_few(cases, AT_ONCE)
        records, left_out = read(by, agreement, cases)
        made = document(records)
        note(by, agreement, asked, rows=len(records), cases=len(cases))
        return Sent(write(made, asked.form), len(records), len(cases), {**left_out, **made.unmapped})


def checked(by: Access, asked: Asked) -> SharingAgreement:
    """May this person send this? The agreement under which it goes."""
    check(by, "export", "case")
    check_why(asked.why)
    return check_agreed(by, asked.agreement)


def read(
    by: Access, agreement: SharingAgreement, cases: Sequence[Case]
) -> tuple[list[dict[str, Any]], Counter[str]]:
    """The records of some cases as they may leave, and what was left out of them."""
    children = [one.child for one in cases]
    ids = [one.pk for one in children]
    told = identities(by, children, fields=OF_CHILD, purpose=PURPOSE, kind="child")
    events = _events(by, ids)
    decisions: dict[int, StatusDecision] = {}
    for one in visible(by, "status", StatusDecision.objects.filter(child__in=ids)).order_by(
        "decided_on", "pk"
    ):
        decisions[one.child_id] = one
    shared, left_out = groups_of(agreement), Counter[str]()
    found = []
    for case, who in zip(cases, told, strict=True):
        rows = records_of(
            case, reference=reference(agreement, case), who=who, events=events.get(case.child_id, ()),
            decision=decisions.get(case.child_id),
        )  # fmt: skip
        for row in rows:
            kept = {n: value for n, value in row.items() if not group_of(n) or group_of(n) in shared}
            left_out.update(n for n, value in row.items() if n not in kept and value not in ("", None, []))
            found.append(kept)
    return found, left_out


def document(records: Sequence[Mapping[str, Any]]) -> Exported:
    invented = bool(getattr(settings, "DEMONSTRATION", False))
    return export_records(records, day=timezone.localdate(), invented=invented)


def write(made: Exported, form: str) -> bytes:
    if form == "xlsx":
        return write_workbook(made.document)
    return json.dumps(made.document, ensure_ascii=False, indent=1).encode()


@transaction.atomic
def note(by: Access, agreement: SharingAgreement, asked: Asked, *, rows: int, cases: int) -> Exchange:
    """Put on record: what left, what for, how much. Never a row of it."""
    made = Exchange.objects.create(
        way=Way.SENT, organisation_id=by.organisation_id, other=other_of(by, agreement), agreement=agreement,
        why=asked.why, rows=rows, cases=cases, by_id=by.account_id,
    )  # fmt: skip
    detail = {
        "rows": rows, "cases": cases, "format": asked.form, "for": asked.why, "agreement": agreement.pk,
        "to": made.other_id,
    }  # fmt: skip
    audit.record("export", "case", [], access=by, detail=detail)
    return made


def reference(agreement: SharingAgreement, case: Case) -> str:
    """The same for the same case under one agreement, so that a record can be sent again; it leads nowhere else."""
    text = f"systems.reference|{agreement.pk}|{case.pk}".encode()
    return base64.b32encode(hmac.digest(str(settings.SECRET_KEY).encode(), text, "sha256"))[:12].decode()


def _events(
    by: Access, children: Sequence[int]
) -> dict[int, list[tuple[Event, Mapping[str, Any], list[str]]]]:
    rows = list(
        visible(by, "child_event", Event.objects.filter(child__in=children)).order_by(
            "child", "began_on", "pk"
        )
    )
    concepts: defaultdict[int, list[str]] = defaultdict(list)
    for event_id, concept in visible(
        by, "concept", Concept.objects.filter(child__in=children, ended_at=None)
    ).values_list("event_id", "concept"):
        concepts[event_id].append(concept)
    found: defaultdict[int, list[tuple[Event, Mapping[str, Any], list[str]]]] = defaultdict(list)
    for event, body in zip(rows, opened(by, "child_event", rows, purpose=PURPOSE), strict=True):
        found[event.child_id].append((event, body, concepts[event.pk]))
    return found
