"""What was run: enough to run it again and get the same bytes.

A trace holds no clock and no path: the same inputs, settings and seed give the same trace on every machine with the
same versions. When and where a run happened is kept apart, in the private part of an output.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from pathlib import Path

from cobijo import __version__

ENGINE_PARTS = ("duckdb", "highspy", "numba", "numpy", "pyarrow", "scipy", "splink")


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's bytes, read in pieces."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def versions() -> dict[str, str]:
    """The program, the language and the libraries whose numbers we pass on."""
    return {
        "cobijo": __version__,
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        **{part: version(part) for part in ENGINE_PARTS},
    }


def trace(
    *, seed: int, settings: Mapping[str, object], inputs: Iterable[Mapping[str, object]]
) -> dict[str, object]:
    """One run, as plain data: versions, seed, settings, and each input with its hash."""
    return {**versions(), "seed": seed, "settings": dict(settings), "inputs": [dict(one) for one in inputs]}
