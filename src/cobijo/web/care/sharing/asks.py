"""What a child asks for on its page, and complaints about staff, which another body handles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children import sheets
from cobijo.web.care.children.models import Child, new_code
from cobijo.web.care.children.writing import add_sealed, attempt, locked
from cobijo.web.care.sharing.models import Code, Complaint, Wish
from cobijo.web.care.sharing.models.asks import ComplaintState, WishKind
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.attempts import number_of
from cobijo.web.core.accounts.models import Holding, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.core.midnight import midnight
from cobijo.web.core.reactions import react
from cobijo.web.core.turns import wait_turn
from cobijo.web.core.vault.places import reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows

A_DAY = 5  # complaints by one code: whoever floods the body outside hides the others
LOOKED_BACK = timedelta(days=30)  # a worker that stood still so long is another trouble


def wish(*, by: Access, child: Child, kind: str, words: str = "") -> Wish:
    """A child asks for a correction or for a person. Its caseworker finds it at the top of the work page."""
    if kind not in WishKind.values:
        raise InputProblem("screens.field_wrong", row=1, field="kind")
    if kind == WishKind.CORRECT and not words.strip():
        raise InputProblem("sharing.words_missing", row=1)
    if Wish.objects.filter(child=child, kind=kind, answered_at=None).count() >= 5:
        raise InputProblem("sharing.asked_enough")
    made: Wish
    (made,) = add_sealed(by=by, kind="wish", rows=[{"child": child, "kind": kind, "words": words}])
    react("child_asked", by=by, wish=made)
    return made


def answer_wishes(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Wish]:
    """Whoever has the child's record did what it asked for: rows of pk."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "answer", "wish", ids):
        found = locked(by, "wish", ids)
        for one in found.values():
            one.answered_at, one.answered_by_id = timezone.now(), by.by_id
            one.version += 1
            one.changed_by_id = by.by_id
            one.save()
        audit.record("answer", "wish", sorted(found), access=by)
        return list(found.values())


def complain(*, by: Access, about: Organisation, words: str) -> Complaint:
    """A complaint about staff of an organisation, to a body that is not theirs. It names no child, no desk, no hour.

    What happens at this moment on a child's page stands in the audit with its time, and an organisation may read that.
    So the row keeps the day alone, and its event is written at night, with those of the same day (`record_complaints`).
    """
    text = sheets.clean("wish", {"words": words}, 1).get("words", "")
    if not text:
        raise InputProblem("sharing.words_missing", row=1)
    body = handler(about)
    if body is None:
        raise InputProblem("sharing.no_other_body")
    made = Complaint(
        pk=reserve_ids(Complaint, 1)[0],
        key_id=new_keys(1)[0],
        about=about,
        handled_by=body,
        answer_to=new_code(),
    )
    seal_rows([made], [{"words": text}])
    Complaint.objects.bulk_create([made])
    Complaint.objects.filter(pk=made.pk).update(made_at=_morning(), changed_at=_morning())
    react("staff_complaint", by=by, complaint=made)
    return made


def check_complaints(code: Code) -> None:
    """So many a day by one code. They are counted apart from what was written, where nobody can read whose they are."""
    wait_turn("sharing.complaints", code.pk)
    if number_of(f"complaints-{code.pk}-{timezone.localdate()}", A_DAY, 86_400) > A_DAY:
        raise InputProblem("sharing.complained_enough")


def record_complaints() -> int:
    """The events of complaints of days that are over, one for each body and day; called by the worker every hour."""
    with acting_as_system("record_complaints") as system:
        wait_turn("sharing.recorded", 0)
        over = Complaint.objects.filter(made_at__lt=_morning(), made_at__gte=_morning() - LOOKED_BACK)
        said = Event.objects.filter(kind="complaint", action="complain", at__gte=_morning() - LOOKED_BACK)
        there = {pk for ids in said.values_list("ids", flat=True) for pk in ids}
        found: dict[tuple[int, date], list[int]] = {}
        for one in over.exclude(pk__in=there).order_by("pk"):
            found.setdefault((one.handled_by_id, timezone.localdate(one.made_at)), []).append(one.pk)
        for (body, day), ids in found.items():
            audit.record(
                "complain", "complaint", ids, access=system, detail={"to": body, "on": day.isoformat()}
            )
    return sum(map(len, found.values()))


def _morning() -> datetime:
    return midnight(timezone.localdate())


def handler(about: Organisation) -> Organisation | None:
    """Another organisation with an auditor, else with a coordinator; the same one for the same organisation."""
    for role in (Role.AUDITOR, Role.COORDINATOR):
        held = Holding.objects.filter(role=role, ended_at=None, account__is_active=True).exclude(
            account__organisation=about
        )
        bodies = Organisation.objects.filter(pk__in=held.values("account__organisation"), active=True)
        found = bodies.order_by("pk").first()
        if found is not None:
            return found
    return None


def move_complaints(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Complaint]:
    """The body that handles them says how far it is: rows of pk and state."""
    changed = []
    with attempt(by, "change", "complaint", [row["pk"] for row in rows]):
        for number, row in enumerate(rows, 1):
            one = Complaint.objects.select_for_update().filter(pk=row["pk"]).first()
            if one is None:
                raise InputProblem("screens.gone")
            check(by, "change", "complaint", one)
            if row["state"] not in ComplaintState.values or row["state"] == ComplaintState.NEW:
                raise InputProblem("screens.field_wrong", row=number, field="state")
            one.state, one.changed_by_id = row["state"], by.by_id
            one.save(update_fields=["state", "changed_by", "changed_at"])
            changed.append(one)
        audit.record("change", "complaint", [one.pk for one in changed], access=by)
    return changed
