"""How a figure is said: what it counts, its value with the bound, its time, its citation; in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cobijo.engine.charts import words
from cobijo.sentences import render
from cobijo.web.core import country
from cobijo.web.knowledge.evidence.comparing import PEOPLE, UNSAID
from cobijo.web.knowledge.evidence.pack import Evidence, Words, load_evidence

if TYPE_CHECKING:
    from cobijo.web.knowledge.evidence.models import Figure, Rating, Source

WORLD = "001"


def shipped() -> Evidence:
    """What the pack knows of figures."""
    return load_evidence(country.pack_name())


def language() -> str:
    return get_language() or "es"


def in_language(said: Any) -> str:
    """Words that a pack has in several languages."""
    return str(said.get(language()) or said.get(shipped().language) or "")


# --- What is counted, where, when ---------------------------------------------------------------------------------


def concept(code: str) -> str:
    """The name of what is counted; a code that this pack does not know stands as it is."""
    found = shipped().concepts.get(code)
    return in_language(found) if found else code


def area(code: str) -> str:
    if code == WORLD:
        return _("the world")
    if code == country.pack().country:
        return in_language(country.pack().names)
    found = country.pack().area_by_code.get(code)
    return in_language(found.names) if found else code


def parts() -> Mapping[str, Words]:
    """The parts of the country that the pack's figures are of, by how the register writes them.

    A closed list: free words would name a place below a state, and what is kept here is published.
    """
    read = shipped()
    told_of = [one.texts["area_part"] for one in read.figures.values()]
    return {words[read.language]: words for words in told_of if words[read.language]}


def place(figure: Figure) -> str:
    """The area, with the part of it where it is not the whole."""
    part = in_language(parts()[figure.area_part]) if figure.area_part in parts() else figure.area_part
    return f"{area(figure.area)}, {part}" if part else area(figure.area)


def ages(figure: Figure) -> str:
    low, high = figure.age_from, figure.age_to
    if low is None and high is None:
        return _("any age, or not said") if figure.unit in PEOPLE else ""
    if not low:
        return _("under %(age)s") % {"age": (high or 0) + 1}
    if high is None:
        return _("%(age)s and over") % {"age": low}
    return _("%(low)s to %(high)s years") % {"low": low, "high": high}


def period(figure: Figure) -> str:
    """`2005`, `June 2000` or both days; where the source does not say it, that it is the time of saying."""
    said = between(figure.period_from, figure.period_until)
    return said if figure.period_said else _("not said; said in %(period)s") % {"period": said}


def between(since: date, until: date) -> str:
    """A year, years, a month, or both days."""
    if (since.month, since.day, until.month, until.day) == (1, 1, 12, 31):
        return f"{since.year}" if since.year == until.year else f"{since.year}–{until.year}"
    if (since.year, since.month, since.day) == (until.year, until.month, 1) and (
        until + timedelta(days=1)
    ).day == 1:
        return f"{render(f'charts.month_{since.month}', {}, language())} {since.year}"
    both = (words.day(one.isoformat(), language()) for one in (since, until))
    return _("%(since)s to %(until)s") % dict(zip(("since", "until"), both, strict=True))


# --- How many -----------------------------------------------------------------------------------------------------


def number(value: Decimal | float) -> str:
    """With thin spaces, and decimals only where it has some."""
    if value == int(value):
        return words.number(float(value))
    whole, decimals = f"{value:.2f}".rstrip("0").split(".")
    return f"{words.number(int(whole))}.{decimals}"


def amount(figure: Figure) -> str:
    """`at least 16 000`, `20 000 to 500 000`."""
    if figure.value is None:
        if figure.low is None:
            return ""
        if figure.high is None:
            return _("at least %(number)s") % {"number": number(figure.low)}
        return _("%(low)s to %(high)s") % {"low": number(figure.low), "high": number(figure.high)}
    said = {"number": number(figure.value)}
    bare = {
        "about": _("about %(number)s"),
        "at_least": _("at least %(number)s"),
        "at_most": _("at most %(number)s"),
    }.get(figure.bound, "%(number)s") % said
    if figure.low is not None and figure.high is not None:
        return f"{bare} ({number(figure.low)}–{number(figure.high)})"
    return bare


def counted(figure: Figure) -> str:
    """`at least 16 000 children`."""
    if figure.unit == "percent":
        return f"{amount(figure)}{words.THIN}%"
    return f"{amount(figure)} {figure.get_unit_display()}"


def headline(figure: Figure) -> str:
    """One line that can stand alone."""
    parts = (counted(figure), concept(figure.concept), place(figure), period(figure))
    return " · ".join(one for one in parts if one)


def told(record: Any, field: str) -> str:
    """A text as entered; one that came with the pack and was not edited, in the reader's language."""
    text = str(getattr(record, field))
    rows = shipped().sources if hasattr(record, "who") else shipped().figures
    row = rows.get(record.code)
    said = row.texts.get(field) if row else None
    if said and text == said.get(shipped().language):
        return in_language(said)
    return text


