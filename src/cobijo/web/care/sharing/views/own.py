"""Pages without an account: a child's own page, and a packet that is opened once. Both are opened by a code.

The child's page has one address for everything, so that the browser's history holds nothing but that neutral line:
each form is posted to it and answered by a redirect to itself. Going back asks the site anew and posts nothing again.
It keeps one cookie, sealed, for a quarter of an hour: without it the child would have to type its twenty digits again
at every step. There is no second cookie for the forms: a key made from the first stands in them, and the cookie is
not sent along from other sites.
"""

from __future__ import annotations

import hmac
import ipaddress
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.care.sharing import answers, asks, codes, page
from cobijo.web.care.sharing.models import Code
from cobijo.web.care.sharing.models.codes import CodeKind
from cobijo.web.care.sharing.models.referrals import Declined, Outcome
from cobijo.web.care.sharing.states import State
from cobijo.web.core.access.middleware import acts_for_nobody
from cobijo.web.core.accounts.attempts import too_often
from cobijo.web.core.typed import whole

COOKIE, LASTS = "n", 900
ANSWER_LASTS = 3_600
TRIES, WHILE = 20, 300  # how often one place may try codes, in so many seconds
DONE = ("stopped", "asked", "complained", "left")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest) -> HttpResponse:
    """The child's own page."""
    visit = _visit(request)
    if request.method == "POST":
        return _quiet(_again() if _from_elsewhere(request) else _post(request, visit))
    if visit is None:
        return _quiet(_door(request))
    code, note = visit
    try:
        with page.of_code(code) as (system, child):
            shown = page.read(system, child, code)
    except InputProblem:
        return _quiet(_gone(_door(request)))
    context = {
        "page": shown,
        "key": _key(code),
        "done": note.split(":")[0],
        "known_as": note.partition(":")[2],
    }
    answer = render(request, "sharing/own.html", context)
    return _quiet(_stay(answer, code, ""))


def _post(request: HttpRequest, visit: tuple[Code, str] | None) -> HttpResponse:
    what = request.POST.get("do", "")
    if what == "open":
        return _open(request)
    if visit is None or not hmac.compare_digest(request.POST.get("key", ""), _key(visit[0])):
        return _gone(_again())
    if what == "leave":
        return _gone(_again())
    code = visit[0]
    try:
        done = _do(code, what, request)
    except InputProblem as problem:
        return _failed(request, code, problem)
    return _stay(_again(), code, done)


def _do(code: Code, what: str, request: HttpRequest) -> str:
    """One action; the word by which the next page says that it was done."""
    words = request.POST.get("words", "")[:8_000]
    with page.of_code(code) as (system, child):
        if what == "stop":
            page.stop(system, child, _number(request.POST.get("which", "")))
            return "stopped"
        if what == "complain":
            about = request.POST.get("about", "")
            return "complained:" + page.complain(system, child, code, about, words)
        if what in {"correct", "person"}:
            asks.wish(by=system, child=child, kind=what, words=words)
            return "asked"
    return ""


def _open(request: HttpRequest) -> HttpResponse:
    if _too_often(request):
        return _door(request, sentence("sharing.code_locked", {}, _language()), 429)
    try:
        code = codes.find(CodeKind.PAGE, request.POST.get("code", ""), _from(request))
    except CobijoError as problem:
        return _door(request, sentence(problem.code, problem.params, _language()), 422)
    return _stay(_again(), code, "")


def _failed(request: HttpRequest, code: Code, problem: CobijoError) -> HttpResponse:
    with page.of_code(code) as (system, child):
        shown = page.read(system, child, code)
    said = sentence(problem.code, {"row": "", **problem.params}, _language())
    said = said.removeprefix("Row : ").removeprefix("Fila : ").removeprefix("Renglón : ")
    context = {"page": shown, "key": _key(code), "problem": said[:1].upper() + said[1:]}
    return _stay(render(request, "sharing/own.html", context, status=422), code, "")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def packet_by_code(request: HttpRequest) -> HttpResponse:
    """A packet for a service without an account: read once, answered with the same code."""
    if request.method != "POST":
        return _quiet(render(request, "sharing/by_code.html", {}))
    if _from_elsewhere(request):
        return _quiet(HttpResponse(status=303, headers={"Location": reverse("sharing:packet_by_code")}))
    try:
        if "answer" in request.POST:
            return _quiet(_answer(request))
        if _too_often(request):
            raise InputProblem("sharing.code_locked")
        code = codes.find(CodeKind.PACKET, request.POST.get("code", ""), _from(request))
        html, state = answers.read_once(code)
    except CobijoError as problem:
        said = sentence(problem.code, problem.params, _language())
        return _quiet(render(request, "sharing/by_code.html", {"problem": said}, status=422))
    context = {
        "html": mark_safe(html),  # noqa: S308 - the bytes that the sender saw, escaped when made
        "accepted": state == State.ACCEPTED,
        "key": signing.dumps(code.pk, salt="cobijo.packet", key=str(settings.SECRET_KEY)),
        "reasons": Declined.choices,
        "outcomes": Outcome.choices,
    }
    return _quiet(render(request, "sharing/by_code.html", context))


