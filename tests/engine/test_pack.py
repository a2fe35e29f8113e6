"""Country packs: Mexico's is right, a second country is a folder, and what is wrong is said clearly."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from cobijo.engine.lists import names
from cobijo.engine.lists.schema import Sex, Status
from cobijo.engine.pack import PACKS, checks, load_pack, reading, validate_pack
from cobijo.errors import InputProblem
from cobijo.sentences.pack import SENTENCES

#: The statistics office's own order, which is not the alphabet's.
STATES = """AGU BCN BCS CAM COA COL CHP CHH CMX DUR GUA GRO HID JAL MEX MIC
MOR NAY NLE OAX PUE QUE ROO SLP SIN SON TAB TAM TLA VER YUC ZAC""".split()  # noqa: SIM905 - read as a row
CURP_CODES = """AS BC BS CC CL CM CS CH DF DG GT GR HG JC MC MN
MS NT NL OC PL QT QR SP SL SR TC TS TL VZ YN ZS""".split()  # noqa: SIM905

TINY = {
    "pack.toml": """
code = "isla"
country = "IS"
languages = ["en"]
[names]
en = "Isla"
[area_word]
en = "shore"
[population]
under_age = 18
status = "identified"
unknown_age_counts_as_child = true
""",
    "names.toml": """
surnames_expected = 1
keep = ""
collapse_doubles = false
particles = ["mac"]
compounds = []
nothing = ["none"]
""",
    "areas.csv": "code,office_code,id_code,name_en,short,alternatives,status\n"
    "IS-N,1,,North Shore,North,Norte,read\n"
    "IS-S,2,,South Shore,South,,GK\n",
    "terms.csv": "kind,code,name_en,alternatives,evidence\nstatus,at_risk,at risk,,GK\n"
    "status,presumed,presumed,,GK\n"
    "status,identified,identified,,GK\nstatus,not,no victim,,GK\nsex,female,girl,,GK\nsex,male,boy,,GK\n"
    "sex,other,other,,GK\nform,other,other form,,GK\n",
    "institutions.csv": "kind,name,abbr,date,fact,evidence\n",
    "given_names.csv": "name,sex,weight\nAda,female,2\nBo,any,1\n",
    "surnames.csv": "name,weight\nReef,3\nmac Tide,1\n",
    "nicknames.csv": "nickname,name\nAdy,Ada\n",
    "abbreviations.csv": "part,short,full\n",
    "phonetic.csv": "find,to,before,not_before,at\nee,i,,,\nf,v,,,end\n",
    "map-licence.txt": "Drawn for this test.",
    "map.geojson": json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "id": code,
                    "properties": {},
                    "geometry": {
                        "type": "Polygon",
                        "coordinates": [[[0, y], [0, y + 1], [1, y + 1], [1, y], [0, y]]],
                    },
                }
                for code, y in (("IS-N", 1), ("IS-S", 0))
            ],
        }
    ),
}


@pytest.fixture
def isla(tmp_path: Path) -> Path:
    folder = tmp_path / "isla"
    folder.mkdir()
    for file, text in TINY.items():
        (folder / file).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of Mexico's pack to spoil."""
    return Path(shutil.copytree(PACKS / "mexico", tmp_path / "mexico"))


def codes(folder: Path) -> set[str]:
    found = validate_pack(folder)
    for code, params in found:
        assert "{" not in SENTENCES[code].format_map(params)
    return {code for code, _ in found}


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_mexico_is_whole() -> None:
    assert validate_pack("mexico") == []
    pack = load_pack("mexico")
    assert [area.code for area in pack.areas] == [f"MX-{state}" for state in STATES]
    assert [area.office_code for area in pack.areas] == [f"{n:02}" for n in range(1, 33)]
    assert [area.id_code for area in pack.areas] == CURP_CODES
    assert {pack.areas[4].short, pack.areas[6].short, pack.areas[7].short} == {
        "Coahuila",
        "Chiapas",
        "Chihuahua",
    }
    assert pack.languages == ("es", "en")
    assert (pack.population.under_age, pack.population.status) == (18, "identified")
    assert pack.official_id is not None
    assert (pack.official_id.kind, pack.official_id.settings["abroad"]) == ("curp", "NE")
    assert len(pack.surnames) >= 250
    assert all(sum(name.sex == sex for name in pack.given_names) >= 150 for sex in ("female", "male"))


