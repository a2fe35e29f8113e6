"""Consents go some time after they ended, before the record does (see `cases.parts`): their words and their days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Case, DateField, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Least

from cobijo.web.care.cases.parts import ITSELF, Part
from cobijo.web.care.sharing.models import Consent
from cobijo.web.care.sharing.models.consents import Verdict


def _ended(day: date) -> QuerySet[Consent]:
    """A consent or a legal basis ends with its day, a consent also when it was withdrawn or a later refusal said no.

    A refusal and a withdrawal are an end themselves, on the day they were said.
    """
    withdrawn = _first(Consent.objects.filter(withdraws=OuterRef("pk")))
    refused = _first(
        Consent.objects.filter(
            child=OuterRef("child"), recipient=OuterRef("recipient"), purpose=OuterRef("purpose"),
            verdict=Verdict.REFUSED, pk__gt=OuterRef("pk"),
        )
    )  # fmt: skip
    given = Least(F("until"), Coalesce(withdrawn, F("until")), Coalesce(refused, F("until")))
    began = Case(
        When(verdict=Verdict.GIVEN, then=given),
        When(verdict=Verdict.LAW, then=F("until")),
        default=F("decided_on"),
        output_field=DateField(),
    )
    rows = Consent.objects.filter(Q(decided_on__lte=day)).annotate(began=began)
    return rows.filter(began__lte=day)


def _first(rows: Any) -> Subquery:
    return Subquery(rows.order_by("decided_on", "pk").values("decided_on")[:1], output_field=DateField())


CONSENTS = Part(
    purpose="consent", starts="withdrawal_or_end", kind="consent", begun=_ended, emptied={"consent": ITSELF}
)
