"""The model: what is compared, at which levels, on which pairs, and how each level is learned.

Fellegi and Sunter (1969) with levels, as Splink fits it. A comparison that mentions a column an EM pass
blocks on is skipped by that pass, so the passes below are chosen so that each comparison is learned by at
least one; the priors written at each level stand where no pass saw the level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: Pairs sampled to learn how often two different people agree by chance.
U_PAIRS = 1_000_000
#: Most pairs that one EM pass looks at.
EM_PAIRS = 400_000
#: A block larger than this is not compared as it is: the rule's finer key takes over. Keeps pair counts
#: linear.
LARGEST_BLOCK = 120
#: The same for rules that ask for little: they are for rare names and small places.
BROAD_BLOCK = 30
#: How often two different children carry one official id (a mother's or sibling's written in its place):
#: never sampled.
U_SAME_ID = 1e-6


@dataclass(frozen=True)
class Level:
    """One degree of agreement: its condition in SQL and the share of true pairs expected there before
    training.
    """

    sql: str
    m: float
    rarity: str | None = None  # column whose frequency says how much this agreement is worth
    u: float | None = None  # set when it cannot be sampled
    label: str = ""


@dataclass(frozen=True)
class Comparison:
    """Levels from strongest to weakest; what matches none of them falls to `otherwise`."""

    name: str
    needs: frozenset[str]
    null: str
    levels: tuple[Level, ...]
    otherwise: float


#: Given name and surname written in each other's field.
_EXCHANGED = "(g1_l = s1_r and s1_l = g1_r)"
_GIVEN = Comparison(
    "given",
    frozenset({"g1"}),
    "g1_l is null or g1_r is null",
    (
        Level(_EXCHANGED, 0.01),
        Level("given_l = given_r", 0.50, "given"),
        Level("g1_l = g1_r and (g2_l is null or g2_r is null)", 0.25, "g1"),
        Level("g1_l = g2_r and (g2_l = g1_r or g2_l is null)", 0.02),
        Level("g2_l = g1_r and g2_r is null", 0.02),
        Level("pg1_l = pg1_r and (g2_l is null or g2_r is null or pg2_l = pg2_r)", 0.05),
        Level("g1_l = g1_r", 0.05),
        Level("jaro_winkler_similarity(given_l, given_r) >= 0.9", 0.04),
        Level("jaro_winkler_similarity(g1_l, g1_r) >= 0.88 or g2_l = g2_r", 0.03),
    ),
    0.04,
)
_SWAPPED = "(s1_l = s2_r and (s2_l = s1_r or s2_l is null)) or (s2_l = s1_r and s2_r is null)"
_SURNAME1 = Comparison(
    "surname1",
    frozenset({"s1"}),
    f"s1_l is null or s1_r is null or {_EXCHANGED}",
    (
        Level("s1_l = s1_r", 0.84, "s1"),
        Level(_SWAPPED, 0.03),
        Level("ps1_l = ps1_r", 0.04),
        Level("jaro_winkler_similarity(s1_l, s1_r) >= 0.88 or damerau_levenshtein(s1_l, s1_r) <= 1", 0.05),
    ),
    0.04,
)
_SURNAME2 = Comparison(
    "surname2",
    frozenset({"s2"}),
    f"s2_l is null or s2_r is null or {_SWAPPED}",
    (
        Level("s2_l = s2_r", 0.86, "s2"),
        Level("ps2_l = ps2_r", 0.04),
        Level("jaro_winkler_similarity(s2_l, s2_r) >= 0.88 or damerau_levenshtein(s2_l, s2_r) <= 1", 0.05),
    ),
    0.05,
)
_VAGUE = "(birth_day_l is null or birth_day_r is null)"
_BIRTH = Comparison(
    "birth",
    frozenset({"birth_year"}),
    "birth_year_l is null or birth_year_r is null",
    (
        Level("birth_date_l = birth_date_r", 0.78),
        Level(
            f"birth_year_l = birth_year_r and {_VAGUE} and coalesce(birth_month_l = birth_month_r, true)",
            0.12,
        ),
        Level(
            "birth_year_l = birth_year_r and birth_month_l = birth_day_r and birth_day_l = birth_month_r",
            0.01,
        ),
        Level("damerau_levenshtein(birth_date_l, birth_date_r) <= 1", 0.04),
        Level("birth_month_l = birth_month_r and birth_day_l = birth_day_r", 0.01),
        Level("birth_year_l = birth_year_r", 0.02),
        Level(f"abs(birth_year_l - birth_year_r) = 1 and {_VAGUE}", 0.005),
    ),
    0.015,
)
_SEX = Comparison(
    "sex", frozenset({"sex"}), "sex_l is null or sex_r is null", (Level("sex_l = sex_r", 0.96),), 0.04
)
_PLACE_FULL = Comparison(
    "place",
    frozenset({"municipality"}),
    "(municipality_l is null or municipality_r is null) and (area_l is null or area_r is null)",
    (
        Level("municipality_l = municipality_r", 0.75, "municipality"),
        Level("area_l = area_r", 0.12),
    ),
    0.13,
)
_PLACE_AREA = Comparison(
    "place",
    frozenset({"area"}),
    "area_l is null or area_r is null",
    (Level("area_l = area_r", 0.88, "area"),),
    0.12,
)
_ADDRESS = Comparison(
    "address",
    frozenset({"address"}),
    "address_l is null or address_r is null",
    (
        Level("address_l = address_r", 0.55),
        Level("jaro_winkler_similarity(address_l, address_r) >= 0.93", 0.15),
        Level("jaro_winkler_similarity(address_l, address_r) >= 0.85", 0.05),
    ),
    0.25,
)
_POSTCODE = Comparison(
    "postcode",
    frozenset({"postcode"}),
    "postcode_l is null or postcode_r is null",
    (
        Level("postcode_l = postcode_r", 0.75, "postcode"),
        Level("damerau_levenshtein(postcode_l, postcode_r) <= 1", 0.1),
    ),
    0.15,
)
_OFFICIAL = Comparison(
    "official_id",
    frozenset({"official_id"}),
    "official_id_l is null or official_id_r is null",
    (
        Level("official_id_l = official_id_r", 0.93, None, U_SAME_ID),
        Level("damerau_levenshtein(official_id_l, official_id_r) <= 1", 0.04),
    ),
    0.03,
)
_ALL = (_GIVEN, _SURNAME1, _SURNAME2, _BIRTH, _SEX, _PLACE_FULL, _PLACE_AREA, _ADDRESS, _POSTCODE, _OFFICIAL)

#: Passes of EM, each named by the columns on which two records must agree.
_PASSES = (
    ("g1", "s1", "birth_year"),
    ("birth_date", "municipality"),
    ("birth_date", "postcode"),
    ("birth_date", "s1"),
    ("g1", "municipality"),
    ("g1", "s1", "s2"),
    ("address",),
    ("official_id",),
)
#: Blocking: columns on which two records must agree to be compared, and a finer key for blocks that are
#: too large.
#: `left = right` pairs a column of one record with another column of the other (swapped names).
RULES: tuple[tuple[tuple[str, ...], tuple[str, ...], int], ...] = (
    (("official_id",), (), LARGEST_BLOCK),
    (("birth_date", "ps1"), (), LARGEST_BLOCK),
    (("birth_date", "pg1"), ("municipality",), LARGEST_BLOCK),
    (("birth_date", "ps2"), (), LARGEST_BLOCK),
    (("birth_date", "municipality"), ("sex",), LARGEST_BLOCK),
    (("birth_date", "postcode"), (), LARGEST_BLOCK),
    (("pg1", "ps1", "ps2"), ("birth_year",), LARGEST_BLOCK),
    (("pg1", "ps1", "birth_year"), ("birth_month",), LARGEST_BLOCK),
    (("pg1", "ps1", "municipality"), ("ps2",), LARGEST_BLOCK),
    (("pg1", "ps1", "postcode"), ("municipality",), LARGEST_BLOCK),
    (("pg1", "ps2", "birth_year", "birth_month"), (), LARGEST_BLOCK),
    (("pg1", "ps2", "municipality"), ("birth_year",), LARGEST_BLOCK),
    (("ps1", "ps2", "birth_year"), ("municipality",), LARGEST_BLOCK),
    (("ps1", "ps2", "municipality"), ("birth_year",), LARGEST_BLOCK),
    (("g_start", "s_start", "birth_year"), ("municipality",), LARGEST_BLOCK),
    (("g_start", "s_start", "municipality"), ("birth_year",), LARGEST_BLOCK),
    (("g_start", "s_start", "s2_start"), ("birth_year",), LARGEST_BLOCK),
    (("pg1", "ps1", "birth_month", "birth_day"), (), LARGEST_BLOCK),
    (("pg1", "ps1"), ("area",), BROAD_BLOCK),
    (("pg1", "s2_start", "area"), ("birth_year",), BROAD_BLOCK),
    (("ps1", "ps2"), ("area",), BROAD_BLOCK),
    (("address", "pg1"), (), LARGEST_BLOCK),
    (("address", "birth_year"), (), LARGEST_BLOCK),
    (("door", "g_start"), ("municipality",), LARGEST_BLOCK),
    (("door", "s_start"), ("municipality",), LARGEST_BLOCK),
    (("municipality", "postcode"), ("pg1",), BROAD_BLOCK),
    (("pg1", "postcode"), ("birth_year",), LARGEST_BLOCK),
    (("ps1", "postcode"), ("birth_year",), LARGEST_BLOCK),
    (("pg1", "municipality"), ("birth_year",), BROAD_BLOCK),
    (("ps1", "municipality"), ("birth_year",), BROAD_BLOCK),
)
#: Rules across columns: the columns of one record and those of the other.
CROSSED: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("ps1", "ps2", "pg1"), ("ps2", "ps1", "pg1")),
    (("pg1", "ps1"), ("ps1", "pg1")),
)


def comparisons(columns: frozenset[str]) -> tuple[Comparison, ...]:
    """What can be compared given the columns that hold anything."""
    chosen = [one for one in _ALL if one.needs <= columns]
    names = [one.name for one in chosen]
    return tuple(one for place, one in enumerate(chosen) if one.name not in names[:place])


def training_passes(columns: frozenset[str]) -> tuple[tuple[str, ...], ...]:
    """The EM passes that these columns allow."""
    return tuple(one for one in _PASSES if columns.issuperset(one))


def splink_comparison(one: Comparison, columns: frozenset[str]) -> dict[str, Any]:
    """A comparison in Splink's own terms, with the priors that stand where training sees nothing."""
    levels: list[dict[str, Any]] = [
        {"sql_condition": one.null, "label_for_charts": "missing", "is_null_level": True}
    ]
    for level in one.levels:
        entry: dict[str, Any] = {
            "sql_condition": level.sql,
            "label_for_charts": level.sql,
            "m_probability": level.m,
        }
        if level.u is not None:
            entry |= {"u_probability": level.u, "fix_u_probability": True}
        levels.append(entry)
    levels.append({"sql_condition": "ELSE", "label_for_charts": "different", "m_probability": one.otherwise})
    return {"output_column_name": one.name, "comparison_levels": levels}
