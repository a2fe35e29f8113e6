"""What must be so of a word that a country adds."""

from __future__ import annotations

from dataclasses import replace

from cobijo.engine.terms import check, load_vocabulary
from cobijo.engine.terms.shape import ALTERNATIVE
from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.knowledge.terms.models import OwnTerm
from cobijo.web.knowledge.terms.queries import own_form


def check_own_term(by: Access, term: OwnTerm, row: int) -> None:
    """Plain words of a known concept, entered once, that discourage no name which the vocabulary prefers."""
    known = load_vocabulary()
    if term.concept not in known.by_id:
        raise InputProblem("terms.own_concept", row=row, value=term.concept)
    if any(mark in term.words for mark in "()<>|~") or not any(letter.isalpha() for letter in term.words):
        raise InputProblem("terms.own_plain", row=row)
    if OwnTerm.objects.exclude(pk=term.pk).filter(language=term.language, words__iexact=term.words).exists():
        raise InputProblem("terms.own_twice", row=row, words=term.words)
    form = own_form(term.concept, term.language, term.words, term.preferred, term.why)
    more = replace(known, forms=(form,))
    good = [one.labels[term.language] for one in known.concepts if one.status not in ("avoid", "legal-only")]
    mine = [one for one in known.forms if one.language == term.language]
    good += [one.words if one.kind == ALTERNATIVE else one.preferred for one in mine]
    for name in (*good, term.preferred):
        if check(name, term.language, vocabulary=more):
            raise InputProblem("terms.own_forbids_good", row=row, words=term.words, name=name)
    if check(term.preferred, term.language):
        raise InputProblem("terms.own_preferred_bad", row=row, preferred=term.preferred)
