"""Work for a child process; imports no Django."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from cobijo.errors import InputProblem


def count(*, to: int, progress: Any) -> int:
    if to < 0:
        raise InputProblem("lists.no_rows", file="Xóchitl.csv")
    if to == 0:
        raise ValueError("Xóchitl Canario")
    for number in range(to):
        progress("tests.counting", number, to)
        time.sleep(0.05)
        print("the engine's libraries say many things")
    return to + sum(module == "django" for module in __import__("sys").modules)


def mark(*, path: str, progress: Any) -> None:
    """Touches a file for as long as it lives."""
    while True:
        Path(path).write_text(str(time.time()), encoding="ascii")
        time.sleep(0.1)
