"""Columns whose choices stand in the country pack, and what a form says where one of them is empty or wrong.

For the table all of them may be empty, so that a rule with its row refuses it wherever a row comes from; a form asks.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.web.core import country
from cobijo.web.knowledge.evidence import saying

Pairs = list[tuple[str, str]]


class PackField(models.CharField):  # type: ignore[type-arg]
    """Text in the database, a choice in forms, filters and imports, with a sentence of its own for a wrong one."""

    empty: ClassVar[Any] = ""
    unknown: ClassVar[Any] = ""

    @staticmethod
    def pairs() -> Pairs:
        raise NotImplementedError

    @property
    def flatchoices(self) -> Pairs:  # read by the filters of a register
        return self.pairs()

    def formfield(self, **options: Any) -> Any:
        return forms.ChoiceField(
            choices=lambda: [("", "—"), *self.pairs()],
            required=True,
            label=str(self.verbose_name).capitalize(),
            help_text=str(self.help_text),
            error_messages={"required": self.empty, "invalid_choice": self.unknown},
        )

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options


class AreaField(PackField):
    """The world, the country or one of its states. Nothing below the state is kept with a figure."""

    empty = _("Give the country or one of its states.")
    unknown = _(
        "“%(value)s” is neither the country nor one of its states. Nothing below the state is kept with a figure: give"
        " the code of the state, such as MX-OAX, or that of the country."
    )

    @staticmethod
    def pairs() -> Pairs:
        codes = (country.pack().country, saying.WORLD, *country.pack().area_by_code)
        return [(code, saying.area(code)) for code in codes]


class PartField(PackField):
    """A part of the country that the pack knows, such as the states along a border; mostly empty."""

    unknown = _(
        "“%(value)s” is none of the parts of the country that are counted here. Leave it empty, or choose one of the"
        " list."
    )

    @staticmethod
    def pairs() -> Pairs:
        return [(code, saying.in_language(words)) for code, words in saying.parts().items()]

    def formfield(self, **options: Any) -> Any:
        field = super().formfield(**options)
        field.required = False
        return field


class ConceptField(PackField):
    empty = _("Choose what the figure counts: a number of nobody knows what is no figure.")
    unknown = _(
        "“%(value)s” is not among the things that are counted here. Choose one of the list; a new one is added to the"
        " country pack with its definition."
    )

    @staticmethod
    def pairs() -> Pairs:
        return [(code, saying.concept(code)) for code in saying.shipped().concepts]


class PeriodField(models.DateField):  # type: ignore[type-arg]
    """A day that a figure cannot do without."""

    def formfield(self, **options: Any) -> Any:
        empty = _(
            "Give the day. Where the source does not say when it was counted, give the year in which it was said, and"
            " untick “the source says the period”."
        )
        return super().formfield(**{**options, "required": True, "error_messages": {"required": empty}})

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.DateField", args, options
