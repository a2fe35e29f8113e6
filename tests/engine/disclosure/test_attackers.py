"""The attackers: every planted leak is found, and what the protector lets out survives."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobijo.engine.disclosure import Cell, CountTable, ProtectedTables, Rules, overlap_table, protect
from cobijo.engine.disclosure.attackers import Finding, attack, survey
from cobijo.engine.population.shape import Histories
from cobijo.errors import InputProblem

Lines = Sequence[str]


def put(folder: Path, name: str, text: str | Lines) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text if isinstance(text, str) else "\n".join(text), encoding="utf-8")


def publish(folder: Path, safe: ProtectedTables) -> None:
    for table in safe.tables:
        rows = [",".join([*table.dimensions, "children"])]
        rows += [",".join([*v, "·" if n is None else str(n)]) for v, n in table.rows]
        put(folder, f"tables/{table.id}.csv", rows)


def whys(found: Sequence[Finding]) -> set[str]:
    return {f.why for f in found}


AREA = ["area,children", "MX-AGU,·", "MX-BCN,398", "MX-BCS,·", "MX-CAM,87", "total,540"]


def test_primary_only_suppression_is_undone(tmp_path: Path) -> None:
    put(tmp_path, "area.csv", ["area,children", "a,·", "b,30", "c,40", "total,74"])
    found = attack(tmp_path)
    assert [(f.cell, f.low, f.high, f.why) for f in found] == [("area=a", 4, 4, "exact")]


def test_primary_only_suppression_in_two_dimensions(tmp_path: Path) -> None:
    rows = {"f": ("·", 30, 34), "m": (20, 40, 60), "total": (24, 70, 94)}
    ages = ("young", "old", "total")
    cells = [f"{sex},{age},{n}" for sex, row in rows.items() for age, n in zip(ages, row, strict=True)]
    put(tmp_path, "t.csv", ["sex,age,children", *cells])
    assert ("sex=f, age=young", 4) in {(f.cell, f.low) for f in attack(tmp_path)}


def test_two_symbols_are_seen(tmp_path: Path) -> None:
    put(tmp_path, "area.csv", [line.replace("BCS,·", "BCS,*") for line in AREA])
    assert "symbols" in whys(attack(tmp_path))


def test_a_symbol_that_says_how_many_is_used(tmp_path: Path) -> None:
    put(tmp_path, "area.csv", ["area,children", "a,<10", "b,<10", "c,40", "total,48"])
    assert "narrow" in whys(attack(tmp_path))


def test_a_total_published_elsewhere_is_used(tmp_path: Path) -> None:
    put(tmp_path, "area.csv", ["area,children", "a,·", "b,30", "c,40"])
    assert attack(tmp_path) == []
    put(tmp_path, "picture.json", json.dumps({"observed": 77, "protection": {"threshold": 10}}))
    found = attack(tmp_path)
    assert [(f.cell, f.low, f.high, f.why) for f in found] == [("area=a", 7, 7, "linked")]


def test_list_sizes_undo_a_history(tmp_path: Path) -> None:
    rows = [
        {"history": "dif", "children": 50},
        {"history": "ngo", "children": 60},
        {"history": "dif+ngo", "children": None},
    ]
    lists = [{"name": "dif", "children": 53}, {"name": "ngo", "children": 63}]
    put(tmp_path, "picture.json", json.dumps({"lists": lists, "tables": [{"id": "overlap", "rows": rows}]}))
    assert ("history=dif+ngo", 3) in {(f.cell, f.low) for f in attack(tmp_path)}


def test_a_two_list_estimate_gives_the_overlap_away(tmp_path: Path) -> None:
    total = round((501 * 601) / 5 - 1, -2)  # four children on both lists
    said = {
        "lists": [{"name": "dif", "children": 500}, {"name": "ngo", "children": 600}],
        "estimates": [{"method": "chapman", "lists": ["dif", "ngo"], "total": total}],
    }
    put(tmp_path, "picture.json", json.dumps(said))
    assert [(f.low, f.high, f.why) for f in attack(tmp_path)] == [(4, 4, "derived")]


def test_a_count_in_an_alternative_text_is_read(tmp_path: Path) -> None:
    put(tmp_path, "area.csv", AREA)
    put(tmp_path, "map.svg", '<svg><path id="MX-AGU" d="M1 7"><title>MX-AGU: 7</title></path>'
                             '<path aria-label="MX-BCS: · (hidden, fewer than 10)"/></svg>')  # fmt: skip
    found = attack(tmp_path)
    assert [(f.file, f.cell, f.low, f.why) for f in found] == [("map.svg", "area=mx-agu", 7, "words")]


@pytest.mark.parametrize(
    "markup",
    [
        '<p data-area="MX-AGU" data-children="7">Aguascalientes</p>',
        "<p>MX-AGU has 7 children</p>",
        "<p>There are 7 children in Aguascalientes.</p>",
        "<!-- MX-AGU 7 -->",
        "<ul><li><b>Aguascalientes</b> <span>7</span></li></ul>",
        '<img alt="MX-AGU: 7" src="x.png">',
        '<img src="data:image/svg+xml,%3Csvg%3E%3Ctext%3EMX-AGU 7%3C/text%3E%3C/svg%3E">',
        '<script type="application/json">[{"area": "MX-AGU", "children": 7}]</script>',
    ],
)
def test_a_count_anywhere_in_a_page_is_read(tmp_path: Path, markup: str) -> None:
    put(tmp_path, "area.csv", AREA)
    put(tmp_path, "report.html", f"<html><body>{markup}</body></html>")
    found = attack(tmp_path, names={"MX-AGU": ["Aguascalientes"]})
    assert ("report.html", 7) in {(f.file, f.low) for f in found}


def test_words_that_tell_nothing_raise_no_alarm(tmp_path: Path) -> None:
    put(tmp_path, "sex.csv", ["sex,children", "female,50", "male,·", "other,·", "total,90"])
    put(
        tmp_path,
        "sexo.html",
        "<table><tr><th>Sexo</th><th>Niñez</th></tr><tr><td>Otro</td><td>·</td></tr><tr>"
        "<td>Mujer</td><td>50</td></tr><tr><td>Hombre</td><td>·</td></tr><tr><td>Total</td><td>90</td></tr></table>",
    )
    put(
        tmp_path,
        "report.html",
        "<p>The other 7 combinations are hidden.</p><p>Male: · (fewer than 10 children)</p>"
        "<table><tr><th>Method</th><th>Total</th></tr><tr><td>chao</td><td>120</td></tr><tr><td>b</td><td>—</td></tr>"
        "</table>",
    )
    assert attack(tmp_path) == []


def test_a_table_in_words_is_matched_with_its_codes(tmp_path: Path) -> None:
    put(tmp_path, "area.csv", AREA)
    names = ["Aguascalientes", "Baja California", "Baja California Sur", "Campeche", "Total"]
    cells = ["7", "398", "·", "87", "540"]
    rows = "".join(f"<tr><th>{n}</th><td>{c}</td></tr>" for n, c in zip(names, cells, strict=True))
    put(tmp_path, "report.html", f"<table><tr><th>Estado</th><th>Niñas y niños</th></tr>{rows}</table>")
    found = attack(tmp_path)
    assert ("area=mx-agu", 7, "elsewhere") in {(f.cell, f.low, f.why) for f in found}
    assert ("area=mx-bcs", 48, "linked") not in {(f.cell, f.low, f.why) for f in found if f.low < 10}


def test_a_crossed_html_table_is_undone(tmp_path: Path) -> None:
    put(tmp_path, "t.html", "<table><tr><th>Sexo</th><th>0-11</th><th>12-17</th><th>Total</th></tr>"
                            "<tr><td>f</td><td>·</td><td>30</td><td>34</td></tr></table>")  # fmt: skip
    assert [(f.low, f.why) for f in attack(tmp_path)] == [(4, "exact")]


def test_a_percentage_reveals(tmp_path: Path) -> None:
    put(
        tmp_path,
        "area.csv",
        ["area,children,percent", "a,·,2.0", "b,·,37.1", "c,125,61.0", "total,205,100.0"],
    )
    found = attack(tmp_path)
    assert ("area=a", 4, 4, "derived") in {(f.cell, f.low, f.high, f.why) for f in found}


def test_rounded_here_and_exact_there(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", ["area,children", "a,40", "b,60"])
    put(tmp_path, "b.csv", ["area,children", "a,37", "b,60"])
    assert whys(attack(tmp_path)) == {"rounded"}


def test_bands_that_differ_by_a_year_are_subtracted(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", ["age,children", "12-14,500", "15-17,300"])
    put(tmp_path, "b.csv", ["age,children", "12-15,503", "16-17,297"])
    assert ("age=15-15", 3, 3, "difference") in {(f.cell, f.low, f.high, f.why) for f in attack(tmp_path)}


def test_small_counts_and_zeros_are_reported(tmp_path: Path) -> None:
    put(tmp_path, "a.csv", ["area,children", "a,4", "b,0", "c,60"])
    assert whys(attack(tmp_path)) == {"below", "zero"}


def test_whole_numbers_and_the_rule_are_used(tmp_path: Path) -> None:
    """Two hidden cells that share 18: one of them is below 10, and so is the other, or it is 10 and more."""
    put(tmp_path, "a.csv", ["area,children", "a,·", "b,·", "c,50", "total,53"])
    assert {(f.low, f.high, f.why) for f in attack(tmp_path)} == {(0, 3, "narrow")}


def test_pdf_text_is_read_and_a_broken_file_is_named(tmp_path: Path) -> None:
    typst = pytest.importorskip("typst")
    pytest.importorskip("pypdf")
    put(tmp_path, "area.csv", AREA)
    (tmp_path / "report.typ").write_text("MX-AGU: 7\n\nMX-BCS: ·\n", encoding="utf-8")
    typst.compile(tmp_path / "report.typ", output=tmp_path / "report.pdf")
    (tmp_path / "report.typ").unlink()
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-nothing")
    done = survey(tmp_path)
    assert [(f.file, f.cell, f.low) for f in done.findings] == [("report.pdf", "area=mx-agu", 7)]
    assert done.unread == ("broken.pdf",)


def test_no_folder_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputProblem):
        attack(tmp_path / "nothing")


def test_the_pictures_tables_survive(tmp_path: Path) -> None:
    rng = np.random.default_rng(7)
    for number, people in enumerate((2000, 300, 60)):
        masks = rng.choice(np.arange(1, 16), people, p=(w := rng.dirichlet(np.full(15, 0.4))) / w.sum())
        cells, counts = np.unique(masks, return_counts=True)
        histories = Histories(("dif", "health", "ngo", "police"), cells.astype(np.uint16), counts)
        by_area = rng.multinomial(people, rng.dirichlet(np.full(12, 0.5)))
        crossed = rng.multinomial(people, rng.dirichlet(np.full(12, 0.5))).reshape(3, 4)
        bands = ("0-5", "6-11", "12-14", "15-17")
        tables = [
            CountTable("area", ("area",), {(f"MX-{i:02}",): Cell(int(n)) for i, n in enumerate(by_area)}),
            CountTable(
                "sex_age",
                ("sex", "age_band"),
                {(s, b): Cell(int(crossed[i, j])) for i, s in enumerate("fmu") for j, b in enumerate(bands)},
            ),
            overlap_table(histories),
        ]
        safe = protect(tables)
        folder = tmp_path / str(number)
        publish(folder, safe)
        lists = [{"name": n, "children": c} for n, c in safe["overlap"].sums.items()]
        rows = [{"id": t.id, "rows": t.records()} for t in safe.tables]
        said = {"observed": safe["area"].value("total"), "lists": lists, "tables": rows}
        put(folder, "picture.json", json.dumps(said))
        assert attack(folder) == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(2, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=width, max_size=width),
            min_size=2,
            max_size=5,
        )
    ),
    st.sampled_from([3, 5, 10]),
)
def test_protected_tables_survive(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[int]], k: int
) -> None:
    cells = {(f"r{i}", f"c{j}"): Cell(n) for i, row in enumerate(rows) for j, n in enumerate(row)}
    safe = protect([CountTable("t", ("row", "side"), cells)], Rules(threshold=k))
    folder = tmp_path_factory.mktemp("public")
    publish(folder, safe)
    assert attack(folder, threshold=k) == []


def test_attackers_share_no_code_with_the_protector() -> None:
    import ast

    import cobijo.engine.disclosure.attackers as attackers

    for path in Path(attackers.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [a.name for a in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith("cobijo") or ".attackers" in name or name == "cobijo.errors"
