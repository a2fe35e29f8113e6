"""The forms of this room: what leaves, and what is taken in."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children.form_parts import NOT_CHOSEN, CareForm, choice, day, radios
from cobijo.web.care.children.words import area_choices
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.care.systems.models import Why
from cobijo.web.care.systems.queries import agreements
from cobijo.web.care.systems.rules import other_of
from cobijo.web.care.systems.sending import Asked
from cobijo.web.core.access.context import Access

FORMATS = (("json", _("JSON, for another system")), ("xlsx", _("Workbook (XLSX)")))


class _UnderAgreement(CareForm):
    """A form that asks under which agreement."""

    agreement = choice(_("Under which agreement"), ())

    def __init__(self, access: Access, data: Any = None) -> None:
        super().__init__(data, {"form": "json"})
        chosen: Any = self.fields["agreement"]
        chosen.choices = [*NOT_CHOSEN, *((str(one.pk), _called(access, one)) for one in agreements(access))]


class SendForm(_UnderAgreement):
    """What leaves."""

    why = choice(_("What for"), Why.choices, _("It is put on record with the file."))
    since = day(_("Cases opened from"))
    until = day(_("Cases opened until"))
    form = radios(_("As"), FORMATS)

    def asked(self) -> Asked:
        said = self.cleaned_data
        return Asked(int(said["agreement"]), said["why"], said["form"], said["since"], said["until"])


class TakeForm(_UnderAgreement):
    """What is taken in: under which agreement, and what the file does not say."""

    area = choice(_("State, where the file says none"), (), required=False)

    def __init__(self, access: Access, data: Any = None) -> None:
        super().__init__(access, data)
        chosen: Any = self.fields["area"]
        chosen.choices = [*NOT_CHOSEN, *area_choices()]


def _called(access: Access, one: SharingAgreement) -> str:
    return str(other_of(access, one))
