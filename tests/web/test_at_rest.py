"""A site at rest holds nothing that only some work needs: drawing, setting type, workbooks, the engine's tables."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

HEAVY = {
    "duckdb",
    "llvmlite",
    "numba",
    "numpy",
    "openpyxl",
    "polars",
    "pyarrow",
    "scipy",
    "splink",
    "typst",
    "vl_convert",
}
REST = """
import json, sys
import django
django.setup()
from django.urls import resolve, reverse
resolve(reverse("work"))
from cobijo.web.core.vault.blind import forms
forms(given="Ana", surname1="Luna", birth_year=2012)
print(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def test_a_site_at_rest_holds_no_tool_that_only_some_work_needs(tmp_path: Path) -> None:
    settings = {"DJANGO_SETTINGS_MODULE": "cobijo.web.settings", "COBIJO_DATA_DIR": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", REST], env=os.environ | settings, stdout=subprocess.PIPE, text=True, check=True
    )
    assert set(json.loads(done.stdout)) & HEAVY == set()
