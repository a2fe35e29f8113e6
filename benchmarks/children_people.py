"""Who asks of the children's site: the same twenty as `web_people`, with cases they can open. Run inside the site."""

from __future__ import annotations

from typing import Any

from benchmarks.web_people import CHILDREN, _session, chosen


def sign_in() -> list[dict[str, Any]]:
    """Caseworkers and supervisors with sessions that showed their second factor, and children they know by name."""
    return [_person(one) for one in chosen()]


def health_worker() -> str:
    """Somebody who may only report: the session's key."""
    from cobijo.web.core.accounts.models import Account, Holding, Organisation
    from cobijo.web.core.accounts.roles import Role

    of = Organisation.objects.order_by("pk")[1]
    made, _new = Account.objects.get_or_create(
        email="nurse@bench.example",
        defaults={"name": "Persona de salud", "organisation": of, "password": "!"},
    )
    Holding.objects.get_or_create(account=made, role=Role.HEALTH_WORKER)
    return _session(made)


def _person(account: Any) -> dict[str, Any]:
    from cobijo.web.care.cases.models import Case
    from cobijo.web.core.access.context import acting_as
    from cobijo.web.core.access.policy import visible
    from cobijo.web.core.vault.queries import identities

    with acting_as(account, "follow_up") as access:
        going_on = visible(access, "case", Case.objects.select_related("child")).exclude(state="closed")
        rows = list(going_on.order_by("?")[:CHILDREN])
        names = ("given", "surname1", "surname2", "birth_date")
        seen = identities(
            access, [one.child for one in rows], fields=names, purpose="follow_up", kind="child"
        )
        children = [
            {"case": case.pk, "id": one.pk, "code": case.child.code, **{name: one[name] for name in names}}
            for case, one in zip(rows, seen, strict=True)
        ]
        role = "/".join(sorted(access.roles))
    return {"cookie": _session(account), "role": role, "children": children}
