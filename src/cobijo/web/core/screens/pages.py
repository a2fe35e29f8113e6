"""What the pages of all registers share: who acts, the record that was asked for, the answer that no browser keeps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse

from cobijo.errors import CobijoError
from cobijo.sentences import render as sentence
from cobijo.web.core.access.context import Access, current
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.identity import attach, name_of
from cobijo.web.core.screens.register import Register
from cobijo.web.core.typed import whole
from cobijo.web.core.vault import sealing


def acting() -> Access:
    """Whoever acts; nobody is asked to sign in."""
    access = current()
    if access is None:
        raise Forbidden("access.sign_in", action="see")
    return access


def identity(text: str) -> UUID:
    """The number of a kept file or a job, as an address or a form says it; what is none leads nowhere."""
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def page(
    request: HttpRequest,
    access: Access,
    register: Register,
    name: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    """One page of a register. `named` heads it; the title, which a browser keeps, has the neutral reference only."""
    record = context.get("record")
    whole = {
        "register": register,
        "list_url": reverse(f"{register.kind}:list"),
        "record_url": address(register, "detail", record) if record is not None else "",
        "named": name_of(record) if record is not None else "",
        "locked": "" if not register.sealed else _locked(record),
        **context,
    }
    return uncached(render(request, f"screens/{name}.html", whole, status=status))


def _locked(record: Any) -> str:
    """Why no identity can be shown, where that is so."""
    state = sealing.state()
    if not state.open:
        return state.sentence
    found = getattr(record, "identity", None)
    if found is None or found.condition == "open":
        return ""
    return sentence(f"vault.{found.condition}", {}, showing.language())


def uncached(response: HttpResponse) -> HttpResponse:
    """Nothing of these pages stays in the browser: the computer may be shared."""
    response.headers["Cache-Control"] = "no-store"
    return response


def found(access: Access, register: Register, pk: int, *, named: bool = True) -> Any:
    """Fetched and authorised in one step: what may not be seen is not there. `named`: with its identity, on record."""
    record = register.queries(access).filter(pk=pk).first()
    if record is None or not decide(access, "see", register.kind, record):
        raise Http404
    if named:
        attach(access, register.kind, [record])
    return record


def address(register: Register, name: str, record: Any) -> str:
    return reverse(f"{register.kind}:{name}", args=[record.pk])


def addresses(register: Register, name: str, records: Sequence[Any]) -> list[str]:
    """The same for many: looked up once."""
    before, _number, after = reverse(f"{register.kind}:{name}", args=[0]).rpartition("0")
    return [f"{before}{one.pk}{after}" for one in records]


def version_in(data: QueryDict) -> int | None:
    return whole(data.get("version"))


def said(problem: CobijoError | None) -> str:
    return "" if problem is None else sentence(problem.code, problem.params, showing.language())
