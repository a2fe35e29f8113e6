"""The vocabulary, one concept of it, the check of a text, and the vocabulary as a file."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cobijo.engine.terms import export_skos, load_vocabulary
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens.pages import acting, uncached
from cobijo.web.knowledge.terms import queries, showing
from cobijo.web.knowledge.terms.queries import LONGEST

FILES = {"ttl": ("turtle", "text/turtle"), "jsonld": ("jsonld", "application/ld+json")}


class TextForm(forms.Form):
    text = forms.CharField(
        label=_("Text to be checked"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"class": "form-control", "rows": 12, "spellcheck": "true"}),
        error_messages={
            "required": _("Paste a text first."),
            "max_length": _("The text is too long. Divide it."),
        },
    )


def vocabulary_page(request: HttpRequest) -> HttpResponse:
    """All concepts, or those in which some words stand."""
    access = acting()
    check(access, "list", "own_term")
    known = queries.vocabulary(access)
    words = request.GET.get("q", "")[:100]
    rows = [
        {"id": one.id, "name": one.labels[queries.language()], "definition": one.definitions[queries.language()],
         "status": showing.STATUSES[one.status], "instead": showing.named(known, one.use_instead)}
        for one in showing.matching(known, words)
    ]  # fmt: skip
    context = {
        "rows": rows,
        "words": words,
        "edition": known.edition,
        "version": known.version,
        "may_add": bool(decide(access, "add", "own_term")),
        "files": list(FILES),
    }
    return _page(request, "vocabulary", context)


def concept_page(request: HttpRequest, code: str) -> HttpResponse:
    """One concept: what it means, how its name may be used, what it is not, what treaties and classifications say."""
    access = acting()
    check(access, "list", "own_term")
    known = queries.vocabulary(access)
    concept = known.by_id.get(code)
    if concept is None:
        raise Http404
    language = queries.language()
    other = next(one for one in known.languages if one != language)
    context = {
        "concept": concept,
        "name": concept.labels[language],
        "definition": concept.definitions[language],
        "other_name": concept.labels[other],
        "other_language": other,
        "status": showing.STATUSES[concept.status],
        "instead": showing.named(known, concept.use_instead),
        "broader": showing.named(known, [concept.broader] if concept.broader else []),
        "narrower": showing.named(known, [one.id for one in known.concepts if one.broader == code]),
        "unlike": showing.named(known, concept.not_the_same_as),
        "alternatives": showing.alternatives(known, code),
        "discouraged": showing.discouraged(known, code),
        "treaties": [one for one in known.anchors if one.concept == code],
        "codes": [
            {"system": one.system, "code": one.code, "label": one.labels[language], "match": showing.MATCHES[one.match],
             "evidence": one.evidence}
            for one in known.mappings
            if one.concept == code
        ],
    }  # fmt: skip
    return _page(request, "concept", context)


def check_page(request: HttpRequest) -> HttpResponse:
    """Paste a text, see its discouraged words in place. The text is neither kept nor logged."""
    access = acting()
    check(access, "list", "own_term")
    form = TextForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "longest": LONGEST}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            # A browser sends every line end as two characters; one is what the reader sees.
            text = form.cleaned_data["text"].replace("\r\n", "\n")
            found = queries.hints(text, access)
            context |= {"checked": True, "hints": found, "pieces": list(showing.pieces(text, found))}
        else:
            status = 422
    return _page(request, "check", context, status)


def file(request: HttpRequest, ending: str) -> HttpResponse:
    """The vocabulary that comes with Cobijo, as SKOS. A country's own words are exported from their register."""
    check(acting(), "list", "own_term")
    if ending not in FILES:
        raise Http404
    format, kind = FILES[ending]
    answer = HttpResponse(export_skos(load_vocabulary(), format), content_type=f"{kind}; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="cobijo-terms.{ending}"'
    return uncached(answer)


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return uncached(render(request, f"terms/{name}.html", context, status=status))
