"""Fills a site with a country's worth of sealed records: real seals, real blind tokens, audit events that verify.

Run inside the site (`django.setup()` done); rows go in by COPY as the superuser, since row-level security lets nobody
else COPY. Indexes are built after the rows. All names are drawn from frequency lists and mean nobody.
"""

from __future__ import annotations

import csv
import multiprocessing
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from benchmarks.web_events import audit_rows
from benchmarks.web_kind import COLUMNS, KIND, identity_of, model, plain_of

ORGANISATIONS, DESKS = 400, 2_000
GIANT_DESKS = 400  # of the first organisation, a national body: a fifth of all records
EVENTS = 200_000  # to a million records
CHUNK = 20_000
PACK = Path(__file__).parent.parent / "src" / "cobijo" / "packs" / "mexico"
PROCESSES = 2


@dataclass(frozen=True)
class Place:
    """A desk: its scope, whose it is."""

    scope: int
    account: int
    organisation: int


def fill(records: int, server: str, keys_server: str, *, say: Any) -> dict[str, Any]:
    """Fill the tables; returns what the load generator must know."""
    began = time.perf_counter()

    def told(what: str) -> None:
        say(f"  {time.perf_counter() - began:5.0f} s  {what}")

    from cobijo.web.core.vault import custody, ring

    custody.make_kek()
    ring.index_secrets()
    ring.new_keys(1)  # the key store now knows its KEK
    places = people(records)
    told(f"{len(places):,} desks of {ORGANISATIONS} organisations")
    tables = ("vault_blindtoken", model()._meta.db_table)
    with (
        psycopg.connect(server, autocommit=True) as main,
        psycopg.connect(keys_server, autocommit=True) as keys,
    ):
        with bare(main, tables), bare(keys, ("keystore_subjectkey",)):
            parts = _parts(records)
            with multiprocessing.get_context("spawn").Pool(len(parts)) as pool:
                work = [(first, last, places, server, keys_server) for first, last in parts]
                for number in pool.imap_unordered(_part, work):
                    told(f"{number:,} records sealed and stored")
        told("indexes built")
        main.execute(
            sql.SQL("SELECT setval(pg_get_serial_sequence({name}, 'id'), max(id)) FROM {table}").format(
                name=sql.Literal(tables[1]), table=sql.Identifier(tables[1])
            )
        )
        events = max(10_000, EVENTS * records // 1_000_000)
        audit_rows(main, places, records, events)
        told(f"{events:,} audit events")
        for table in (*tables, "audit_event", "audit_seal", "accounts_account", "access_scope"):
            main.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))
        keys.execute("VACUUM ANALYZE keystore_subjectkey")
        main.execute("CHECKPOINT")
    told("vacuumed")
    return {
        "records": records,
        "events": events,
        "places": len(places),
        "seconds": time.perf_counter() - began,
    }


# --- People and places -------------------------------------------------------------------------------------------


