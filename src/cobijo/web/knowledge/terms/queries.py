"""The vocabulary with what this country adds, and the check of a text with it."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import replace
from functools import lru_cache

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from cobijo.engine.terms import Finding, Form, Title, Vocabulary, check, load_vocabulary, with_titles
from cobijo.engine.terms.pack import titles_of
from cobijo.sentences import render
from cobijo.web.core import country
from cobijo.web.core.access.context import Access, current
from cobijo.web.core.access.policy import visible
from cobijo.web.core.screens.wording import Hint
from cobijo.web.knowledge.laws import queries as laws
from cobijo.web.knowledge.terms.models import OwnTerm

#: The reason of a country's own words; what it says of them is kept in `evidence` of the form.
OWN = "own"
LONGEST = 200_000  # characters that one check reads: some eighty pages
_of_this_visit: ContextVar[tuple[Access, Vocabulary] | None] = ContextVar("vocabulary", default=None)


def own_terms(access: Access) -> QuerySet[OwnTerm]:
    return visible(access, "own_term", OwnTerm.objects.all())


def vocabulary(access: Access) -> Vocabulary:
    """What comes with Cobijo, this country's own words, and the titles of the laws that are entered here."""
    words = own_terms(access).order_by("pk").values_list("concept", "language", "words", "preferred", "why")
    titles = laws.instruments(access).order_by("pk").values_list("code", "name")
    return _together(country.pack_name(), tuple(words), tuple(titles))


def hints(text: str, access: Access | None = None) -> list[Hint]:
    """Discouraged words of a text that somebody wrote, for a note under its field. It never keeps anybody from saving.

    Without a person only the vocabulary that comes along is asked.
    """
    acting = access or current()
    known = load_vocabulary() if acting is None else vocabulary(acting)
    return [hint(one, known) for one in check(text[:LONGEST], vocabulary=known)]


def hints_on_a_page(text: str, access: Access) -> list[Hint]:
    """The same for the fields of a page (see `core/screens/wording.py`); the vocabulary is made once a visit."""
    last = _of_this_visit.get()
    if last is None or last[0] is not access:
        last = (access, vocabulary(access))
        _of_this_visit.set(last)
    return [hint(one, last[1]) for one in check(text[:LONGEST], vocabulary=last[1])]


def hint(found: Finding, known: Vocabulary) -> Hint:
    """A finding in the reader's language; the preferred words stay in the language of the text."""
    url = reverse("terms:concept", args=[found.concept])
    return Hint(" ".join(found.term.split()), found.preferred, why(found, known), url, found.start, found.end)


def why(found: Finding, known: Vocabulary) -> str:
    if found.reason.startswith(f"{OWN}:"):
        return found.reason.removeprefix(f"{OWN}:")
    return render(f"terms.why_{found.reason}", {}, language())


def language() -> str:
    return "es" if (get_language() or "es").startswith("es") else "en"


@lru_cache(maxsize=8)
def _together(pack: str, own: tuple[tuple[str, ...], ...], titles: tuple[tuple[str, str], ...]) -> Vocabulary:
    """One vocabulary for the same rows, so that its tree of words is built once and again after a change only."""
    known = load_vocabulary()
    forms = tuple(own_form(*row) for row in own)
    entered: Iterable[Title] = (
        Title(code, one, name) for code, name in titles for one in known.languages if len(name.split()) > 1
    )
    return with_titles(replace(known, forms=(*known.forms, *forms)), (*titles_of(pack), *entered))


def own_form(concept: str, language: str, words: str, preferred: str, why: str) -> Form:
    """A country's own words as a form of the vocabulary; its reason is the sentence itself."""
    return Form(concept, language, "discouraged", words, preferred, f"{OWN}:{why}")
