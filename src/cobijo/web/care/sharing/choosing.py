"""Choosing where to refer: services by need, area, eligibility, free places and the day of the last look."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children.models import AgeKnown, Child
from cobijo.web.care.children.rules import age_on, born_on
from cobijo.web.care.children.writing import body_of
from cobijo.web.care.sharing.models.consents import Purpose
from cobijo.web.care.sharing.recipients import PROTECTS, check_recipient
from cobijo.web.core.access.context import Access
from cobijo.web.directory.services.models import ForWhom, Service
from cobijo.web.directory.services.queries import STALE, services

SHOWN = 60
GIRLS, BOYS = frozenset({"girl", "trans_girl"}), frozenset({"boy", "trans_boy"})


@dataclass(frozen=True)
class Option:
    """A service, and why this child cannot be referred to it (a problem whose sentence says so), if so."""

    service: Service
    problem: InputProblem | None

    @property
    def open(self) -> bool:
        return self.problem is None


def options(access: Access, child: Child, *, need: str = "", area: str = "") -> list[Option]:
    """Services of a kind that work in an area, those that can be chosen first; the others say why not."""
    rows = services(access).filter(kind__in=PROTECTS)
    if need:
        rows = rows.filter(kind=need)
    if area:
        rows = rows.filter(Q(area="") | Q(area=area))
    listed = list(rows.order_by(F("verified_on").desc(nulls_last=True), "name")[:SHOWN])
    known = _Known.of(child)
    found = [Option(one, _problem(one, known, area)) for one in listed]
    return sorted(found, key=lambda one: not one.open)


def check_service(service: Service, child: Child, area: str = "") -> None:
    """Offered, verified within half a year, with a place, for this child."""
    problem = _problem(service, _Known.of(child), area)
    if problem is not None:
        raise problem


@dataclass(frozen=True)
class _Known:
    """What eligibility asks of a child; shown to nobody."""

    age: int | None
    gender: str

    @classmethod
    def of(cls, child: Child) -> _Known:
        body = body_of(child)
        sure = child.age_known not in {AgeKnown.UNKNOWN, AgeKnown.DISPUTED}
        return cls(
            age_on(born_on(body), timezone.localdate()) if sure else None, str(body.get("gender") or "")
        )


def _problem(service: Service, known: _Known, area: str) -> InputProblem | None:
    named = service.name
    if service.ended_on is not None or not service.organisation.active:
        return InputProblem("sharing.service_closed", name=named)
    try:
        check_recipient(service.organisation, Purpose.REFERRAL)
    except InputProblem as problem:
        return problem
    if _stale(service.verified_on):
        return InputProblem("sharing.service_stale", name=named)
    if service.capacity == 0:
        return InputProblem("sharing.service_full", name=named)
    if area and service.area and service.area != area:
        return InputProblem("sharing.service_elsewhere", name=named)
    return _not_for(service, known)


def _not_for(service: Service, known: _Known) -> InputProblem | None:
    """An age that is not known, or a gender that is not said, shuts nobody out."""
    if known.age is not None:
        too_young = service.age_from is not None and known.age < service.age_from
        too_old = service.age_to is not None and known.age > service.age_to
        if too_young or too_old:
            return InputProblem("sharing.service_not_for_age", name=service.name)
    other = {ForWhom.GIRLS: BOYS, ForWhom.BOYS: GIRLS}.get(ForWhom(service.for_whom), frozenset())
    if known.gender in other:
        return InputProblem("sharing.service_not_for_gender", name=service.name)
    return None


def _stale(verified_on: date | None) -> bool:
    return verified_on is None or verified_on < timezone.localdate() - STALE
