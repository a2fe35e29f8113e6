"""The main job: reading, linking, estimating, reporting, and the whole demonstration."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.common import Entry, in_child, options, seconds, show

PREPARE = """
from pathlib import Path
from cobijo.engine.pack import load_pack
from cobijo.engine.linking import read_lists
pack = load_pack("mexico")
"""


def read_million(folder: Path) -> list[Entry]:
    """One CSV of a million rows, in a process of its own."""
    big = folder / "million.csv"
    from benchmarks.rows import write_rows

    write_rows(big, 1_000_000)
    code = (
        PREPARE
        + f"""
import time; start = time.perf_counter()
one = read_lists([Path({str(big)!r})], pack=pack)[0]
print(time.perf_counter() - start, one.records.num_rows)
"""
    )
    start = time.perf_counter()
    wall, peak = in_child(code)
    note = f"{big.stat().st_size / 1e6:.0f} MB file, imports included; whole call {time.perf_counter() - start:.1f} s"
    return [Entry("read_1m_rows_s", wall, "s", note), Entry("read_1m_peak_mb", peak, "MB", "bar 1500")]


def linking(folder: Path, children: int, label: str) -> list[Entry]:
    """Link the five lists of an invented country; records are about 1.1 times the children."""
    out = folder / f"country{children}"
    subprocess.run(
        [sys.executable, "-m", "cobijo", "simulate", "--children", str(children), "--out", str(out), "--json"],
        check=True, capture_output=True,
    )  # fmt: skip
    code = (
        PREPARE
        + f"""
import json
from cobijo.engine.linkage import link, score
from cobijo.engine.linking import read_truth
paths = sorted(Path({str(out / "lists")!r}).iterdir())
lists = read_lists(paths, pack=pack)
linked = link(lists, pack=pack, seed=1)
quality = score(linked.people, read_truth(Path({str(out / "truth.csv")!r})))
Path({str(out / "answer.json")!r}).write_text(json.dumps(
    [linked.seconds, linked.people.num_rows, quality.precision, quality.recall, quality.f1]))
"""
    )
    _wall, peak = in_child(code)
    took, records, precision, recall, f1 = json.loads((out / "answer.json").read_text())
    note = f"{records} records, pairs P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
    entries = [Entry(f"link_{label}_s", took, "s", note)]
    return (
        entries
        if label == "20k"
        else [*entries, Entry(f"link_{label}_peak_mb", peak, "MB", "reading included")]
    )


def estimating() -> Entry:
    """The six-list UK table, stepwise with 1,000 resamples, kernels warm."""
    from cobijo.engine import datasets
    from cobijo.engine.population import estimate

    histories = datasets.load("UKdat")
    estimate(histories, seed=1)
    return Entry("estimate_uk6_s", seconds(lambda: estimate(histories, seed=1), repeats=3), "s", "B = 1,000")


def demonstration(folder: Path) -> list[Entry]:
    """The whole demonstration as a person runs it, and the report alone."""
    from cobijo.engine.pack import load_pack
    from cobijo.engine.report import write_report

    command = [sys.executable, "-m", "cobijo", "demo", "--dir", str(folder / "demo"), "--no-serve", "--json"]
    subprocess.run(
        [*command, "--quick", "--children", "2000"], check=True, capture_output=True
    )  # warms the kernels
    warm = seconds(lambda: subprocess.run(command, check=True, capture_output=True))
    pack = load_pack("mexico")
    report = seconds(lambda: write_report(folder / "demo" / "public", "en", pack=pack), repeats=3)
    return [Entry("report_s", report, "s", "HTML and PDF"), Entry("demo_warm_s", warm, "s", "bar 60")]


def main() -> None:
    asked = options(__doc__ or "")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        entries = [*linking(folder, 18_000, "20k"), estimating(), *demonstration(folder)]
        if asked.quick:
            left = ("read_1m_rows_s", "read_1m_peak_mb", "link_100k_s", "link_100k_peak_mb")
            entries += [Entry(one, None, "", "left out by --quick") for one in left]
        else:
            entries += read_million(folder) + linking(folder, 90_000, "100k")
    show(entries, as_json=asked.json)


if __name__ == "__main__":
    main()
