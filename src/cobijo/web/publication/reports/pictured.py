"""Protected tables of the published picture, as a report may show them. Nothing else of the picture is read here.

The door is the public room's own: it gives nothing that was not protected, audited and published. So a report can
show no raw count, whatever somebody writes into a form.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from django.utils.translation import gettext as _

from cobijo.engine.charts.words import number
from cobijo.sentences import catalogue, render
from cobijo.web.core.access.context import Access
from cobijo.web.figures import reading
from cobijo.web.publication.public import queries as public
from cobijo.web.publication.public import words
from cobijo.web.publication.public.shape import Picture, Table

#: Names the agencies that sent lists, and answers no question of the Committee.
NOT_FOR_REPORTS = frozenset({"overlap"})


@dataclass(frozen=True)
class Grid:
    """A table as it is printed, in the reader's language."""

    name: str
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[int, ...]
    note: str


def available() -> dict[str, str]:
    """The tables that can be chosen now, with their names; empty where no picture may be shown."""
    picture = public.published().picture
    if picture is None:
        return {}
    return {one: name(one) for one in picture.tables if one not in NOT_FOR_REPORTS}


def choices(access: Access) -> list[tuple[str, str]]:
    """For a form. The tables are published, so whoever writes a report may name any of them."""
    return sorted(available().items())


def name(table_id: str) -> str:
    """In the reader's language, whether or not it is still published."""
    code = f"report.table_{table_id}"
    return render(code, {}, reading()) if code in catalogue() else table_id


def grid(table_id: str) -> Grid | None:
    """A table as the picture shows it now; None where there is none of this name."""
    picture = public.published().picture
    if picture is None or table_id not in available():
        return None
    found = picture.tables[table_id]
    columns, rows, totals = _cells(found, picture)
    caption = _("%(table)s. %(country)s, %(period)s") % {
        "table": name(table_id), "country": words.place(picture), "period": words.period(picture),
    }  # fmt: skip
    return Grid(name(table_id), caption, columns, rows, totals, _note(picture))


def invented() -> bool:
    """Whether the published picture is of an invented country: until releases are signed off, all are."""
    return public.published().ready


def fingerprint() -> str:
    """The hash of the picture as it lies there; empty where there is none."""
    now = public.published()
    if now.folder is None:
        return ""
    return sha256((now.folder / public.PICTURE).read_bytes()).hexdigest()


def _note(picture: Picture) -> str:
    return _(
        "Children under %(age)s who stand on at least one agency’s list, each counted once. "
        "The table is protected: small numbers are hidden (·)."
    ) % {"age": picture.under_age}


def _cells(
    table: Table, picture: Picture
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[int, ...]]:
    children = render("report.column_children", {}, reading())
    if table.dimensions == ("area",):
        states, below = words.area_rows(table, picture)
        rows = tuple((one.name, number(one.children)) for one in (*states, *below))
        last = len(rows) - 1 if ("total",) in table.cells else None
        return (_dimension("area"), children), rows, () if last is None else (last,)
    if table.dimensions == ("sex", "age_band"):
        heads, by_age = words.sex_age_rows(table)
        found = tuple((age, *(number(count) for _total, count in cells)) for age, _margin, cells in by_age)
        marked = tuple(place for place, (_age, margin, _cells) in enumerate(by_age) if margin)
        return (_dimension("age_band"), *heads), found, marked
    listed = tuple((*(words.value(one) for one in key), number(count)) for key, count in table.cells.items())
    totals = tuple(n for n, key in enumerate(table.cells) if all(one == "total" for one in key))
    return (*(_dimension(one) for one in table.dimensions), children), listed, totals


def _dimension(code: str) -> str:
    known = f"report.dimension_{code}"
    return render(known, {}, reading()) if known in catalogue() else code
