"""Every address of the site, walked from the URLconf and the API, and the rule that each falls under.

A register's addresses are classified by the register itself. Every other address stands in the tables below; one that
does not fails the test, so nobody adds a page without saying who may open it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import unwrap
from typing import Any

from django.urls import get_resolver
from django.urls.resolvers import URLPattern, URLResolver

#: Page of a register -> what must be allowed for it. A record's page needs its record in the person's list, too.
OF_A_PAGE = {
    "list_page": ("list",),
    "detail_page": ("list", "see"),
    "new_page": ("add",),
    "edit_page": ("list", "see", "change"),
    "remove_page": ("list", "see", "remove"),
    "history_page": ("list", "see", "history"),
    "export_page": ("export",),
    "import_page": ("import",),
}
OF_AN_OPERATION = {
    "list_records": ("list",),
    "read_record": ("list", "see"),
    "add_record": ("add",),
    "change_record": ("list", "see", "change"),
    "remove_record": ("list", "see", "remove"),
    "read_history": ("list", "see", "history"),
}
#: Open to everybody, signed in or not.
PUBLIC = frozenset(
    {
        "health", "robots", "file", "api:openapi-json", "public:home", "public:estimates", "public:tables",
        "public:figures:home", "public:figures:ratings", "public:figures:concept", "public:figures:figure",
        "public:method", "public:report", "public:report_file", "accounts:invitation",
        "public:help:find", "public:plans:find", "public:help:data", "services:answer", "services:answered",
        "sharing:own", "sharing:packet_by_code", "groups:feed",
    }
)  # fmt: skip
#: The way in, made by allauth: it acts for nobody and shows nothing but the person's own means of signing in.
DOOR = frozenset({"account_", "mfa_"})
#: Open to everybody who is signed in, and about nobody else.
OWN_PAGES = frozenset(
    {
        "work", "accounts:me", "accounts:second_factor", "accounts:end_session", "accounts:new_key", "jobs:list",
        "access:glass", "imports", "words",
    }
)  # fmt: skip
#: Answers nobody: what ninja puts there and nothing is behind.
NOTHING = frozenset({"api:api-root"})


@dataclass(frozen=True)
class Entry:
    """A page that is no register's: what must be allowed, on which record."""

    kind: str
    actions: tuple[str, ...]
    named: str = ""  # how the record is named in the address; empty: the page is about no one record
    either: tuple[str, ...] = ()  # kinds of which any one is enough
    posts: bool = False  # it can only be posted to
    quiet: bool = False  # posted by somebody who may not, it does nothing and says nothing
    sent: str = ""  # the step that is posted
    more: Callable[[Any], dict[str, Any]] = lambda record: {}


def _legal_basis(record: Any) -> int:
    from tests.rules.rooms import legal_basis

    return legal_basis(record)


def _service(record: Any) -> int:
    """A service of the directory that a child can be referred to."""
    from cobijo.web.directory.services.models import Service

    return int(
        Service.objects.get_or_create(organisation=record.scope.organisation, name="Casa", kind="legal")[0].pk
    )


def _held_meeting() -> int:
    """A meeting that can have decided something; no organisation owns it."""
    from django.utils import timezone

    from cobijo.web.coordination.groups.models import Group, Meeting

    group = Group.objects.get_or_create(
        name="Decides", defaults={"kind": "committee", "mandate": "x", "since": timezone.localdate()}
    )[0]
    return int(Meeting.objects.create(group=group, on=timezone.localdate(), state="held").pk)


