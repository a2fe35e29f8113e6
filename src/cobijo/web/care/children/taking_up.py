"""Who takes up what somebody noticed. A slip is a promise: a concern goes where a person finds it, or is not taken."""

from __future__ import annotations

from cobijo.web.care.children.rules import agreement_between
from cobijo.web.core.access.scopes import TRAY, WHOLE_ORGANISATION, desk_of, tray_of
from cobijo.web.core.accounts.models import Account, Organisation, OrganisationKind
from cobijo.web.core.accounts.roles import Role

SHOWN = 40
PURPOSE = "concern"  # of agreements


def waits_at(organisation: Organisation, *, own: bool) -> int | None:
    """The scope where a concern waits there: the tray, which somebody works from, or a desk of the own organisation.

    None where nobody would ever see it. A caseworker does not reach the tray, so where there are only caseworkers the
    one who is there longest gets it; of another organisation nobody reaches a desk.
    """
    people = Account.objects.filter(organisation=organisation, organisation__active=True, is_active=True)
    if people.filter(holdings__ended_at=None, holdings__role__in=TRAY | WHOLE_ORGANISATION).exists():
        return tray_of(organisation.pk).pk
    workers = people.filter(holdings__ended_at=None, holdings__role=Role.CASEWORKER) if own else people.none()
    worker = workers.order_by("pk").first()
    return desk_of(worker).pk if worker is not None else None


def others(own: Organisation, *, by_duty: bool) -> list[Organisation]:
    """Other organisations that may be handed a concern and take it up, those of the own state of the country first.

    Child protection offices where the law demands the report, and whoever has an active agreement on concerns.
    """
    found = Organisation.objects.filter(
        active=True, accounts__is_active=True, accounts__holdings__ended_at=None,
        accounts__holdings__role__in=TRAY | WHOLE_ORGANISATION,
    ).exclude(pk=own.pk).distinct().order_by("name", "pk")  # fmt: skip
    agreed = agreement_between(own.pk, None, PURPOSE)
    may = [
        one
        for one in found
        if (by_duty and one.kind == OrganisationKind.CHILD_PROTECTION)
        or (agreed and agreement_between(own.pk, one.pk, PURPOSE))
    ]
    return sorted(may, key=lambda one: (one.area != own.area, one.name))[:SHOWN]
