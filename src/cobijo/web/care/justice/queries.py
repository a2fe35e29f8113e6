"""Reads of this room: the tab of a case, its summary for the case page, what is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from cobijo.web.care.cases.models import Case
from cobijo.web.care.cases.rules import tables, today
from cobijo.web.care.children.models import SAYS_SOMETHING
from cobijo.web.care.children.sheets import sheet_of
from cobijo.web.care.justice.choices import AlertState, MeasureState, ReparationState
from cobijo.web.care.justice.models import Alert, AllegedChild, Delay, Measure, Proceeding, Reparation, Step
from cobijo.web.care.justice.states import GOING_ON, NEXT, STEPS, State
from cobijo.web.care.pack import Offence
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.vault import sealing
from cobijo.web.core.vault.queries import Identity, identities

SOON = timedelta(days=7)


def proceedings(access: Access) -> QuerySet[Proceeding]:
    """The proceedings within reach of which the time of keeping is not over."""
    rows = Proceeding.objects.filter(SAYS_SOMETHING).select_related("case", "child")
    return visible(access, "proceeding", rows)


def emptied(access: Access, case: Case) -> bool:
    """Whether there was a proceeding or an alert of which the time of keeping is over."""
    gone: tuple[tuple[str, Any], ...] = (("proceeding", Proceeding), ("non_punishment", Alert))
    return any(
        visible(access, kind, model.objects.filter(case=case, sealed=b"")).exists() for kind, model in gone
    )


def proceeding(access: Access, pk: int) -> Proceeding | None:
    rows = Proceeding.objects.filter(SAYS_SOMETHING, pk=pk).select_related("case", "child", "case__child")
    return visible(access, "proceeding", rows, "see").first()


def alert(access: Access, pk: int) -> Alert | None:
    rows = Alert.objects.filter(SAYS_SOMETHING, pk=pk).select_related("case", "child")
    return visible(access, "non_punishment", rows, "see").first()


def alerts(access: Access) -> QuerySet[Alert]:
    """Alerts within reach, the open ones first and the newest first."""
    rows = (
        Alert.objects.filter(SAYS_SOMETHING)
        .select_related("case")
        .order_by("ended_on", "-happened_on", "-pk")
    )
    return visible(access, "non_punishment", rows)


def kept_apart(access: Access, case: Case) -> QuerySet[AllegedChild]:
    """Children alleged, for whoever may see them; for everybody else there are none."""
    rows = AllegedChild.objects.filter(case=case).order_by("-noted_on", "-pk")
    return visible(access, "alleged_child", rows)


def hanging(access: Access, kind: str, model: Any, of: Proceeding, *order: str) -> list[Any]:
    return list(visible(access, kind, model.objects.filter(proceeding=of).order_by(*order)))


def with_words(access: Access, kind: str, rows: list[Any]) -> list[Any]:
    """The rows, each with `words`: what was written beside it, where the vault is open. Audited as read."""
    if rows and sealing.is_open():
        fields = tuple(sheet_of(kind).sealed)
        said = identities(access, rows, fields=fields, purpose="follow_up", kind=kind)
        for row, words in zip(rows, said, strict=True):
            row.words = words
    return rows


@dataclass(frozen=True)
class Track:
    """One proceeding as the tab shows it. `words` are what was written, where it may and can be read."""

    one: Proceeding
    steps: tuple[Step, ...]
    delays: tuple[Delay, ...]
    measures: tuple[Measure, ...]
    reparations: tuple[Reparation, ...]
    offences: tuple[Offence, ...]
    words: Identity | None

    @property
    def next(self) -> str:
        return str(NEXT[State(self.one.state)])

    @property
    def can_go(self) -> bool:
        return bool(STEPS[State(self.one.state)])

    @property
    def late(self) -> int:
        """Days since the next step was expected; 0: not late."""
        by = self.one.expected_by
        return max(0, (today() - by).days) if by is not None else 0

    @property
    def stands(self) -> int:
        """Days since the last step."""
        return (today() - self.steps[-1].on).days if self.steps else 0

    @property
    def put_off(self) -> int:
        """Days that all delays together have added."""
        return sum((one.until - one.was_by).days for one in self.delays)


def tracks(access: Access, case: Case) -> list[Track]:
    """All proceedings of a case, those that go on first."""
    rows = proceedings(access).filter(case=case).order_by("rests_since", "-opened_on", "-pk")
    return [track(access, one) for one in rows]


def track(access: Access, one: Proceeding) -> Track:
    offences = {each.code: each for each in tables().offences}
    words = None
    if sealing.is_open() and one.child.erased_at is None:
        words = identities(
            access, [one], fields=("file_number", "note"), purpose="follow_up", kind="proceeding"
        )[0]
    return Track(
        one,
        tuple(with_words(access, "justice_step", hanging(access, "justice_step", Step, one, "pk"))),
        tuple(with_words(access, "justice_delay", hanging(access, "justice_delay", Delay, one, "pk"))),
        tuple(hanging(access, "protection_measure", Measure, one, "asked_on", "pk")),
        tuple(hanging(access, "reparation", Reparation, one, "ordered_on", "pk")),
        tuple(offences[code] for code in one.offences if code in offences),
        words,
    )


@dataclass(frozen=True)
class Summary:
    """What the case page says of this tab. Codes and days only: nothing sealed is read."""

    url: str
    going_on: int
    at_rest: int
    next_by: date | None  # the first day on which a step is expected
    late: int  # proceedings of which the next step is late
    alerts: int  # non-punishment alerts for which nobody represents the child yet

    @property
    def empty(self) -> bool:
        return not (self.going_on or self.at_rest or self.alerts)


def summary(access: Access, case: Case) -> Summary | None:
    """For the case page; None where this person may see no proceedings at all. Two queries."""
    if not decide(access, "list", "proceeding"):
        return None
    rows = list(proceedings(access).filter(case=case).values_list("state", "expected_by"))
    days = [by for state, by in rows if state in GOING_ON and by is not None]
    waiting = visible(access, "non_punishment", Alert.objects.filter(case=case, state=AlertState.OPEN))
    return Summary(
        url=reverse("justice:case", args=[case.pk]),
        going_on=len(days),
        at_rest=len(rows) - len(days),
        next_by=min(days, default=None),
        late=sum(by < today() for by in days),
        alerts=waiting.count(),
    )


# --- What is due ---------------------------------------------------------------------------------------------------


def waiting_alerts(access: Access) -> QuerySet[Alert]:
    """Nobody represents the child yet; the first raised first."""
    return alerts(access).filter(state=AlertState.OPEN).order_by("act_by", "pk")


def expected(access: Access, until: date | None = None) -> QuerySet[Proceeding]:
    """Proceedings whose next step is expected within a week, or is late; the longest waiting first."""
    rows = proceedings(access).filter(state__in=GOING_ON, expected_by__lte=until or today() + SOON)
    return rows.order_by("expected_by", "pk")


def running_out(access: Access) -> QuerySet[Measure]:
    """Protection measures that hold and end within a week, or have ended and nobody has said so."""
    rows = Measure.objects.filter(state=MeasureState.ORDERED, until__lte=today() + SOON)
    return visible(access, "protection_measure", rows.select_related("case").order_by("until", "pk"))


def owed(access: Access) -> QuerySet[Reparation]:
    """Reparation that has not all arrived by its day."""
    rows = Reparation.objects.filter(
        state__in=(ReparationState.ORDERED, ReparationState.PARTLY), due_by__lte=today()
    )
    return visible(access, "reparation", rows.select_related("case").order_by("due_by", "pk"))
