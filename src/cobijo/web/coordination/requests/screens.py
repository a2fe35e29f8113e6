"""The register of requests, and the one of those that everybody may read."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.engine.charts import words
from cobijo.web.coordination.groups.screens import SECTION
from cobijo.web.coordination.requests import queries, services
from cobijo.web.coordination.requests.models import PublicRequest, Request
from cobijo.web.coordination.requests.rules import language, tables
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.register import Column, Group, Register, register_screens
from cobijo.web.directory.services.queries import areas


def deadlines(access: Access) -> list[tuple[str, str]]:
    """Rows of the pack, each with its law and article; one without says that the deadline is unknown."""
    unknown = str(_("deadline unknown"))
    return [
        (one.code, f"{one.names[language()]} · {f'{one.law}, {one.article}' if one.cited else unknown}")
        for one in tables().rules
    ]


def late(one: Request) -> str:
    """A word beside the day, so that lateness is not only a colour."""
    return str(_("overdue")) if one.is_overdue else ""


def last_day(one: Request) -> str:
    """In words; of a request that was sent under no known deadline, that it is unknown."""
    if one.due_on is not None:
        return words.day(one.due_on.isoformat(), language())
    return str(_("deadline unknown")) if one.sent_on is not None else ""


REQUESTS = register_screens(
    Register(
        kind="request", path="coordination/requests", section=SECTION, title=_("Requests to authorities"),
        lead=_("What was asked of which authority, until when it must answer, and what it answered."),
        empty=_("No request is entered yet. Write a draft; nothing leaves the house before you say that it was sent."),
        model=Request, queries=queries.requests,
        columns=(
            "title", "addressee", "area", Column("state", _("step")), Column("due_on", text=last_day),
            Column("is_overdue", _("late"), late),
        ),
        groups=(
            Group(
                _("What is asked"), ("title", "text", "legal_ground"),
                _("Write patterns: how often, where, since when. Never a child’s name, date of birth or id."),
            ),
            Group(_("Who asks whom"), ("organisation", "addressee", "area", "public")),
            Group(_("Until when"), ("deadline", "ask_again_on")),
            Group(_("Where it comes from"), ("decision",)),
        ),
        add=services.add, change=services.change, remove=services.remove, imports=False,
        search=("title",), filters=("state", "addressee", "area"), sort="-pk",
        choices={"area": areas, "deadline": deadlines},
    )
)  # fmt: skip

PUBLIC = register_screens(
    Register(
        kind="public_request", path="coordination/public-requests", section=SECTION, title=_("Public requests"),
        part_of="request",
        lead=_(
            "Requests that were sent to authorities and that everybody who signs in may read. "
            "Each is looked at every hour, so that none says who a child is."
        ),
        empty=_(
            "No request is public now: none was made so, or they could not be looked at for some hours. "
            "Whoever writes one decides whether it is."
        ),
        model=PublicRequest, queries=queries.public_requests,
        columns=("title", "addressee", "area", "sent_on", "due_on", Column("state", _("step"))),
        groups=(
            Group(_("What was asked"), ("title", "text", "legal_ground")),
            Group(_("Who asked whom"), ("organisation", "addressee", "area")),
            Group(
                _("What became of it"),
                ("state", "sent_on", "due_on", "answered_on", "answer", "grade", "grade_reason", "outcome"),
            ),
        ),
        exports=False, search=("title",), filters=("addressee", "area", "state"), sort="-sent_on",
        choices={"area": areas},
    )
)  # fmt: skip
