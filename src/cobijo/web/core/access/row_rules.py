"""The conditions of row-level security, as SQL: what a row must be for the database to show it or to take it.

They read what `second_line` told for the transaction (`app.reads` and the others); a setting that is missing or empty
is an empty array, so that nothing is shown, and never an error. Each setting is read in a sub-select, so once a
statement and not once a row: with 500 scopes and 250,000 rows that is 0.2 s instead of 11 s.
"""

from __future__ import annotations

from dataclasses import dataclass

_NOWHERE = "'{}'::bigint[]"


def _setting(name: str, kind: str) -> str:
    return f"COALESCE(NULLIF(current_setting('app.{name}', true), '')::{kind}[], '{{}}')"


_SCOPES, _OWN, _DROPS, _GLASS_SCOPES = (
    _setting(name, "bigint") for name in ("scopes", "own", "drops", "glass_scopes")
)
_GLASS, _GLASS_KINDS = _setting("glass", "text"), _setting("glass_kinds", "text")
#: Whoever adds or changes a kind may put rows of it into a drop.
_PUTS = " || ".join(_setting(name, "text") for name in ("adds", "adds_own", "changes", "changes_own"))
_ACCOUNT = "(SELECT NULLIF(NULLIF(current_setting('app.account', true), ''), '0')::bigint)"


def _once(places: str) -> str:
    return f"(SELECT {places})::bigint[]"


@dataclass(frozen=True)
class Conditions:
    """For a SELECT; for what an INSERT adds; for what an UPDATE or DELETE may touch, and what a row may become."""

    read: str
    added: str
    changed: str
    becomes: str


def of_one_kind(kind: str, *, author: str | None, under: tuple[str, str] | None) -> Conditions:
    """For a table whose rows are all of one kind. The places of that kind are one array, which the index looks up."""
    drops = f"(CASE WHEN {_PUTS} && '{{*,{kind}}}' THEN {_DROPS} ELSE {_NOWHERE} END)"
    glass_scopes = f"(CASE WHEN '{kind}' = ANY ({_GLASS_KINDS}) THEN {_GLASS_SCOPES} ELSE {_NOWHERE} END)"
    reads, adds, changes = (_places(kind, verb) for verb in ("reads", "adds", "changes"))
    ways = [f"(SELECT cardinality({_DROPS}) + cardinality({_GLASS_SCOPES}) = 0)", _lies_in(reads)]
    if author is not None:
        ways.append(f'({_lies_in(drops)} AND "{author}" = {_ACCOUNT})')
    ways.append(f"({_lies_in(glass_scopes)} AND ({' OR '.join(_under_glass(kind, under))}))")
    wide = f"{reads} || {drops} || {glass_scopes}" if author is not None else f"{reads} || {glass_scopes}"
    return Conditions(
        read=f"{_lies_in(wide)} AND {_any_of(ways)}",
        added=_lies_in(f"{adds} || {drops}"),
        changed=_lies_in(changes),
        becomes=_lies_in(f"{changes} || {drops}"),
    )


def of_many_kinds(table: str, *, author: str | None, key_of: str | None) -> Conditions:
    """For a table whose rows say in `kind` and `record_id` what they belong to: histories, blind tokens.

    `key_of` names the table of the records whose key a row's `key_id` is: who sees such a record in an emergency sees
    the past of all that lies under it.
    """
    drop = f"{_lies_in(_DROPS)} AND {_is_among(_PUTS)}"
    ways = [_of_kind("reads")]
    if author is not None:
        ways.append(f'({drop} AND "{author}" = {_ACCOUNT})')
    opened = [_is_open("kind || ':' || record_id")]
    if key_of is not None:
        same = f'SELECT 1 FROM "{key_of}" above WHERE above.key_id = "{table}".key_id'  # noqa: S608 - names in code
        opened.append(f"EXISTS ({same})")
    ways.append(f"({_lies_in(_GLASS_SCOPES)} AND {_is_among(_GLASS_KINDS)} AND ({' OR '.join(opened)}))")
    wide = f"{_SCOPES} || {_DROPS} || {_GLASS_SCOPES}"
    return Conditions(
        read=f"{_lies_in(wide)} AND {_any_of(ways)}",
        # A change of a record adds to its history.
        added=f"{_of_kind('adds')} OR {_of_kind('changes')} OR ({drop})",
        changed=_of_kind("changes"),
        becomes=f"{_of_kind('changes')} OR ({drop})",
    )


def _places(kind: str, verb: str) -> str:
    """Where a kind is read, added or changed: all of the person's places, the own ones, or none."""
    return (
        f"(CASE WHEN {_setting(verb, 'text')} && '{{*,{kind}}}' THEN {_SCOPES}"
        f" WHEN '{kind}' = ANY ({_setting(f'{verb}_own', 'text')}) THEN {_OWN} ELSE {_NOWHERE} END)"
    )


def _lies_in(places: str) -> str:
    return f"scope_id = ANY ({_once(places)})"


def _of_kind(verb: str) -> str:
    """The same for a row that names its kind itself."""
    everywhere, own = _setting(verb, "text"), _setting(f"{verb}_own", "text")
    return (
        f"(({_lies_in(_SCOPES)} AND {_is_among(everywhere)})"
        f" OR ({_lies_in(_OWN)} AND kind = ANY ((SELECT {own})::text[])))"
    )


def _any_of(ways: list[str]) -> str:
    """One of the ways, said so that the planner takes it for nearly always true, as it is.

    As a plain OR it would be guessed to halve the rows, and the first page of a long list would be read and sorted
    whole instead of along its index: 180 ms instead of 3 ms at a million rows.
    """
    return f"(CASE WHEN {' OR '.join(ways)} THEN true END) IS NOT NULL"


def _is_among(kinds: str) -> str:
    return f"(kind = ANY ((SELECT {kinds})::text[]) OR (SELECT '*' = ANY ({kinds})))"


def _under_glass(kind: str, under: tuple[str, str] | None) -> list[str]:
    """The record itself, and what lies under a record that is open."""
    ways = [_is_open(f"'{kind}:' || id")]
    if under is not None:
        above, column = under
        ways.append(_is_open(f"'{above}:' || {column}"))
    return ways


def _is_open(record: str) -> str:
    return f"({record} || ':' || scope_id) = ANY ((SELECT {_GLASS})::text[])"