@pytest.mark.parametrize(
    ("written", "state"),
    [
        ("EDOMEX", "MEX"),
        ("Edo. de Méx.", "MEX"),
        ("ESTADO DE MEXICO", "MEX"),
        ("México", "MEX"),
        ("cdmx", "CMX"),
        ("D.F.", "CMX"),
        ("Distrito  Federal", "CMX"),
        ("Veracruz de Ignacio de la Llave", "VER"),
        ("veracruz", "VER"),
        ("Michoacán de Ocampo", "MIC"),
        ("5", "COA"),
        ("05", "COA"),
        ("7", "CHP"),
        ("MX-CHH", "CHH"),
        ("CH", "CHH"),
        ("N.L.", "NLE"),
        ("Q. Roo", "ROO"),
        ("Texas", None),
        ("33", None),
        ("", None),
        (None, None),
    ],
)
def test_what_lists_write_for_a_state_is_found(written: str | None, state: str | None) -> None:
    assert load_pack("mexico").find_area(written) == (state and f"MX-{state}")


def test_words_for_status_sex_and_form_are_found() -> None:
    pack = load_pack("mexico")
    assert pack.find_status("Víctima identificada") == "identified"
    assert pack.find_status("PRESUNTA VICTIMA") == "presumed"
    assert pack.find_sex("Femenino") == "female"
    assert pack.find_sex("M") is None  # mujer or masculino: only the rest of the column can tell
    assert pack.find_form("lenocinio") == "epros"
    assert pack.find_form("unheard of") is None


def test_the_kinds_of_words_are_the_records_own() -> None:
    assert set(checks.STATUSES) == {str(status) for status in Status}
    assert set(checks.SEXES) == {str(sex) for sex in Sex}


def test_a_second_country_is_a_folder(isla: Path) -> None:
    assert validate_pack(isla) == []
    pack = load_pack(isla)
    assert pack.official_id is None
    assert pack.find_area("norte") == "IS-N"
    assert len(pack.map_geojson()["features"]) == 2
    assert names.split_name("Ada Bo mac Tide", pack.rules) == ("Ada", "Bo", "mac Tide", None)
    assert names.comparison_key("Ady", pack.rules) == "ada"
    assert names.phonetic_key("Reef", pack.rules, "surname") == "riv"
    assert names.phonetic_key("mac Tide", pack.rules, "surname") == "tide"


SPOILED = [
    ("areas.csv", "05,CL", "07,CL", "pack.pinned"),
    ("areas.csv", "MX-COL", "MX-COA", "pack.doubled"),
    ("areas.csv", "MX-COL", "MX-CLM", "pack.not_on_map"),
    ("areas.csv", "MX-COL", "MX-CLM", "pack.map_stranger"),
    ("areas.csv", "MX-COL", "Colima", "pack.area_code_wrong"),
    ("areas.csv", "Nay.", "Zac.", "pack.word_of_two"),
    ("areas.csv", "AS,Aguascalientes,Aguascalientes", "AS,Aguascalientes,", "pack.empty"),
    ("areas.csv", "alternatives,status", "alternatives,source", "pack.column_missing"),
    ("areas.csv", "MX-AGU,01,AS", "MX-AGU,01,AS,,,,,,,", "pack.row_too_long"),
    ("pack.toml", '"es", "en"', '"fr"', "pack.setting_missing"),
    ("pack.toml", '"es", "en"', '"es", "Inglés"', "pack.setting_missing"),
    ("pack.toml", '"MX"', '"Mexico"', "pack.country_wrong"),
    ("pack.toml", '"mexico"', '"mexiko"', "pack.code_not_folder"),
    ("pack.toml", "under_age = 18", "under_age = 99", "pack.age_wrong"),
    ("pack.toml", "under_age = 18", "under_age = 'x'", "pack.setting_wrong"),
    ("pack.toml", '"identified"', '"all"', "pack.status_unknown"),
    ("pack.toml", "code =", "code", "pack.toml_wrong"),
    ("names.toml", "surnames_expected = 2", "surnames_expected = 7", "pack.setting_wrong"),
    ("names.toml", "surnames_expected = 2", "", "pack.setting_missing"),
    ("names.toml", 'keep = "ñ"', 'keep = ""', "pack.phonetic_never"),
    ("names.toml", '"montes de oca"', '"montes"', "pack.compound_short"),
    ("phonetic.csv", "gu,G,ei", "gu,,ei", "pack.phonetic_never"),
    ("phonetic.csv", "aeiou,,start", "aeiou,,first", "pack.phonetic_wrong"),
    ("nicknames.csv", "lupita,guadalupe", "ana,guadalupe", "pack.nickname_is_name"),
    ("nicknames.csv", "lupita,guadalupe", "lupita,lupe", "pack.nickname_chain"),
    ("given_names.csv", "female,300", "female,many", "pack.weight_wrong"),
    ("given_names.csv", "female,300", "girl,300", "pack.sex_wrong"),
    ("surnames.csv", "García,", "Hernández,", "pack.doubled"),
    ("terms.csv", "status,at_risk", "status,risk", "pack.term_missing"),
    ("terms.csv", "status,at_risk", "status,risk", "pack.term_unknown"),
    ("terms.csv", "form,csam", "form,epros", "pack.doubled"),
    ("map.geojson", '"id":"MX-AGU"', '"code":"MX-AGU"', "pack.map_unreadable"),
    ("map.geojson", '"features":[', '"features":', "pack.map_unreadable"),
]


