"""Turns a request into its letter, in the language of whoever takes it."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from cobijo.engine.charts import words
from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.requests.deadlines import Rule
from cobijo.web.coordination.requests.identity import check_no_child, counted
from cobijo.web.coordination.requests.letter import Letter
from cobijo.web.coordination.requests.models import Request
from cobijo.web.coordination.requests.rules import tables
from cobijo.web.core import country
from cobijo.web.core.access.context import Access


@counted
def letter(by: Access, request: Request) -> Letter:
    """The letter as it stands. Its text is looked at once more: a child may have become known since it was written."""
    check_no_child(by, (request.title, request.text, request.legal_ground), 1)
    language = (get_language() or "es")[:2]
    on = words.day((request.sent_on or today()).isoformat(), language)
    place = country.pack().area_by_code.get(request.area)
    ground = request.legal_ground.strip().rstrip(".")
    named = place.names.get(language, "") if place is not None else ""
    return Letter(
        language=language,
        mark="" if request.public else _("Confidential"),
        invented=_("Invented data: a demonstration") if settings.DEMONSTRATION else "",
        place_and_day=f"{named}, {on}" if named else on,
        to=str(request.addressee or _("(authority not chosen yet)")),
        subject=request.title,
        text=tuple(one.strip() for one in request.text.splitlines() if one.strip()),
        ground=_("Legal ground: %(ground)s.") % {"ground": ground} if ground else "",
        deadline=deadline_line(request),
        sign=str(request.organisation or ""),
        number=_("Request number %(number)s") % {"number": request.pk},
    )  # fmt: skip


def deadline_line(request: Request) -> str:
    """How long they have, with law and article, only where the pack names both.

    The term and no day: the letter is printed before anybody knows when it is handed in, and reads the same afterwards.
    """
    rule = tables().rule(request.deadline)
    if rule is None or not rule.cited or not rule.in_force(request.sent_on or today()):
        return ""
    said = {"term": term(rule), "law": rule.law, "article": rule.article}
    return _("Time to answer: %(term)s (%(law)s, article %(article)s).") % said


def term(rule: Rule) -> str:
    """`20 working days`."""
    days = rule.days or 0
    said = {
        "working": ngettext("%(days)s working day", "%(days)s working days", days),
        "calendar": ngettext("%(days)s calendar day", "%(days)s calendar days", days),
        "months": ngettext("%(days)s month", "%(days)s months", days),
    }
    return said[rule.unit] % {"days": days}
