"""The command line, run as a person runs it: in a process, by its words and exit codes."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REFERENCE = Path(__file__).parent.parent / "reference"


def cobijo(*words: str | Path, language: str = "en") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "COBIJO_LANG": language}
    environment.pop("COBIJO_DEBUG", None)
    return subprocess.run(
        [sys.executable, "-m", "cobijo", *map(str, words)],
        capture_output=True, text=True, env=environment, check=False, timeout=300,
    )  # fmt: skip


def table(folder: Path, rows: list[str]) -> Path:
    path = folder / "table.csv"
    path.write_text("\n".join(["a,b,c,count", *rows]) + "\n", encoding="utf-8")
    return path


def test_estimate_gives_the_reference_answer(tmp_path: Path) -> None:
    from cobijo.engine import datasets

    histories = datasets.load("UKdat_5")
    path = tmp_path / "uk.csv"
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow([*histories.lists, "count"])
        for cell, count in zip(histories.cells.tolist(), histories.counts.tolist(), strict=True):
            writer.writerow([*(cell >> bit & 1 for bit in range(len(histories.lists))), count])
    done = cobijo("estimate", path, "--json", "--quick")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert {
        "method",
        "observed",
        "estimate",
        "interval",
        "hidden",
        "lists",
        "diagnostics",
        "trace",
    } <= answer.keys()
    assert answer["observed"] == 2744
    assert round(answer["estimate"]) == 11313


def test_a_figure_is_said_as_what_it_is() -> None:
    kosovo = REFERENCE.parent.parent / "src/cobijo/engine/datasets/Kosovo.csv"
    for words, said in (
        (("chao",), "At least 8\u202f591 in all: a floor, not an answer"),
        (("ensemble", "--quick"), "The methods disagree (from 12\u202f600 to"),
        (("closedp", "--model", "Mb"), "About 5\u202f190 in all (closedp); this model gives no interval."),
        (("loglinear", "--model", "pairs"), "best guess 14\u202f402"),
        (("chapman", "--pair", "EXH, ABA"), "best guess 7\u202f231"),
    ):
        done = cobijo("estimate", kosovo, "--method", *words)
        assert done.returncode == 0, done.stderr
        assert said in done.stdout
    wrong = cobijo("estimate", kosovo, "--model", "pairs")
    assert (wrong.returncode, "has no setting model" in wrong.stderr) == (2, True)


def test_help_names_every_family() -> None:
    from cobijo.cli import FAMILIES as NAMED
    from cobijo.engine.population import FAMILIES

    assert set(NAMED.split(", ")) == set(FAMILIES)


def test_exit_codes_and_sentences(tmp_path: Path) -> None:
    problem = cobijo("estimate", table(tmp_path, ["1,0,0,-4", "0,1,0,5", "0,0,1,7"]))
    assert problem.returncode == 3
    assert "2" in problem.stderr  # the row
    assert "Traceback" not in problem.stderr
    refused = cobijo("estimate", table(tmp_path, ["1,0,0,40", "0,1,0,50", "0,0,1,70"]), "--json")
    assert refused.returncode == 4
    assert json.loads(refused.stdout)["estimate"] is None
    assert cobijo("estimate").returncode == 2
    missing = cobijo("estimate", tmp_path / "not-there.csv")
    assert missing.returncode == 3
    assert "not-there.csv" in missing.stderr


def test_the_terminal_speaks_spanish(tmp_path: Path) -> None:
    assert "La tarea principal" in cobijo("--help", language="es").stdout
    assert "The main job" in cobijo("--help").stdout


def test_check_says_what_to_mend(tmp_path: Path) -> None:
    path = tmp_path / "lista.csv"
    path.write_bytes(
        "nombre;primer apellido;fecha de nacimiento;sexo\nAna;Núñez;31/02/2010;F\n;;;\n".encode("latin-1")
    )
    done = cobijo("check", path, "--json")
    assert done.returncode == 3, done.stderr
    problems = json.loads(done.stdout)
    assert all({"file", "row", "column", "value", "code", "params"} <= problem.keys() for problem in problems)
    assert any(problem["row"] == 2 and problem["value"] == "31/02/2010" for problem in problems)
    assert "31/02/2010" in cobijo("check", path).stdout


@pytest.mark.parametrize(
    "words", [("picture", "--help"), ("protect", "--help"), ("attack", "--help"), ("--version",)]
)
def test_help(words: tuple[str, ...]) -> None:
    assert cobijo(*words).returncode == 0


WRONG_WORDS = (
    (("nope",), "There is no `cobijo nope`"),
    (("backup", "--nope"), "cobijo backup has no option --nope"),
    (("audit", "verify", "--nope"), "cobijo audit verify has no option --nope"),
    (("manage", "nope"), "There is no `cobijo manage nope`"),
    (("manage", "vault", "state", "--nope"), "cobijo manage vault has no option --nope"),
    (("manage", "vault"), "cobijo manage vault cannot be called with these words"),
    (("manage", "vault", "nope"), "`cobijo manage vault --help` shows how"),
    (("manage", "migrate", "--verbosity", "x"), "cobijo manage migrate cannot be called with these words"),
    (("backup",), "cobijo backup needs OUT"),
    (("backup", "out"), "cobijo backup needs --to"),
    (("init", "--email"), "after --email a value is needed"),
    (("serve", "--port", "x"), "the value of --port does not fit"),
    (("backup", "one", "two", "--to", "key"), "cannot be called with these words"),
)


@pytest.mark.parametrize(("words", "sentence"), WRONG_WORDS, ids=lambda one: " ".join(one)[:30])
def test_wrong_words_are_one_sentence_and_code_2(words: tuple[str, ...], sentence: str) -> None:
    done = cobijo(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1
    assert sentence in done.stderr
    if words[-1] == "--nope":
        as_json = json.loads(cobijo(*words, "--json").stdout)
        assert as_json["error"]["code"].startswith("cli.no_such_option")


def test_every_option_of_every_word_says_what_it_is_for() -> None:
    """In both languages: a person may know a word of the command line only from its own help."""
    from typer.main import get_command

    from cobijo.cli import app

    group = get_command(app)
    silent = []
    words = dict(group.commands)
    words |= {
        f"{name} {sub}": one
        for name, top in words.items()
        for sub, one in getattr(top, "commands", {}).items()
    }
    for name, word in words.items():
        silent += [name] if not word.help else []
        silent += [
            f"{name} {one.name}"
            for one in word.params
            if not getattr(one, "help", None) and one.name != "help"
        ]
    assert silent == []
