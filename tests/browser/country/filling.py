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
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from tests.rules.addresses import patterns
from tests.rules.factories import examples, make
from tests.rules.world import Place, World, make_world
from tests.web import demo_person

#: Who is asked first for a page: the one who can do most there.
ORDER = (Role.COORDINATOR, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.CASEWORKER, *Role)
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
    "organisations:states": lambda made: {"pk": made["organisation"]},
    "organisations:close": lambda made: {"pk": made["other_organisation"]},
    "services:answer": lambda made: {"secret": made["secret"]},
}
#: No pages of this sweep: machines read them, they are posted to, or another story opens them (the way in).
NOT_SWEPT = (
    "api:", "account_", "mfa_", "accounts:invitation", "health", "robots", "file", "public:report_file",
    "jobs:state",  # a piece of a page
)  # fmt: skip

#: Pages of one child's file. They need a whole file (a child with a case, a consent, a proceeding) and not one row of
#: each kind; until the sweep makes one, tests/web/care/… ask for them, and nothing here looks at them with axe.
NOT_YET = ("agreement:", "case:", "cases:", "child:", "children:", "concern:", "justice:", "sharing:")


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
    made |= _people(world) | _asked(world)
    sessions = {role: session_of(world.people[role]) for role in Role}
    sessions["colleague"] = session_of(_colleague(world))
    return {
        "cookie": settings.SESSION_COOKIE_NAME,
        "sessions": sessions,
        "records": made,
        "pages": list(_pages(made, sessions)),
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
        if kind not in {"note", "remark"}:
            made[kind] = _plain(make(kind, at).pk)
    made |= {kind: one(at) for kind, one in MORE.items() if kind not in made}
    return made | {"organisation": world.here.pk, "other_organisation": world.there.pk}


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


#: Kinds of the directory that the matrix has no example of.
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


def _asked(world: World) -> dict[str, Any]:
    """A link by which somebody without an account verifies an entry."""
    from cobijo.web.directory.services import links
    from cobijo.web.directory.services.models import Service

    with acting_as(world.people[Role.COORDINATOR], "") as access:
        [asked] = links.ask(by=access, services=[Service.objects.get(name="Servicio inventado 00")])
    return {"secret": asked.secret}


# --- Pages -------------------------------------------------------------------------------------------------------


def _pages(made: dict[str, Any], sessions: dict[Any, str]) -> Iterator[dict[str, Any]]:
    """Every page that a browser can open, with somebody who may; `who` is empty where nobody of all can."""
    browsers = {}
    for role in dict.fromkeys(ORDER):
        browsers[role] = Client(
            headers={"host": "localhost", "accept-language": "en"}, raise_request_exception=False
        )
        browsers[role].cookies[settings.SESSION_COOKIE_NAME] = sessions[role]
    seen = set()
    for name, pattern in patterns():
        if name.startswith(NOT_SWEPT) or getattr(pattern.callback, "page", "") == "export_page":
            continue
        path, missing = _path(name, pattern, made)
        if missing and name.startswith(NOT_YET):
            continue
        if path in seen:
            continue
        seen.add(path)
        found = {"name": name, "path": path, "who": "", "missing": missing}
        if not missing:
            heard = set()
            for role, browser in browsers.items():
                answer = browser.get(path)
                heard.add(answer.status_code)
                if answer.status_code == 200:
                    if answer.headers["Content-Type"].startswith("text/html"):
                        found["who"] = role
                    break
            if not found["who"]:
                if heard <= {200, 302, 405}:
                    continue  # data, a way to somewhere else, or only to be posted to
                found["missing"] = f"somebody whom it opens to; they were answered {sorted(heard)}"
        yield found


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
        if part == "form":
            named[part] = "json"
        elif kind in made:
            named[part] = made[kind]
        else:
            return name, f"a record of “{kind or part}” (tests/rules/factories.py, or SPECIAL in this file)"
    return reverse(name, kwargs=named), ""
