"""What a child asks for on its page, and complaints about staff, which another body handles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children import sheets
from cobijo.web.care.children.models import Child, new_code
from cobijo.web.care.children.writing import add_sealed, attempt, locked
from cobijo.web.care.sharing.models import Complaint, Wish
from cobijo.web.care.sharing.models.asks import ComplaintState, WishKind
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.models import Holding, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.reactions import react
from cobijo.web.core.vault.places import reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows


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
    """A complaint about staff of an organisation, to a body that is not theirs. It names no child and no desk.

    The audit names nobody either: an event that tied the complaint to a child could be read by the organisation.
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
    audit.record("complain", "complaint", [made.pk], access=by, detail={"to": body.pk})
    react("staff_complaint", by=by, complaint=made)
    return made


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
