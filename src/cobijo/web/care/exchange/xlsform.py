"""Forms for phones and paper-free fieldwork (XLSForm: survey, choices, settings) from field declarations.

A field that says who somebody is, and any free text, is left out unless it is asked for by name: phones are lost,
and a form travels in the clear. What was left out is listed.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from io import BytesIO
from typing import Literal, Protocol

from cobijo.errors import WrongUsage
from cobijo.web.care.children.concepts import CODED, TOLD
from cobijo.web.care.children.rule_shape import Rules

Kind = Literal["text", "integer", "decimal", "date", "one", "many", "told", "note"]

KINDS: Mapping[str, str] = {
    "text": "text", "integer": "integer", "decimal": "decimal", "date": "date", "note": "note",
    "one": "select_one", "many": "select_multiple", "told": "select_one",
}  # fmt: skip
#: The answers to an element: the form asks for "not known" instead of letting a gap be read as a no.
TOLD_LIST = "yes_no_unknown"
TOLD_WORDS = {
    "yes": {"en": "Yes", "es": "Sí"},
    "no": {"en": "No", "es": "No"},
    "unknown": {"en": "Not known", "es": "No se sabe"},
}
#: How a form names its languages (XLSForm asks for the language's own name and its code).
LANGUAGES = {"es": "Español (es)", "en": "English (en)"}
NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")

Words = Mapping[str, str]


class FormField(Protocol):
    """What a declaration must say to become a question."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> Kind: ...
    @property
    def label(self) -> Words: ...
    @property
    def hint(self) -> Words: ...
    @property
    def choices(self) -> Sequence[tuple[str, Words]]: ...
    @property
    def required(self) -> bool: ...
    @property
    def relevant(self) -> tuple[str, str] | None:
        """(name, code): asked only where an earlier field has this answer."""

    @property
    def identifying(self) -> bool: ...


@dataclass(frozen=True)
class Question:
    """A ready `FormField`."""

    name: str
    kind: Kind
    label: Words
    hint: Words = dataclass_field(default_factory=dict)
    choices: tuple[tuple[str, Words], ...] = ()
    required: bool = False
    relevant: tuple[str, str] | None = None
    identifying: bool = False


@dataclass(frozen=True)
class Form:
    """The workbook, and the fields that it does not ask."""

    content: bytes
    left_out: tuple[str, ...]


def element_questions(rules: Rules) -> tuple[Question, ...]:
    """One question an element, in the pack's words, and one for each element that the pack has codes for."""
    told = tuple(
        Question(name, "told", rules.elements[name].names, rules.elements[name].meaning) for name in TOLD
    )
    coded = tuple(
        Question(name, "many", rules.elements[name].names, rules.elements[name].meaning, tuple(codes.items()))
        for name, codes in rules.codes.items()
        if name in CODED
    )
    return (*told, *coded)


def write_form(
    fields: Sequence[FormField],
    *,
    form_id: str,
    title: Words,
    version: str,
    languages: Sequence[str] = ("es", "en"),
    ask_anyway: Collection[str] = (),
) -> Form:
    """The form of these fields. `ask_anyway` names identifying or free-text fields that must be asked all the same."""
    check_form(fields, form_id, languages)
    left_out = tuple(
        field.name
        for field in fields
        if (field.identifying or field.kind == "text") and field.name not in ask_anyway
    )
    asked = [field for field in fields if field.name not in left_out]
    by_name = {field.name: field for field in asked}
    from openpyxl import Workbook

    book = Workbook()
    survey = book.active
    survey.title = "survey"
    named = [f"label::{LANGUAGES[one]}" for one in languages]
    hints = [f"hint::{LANGUAGES[one]}" for one in languages]
    survey.append(["type", "name", *named, *hints, "required", "relevant"])
    for field in asked:
        survey.append(
            [
                type_of(field),
                field.name,
                *(field.label[one] for one in languages),
                *(dict(field.hint).get(one, "") for one in languages),
                "yes" if field.required else "",
                relevant_of(field, by_name),
            ]
        )
    choices = book.create_sheet("choices")
    choices.append(["list_name", "name", *named])
    for list_name, rows in lists_of(asked).items():
        for code, words in rows:
            choices.append([list_name, code, *(words[one] for one in languages)])
    settings = book.create_sheet("settings")
    settings.append(["form_title", "form_id", "version", "default_language"])
    settings.append([title[languages[0]], form_id, version, LANGUAGES[languages[0]]])
    stream = BytesIO()
    book.save(stream)
    return Form(stream.getvalue(), left_out)


def check_form(fields: Sequence[FormField], form_id: str, languages: Sequence[str]) -> None:
    """What a form cannot be made of; each is a mistake in a declaration, not of a person who fills it in."""
    if not NAME.fullmatch(form_id) or not languages or not set(languages) <= LANGUAGES.keys():
        raise WrongUsage("exchange.form_wrong", form=form_id, known=", ".join(LANGUAGES))
    seen: set[str] = set()
    for field in fields:
        if not NAME.fullmatch(field.name) or field.name in seen or field.kind not in KINDS:
            raise WrongUsage("exchange.field_wrong", field=field.name)
        if any(not field.label.get(one) for one in languages):
            raise WrongUsage("exchange.label_missing", field=field.name, languages=", ".join(languages))
        if field.relevant and field.relevant[0] not in seen:
            raise WrongUsage("exchange.relevant_wrong", field=field.name, other=field.relevant[0])
        if field.kind in ("one", "many"):
            codes = [code for code, _ in field.choices]
            words = all(label.get(one) for _, label in field.choices for one in languages)
            spaced = any(re.search(r"\s", code) for code in codes)
            if not codes or len(set(codes)) < len(codes) or not words or spaced:
                raise WrongUsage("exchange.choices_wrong", field=field.name)
        seen.add(field.name)


def type_of(field: FormField) -> str:
    kind = KINDS[field.kind]
    if field.kind == "told":
        return f"{kind} {TOLD_LIST}"
    return f"{kind} {field.name}" if field.kind in ("one", "many") else kind


def relevant_of(field: FormField, asked: Mapping[str, FormField]) -> str:
    """The condition in the form's own language; a condition on a field that is not asked falls away."""
    if field.relevant is None or field.relevant[0] not in asked:
        return ""
    name, code = field.relevant
    code = code.replace("'", "")
    if asked[name].kind == "many":
        return f"selected(${{{name}}}, '{code}')"
    return f"${{{name}}} = '{code}'"


def lists_of(asked: Sequence[FormField]) -> dict[str, Sequence[tuple[str, Words]]]:
    found: dict[str, Sequence[tuple[str, Words]]] = {
        field.name: field.choices for field in asked if field.kind in ("one", "many")
    }
    if any(field.kind == "told" for field in asked):
        found[TOLD_LIST] = tuple(TOLD_WORDS.items())
    return found
