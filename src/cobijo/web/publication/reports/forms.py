"""The questions of the room's pages: one a page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.requests.queries import public_requests
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.asking import Asked
from cobijo.web.knowledge.evidence import queries as evidence
from cobijo.web.publication.reports import pictured
from cobijo.web.publication.reports.models import DataTable, Paragraph
from cobijo.web.publication.reports.states import Answer


class Question(Asked):
    """Labels come from the models, where they begin small."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for field in self.fields.values():
            label = str(field.label)
            field.label = label[:1].upper() + label[1:]


def _of(model: Any, name: str, rows: int, required: bool = True) -> forms.CharField:
    """A text as the model has it: label, help and length are said once."""
    field = model._meta.get_field(name)
    return forms.CharField(
        label=field.verbose_name, help_text=field.help_text, max_length=field.max_length, required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class TextForm(Question):
    text = _of(Paragraph, "text", 9)


class EvidenceForm(Question):
    """All may stay empty: a draft rests on nothing yet. Only a finished paragraph must."""

    figure: forms.Field = forms.ModelChoiceField(queryset=None, required=False, label=_("published figure"))
    picture_table = forms.ChoiceField(required=False, label=_("protected table of the picture"))
    asked: forms.Field = forms.ModelChoiceField(
        queryset=None, required=False, label=_("public request to an authority")
    )
    request = _of(Paragraph, "request", 2, required=False)
    statistic = _of(Paragraph, "statistic", 2, required=False)

    def __init__(self, access: Access, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        figure: Any = self.fields["figure"]
        asked: Any = self.fields["asked"]
        asked.queryset = public_requests(access)
        figure.queryset = evidence.figures(access).order_by("concept", "period_from", "code")
        table: Any = self.fields["picture_table"]
        table.choices = [("", "—"), *pictured.choices(access)]


class AnswerForm(Question):
    """The first question about a table: is there one?"""

    answer = forms.ChoiceField(
        label=_("What can be answered?"), widget=forms.RadioSelect,
        choices=[
            (Answer.PICTURE, _("A protected table of the picture comes close to it")),
            (Answer.NONE, _("There are no data: say why, and what is planned")),
        ],
    )  # fmt: skip


class PictureForm(Question):
    """Which table, and how it differs. There is no field for a number, and there never is."""

    picture_table = forms.ChoiceField(label=_("protected table of the picture"))
    differs = _of(DataTable, "differs", 4)

    def __init__(self, access: Access, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        table: Any = self.fields["picture_table"]
        table.choices = [("", "—"), *pictured.choices(access)]

    def values(self) -> dict[str, Any]:
        return {"answer": Answer.PICTURE, **self.cleaned_data}


class NoDataForm(Question):
    reason = _of(DataTable, "reason", 3)
    plan = _of(DataTable, "plan", 4)

    def values(self) -> dict[str, Any]:
        return {"answer": Answer.NONE, **self.cleaned_data}