ENTRIES = {
    "access:who": Entry("service", ("see",), "record_id", more=lambda record: {"kind": "service"}),
    "access:review": Entry("break_glass", ("list", "review"), "glass_id"),
    "access:give_back": Entry("break_glass", ("list",), "glass_id", posts=True, quiet=True),
    "access:open_glass": Entry(
        "note", ("see",), more=lambda record: {"kind": "note", "record_id": 1}, quiet=True
    ),
    "accounts:people": Entry("account", ("list",)),
    "accounts:invite": Entry("invitation", ("add",)),
    "accounts:person": Entry("account", ("list", "see"), "account_id"),
    "accounts:withdraw": Entry("invitation", ("remove",), "invitation_id", posts=True, quiet=True),
    "accounts:revoke_key": Entry("token", ("remove",), "token_id", posts=True, quiet=True),
    "coverage:matrix": Entry("coverage", ("list",)),
    "coverage:gaps": Entry("coverage", ("list",)),
    "coverage:overlaps": Entry("coverage", ("list",)),
    "coverage:exchange": Entry("coverage", ("list",)),
    "coverage:export": Entry("coverage", ("export",), posts=True),
    "organisations:page": Entry("organisation", ("list", "see"), "pk"),
    "laws:instrument": Entry("instrument", ("list", "see"), "pk"),
    "laws:compare": Entry("penalty", ("list",)),
    "terms:vocabulary": Entry("own_term", ("list",)),
    "terms:check": Entry("own_term", ("list",)),
    "terms:concept": Entry("own_term", ("list",), more=lambda record: {"code": "csam"}),
    "terms:file": Entry("own_term", ("list",), more=lambda record: {"ending": "ttl"}),
    "evidence:figure": Entry("figure", ("list", "see"), "pk"),
    "evidence:wide": Entry("figure", ("import",)),
    "evidence:concepts": Entry("figure", ("list",)),
    "evidence:concept": Entry("figure", ("list",), more=lambda record: {"code": "epros"}),
    "evidence:ratings": Entry("rating", ("list",)),
    "evidence:factors": Entry("factor_series", ("list",)),
    "evidence:contradictions": Entry("contradiction", ("list",)),
    "evidence:contradiction": Entry("contradiction", ("list", "see"), "pk"),
    "organisations:states": Entry(
        "work_area", ("add",), "pk", more=lambda record: {"pk": record.organisation_id}
    ),
    "organisations:close": Entry("organisation", ("list", "see", "remove"), "pk"),
    "services:ask": Entry("service", ("change",)),
    "sharing:home": Entry("packet", ("list",), either=("referral", "agreement", "complaint")),
    "sharing:sign": Entry("signature", ("add",)),
    "sharing:complaints": Entry("complaint", ("list",)),
    "sharing:packet": Entry("packet", ("see",), "pk"),
    "sharing:referral": Entry("referral", ("see",), "pk"),
    "sharing:child": Entry("child", ("list", "see"), "pk"),
    "sharing:consent": Entry("child", ("list", "see"), "pk"),
    "sharing:withdraw": Entry(
        "consent", ("list", "see"), "consent", more=lambda record: {"pk": record.child_id}
    ),
    "sharing:code": Entry("child", ("list", "see"), "pk"),
    "sharing:wish": Entry(
        "wish", ("change",), "wish", posts=True, more=lambda record: {"pk": record.child_id}
    ),
    "sharing:choose": Entry("child", ("list", "see", "change"), "pk"),
    "sharing:fields": Entry(
        "child", ("list", "see"), "pk", more=lambda record: {"service": _service(record)}
    ),
    "sharing:case_packet": Entry(
        "child", ("list", "see"), "pk", more=lambda record: {"consent": _legal_basis(record)}
    ),
    "justice:case": Entry("case", ("list", "see"), "pk"),
    "justice:start": Entry("case", ("list", "see"), "pk"),
    "justice:alert": Entry("case", ("list", "see"), "pk"),
    "justice:apart": Entry("case", ("list", "see"), "pk"),
    "justice:change": Entry("proceeding", ("see",), "pk"),
    "justice:step": Entry("proceeding", ("see",), "pk"),
    "justice:later": Entry("proceeding", ("see",), "pk"),
    "justice:measure": Entry("proceeding", ("see",), "pk"),
    "justice:reparation": Entry("proceeding", ("see",), "pk"),
    "justice:correct": Entry("justice_step", ("see",), "pk"),
    "justice:change_measure": Entry("protection_measure", ("see",), "pk"),
    "justice:change_reparation": Entry("reparation", ("see",), "pk"),
    "justice:represented": Entry("non_punishment", ("see",), "pk"),
    "justice:over": Entry("non_punishment", ("see",), "pk"),
    "justice:help": Entry("alleged_child", ("see",), "pk"),
    "children:notice": Entry("concern", ("add",)),
    "children:slip": Entry("concern", ("add",), quiet=True),  # of what was just sent in; gone a moment later
    "children:new_concern": Entry("concern", ("add",)),
    "children:concern": Entry("concern", ("list", "see"), "pk"),
    "children:search": Entry("child", ("add",)),
    "children:child": Entry("child", ("list", "see"), "pk"),
    "children:edit": Entry("child", ("list", "see", "change"), "pk"),
    "children:history": Entry("child", ("list", "see", "history"), "pk"),
    "children:new_event": Entry("child", ("list", "see", "change"), "pk"),
    "children:event": Entry("child_event", ("change",), "event", more=lambda record: {"pk": record.child_id}),
    "children:status": Entry("child", ("list", "see", "change"), "pk"),
    "children:hold": Entry("child", ("list", "see", "review"), "pk"),
    "children:checklists": Entry("child", ("list", "see", "change"), "pk"),
    "children:checklist": Entry(
        "child", ("list", "see", "change"), "pk", more=lambda record: {"code": "demo_signs"}
    ),
    "children:matches": Entry("match", ("list",)),
    "children:unfilled": Entry("child", ("review",)),
    "children:unfilled_everywhere": Entry("match", ("list",)),
    "cases:keeping": Entry("child", ("review",)),
    "cases:team": Entry("case", ("review",)),
    "cases:approvals": Entry("approval", ("review",)),
    "cases:offers": Entry("transfer", ("list",)),
    "cases:open": Entry("child", ("list", "see", "change"), "pk"),
    "cases:case": Entry("case", ("list", "see"), "pk"),
    "cases:edit": Entry("case", ("list", "see", "change"), "pk"),
    "cases:history": Entry("case", ("list", "see", "history"), "pk"),
    "cases:step": Entry("case", ("list", "see", "change"), "pk", posts=True, sent="close"),
    "cases:transfer": Entry("case", ("list", "see", "change"), "pk"),
    "cases:add": Entry("case", ("list", "see", "change"), "pk", more=lambda record: {"kind": "task"}),
    "cases:change": Entry(
        "task", ("change",), "row", more=lambda record: {"pk": record.case_id, "kind": "task"}
    ),
    "groups:calendar": Entry("meeting", ("list",)),
    "groups:file": Entry("meeting", ("list",)),
    "groups:group": Entry("group", ("list", "see"), "pk"),
    "groups:meeting": Entry("meeting", ("list", "see"), "pk"),
    "groups:held": Entry("meeting", ("list", "see", "change"), "pk"),
    "groups:cancel": Entry("meeting", ("list", "see", "change"), "pk"),
    "groups:again": Entry("meeting", ("list", "see", "change"), "pk"),
    "groups:decide": Entry("decision", ("add",), more=lambda record: {"pk": _held_meeting()}),
    "systems:home": Entry("exchange", ("list",)),
    "systems:phone_form": Entry("exchange", ("list",), more=lambda record: {"form": "concern"}),
    "systems:send": Entry("case", ("export",)),
    "systems:take": Entry("case", ("import",)),
    "plans:plan": Entry("plan", ("list", "see"), "pk"),
    "plans:step": Entry("plan", ("list", "see", "change"), "pk", posts=True),
    "plans:copy": Entry("plan", ("list", "see", "add"), "pk"),
    "plans:export": Entry("plan", ("list", "see", "export"), "pk", posts=True),
    "plans:import": Entry("plan", ("list", "see", "import"), "pk"),
    "plans:under_plan": Entry(
        "plan", ("list", "see", "change"), "pk", more=lambda record: {"kind": "plan_objective"}
    ),
    "plans:line": Entry("plan_line", ("list", "see"), "pk"),
    "plans:under_line": Entry(
        "plan_line", ("list", "see", "change"), "pk", more=lambda record: {"kind": "plan_activity"}
    ),
    "plans:report": Entry("plan_report", ("list", "see"), "pk"),
    "plans:decide": Entry("plan_report", ("list", "see", "review"), "pk", posts=True),
    "recommendations:recommendation": Entry("recommendation", ("list", "see"), "pk"),
    "requests:overdue": Entry("request", ("list",)),
    "requests:request": Entry("request", ("list", "see"), "pk"),
    **{
        f"requests:{step}": Entry("request", ("list", "see", "change"), "pk")
        for step in ("send", "acknowledge", "answer", "grade", "escalate", "close", "hide")
    },
    "requests:letter": Entry("request", ("list", "see"), "pk", more=lambda record: {"form": "pdf"}),
    "duties:matrix": Entry("compliance", ("list",)),
    "duties:compared": Entry("self_assessment", ("list",)),
    "duties:assessment": Entry("self_assessment", ("list", "see"), "pk"),
    "duties:fill": Entry("self_assessment", ("list", "see", "change"), "pk"),
    "duties:finish": Entry("self_assessment", ("list", "see", "change"), "pk", posts=True),
    "reports:report": Entry("alternative_report", ("list", "see"), "pk"),
    "reports:step": Entry("alternative_report", ("list", "see", "change"), "pk", posts=True),
    "reports:checklist": Entry("alternative_report", ("list", "see", "change"), "pk"),
    "reports:freeze": Entry("alternative_report", ("list", "see", "change"), "pk", posts=True),
    "reports:under": Entry(
        "alternative_report", ("list", "see", "change"), "pk", more=lambda record: {"kind": "state_claim"}
    ),
    "reports:section": Entry("report_section", ("list", "see"), "pk"),
    "reports:write": Entry("report_section", ("list", "see", "change"), "pk"),
    "reports:text": Entry("report_paragraph", ("list", "see", "change"), "pk"),
    "reports:evidence": Entry("report_paragraph", ("list", "see", "change"), "pk"),
    "reports:state": Entry("report_paragraph", ("list", "see", "change"), "pk", posts=True),
    "reports:table": Entry("report_table", ("list", "see"), "pk"),
    "reports:table_picture": Entry("report_table", ("list", "see", "change"), "pk"),
    "reports:table_no_data": Entry("report_table", ("list", "see", "change"), "pk"),
    "reports:edition": Entry("report_edition", ("list", "see"), "pk"),
    "reports:edition_file": Entry("report_edition", ("list", "see", "export"), "pk", posts=True),
    "jobs:detail": Entry("job", ("see",), "job_id"),
    "jobs:state": Entry("job", ("see",), "job_id"),
    "jobs:cancel": Entry("job", ("see",), "job_id", posts=True),
    "jobs:file": Entry("job", ("see",), "job_id", posts=True),
}


