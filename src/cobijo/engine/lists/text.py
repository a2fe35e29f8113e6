"""Small text tools for columns: folding, trimming, words that mean "not known", and work on unique values."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_NOT_WORD = re.compile(r"[\W_]+", re.UNICODE)
_ASCII_NOISE = {code: None for code in range(128) if not chr(code).isalnum()}
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060\ufeff\ufffe\uffff]")

#: Texts that offices write where they know nothing, folded. A value that is one of these is an empty cell.
MISSING = frozenset(
    [
        "na",
        "nd",
        "sd",
        "nr",
        "ns",
        "nc",
        "null",
        "none",
        "nan",
        "nil",
        "nat",
        "desconocido",
        "desconocida",
        "desconoce",
        "sedesconoce",
        "unknown",
        "notknown",
        "unk",
        "noespecificado",
        "noespecificada",
        "noespecifica",
        "noidentificado",
        "noidentificada",
        "noaplica",
        "notavailable",
        "notapplicable",
        "sindato",
        "sindatos",
        "sininformacion",
        "seignora",
        "ignorado",
        "ignorada",
        "nodisponible",
        "noproporcionado",
        "noproporcionada",
        "nodata",
        "missing",
        "pendiente",
        "porconfirmar",
        "99",
        "999",
        "9999",
        "nonspecifiedunknown",
        "notspecifiedunknown",
        "notspecified",
    ]
)
LONGEST_MISSING = 40
_MISSING_STARTS = frozenset(c for word in MISSING for c in (word[0], word[0].upper()))
#: Fewer of them for names: "Na" and "Nan" are names, a lone initial is not "no data".
MISSING_NAME = MISSING - frozenset(["na", "nan", "nil", "nat", "nc", "ns", "nr", "none"])


#: Texts that are not plain: signs beyond letters of Latin languages, stray spaces, formulas, nothing but
#: punctuation.
_ODD = "[^ -~À-ž]|  |^ | $|^[=+@-]|^[^0-9A-Za-zÀ-ž]*$"
#: The same, or perhaps a word for "not known".
_ODD_OR_MISSING = f"{_ODD}|^[{''.join(sorted(_MISSING_STARTS))}].{{0,{LONGEST_MISSING - 1}}}$"
_FORMULA_SIGNS = frozenset("=+-@＝＋－＠")


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """Lower case without accents, marks, spaces and punctuation.

    >>> fold("  Fecha de  Nacimiento_1 ")
    'fechadenacimiento1'
    """
    if text.isascii():
        return text.lower().translate(_ASCII_NOISE)
    plain = unicodedata.normalize("NFKD", text)
    if max(text) < "\u0100":
        return plain.encode("ascii", "ignore").decode().lower().translate(_ASCII_NOISE)
    return _NOT_WORD.sub("", "".join(c for c in plain if not unicodedata.combining(c)).casefold())


def tidy(text: str) -> str:
    """Composed characters, single spaces, no control characters.

    >>> tidy(" Ana  Lupe\\x00 ")
    'Ana Lupe'
    """
    if text.isprintable() and "  " not in text and (text.isascii() or unicodedata.is_normalized("NFC", text)):
        return text.strip()
    return _SPACE.sub(" ", _CONTROL.sub("", unicodedata.normalize("NFC", text))).strip()


def has_control(text: str) -> bool:
    """Whether a text holds characters that no keyboard writes (NUL bytes, direction marks)."""
    return not text.isprintable() and _CONTROL.search(text) is not None


def is_missing(text: str, *, name: bool = False) -> bool:
    """Whether a tidy text says that nothing is known: empty, only punctuation, or one of `MISSING`.

    >>> is_missing("S/D"), is_missing("-"), is_missing("Na", name=True)
    (True, True, False)
    """
    if len(text) > LONGEST_MISSING or (text[:1].isalpha() and text[0] not in _MISSING_STARTS):
        return False
    folded = fold(text)
    return not folded or folded in (MISSING_NAME if name else MISSING)


def map_unique(column: pa.Array, function: Callable[[str], Any], kind: pa.DataType) -> pa.Array:
    """Apply a function to every different text of a column once. Nulls stay null."""
    encoded = column.dictionary_encode()
    values = pa.array([function(v) for v in encoded.dictionary.to_pylist()], type=kind)
    return values.take(encoded.indices)


def map_unique_many(
    column: pa.Array, function: Callable[[str], tuple[Any, ...]], kinds: list[pa.DataType]
) -> list[pa.Array]:
    """Like `map_unique` for a function that gives a tuple: one array for each place of the tuple."""
    encoded = column.dictionary_encode()
    answers = [function(v) for v in encoded.dictionary.to_pylist()]
    columns = zip(*answers, strict=True) if answers else [() for _ in kinds]
    return [
        pa.array(values, type=kind).take(encoded.indices) for values, kind in zip(columns, kinds, strict=True)
    ]


def map_suspects(
    column: pa.Array, look: Callable[[str], tuple[str | None, int]], *, limit: int, verbatim: bool
) -> tuple[pa.Array, pa.Array]:
    """Tidy a column: plain texts pass as they are, and only those that may need it are given to `look`.

    `look` gives the tidy text (None: nothing is known) and what was wrong with it as bits. Shape: as the
    column.
    """
    encoded = column.dictionary_encode()
    texts = encoded.dictionary
    flags = pa.repeat(pa.scalar(0, pa.int8()), len(texts))
    suspect = pc.match_substring_regex(texts, _ODD if verbatim else _ODD_OR_MISSING)
    suspect = pc.or_(suspect, pc.greater(pc.utf8_length(texts), limit))
    if pc.any(suspect).as_py():
        answers = [look(v) for v in texts.filter(suspect).to_pylist()]
        texts = pc.replace_with_mask(texts, suspect, pa.array([a[0] for a in answers], pa.string()))
        flags = pc.replace_with_mask(flags, suspect, pa.array([a[1] for a in answers], pa.int8()))
    return texts.take(encoded.indices), flags.take(encoded.indices)


def nulls(length: int, kind: pa.DataType) -> pa.Array:
    """An empty column."""
    return pa.nulls(length, type=kind)


def safe_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe goes before `=`, `+`, `-`, `@`, tab and
    return.

    >>> safe_cell("=1+1"), safe_cell("Ana")
    ("'=1+1", 'Ana')
    """
    return "'" + text if is_formula(text) or (text[:1] in "\t\r\n" and text) else text


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text (OWASP: CSV injection)."""
    return text.lstrip()[:1] in _FORMULA_SIGNS and len(text.strip()) > 1


def join_texts(*columns: pa.Array) -> pa.Array:
    """Texts of several columns with a space between; null where all are null.

    (`null_handling="skip"` of Arrow's own join drops rows that are null throughout, pyarrow 26.)
    """
    joined = pc.binary_join_element_wise(*(pc.fill_null(c, "") for c in columns), " ")
    tidied = pc.utf8_trim_whitespace(pc.replace_substring_regex(joined, " {2,}", " "))
    return pc.if_else(pc.equal(tidied, ""), pa.scalar(None, pa.string()), tidied)
