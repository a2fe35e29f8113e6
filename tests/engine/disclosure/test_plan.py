"""One file and its plan: written whole, refused in one sentence, never half."""

from __future__ import annotations

import ast
import csv
import json
import string
from pathlib import Path

import pytest

import cobijo.engine.disclosure as room
from cobijo.engine.disclosure import load_plan, protect_file
from cobijo.engine.disclosure.attackers import attack
from cobijo.errors import InputProblem
from cobijo.sentences.disclosure import SENTENCES

PLAN = """
id = "area_sex"
dimensions = ["area", "sex"]
count = "children"
organisations = "agencies"
publish = [["area", "sex"], ["area"], []]
[parents.area]
n1 = "north"
n2 = "north"
"""
TABLE = """area,sex,children,agencies
n1,f,4,ngo;dif
n1,m,40,ngo;dif
n2,f,60,ngo;dif
n2,m,31,ngo;dif
s1,f,25,ngo;dif
s1,m,70,ngo;dif
north,total,135,
"""


def write(folder: Path, plan: str = PLAN, table: str = TABLE) -> tuple[Path, Path]:
    (folder / "plan.toml").write_text(plan, encoding="utf-8")
    (folder / "table.csv").write_text(table, encoding="utf-8")
    return folder / "plan.toml", folder / "table.csv"


def test_a_file_is_protected_by_its_plan(tmp_path: Path) -> None:
    plan, table = write(tmp_path)
    done = protect_file(table, load_plan(plan), tmp_path / "out")
    assert done.files == ("tables/area_sex.csv", "protection.json")
    with (tmp_path / "out/tables/area_sex.csv").open(encoding="utf-8") as file:
        rows = {(r["area"], r["sex"]): r["children"] for r in csv.DictReader(file)}
    assert rows["n1", "f"] == "·"
    assert rows["total", "total"] == "230"
    assert ("total", "f") not in rows  # the margin by sex is not published
    assert json.loads((tmp_path / "out/protection.json").read_text(encoding="utf-8"))["threshold"] == 10
    assert [p.name for p in (tmp_path / "out/tables").iterdir()] == ["area_sex.csv"]
    assert attack(tmp_path / "out") == []
    assert done.as_dict()["suppressed_cells"] == done.tables.suppressed


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('"area", "sex"]\ncount', '"area", "sex"\ncount', "plan_not_toml"),
        ('count = "children"', "", "plan_key"),
        ('count = "children"', 'count = "sex"', "plan_key"),
        ('id = "area_sex"', 'id = "../up"', "plan_key"),
        ('id = "area_sex"', 'colour = "red"', "plan_unknown_key"),
        ('id = "area_sex"', "threshold = 1", "plan_number"),
        ('id = "area_sex"', "threshold = true", "plan_number"),
        ('["area"], []]', '["age"], []]', "plan_key"),
        ("[parents.area]", "[parents.age]", "plan_key"),
        ('n2 = "north"', 'n2 = "north"\nnorth = "n1"', "plan_key"),
    ],
)
def test_a_plan_that_makes_no_sense_is_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    assert old in PLAN
    plan, table = write(tmp_path, plan=PLAN.replace(old, new))
    with pytest.raises(InputProblem) as caught:
        protect_file(table, load_plan(plan), tmp_path / "out")
    assert caught.value.code == f"disclosure.{code}"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("children", "people", "no_column"),
        ("n1,f,4", "n1,f,4.5", "not_a_count"),
        ("n1,f,4", "n1,f,-4", "not_a_count"),
        ("n1,f,4", ",f,4", "empty_value"),
        ("n1,f,4", "=1+1,f,4", "unsafe_value"),
        ("n1,m,40", "n1,f,40", "cell_twice"),
        ("north,total,135,", "north,total,136,", "total_disagrees"),
        ("n1,f,4,ngo;dif", "n1,f,4", "row_length"),
        (TABLE, "", "no_column"),
        (TABLE, "area,sex,children,agencies\n", "no_cells"),
        ("n1,f", 'n1,"f', "table_not_csv"),
    ],
)
def test_a_table_that_cannot_be_used_is_named(tmp_path: Path, old: str, new: str, code: str) -> None:
    plan, table = write(tmp_path, table=TABLE.replace(old, new, 1))
    with pytest.raises(InputProblem) as caught:
        protect_file(table, load_plan(plan), tmp_path / "out")
    assert caught.value.code == f"disclosure.{code}"
    assert not (tmp_path / "out").exists()


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    plan, table = write(tmp_path)
    with pytest.raises(InputProblem, match="plan_unreadable"):
        load_plan(tmp_path / "none.toml")
    with pytest.raises(InputProblem, match="table_unreadable"):
        protect_file(tmp_path / "none.csv", load_plan(plan), tmp_path / "out")
    table.write_bytes(TABLE.replace("n1", "ñ").encode("latin-1"))
    with pytest.raises(InputProblem, match="table_not_utf8"):
        protect_file(table, load_plan(plan), tmp_path / "out")


def test_every_code_has_a_sentence_in_both_languages() -> None:
    raised: set[str] = set()
    for path in Path(room.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                name = node.value.removeprefix("disclosure.")
                if name != node.value and name.replace("_", "").isalnum() and name != "attack_":
                    raised.add(node.value)
    assert raised <= SENTENCES.keys()
    assert {c for c in SENTENCES if "attack_" not in c} <= raised
    parts = Path(room.__file__).parents[2] / "locale/parts/disclosure.es.json"
    spanish = json.loads(parts.read_text(encoding="utf-8"))
    assert set(spanish) == set(SENTENCES.values())
    for english, translated in spanish.items():
        assert fields(english) == fields(translated)


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}
