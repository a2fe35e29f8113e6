"""Addresses: what machines read has no language; what people read has theirs in front."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern

from cobijo.web.core.screens.urls import patterns as registers
from cobijo.web.operations.door import patterns as demonstration
from cobijo.web.publication.public import views


class Late(URLResolver):
    """Addresses that are read when one of them is asked for; with a namespace, no other address depends on them."""

    def _populate(self) -> None:
        """Nothing to tell beforehand: `reverse` looks into the namespace itself."""


urlpatterns = [
    path("health", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
    path("files/<path:name>", views.published_file, name="file"),
    Late(RoutePattern("api/v1/"), "cobijo.web.api", app_name="ninja", namespace="api"),
    *i18n_patterns(
        path("jobs/", include("cobijo.web.core.jobs.urls")),
        path("coverage/", include("cobijo.web.directory.coverage.urls")),
        path("", include("cobijo.web.publication.public.urls")),
        path("", include("cobijo.web.core.access.urls")),
        path("", include("cobijo.web.core.accounts.urls")),
        path("", include("cobijo.web.directory.organisations.urls")),
        path("", include("cobijo.web.directory.services.urls")),
        path("", include("cobijo.web.care.children.urls")),
        path("", include("cobijo.web.care.cases.urls")),
        path("", include("cobijo.web.care.sharing.urls")),
        path("", include("cobijo.web.care.justice.urls")),
        path("", include("cobijo.web.knowledge.evidence.urls")),
        path("", include("cobijo.web.knowledge.laws.urls")),
        path("", include("cobijo.web.knowledge.terms.urls")),
        path("", include("cobijo.web.care.systems.urls")),
        path("", include("cobijo.web.coordination.groups.urls")),
        path("", include("cobijo.web.coordination.requests.urls")),
        path("", include("cobijo.web.coordination.recommendations.urls")),
        path("", include("cobijo.web.coordination.plans.urls")),
        path("", include("cobijo.web.coordination.duties.urls")),
        path("", include("cobijo.web.publication.reports.urls")),
        *registers(),
        *demonstration(),
    ),
]

handler400 = "cobijo.web.problems.bad_request"
handler403 = "cobijo.web.problems.forbidden"
handler404 = "cobijo.web.problems.not_found"
handler500 = "cobijo.web.problems.failed"
