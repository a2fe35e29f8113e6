"""The page of a national plan under load: 400 lines, five years, ten sources of money, 20,000 budget rows.

    python -m benchmarks.coordination [--quick] [--json] [--keep FOLDER]

PostgreSQL with production's roles, the server as `cobijo serve` starts it with its worker, twenty people of ten
organisations signed in with their second factor, each asking for the plan once a second whether the last answer has
come or not; a latency counts from the scheduled time. Every answer must hold the plan's whole sum to the cent.
`COBIJO_BENCH_DATABASE_URL` names the server, as its superuser.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

import psycopg

from benchmarks.common import Entry, show
from benchmarks.web_load import Answers, Asked, Person, load
from benchmarks.web_site import Site, cpu_seconds, site

SECONDS, QUICK_SECONDS = 60.0, 8.0
WARM_SECONDS, QUICK_WARM_SECONDS = 5.0, 2.0
BAR = 150
FILL = """
import json
from benchmarks.coordination_fill import fill
print(json.dumps(fill()))
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="the same plan, 8 s of load")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--keep", type=Path, help="leave the filled database for the next run with this folder"
    )
    asked = parser.parse_args()
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = stack.enter_context(site(folder, keep=asked.keep is not None))
        if not made.filled:
            _say("Filling the plan.")
            made.run("from benchmarks.web_kind import make_tables; make_tables()", COBIJO_AS_OWNER="1")
            made.filled = json.loads(made.run(FILL).splitlines()[-1])
            with psycopg.connect(made.superuser(), autocommit=True) as server:
                server.execute("VACUUM ANALYZE")
        entries = [plan_page(made, quick=asked.quick)]
    show(entries, as_json=asked.json)


def plan_page(made: Site, *, quick: bool) -> Entry:
    """Mostly the first page, as the work page links to it; now and then a later one, or one objective's lines."""
    people = [Person(cookie, "", ()) for cookie in made.filled["cookies"]]
    path, whole = made.filled["path"], made.filled["whole"]

    def ask(draw: random.Random, person: Person) -> Asked:
        chance = draw.random()
        if chance < 0.6:
            return Asked(path, whole)
        if chance < 0.8:
            return Asked(f"{path}?page={draw.randrange(2, 9)}", whole)
        return Asked(f"{path}?objective={draw.randrange(1, 11)}", whole)

    with made.serving() as (port, process):
        seconds = QUICK_SECONDS if quick else SECONDS
        _say(f"plan_page_p95_ms: {len(people)} people, a request a second each, {seconds:.0f} s.")
        load(port, people, ask, QUICK_WARM_SECONDS if quick else WARM_SECONDS)
        before = cpu_seconds(process.pid)
        answers = load(port, people, ask, seconds)
        used = 1000 * (cpu_seconds(process.pid) - before) / max(1, len(answers.seconds))
    return _entry(answers, used, made)


def _entry(answers: Answers, cpu_ms: float, made: Site) -> Entry:
    if answers.wrong:
        _say(f"  {len(answers.wrong)} answers were wrong, first: {answers.wrong[0]}")
    count = len(answers.seconds)
    note = (
        f"bar {BAR}; p50 {answers.share(0.5):.0f}, p99 {answers.share(0.99):.0f}, worst {answers.share(1):.0f};"
        f" {count} requests, {len(answers.wrong)} wrong; {cpu_ms:.0f} ms of the server's processor each;"
        f" {answers.bytes / max(1, count) / 1000:.1f} kB; {made.filled['lines']} lines, {made.filled['rows']:,} budget"
        f" rows, 50 lines a page; load average {os.getloadavg()[0]:.1f}"
    )
    return Entry("plan_page_p95_ms", None if answers.wrong else round(answers.share(0.95), 1), "ms", note)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
