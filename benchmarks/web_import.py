"""100,000 rows through the import pages as a person does it: file, columns, trial, import.

The clock runs from sending the file to the trial's result, and from the last press to the job's end. Reading the
pages is not timed.
"""

from __future__ import annotations

import csv
import http.client
import io
import json
import os
import random
import re
import time
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.common import Entry
from benchmarks.web_site import Site, cpu_seconds, family

ROWS = 100_000
TIMEOUT = 600
IMPORTER = """
import json
from benchmarks.web_people import importer
print(json.dumps(importer()))
"""
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


def importing(made: Site) -> list[Entry]:
    """`import_100k_s`, `import_100k_peak_mb`: dry run, encryption, search index, history and audit included."""
    cookie = json.loads(made.run(IMPORTER))
    content = table(ROWS)
    with made.serving() as (port, process):
        try:
            trial, work, said = _imported(made, port, cookie, content)
        except RuntimeError as problem:
            return [
                Entry("import_100k_s", None, "s", f"FAILED: {problem}"),
                Entry("import_100k_peak_mb", None, "MB", "FAILED"),
            ]
        peaks, used = _peaks(process.pid), cpu_seconds(process.pid)
    note = f"bar 30; trial {trial:.1f} s, import {work:.1f} s; {len(content) / 1e6:.1f} MB; {said};"
    note += f" {used:.0f} s of the site's processor; load average {os.getloadavg()[0]:.1f}"
    parts = ", ".join(f"{peak:.0f}" for peak in sorted(peaks, reverse=True))
    return [
        Entry("import_100k_s", round(trial + work, 1), "s", note),
        Entry(
            "import_100k_peak_mb", round(max(peaks)), "MB", f"bar 500; the largest of the processes ({parts})"
        ),
    ]


def table(rows: int) -> bytes:
    """A table of invented children."""
    from benchmarks.web_fill import Names
    from benchmarks.web_kind import identity_of, plain_of

    draw = random.Random(11)
    target = io.StringIO()
    names = (
        "given",
        "surname1",
        "surname2",
        "birth_date",
        "official_id",
        "status",
        "area",
        "risk",
        "opened_on",
    )
    writer = csv.writer(target)
    writer.writerow(names)
    for drawn in Names(draw).many(rows):
        status, area, risk, opened = plain_of(draw)
        status = "open" if (status, risk) == ("closed", "high") else status
        writer.writerow([*identity_of(drawn, draw).values(), status, area, risk, opened])
    return target.getvalue().encode()


def _imported(made: Site, port: int, cookie: str, content: bytes) -> tuple[float, float, str]:
    from benchmarks.web_kind import PATH

    browser = _Browser(http.client.HTTPConnection("127.0.0.1", port, timeout=TIMEOUT), cookie)
    browser.ask("GET", f"{PATH}import/")
    begin = time.perf_counter()
    columns = browser.post(f"{PATH}import/", [], content)
    browser.post(f"{PATH}import/", _form(columns))
    number, _params = _ended(made, "screens.try")
    tried = browser.ask("GET", f"{PATH}import/?tried={number}")
    trial = time.perf_counter() - begin
    fields = _form(tried)
    if "step" not in dict(fields):
        raise RuntimeError(f"the trial offers no import: {_said(tried)}")
    begin = time.perf_counter()
    browser.post(f"{PATH}import/", fields)
    _number, params = _ended(made, "screens.import")
    return trial, time.perf_counter() - begin, f"{params.get('count')} rows"


class _Fields(HTMLParser):
    """The form of a page that speaks of the kept file: what a browser would send when its button is pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[list[tuple[str, str]]] = []
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append([])
        elif tag == "select":
            self.select = said.get("name", "")
            self._add(self.select, "")
        elif tag == "option" and "selected" in said and self.forms:
            self.forms[-1].remove((self.select, ""))
            self._add(self.select, said.get("value", ""))
        elif tag in {"input", "button"} and said.get("name"):
            self._add(said["name"], said.get("value", ""))

    def _add(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1].append((name, value))


def _form(page: str) -> list[tuple[str, str]]:
    parser = _Fields()
    parser.feed(page)
    for fields in parser.forms:
        if "file" in dict(fields):
            return [one for one in fields if one[0] != "csrfmiddlewaretoken"]
    raise RuntimeError(f"a page of the import has no form for the file: {_said(page)}")


def _said(page: str) -> str:
    """The words of a page, the beginning of them."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition('id="main"')[2] or page).split())[:300]


class _Browser:
    """Cookies and the token against forged forms."""

    def __init__(self, connection: http.client.HTTPConnection, session: str) -> None:
        self.connection, self.cookies, self.token = connection, {"sessionid": session}, ""

    def post(self, path: str, fields: Sequence[tuple[str, str]], file: bytes | None = None) -> str:
        """A form, with a file or without; the page to which it leads, unless that is a job's."""
        mark = b"----cobijo-benchmark"
        parts = [
            b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
            % (mark, name.encode(), value.encode())
            for name, value in (*fields, ("csrfmiddlewaretoken", self.token))
        ]
        if file is not None:
            parts.append(
                b'--%s\r\nContent-Disposition: form-data; name="table"; filename="people.csv"\r\n'
                b"Content-Type: text/csv\r\n\r\n%s\r\n" % (mark, file)
            )
        body = b"".join(parts) + b"--%s--\r\n" % mark
        return self.ask(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={mark.decode()}"}
        )

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] = {}) -> str:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.connection.request(
            method, path, body=body, headers={"Cookie": cookies, "Host": "localhost", **headers}
        )
        answer = self.connection.getresponse()
        text = answer.read().decode()
        for said in answer.headers.get_all("Set-Cookie") or []:
            name, _, value = said.partition(";")[0].partition("=")
            self.cookies[name] = value
        if answer.status not in {200, 302}:
            raise RuntimeError(f"{answer.status} for {method} {path}: {_said(text)}")
        to = answer.headers.get("Location", "")
        if answer.status == 302 and "/jobs/" not in to:
            return self.ask("GET", to)
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return text


def _ended(made: Site, kind: str) -> tuple[str, dict[str, Any]]:
    """Waits for the latest job of a kind; its number and what it said."""
    end = time.monotonic() + TIMEOUT
    with psycopg.connect(made.superuser(), autocommit=True) as connection:
        while time.monotonic() < end:
            row = connection.execute(
                "SELECT id, state, code, params FROM jobs_job WHERE kind = %s ORDER BY made_at DESC LIMIT 1",
                [kind],
            ).fetchone()
            if row is None:
                raise RuntimeError(f"no job {kind} was handed in")
            if row[1] == "done":
                return str(row[0]), row[3]
            if row[1] in {"failed", "cancelled"}:
                raise RuntimeError(f"the job {kind} {row[1]}: {row[2]} {row[3]}")
            time.sleep(0.1)
    raise RuntimeError(f"the job {kind} took more than {TIMEOUT} s")


def _peaks(root: int) -> list[float]:
    """The largest that each process has ever been, in MB."""
    found = []
    for pid in family(root):
        try:
            lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
        except OSError:
            continue
        found += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:")]
    return found
