"""The tutorial of the United Kingdom's figure, run as it stands."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cobijo.cli import app

TUTORIAL = Path(__file__).parents[3] / "docs" / "tutorial" / "uk-2014.md"


def test_the_tutorial(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    blocks = {
        kind: re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
        for kind in ("csv", "python", "sh")
    }
    assert [len(found) for found in blocks.values()] == [1, 8, 1]
    monkeypatch.chdir(tmp_path)
    Path("uk.csv").write_text(blocks["csv"][0], encoding="utf-8")
    session = doctest.DocTestParser().get_doctest("\n".join(blocks["python"]), {}, "uk-2014", None, 0)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False).run(session, out=told.append)
    assert result.failed == 0, "".join(told)
    command = blocks["sh"][0].split()
    done = CliRunner().invoke(app, command[1:])
    assert done.exit_code == 0, done.output
    assert "11\u202f418" in Path("uk.html").read_text(encoding="utf-8")


def test_the_first_session_has_five_lines() -> None:
    first = re.search(
        r"^```python\n(.*?)^```", TUTORIAL.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert first is not None
    assert first.group(1).count(">>>") == 5


def test_the_page_on_checks() -> None:
    page = TUTORIAL.parents[1] / "explanation" / "robustness.md"
    result = doctest.testfile(str(page), module_relative=False)
    assert (result.attempted, result.failed) == (4, 0)