def _answer(request: HttpRequest) -> HttpResponse:
    try:
        pk = signing.loads(
            request.POST.get("key", ""),
            salt="cobijo.packet",
            key=str(settings.SECRET_KEY),
            max_age=ANSWER_LASTS,
        )
    except signing.BadSignature:
        raise InputProblem("sharing.code_wrong") from None
    code = Code.objects.filter(pk=pk, kind=CodeKind.PACKET, revoked_at=None).first()
    if code is None:
        raise InputProblem("sharing.code_wrong")
    answers.answer_by_code(
        code=code,
        to=request.POST["answer"],
        reason=request.POST.get("reason", ""),
        outcome=request.POST.get("outcome", ""),
    )
    context = {"answered": True, "come_back": request.POST["answer"] == State.ACCEPTED}
    return render(request, "sharing/by_code.html", context)


def _door(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    return render(request, "sharing/own_door.html", {"problem": problem}, status=status)


def _again() -> HttpResponse:
    """To the same address: what was posted stands in no history."""
    return HttpResponse(status=303, headers={"Location": reverse("sharing:own")})


def _visit(request: HttpRequest) -> tuple[Code, str] | None:
    """The code of a visit that goes on, and what was done last."""
    try:
        held: Any = signing.loads(
            request.COOKIES.get(COOKIE, ""), salt="cobijo.own", key=str(settings.SECRET_KEY), max_age=LASTS
        )
        code = codes.still(int(held[0]))
    except (signing.BadSignature, ValueError, TypeError, IndexError):
        return None
    return (code, str(held[1])) if code is not None else None


def _stay(answer: HttpResponse, code: Code, done: str) -> HttpResponse:
    value = signing.dumps([code.pk, done], salt="cobijo.own", key=str(settings.SECRET_KEY))
    answer.set_cookie(
        COOKIE, value, httponly=True, samesite="Strict", secure=bool(settings.SESSION_COOKIE_SECURE), path="/"
    )
    return answer


def _gone(answer: HttpResponse) -> HttpResponse:
    answer.delete_cookie(COOKIE, path="/", samesite="Strict")
    return answer


def _key(code: Code) -> str:
    """In every form of a visit: nobody who cannot read the page can know it."""
    return hmac.digest(
        str(settings.SECRET_KEY).encode(), f"own {code.pk} {code.made_at}".encode(), "sha256"
    ).hex()


def _quiet(answer: HttpResponse) -> HttpResponse:
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


def _from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site's page posts: it could lead a child into a stranger's visit, or try codes by its readers'
    browsers, each from a place of its own. A browser too old to say where from is believed."""
    return request.headers.get("Sec-Fetch-Site", "none") not in {"same-origin", "none"}


def _from(request: HttpRequest) -> str:
    """Where a request comes from, as a keyed hash: the address itself is kept nowhere."""
    place = _place(str(get_adapter().get_client_ip(request)))
    return hmac.digest(str(settings.SECRET_KEY).encode(), place.encode(), "sha256").hex()[:32]


def _too_often(request: HttpRequest) -> bool:
    return too_often(f"code-{_from(request)}", TRIES, WHILE)


def _place(address: str) -> str:
    """Whoever has one IPv6 address has all that begin like it, so they are one place.

    >>> _place("2001:db8:1:2:3::4") == _place("2001:db8:1:2:ffff::1")
    True
    >>> _place("192.0.2.7")
    '192.0.2.7'
    """
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return address
    return str(known.ipv4_mapped or ipaddress.ip_network((known, 64), strict=False))


def _number(text: str) -> int:
    return whole(text) or 0


def _language() -> str:
    return (get_language() or "es")[:2]


acts_for_nobody(own)
acts_for_nobody(packet_by_code)
