"""Fills a site with children, cases and what hangs under them: really sealed, found by real blind tokens.

Run inside the site (`django.setup()` done). Rows go in by COPY as the superuser, since row-level security lets nobody
else COPY. Names are drawn from frequency lists and mean nobody; what happened to them is one invented sentence.
"""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Sequence
from typing import Any

import psycopg
from psycopg import sql

from benchmarks.children_rows import MODELS, Filler
from benchmarks.web_events import audit_rows
from benchmarks.web_fill import Place, bare, people

CHUNK = 5_000
PROCESSES = 2
#: Desks are sized as in `web_fill`, where a desk has 500 records; here it has 100 cases, of which 30 go on.
RECORDS_FOR_A_CASE = 5


def fill(cases: int, server: str, keys_server: str, *, say: Any) -> dict[str, Any]:
    """Fill the tables; returns what the load generator must know."""
    began = time.perf_counter()

    def told(what: str) -> None:
        say(f"  {time.perf_counter() - began:5.0f} s  {what}")

    from django.apps import apps

    from cobijo.web.core.vault import custody, ring

    custody.make_kek()
    ring.index_secrets()
    ring.new_keys(1)  # the key store now knows its KEK
    places = people(RECORDS_FOR_A_CASE * cases)
    trays = _trays()
    told(f"{len(places):,} desks of {len(trays)} organisations")
    tables = [apps.get_model(one)._meta.db_table for one in MODELS]
    with (
        psycopg.connect(server, autocommit=True) as main,
        psycopg.connect(keys_server, autocommit=True) as keys,
    ):
        with (
            bare(main, ("vault_blindtoken",)),
            bare(keys, ("keystore_subjectkey",)),
            multiprocessing.get_context("spawn").Pool(PROCESSES) as pool,
        ):
            work = [(first, last, places, trays, server, keys_server) for first, last in _parts(cases)]
            for number in pool.imap_unordered(_part, work):
                told(f"{number:,} cases sealed and stored")
        told("indexes built")
        for table in tables:
            main.execute(
                sql.SQL("SELECT setval(pg_get_serial_sequence({name}, 'id'), max(id)) FROM {table}").format(
                    name=sql.Literal(table), table=sql.Identifier(table)
                )
            )
        events = max(10_000, cases)
        audit_rows(main, places, cases, events, kind="child")
        told(f"{events:,} audit events")
        for table in (
            *tables,
            "vault_blindtoken",
            "audit_event",
            "audit_seal",
            "accounts_account",
            "access_scope",
        ):
            main.execute(sql.SQL("VACUUM ANALYZE {}").format(sql.Identifier(table)))
        keys.execute("VACUUM ANALYZE keystore_subjectkey")
        main.execute("CHECKPOINT")
    told("vacuumed")
    _night()
    told("fields counted, as on any night")
    return {"cases": cases, "places": len(places), "seconds": time.perf_counter() - began}


def _night() -> None:
    """What the first worker of a site does at once, while nobody works: which fields are filled is counted."""
    from cobijo.web.care.children import filling
    from cobijo.web.core.jobs import running
    from cobijo.web.core.jobs.models import Job

    filling.at_night()
    running.run(Job.objects.get(kind=filling.COUNT).pk)


def _trays() -> list[tuple[int, int]]:
    """(scope, organisation) of every tray: where packets and some concerns lie."""
    from cobijo.web.core.access.models import Scope, ScopeKind

    rows = Scope.objects.filter(kind=ScopeKind.TRAY).order_by("pk")
    return list(rows.values_list("pk", "organisation_id"))


def _parts(cases: int) -> list[tuple[int, int]]:
    step = -(-cases // PROCESSES)
    return [(first, min(cases, first + step - 1)) for first in range(1, cases + 1, step)]


def _part(work: tuple[int, int, Sequence[Place], Sequence[tuple[int, int]], str, str]) -> int:
    """One process's share: cases `first` to `last`."""
    import django

    django.setup()
    first, last, places, trays, server, keys_server = work
    filler = Filler(random.Random(first), places, trays)
    with psycopg.connect(server) as main, psycopg.connect(keys_server) as keys:
        for one in (main, keys):
            one.execute("SET session_replication_role = replica")
            one.execute("SET synchronous_commit = off")
        for start in range(first, last + 1, CHUNK):
            filler.make(start, min(CHUNK, last + 1 - start))
            with main.cursor() as cursor:
                for table in filler.tables.values():
                    table.copy(cursor)
                with cursor.copy(
                    "COPY vault_blindtoken (token, kind, record_id, scope_id, key_id, purpose, epoch)"
                    " FROM STDIN (FORMAT binary)"
                ) as copy:
                    copy.write(filler.tokens())
            with (
                keys.cursor() as cursor,
                cursor.copy("COPY keystore_subjectkey (id, wrapped, kek_id, made_at) FROM STDIN") as copy,
            ):
                for row in filler.wrapped():
                    copy.write_row(row)
            main.commit()
            keys.commit()
    return last - first + 1
