"""From a folder to a `Pack`. The first thing that cannot be read stops, with its file, row and mend."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from cobijo.engine.pack.rules import read_rules
from cobijo.engine.pack.shape import (
    Area,
    Institution,
    Network,
    OfficialId,
    Organisation,
    Pack,
    Population,
    Term,
    WeightedName,
)
from cobijo.errors import InputProblem

#: Where the packs that come with Cobijo live.
PACKS = Path(__file__).resolve().parents[2] / "packs"

#: The tables of a pack with the columns that each must have. `name_*` columns exist once per language.
TABLES: Mapping[str, tuple[str, ...]] = {
    "areas.csv": ("code", "office_code", "id_code", "short", "alternatives", "status"),
    "terms.csv": ("kind", "code", "alternatives", "evidence"),
    "institutions.csv": ("kind", "name", "abbr", "date", "fact", "evidence"),
    "given_names.csv": ("name", "sex", "weight"),
    "surnames.csv": ("name", "weight"),
    "nicknames.csv": ("nickname", "name"),
    "abbreviations.csv": ("part", "short", "full"),
    "phonetic.csv": ("find", "to", "before", "not_before", "at"),
    "networks.csv": ("code", "abbr", "source", "evidence"),
    "organisations.csv": ("code", "name", "kind", "area", "networks", "source", "evidence"),
}
#: A pack may do without these: they only fill the directory of a new site.
OPTIONAL = frozenset({"networks.csv", "organisations.csv"})
#: Without one of these there is no pack.
REQUIRED = frozenset({"pack.toml", "names.toml", "map.geojson", "map-licence.txt", *TABLES}) - OPTIONAL
#: What else lies in a pack's folder: rooms of the site read and check it, each its own; the engine opens none of it.
#: A name that ends in a stroke is a folder.
OF_THE_SITE = frozenset(
    {
        "capacity.csv", "checklists/", "concepts.toml", "duties.csv", "duty_to_report.csv",
        "escalation_rungs.csv", "figure_concepts.csv", "figure_sources.csv", "figures.csv", "holidays.csv",
        "hotlines.csv", "instruments.csv", "law_articles.csv", "law_changes.csv", "law_titles.csv",
        "offences.csv", "penalties.csv", "protection_offices.csv", "ratings.csv", "recommendations.csv",
        "request_deadlines.csv", "retention.csv", "risk_clocks.csv", "studies.csv",
    }
)  # fmt: skip
#: Columns that exist once per language of the pack, such as `name_es`.
NAMED: Mapping[str, tuple[str, ...]] = {
    "areas.csv": ("name",),
    "terms.csv": ("name",),
    "networks.csv": ("name", "about"),
}
SEXES = ("female", "male", "any")


def load_pack(name_or_path: str | Path) -> Pack:
    """Read a country pack: by name one that comes with Cobijo, else any folder.

    Raises `InputProblem` with the file and row of the first thing that cannot be read. What can be read but
    is not right (two areas with one code, an area missing on the map) is `validate_pack`'s to find.

    >>> pack = load_pack("mexico")
    >>> len(pack.areas), pack.area_by_code["MX-OAX"].names["es"]
    (32, 'Oaxaca')
    """
    folder = find_folder(name_or_path)
    head = read_toml(folder / "pack.toml")
    try:
        languages = tuple(str(language) for language in head["languages"])
        code, country, names = str(head["code"]), str(head["country"]), by_language(head["names"], languages)
        area_word = by_language(head["area_word"], languages)
        counted = head["population"]
        population = Population(
            int(counted["under_age"]), str(counted["status"]), bool(counted["unknown_age_counts_as_child"])
        )
        pinned = {str(office): str(area) for office, area in head.get("pinned_office_codes", {}).items()}
        official_id = read_official_id(head.get("official_id"), languages)
    except KeyError as missing:
        raise InputProblem("pack.setting_missing", file="pack.toml", setting=str(missing.args[0])) from None
    except (TypeError, ValueError, AttributeError):
        raise InputProblem("pack.setting_wrong", file="pack.toml") from None
    terms = [(row["kind"], read_term(row, languages)) for _, row in rows_of(folder, "terms.csv", languages)]
    given_names = tuple(weighted(folder, "given_names.csv", languages))
    surnames = tuple(weighted(folder, "surnames.csv", languages))
    return Pack(
        code=code,
        country=country,
        names=names,
        languages=languages,
        area_word=area_word,
        areas=tuple(read_area(row, languages) for _, row in rows_of(folder, "areas.csv", languages)),
        population=population,
        pinned=pinned,
        official_id=official_id,
        statuses={term.code: term for kind, term in terms if kind == "status"},
        sexes={term.code: term for kind, term in terms if kind == "sex"},
        forms=tuple(term for kind, term in terms if kind == "form"),
        institutions=tuple(
            Institution(row["kind"], row["name"], row["abbr"], row["date"], row["fact"], row["evidence"])
            for _, row in rows_of(folder, "institutions.csv", languages)
        ),
        rules=read_rules(
            read_toml(folder / "names.toml"),
            nicknames=[row for _, row in rows_of(folder, "nicknames.csv", languages)],
            abbreviations=[row for _, row in rows_of(folder, "abbreviations.csv", languages)],
            phonetic=[row for _, row in rows_of(folder, "phonetic.csv", languages)],
            given_names=given_names,
            surnames=surnames,
        ),
        given_names=given_names,
        surnames=surnames,
        networks=tuple(read_network(row, languages) for _, row in rows_of(folder, "networks.csv", languages)),
        organisations=tuple(
            read_organisation(row) for _, row in rows_of(folder, "organisations.csv", languages)
        ),
        folder=folder,
    )


def find_folder(name_or_path: str | Path) -> Path:
    """The pack's folder; a bare name means one that comes with Cobijo before one in the working folder."""
    own = PACKS / str(name_or_path)
    if Path(name_or_path).name == str(name_or_path) and (own / "pack.toml").is_file():
        return own
    folder = Path(name_or_path)
    if not (folder / "pack.toml").is_file():
        known = ", ".join(sorted(path.parent.name for path in PACKS.glob("*/pack.toml")))
        raise InputProblem("pack.unknown", pack=str(name_or_path), known=known)
    return folder.resolve()


