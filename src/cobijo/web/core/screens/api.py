"""The API of every register: the same queries, forms, services and policy as its pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse, QueryDict
from ninja import Query, Router, Schema
from ninja.security import HttpBearer
from pydantic import Field, create_model

from cobijo.errors import CobijoError
from cobijo.sentences import render as sentence
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.accounts.models import Token
from cobijo.web.core.accounts.services import token_of
from cobijo.web.core.audit.services import record_refusal
from cobijo.web.core.screens import exporting, history, showing
from cobijo.web.core.screens.api_types import asked_type, record_types
from cobijo.web.core.screens.forms import RegisterForm, make_form
from cobijo.web.core.screens.identity import attach
from cobijo.web.core.screens.listing import listing
from cobijo.web.core.screens.register import Register
from cobijo.web.core.screens.writing import Stale

STATUS = {"screens.gone": 404, "screens.nothing_here": 404, "screens.stale": 409, "access.sign_in": 401}


class Bearer(HttpBearer):
    """`Authorization: Bearer cob_…`: a person's key, within what it was made for and the person may do."""

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        return token_of(token)


class Problem(Schema):
    """An error as RFC 9457 has it; `code` is stable, `title` is a sentence in the reader's language."""

    type: str
    title: str
    status: int
    code: str
    errors: dict[str, list[str]] = Field(default_factory=dict)


def answer(content: Any, status: int = 200, media_type: str = "application/json") -> HttpResponse:
    text = json.dumps(content, ensure_ascii=False, cls=DjangoJSONEncoder)
    return HttpResponse(text, status=status, content_type=media_type, headers={"Cache-Control": "no-store"})


def problem(
    code: str, status: int, params: Any = None, errors: dict[str, list[str]] | None = None, **more: Any
) -> HttpResponse:
    """An answer that says what went wrong."""
    said = {
        "type": "about:blank",
        "title": sentence(code, params or {}, showing.language()),
        "status": status,
        "code": code,
        "errors": errors or {},
        **more,
    }
    return answer(said, status, "application/problem+json")


def acting(request: HttpRequest, work: Callable[[Access], HttpResponse], purpose: str = "") -> HttpResponse:
    """Act as the owner of the key, in one transaction: what is refused or wrong leaves nothing behind."""
    token: Token = request.auth  # type: ignore[attr-defined]
    access: Access | None = None
    try:
        with acting_as(token.account, purpose, via="api", only=token.actions) as access:
            return work(access)
    except Forbidden as wrong:
        record_refusal(wrong, access=access)
        return problem(wrong.code, 403, {**wrong.params, "action": wrong.action, "kind": wrong.kind})
    except Stale as wrong:
        return problem(wrong.code, 409, wrong.params, version=wrong.record.version)
    except _Invalid as wrong:
        return problem("screens.fields_wrong", 422, errors=wrong.errors)
    except CobijoError as wrong:
        return problem(wrong.code, STATUS.get(wrong.code, 422), wrong.params)


class _Invalid(Exception):
    def __init__(self, form: RegisterForm) -> None:
        super().__init__()
        self.errors = {
            name: [str(one) for one in found] for name, found in form.errors.items() if found is not None
        }


def router_of(register: Register) -> Router:
    """List, read, add, change, remove and history of one register, as far as it has them."""
    router = Router(tags=[str(register.kind)])
    plain: Any
    sent: Any
    plain, sent = record_types(register)
    asked: Any = asked_type(register)
    query: Any = Query
    page = create_model(
        f"{register.kind}_page",
        __base__=Schema,
        results=(list[plain], ...),
        page=(int, ...),
        more=(bool, ...),
        count=(int | None, ...),
    )

    def act(request: HttpRequest, work: Callable[[Access], HttpResponse]) -> HttpResponse:
        return acting(request, work, register.purpose)

    def list_records(request: HttpRequest, asked: Any) -> HttpResponse:
        return act(request, lambda access: _list(access, register, asked.dict()))

    def read_record(request: HttpRequest, pk: int) -> HttpResponse:
        return act(request, lambda access: _said(access, register, _found(access, register, pk)))

    def add_record(request: HttpRequest, sent: Any) -> HttpResponse:
        return act(request, lambda access: _add(access, register, sent.dict(exclude_unset=True)))

    def change_record(request: HttpRequest, pk: int, sent: Any) -> HttpResponse:
        return act(request, lambda access: _change(access, register, pk, sent.dict(exclude_unset=True)))

    def remove_record(request: HttpRequest, pk: int, version: int) -> HttpResponse:
        return act(request, lambda access: _remove(access, register, pk, version))

    def read_history(request: HttpRequest, pk: int) -> HttpResponse:
        return act(request, lambda access: _history(access, register, pk))

    # The types are made from the register, so they are put on by hand.
    list_records.__annotations__["asked"] = asked if register.sealed else query[asked]
    add_record.__annotations__["sent"] = sent
    change_record.__annotations__["sent"] = create_model(
        f"{register.kind}_change", __base__=sent, version=(int | None, None)
    )
    for function in (list_records, read_record, add_record, change_record, remove_record, read_history):
        function.__annotations__["request"] = HttpRequest
        for name in ("pk", "version"):
            if name in function.__annotations__:
                function.__annotations__[name] = int
        function.__name__ = f"{register.kind}_{function.__name__}"

    if register.sealed:  # a search may hold a name, and no name may stand in an address
        router.post("/search", response={200: page}, summary=f"{register.kind}: list")(list_records)
    else:
        router.get("", response={200: page}, summary=f"{register.kind}: list")(list_records)
    router.get("/{pk}", response={200: plain}, summary=f"{register.kind}: read")(read_record)
    if register.add is not None:
        router.post("", response={201: plain}, summary=f"{register.kind}: add")(add_record)
    if register.change is not None:
        router.patch("/{pk}", response={200: plain}, summary=f"{register.kind}: change")(change_record)
        router.get(
            "/{pk}/history",
            response={200: list[dict[str, Any]]},
            summary=f"{register.kind}: history",
        )(read_history)
    if register.remove is not None:
        router.delete("/{pk}", response={204: None}, summary=f"{register.kind}: remove")(remove_record)
    return router


