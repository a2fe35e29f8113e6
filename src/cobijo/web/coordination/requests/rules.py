"""What must be so of a request and of each of its steps. Each rule raises one sentence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from cobijo.errors import InputProblem
from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.requests.choices import STEPS, Grade, State
from cobijo.web.coordination.requests.identity import check_no_child
from cobijo.web.coordination.requests.models import Request
from cobijo.web.coordination.requests.pack import Rung, Tables, load_tables
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.directory.networks.models import Membership

#: What stays open to change once it was sent: the letter says what it said.
AFTER_SENDING = frozenset({"public", "ask_again_on", "decision"})
#: Every text of a request in which a child could be named.
TEXTS = ("title", "text", "legal_ground", "answer", "grade_reason", "outcome")


def language() -> str:
    """Of whoever reads, as the pack writes it."""
    return (get_language() or "es")[:2]


def tables() -> Tables:
    return load_tables(country.pack_name())


def check_request(by: Access, request: Request, row: int) -> None:
    """A known state and deadline; once sent, somebody asks somebody; and no text says who a child is."""
    country.check_area(request.area, row, "")
    if request.deadline and tables().rule(request.deadline) is None:
        raise InputProblem("requests.deadline_unknown_row", row=row)
    if request._state.adding and request.addressee is not None and not request.addressee.active:
        raise InputProblem("organisations.closed", row=row)
    if request.organisation_id is not None and request.organisation_id == request.addressee_id:
        raise InputProblem("requests.to_oneself", row=row)
    check_texts(by, request, row)


def check_texts(by: Access, request: Request, row: int) -> None:
    """The texts that change name no child; all of them where others read them from now on (it is sent, or made public).

    What was written before a child became known must not stop anybody from hiding or closing it, so it is not read
    again then. `clocks.look_again` takes it from the public meanwhile.
    """
    stored = Request.objects.filter(pk=request.pk).values(*TEXTS, "state", "public").first()
    sent = stored is not None and (stored["state"], request.state) == (State.DRAFT, State.SENT)
    opened = request.public and (stored is None or not stored["public"])
    if stored is None or sent or opened:
        check_no_child(by, texts_of(request), row)
        request.looked_at, request.withheld_on = timezone.now(), None
        return
    check_no_child(
        by, [getattr(request, name) for name in TEXTS if getattr(request, name) != stored[name]], row
    )


def texts_of(request: Request) -> list[str]:
    return [getattr(request, name) for name in TEXTS]


def check_editable(request: Request, names: Collection[str], row: int) -> None:
    """A letter that was sent is not rewritten."""
    if request.state != State.DRAFT and set(names) - AFTER_SENDING - {"pk", "version"}:
        raise InputProblem("requests.sent_is_sent", row=row)


def steps(request: Request) -> frozenset[str]:
    """What it can become from here: an answer that was graded is there already, one that was missed can still come."""
    found = STEPS[request.state]
    late = request.grade == Grade.SILENCE
    return found if request.state != State.GRADED or late else found - {State.ANSWERED}


def check_step(request: Request, to: str) -> None:
    if to not in steps(request):
        raise InputProblem(
            "requests.no_such_step", state=str(request.get_state_display()), to=str(State(to).label)
        )


def check_ready(request: Request, row: int) -> None:
    """Before it leaves the house."""
    if request.organisation_id is None:
        raise InputProblem("requests.nobody_asks", row=row)
    if request.addressee_id is None:
        raise InputProblem("requests.no_addressee", row=row)


def check_day(request: Request, day: date, row: int) -> None:
    """Not in the future, and not before the step before it."""
    earlier = [
        one for one in (request.sent_on, request.acknowledged_on, request.answered_on) if one is not None
    ]
    if day > today() or any(day < one for one in earlier):
        raise InputProblem("requests.day", row=row)


def check_grade(request: Request, grade: str, reason: str, row: int) -> None:
    """A grade with its reason; silence only where nobody has answered and the day, if there is one, has passed."""
    if grade not in Grade.values:
        raise InputProblem("screens.field_wrong", row=row, field="grade")
    if not reason.strip():
        raise InputProblem("requests.grade_reason", row=row)
    answered = request.answered_on is not None
    if answered == (grade == Grade.SILENCE):
        raise InputProblem("requests.silence_answered" if answered else "requests.grade_nothing", row=row)
    if grade == Grade.SILENCE and request.due_on is not None and request.due_on >= today():
        raise InputProblem("requests.still_in_time", row=row)


def check_rung(request: Request, code: str, climbed: Collection[int], row: int) -> Rung:
    """A rung of the pack, higher than those that were climbed, and never while the authority is still in time."""
    rung = tables().rung(code)
    if rung is None:
        raise InputProblem("requests.rung_unknown", row=row)
    if any(rung.number <= one for one in climbed):
        raise InputProblem("requests.rung_climbed", row=row)
    if (
        request.state in (State.SENT, State.ACKNOWLEDGED)
        and request.due_on is not None
        and request.due_on >= today()
    ):
        raise InputProblem("requests.still_in_time", row=row)
    return rung


def check_supporters(members: Collection[Membership], row: int) -> None:
    """Only who belongs to a network today can support a rung in its name."""
    if any(one.until is not None and one.until < today() for one in members):
        raise InputProblem("requests.left_the_network", row=row)
