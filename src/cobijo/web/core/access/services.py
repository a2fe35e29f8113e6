"""Break-glass: reaching one record that is not one's own, because it cannot wait. It ends by itself and is reviewed."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cobijo.errors import InputProblem
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.grants import granted
from cobijo.web.core.access.kinds import Kind, kind_of
from cobijo.web.core.access.models import BreakGlass, Scope
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.reactions import react

log = logging.getLogger(__name__)
LASTS = timedelta(hours=2)
LEAST_REASON = 10  # characters: "urgent" is no reason
VERDICTS = ("justified", "not_justified")


@transaction.atomic
def break_glass(*, by: Access, kind: str, record_id: int, reason: str) -> BreakGlass:
    """Open one record of the own organisation for two hours. The supervisors are told at once.

    Only for people whose roles include seeing such records at all. It opens from the next request on: the context of
    this one was made before.
    """
    known = _open_to(by, kind)
    reason = " ".join(reason.split())
    if len(reason) < LEAST_REASON:
        raise InputProblem("access.reason_missing")
    scope_id = _where(by, known, record_id)
    if scope_id is None:
        raise Forbidden("access.glass_not_here", action="break_glass", kind=kind, ids=(record_id,))
    if scope_id in by.scopes and decide(by, "see", kind, known.model(pk=record_id, scope_id=scope_id)):
        raise InputProblem("access.glass_not_needed")
    glass = BreakGlass.objects.create(
        account_id=by.account_id,
        kind=kind,
        record_id=record_id,
        scope_id=scope_id,
        reason=reason[:500],
        ends_at=timezone.now() + LASTS,
    )
    audit.record("break_glass", kind, [record_id], access=by, detail={"glass": glass.pk, "scope": scope_id})
    react("glass_broken", by=by, glass=glass)
    transaction.on_commit(lambda: tell_supervisors(glass.pk))
    return glass


@transaction.atomic
def review_glass(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[BreakGlass]:
    """Rows of glass, verdict (justified or not_justified) and, optionally, remark. Never the own one."""
    reviewed = []
    for row in rows:
        glass = BreakGlass.objects.select_for_update().select_related("scope").get(pk=row["glass"])
        check(by, "review", "break_glass", glass)
        if glass.account_id == by.account_id:
            raise Forbidden("access.review_own", action="review", kind="break_glass", ids=(glass.pk,))
        if glass.reviewed_at is not None:
            raise InputProblem("access.reviewed_already")
        if row["verdict"] not in VERDICTS:
            raise InputProblem("access.verdict_missing")
        glass.reviewed_by_id, glass.reviewed_at = by.by_id, timezone.now()
        glass.verdict, glass.remark = row["verdict"], row.get("remark", "")[:500]
        glass.save(update_fields=["reviewed_by", "reviewed_at", "verdict", "remark"])
        reviewed.append(glass)
    verdicts = sorted({one.verdict for one in reviewed})
    audit.record(
        "review", "break_glass", [one.pk for one in reviewed], access=by, detail={"verdicts": verdicts}
    )
    react("glass_reviewed", by=by, glasses=reviewed)
    return reviewed


@transaction.atomic
def end_glass(*, by: Access, glass_id: int) -> None:
    """Whoever opened it gives it back before it ends by itself."""
    now = timezone.now()
    own = BreakGlass.objects.filter(pk=glass_id, account_id=by.account_id, ends_at__gt=now)
    if own.update(ends_at=now):
        audit.record("end_glass", "break_glass", [glass_id], access=by)


def tell_supervisors(glass_id: int) -> bool:
    """E-mail to the supervisors of the organisation, without a word about the child. False: could not be sent.

    `told_at` stays empty then, and the work page of the supervisors, which lists every unreviewed one, is how they
    learn of it.
    """
    glass = BreakGlass.objects.select_related("scope", "account").get(pk=glass_id)
    supervisors = Account.objects.filter(
        organisation_id=glass.scope.organisation_id,
        is_active=True,
        holdings__role=Role.SUPERVISOR,
        holdings__ended_at=None,
    ).distinct()
    told = 0
    for supervisor in supervisors:
        with translation.override(supervisor.language or None):
            try:
                told += send_mail(
                    _("Cobijo: an emergency access awaits your review"),
                    _(
                        "%(name)s opened a record that is on somebody else’s desk, for two hours. Sign in to Cobijo to "
                        "read the reason and review it."
                    )
                    % {"name": glass.account.name},
                    None,
                    [supervisor.email],
                )
            except OSError:
                log.warning("a supervisor could not be told of emergency access %s", glass_id)
    if told:
        BreakGlass.objects.filter(pk=glass_id).update(told_at=timezone.now())
    return bool(told)


def _open_to(by: Access, kind: str) -> Kind:
    """Break-glass widens where a role reaches, never what it is for: a coordinator has no emergency with a case."""
    known = kind_of(kind)
    if known is None or not known.protected:
        raise Forbidden("access.kind_unknown", action="break_glass", kind=kind)
    if by.via not in {"web", "api"} or not any(granted(role, "see", kind) for role in by.roles):
        raise Forbidden("access.may_not_see", action="break_glass", kind=kind)
    return known


def _where(by: Access, kind: Kind, record_id: int) -> int | None:
    """The scope in which the record lies, if it lies in the own organisation."""
    here = list(Scope.objects.filter(organisation_id=by.organisation_id).values_list("pk", flat=True))
    with acting_as_system("break_glass", scopes=here):
        found: int | None = (
            kind.model._default_manager.filter(pk=record_id, scope_id__in=here)
            .values_list("scope_id", flat=True)
            .first()
        )
    return found
