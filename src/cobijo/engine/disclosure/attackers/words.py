"""Numbers that stand beside a hidden cell's name: alternative texts, labels of charts, lines of a PDF."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from cobijo.engine.disclosure.attackers.intervals import Range
from cobijo.engine.disclosure.attackers.knowledge import Knowledge
from cobijo.engine.disclosure.attackers.shape import HIDDEN, Finding, Folder, Labels, is_total

# Not part of a word, a range, a decimal or a percentage; thousands may be set apart.
_START = r"(?<![\w.,+<≤-])"
_NUMBER = re.compile(
    rf"{_START}\d{{1,3}}(?:[ \u00a0\u2009\u202f,]\d{{3}})+(?![\w%+–.,-]?\d|\s?%)"
    rf"|{_START}\d+(?![\w+–.,-]?\d|[+–-]|\s?%)"
)
# What is counted, in words: "MX-OAX: 7 children", "7 children in Oaxaca".
_COUNTED = r"(?:child|girl|boy|niñ|people|person|victim|víctim|case|caso|menor|adolesc)"
# A number is a count where nothing else follows that it might belong to.
_AFTER = re.compile(rf"\s*(?:$|[;,.)·|\d]|{_COUNTED})")
_BEFORE = re.compile(rf"{_START}(\d{{1,3}}(?:[ \u00a0\u2009\u202f,]\d{{3}})+|\d+) {_COUNTED}[^\d·]{{0,40}}$")
_BETWEEN_NAME_AND_NUMBER = 40
_FEWER = re.compile(
    r"(<|fewer than|less than|under|menos de|menor(es)? (que|a)|at least|al menos|threshold|umbral)\s*$"
)


def said_in_words(
    read: Folder, known: Knowledge, hidden: Iterable[Labels], ranges: Mapping[Labels, Range], k: int
) -> list[Finding]:
    """Each hidden cell whose every label stands in a short text and is followed by a number it could be."""
    shown = _numbers_of_labels(known)
    # The grand total stands in many sentences, and a hidden cell is never all there is: its margins are shown.
    all_there_is = {sight.row.value.count for sight in known.sights.get((), ())}
    by_word: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for file, text in read.texts:
        plain = " ".join(text.casefold().split())
        for word in set(re.findall(r"\w+", plain)):
            by_word[word].append((file, plain))
    found: list[Finding] = []
    for cell in hidden:
        if not cell:
            continue
        low, high = ranges.get(cell, (0, None))
        sight = next(s for s in known.sights[cell] if s.row.value.symbol is not None)
        for file, text in _candidates(cell, known, by_word):
            number = _number_of(cell, known, text)
            if (
                number is None
                or number in all_there_is
                or number < low
                or (high is not None and number > high)
            ):
                continue
            if any(number in shown[value] for _, value in cell):
                continue
            found.append(Finding(file, sight.table, sight.row.name, number, number, "words"))
    return found


def _numbers_of_labels(known: Knowledge) -> dict[str, set[int]]:
    """Label -> numbers that the tables show under it: to meet one of them in a text tells nothing new."""
    shown: dict[str, set[int]] = defaultdict(set)
    for cell, sights in known.sights.items():
        for sight in sights:
            if sight.row.value.count is not None:
                for _, value in cell:
                    shown[value].add(sight.row.value.count)
                    for part in value.split("+"):
                        shown[part].add(sight.row.value.count)
    return shown


def _candidates(
    cell: Labels, known: Knowledge, by_word: Mapping[str, list[tuple[str, str]]]
) -> list[tuple[str, str]]:
    value = max((v for _, v in cell if not is_total(v)), key=len)
    found: dict[tuple[str, str], None] = {}
    for name in (value, *sorted(known.words.get(value, ()))):
        words = re.findall(r"\w+", name)
        if words:
            rarest = min((by_word.get(w, []) for w in words), key=len)
            found |= dict.fromkeys(rarest)
    return list(found)


def _number_of(cell: Labels, known: Knowledge, text: str) -> int | None:
    """The number that the text gives to the cell, where all of its labels stand in it."""
    places: list[tuple[int, int]] = []
    for _, value in cell:
        names = (value, *known.words.get(value, ()))
        found = [
            m.span() for n in names for m in re.finditer(rf"(?<![\w&+-]){re.escape(n)}(?![\w&+-])", text)
        ]
        if not found:
            return None
        places.append(min(found))
    end = max(end for _, end in places)
    after = text[end : end + _BETWEEN_NAME_AND_NUMBER + 12]
    number = _NUMBER.search(after)
    if number is not None and number.start() <= _BETWEEN_NAME_AND_NUMBER:
        between = after[: number.start()]
        plain = HIDDEN not in between and not _FEWER.search(between)
        if plain and _AFTER.match(text, end + number.end()):
            return int(re.sub(r"\D", "", number[0]))
    before = _BEFORE.search(text[: min(start for start, _ in places)])
    if before is not None and not _FEWER.search(text[: before.start()]):
        return int(re.sub(r"\D", "", before[1]))
    return None
