"""Where a text quotes: official titles, titles in quotation marks, names of laws, and words that are only spoken of.

A treaty may be called as it is called. What stands inside one of these places is not marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from cobijo.engine.terms.lookup import Tree, matches_at
from cobijo.engine.terms.shape import Title
from cobijo.engine.terms.words import Word, folded


class Place(NamedTuple):
    start: int
    end: int
    legal_only: bool = False  # what the law says, quoted: its own words only, not every word


_LAW = (
    r"ley(?:es)?|codigos?|protocolos?|convenios?|convencion(?:es)?|tratados?|reglamentos?|decretos?|lineamientos|"
    r"acuerdos?|constitucion|directivas?|resolucion(?:es)?|acts?|laws?|codes?|protocols?|conventions?|treat(?:y|ies)|"
    r"regulations?|decrees?|directives?|resolutions?|statutes?|bill"
)
_LEGAL_PART = (
    r"delitos? de|tipo penal de|articulos? \d+|iccs|clasificacion|"
    r"offen[cs]es? of|articles? \d+|classification"
)
_TITLED = (
    r"titulos?|titulad[oa]s?|intitulad[oa]s?|capitulos?|rubros?|epigrafes?|seccion(?:es)?|"
    r"titled?|entitled|headings?|chapters?|sections?"
)
#: What has a title, which then stands right behind it: “the report «…»”, but not “the report says «…»”.
_WRITTEN = r"informes?|estudios?|libros?|folletos?|reports?|stud(?:y|ies)|books?|leaflets?"
#: The word itself is spoken of, not used.
_MENTION = (
    r"terminos?|expresion(?:es)?|palabras?|en lugar de|en vez de|evit(?:e|ar|en)|no dig[ao]n?|no escriba|no use[n]?|"
    r"terms?|words?|phrases?|expressions?|instead of|rather than|avoid(?:ing)?|do not (?:say|write|use)|never say"
)
_AFTER_LAW = re.compile(rf"\b(?:{_LAW}|{_LEGAL_PART})\b(?:\W+\w+){{0,8}}\W*$")
_AFTER_TITLED = re.compile(rf"\b(?:(?:{_TITLED}|{_MENTION})\b(?:\W+\w+){{0,2}}|{_WRITTEN})\W*$")
_OPENS_AS_LAW = re.compile(rf"\W*(?:{_LAW})\b")
_QUOTES = re.compile(r"«[^»]{1,400}»|“[^”]{1,400}”|„[^“”]{1,400}[“”]|\"[^\"\n]{1,400}\"|‘[^’\n]{1,400}’(?!\w)"
                     r"|(?<![\w*])\*[^*\n]{2,400}\*(?![\w*])|(?<![\w_])_[^_\n]{2,400}_(?![\w_])")  # fmt: skip
_CAPITAL_LAW = re.compile(
    r"\b(?:Ley|Código|Codigo|Protocolo|Convenio|Convención|Tratado|Reglamento|Decreto|Act|Law|Code|Protocol|"
    r"Convention|Treaty|Directive)\b"
)
_NEXT = re.compile(r"(?:,?[ \t]+|,?[ \t]*\r?\n[ \t]*)([^\W\d_][\w’'-]*)")
_SMALL = frozenset(
    {
        "de", "del", "la", "las", "los", "el", "y", "e", "o", "u", "en", "para", "por", "contra", "con", "a", "al",
        "sobre", "relativo", "relativa", "que", "su", "sus", "of", "on", "the", "and", "or", "for", "against", "in",
        "to", "from", "with", "by", "concerning", "relating", "its",
    }
)  # fmt: skip


def quoted_places(text: str, languages: dict[str, tuple[list[Word], Tree[Title]]]) -> list[Place]:
    """Every place of a text that quotes, for the languages that it is read in."""
    found = [place for one in _QUOTES.finditer(text) if (place := _quoted(text, one)) is not None]
    found += _capital_names(text)
    for language, (words, tree) in languages.items():
        found += _official(text, language, words, tree)
    return found


def _official(text: str, language: str, words: list[Word], tree: Tree[Title]) -> Iterator[Place]:
    for number, word in enumerate(words):
        if word.stem not in tree.branches:
            continue
        longest = max((last for last, _ in matches_at(tree, text, language, words, number)), default=None)
        if longest is not None:
            yield Place(word.start, words[longest].end)


def _quoted(text: str, quote: re.Match[str]) -> Place | None:
    if _OPENS_AS_LAW.match(folded(quote.group()[1:-1])):
        return Place(*quote.span())
    before = re.split(r"[.;:!?]\s|\n\s*\n", folded(text[max(0, quote.start() - 90) : quote.start()]))[-1]
    if _AFTER_TITLED.search(before):
        return Place(*quote.span())
    return Place(*quote.span(), legal_only=True) if _AFTER_LAW.search(before) else None


def _capital_names(text: str) -> Iterator[Place]:
    """“Ley para Prevenir la Prostitución Infantil”: the name goes on while its words are capital, or small links."""
    for head in _CAPITAL_LAW.finditer(text):
        end = head.end()
        for end in _following(text, head.end()):  # noqa: B007 - the last one counts
            pass
        if end > head.end():
            yield Place(head.start(), end)


def _following(text: str, at: int) -> Iterator[int]:
    """Ends of the capital words that follow, small links between them allowed."""
    while word := _NEXT.match(text, at):
        at = word.end()
        if word[1][0].isupper():
            yield at
        elif word[1] not in _SMALL:
            return
