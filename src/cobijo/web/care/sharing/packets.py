"""The packet: exact bytes, made from a child's record and nothing else. What is previewed is what is sent.

`build` reads no clock and no random number: the same record, fields and request give the same bytes, so the sender's
preview and what is sealed for the recipient are one thing, and its hash proves it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import Assessment, Case, SafetyPlan
from cobijo.web.care.cases.sheets import NEEDS
from cobijo.web.care.cases.states import GOING_ON
from cobijo.web.care.children.models import SAYS_SOMETHING, Child
from cobijo.web.care.children.sheets import check_no_address
from cobijo.web.care.children.writing import body_of
from cobijo.web.care.sharing.fields import BY_CODE, known
from cobijo.web.care.sharing.happened import decided, happened
from cobijo.web.care.sharing.models import Consent
from cobijo.web.care.sharing.words import word_of
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.directory.services.models import Service

FORMAT = 1
LONGEST = 2_000


@dataclass(frozen=True)
class Contents:
    """The bytes, and their hash. Their text never shows in a traceback."""

    json: str = field(repr=False)
    html: str = field(repr=False)

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.json}\0{self.html}".encode()).hexdigest()


def build(
    child: Child,
    *,
    sender: Organisation,
    recipient: Organisation,
    service: Service | None,
    consent: Consent,
    fields: Collection[str],
    urgency: str,
    request: str,
) -> Contents:
    """The packet as it would be sent now. The caller has checked the reach, the ground and the agreement."""
    request = request.strip()
    if len(request) > LONGEST or "\x00" in request:
        raise InputProblem("children.too_long", row=1, field="request")
    check_no_address(request, "request", 1)
    values = _values(child, known(fields))
    said = {
        "format": FORMAT,
        "language": get_language() or "es",
        "from": sender.name,
        "to": service.name if service is not None else recipient.name,
        "purpose": consent.purpose,
        "ground": "law" if consent.law else "consent",
        "law": f"{consent.law}, {consent.article}" if consent.law else "",
        "urgency": urgency,
        "request": request,
        "fields": [
            {"code": code, "label": str(BY_CODE[code].label), "value": value}
            for code, value in values.items()
        ],
    }
    return canonical(said)


def canonical(said: dict[str, Any]) -> Contents:
    """The one form of a packet's facts."""
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    shown = said | {
        "urgency_word": word_of("urgency", said["urgency"]),
        "purpose_word": word_of("purpose", said["purpose"]),
    }
    return Contents(text, render_to_string("sharing/packet_body.html", {"packet": shown}))


def reduced(text: str, fields: Collection[str]) -> Contents:
    """A packet with some of its fields only: what a service keeps under its own legal basis."""
    said = json.loads(text)
    said["fields"] = [one for one in said["fields"] if one["code"] in fields]
    said["request"] = ""
    return canonical(said)


def _values(child: Child, codes: list[str]) -> dict[str, str]:
    """What the record says of these fields, in words; a field of which nothing is known is left out."""
    kinds = {BY_CODE[one].kind for one in codes}
    case = (
        Case.objects.filter(child=child, state__in=GOING_ON).order_by("-pk").first()
        if kinds - {"child"}
        else None
    )
    bodies: dict[str, dict[str, Any]] = {"child": {**body_of(child), "age_known": child.age_known}}
    if case is not None:
        bodies["case"] = {"risk": case.risk}
        for kind, model, order in (
            ("assessment", Assessment, ("-assessed_on", "-pk")),
            ("safety_plan", SafetyPlan, ("-pk",)),
        ):
            rows = model._default_manager.filter(SAYS_SOMETHING, case=case).order_by(*order)
            row = rows.first() if kind in kinds else None
            bodies[kind] = body_of(row) if row is not None else {}
    found: dict[str, str] = {}
    for code in codes:
        one = BY_CODE[code]
        if one.group == "events":
            text = happened(child) if one.kind == "child_event" else decided(child)
            found |= {code: text} if text else {}
            continue
        value = _word(one.name, bodies.get(one.kind, {}).get(one.name))
        if value:
            found[code] = value
    return found


def _word(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if name == "birth_date":
        return date_format(date.fromisoformat(str(value)), "DATE_FORMAT")
    if isinstance(value, list):
        return ", ".join(word_of("need", one) for one in value if one in NEEDS)
    return word_of(name, str(value)) if name in {"age_known", "gender", "risk"} else str(value)
