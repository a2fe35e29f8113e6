"""The load: people with their browsers, each asking once a second whether the last answer has come or not.

An open loop: a request has its time, and its latency counts from then, so that a server which stalls pays for everybody
who had to wait behind the stall.
"""

from __future__ import annotations

import gzip
import http.client
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any
from urllib.parse import quote

TOKEN = "benchmark" * 3 + "token"  # 32 letters: a browser's own token against forged forms
EVERY = 1.0  # seconds between two requests of a person


@dataclass(frozen=True)
class Person:
    """Somebody signed in, and children whose records the person reaches."""

    cookie: str
    role: str
    children: Sequence[dict[str, Any]]


@dataclass(frozen=True)
class Asked:
    """One request: where, and what must stand in the answer."""

    path: str
    holds: str = ""
    form: str = ""  # posted: no name ever stands in an address


@dataclass
class Answers:
    """What came back: seconds from the scheduled time; sentences of what was wrong."""

    seconds: list[float] = field(default_factory=list)
    served: list[float] = field(default_factory=list)  # from when it was really sent
    wrong: list[str] = field(default_factory=list)
    bytes: int = 0
    lock: Lock = field(default_factory=Lock, repr=False)

    def share(self, part: float) -> float:
        """A quantile, in milliseconds."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else float("nan")


Ask = Callable[[random.Random, Person], Asked]


def load(port: int, people: Sequence[Person], ask: Ask, seconds: float) -> Answers:
    """Everybody asks for so long; starts are spread evenly over a second."""
    answers = Answers()
    begin = time.perf_counter() + 0.5
    threads = [
        Thread(target=_person, args=(port, one, ask, answers, begin + EVERY * n / len(people), seconds, n))
        for n, one in enumerate(people)
    ]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return answers


def _person(
    port: int, person: Person, ask: Ask, answers: Answers, begin: float, seconds: float, number: int
) -> None:
    draw = random.Random(number)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    due = begin
    while due < begin + seconds:
        time.sleep(max(0.0, due - time.perf_counter()))
        asked = ask(draw, person)
        sent = time.perf_counter()
        try:
            status, body = send(connection, asked, person.cookie)
        except (OSError, http.client.HTTPException) as problem:
            connection.close()
            status, body = 0, type(problem).__name__.encode()
        now = time.perf_counter()
        said = _wrong(status, body, asked)
        with answers.lock:
            answers.seconds.append(now - due)
            answers.served.append(now - sent)
            answers.bytes += len(body)
            if said:
                answers.wrong.append(said)
        due += EVERY
    connection.close()


def send(connection: http.client.HTTPConnection, asked: Asked, cookie: str) -> tuple[int, bytes]:
    """One page as a browser asks for it, compressed."""
    headers = {
        "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
        "Accept-Encoding": "gzip",
        "Host": "localhost",
    }
    if asked.form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        form = f"{asked.form}&csrfmiddlewaretoken={TOKEN}"
        connection.request("POST", asked.path, body=form.encode(), headers=headers)
    else:
        connection.request("GET", asked.path, headers=headers)
    answer = connection.getresponse()
    return answer.status, answer.read()


def _wrong(status: int, body: bytes, asked: Asked) -> str:
    if status != 200:
        return f"{status} for {asked.path}"
    text = (gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body).decode()
    return "" if asked.holds in text else f"{asked.path} does not say {asked.holds!r}"


# --- What people ask for -----------------------------------------------------------------------------------------


class Pages:
    """The four kinds of page, on the register at `path`."""

    def __init__(self, path: str, sorts: Sequence[str], filters: Sequence[str]) -> None:
        self.path, self.sorts, self.filters = path, sorts, filters

    def list(self, draw: random.Random, person: Person) -> Asked:
        """The first page mostly, in any order that the heads of the columns offer; now and then a later one."""
        sort = draw.choice(self.sorts)
        page = 1 if draw.random() < 0.6 else draw.randrange(2, 9)
        return Asked(f"{self.path}?sort={sort}" + (f"&page={page}" if page > 1 else ""), 'id="found"')

    def filter(self, draw: random.Random, person: Person) -> Asked:
        """One choice of a filter, in any order."""
        return Asked(f"{self.path}?{draw.choice(self.filters)}&sort={draw.choice(self.sorts)}", 'id="found"')

    def name_search(self, draw: random.Random, person: Person) -> Asked:
        """Given name and surname of a child that is there, four times of five; else of one that is not likely to be."""
        child = draw.choice(person.children)
        words = f"{child['given']} {child['surname1']} {child['surname2']}"
        if draw.random() < 0.2:
            other = draw.choice(person.children)
            words = f"{other['given']} {child['surname1']}"
            return Asked(self.path, 'id="found"', f"q={quote(words)}")
        return Asked(self.path, f'href="{self.path}{child["id"]}/"', f"q={quote(words)}")

    def detail(self, draw: random.Random, person: Person) -> Asked:
        """A record with its identity, which is read for a purpose and put on record."""
        child = draw.choice(person.children)
        return Asked(f"{self.path}{child['id']}/", child["surname1"])
