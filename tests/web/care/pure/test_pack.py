"""The care tables of a pack: what Mexico's say, and one sentence for each way in which a table can be wrong."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cobijo.engine.pack import PACKS, load_pack
from cobijo.errors import InputProblem
from cobijo.sentences import render
from cobijo.web.care.pack import LEVELS, load_care_tables
from cobijo.web.care.pack_checks import check_care_tables

TABLES = load_care_tables("mexico")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "mexico", tmp_path / "mexico"))


def test_mexico_can_be_used() -> None:
    assert check_care_tables("mexico") == []


def test_risk_sets_the_clock() -> None:
    assert [TABLES.hours(level) for level in LEVELS] == [0, 24, 72, 168]


def test_every_state_has_its_protection_office_and_abroad_the_federal_one() -> None:
    assert len(TABLES.offices) == 33
    for area in load_pack("mexico").areas:
        assert TABLES.office_for(area.code).area == area.code
    assert TABLES.office_for("").level == "federal"
    assert TABLES.office_for("MX-XXX").level == "federal"
    assert not any(office.reachable for office in TABLES.offices)  # no contact has been verified yet


def test_a_profession_has_its_own_duty_and_everybodys() -> None:
    assert [duty.profession for duty in TABLES.duties_of("health")] == ["health", "anyone"]
    assert [duty.profession for duty in TABLES.duties_of("juggler")] == ["anyone"]


def test_what_no_source_states_is_not_stated() -> None:
    """The acts that were read say "at once" and no number of hours; the health standard has not been read."""
    assert not any(duty.hours for duty in TABLES.duties)
    assert [duty.profession for duty in TABLES.duties if not duty.confirmed] == ["health"]
    assert all(duty.article for duty in TABLES.duties)
    assert all(row.article and row.evidence.startswith("read") for row in TABLES.offences)
    assert all(row.evidence.startswith("default") for row in (*TABLES.capacity, *TABLES.retention))


def test_capacity_follows_age_and_an_unknown_age_is_a_childs() -> None:
    assert TABLES.capacity_at("share", 3).child_says == "told"
    assert TABLES.capacity_at("share", 17).consent_by == "representative"
    assert TABLES.capacity_at("share", 18).consent_by == "child"
    assert TABLES.capacity_at("share", None) == TABLES.capacity_at("share", 17)
    with pytest.raises(KeyError):
        TABLES.capacity_at("marriage", 12)


def test_a_refused_packet_leaves_nothing() -> None:
    assert (TABLES.keep("packet_refused").months, TABLES.keep("packet_refused").after) == (0, "erase")


def test_trafficking_and_exploitation_keep_their_own_codes() -> None:
    by_code = {row.code: row.iccs for row in TABLES.offences}
    assert by_code["lgt-sexual"] == "02041"
    assert by_code["cpf-procuring"] == "030222"
    assert not {"08021", "08022"} & set(by_code.values())  # prostitution offences: never about a child


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("risk_clocks.csv", "high,24", "high,soon", "care_pack.number_wrong"),
        ("risk_clocks.csv", "high,24", "grave,24", "care_pack.value_wrong"),
        ("risk_clocks.csv", "high,24", "high,100", "care_pack.clocks_order"),
        ("risk_clocks.csv", "default: of", "sure: of", "care_pack.no_evidence"),
        ("risk_clocks.csv", "level,hours", "level,minutes", "pack.column_missing"),
        ("risk_clocks.csv", "high,24", "high,24,7", "pack.row_too_long"),
        ("duty_to_report.csv", "anyone,", "everybody,", "care_pack.missing_row"),
        ("duty_to_report.csv", "health,personal de salud", "health,", "care_pack.empty"),
        ("capacity.csv", "share,6,17", "share,7,17", "care_pack.capacity_gap"),
        ("capacity.csv", "share,6,17", "share,5,17", "care_pack.capacity_gap"),
        ("capacity.csv", "share,6,17,representative", "share,6,17,guardian", "care_pack.value_wrong"),
        ("retention.csv", "concern,aviso", "case,aviso", "pack.doubled"),
        ("retention.csv", "60,review", "60,keep", "care_pack.value_wrong"),
        ("protection_offices.csv", "MX-OAX", "MX-OXX", "care_pack.missing_row"),
        ("protection_offices.csv", "MX-OAX", "MX-PUE", "pack.doubled"),
        ("offences.csv", "030222", "prostitution", "care_pack.code_wrong"),
        ("offences.csv", "epros,", "prostitution,", "care_pack.concept_unknown"),
        (
            "offences.csv",
            ",10,trata con fines de explotación",
            ",,trata con fines de explotación",
            "care_pack.article_missing",
        ),
        ("concepts.toml", '"under_18", "sexual_act"]', '"under_18", "sexual"]', "concepts.element_unknown"),
        ("checklists/demo_signs.toml", "licence =", "license =", "checklists.no_licence"),
    ],
)
def test_a_table_that_is_wrong_is_found(folder: Path, file: str, old: str, new: str, code: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = check_care_tables(folder)
    assert (code in [one for one, _ in found]) if code else found == []
    for one, params in found:
        sentence = render(one, params)
        assert "{" not in sentence
        assert sentence != one


def test_an_article_may_be_missing_only_while_nobody_claims_to_know(folder: Path) -> None:
    path = folder / "offences.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("CPF,262,estupro", "CPF,,estupro", 1), encoding="utf-8")
    assert [code for code, _ in check_care_tables(folder)] == ["care_pack.article_missing"]
    text = text.replace("CPF,262,estupro", "CPF,,estupro", 1).replace(
        "read: article 262", "GK: article 262", 1
    )
    path.write_text(text, encoding="utf-8")
    load_care_tables.cache_clear()
    assert check_care_tables(folder) == []


def test_one_row_across_majority_is_found(folder: Path) -> None:
    path = folder / "capacity.csv"
    lines = [
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("share,18")
    ]
    path.write_text("\n".join(lines).replace("share,6,17", "share,6,120"), encoding="utf-8")
    assert [code for code, _ in check_care_tables(folder)] == ["care_pack.capacity_across"]


def test_a_day_of_verification_is_a_day(folder: Path) -> None:
    path = folder / "protection_offices.csv"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace(",,,,read: that", ",55 0000 0000,,yesterday,read: that", 1), encoding="utf-8"
    )
    with pytest.raises(InputProblem, match="day_wrong"):
        load_care_tables(folder)


def test_a_missing_table_says_which(folder: Path) -> None:
    (folder / "capacity.csv").unlink()
    assert check_care_tables(folder) == [("pack.file_missing", {"file": "capacity.csv"})]