@pytest.mark.parametrize(("file", "old", "new", "code"), SPOILED)
def test_what_is_wrong_with_a_pack_is_said(copy: Path, file: str, old: str, new: str, code: str) -> None:
    change(copy / file, old, new)
    assert code in codes(copy)


def test_every_file_of_mexico_is_known() -> None:
    """A file that no reader asks for is a mistyped name, or was left behind."""
    there = {path.name + "/" * path.is_dir() for path in (PACKS / "mexico").iterdir()}
    assert there - reading.OPTIONAL == reading.REQUIRED | reading.OF_THE_SITE


@pytest.mark.parametrize("file", sorted(reading.REQUIRED - {"map-licence.txt"}))
def test_a_missing_file_is_named(copy: Path, file: str) -> None:
    (copy / file).unlink()
    if file == "pack.toml":
        assert codes(copy) == {"pack.unknown"}
        return
    [(code, params)] = validate_pack(copy)
    assert (code, params["file"]) == ("pack.file_missing", file)


@pytest.mark.parametrize(
    "files",
    [["organisations.csv"], sorted(reading.OPTIONAL), *([one] for one in sorted(reading.OF_THE_SITE))],
    ids=" ".join,
)
def test_a_pack_is_whole_without_what_only_the_site_reads(copy: Path, files: list[str]) -> None:
    """Organisations name their networks: who leaves these out leaves both out."""
    for file in files:
        there = copy / file.strip("/")
        if there.is_dir():
            shutil.rmtree(there)
        else:
            there.unlink()
    assert validate_pack(copy) == []
    assert len(load_pack(copy).areas) == 32


def test_a_map_without_licence_or_inside_out_or_in_another_encoding_is_found(copy: Path) -> None:
    (copy / "map-licence.txt").unlink()
    drawn = json.loads((copy / "map.geojson").read_text())
    drawn["features"][0]["geometry"]["coordinates"][0].reverse()
    (copy / "map.geojson").write_text(json.dumps(drawn))
    assert {"pack.map_licence", "pack.map_winding"} <= codes(copy)
    (copy / "map.geojson").write_text(" " * 300_000)
    assert "pack.map_large" in codes(copy)
    (copy / "areas.csv").write_bytes("año".encode("latin-1"))
    assert codes(copy) == {"pack.not_utf8"}


def test_evidence_is_kept_and_asked_for(copy: Path) -> None:
    pack = load_pack("mexico")
    assert all(area.status for area in pack.areas)
    assert {institution.evidence for institution in pack.institutions} >= {"read", "GK"}
    change(copy / "institutions.csv", ",GK\n", ",\n")
    change(copy / "areas.csv", pack.areas[0].status, "")
    assert codes(copy) == {"pack.no_evidence"}


def test_an_empty_country_is_refused(isla: Path) -> None:
    for file in ("areas.csv", "surnames.csv", "given_names.csv"):
        (isla / file).write_text(TINY[file].splitlines()[0] + "\n", encoding="utf-8")
    assert {"pack.no_areas", "pack.no_surnames", "pack.no_names", "pack.map_stranger"} <= codes(isla)


def test_an_unknown_pack_is_refused_by_name() -> None:
    with pytest.raises(InputProblem) as caught:
        load_pack("atlantis")
    assert (caught.value.code, caught.value.params["known"]) == ("pack.unknown", "mexico")


def test_the_order_of_the_statistics_office_is_asked_for(copy: Path) -> None:
    lines = (copy / "areas.csv").read_text(encoding="utf-8").splitlines()
    lines[1], lines[2] = lines[2], lines[1]
    (copy / "areas.csv").write_text("\n".join(lines), encoding="utf-8")
    assert codes(copy) == {"pack.areas_unordered"}


def test_languages_must_be_readable(isla: Path) -> None:
    for file in ("pack.toml", "areas.csv", "terms.csv"):
        text = (isla / file).read_text(encoding="utf-8")
        replaced = (
            text.replace('"en"', '"Inglés"').replace("en =", '"Inglés" =').replace("name_en", "name_Inglés")
        )
        (isla / file).write_text(replaced, encoding="utf-8")
    assert codes(isla) == {"pack.language_wrong", "pack.language_unknown"}
