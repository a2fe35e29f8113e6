"""The concern and the case as forms for telephones (XLSForm), asked from the same core fields as the site's pages.

Telephones are lost, and a filled form lies on them in the clear. So names, contacts, free text and the migration
situation are not asked there; each form says what it leaves out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils import translation

from cobijo.web.care.children import words
from cobijo.web.care.children.fields import FieldDeclaration, fields_of
from cobijo.web.care.children.models import Sign
from cobijo.web.care.children.rule_reading import load_rules
from cobijo.web.care.exchange.xlsform import Form, Kind, Question, Words, element_questions, write_form
from cobijo.web.core import country
from cobijo.web.core.access.kinds import kind_of

LANGUAGES = ("es", "en")
FORMS = ("concern", "case")
#: Which kinds' core fields a form asks.
ASKS = {
    "concern": ("concern",),
    "case": ("child", "child_event", "status", "case", "safety_plan", "assessment"),
}
#: Plain columns without which a concern cannot be handed on; they are no core fields of their own.
BESIDE = {"concern": ("noticer", "area", "urgency", "age_band", "material_shown")}
REQUIRED = {"concern": frozenset({"noticed_on", "noticer", "area", "urgency"})}
HOLDS: dict[str, Kind] = {
    "line": "text", "text": "text", "date": "date", "yes_no": "told", "code": "one", "codes": "many",
}  # fmt: skip
CODES = {"gender": words.GENDER, "migration_situation": words.MIGRATION}


def questions(form: str) -> tuple[Question, ...]:
    """The questions of a form, in the order of the declarations; elements are asked one by one, in the pack's words."""
    found: list[Question] = []
    for kind in ASKS[form]:
        for one in fields_of(kind):
            if one.name == "elements":
                found += element_questions(load_rules(country.pack_name()))
            else:
                found.append(question(one, required=one.name in REQUIRED.get(form, ())))
        found += [column(kind, name, form) for name in BESIDE.get(kind, ())]
    return tuple(found)


def make_form(form: str, *, day: date, languages: Sequence[str] = LANGUAGES) -> Form:
    """The workbook of a form, and what it leaves out. `day` is its version."""
    model: Any = _model(form)
    return write_form(
        questions(form),
        form_id=f"cobijo_{form}",
        title=in_languages(model._meta.verbose_name, capital=True),
        version=f"{day:%Y%m%d}01",
        languages=languages,
    )


def question(one: FieldDeclaration, *, required: bool = False) -> Question:
    """A core field as a question: its purpose is the hint, and who it is stays out of the form."""
    kind, choices = _kind(one)
    names_somebody = one.identity and kind in {"text", "date"}
    return Question(
        one.name,
        kind,
        in_languages(one.label),
        in_languages(one.purpose),
        choices,
        required,
        identifying=names_somebody or not one.packet,
    )


def column(kind: str, name: str, form: str) -> Question:
    """A plain column as a question."""
    field: Any = _model(kind)._meta.get_field(name)
    found: Kind = "told" if isinstance(field, models.BooleanField) else "one"
    choices = () if found == "told" else _plain_choices(kind, name)
    label = in_languages(field.verbose_name, capital=True)
    return Question(name, found, label, {}, choices, name in REQUIRED.get(form, ()))


def in_languages(text: Any, *, capital: bool = False) -> Words:
    """A sentence of the site in every language of the forms."""
    found = {}
    for language in LANGUAGES:
        with translation.override(language):
            said = str(text)
        found[language] = said[:1].upper() + said[1:] if capital else said
    return found


def _kind(one: FieldDeclaration) -> tuple[Kind, tuple[tuple[str, Words], ...]]:
    if one.sealing is not None:
        kind = HOLDS[one.sealing.holds]
        return kind, _choices(CODES[one.name].items()) if kind == "one" else ()
    if one.name == "signs":
        return "many", _choices(Sign.choices)
    if isinstance(_model(one.kind)._meta.get_field(one.name), models.DateField):
        return "date", ()
    return "one", _plain_choices(one.kind, one.name)


def _plain_choices(kind: str, name: str) -> tuple[tuple[str, Words], ...]:
    if name == "area":
        return tuple(
            (one.code, {language: one.names.get(language) or one.short for language in LANGUAGES})
            for one in country.pack().areas
        )
    field: Any = _model(kind)._meta.get_field(name)
    return _choices(field.choices)


def _choices(pairs: Iterable[tuple[str, Any]]) -> tuple[tuple[str, Words], ...]:
    return tuple((str(code), in_languages(word, capital=True)) for code, word in pairs if code)


def _model(kind: str) -> Any:
    known = kind_of(kind)
    if known is None:
        raise LookupError(kind)
    return known.model
