"""What a packet for prosecutors says of events and status: elements by yes and no, days, states, deciding bodies.

No narrative, no name of anybody, no derived concept: what a court makes of the facts is its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from cobijo.web.care.children import words
from cobijo.web.care.children.models import Child, Event, StatusDecision
from cobijo.web.care.children.rule_reading import load_rules
from cobijo.web.care.children.writing import body_of
from cobijo.web.core import country
from cobijo.web.figures import reading


def happened(child: Child) -> str:
    """The events of a child, one a line, by day."""
    rows = Event.objects.filter(child=child).order_by("began_on", "pk")
    return "\n".join(_event(one, body_of(one)) for one in rows)


def decided(child: Child) -> str:
    """The decisions on status, one a line, the earliest first."""
    rows = StatusDecision.objects.filter(child=child).order_by("decided_on", "pk")
    return "\n".join(
        f"{date_format(one.decided_on, 'DATE_FORMAT')}: {one.get_status_display()} "
        f"({one.get_body_kind_display()}: {one.body}; {one.get_ground_display()})"
        for one in rows
    )


def _event(event: Event, body: Mapping[str, Any]) -> str:
    days = [date_format(day, "DATE_FORMAT") for day in (event.began_on, event.ended_on) if day is not None]
    head = [" – ".join(days) or gettext("On a day nobody knows")]
    if event.area:
        head.append(words.area_name(event.area))
    if event.age_at_event is not None:
        head.append(gettext("at the age of %(age)s") % {"age": event.age_at_event})
    elements = [_element(name, value) for name, value in (body.get("elements") or {}).items()]
    return ", ".join(head) + ". " + "; ".join(elements)


def _element(name: str, value: Any) -> str:
    """An element in the pack's words; a code of a third party in this site's."""
    rules, language = load_rules(country.pack_name()), reading()
    codes: dict[str, Any] = {"third_party_relation": words.RELATIONS, "third_party_role": words.ROLES}
    if name == "exchange_kind":
        known = rules.codes.get(name, {})
        said = ", ".join(known[one][language] if one in known else one for one in str(value).split("|"))
    elif name in codes:
        said = str(codes[name].get(str(value), value))
    else:
        said = words.said(name, value)
    return f"{rules.elements[name].names[language]}: {said}"
