"""The site under load: a million protected, sealed records on PostgreSQL, twenty people, every page audited.

    python -m benchmarks.web [--quick] [--json] [--keep FOLDER]

PostgreSQL with production's roles (the application's owns nothing, row-level security forced, keys in a database of
their own), 200,000 audit events, the server as `cobijo serve` starts it with its worker, the load on the same machine.
A fifth of all records lies with one national body, and five of the twenty people work there. `--keep FOLDER` leaves the
filled database for the next run with the same folder. `COBIJO_BENCH_DATABASE_URL` names the server, as its superuser.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from benchmarks import audit_writers
from benchmarks.common import Entry, show
from benchmarks.web_import import importing
from benchmarks.web_load import Answers, Pages, Person, load, send
from benchmarks.web_site import Site, cpu_seconds, pss_mb, site

RECORDS, QUICK_RECORDS = 1_000_000, 50_000
SECONDS, QUICK_SECONDS = 60.0, 5.0
WARM_SECONDS, QUICK_WARM_SECONDS = 5.0, 1.0
FILL = """
import json, sys
from benchmarks.web_fill import fill
say = lambda line: print(line, file=sys.stderr, flush=True)
print(json.dumps(fill(int(sys.argv[1]), sys.argv[2], sys.argv[3], say=say)))
"""
SIGN_IN = """
import json
from benchmarks.web_people import sign_in
print(json.dumps(sign_in()))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "--quick", action="store_true", help="50,000 records, 5 s a page, no import, no writers"
    )
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--keep", type=Path, help="leave the filled database for the next run with this folder"
    )
    parser.add_argument("--only", help="entries to measure, separated by commas")
    asked = parser.parse_args()
    only = set(asked.only.split(",")) if asked.only else None
    entries: list[Entry] = []
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = stack.enter_context(site(folder, keep=asked.keep is not None))
        if not made.filled:
            _say("Filling the database; about two minutes, a few seconds with --quick.")
            records = QUICK_RECORDS if asked.quick else RECORDS
            made.run("from benchmarks.web_kind import make_tables; make_tables()", COBIJO_AS_OWNER="1")
            made.filled = json.loads(made.run(FILL, str(records), made.superuser(), made.superuser("keys")))
        entries += pages(made, quick=asked.quick, only=only)
        entries += _left_out(asked.quick, only) or importing(made)
    if only is None or "audit_10k_8writers_s" in only:
        _say("Eight writers of the audit.")
        entries += audit_writers.entries(quick=asked.quick)
    show([one for one in entries if only is None or one.name in only], as_json=asked.json)


def _left_out(quick: bool, only: set[str] | None) -> list[Entry]:
    names = {"import_100k_s": "s", "import_100k_peak_mb": "MB"}
    if not quick and (only is None or only & names.keys()):
        return []
    return [Entry(name, None, unit, "not measured in this run") for name, unit in names.items()]


def pages(made: Site, *, quick: bool, only: set[str] | None) -> list[Entry]:
    """The four kinds of page under load, and what the processes of the site hold when it rests again."""
    from benchmarks.web_kind import FILTERS, PATH, SORTS

    people = [Person(**one) for one in json.loads(made.run(SIGN_IN))]
    kinds = Pages(PATH, SORTS, FILTERS)
    seconds = QUICK_SECONDS if quick else SECONDS
    entries = []
    with made.serving() as (port, process):
        resting = _resting(port, process.pid, people, kinds)
        for kind in ("list", "filter", "name_search", "detail"):
            name = f"{kind}_p95_ms"
            if only is not None and name not in only:
                continue
            _say(f"{name}: {len(people)} people, a request a second each, {seconds:.0f} s.")
            ask: Callable[..., object] = getattr(kinds, kind)
            load(port, people, ask, QUICK_WARM_SECONDS if quick else WARM_SECONDS)  # type: ignore[arg-type]
            before = cpu_seconds(process.pid)
            answers = load(port, people, ask, seconds)  # type: ignore[arg-type]
            used = 1000 * (cpu_seconds(process.pid) - before) / max(1, len(answers.seconds))
            entries.append(_entry(name, answers, used, made))
    return [*entries, resting]


def _resting(port: int, pid: int, people: list[Person], kinds: Pages) -> Entry:
    """Once every kind of page was shown once and nobody asks for anything."""
    import random

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    for kind in (kinds.list, kinds.filter, kinds.name_search, kinds.detail):
        asked = kind(random.Random(0), people[0])
        status, _body = send(connection, asked, people[0].cookie)
        if status != 200:
            raise RuntimeError(f"{status} for {asked.path}")
    connection.close()
    time.sleep(8)  # the worker has started too
    found = pss_mb(pid)
    parts = ", ".join(f"{name.split()[0]} {mb:.0f}" for name, mb in found.items() if mb >= 1)
    return Entry("serve_idle_pss_mb", round(sum(found.values()), 1), "MB", f"bar 300; {parts}")


def _entry(name: str, answers: Answers, cpu_ms: float, made: Site) -> Entry:
    if answers.wrong:
        _say(f"  {len(answers.wrong)} answers were wrong, first: {answers.wrong[0]}")
    note = (
        f"bar 150; p50 {answers.share(0.5):.0f}, p99 {answers.share(0.99):.0f}, worst {answers.share(1):.0f};"
        f" {len(answers.seconds)} requests, {len(answers.wrong)} wrong; {cpu_ms:.0f} ms of the server's processor each;"
        f" {answers.bytes / max(1, len(answers.seconds)) / 1000:.1f} kB; {made.filled['records']:,} records;"
        f" load average {os.getloadavg()[0]:.1f}"
    )
    return Entry(name, None if answers.wrong else round(answers.share(0.95), 1), "ms", note)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
