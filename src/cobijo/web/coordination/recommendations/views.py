"""The page of a recommendation: what it asks, how far it is, and everything that is done about it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from cobijo.web.coordination.recommendations import queries
from cobijo.web.coordination.recommendations.choices import ENDED
from cobijo.web.coordination.recommendations.screens import RECOMMENDATIONS
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.asking import found
from cobijo.web.core.screens.pages import acting, uncached


@require_safe
def recommendation(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one = found("recommendation", queries.recommendations(access), pk)
    links = queries.links_of(access, one)
    for link in links:
        link["url"] = reverse(link["url_name"], args=[link["record"].pk])
        link["what"] = link["record"]._meta.verbose_name
    context = {
        "record": one,
        "links": links,
        "ended": one.state in ENDED,
        "may_link": bool(decide(access, "add", "recommendation_action")),
        "groups": showing.groups(access, RECOMMENDATIONS, one),
        "buttons": showing.buttons(access, RECOMMENDATIONS, ("change", "history"), one),
        "who": reverse("access:who", args=["recommendation", pk]),
        "list_url": reverse("recommendation:list"),
    }
    return uncached(render(request, "recommendations/recommendation.html", context))
