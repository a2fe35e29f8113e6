"""A result is there whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cobijo.engine.output import MARK, whole_folder
from cobijo.errors import WrongUsage


def test_the_new_result_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    for text in ("first", "second"):
        with whole_folder(tmp_path / "out") as work:
            (work / "result").write_text(text)
            assert not (tmp_path / "out" / "result").exists() or text == "second"
    assert (tmp_path / "out" / "result").read_text() == "second"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_failure_leaves_the_old_result(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "out") as work:
        (work / "result").write_text("good")
    with pytest.raises(RuntimeError), whole_folder(tmp_path / "out") as work:
        (work / "result").write_text("half")
        raise RuntimeError
    assert (tmp_path / "out" / "result").read_text() == "good"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_somebody_elses_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(WrongUsage), whole_folder(tmp_path):
        pass
    assert (tmp_path / "thesis.docx").exists()


def test_killed_and_run_again(tmp_path: Path) -> None:
    """A run killed in the middle leaves the old result; the next one sweeps what it left."""
    with whole_folder(tmp_path / "out") as work:
        (work / "result").write_text("old")
    code = (
        "import sys, time; from pathlib import Path; from cobijo.engine.output import whole_folder\n"
        f"with whole_folder(Path({str(tmp_path / 'out')!r})) as work:\n"
        "    (work / 'result').write_text('half'); print('working', flush=True); time.sleep(60)\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    assert run.stdout.readline() == "working\n"
    with whole_folder(tmp_path / "other"):  # a neighbour does not disturb a run that lives
        assert any(path.name.startswith("out.tmp-") for path in tmp_path.iterdir())
    os.kill(run.pid, signal.SIGKILL)
    run.wait()
    time.sleep(0.1)
    assert (tmp_path / "out" / "result").read_text() == "old"
    with whole_folder(tmp_path / "out") as work:
        (work / "result").write_text("new")
    assert (tmp_path / "out" / "result").read_text() == "new"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "out"]
    assert (tmp_path / "out" / MARK).exists()
