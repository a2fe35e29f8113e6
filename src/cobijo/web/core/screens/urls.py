"""Addresses of all registers: `<kind>:list|detail|new|edit|remove|history|export|import`, and the work page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cobijo.web.core.screens import views
from cobijo.web.core.screens.export_pages import export_page
from cobijo.web.core.screens.import_pages import import_page, imports_page
from cobijo.web.core.screens.register import Register, registers
from cobijo.web.core.screens.uploads import uploading
from cobijo.web.core.screens.wording import words_page
from cobijo.web.core.screens.work import work_page

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])


def patterns() -> list[URLPattern | URLResolver]:
    """The work page and every register that a room declares in its `screens.py`."""
    return [
        path("work/", require_safe(work_page), name="work"),
        path("words/", require_POST(words_page), name="words"),
        path("imports/", require_safe(imports_page), name="imports"),
        *(path(f"{one.path}/", include((patterns_of(one), one.kind))) for one in registers().values()),
    ]


def patterns_of(register: Register) -> list[URLPattern]:
    """The pages of one register, as far as it has them."""
    # A search by who somebody is, and a look into the past of it, are posted: neither may stand in an address.
    reads = READ_AND_WRITE if register.sealed else require_safe
    made = [
        path("", _bound(register, views.list_page, reads), name="list"),
        path("<int:pk>/", _bound(register, views.detail_page, require_safe), name="detail"),
    ]
    if register.add is not None:
        made.append(path("new/", _bound(register, views.new_page, READ_AND_WRITE), name="new"))
    if register.change is not None:
        made.append(path("<int:pk>/edit/", _bound(register, views.edit_page, READ_AND_WRITE), name="edit"))
        made.append(path("<int:pk>/history/", _bound(register, views.history_page, reads), name="history"))
    if register.remove is not None:
        made.append(
            path("<int:pk>/remove/", _bound(register, views.remove_page, READ_AND_WRITE), name="remove")
        )
    if register.exports:
        made.append(path("export/", _bound(register, export_page, require_POST), name="export"))
    if register.imports and register.add is not None:
        made.append(path("import/", uploading(_bound(register, import_page, READ_AND_WRITE)), name="import"))
    return made


def _bound(register: Register, page: Callable[..., HttpResponse], methods: Callable[..., Any]) -> Any:
    def view(request: HttpRequest, **named: Any) -> HttpResponse:
        return page(request, register, **named)

    view.__name__ = f"{register.kind}_{page.__name__}"
    view.purpose = register.purpose  # type: ignore[attr-defined]
    bound = methods(view)
    bound.register, bound.page = register, page.__name__  # read by the authorization matrix of the tests
    return bound
