"""Search before create: who is here already, then a new record; and the question to other organisations.

All steps are one address and only posted, so that no name stands in an address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cobijo.engine.pack.shape import plain_word as fold
from cobijo.errors import CobijoError
from cobijo.sentences import render as sentence
from cobijo.web.care.children import elsewhere, noticing, queries, services
from cobijo.web.care.children.forms import AskForm, ChildForm, SearchForm
from cobijo.web.care.children.models import Concern
from cobijo.web.care.children.views.common import READ_AND_WRITE, number, page, said_plainly
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens.pages import acting
from cobijo.web.core.vault import sealing
from cobijo.web.figures import reading

#: Of the index's weights: from here a full name agrees as written, or one that sounds alike with the year of birth.
MUCH = elsewhere.LEAST_MATCH
COMPARED = ("given", "surname1", "surname2", "birth_date", "official_id", "chosen_name")


@READ_AND_WRITE
def search(request: HttpRequest) -> HttpResponse:
    """Step by step: what is known, who fits, none of these, the new record."""
    access = acting()
    check(access, "add", "child")
    concern = _concern(access, number(request.POST.get("concern") or request.GET.get("concern")))
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step in {"new", "save"}:
        return _new(request, access, concern, save=step == "save")
    asked = request.method == "POST"
    form = SearchForm(request.POST if asked else None, None if asked else _known(access, concern))
    context: dict[str, Any] = {"form": form, "concern": concern, "ask": AskForm()}
    problem: CobijoError | None = None
    if asked and form.is_valid():
        known = {name: value for name, value in form.values().items() if value}
        if step == "elsewhere":
            try:
                context |= {"answer": _ask(access, request, known)}
            except Forbidden:
                raise
            except CobijoError as wrong:
                problem = wrong
        found = queries.search(access, purpose="intake", **known)
        context |= {
            "searched": True,
            "enough": bool(known),
            "hits": _hits(access, found.children, known),
            "concerns": [one for one in found.concerns if concern is None or one.pk != concern.pk],
            "not_the_same": " ".join(str(one.child_id) for one in found.children),
            "may_ask": bool(decide(access, "add", "question")),
        }
    context["problem"] = said_plainly(problem, form)
    failed = problem is not None or bool(form.errors)
    return page(request, "children/search", context, 422 if failed else 200)


def _ask(access: Access, request: HttpRequest, known: Mapping[str, Any]) -> str:
    """The one answer, whatever other organisations hold."""
    purpose = request.POST.get("purpose", "")
    asked = elsewhere.ask_elsewhere(by=access, purpose=purpose, known=known)
    return sentence(asked.code, {}, reading())


def _new(request: HttpRequest, access: Access, concern: Concern | None, *, save: bool) -> HttpResponse:
    """A new record, filled with what was searched; the children that were shown stand as other children."""
    shown = request.POST.get("not_the_same", "")
    form = ChildForm(request.POST) if save else ChildForm(None, _typed(request, access, concern))
    problem: CobijoError | None = None
    if save and form.is_valid():
        row = form.values() | {"not_the_same": [number(one) for one in shown.split()]}
        try:
            if concern is None:
                [made] = services.register(by=access, rows=[row])
            else:
                [made] = noticing.take(by=access, rows=[{"pk": concern.pk, **row}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("children:child", made.pk)
    failed = problem is not None or bool(form.errors)
    context = {"form": form, "concern": concern, "shown": shown, "problem": said_plainly(problem, form)}
    return page(request, "children/new", context, 422 if failed else 200)


def _typed(request: HttpRequest, access: Access, concern: Concern | None) -> dict[str, Any]:
    known = dict(_known(access, concern))
    for name in SearchForm.base_fields:
        if request.POST.get(name):
            known[name] = request.POST[name]
    if known.get("birth_date"):
        known["age_known"] = "known"
    return known


def _concern(access: Access, pk: int) -> Concern | None:
    if not pk:
        return None
    found = queries.waiting(access).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def _known(access: Access, concern: Concern | None) -> Mapping[str, Any]:
    """What the concern says of who the child is."""
    if concern is None or not sealing.is_open():
        return {}
    said = queries.opened(access, "concern", [concern], purpose="intake")[0]
    return {name: said[name] for name in noticing.WHO if name in said}


def _hits(access: Access, found: Sequence[queries.Here], known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Children that fit, and why. A colleague's child has a code and a desk, no name."""
    near = [one.child_id for one in found if one.within_reach]
    rows = list(queries.children(access).filter(pk__in=near)) if near and sealing.is_open() else []
    told = queries.who_all(access, rows, purpose="intake", fields=COMPARED)
    return [_hit(one, told.get(one.child_id), known) for one in found]


def _hit(here: queries.Here, said: Mapping[str, Any] | None, known: Mapping[str, Any]) -> dict[str, Any]:
    much = here.weight >= MUCH
    why = [_("Much of it agrees") if much else _("Some of it agrees")]
    hit: dict[str, Any] = {"here": here, "why": why, "name": ""}
    if said is None:
        return hit
    names = [said.get("given"), said.get("surname1"), said.get("surname2")]
    hit["name"] = " ".join(str(one) for one in names if one) or str(said.get("chosen_name") or "")
    hit["called"], hit["born"] = said.get("chosen_name"), said.get("birth_date")
    hit["why"] = _reasons(said, known) or why
    return hit


def _reasons(said: Mapping[str, Any], known: Mapping[str, Any]) -> list[str]:
    """Which parts agree as written; what only sounds alike is said as such."""
    words = {
        "given": (_("the same given names"), _("given names that are much alike")),
        "surname1": (_("the same first surname"), _("a first surname that is much alike")),
        "surname2": (_("the same second surname"), _("a second surname that is much alike")),
    }
    found = []
    for name, (same, alike) in words.items():
        mine, theirs = fold(str(known.get(name) or "")), fold(str(said.get(name) or ""))
        if mine and theirs:
            found += [same] if mine == theirs else [alike] if mine[:1] == theirs[:1] else []
    born = str(known.get("birth_date") or "")
    if born and said.get("birth_date"):
        if born == said["birth_date"]:
            found.append(_("the same day of birth"))
        elif born[:4] == said["birth_date"][:4]:
            found.append(_("the same year of birth"))
    if known.get("official_id") and known["official_id"] == said.get("official_id"):
        found.append(_("the same official id"))
    return found
