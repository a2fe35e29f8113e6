"""The API under /api/v1, assembled from the registers; nothing is decided here.

Reading this module makes some hundred types, thirty megabytes of them: `urls` does so when the first program asks.
"""

from __future__ import annotations

import http.client
import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema

from cobijo.web.core.access.middleware import acts_for_nobody
from cobijo.web.core.screens.api import Bearer, Problem, problem, router_of
from cobijo.web.core.screens.register import registers

log = logging.getLogger(__name__)
WRONG = (400, 401, 403, 404, 405, 409, 422)


class Described(NinjaAPI):
    """The description says of errors what is sent: problems (RFC 9457).

    It is said here once: told as a type at every operation, ninja would build some thousand types of it, which took
    a fifth of the site's memory.
    """

    def get_openapi_schema(self, **named: Any) -> OpenAPISchema:
        said = super().get_openapi_schema(**named)
        said["components"]["schemas"]["Problem"] = Problem.model_json_schema()
        for operations in said["paths"].values():
            for operation in operations.values():
                operation["responses"] |= {status: _wrong(status) for status in WRONG}
        return said


def make_api() -> NinjaAPI:
    """All registers, one kind of key, one shape of error. No page that loads scripts from elsewhere."""
    api = Described(
        title="Cobijo",
        version="1",
        urls_namespace="api",
        auth=Bearer(),
        docs_url=None,
        openapi_url="openapi.json",
    )
    for register in registers().values():
        api.add_router(f"/{register.path}", router_of(register))
    api.exception_handler(ValidationError)(_invalid)
    api.exception_handler(AuthenticationError)(lambda request, wrong: problem("screens.key_unknown", 401))
    api.exception_handler(Http404)(lambda request, wrong: problem("screens.nothing_here", 404))
    # Ninja itself raises it for one reason only: the body is no JSON.
    api.exception_handler(HttpError)(lambda request, wrong: problem("screens.no_json", wrong.status_code))
    return api


def _patterns(api: NinjaAPI) -> list[URLPattern]:
    """Addresses of the API. A session in a browser gives no rights here: only the key does."""
    kept = [one for one in api.urls[0] if isinstance(one, URLPattern)]
    made = {one.callback: acts_for_nobody(_in_one_shape(one.callback)) for one in kept}
    for one in kept:
        one.callback = made[one.callback]  # the methods of an address share one view
    return kept


def _in_one_shape(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ninja answers a method that an address has not with a bare text; every other error is a problem, so is this."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        found = view(request, *args, **named)
        if found.status_code != HTTPStatus.METHOD_NOT_ALLOWED:
            return found
        allowed = found.headers["Allow"]
        said = problem("screens.no_method", found.status_code, {"allowed": allowed})
        said.headers["Allow"] = allowed
        return said

    return answer


def _wrong(status: int) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": http.client.responses[status],
        "content": {"application/problem+json": {"schema": schema}},
    }


def _invalid(request: HttpRequest, wrong: ValidationError) -> HttpResponse:
    errors: dict[str, list[str]] = {}
    one: dict[str, Any]
    for one in wrong.errors:
        errors.setdefault(str(one.get("loc", ("",))[-1]), []).append(str(one.get("msg", "")))
    return problem("screens.fields_wrong", 422, errors=errors)


urlpatterns = _patterns(make_api())
