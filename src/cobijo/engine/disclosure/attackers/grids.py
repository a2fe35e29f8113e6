"""A grid of strings, from CSV or an HTML table, read as a table of counts: long or crossed."""

from __future__ import annotations

from collections.abc import Sequence

from cobijo.engine.disclosure.attackers.shape import HIDDEN, Labels, Row, Table, Value, read_value

_COUNTS = ("children", "count", "people", "persons", "cases", "niñas", "niñez", "niños", "personas", "casos")
_SHARES = ("%", "percent", "share", "rate", "porcent", "tasa", "proporción")
_ESTIMATES = ("method", "método", "estimate", "estimated", "estimación", "interval", "intervalo")
_NOT_COUNTS = ("year", "age", "edad", "año", "code", "clave", "código", "period")


def read_grid(file: str, name: str, grid: Sequence[Sequence[str]]) -> Table | None:
    """None where the grid is no table of counts."""
    rows = [list(row) for row in grid if any(field.strip() for field in row)]
    if len(rows) < 2:
        return None
    width = max(len(row) for row in rows)
    rows = [row + [""] * (width - len(row)) for row in rows]
    if any(_names(h, _ESTIMATES) for h in rows[0]):
        return None
    header, body = [h.strip() or f"column {i + 1}" for i, h in enumerate(rows[0])], rows[1:]
    values = [[read_value(field) for field in row] for row in body]
    counts = _count_columns(header, values)
    if not counts:
        return None
    shares = _share_columns(header, values, body, counts)
    labels = [c for c in range(width) if c not in counts and c not in shares]
    labels = [c for c in labels if any(row[c].strip() for row in body)]
    if not labels:
        return None
    if len(counts) == 1:
        found = _long(header, body, values, labels, counts[0], shares)
    else:
        found = _crossed(header, body, values, labels, counts)
    return Table(file, name, tuple(found))


def _count_columns(header: Sequence[str], values: Sequence[Sequence[Value]]) -> list[int]:
    named = [i for i, h in enumerate(header) if _names(h, _COUNTS) or h.casefold() == "n"]
    named = [
        i for i in named if not _names(header[i], _SHARES) and _like_counts([r[i] for r in values], False)
    ]
    if named:
        return named
    columns = range(len(header))
    free = [i for i in columns if not _names(header[i], _NOT_COUNTS) and not _names(header[i], _SHARES)]
    found = [i for i in free if _like_counts([r[i] for r in values], True)]
    if not found:
        return []
    # Beside columns with numbers, a column of nothing but their symbols is one too; labels may be as short.
    symbols = {HIDDEN} | {r[i].symbol for r in values for i in found}
    return [i for i in free if i in found or all(r[i].symbol in symbols - {None} for r in values)]


def _like_counts(column: Sequence[Value], with_number: bool) -> bool:
    fits = all(v.count is not None or v.symbol is not None for v in column)
    return fits and (not with_number or any(v.count is not None for v in column))


def _share_columns(
    header: Sequence[str],
    values: Sequence[Sequence[Value]],
    body: Sequence[Sequence[str]],
    counts: Sequence[int],
) -> list[int]:
    return [
        i
        for i, h in enumerate(header)
        if i not in counts and (_names(h, _SHARES) or any(r[i].share is not None for r in values))
    ]


def _long(
    header: Sequence[str],
    body: Sequence[Sequence[str]],
    values: Sequence[Sequence[Value]],
    labels: Sequence[int],
    count: int,
    shares: Sequence[int],
) -> list[Row]:
    found = []
    for row, value in zip(body, values, strict=True):
        share = next((s for i in shares if (s := _share(row[i], value[i], header[i])) is not None), None)
        found.append(Row(_labels(header, row, labels), value[count], share))
    return found


def _crossed(
    header: Sequence[str],
    body: Sequence[Sequence[str]],
    values: Sequence[Sequence[Value]],
    labels: Sequence[int],
    counts: Sequence[int],
) -> list[Row]:
    return [
        Row((*_labels(header, row, labels), ("column", header[i].casefold())), value[i])
        for row, value in zip(body, values, strict=True)
        for i in counts
    ]


def _share(text: str, value: Value, header: str) -> tuple[float, float] | None:
    if value.share is not None:
        return value.share
    from_percent = read_value(f"{text.strip()}%").share if text.strip()[:1].isdigit() else None
    if from_percent is None or "%" in header or "cent" in header.casefold():
        return from_percent
    # A share without a percent sign may be a proportion.
    return from_percent if from_percent[1] > 0.0101 else (from_percent[0] * 100, from_percent[1] * 100)


def _labels(header: Sequence[str], row: Sequence[str], labels: Sequence[int]) -> Labels:
    return tuple((header[i].casefold(), " ".join(row[i].split()).casefold()) for i in labels)


def _names(header: str, words: Sequence[str]) -> bool:
    plain = header.casefold().replace("_", " ")
    return any(word in plain.split() if word.isalpha() else word in plain for word in words) or any(
        plain.startswith(word) for word in words if len(word) > 3
    )
