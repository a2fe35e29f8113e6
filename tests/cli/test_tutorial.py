"""The tutorial, run as it stands: every shell block, in order, in one folder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

TUTORIAL = Path(__file__).parents[2] / "docs" / "tutorial" / "first-picture.md"


def test_the_tutorial(tmp_path: Path) -> None:
    text = TUTORIAL.read_text(encoding="utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    table = re.search(r"^```csv\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) == 7
    assert table is not None
    (tmp_path / "table.csv").write_text(table.group(1), encoding="utf-8")
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "cobijo").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cobijo "$@"\n', encoding="utf-8")
    (tools / "cobijo").chmod(0o755)
    environment = {**os.environ, "PATH": f"{tools}:{os.environ['PATH']}", "COBIJO_LANG": "en"}
    said = []
    for block in blocks:
        done = subprocess.run(
            ["sh", "-e", "-c", block],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, f"{block}\n{done.stderr}"
        assert "Traceback" not in done.stderr
        said.append(done.stdout + done.stderr)
    assert "recovered nothing" in said[5]
    assert (tmp_path / "picture" / "public" / "report.pdf").exists()
    low, high = json.loads((tmp_path / "picture" / "public" / "picture.json").read_text())["estimate"][
        "interval"
    ]
    assert low < high
