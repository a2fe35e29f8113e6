"""Who asks: twenty people of a filled site, signed in with their second factor. Run inside the site."""

from __future__ import annotations

import random
import time
from typing import Any

#: Of the twenty: caseworkers and heads of ordinary organisations, and of the national body with a fifth of all records.
CASEWORKERS, HEADS = 12, 8
CHILDREN = 100  # that each knows by name


def sign_in() -> list[dict[str, Any]]:
    """Sessions in the database, as signing in with password and code leaves them."""
    from benchmarks.web_kind import KIND, model

    return [_person(one, KIND, model()) for one in chosen()]


def chosen() -> list[Any]:
    """The accounts of the twenty."""
    from django.db.models import Count

    from cobijo.web.core.accounts.models import Account, Organisation
    from cobijo.web.core.accounts.roles import Role

    draw = random.Random(7)
    giant = Organisation.objects.annotate(size=Count("accounts")).order_by("-size", "pk").first()
    assert giant is not None
    found: list[Account] = []
    for role, count in ((Role.CASEWORKER, CASEWORKERS), (Role.SUPERVISOR, HEADS)):
        held = Account.objects.filter(holdings__role=role, email__endswith="@bench.example")
        inside = list(held.filter(organisation=giant).order_by("pk")[: count // 4])
        outside = list(held.exclude(organisation=giant).order_by("pk"))
        found += [*inside, *draw.sample(outside, min(len(outside), count - len(inside)))]
    return found


def _person(account: Any, kind: str, records: Any) -> dict[str, Any]:
    from cobijo.web.core.access.context import acting_as
    from cobijo.web.core.access.policy import visible
    from cobijo.web.core.vault.queries import identities

    with acting_as(account, "follow_case") as access:
        rows = list(visible(access, kind, records.objects.all()).order_by("?")[:CHILDREN])
        names = ("given", "surname1", "surname2")
        seen = identities(access, rows, fields=names, purpose="follow_case", kind=kind)
        children = [{"id": one.pk, **{name: one[name] for name in names}} for one in seen]
        role = "/".join(sorted(access.roles))
    return {"cookie": _session(account), "role": role, "children": children}


def _session(account: Any) -> str:
    from allauth.account.internal.flows import login as records
    from allauth.mfa.models import Authenticator
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from cobijo.web.core.accounts import sessions

    Authenticator.objects.get_or_create(user=account, type="totp", defaults={"data": {"secret": ""}})
    session = SessionStore()
    session[SESSION_KEY] = str(account.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = account.get_session_auth_hash()
    session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
        {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
    ]
    session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(account.pk)
    session[sessions.BEGAN] = session[sessions.SEEN] = int(time.time())
    session[sessions.DEVICE] = "Firefox · Linux"
    session.create()
    return str(session.session_key)


def importer() -> str:
    """Somebody who may import: the head of an ordinary organisation."""
    from cobijo.web.core.accounts.models import Account
    from cobijo.web.core.accounts.roles import Role

    heads = Account.objects.filter(holdings__role=Role.SUPERVISOR, email__endswith="@bench.example")
    return _session(heads.order_by("pk")[1])
