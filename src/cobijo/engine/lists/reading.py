"""Read an agency's list: any file, any headers, one canonical record, and a sentence for everything that is
wrong.

A file is opened by its content (`formats`), its headers are matched (`mapping`), its dates are surveyed
(`survey`), and
its blocks are cleaned (`cleaning`) and checked (`checks`) one after another, so that the memory used depends
on the
canonical records and not on the file.
"""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from cobijo.engine.lists.checks import Checker, linkable
from cobijo.engine.lists.cleaning import Cleaner, Columns
from cobijo.engine.lists.formats import open_source, sound
from cobijo.engine.lists.mapping import ListMapping, Plan, load_mapping, plan
from cobijo.engine.lists.problems import ProblemLog
from cobijo.engine.lists.schema import SCHEMA, AgencyList
from cobijo.engine.lists.source import Block, Source
from cobijo.engine.lists.survey import survey
from cobijo.engine.pack import Pack
from cobijo.engine.progress import Progress, silent
from cobijo.errors import CobijoError, InputProblem

_ENDINGS = (".gz", ".csv", ".txt", ".tsv", ".xlsx", ".xlsm", ".parquet", ".jsonl", ".ndjson", ".json")
#: Who somebody is: a list must fill at least one of these, or none of its rows could be linked.
_WHO = frozenset(
    {
        "full_name",
        "given_names",
        "given1",
        "surnames",
        "surname1",
        "official_id",
        "birth_date",
        "birth_year",
        "address",
    }
)
#: What the picture asks of a list beyond linking: said once, for the whole file.
_PICTURE = ("capture_date", "status", "birth_date", "age_at_capture", "sex", "area")


def read_list(
    path: Path | str,
    *,
    name: str | None = None,
    mapping: Path | None = None,
    pack: Pack,
    today: date | None = None,
    progress: Progress | None = None,
) -> AgencyList:
    """Read one list.

    `path`: CSV in any encoding and delimiter (also .gz), XLSX, Parquet or JSON Lines. `name`: how the list
    is called in
    records and tables (the file's stem unless given). `mapping`: a TOML file for headers that are not
    recognised (see
    docs/reference/lists.md). `today`: dates after it are impossible (the machine's date unless given).

    Raises `InputProblem` when the file as a whole cannot be read, `WrongUsage` for a wrong mapping. What is
    wrong with
    a single row or value is no error: it is in `problems`, and unusable rows are in `rejected`.
    """
    path = Path(path)
    report = progress or silent
    try:
        return _read(
            path, name or list_name(path), load_mapping(mapping), pack, today or local_today(), report
        )
    except CobijoError as error:
        error.params["file"] = error.params.get("file") or path.name
        raise


def local_today() -> date:
    """The date where the list is read."""
    return datetime.now().astimezone().date()


def list_name(path: Path) -> str:
    """A list's name from its file: the stem, without the endings of known kinds.

    >>> list_name(Path("data/health.csv.gz"))
    'health'
    """
    stem = sound(path.name)
    while (ending := Path(stem).suffix.lower()) in _ENDINGS and stem != ending:
        stem = stem[: -len(ending)]
    return stem


def file_digest(path: Path) -> str:
    """SHA-256 of a file. Raises `InputProblem` when there is no such file or it cannot be opened."""
    if not path.is_file():
        raise InputProblem("lists.no_such_file")
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputProblem("lists.unreadable") from error


def _read(
    path: Path, name: str, mapping: ListMapping, pack: Pack, today: date, progress: Progress
) -> AgencyList:
    digest = file_digest(path)
    source = open_source(path, mapping)
    headers = plan(source.headers, mapping)
    log = ProblemLog(sound(path.name))
    if not _WHO & (headers.sources.keys() | mapping.constants.keys()):
        shown = ", ".join(source.headers[:12])
        raise InputProblem("lists.nobody", headers=shown[:300])
    for note in source.notes:
        log.add_note(note)
    _note_headers(source, headers, mapping, log)
    found = survey(source, headers, mapping, log, progress)
    cleaner = Cleaner(source.headers, headers, mapping, found, pack, log, today)
    checker = Checker(pack, log, cleaner.header, today)
    reader = _Blocks(name, source.headers, cleaner, checker, log)
    for block in source.blocks(None):
        reader.take(block)
        progress("lists.read", reader.rows, max(found.rows, reader.rows))
    if not reader.rows:
        raise InputProblem("lists.no_rows")
    _note_columns(reader, cleaner, log)
    columns = {t: source.headers[places[0]] for t, places in headers.sources.items()}
    records = pa.concat_tables(reader.records) if reader.records else SCHEMA.empty_table()
    return AgencyList(name, sound(path.name), digest, records, log.table(), reader.rejected_table(), columns)


