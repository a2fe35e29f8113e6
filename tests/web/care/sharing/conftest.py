"""An open vault, two organisations with an agreement, a child with a case and a consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.care.sharing import agreements, consents, referrals
from cobijo.web.care.sharing.models import Consent, SharingAgreement
from cobijo.web.care.sharing.referrals import Choice, Sent
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.directory.services.models import Service
from tests.web.care.children.made import LUPITA
from tests.web.care.children.open_vault import open_vault
from tests.web.people import People, organisation, person

__all__ = ["open_vault"]

FIELDS = ["child.chosen_name", "child.given", "child.safe_contact"]


@dataclass
class World:
    """Ana's child; the clinic across the street, where Rocío answers and Saúl supervises."""

    people: People
    clinic: Organisation
    rocio: Account
    saul: Account
    aura: Account
    service: Service
    agreement: SharingAgreement
    child: Child
    case: Case

    def consent(self, **more: Any) -> Consent:
        with acting_as(self.people.ana, "referral") as by:
            return consents.record(by=by, rows=[self.row(**more)])[0]

    def row(self, **more: Any) -> dict[str, Any]:
        return {
            "child": self.child, "verdict": "given", "purpose": "referral", "recipient": self.clinic,
            "service": self.service, "fields": FIELDS, "until": timezone.localdate() + timedelta(days=30),
            "giver": "representative", "says": "yes", "told_duty": True, "words": "Yes, they may help me",
        } | more  # fmt: skip

    def choice(self, consent: Consent, **more: Any) -> Choice:
        said = {
            "child": self.child, "consent": consent, "service": consent.service, "fields": FIELDS, "urgency": "today",
            "request": "Two sessions a week",
        } | more  # fmt: skip
        return Choice(**said)

    def sent(self, consent: Consent, **more: Any) -> Sent:
        with acting_as(self.people.ana, "referral") as by:
            choice = self.choice(consent, **more)
            return referrals.send(by=by, rows=[(choice, referrals.preview(by, choice).digest)])[0]


def agreement_of(one: Account, other: Account, **more: Any) -> SharingAgreement:
    """Proposed by one supervisor, signed by both."""
    today = timezone.localdate()
    said = {
        "organisation": one.organisation, "other": other.organisation, "for_referral": True, "share_names": True,
        "share_contact": True, "share_needs": True, "share_safety": True, "share_situation": True,
        "starts_on": today - timedelta(days=1), "ends_on": today + timedelta(days=365),
    } | more  # fmt: skip
    with acting_as(one, "") as by:
        (made,) = agreements.add(by=by, rows=[said])
        agreements.sign(by=by, ids=[made.pk])
    with acting_as(other, "") as by:
        agreements.sign(by=by, ids=[made.pk])
    return made


@pytest.fixture
def world(people: People, open_vault: Any) -> World:
    clinic = organisation("clinic", kind="ngo", area="MX-OAX")
    rocio = person("Rocio", Role.RECEIVING_SERVICE, of=clinic)
    saul = person("Saul", Role.SUPERVISOR, of=clinic)
    service = Service.objects.create(
        organisation=clinic, name="Listening room", kind="mental_health", area="MX-OAX", age_from=8, age_to=17,
        capacity=3, capacity_on=timezone.localdate(), verified_on=timezone.localdate(),
    )  # fmt: skip
    agreement = agreement_of(people.sofia, saul)
    with acting_as(people.ana, "intake") as by:
        (child,) = children.register(by=by, rows=[LUPITA])
        (case,) = cases.open_cases(
            by=by,
            rows=[
                {
                    "child": child, "area": "MX-OAX", "guardian": "implicated", "representative_name": "Lic. Mar",
                    "representative_independent": True,
                }
            ],
        )  # fmt: skip
    return World(people, clinic, rocio, saul, people.aura, service, agreement, child, case)
