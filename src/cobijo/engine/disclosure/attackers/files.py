"""Read every file of a folder as anybody could who has downloaded it."""

from __future__ import annotations

import base64
import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote

from cobijo.engine.disclosure.attackers.grids import read_grid
from cobijo.engine.disclosure.attackers.markup import read_markup
from cobijo.engine.disclosure.attackers.shape import Folder, Row, Table, TwoLists, read_value

_COUNTS = ("children", "count", "n", "people", "persons", "cases")
_TEXT = {".txt", ".md"}
_IGNORED = {".css", ".js", ".png", ".jpg", ".woff2", ".ico"}
_LONGEST = 60_000_000


def read_folder(folder: Path) -> Folder:
    """Tables, texts and estimates of every file below `folder`, in the order of their names."""
    found = Folder()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        if path.suffix.casefold() in _IGNORED:
            continue
        if path.stat().st_size > _LONGEST or not _read_file(path, name, found):
            found.unread.append(name)
    return found


def _read_file(path: Path, name: str, found: Folder) -> bool:
    kind = path.suffix.casefold()
    if kind == ".pdf":
        return _read_pdf(path, name, found)
    if kind not in {".csv", ".tsv", ".json", ".html", ".htm", ".svg", *_TEXT}:
        return False
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        text = path.read_text(encoding="latin-1")
    if kind in {".csv", ".tsv"}:
        _read_csv(text, name, found)
    elif kind == ".json":
        return _read_json(text, name, found)
    elif kind in _TEXT:
        found.texts += [(name, line) for line in text.splitlines() if line.strip()]
    else:
        _read_page(text, name, found)
    return True


def _read_csv(text: str, name: str, found: Folder) -> None:
    first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    table = read_grid(
        name, Path(name).stem, list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    )
    if table:
        found.tables.append(table)


def _read_page(text: str, name: str, found: Folder) -> None:
    page = read_markup(text)
    for number, grid in enumerate(page.grids, start=1):
        table = read_grid(name, f"table {number}", grid)
        if table:
            found.tables.append(table)
    found.texts += [(name, line) for line in page.texts]
    for script in page.data:
        _read_json(script, name, found)
    for address in page.embedded:
        head, _, body = address.partition(",")
        try:
            inner = base64.b64decode(body).decode() if head.endswith(";base64") else unquote(body)
        except ValueError:
            continue
        _read_page(inner, name, found)


def _read_pdf(path: Path, name: str, found: Folder) -> bool:
    if find_spec("pypdf") is None:
        return False
    import pypdf

    try:
        pages = [page.extract_text() for page in pypdf.PdfReader(path).pages]
    except Exception:
        return False
    found.texts += [(name, line) for page in pages for line in page.splitlines() if line.strip()]
    return True


def _read_json(text: str, name: str, found: Folder) -> bool:
    try:
        said = json.loads(text)
    except ValueError:
        return False
    if isinstance(said, dict):
        _read_picture(said, name, found)
    for path, rows in _lists_of_objects(said, ""):
        table = _read_objects(name, path, rows)
        if table:
            found.tables.append(table)
    return True


def _read_picture(said: Mapping[str, object], name: str, found: Folder) -> None:
    """The parts of `picture.json` that are no rows: observed, threshold, two-list estimates."""
    protection = said.get("protection", said)
    threshold = protection.get("threshold") if isinstance(protection, dict) else None
    if isinstance(threshold, int) and not isinstance(threshold, bool):
        found.threshold = max(threshold, found.threshold or 0)
    parents = said.get("parents")
    for dimension, tree in parents.items() if isinstance(parents, dict) else ():
        if isinstance(tree, dict):
            plain = {str(child).casefold(): str(parent).casefold() for child, parent in tree.items()}
            found.parents.setdefault(str(dimension).casefold(), {}).update(plain)
    if "observed" in said:
        observed = said["observed"]
        if observed is None or isinstance(observed, int):
            found.tables.append(Table(name, "observed", (Row((("all", "total"),), read_value(observed)),)))
    estimates = said.get("estimates")
    for one in estimates if isinstance(estimates, list) else []:
        made = _two_lists(one, name)
        if made:
            found.estimates.append(made)


def _two_lists(one: object, name: str) -> TwoLists | None:
    if not isinstance(one, dict) or one.get("method") != "chapman":
        return None
    lists, total = one.get("lists"), one.get("total")
    if not isinstance(lists, list) or len(lists) != 2 or not isinstance(total, int | float) or total <= 0:
        return None
    # Rounded to three significant digits, unless it visibly is not.
    digits = len(str(int(total)))
    half = 0.5 * 10 ** max(0, digits - 3) if total % 10 ** max(0, digits - 3) == 0 else 0.5
    return TwoLists(name, (str(lists[0]).casefold(), str(lists[1]).casefold()), total - half, total + half)


def _lists_of_objects(said: object, path: str) -> Iterator[tuple[str, Sequence[Mapping[str, object]]]]:
    if isinstance(said, dict):
        name = said.get("id") if isinstance(said.get("id"), str) else None
        for key, value in said.items():
            below = str(name) if name and key == "rows" else f"{path}.{key}" if path else str(key)
            yield from _lists_of_objects(value, below)
    elif isinstance(said, list):
        if said and all(isinstance(one, dict) for one in said):
            yield path, said
        for one in said:
            yield from _lists_of_objects(one, path)


def _read_objects(file: str, name: str, rows: Sequence[Mapping[str, object]]) -> Table | None:
    count = next((c for c in _COUNTS if all(c in row for row in rows)), None)
    if count is None:
        return None
    found = []
    for row in rows:
        labels = {k: v for k, v in row.items() if isinstance(v, str)}
        if "name" in labels and name.endswith("lists"):
            labels["list"] = labels.pop("name")
        value = row[count]
        if not labels or not (value is None or isinstance(value, int | str)):
            return None
        ordered = tuple((k.casefold(), v.casefold()) for k, v in labels.items())
        found.append(Row(ordered, read_value(value)))
    return Table(file, name, tuple(found))