def people(records: int) -> list[Place]:
    """Organisations, a supervisor and caseworkers each, and their desks, as the site's own rows."""
    from cobijo.web.core.access.models import Scope, ScopeKind
    from cobijo.web.core.accounts.models import Account, Holding, Organisation
    from cobijo.web.core.accounts.roles import Role

    desks = max(40, DESKS * records // 1_000_000)
    giant = max(8, GIANT_DESKS * desks // DESKS)
    houses = max(5, ORGANISATIONS * desks // DESKS)
    organisations = Organisation.objects.bulk_create(
        Organisation(code=f"house-{n}", name=f"Casa {n}", kind="ngo") for n in range(houses)
    )
    Scope.objects.bulk_create(Scope(kind=ScopeKind.TRAY, organisation=one) for one in organisations)
    of = [organisations[0]] * giant + [organisations[1 + n % (houses - 1)] for n in range(desks - giant)]
    workers = Account.objects.bulk_create(
        Account(email=f"worker{n}@bench.example", name=f"Persona {n}", organisation=one, password="!")
        for n, one in enumerate(of)
    )
    heads = Account.objects.bulk_create(
        Account(email=f"head{n}@bench.example", name=f"Responsable {n}", organisation=one, password="!")
        for n, one in enumerate(organisations)
    )
    Holding.objects.bulk_create(
        [Holding(account=one, role=Role.CASEWORKER) for one in workers]
        + [Holding(account=one, role=Role.SUPERVISOR) for one in heads]
    )
    made = Scope.objects.bulk_create(
        Scope(kind=ScopeKind.DESK, organisation=one.organisation, holder=one) for one in (*workers, *heads)
    )
    return [
        Place(scope.pk, one.pk, one.organisation_id)
        for scope, one in zip(made[: len(workers)], workers, strict=True)
    ]


class Names:
    """Names by their frequency in the pack's lists."""

    def __init__(self, draw: random.Random) -> None:
        self.draw = draw
        given, surnames = _listed("given_names.csv"), _listed("surnames.csv")
        self.given, self.given_weights = given
        self.first, self.first_weights = _listed("given_names.csv", but="de")  # "del Carmen" stands second
        self.surnames, self.surname_weights = surnames

    def many(self, count: int) -> Iterator[dict[str, Any]]:
        """Identities of children."""
        draw = self.draw
        first = draw.choices(self.first, cum_weights=self.first_weights, k=count)
        second = draw.choices(self.given, cum_weights=self.given_weights, k=count)
        one = draw.choices(self.surnames, cum_weights=self.surname_weights, k=count)
        other = draw.choices(self.surnames, cum_weights=self.surname_weights, k=count)
        for place in range(count):
            given = first[place]
            if draw.random() < 0.5 and second[place] != given:
                given = f"{given} {second[place]}"
            born = date(2006, 1, 1) + timedelta(days=draw.randrange(6_900))
            yield {"given": given, "surname1": one[place], "surname2": other[place], "born": born}


def _listed(name: str, but: str = "\0") -> tuple[list[str], list[float]]:
    names, total, weights = [], 0.0, []
    with (PACK / name).open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["name"].startswith(but):
                continue
            total += float(row["weight"])
            names.append(row["name"])
            weights.append(total)
    return names, weights


# --- Records -----------------------------------------------------------------------------------------------------


def _parts(records: int) -> list[tuple[int, int]]:
    step = -(-records // PROCESSES)
    return [(first, min(records, first + step - 1)) for first in range(1, records + 1, step)]


def _part(work: tuple[int, int, Sequence[Place], str, str]) -> int:
    """One process's share: numbers `first` to `last`."""
    import django

    django.setup()
    from cobijo.web.core.vault import blind, custody, envelope, ring
    from cobijo.web.core.vault.indexing import index_of

    first, last, places, server, keys_server = work
    draw = random.Random(first)
    names, kek, secret = Names(draw), custody.keks().current, ring.index_secrets()[0]
    index = index_of(KIND)
    token_keys = {purpose: blind.purpose_key(secret.secret, purpose) for purpose in index.purposes}
    table, label = model()._meta.db_table, model()._meta.label_lower
    head = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(sql.Identifier(one) for one in COLUMNS)
    )
    now = datetime.now(UTC)
    with psycopg.connect(server) as main, psycopg.connect(keys_server) as keys:
        for one in (main, keys):
            one.execute("SET session_replication_role = replica")
            one.execute("SET synchronous_commit = off")
        for start in range(first, last + 1, CHUNK):
            count = min(CHUNK, last + 1 - start)
            rows: list[str] = []
            kept: list[str] = []
            tokens = bytearray(b"PGCOPY\n\xff\r\n\0" + bytes(8))
            for number, drawn in enumerate(names.many(count), start):
                place = places[draw.randrange(len(places))]
                key_id, body = _uuid(draw), draw.randbytes(envelope.SECRET)
                key = envelope.Key(key_id, kek.id, envelope.AESGCM(body))
                identity = identity_of(drawn, draw)
                sealed = envelope.seal(key, f"{label}|sealed|{number}|1", identity)
                at = now - timedelta(seconds=draw.randrange(60_000_000))
                plain = "\t".join(plain_of(draw))
                rows.append(
                    f"{number}\t{place.scope}\t1\t{place.account}\t{at}\t{place.account}\t{at}\t{key_id}\t"
                    f"\\\\x{sealed.hex()}\t1\t{plain}\n"
                )
                kept.append(
                    f"{key_id}\t\\\\x{envelope.wrap(kek, key_id.bytes, body).hex()}\t{kek.id}\t{now}\n"
                )
                found = blind.forms(**index.known(identity))
                for purpose, token_key in token_keys.items():
                    tail = _tail(KIND, number, place.scope, key_id, purpose, secret.epoch)
                    for token in blind.tokens(token_key, found):
                        tokens += TOKEN_HEAD + token + tail
            tokens += b"\xff\xff"
            with main.cursor() as cursor:
                with cursor.copy(head) as copy:
                    copy.write("".join(rows))
                with cursor.copy(
                    "COPY vault_blindtoken (token, kind, record_id, scope_id, key_id, purpose, epoch)"
                    " FROM STDIN (FORMAT binary)"
                ) as copy:
                    copy.write(bytes(tokens))
            with (
                keys.cursor() as cursor,
                cursor.copy("COPY keystore_subjectkey (id, wrapped, kek_id, made_at) FROM STDIN") as copy,
            ):
                copy.write("".join(kept))
            main.commit()
            keys.commit()
    return last - first + 1


TOKEN_HEAD = b"\x00\x07" + (16).to_bytes(4, "big")


def _tail(kind: str, record: int, scope: int, key_id: UUID, purpose: str, epoch: int) -> bytes:
    """The further six columns of a token, in PostgreSQL's binary format."""
    parts = (
        kind.encode(), record.to_bytes(8, "big"), scope.to_bytes(8, "big"), key_id.bytes, purpose.encode(),
        epoch.to_bytes(2, "big"),
    )  # fmt: skip
    return b"".join(len(one).to_bytes(4, "big") + one for one in parts)


def _uuid(draw: random.Random) -> UUID:
    return UUID(bytes=draw.randbytes(16), version=4)


@contextmanager
def bare(connection: psycopg.Connection[Any], tables: Sequence[str]) -> Iterator[None]:
    """Without indexes and constraints until the rows are in."""
    again: list[str] = []
    for table in tables:
        found = connection.execute(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
            " WHERE conrelid = %s::regclass AND contype IN ('p', 'u')",
            [table],
        ).fetchall()
        names = {name for name, _said in found}
        for name, said in found:
            connection.execute(f'ALTER TABLE {table} DROP CONSTRAINT "{name}" CASCADE')
            again.append(f'ALTER TABLE {table} ADD CONSTRAINT "{name}" {said}')
        for name, said in connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s", [table]
        ).fetchall():
            if name not in names:
                connection.execute(f'DROP INDEX "{name}"')
                again.append(said)
    yield
    connection.execute("SET maintenance_work_mem = '1GB'")
    for statement in again:
        connection.execute(statement)
