"""The column for where a law holds: its choices stand in the country pack."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.web.core import country
from cobijo.web.knowledge.evidence import saying
from cobijo.web.knowledge.evidence.fields import PackField, Pairs


class LawAreaField(PackField):
    """The country or one of its states; empty where a treaty binds more than one country."""

    unknown = _("“%(value)s” is neither the country nor one of its states. Give a code such as MX-OAX.")

    @staticmethod
    def pairs() -> Pairs:
        return [(code, saying.area(code)) for code in (country.pack().country, *country.pack().area_by_code)]

    def formfield(self, **options: Any) -> Any:
        return forms.ChoiceField(
            choices=lambda: [("", "—"), *self.pairs()],
            required=not self.blank,
            label=str(self.verbose_name).capitalize(),
            help_text=str(self.help_text),
            error_messages={"invalid_choice": self.unknown},
        )