@dataclass(frozen=True)
class Address:
    """One address with the rule that it falls under: public, door, own, nothing, or a kind with actions."""

    name: str
    rule: str  # public | door | own | nothing | register | api | entry
    kind: str = ""
    actions: tuple[str, ...] = ()
    method: str = "get"
    takes_record: bool = False
    operation: str = ""


def patterns(
    found: list[URLPattern | URLResolver] | None = None, spaces: tuple[str, ...] = ()
) -> Iterator[tuple[str, URLPattern]]:
    """Every pattern of the site with its whole name."""
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            inner = (*spaces, one.namespace) if one.namespace else spaces
            yield from patterns(one.url_patterns, inner)
        else:
            yield ":".join((*spaces, one.name or "")), one


def addresses() -> Iterator[Address]:
    """Every address, classified. What cannot be classified is an AssertionError that says what to do."""
    seen: set[str] = set()
    for name, pattern in patterns():
        page = getattr(pattern.callback, "page", "")
        if hasattr(pattern.callback, "register") and page:
            yield from _of_a_register(name, pattern)
        elif name.startswith("api:") and name not in PUBLIC | NOTHING:
            if pattern.callback not in seen:
                seen.add(pattern.callback)
                yield from _of_the_api(name, pattern)
        else:
            yield _of_the_tables(name)


