"""The site's addresses with the register of invented people beside them; its kind must be registered first."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from ninja import NinjaAPI

from cobijo.web import urls as site
from cobijo.web.core.access.middleware import acts_for_nobody
from cobijo.web.core.screens.api import Bearer, router_of
from cobijo.web.core.screens.urls import patterns_of
from tests.web import demo_person

_NINJA = NinjaAPI(urls_namespace="demo_api", auth=Bearer(), docs_url=None, openapi_url=None)
_NINJA.add_router("/people", router_of(demo_person.REGISTER))
_API, _APP, _NAMESPACE = _NINJA.urls
for _one in _API:
    acts_for_nobody(_one.callback)

urlpatterns = [
    path("api/demo/", (_API, _APP, _NAMESPACE)),
    *i18n_patterns(
        path(f"{demo_person.REGISTER.path}/", include((patterns_of(demo_person.REGISTER), demo_person.KIND)))
    ),
    *site.urlpatterns,
]
handler400, handler403 = site.handler400, site.handler403
handler404, handler500 = site.handler404, site.handler500
