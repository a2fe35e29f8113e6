"""Fill a new site with people and records, and find every page of it. Runs inside the site, beside its server.

The people are one of every role in one organisation (`tests.rules.world`), so that the sweep can ask for each page as
somebody who may open it. Whoever adds a register adds an example of its kind (`tests/rules/factories.py`) and is swept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client
from django.urls import reverse
from django.urls.resolvers import URLPattern
from django.utils import timezone

from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from tests.browser.country.child import make_whole
from tests.rules import rooms as rooms  # their examples
from tests.rules.addresses import ENTRIES, patterns
from tests.rules.factories import examples, make
from tests.rules.world import Place, World, make_world
from tests.web import demo_person

#: Who is asked first for a page: the one who can do most there.
ORDER: tuple[str, ...] = (
    Role.COORDINATOR,
    Role.SUPERVISOR,
    Role.ADMINISTRATOR,
    Role.CASEWORKER,
    *Role,
    "clinic",
)
#: For the pages of a child's file: its caseworker can do most there, and the clinic alone reads what was shared.
OF_A_CHILD = ("agreement:", "case:", "cases:", "child:", "children:", "concern:", "justice:", "sharing:")
ORDER_OF_A_CHILD: tuple[str, ...] = (Role.CASEWORKER, Role.SUPERVISOR, "clinic", *Role)
SERVICES = 60  # more than one page of the list
#: What stands for a value in the address of a page that is no register's: the kind whose record is meant.
NAMED = {
    "account_id": "account", "job_id": "job", "glass_id": "break_glass", "invitation_id": "invitation",
    "token_id": "token",
}  # fmt: skip
#: Addresses that need more to be said: the values of their parts, from the records.
SPECIAL: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "access:who": lambda made: {"kind": "service", "record_id": made["service"]},
    "access:open_glass": lambda made: {"kind": demo_person.KIND, "record_id": made["closed"]},
    "organisations:page": lambda made: {"pk": made["organisation"]},
    "groups:group": lambda made: {"pk": made["group"]},
    **{
        f"groups:{page}": lambda made: {"pk": made["meeting"]}
        for page in ("meeting", "held", "cancel", "again", "decide")
    },
    **{
        f"requests:{page}": lambda made: {"pk": made["request"]}
        for page in ("request", "send", "acknowledge", "answer", "grade", "escalate", "close")
    },
    "requests:letter": lambda made: {"pk": made["request"], "form": "pdf"},
    "recommendations:recommendation": lambda made: {"pk": made["recommendation"]},
    "evidence:figure": lambda made: {"pk": made["figure"]},
    "laws:instrument": lambda made: {"pk": made["instrument"]},
    "terms:concept": lambda made: {"code": "csam"},
    "terms:file": lambda made: {"ending": "ttl"},
    "evidence:contradiction": lambda made: {"pk": made["contradiction"]},
    "evidence:concept": lambda made: {"code": "epros"},
    "public:figures:concept": lambda made: {"concept": "epros"},
    "public:figures:figure": lambda made: {"concept": "epros", "code": made["public_figure"]},
    "organisations:states": lambda made: {"pk": made["organisation"]},
    "organisations:close": lambda made: {"pk": made["other_organisation"]},
    "services:answer": lambda made: {"secret": made["secret"]},
    "children:event": lambda made: {"pk": made["child"], "event": made["child_event"]},
    "cases:add": lambda made: {"pk": made["case"], "kind": "task"},
    "cases:change": lambda made: {"pk": made["case"], "kind": "task", "row": made["task"]},
    "sharing:withdraw": lambda made: {"pk": made["child"], "consent": made["consent"]},
    "sharing:wish": lambda made: {"pk": made["child"], "wish": made["wish"]},
    "sharing:fields": lambda made: {"pk": made["child"], "service": made["service_of_clinic"]},
    "children:checklist": lambda made: {"pk": made["child"], "code": "demo_signs"},
    "systems:phone_form": lambda made: {"form": "concern"},
    "plans:under_plan": lambda made: {"pk": made["plan"], "kind": "plan_objective"},
    "plans:under_line": lambda made: {"pk": made["plan_line"], "kind": "plan_budget"},
    "reports:under": lambda made: {"pk": made["alternative_report"], "kind": "state_claim"},
    "sharing:case_packet": lambda made: {"pk": made["child"], "consent": made["law"]},
}
#: Pages that say something else to somebody else: seen once more, as that person.
ALSO = (
    ("work", Role.CASEWORKER), ("work", Role.SUPERVISOR), ("work", "clinic"), ("work", Role.HEALTH_WORKER),
    ("work", Role.DATA_STEWARD), ("cases:case", Role.SUPERVISOR), ("children:child", Role.SUPERVISOR),
    ("justice:case", Role.SUPERVISOR), ("children:notice", Role.HEALTH_WORKER), ("sharing:home", "clinic"),
    ("access:who", Role.CASEWORKER), ("sharing:complaints", Role.AUDITOR),
)  # fmt: skip
OF_ALSO: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "cases:case": lambda made: {"pk": made["case"]},
    "justice:case": lambda made: {"pk": made["case"]},
    "children:child": lambda made: {"pk": made["child"]},
    "access:who": lambda made: {"kind": "case", "record_id": made["case"]},
}
#: No pages of this sweep: machines read them, they are posted to, or another story opens them (the way in).
NOT_SWEPT = (
    "api:", "account_", "mfa_", "accounts:invitation", "health", "robots", "file", "public:report_file",
    "jobs:state",  # a piece of a page
    "groups:feed", "systems:phone_form",  # files
    # Open in one state of a request or a meeting only; test_request_story goes through all of them, with axe.
    "groups:again", "requests:acknowledge", "requests:answer", "requests:grade", "requests:escalate",
    "requests:hide",
)  # fmt: skip


def fill() -> dict[str, Any]:
    """Everything a sweep and the stories need: sessions by role, records by kind, pages."""
    from cobijo.web.core.vault import custody

    if not custody.file().exists():
        custody.make_kek()
    demo_person.make_tables()
    world = make_world()
    with acting_as_system("test", scopes="all"):
        made = _records(world)
    _services(world)
    made |= _people(world) | _asked(world) | _figures()
    whole = make_whole(world)
    made |= whole.records
    sessions = {str(role): session_of(world.people[role]) for role in Role}
    sessions |= {name: session_of(account) for name, account in whole.people.items()}
    sessions["colleague"] = session_of(_colleague(world))
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": sessions,
        "records": made,
        "opens": whole.opens,
        "pages": list(_pages(made, sessions, whole.more)),
    }


def session_of(account: Account) -> str:
    """The key of a session that showed its second factor."""
    from allauth.account.internal.flows import login as records

    from cobijo.web.core.accounts import sessions

    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(account.pk), account.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    ]
    session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    session[sessions.BEGAN] = session[sessions.SEEN] = int(time.time())
    session.save()
    return str(session.session_key)


def _colleague(world: World) -> Account:
    """A second coordinator, for what two people do at once."""
    from tests.web.people import person

    return person("Dora", Role.COORDINATOR, of=world.here)


# --- Records -----------------------------------------------------------------------------------------------------


def _records(world: World) -> dict[str, Any]:
    """One of every kind that somebody wrote an example of, and of the directory's kinds."""
    at = world.own[Role.COORDINATOR]
    made: dict[str, Any] = {}
    for kind in examples():
        if kind not in {"note", "remark", *MORE} and not _of_a_child(kind):
            made[kind] = _plain(make(kind, at).pk)
    made |= {kind: one(at) for kind, one in MORE.items()}
    return made | {"organisation": world.here.pk, "other_organisation": world.there.pk}