def how_sure(rating: Rating) -> str:
    """As entered; what came with the pack and was not edited, in the reader's language."""
    key = {"scheme": rating.scheme, "area": rating.area, "year": rating.year}
    rows = (one.texts["evidence"] for one in shipped().ratings if key.items() <= one.values.items())
    said: Words = next(rows, {})
    return in_language(said) if rating.evidence in said.values() else rating.evidence


# --- Who said it --------------------------------------------------------------------------------------------------


def source_named(source: Source) -> str:
    return f"{told(source, 'who')} ({source.year})"


def citation(figure: Figure) -> str:
    """Who, when, what exactly, where it stands, and where it was read, if not in the source itself."""
    source = figure.source
    how_many, known = counted(figure), figure.age_from is not None or figure.age_to is not None
    aged = f" ({ages(figure)})" if known else ""
    parts = [
        source_named(source),
        f"{how_many[:1].upper()}{how_many[1:]}{aged}: {concept(figure.concept)}, {place(figure)}, {period(figure)}",
        told(source, "title"),
        figure.locator,
        _("Read in: %(source)s") % {"source": source.via} if source.via else "",
        source.address,
    ]
    return ". ".join(one.rstrip(".") for one in parts if one) + "."


FIELDS = {
    "concept": "evidence.differs_concept",
    "unit": "evidence.differs_unit",
    "status": "evidence.differs_status",
    "ages": "evidence.differs_ages",
    "area": "evidence.differs_area",
    "area_part": "evidence.differs_area_part",
    "period": "evidence.differs_period",
    "measure": "evidence.differs_measure",
}


def differs(name: str, one: Figure, other: Figure) -> str:
    """What a field of a finding means for these two figures, in a sentence."""
    bare = name.removesuffix(UNSAID)
    if name.endswith(UNSAID):
        return render(f"evidence.unsaid_{bare}", {}, language())
    say = {
        "concept": lambda figure: concept(figure.concept),
        "unit": lambda figure: figure.get_unit_display(),
        "status": lambda figure: figure.get_status_display(),
        "ages": ages,
        "area": lambda figure: area(figure.area),
        "area_part": place,
        "period": period,
        "measure": lambda figure: figure.get_measure_display(),
    }[bare]
    return render(FIELDS[bare], {"first": say(one), "second": say(other)}, language())  # type: ignore[no-untyped-call]


def labels() -> dict[str, str]:
    """What the fields of a figure are called where two stand side by side."""
    return {
        "source": _("Who said it"),
        "value": _("How many"),
        "concept": _("What is counted"),
        "status": _("Status"),
        "ages": _("Ages"),
        "area": _("Where"),
        "period": _("When"),
        "measure": _("Stock or flow"),
        "grade": _("Quality"),
        "method": _("Method"),
    }