class _Blocks:
    """Takes the blocks of a file one by one and keeps records, rejected rows and counts."""

    def __init__(
        self, name: str, headers: list[str], cleaner: Cleaner, checker: Checker, log: ProblemLog
    ) -> None:
        self.name = name
        self.headers = headers
        self.cleaner = cleaner
        self.checker = checker
        self.log = log
        self.rows = 0
        self.records: list[pa.Table] = []
        self.rejected: list[pa.Table] = []
        self.longest = 0
        self.filled = dict.fromkeys(_PICTURE, 0)

    def take(self, block: Block) -> None:
        self.rows += len(block.rows) + len(block.broken)
        for note in block.notes:
            self.log.add_note(note)
        if block.broken:
            self._reject_broken(block)
        block = self._without_headers(block)
        if not len(block.rows):
            return
        columns = self.checker.check(block.rows, self.cleaner.clean(block))
        usable = linkable(columns)
        if not pc.all(usable).as_py():
            lost = pc.invert(usable)
            rows = block.rows.filter(lost)
            self.log.add_many("lists.row_unlinkable", "row", rows, None, pa.nulls(len(rows), pa.string()))
            self._reject(block, lost)
        self.records.append(self._table(block.rows, columns).filter(usable))
        for target in _PICTURE:
            self.filled[target] += len(columns[target]) - columns[target].null_count

    def _without_headers(self, block: Block) -> Block:
        """Take out rows that repeat the header line, as printed pages pasted together do."""
        used = sorted({places[0] for places in self.cleaner.plan.sources.values()})[:4]
        if len(used) < 2 or not len(block.rows):
            return block
        again = pc.fill_null(pc.equal(block.columns[used[0]], self.headers[used[0]]), False)
        for place in used[1:]:
            again = pc.and_(again, pc.fill_null(pc.equal(block.columns[place], self.headers[place]), False))
        if not pc.any(again).as_py():
            return block
        rows = block.rows.filter(again)
        self.log.add_many("lists.header_again", "row", rows, None, pa.nulls(len(rows), pa.string()))
        self._reject(block, again)
        keep = pc.invert(again)
        return Block(block.rows.filter(keep), [c.filter(keep) for c in block.columns], [], [])

    def _reject(self, block: Block, mask: pa.Array) -> None:
        columns = [block.rows.filter(mask), *(c.filter(mask) for c in block.columns)]
        self.rejected.append(pa.Table.from_arrays(columns, names=["row", *self.headers]))

    def _reject_broken(self, block: Block) -> None:
        """Rows that do not fit the header keep all their cells; those beyond it stand under numbered
        headers."""
        width = max(len(self.headers), *(len(b.cells) for b in block.broken))
        names = [*self.headers, *(f"(+{i + 1})" for i in range(width - len(self.headers)))]
        cells = [[b.cells[i] if i < len(b.cells) else None for b in block.broken] for i in range(width)]
        rows = pa.array([b.row for b in block.broken], type=pa.int32())
        self.rejected.append(
            pa.Table.from_arrays(
                [rows, *(pa.array(c, type=pa.string()) for c in cells)], names=["row", *names]
            )
        )

    def rejected_table(self) -> pa.Table:
        """All rejected rows in the order of the file."""
        empty = pa.schema([("row", pa.int32()), *((h, pa.string()) for h in self.headers)]).empty_table()
        whole = pa.concat_tables([empty, *self.rejected], promote_options="default")
        return whole.sort_by("row").combine_chunks()

    def _table(self, rows: pa.Array, columns: Columns) -> pa.Table:
        count = len(rows)
        prefix = pa.repeat(pa.scalar(f"{self.name}:"), count)
        whole = {
            "record_id": pc.binary_join_element_wise(prefix, rows.cast(pa.string()), ""),
            "list": pa.repeat(pa.scalar(self.name), count),
            "row": rows,
            **columns,
        }
        return pa.Table.from_arrays([whole[field.name] for field in SCHEMA], schema=SCHEMA)


def _note_headers(source: Source, headers: Plan, mapping: ListMapping, log: ProblemLog) -> None:
    for target, header in headers.missing:
        # One mapping may serve several lists: only a field that nothing else fills is lost.
        severity = "note" if target in headers.sources else "field"
        log.add("lists.mapping_column_absent", severity, column=header, target=target)
    for target, taken, left in headers.doubled:
        log.add(
            "lists.two_columns",
            "field",
            column=source.headers[left],
            taken=source.headers[taken],
            target=target,
        )
    if headers.unused:
        shown = ", ".join(source.headers[i] for i in headers.unused)
        log.add("lists.columns_unused", "note", value=shown, count=len(headers.unused))


def _note_columns(reader: _Blocks, cleaner: Cleaner, log: ProblemLog) -> None:
    """What is worth one line for the whole file: how a column was understood, and what the picture will
    miss."""
    for (code, header), count in sorted(cleaner.traits.items()):
        if count:
            log.add(code, "note", column=header, count=count)
    for target in _PICTURE:
        empty = reader.rows - reader.filled[target]
        if not reader.filled[target] and cleaner.header(target) is None:
            log.add("lists.field_absent", "note", target=target)
        elif not reader.filled[target] or (target in ("capture_date", "status") and empty):
            log.add(
                "lists.field_often_empty", "note", column=cleaner.header(target), target=target, count=empty
            )
