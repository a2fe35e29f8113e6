"""`cobijo manage vault …`: the key-encryption key, its copies on paper, rotation, re-indexing, replay."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import get_language

from cobijo.errors import CobijoError
from cobijo.sentences import render
from cobijo.web.core.vault import custody, paper, reindexing, rotation, sealing, services
from cobijo.web.core.vault.envelope import SECRET, Kek
from cobijo.web.core.vault.errors import Custody
from cobijo.web.core.vault.keystore.models import KekRow
from cobijo.web.core.vault.keystore.rights import give_rights


class Command(BaseCommand):
    help = (
        "Keep the key-encryption key: state, make, new, copy, check-copy, restore, rotate, reindex, replay."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("state", help="is the vault open, and under which key")
        make = verbs.add_parser("make", help="make the key-encryption key, once")
        make.add_argument(
            "--anew", action="store_true", help="the former one is lost, and nothing was sealed under it yet"
        )
        verbs.add_parser("new", help="print a new key's line for a key service; it is kept nowhere here")
        copy = verbs.add_parser("copy", help="write two copies to print, on two carriers")
        copy.add_argument("first", type=Path)
        copy.add_argument("second", type=Path)
        for verb, what in (
            ("check-copy", "read a copy and compare"),
            ("restore", "the key again from a copy"),
        ):
            one = verbs.add_parser(verb, help=what)
            one.add_argument(
                "sheet", help="text file with the typed-in words; - reads them from the terminal"
            )
        verbs.add_parser("rotate", help="a new key-encryption key while people work")
        verbs.add_parser("reindex", help="the blind indexes anew")
        verbs.add_parser(
            "prepare", help="PostgreSQL: the application's rights in the key store, as its owner"
        )
        verbs.add_parser("replay", help="make every erasure of the ledger true again")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, "do_" + options["verb"].replace("-", "_"))(options)
        except CobijoError as problem:
            raise CommandError(
                self.says(problem.code, **problem.params), returncode=problem.exit_code
            ) from None

    def says(self, code: str, **params: Any) -> str:
        return render(code, params, (get_language() or settings.LANGUAGE_CODE)[:2])

    def tell(self, code: str, **params: Any) -> None:
        self.stdout.write(self.says(code, **params))

    def do_state(self, options: dict[str, Any]) -> None:
        state = sealing.state()
        if not state.open:
            raise Custody(state.code, **state.params)
        self.tell("vault.is_open")
        self.tell("vault.in_use", kek=custody.keks().current.id, made=custody.file().name)

    def do_make(self, options: dict[str, Any]) -> None:
        self.tell("vault.made", kek=rotation.make_first(anew=options["anew"]).id)

    def do_new(self, options: dict[str, Any]) -> None:
        kek = Kek(secrets.token_bytes(SECRET))
        self.stdout.write(f"{kek.id} {kek.secret.hex()}")

    def do_copy(self, options: dict[str, Any]) -> None:
        kek = rotation.noted()
        first, second = options["first"].resolve(), options["second"].resolve()
        if first.parent == second.parent or settings.DATA_DIR in (*first.parents, *second.parents):
            raise Custody("vault.copies_apart")
        for number, path in enumerate((first, second), start=1):
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as out:
                out.write(self.sheet(kek, number))
        self.tell("vault.copied", kek=kek.id)

    def sheet(self, kek: Kek, number: int) -> str:
        head = self.says("vault.sheet", number=number, kek=kek.id, day=timezone.localdate().isoformat())
        return "\n".join([head, "", *paper.lines_of(kek), ""])

    def do_check_copy(self, options: dict[str, Any]) -> None:
        kek = custody.read_sheet(_text(options["sheet"]))
        expected = _expected() or custody.keks().current.id
        if kek.id != expected:
            raise Custody("vault.sheet_of_other_key", found=kek.id, expected=expected)
        self.tell("vault.copy_right", kek=kek.id)

    def do_restore(self, options: dict[str, Any]) -> None:
        kek = custody.restore_from_sheet(_text(options["sheet"]), expected=_expected())
        self.tell("vault.restored", kek=kek.id)

    def do_rotate(self, options: dict[str, Any]) -> None:
        rotated = rotation.rotate()
        self.tell("vault.rotated", kek=rotated.kek_id, keys=rotated.keys)

    def do_reindex(self, options: dict[str, Any]) -> None:
        self.tell("vault.reindexed", records=reindexing.reindex())

    def do_prepare(self, options: dict[str, Any]) -> None:
        give_rights()

    def do_replay(self, options: dict[str, Any]) -> None:
        done = services.replay_erasures()
        self.tell("vault.replayed", lines=done.lines, keys=done.keys, tokens=done.tokens)


def _text(sheet: str) -> str:
    return sys.stdin.read() if sheet == "-" else Path(sheet).read_text(encoding="utf-8")


def _expected() -> str | None:
    return KekRow.objects.filter(current=True).values_list("pk", flat=True).first()
