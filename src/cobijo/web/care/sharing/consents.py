"""Consent: recorded with who decided, what the child said and was told; and what holds now."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import Case
from cobijo.web.care.cases.models.case import Guardian
from cobijo.web.care.cases.states import GOING_ON
from cobijo.web.care.children.models import SAYS_SOMETHING, AgeKnown, Child
from cobijo.web.care.children.rules import MAJORITY, age_on, born_on, check_not_erased, check_past
from cobijo.web.care.children.writing import add_sealed, attempt, body_of
from cobijo.web.care.pack import Capacity, load_care_tables
from cobijo.web.care.sharing.fields import ONLY_JUSTICE, known
from cobijo.web.care.sharing.models import Consent
from cobijo.web.care.sharing.models.consents import Giver, Purpose, Says, Verdict, Way
from cobijo.web.care.sharing.recipients import check_recipient
from cobijo.web.core import country
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import visible
from cobijo.web.core.dates import months_after
from cobijo.web.core.reactions import react

LONGEST = 12  # months; then the child is asked again
#: How the pack's table of capacity calls each purpose.
DECISION = {Purpose.REFERRAL: "referral", Purpose.TRANSFER: "share", Purpose.JUSTICE: "share"}


def record(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Consent]:
    """Record consents, refusals and legal bases: rows of the fields of a consent, plain and sealed side by side.

    A withdrawal is not recorded here (see `withdrawing.withdraw`).
    """
    placed = []
    for row in rows:
        unknown = set(row.get("fields", ())) - set(known(row.get("fields", ())))
        if unknown:
            raise InputProblem("sharing.field_never_shared", field=sorted(unknown)[0][:40])
        rule = rule_of(row["child"], row["purpose"])
        placed.append(
            {"decided_on": timezone.localdate()}
            | dict(row)
            | {
                "fields": known(row.get("fields", ())),
                "rule": f"{rule.decision}:{rule.age_from}-{rule.age_to}",
            }
        )
    with attempt(by, "record", "consent", [row["child"].pk for row in rows]):
        detail = {"verdicts": sorted({str(row["verdict"]) for row in rows})}
        made = add_sealed(by=by, kind="consent", rows=placed, rule=check_consent, detail=detail)
        refusals = [one for one in made if one.verdict == Verdict.REFUSED]
        if refusals:
            react("consent_refused", by=by, consents=refusals)
        return made


def rule_of(child: Child, purpose: str) -> Capacity:
    """The pack's row that says who decides at this child's age. Unknown or disputed: the oldest child's row."""
    age = age_on(born_on(body_of(child)), timezone.localdate())
    sure = child.age_known not in {AgeKnown.UNKNOWN, AgeKnown.DISPUTED}
    tables = load_care_tables(country.pack_name())
    return tables.capacity_at(DECISION.get(Purpose(purpose), "share"), age if sure else None)


def check_consent(by: Access, consent: Consent, body: Mapping[str, Any], row: int) -> None:
    """The right recipient, the right person deciding, the child heard, and told about the duty to report."""
    check_not_erased(consent.child)
    check_past(consent.decided_on, row, "decided_on")
    if consent.verdict == Verdict.WITHDRAWN:
        raise InputProblem("screens.field_wrong", row=row, field="verdict")
    if consent.service is not None and consent.service.organisation_id != consent.recipient_id:
        raise InputProblem("sharing.service_of_other", row=row)
    if consent.verdict == Verdict.REFUSED:
        return
    check_recipient(consent.recipient, consent.purpose)
    if not consent.fields:
        raise InputProblem("sharing.no_fields", row=row)
    if consent.purpose != Purpose.JUSTICE and ONLY_JUSTICE & set(consent.fields):
        raise InputProblem("sharing.only_for_prosecution", row=row)
    if consent.until is None or consent.until < timezone.localdate():
        raise InputProblem("sharing.until_missing", row=row)
    if not consent.told_duty:
        raise InputProblem("sharing.duty_not_told", row=row)
    if consent.verdict == Verdict.LAW:
        if not consent.law.strip() or not consent.article.strip():
            raise InputProblem("sharing.law_missing", row=row)
        if consent.giver != Giver.NOBODY:
            raise InputProblem("screens.field_wrong", row=row, field="giver")
        return
    if consent.law or consent.article:
        raise InputProblem("screens.field_wrong", row=row, field="law")
    _check_until(consent, row)
    if consent.purpose == Purpose.JUSTICE:
        raise InputProblem("sharing.prosecutor_by_law", name=consent.recipient.name)
    _check_giver(consent, rule_of(consent.child, consent.purpose), row)


def last_day(child: Child, decided_on: date) -> tuple[date, bool]:
    """Until when a yes can hold that somebody gives beside the child; and whether it is majority that ends it.

    A year, and never past the day before the person decides alone.
    """
    year = months_after(decided_on, LONGEST)
    born = born_on(body_of(child))
    if born is None or child.age_known in {AgeKnown.UNKNOWN, AgeKnown.DISPUTED}:
        return year, False
    before = months_after(born, 12 * MAJORITY) - timedelta(days=1)
    return (before, True) if decided_on <= before < year else (year, False)


def _check_until(consent: Consent, row: int) -> None:
    last, of_age = last_day(consent.child, consent.decided_on)
    if consent.giver == Giver.CHILD:
        last, of_age = months_after(consent.decided_on, LONGEST), False
    if consent.until is not None and consent.until > last:
        raise InputProblem("sharing.until_of_age" if of_age else "sharing.until_too_long", row=row)