def _list(access: Access, register: Register, asked: dict[str, Any]) -> HttpResponse:
    check(access, "list", register.kind)
    size = asked.pop("size")
    words = {name: str(value) for name, value in asked.items() if value not in (None, "")}
    found = listing(access, register, words, size)
    attach(access, register.kind, found.rows)
    rows = [exporting.as_object(access, register, one, "list") for one in found.rows]
    return answer({"results": rows, "page": found.page, "more": found.more, "count": found.count})


def _add(access: Access, register: Register, sent: dict[str, Any]) -> HttpResponse:
    check(access, "add", register.kind)
    assert register.add is not None
    form = make_form(access, register, data=_data(_usual(register) | sent))
    if not form.is_valid():
        raise _Invalid(form)
    [made] = register.add(by=access, rows=[form.values()])
    return _said(access, register, made, "add", 201)


def _change(access: Access, register: Register, pk: int, sent: dict[str, Any]) -> HttpResponse:
    record = _found(access, register, pk)
    check(access, "change", register.kind, record)
    version = sent.pop("version", None)
    if version is None:
        raise CobijoError("screens.version_missing")
    assert register.change is not None
    only = decide(access, "see", register.kind, record).fields
    attach(access, register.kind, [record])
    now = {name: showing.kept(record, name) for name in register.fields}
    form = make_form(access, register, record=record, data=_data(now | sent), only=only)
    if not form.is_valid():
        raise _Invalid(form)
    values = {name: value for name, value in form.values().items() if name in sent}
    register.change(by=access, rows=[{"pk": pk, "version": version, **values}])
    return _said(access, register, _found(access, register, pk))


def _said(
    access: Access, register: Register, record: Any, action: str = "see", status: int = 200
) -> HttpResponse:
    """One record, with its identity where that may be seen, on record as a reading of it."""
    attach(access, register.kind, [record])
    return answer(exporting.as_object(access, register, record, action), status)


def _remove(access: Access, register: Register, pk: int, version: int) -> HttpResponse:
    check(access, "remove", register.kind, _found(access, register, pk))
    assert register.remove is not None
    register.remove(by=access, rows=[{"pk": pk, "version": version}])
    return HttpResponse(status=204)


def _history(access: Access, register: Register, pk: int) -> HttpResponse:
    edits = history.edits(access, register.kind, _found(access, register, pk))
    said = [
        {
            "version": one.number,
            "at": one.at,
            "who": one.who,
            "action": one.action,
            "identity_changed": one.sealed,
            "differences": {
                name: {"before": before, "after": after} for name, before, after in one.differences
            },
        }
        for one in edits
    ]
    return answer(said)


def _found(access: Access, register: Register, pk: int) -> Any:
    check(access, "see", register.kind)
    record = register.queries(access).filter(pk=pk).first()
    if record is None or not decide(access, "see", register.kind, record):
        raise CobijoError("screens.nothing_here")
    return record


def _usual(register: Register) -> dict[str, Any]:
    """What a field says where nothing is sent: its default, as on an empty form."""
    found: dict[str, Any] = {}
    for name in register.fields:
        field = register.field(name)
        if field is not None and field.has_default():
            found[name] = field.get_default()
    return found


def _data(values: dict[str, Any]) -> QueryDict:
    """As a browser would send it, so that the API and the form cannot differ."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        if value is None or value is False:
            continue
        if isinstance(value, list | tuple):
            data.setlist(name, [str(one) for one in value])
        else:
            data[name] = "on" if value is True else str(value)
    return data