def _of_a_child(kind: str) -> bool:
    """Kinds that `child` makes by the rooms' services: one bare row of each would be no file of anybody."""
    known = kind_of(kind)
    return known is not None and known.model.__module__.startswith("cobijo.web.care.")


def _plain(key: Any) -> int | str:
    return key if isinstance(key, int) else str(key)


def _contact(at: Place) -> int:
    from cobijo.web.directory.organisations.models import Contact

    one = Contact.objects.create(
        organisation=at.organisation, post="Dirección", email="direccion@here.example", public=True,
        keeps_entries=True,
    )  # fmt: skip
    return int(one.pk)


def _work_area(at: Place) -> int:
    from cobijo.web.directory.organisations.models import WorkArea

    return int(WorkArea.objects.create(organisation=at.organisation, area=at.area).pk)


def _network(at: Place) -> int:
    from cobijo.web.directory.networks.models import Network

    return int(Network.objects.create(code="red", name="Red inventada", abbreviation="RI").pk)


def _membership(at: Place) -> int:
    from cobijo.web.directory.networks.models import Membership, Network

    network = Network.objects.order_by("pk").first() or Network(pk=_network(at))
    return int(Membership.objects.create(network=network, member=at.organisation).pk)


#: Kinds of the directory whose bare example would not do here.
MORE: dict[str, Callable[[Place], int]] = {
    "contact": _contact, "work_area": _work_area, "network": _network, "membership": _membership,
}  # fmt: skip


def _services(world: World) -> None:
    """Enough of them for two pages, by the room's own service, so that each has its history."""
    from cobijo.web.directory.services import services

    kinds = ("shelter", "legal", "health")
    old = timezone.localdate() - timedelta(days=300)
    with acting_as(world.people[Role.COORDINATOR], "") as access:
        services.add(
            by=access,
            rows=[
                {
                    "organisation": world.here, "name": f"Servicio inventado {number:02}", "kind": kinds[number % 3],
                    "area": world.here.area, "public": True, "verified_on": old if number < 3 else None,
                    "hours": "lunes a viernes, 9 a 17", "phone": "000 000 0000",
                }
                for number in range(SERVICES)
            ],
        )  # fmt: skip


