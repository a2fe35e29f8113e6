"""A checklist of the pack, gone through for a child. The answers and the score are shown once and kept nowhere."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cobijo.sentences import render as sentence
from cobijo.web.care.children.checklists import Checklist, load_checklists, score
from cobijo.web.care.children.form_parts import CareForm, choice, yes_no
from cobijo.web.care.children.views.common import READ_AND_WRITE, named, page, the_child
from cobijo.web.core import audit, country
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.pages import acting
from cobijo.web.figures import reading

#: Of 1,000 children met in a place like this, how many are exploited; nobody knows it exactly.
SHARES = (5, 10, 20, 50, 100, 200)


class ChecklistForm(CareForm):
    """Every item with yes, no or not known; then how common it is where the child was met."""

    def __init__(self, checklist: Checklist, data: Any = None) -> None:
        language = reading()
        fields = {f"item_{one.code}": yes_no(one.text[language]) for one in checklist.items}
        if checklist.accuracy is not None:
            fields["prevalence"] = choice(
                _("Of 1,000 children whom you meet like this one, how many are exploited?"),
                [(str(one), str(one)) for one in SHARES],
                _("A rough guess, or nothing. What a score means hangs on it."),
                required=False,
            )
        super().__init__(data, None, fields)
        self.groups = (("", tuple(fields)),)

    def answers(self) -> dict[str, bool | None]:
        return {
            name.removeprefix("item_"): value
            for name, value in self.cleaned_data.items()
            if name.startswith("item_")
        }

    def prevalence(self) -> float | None:
        said = self.cleaned_data.get("prevalence")
        return int(said) / 1000 if said else None


@require_safe
def checklists(request: HttpRequest, pk: int) -> HttpResponse:
    """The checklists of the pack, with whom each was tested on."""
    access = acting()
    one = the_child(access, pk)
    check(access, "change", "child", one)
    language = reading()
    found = [
        {
            "code": each.code,
            "name": each.names[language],
            "population": each.population[language],
            "invented": each.invented,
            "items": len(each.items),
            "licence": each.licence,
        }
        for each in load_checklists(country.pack_name()).values()
    ]
    context = {"child": one, "named": named(access, one), "checklists": found}
    return page(request, "children/checklists", context)


@READ_AND_WRITE
def checklist(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Ask, and say what the score does and does not mean. It writes that one was gone through, and nothing else."""
    access = acting()
    one = the_child(access, pk)
    check(access, "change", "child", one)
    known = load_checklists(country.pack_name()).get(code)
    if known is None:
        raise Http404
    form = ChecklistForm(known, request.POST if request.method == "POST" else None)
    language = reading()
    context: dict[str, Any] = {
        "child": one, "named": named(access, one), "form": form, "name": known.names[language],
        "invented": known.invented, "population": known.population[language],
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        result = score(known, form.answers(), prevalence=form.prevalence())
        audit.record("screen", "child", [one.pk], access=access, detail={"checklist": known.code})
        head, *rest = [sentence(key, params, language) for key, params in result.lines]
        context |= {"result": result, "head": head, "lines": rest}
    return page(request, "children/checklist", context, 422 if form.errors else 200)
