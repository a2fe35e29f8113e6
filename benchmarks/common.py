"""What every benchmark shares: its two options, its entries, its table."""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Entry:
    """One line of a benchmark's table."""

    name: str
    measured: float | None
    unit: str
    note: str = ""


def options(description: str, *, counts: Mapping[str, str] | None = None) -> argparse.Namespace:
    """`--quick` ends within a minute and says what it left out; `--json` prints entries for a program.

    `counts`: further options that take a whole number, name -> help; None where one is not given.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    for name, help_text in (counts or {}).items():
        parser.add_argument(f"--{name}", type=int, default=None, help=help_text)
    return parser.parse_args()


def show(entries: Sequence[Entry], *, as_json: bool) -> None:
    """The table, or the list of entries."""
    if as_json:
        print(json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=1))
        return
    width = max(len(entry.name) for entry in entries)
    for entry in entries:
        value = "left out" if entry.measured is None else f"{entry.measured:,.4g}"
        print(f"{entry.name:<{width}}  {value:>12} {entry.unit:<6}  {entry.note}")


def seconds(work: Callable[[], object], *, repeats: int = 1) -> float:
    """The quickest of some runs: the machine is shared, and noise only ever adds."""
    best = float("inf")
    for _ in range(repeats):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def in_child(code: str) -> tuple[float, float]:
    """Run Python in a process of its own; returns wall seconds and peak memory in MB, its own libraries included.

    The peak is `VmHWM`: `ru_maxrss` of a child begins at what the process that started it held.
    """
    start = time.perf_counter()
    measured = f"{code}\n" + (
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", measured], capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return time.perf_counter() - start, int(done.stdout.split()[-1]) / 1024


def own_peak_mb() -> float:
    """Peak memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
