"""Referring in four steps: choose the service, choose what is shared, read the packet, send it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from cobijo.errors import CobijoError
from cobijo.web.care.children.models import Child, Urgency
from cobijo.web.care.sharing import choosing, codes, consents, referrals
from cobijo.web.care.sharing.fields import by_group, known
from cobijo.web.care.sharing.models import Consent
from cobijo.web.care.sharing.models.consents import Purpose
from cobijo.web.care.sharing.recipients import PROTECTS
from cobijo.web.care.sharing.referrals import Choice
from cobijo.web.care.sharing.views.common import named, page, the_child
from cobijo.web.care.sharing.views.desk import READ_AND_WRITE
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.pages import acting, said
from cobijo.web.directory.services.models import Service, ServiceKind
from cobijo.web.directory.services.queries import areas, services


@require_safe
def choose(request: HttpRequest, pk: int) -> HttpResponse:
    """Step 1: which service."""
    access = acting()
    one = the_child(access, pk)
    check(access, "change", "child", one)
    known_areas = areas(access)
    need, area = request.GET.get("need", ""), request.GET.get("area", "")
    need = need if need in PROTECTS else ""
    area = area if area in dict(known_areas) else ""
    found = choosing.options(access, one, need=need, area=area)
    agreed = {each.recipient_id for each in consents.grounds(one.pk, purpose=Purpose.REFERRAL)}
    context = {
        "child": one,
        "named": named(access, one),
        "needs": [(kind.value, kind.label) for kind in ServiceKind if kind in PROTECTS],
        "areas": known_areas,
        "need": need,
        "area": area,
        "open": [each for each in found if each.open],
        "shut": [(each.service, said(each.problem)) for each in found if not each.open],
        "agreed": agreed,
    }
    return page(request, "choose", context)


@READ_AND_WRITE
def fields(request: HttpRequest, pk: int, service: int) -> HttpResponse:
    """Steps 2 to 4 for a service of the directory."""
    access = acting()
    one = the_child(access, pk)
    chosen = services(access).filter(pk=service).first()
    if chosen is None:
        raise Http404
    held = consents.grounds(one.pk, chosen.organisation_id, Purpose.REFERRAL)
    consent = next((each for each in held if each.service_id in (None, chosen.pk)), None)
    return _steps(request, access, one, consent, chosen)


@READ_AND_WRITE
def case_packet(request: HttpRequest, pk: int, consent: int) -> HttpResponse:
    """Steps 2 to 4 for a prosecutor, under a recorded legal basis."""
    access = acting()
    one = the_child(access, pk)
    held = consents.grounds(one.pk, purpose=Purpose.JUSTICE)
    found = next((each for each in held if each.pk == consent), None)
    if found is None:
        raise Http404
    return _steps(request, access, one, found, None)


def _steps(
    request: HttpRequest, access: Access, one: Child, consent: Consent | None, service: Service | None
) -> HttpResponse:
    """One address for all three, by POST: what is chosen stands in no address and no history."""
    context: dict[str, Any] = {
        "child": one,
        "named": named(access, one),
        "service": service,
        "consent": consent,
    }
    if consent is None:
        return page(request, "no_consent", context)
    context |= {
        "recipient": consent.recipient,
        "groups": by_group(consent.fields),
        "urgencies": Urgency.choices,
        "chosen": request.POST.getlist("fields") if request.method == "POST" else consent.fields,
        "urgency": request.POST.get("urgency", ""),
        "asks": request.POST.get("request", "")[:4_000],
    }
    step = request.POST.get("step", "")
    if request.method != "POST" or step == "back":
        return page(request, "fields", context)
    choice = Choice(
        one, consent, service, known(request.POST.getlist("fields")), context["urgency"], context["asks"]
    )  # fmt: skip
    try:
        if step == "send":
            return _send(request, access, choice)
        seen = referrals.preview(access, choice)
    except Forbidden:
        raise
    except CobijoError as problem:
        return page(request, "fields", context | {"problem": said(problem)}, 422)
    context |= {
        "html": mark_safe(seen.html),  # noqa: S308 - rendered by our own template, which escapes
        "digest": seen.digest,
        "by_code": not referrals.has_account(consent.recipient_id),
    }
    return page(request, "preview", context)


def _send(request: HttpRequest, access: Access, choice: Choice) -> HttpResponse:
    sent = referrals.send(by=access, rows=[(choice, request.POST.get("digest", ""))])[0]
    if sent.code:
        request.session[f"packet-{sent.referral.pk}"] = codes.grouped(
            sent.code
        )  # shown once, on the next page
    return redirect("sharing:referral", sent.referral.pk)