def _check_giver(consent: Consent, rule: Capacity, row: int) -> None:
    if consent.says == Says.NO and rule.refusal_binds:
        raise InputProblem("sharing.child_said_no", row=row)
    if rule.child_says in {"assent", "consent"} and consent.says != Says.YES:
        raise InputProblem("sharing.child_not_heard", row=row)
    if rule.consent_by == "nobody":
        raise InputProblem("sharing.nobody_may", row=row)
    if rule.consent_by == "child":
        if consent.giver != Giver.CHILD:
            raise InputProblem("sharing.child_decides", row=row)
        return
    if consent.giver == Giver.GUARDIAN:
        if not guardian_may(consent.child):
            raise InputProblem("sharing.guardian_excluded", row=row)
    elif consent.giver == Giver.REPRESENTATIVE:
        if not represented(consent.child):
            raise InputProblem("sharing.no_representative", row=row)
    else:
        raise InputProblem("sharing.representative_decides", row=row)


def guardian_may(child: Child) -> bool:
    """Only a guardian in whom nobody sees an involvement; "not clear yet" is no.

    One case that says otherwise is enough, closed or not.
    """
    said = set(Case.objects.filter(child=child).values_list("guardian", flat=True))
    return said == {Guardian.TRUSTED}


def guardian_stands(consent: Consent) -> bool:
    """Whether who agreed is one who may: a guardian in whom somebody has come to see an involvement never did."""
    return consent.giver != Giver.GUARDIAN or guardian_may(consent.child)


def represented(child: Child) -> bool:
    """Whether an open case names a representative who is independent."""
    for case in Case.objects.filter(child=child, state__in=GOING_ON):
        body = body_of(case)
        if body.get("representative_independent") is True and body.get("representative_name"):
            return True
    return False


def consents(access: Access, child: Child) -> QuerySet[Consent]:
    """Every answer there was and of which the time of keeping is not over, the latest first."""
    rows = Consent.objects.filter(SAYS_SOMETHING, child=child).select_related(
        "recipient", "service", "withdraws"
    )
    return visible(access, "consent", rows.order_by("-decided_on", "-pk"))


def emptied(access: Access, child: Child) -> bool:
    """Whether something was answered of which the time of keeping is over."""
    return visible(access, "consent", Consent.objects.filter(child=child, sealed=b"")).exists()


def grounds(child_id: int, recipient_id: int | None = None, purpose: str = "") -> list[Consent]:
    """The consents and legal bases that hold today, the newest first. For services: rows within reach.

    A consent ends with its day, with its withdrawal, or with a later refusal for the same recipient and purpose. A
    legal basis ends with its day.
    """
    rows = list(
        Consent.objects.filter(child_id=child_id)
        .select_related("recipient", "service", "child")
        .order_by("pk")
    )
    withdrawn = {one.withdraws_id for one in rows if one.verdict == Verdict.WITHDRAWN}
    refused = {(one.recipient_id, one.purpose): one.pk for one in rows if one.verdict == Verdict.REFUSED}
    today = timezone.localdate()
    found = [
        one
        for one in rows
        if one.verdict in {Verdict.GIVEN, Verdict.LAW}
        and one.pk not in withdrawn
        and one.until is not None
        and one.decided_on <= today <= one.until
        and (one.verdict == Verdict.LAW or refused.get((one.recipient_id, one.purpose), 0) < one.pk)
        and (recipient_id is None or one.recipient_id == recipient_id)
        and (not purpose or one.purpose == purpose)
    ]
    return found[::-1]


def ground(child_id: int, organisation_id: int, purpose: str) -> str:
    """Fills the door `children.rules.ground_for`."""
    found = [one for one in grounds(child_id, organisation_id, purpose) if guardian_stands(one)]
    return found[0].ground if found else ""


def hold(ids: Collection[int]) -> None:
    """Hold consents for the rest of the transaction: what is sent under one and its withdrawal wait for each other."""
    list(Consent.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


def hold_of(*, by: Access, children: Collection[int]) -> None:
    """The reaction before a case is taken hold of by a step that may meet consents on its way.

    Consents, referral, packet, case, offer: whoever needs several takes them in this order, so that a withdrawal and an
    acceptance of the same hour wait for each other and never for ever.
    """
    with acting_as_system("hold_consents", scopes="all"):
        hold(Consent.objects.filter(child__in=children).values_list("pk", flat=True))


def check_ground(
    consent: Consent, fields: Collection[str], *, recipient_id: int, service_id: int | None
) -> None:
    """A consent that holds now, of who may give it, for this recipient and service, and for each of these fields."""
    held = {one.pk for one in grounds(consent.child_id, recipient_id, consent.purpose)}
    if consent.pk not in held:
        raise InputProblem("sharing.consent_ended")
    if not guardian_stands(consent):
        raise InputProblem("sharing.guardian_out")
    if consent.service_id is not None and consent.service_id != service_id:
        raise InputProblem("sharing.consent_for_other_service")
    outside = [one for one in fields if one not in consent.fields]
    if outside:
        raise InputProblem("sharing.field_not_consented", field=outside[0][:40])


def withdrawal(consent: Consent, way: Way) -> dict[str, Any]:
    """The row that withdraws a consent."""
    return {
        "child": consent.child, "verdict": Verdict.WITHDRAWN, "purpose": consent.purpose,
        "recipient": consent.recipient, "service": consent.service, "fields": consent.fields,
        "decided_on": timezone.localdate(), "giver": Giver.CHILD, "says": Says.NO, "withdraws": consent, "way": way,
    }  # fmt: skip