def _people(world: World) -> dict[str, int]:
    """Sealed records: on the supervisor's desk and the caseworker's, and one that the caseworker cannot open."""
    rows = [
        {"given": "Inventada", "surname1": "Prueba", "status": "open", "area": "MX-OAX", "risk": "low"},
        {"given": "Inventado", "surname1": "Ensayo", "status": "waiting", "area": "MX-CHP", "risk": "medium"},
    ]
    with acting_as(world.people[Role.CASEWORKER], "follow_case") as access:
        own = demo_person.add(by=access, rows=rows)
    with acting_as(world.people[Role.SUPERVISOR], "follow_case") as access:
        other = demo_person.add(by=access, rows=rows[:1])
    return {demo_person.KIND: own[0].pk, "closed": other[0].pk}


def _figures() -> dict[str, Any]:
    """The published figures that the country pack brings along, with what contradicts them."""
    from cobijo.web.knowledge.evidence.loading import load_evidence

    with acting_as_system("test") as by:
        load_evidence(by=by)
    return {"public_figure": "epros-2000"}


def _asked(world: World) -> dict[str, Any]:
    """A link by which somebody without an account verifies an entry."""
    from cobijo.web.directory.services import links
    from cobijo.web.directory.services.models import Service

    with acting_as(world.people[Role.COORDINATOR], "") as access:
        [asked] = links.ask(by=access, services=[Service.objects.get(name="Servicio inventado 00")])
    return {"secret": asked.secret}


# --- Pages -------------------------------------------------------------------------------------------------------


def _pages(
    made: dict[str, Any], sessions: dict[str, str], more: list[tuple[str, str, dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    """Every page that a browser can open, with somebody who may; `who` is empty where nobody of all can."""
    browsers: dict[str, Client] = {}
    for who in dict.fromkeys((*ORDER, *ORDER_OF_A_CHILD)):
        browsers[who] = Client(
            headers={"host": "localhost", "accept-language": "en"}, raise_request_exception=False
        )
        browsers[who].cookies[settings.SESSION_COOKIE_NAME] = sessions[who]
    seen = set()
    for name, path, missing in _named(made, more):
        if path in seen:
            continue
        seen.add(path)
        found = {"name": name, "path": path, "who": "", "missing": missing}
        if not missing:
            heard = set()
            for who in dict.fromkeys(ORDER_OF_A_CHILD if name.startswith(OF_A_CHILD) else ORDER):
                answer = browsers[who].get(path)
                heard.add(answer.status_code)
                if answer.status_code == 200:
                    if answer.headers["Content-Type"].startswith("text/html"):
                        found["who"] = who
                    break
            if not found["who"]:
                if heard <= {200, 302, 405}:
                    continue  # data, a way to somewhere else, or only to be posted to
                found["missing"] = f"somebody whom it opens to; they were answered {sorted(heard)}"
        yield found
    for name, who in ALSO:
        path = reverse(name, kwargs=OF_ALSO[name](made) if name in OF_ALSO else {})
        answered = browsers[who].get(path).status_code
        missing = "" if answered == 200 else f"a page for {who}, who was answered {answered}"
        yield {"name": f"{name} {who}", "path": path, "who": who, "missing": missing}


def _named(
    made: dict[str, Any], more: list[tuple[str, str, dict[str, Any]]]
) -> Iterator[tuple[str, str, str]]:
    """Name, path and what is missing, of each page: one of every address, then what stands for several."""
    for name, pattern in patterns():
        if not name.startswith(NOT_SWEPT) and getattr(pattern.callback, "page", "") != "export_page":
            yield name, *_path(name, pattern, made)
    for name, address, parts in more:
        yield name, reverse(address, kwargs=parts), ""


def _path(name: str, pattern: URLPattern, made: dict[str, Any]) -> tuple[str, str]:
    """The address of one page, or what is missing to open it."""
    if name in SPECIAL:
        return reverse(name, kwargs=SPECIAL[name](made)), ""
    register = getattr(pattern.callback, "register", None)
    named = {}
    for part in pattern.pattern.regex.groupindex if not hasattr(pattern.pattern, "converters") else (
        pattern.pattern.converters or pattern.pattern.regex.groupindex
    ):  # fmt: skip
        kind = register.kind if register is not None and part == "pk" else NAMED.get(part, "")
        if not kind and name in ENTRIES and ENTRIES[name].named == part:
            kind = ENTRIES[name].kind  # the table of who may open it says whose page it is
        if part == "form":
            named[part] = "json"
        elif kind in made:
            named[part] = made[kind]
        else:
            return name, f"a record of “{kind or part}” (tests/rules/factories.py, or SPECIAL in this file)"
    return reverse(name, kwargs=named), ""