def read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise InputProblem("pack.file_missing", file=path.name) from None
    except UnicodeDecodeError:
        raise InputProblem("pack.not_utf8", file=path.name) from None
    except tomllib.TOMLDecodeError as wrong:
        raise InputProblem("pack.toml_wrong", file=path.name, where=str(wrong)) from None


def rows_of(folder: Path, file: str, languages: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of one of the engine's tables, as `table_rows` reads them."""
    needed = TABLES[file] + tuple(
        f"{one}_{language}" for one in NAMED.get(file, ()) for language in languages
    )
    return table_rows(folder, file, needed, optional=file in OPTIONAL)


def table_rows(
    folder: Path, file: str, columns: Collection[str], *, optional: bool = False, filled: Collection[str] = ()
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of any table of a pack with their line numbers: cells without outer spaces, a missing cell is empty.

    Columns that nobody asked for are notes. `filled`: those in which every row says something. Raises `InputProblem`
    for what cannot be read; a file that is `optional` may be missing.
    """
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        if optional:
            return
        raise InputProblem("pack.file_missing", file=file) from None
    except UnicodeDecodeError:
        raise InputProblem("pack.not_utf8", file=file) from None
    reader = csv.DictReader(text.splitlines())
    for column in columns:
        if column not in (reader.fieldnames or ()):
            raise InputProblem("pack.column_missing", file=file, column=column)
    for row in reader:
        if None in row:
            raise InputProblem("pack.row_too_long", file=file, row=reader.line_num)
        cells = {column: (row[column] or "").strip() for column in columns}
        for column in filled:
            if not cells[column]:
                raise InputProblem("pack.empty", file=file, column=column, row=str(reader.line_num))
        yield reader.line_num, cells


def in_languages(columns: Iterable[str], languages: Iterable[str]) -> list[str]:
    """Names of columns; `name_{}` stands for one column in each language.

    >>> in_languages(("code", "name_{}"), ("es", "en"))
    ['code', 'name_es', 'name_en']
    """
    return [
        name
        for one in columns
        for name in ([one.format(each) for each in languages] if "{}" in one else [one])
    ]


def weighted(folder: Path, file: str, languages: tuple[str, ...]) -> Iterator[WeightedName]:
    for line, row in rows_of(folder, file, languages):
        try:
            weight = float(row["weight"])
        except ValueError:
            weight = -1.0
        if not 0 < weight < float("inf"):
            raise InputProblem("pack.weight_wrong", file=file, row=line, value=row["weight"])
        sex = row.get("sex", "")
        if file == "given_names.csv" and sex not in SEXES:
            raise InputProblem("pack.sex_wrong", file=file, row=line, value=sex)
        yield WeightedName(row["name"], sex, weight)


def read_area(row: Mapping[str, str], languages: tuple[str, ...]) -> Area:
    names = {language: row[f"name_{language}"] for language in languages}
    return Area(
        row["code"],
        row["office_code"],
        row["id_code"],
        names,
        row["short"],
        split(row["alternatives"]),
        row["status"],
    )


def read_term(row: Mapping[str, str], languages: tuple[str, ...]) -> Term:
    names = {language: row[f"name_{language}"] for language in languages}
    return Term(row["code"], names, split(row["alternatives"]), row["evidence"])


def read_network(row: Mapping[str, str], languages: tuple[str, ...]) -> Network:
    names, about = ({one: row[f"{column}_{one}"] for one in languages} for column in ("name", "about"))
    return Network(row["code"], names, row["abbr"], about, row["source"], row["evidence"])


def read_organisation(row: Mapping[str, str]) -> Organisation:
    return Organisation(
        row["code"],
        row["name"],
        row["kind"],
        row["area"],
        split(row["networks"]),
        row["source"],
        row["evidence"],
    )


def read_official_id(settings: Any, languages: tuple[str, ...]) -> OfficialId | None:
    if settings is None:
        return None
    rest = {key: value for key, value in settings.items() if key not in ("kind", "names")}
    return OfficialId(str(settings["kind"]), by_language(settings["names"], languages), rest)


def by_language(names: Mapping[str, Any], languages: tuple[str, ...]) -> dict[str, str]:
    return {language: str(names[language]) for language in languages}


def split(cell: str) -> tuple[str, ...]:
    """A cell with several values: `EDOMEX|Edo. Méx.`."""
    return tuple(part.strip() for part in cell.split("|") if part.strip())
