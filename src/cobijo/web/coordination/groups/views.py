"""The page of a group, the steps of a meeting, and the calendar in which people see when to meet."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.web.coordination.groups import forms, ical, queries, services
from cobijo.web.coordination.groups.choices import MEETING_STEPS, GroupKind, MeetingState
from cobijo.web.coordination.groups.models import Meeting
from cobijo.web.coordination.groups.rules import may_record, today
from cobijo.web.coordination.groups.screens import GROUPS, MEETINGS
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.access.middleware import acts_for_nobody
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.accounts.services import token_of
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.asking import ask, data, found, row
from cobijo.web.core.screens.pages import acting, uncached

FORM = "groups/form.html"
READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether it meets as it must, who sits in it, what it decided."""
    access = acting()
    one = found("group", queries.groups(access), pk)
    context = {
        "record": one,
        "whole": queries.whole(access, one),
        "groups": showing.groups(access, GROUPS, one),
        "buttons": showing.buttons(access, GROUPS, ("change", "history"), one),
        "who": reverse("access:who", args=["group", pk]),
        "list_url": reverse("group:list"),
        "may_meet": bool(decide(access, "add", "meeting")),
        "may_seat": bool(decide(access, "add", "seat")),
    }
    return uncached(render(request, "groups/group.html", context))


@require_safe
def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """What is planned or what became of it, who was there, what was decided."""
    access = acting()
    one = found("meeting", queries.meetings(access), pk)
    open_steps = MEETING_STEPS[one.state] if decide(access, "change", "meeting", one) else frozenset()
    context = {
        "record": one,
        "groups": showing.groups(access, MEETINGS, one),
        "attendance": queries.attendance(access, one),
        "decisions": list(queries.decisions(access).filter(meeting=one).order_by("due_on", "pk")),
        "buttons": showing.buttons(access, MEETINGS, ("change", "history"), one),
        "who": reverse("access:who", args=["meeting", pk]),
        "may_hold": MeetingState.HELD in open_steps and one.on <= today(),
        "may_cancel": MeetingState.CANCELLED in open_steps,
        "may_plan": MeetingState.PLANNED in open_steps,
        "may_decide": one.state == MeetingState.HELD
        and bool(decide(access, "add", "decision"))
        and may_record(access, one),
        "is_past": one.on < today(),
    }
    return uncached(render(request, "groups/meeting.html", context))


@READ_AND_WRITE
def held(request: HttpRequest, pk: int) -> HttpResponse:
    one = _meeting(pk)
    form = forms.HeldForm(acting(), one, data(request))
    lead = _("Write the minutes and tick who was there. Decisions are added afterwards, each with its owner.")
    return _step(request, one, MeetingState.HELD, form, services.hold, _("It took place"), lead)


@READ_AND_WRITE
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    one = _meeting(pk)
    form = forms.CancelForm(data(request))
    lead = _(
        "The reason is kept, so that somebody can answer for it. Calendars show the meeting as cancelled."
    )
    return _step(
        request, one, MeetingState.CANCELLED, form, services.cancel, _("It does not take place"), lead
    )


@READ_AND_WRITE
def again(request: HttpRequest, pk: int) -> HttpResponse:
    one = _meeting(pk)
    form = forms.AgainForm(data(request))
    lead = _("Give the new day. Agenda and place stay as they are.")
    return _step(request, one, MeetingState.PLANNED, form, services.plan_again, _("Plan it again"), lead)


@READ_AND_WRITE
def decide_here(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision of this meeting, which is a task from the moment it is saved."""
    access = acting()
    one = found("meeting", queries.meetings(access), pk)
    check(access, "add", "decision")
    form = forms.DecideForm(access, data(request), initial={"organisation": access.organisation_id})
    return ask(
        request, form, lambda said: services.decide_on(by=acting(), rows=[{"meeting": one, **said}]),
        template=FORM, title=_("What was decided"),
        lead=_("A decision is a task: somebody owns it, until a day. It appears on their work page."),
        back=reverse("meeting:detail", args=[pk]), about=str(one),
    )  # fmt: skip


# --- The calendar --------------------------------------------------------------------------------------------------


@READ_AND_WRITE
def calendar_page(request: HttpRequest) -> HttpResponse:
    """The next meetings, the file, and an address for a calendar program, which is shown once."""
    access = acting()
    check(access, "list", "meeting")
    address, problem = "", ""
    if request.method == "POST":
        secret = services.calendar_address(by=access, name=_("Calendar of meetings"))
        address = request.build_absolute_uri(reverse("groups:feed", args=[secret]))
    rows = [one for one in queries.calendar(access) if one.on >= today()]
    context = {
        "rows": rows, "address": address, "problem": problem, "days": services.CALENDAR_LASTS,
        "may_subscribe": bool(decide(access, "add", "token")),
    }  # fmt: skip
    return uncached(render(request, "groups/calendar.html", context))


@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    access = acting()
    check(access, "list", "meeting")
    return _file(access)


@acts_for_nobody
@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """For a calendar program: the key in the address may list meetings and nothing else. A wrong one is not there."""
    token = token_of(secret)
    if token is None or token.actions != [services.CALENDAR]:
        raise Http404
    language = token.account.language or settings.LANGUAGE_CODE
    with override(language), acting_as(token.account, "", via="api", only=token.actions) as access:
        return _file(access)


def _file(access: Access) -> HttpResponse:
    """Group, day, hour and place. No agenda, no minutes, nobody's name: a calendar is read over many shoulders."""
    language = (get_language() or "es")[:2]
    # Of one site only: a calendar that takes the feeds of two would else show one meeting for two.
    site = next((host.lstrip(".") for host in settings.ALLOWED_HOSTS if host.strip(".*")), "cobijo")
    entries = [
        ical.Entry(
            uid=f"meeting-{one.pk}@{site}", summary=one.group.name, on=one.on, at=one.at,
            place=_where(one), cancelled=one.state == MeetingState.CANCELLED,
            changed_at=one.changed_at, number=one.version - 1,
        )
        for one in queries.calendar(access)
    ]  # fmt: skip
    body = ical.calendar(entries, name=_("Meetings"), language=language)
    answer = HttpResponse(body, content_type=ical.MIME)
    answer.headers["Content-Disposition"] = 'attachment; filename="meetings.ics"'
    return uncached(answer)


def _where(one: Meeting) -> str:
    """Not where children meet: the file lies with whoever keeps people’s calendars for them."""
    if one.group.kind == GroupKind.CHILDREN:
        return ""
    return one.place or str(one.get_place_kind_display())


def _meeting(pk: int) -> Meeting:
    one: Meeting = found("meeting", queries.meetings(acting()), pk, "change")
    return one


def _step(
    request: HttpRequest, one: Meeting, to: str, form: Any, service: Any, title: str, lead: str
) -> HttpResponse:
    """One step of a meeting; where it has gone another way meanwhile, its page says so."""
    back = reverse("meeting:detail", args=[one.pk])
    if to not in MEETING_STEPS[one.state] and request.method != "POST":
        return redirect(back)
    return ask(
        request, form, lambda said: service(by=acting(), rows=[row(request, one) | said]),
        template=FORM, title=title, lead=lead, back=back, about=str(one), record=one,
    )  # fmt: skip
