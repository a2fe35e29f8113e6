"""Two people edited one record: both versions, field by field, and nothing lost."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from cobijo.web.core.access.context import Access
from cobijo.web.core.screens import history, showing
from cobijo.web.core.screens.forms import RegisterForm
from cobijo.web.core.screens.identity import as_json, attach, identity_of
from cobijo.web.core.screens.register import Register
from cobijo.web.core.screens.writing import Stale

PICK = "pick_"


@dataclass(frozen=True)
class Both:
    """One field on which the two versions differ. `pick` is what the page proposes: "mine", "theirs" or nothing."""

    name: str
    label: str
    before: str | None  # None: not known any more
    theirs: str
    mine: str
    pick: str


@dataclass(frozen=True)
class Conflict:
    """What the page of a stale edit shows."""

    version: int  # of what the record says now
    who: str
    fields: tuple[Both, ...]
    kept: tuple[tuple[str, str], ...]  # name and value of every field as typed, to be sent again

    @classmethod
    def between(cls, access: Access, register: Register, stale: Stale, form: RegisterForm) -> Conflict:
        record = stale.record
        attach(access, register.kind, [record])
        may = access if identity_of(record) is not None else None
        start = history.values_at(register.kind, record, stale.started_from, may)
        fields = []
        for name in form.fields:
            theirs_kept, mine_kept = showing.kept(record, name), _mine(register, form, name)
            before = start.get(name) if start is not None else None
            if name in register.sealed:
                theirs_kept, mine_kept, before = theirs_kept or "", mine_kept or "", before or ""
            if theirs_kept == mine_kept:
                continue
            fields.append(
                Both(
                    name,
                    register.label(name),
                    showing.kept_text(register, name, before) if start is not None else None,
                    showing.kept_text(register, name, theirs_kept),
                    showing.kept_text(register, name, mine_kept),
                    _proposed(register, name, start, before, theirs_kept, mine_kept),
                )
            )
        return cls(record.version, _who(register, record), tuple(fields), _typed(form))


def settled(register: Register, posted: QueryDict, record: Any) -> QueryDict:
    """The posted form, with what the record says now in every field where the person took the other's version.

    Its identity was read before, where it has one. A field about which the person was asked and said nothing makes
    the edit stale again.
    """
    asked = [name for name in posted.getlist("asked") if name in register.fields]
    if not asked:
        return posted
    data = posted.copy()
    for name in asked:
        picked = posted.get(PICK + name, "")
        if picked == "theirs":
            value = showing.kept(record, name)
            _put(data, name, value)
        elif picked != "mine":
            data["version"] = ""
    return data


def _mine(register: Register, form: RegisterForm, name: str) -> Any:
    """What the form made of the edit, as it would be kept."""
    if name in register.sealed:
        return as_json(form.cleaned_data.get(name))
    return history.plain(form.instance, name)


def _put(data: QueryDict, name: str, value: Any) -> None:
    if value in (None, False):
        data.pop(name, None)
    elif isinstance(value, list):
        data.setlist(name, [str(one) for one in value])
    else:
        data[name] = "on" if value is True else str(value)


def _proposed(
    register: Register, name: str, start: Mapping[str, Any] | None, before: Any, theirs: Any, mine: Any
) -> str:
    """Where one side only changed a field, its version is proposed; never for what is decided with care."""
    if start is None or name in register.careful:
        return ""
    if mine == before:
        return "theirs"
    return "mine" if theirs == before else ""


def _who(register: Register, record: Any) -> str:
    found = getattr(record, "changed_by", None)
    return str(found) if found is not None else ""


def _typed(form: RegisterForm) -> tuple[tuple[str, str], ...]:
    """Every field as it was sent; an unticked box is sent by not being there."""
    typed = []
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, forms.BooleanField):
            if value:
                typed.append((name, "on"))
        elif isinstance(value, list | tuple):
            typed += [(name, str(one)) for one in value]
        elif value is not None:
            typed.append((name, str(value)))
    return tuple(typed)