def _of_the_tables(name: str) -> Address:
    if name in PUBLIC:
        return Address(name, "public")
    if name in NOTHING:
        return Address(name, "nothing")
    if name in OWN_PAGES:
        return Address(name, "own")
    if name in ENTRIES:
        entry = ENTRIES[name]
        method = "post" if entry.posts else "get"
        return Address(name, "entry", entry.kind, entry.actions, method, bool(entry.named))
    if any(name.startswith(start) for start in DOOR):
        return Address(name, "door")
    raise AssertionError(
        f"Nobody said who may open “{name}”. Put it into one of the tables of tests/rules/addresses.py: PUBLIC, "
        "OWN_PAGES, or ENTRIES with the kind and the action that its view checks."
    )


def _of_a_register(name: str, pattern: URLPattern) -> Iterator[Address]:
    register, page = pattern.callback.register, pattern.callback.page  # type: ignore[attr-defined]
    assert page in OF_A_PAGE, f"{name}: the page {page} of a register has no rule in tests/rules/addresses.py"
    takes = "pk" in pattern.pattern.converters
    methods = {"export_page": ("post",), "edit_page": ("get", "post"), "remove_page": ("get", "post")}
    for method in methods.get(page, ("get",)):
        yield Address(name, "register", register.kind, OF_A_PAGE[page], method, takes)


def _of_the_api(name: str, pattern: URLPattern) -> Iterator[Address]:
    from cobijo.web.core.screens.register import registers

    view = unwrap(pattern.callback).__closure__ or ()
    [paths] = [one.cell_contents for one in view if hasattr(one.cell_contents, "operations")]
    for operation in paths.operations:
        called = operation.view_func.__name__
        kind, does = next(
            ((kind, called.removeprefix(f"{kind}_")) for kind in registers()
             if called.removeprefix(f"{kind}_") in OF_AN_OPERATION),
            ("", ""),
        )  # fmt: skip
        assert kind, f"{called}: an operation of the API without a rule in tests/rules/addresses.py"
        for method in operation.methods:
            place = f"api:{called}"
            takes = "pk" in pattern.pattern.converters or "<pk>" in str(pattern.pattern)
            yield Address(place, "api", kind, OF_AN_OPERATION[does], method.lower(), takes, does)
