"""How long a session holds, which ones a person has, and whether it is still the same person at the keyboard."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from hashlib import sha256
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from cobijo.web.core.accounts.configuration import IDLE_AT_MOST, SESSION_LASTS

View = Callable[..., HttpResponseBase]
BEGAN, SEEN, DEVICE = "signed_in_at", "seen_at", "device"
NOTED_EVERY = 60  # seconds; less often would end sessions early, more often would write at every click


@dataclass(frozen=True)
class Open:
    """A session that is open now. `handle` names it without giving it away."""

    handle: str
    began: datetime
    seen: datetime
    device: str
    own: bool


def ended(request: HttpRequest) -> str:
    """Why the session is over: "age", "idle", or empty where it still holds. Notes that somebody is there."""
    session, now = request.session, int(time.time())
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None:
        session[BEGAN] = session[SEEN] = now
        session[DEVICE] = device(request.headers.get("User-Agent", ""))
        return ""
    if now - began > SESSION_LASTS.total_seconds():
        return "age"
    if now - seen > IDLE_AT_MOST.total_seconds():
        return "idle"
    return ""


def note_activity(request: HttpRequest) -> None:
    now = int(time.time())
    if now - request.session.get(SEEN, 0) >= NOTED_EVERY:
        request.session[SEEN] = now


def goes_by_itself(view: View) -> View:
    """A view that a page asks for again and again by itself: that keeps no session open."""
    view.goes_by_itself = True  # type: ignore[attr-defined]
    return view


def device(agent: str) -> str:
    """Kind of browser and system, enough to know the own phone by; nothing more is kept."""
    browsers = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
        ("Mac OS", "macOS"), ("Linux", "Linux"),
    )  # fmt: skip
    found = [next((name for mark, name in known if mark in agent), "") for known in (browsers, systems)]
    return " · ".join(one for one in found if one)


def sessions_of(account_id: int, own_key: str | None) -> list[Open]:
    """Open sessions of a person, the present one first. Nothing is stored for it: the open ones are looked through."""
    found = []
    for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        said = row.get_decoded()
        seen = said.get(SEEN, 0)
        if said.get(SESSION_KEY) != str(account_id) or time.time() - seen > IDLE_AT_MOST.total_seconds():
            continue
        found.append(
            Open(
                _handle(row.session_key), _moment(said.get(BEGAN, seen)), _moment(seen), said.get(DEVICE, ""),
                row.session_key == own_key,
            )
        )  # fmt: skip
    return sorted(found, key=lambda one: (not one.own, -one.seen.timestamp()))


def end_sessions(account_id: int, *, handle: str = "", but: str | None = None) -> int:
    """End one session of a person, or all (except the one whose key is `but`)."""
    keys = [
        row.session_key
        for row in Session.objects.filter(expire_date__gt=timezone.now()).iterator()
        if row.get_decoded().get(SESSION_KEY) == str(account_id)
        and row.session_key != but
        and (not handle or _handle(row.session_key) == handle)
    ]
    Session.objects.filter(session_key__in=keys).delete()
    return len(keys)


def used_second_factor(request: HttpRequest) -> bool:
    """Whether a second factor was shown in this session. Costs no query."""
    records = get_authentication_records(request, request.user)
    return any(one.get("method") == "mfa" for one in records)


def reauthenticated_recently(request: HttpRequest) -> bool:
    """Whether the person confirmed within five minutes that it is they."""
    return bool(did_recently_reauthenticate(request))


def recently_confirmed(view: View | None = None, *, back: str = "") -> Any:
    """Before an export, a merge, a reveal: ask once more who it is, unless that was asked within five minutes.

    What was posted is not kept (it may be about a child): the person comes back to the page, or to the address named
    `back` where the view knows only POST, and presses the button again.
    """

    def wrap(wrapped: View) -> View:
        @wraps(wrapped)
        def ask(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if reauthenticated_recently(request):
                return wrapped(request, *args, **kwargs)
            methods = get_adapter().get_reauthentication_methods(request.user)
            if not methods:
                raise PermissionDenied
            there = reverse(back) if back and request.method == "POST" else request.get_full_path()
            return HttpResponseRedirect(f"{methods[0]['url']}?{urlencode({'next': there})}")

        return ask

    return wrap(view) if view is not None else wrap


def _handle(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:16]


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
