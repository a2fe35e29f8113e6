"""A child's file under load: 100,000 cases on PostgreSQL, twenty people, every identity audited.

    python -m benchmarks.children [--quick] [--json] [--keep FOLDER] [--only NAMES]

PostgreSQL with production's roles (the application's owns nothing, row-level security forced, keys in a database of
their own), the server as `cobijo serve` starts it with its worker, the load on the same machine. Twelve caseworkers and
eight supervisors; five of the twenty work in one national body that holds a fifth of all cases. `--keep FOLDER` leaves
the filled database for the next run. `COBIJO_BENCH_DATABASE_URL` names the server, as its superuser.
"""

from __future__ import annotations

import argparse
import gzip
import html
import http.client
import json
import os
import random
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.common import Entry, show
from benchmarks.web_load import Answers, Asked, Person, load
from benchmarks.web_site import Site, cpu_seconds, site

CASES, QUICK_CASES = 100_000, 5_000
SECONDS, QUICK_SECONDS = 60.0, 4.0
WARM_SECONDS, QUICK_WARM_SECONDS = 5.0, 1.0
FILL = """
import json, sys
from benchmarks.children_fill import fill
say = lambda line: print(line, file=sys.stderr, flush=True)
print(json.dumps(fill(int(sys.argv[1]), sys.argv[2], sys.argv[3], say=say)))
"""
SIGN_IN = """
import json
from benchmarks.children_people import health_worker, sign_in
print(json.dumps([sign_in(), health_worker()]))
"""
LINKED = re.compile(r'<link[^>]+rel="stylesheet"[^>]*>|<script[^>]+src="[^"]+"|<img[^>]+src="[^"]+"')
ADDRESS = re.compile(r'(?:href|src)="([^"]+)"')


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="5,000 cases, 4 s a page")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--keep", type=Path, help="leave the filled database for the next run with this folder"
    )
    parser.add_argument("--only", help="entries to measure, separated by commas")
    asked = parser.parse_args()
    only = set(asked.only.split(",")) if asked.only else None
    with ExitStack() as stack:
        folder = asked.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        made = stack.enter_context(site(folder, keep=asked.keep is not None, settings="cobijo.web.settings"))
        if not made.filled:
            _say("Filling the database; about two minutes, a few seconds with --quick.")
            cases = QUICK_CASES if asked.quick else CASES
            made.filled = json.loads(made.run(FILL, str(cases), made.superuser(), made.superuser("keys")))
        entries = pages(made, quick=asked.quick, only=only)
    show([one for one in entries if only is None or one.name in only], as_json=asked.json)


class Asks:
    """What the twenty ask for."""

    def work_page(self, draw: random.Random, person: Person) -> Asked:
        return Asked("/es/work/", "<h1")

    def search_before_create(self, draw: random.Random, person: Person) -> Asked:
        """Names and birth date of a child that is there, four times of five; else of one that is not likely to be."""
        child = draw.choice(person.children)
        known = {name: child[name] for name in ("given", "surname1", "surname2", "birth_date")}
        holds = f'/es/care/children/{child["id"]}/"'
        if draw.random() < 0.2:
            known["given"], holds = draw.choice(person.children)["given"], "<h1"
        return Asked("/es/care/children/new/", holds, urlencode(known))

    def case_page(self, draw: random.Random, person: Person) -> Asked:
        """A case that goes on, with its names and all that hangs under it, read for a purpose and put on record."""
        child = draw.choice(person.children)
        return Asked(f"/es/care/cases/{child['case']}/", html.escape(child["given"]))


def pages(made: Site, *, quick: bool, only: set[str] | None) -> list[Entry]:
    people, nurse = json.loads(made.run(SIGN_IN))
    twenty = [Person(**one) for one in people]
    seconds = QUICK_SECONDS if quick else SECONDS
    asks, entries = Asks(), []
    with made.serving() as (port, process):
        for kind in ("work_page", "search_before_create", "case_page"):
            name = f"{kind}_p95_ms"
            if only is not None and name not in only:
                continue
            _say(f"{name}: {len(twenty)} people, a request a second each, {seconds:.0f} s.")
            ask: Callable[[random.Random, Person], Asked] = getattr(asks, kind)
            load(port, twenty, ask, QUICK_WARM_SECONDS if quick else WARM_SECONDS)
            before = cpu_seconds(process.pid)
            answers = load(port, twenty, ask, seconds)
            used = 1000 * (cpu_seconds(process.pid) - before) / max(1, len(answers.seconds))
            entries.append(_entry(name, answers, used, made))
        entries.append(_health_form(port, nurse))
    return entries


def _entry(name: str, answers: Answers, cpu_ms: float, made: Site) -> Entry:
    if answers.wrong:
        _say(f"  {len(answers.wrong)} answers were wrong, first: {answers.wrong[0]}")
    note = (
        f"bar 150; p50 {answers.share(0.5):.0f}, p99 {answers.share(0.99):.0f}, worst {answers.share(1):.0f};"
        f" {len(answers.seconds)} requests, {len(answers.wrong)} wrong; {cpu_ms:.0f} ms of the server's processor each;"
        f" {answers.bytes / max(1, len(answers.seconds)) / 1000:.1f} kB; {made.filled['cases']:,} cases;"
        f" load average {os.getloadavg()[0]:.1f}"
    )
    return Entry(name, None if answers.wrong else round(answers.share(0.95), 1), "ms", note)


def _health_form(port: int, cookie: str) -> Entry:
    """The health worker's screen as a phone loads it for the first time: the page and everything it names, unpacked."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def fetch(path: str) -> tuple[int, bytes]:
        """Bytes that travelled, and what they say."""
        headers = {"Cookie": f"sessionid={cookie}", "Accept-Encoding": "gzip", "Host": "localhost"}
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{answer.status} for {path}")
        return len(body), gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body

    travelled, page = fetch("/es/care/notice/")
    text = page.decode()
    total, parts = len(page), [f"page {len(page):,}"]
    for tag in LINKED.findall(text):
        found = ADDRESS.search(tag)
        if found is not None:
            packed, body = fetch(html.unescape(found[1]))
            travelled, total = travelled + packed, total + len(body)
            parts.append(f"{found[1].rpartition('/')[2]} {len(body):,}")
    connection.close()
    scripts = len(re.findall("<script", text))
    note = f"bar 60000; {', '.join(parts)}; {travelled:,} as they travel, packed; {scripts} scripts"
    return Entry("health_form_bytes", float(total), "bytes", note)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
