"""The words of the command line that keep a site running; `cli.py` takes them in by `add_to(app)`.

Nothing of Django is loaded before a word is used.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from cobijo import terminal
from cobijo.sentences import reader_language, render, say
from cobijo.sentences.marks import N_

LANGUAGE = reader_language()


def _(message: str) -> str:
    return say(message, LANGUAGE)


Json = Annotated[bool, typer.Option("--json", help=_(N_("Print the result as JSON.")))]
To = Annotated[Path, typer.Option("--to", help=_(N_("The public half of the backup key: backup.public.")))]


def add_to(app: typer.Typer) -> None:
    """Give the command its words for operations."""
    words: dict[str, tuple[Callable[..., None], str]] = {
        "init": (init, N_("Make a new site's key and the link for its first administrator.")),
        "backup-key": (
            backup_key,
            N_("Make the key for backups: a public half to stay, a private half to leave."),
        ),
        "backup": (backup, N_("Back up the site while it runs, for the holder of the private key.")),
        "restore": (restore, N_("Bring a backup back into an empty place.")),
        "upgrade": (upgrade, N_("After installing a version: back up, bring the tables up to date, check.")),
        "work": (work, N_("Do the long work, beside web servers that run elsewhere.")),
    }
    for name, (function, sentence) in words.items():
        app.command(name, help=_(sentence))(function)
    audit = typer.Typer(
        help=_(N_("Check the record of who did what, and sign its head.")), no_args_is_help=True
    )
    audit.command("verify", help=_(N_("Find any altered, missing or exchanged event.")))(audit_verify)
    audit.command("checkpoint", help=_(N_("Write a signed head, to be kept elsewhere.")))(audit_checkpoint)
    app.add_typer(audit, name="audit")


def init(
    email: Annotated[str, typer.Option("--email", help=_(N_("Where the first administrator is reached.")))],
    address: Annotated[
        str,
        typer.Option("--address", help=_(N_("Where people open the site, as https://cobijo.example.org"))),
    ] = "http://localhost:8000",
    json: Json = False,
) -> None:
    _ready()
    from cobijo.web.operations.beginning import begin

    begun = begin(email, address=address, language=LANGUAGE)
    if json:
        terminal.show_json(begun.as_dict())
        return
    for code, params in begun.sentences():
        terminal.out.print(render(code, params, LANGUAGE), markup=False, soft_wrap=True)


def audit_verify(
    checkpoint: Annotated[
        Path | None, typer.Option("--checkpoint", help=_(N_("A signed head that was kept elsewhere.")))
    ] = None,
    json: Json = False,
) -> None:
    _ready()
    from cobijo.web.core.audit import commands as audit

    found = audit.audit_verify(checkpoint=checkpoint)
    if json:
        terminal.show_json(audit.as_dict(found))
    else:
        for code, params in audit.sentences(found):
            terminal.out.print(render(code, params, LANGUAGE), markup=False, soft_wrap=True)
    raise typer.Exit(0 if found.whole else 3)


def audit_checkpoint(
    file: Annotated[Path, typer.Argument(help=_(N_("The file to write.")))], json: Json = False
) -> None:
    _ready()
    from cobijo.web.core.audit import commands as audit

    made = audit.audit_checkpoint(file)
    _show({"checkpoint": file.name, "sealed": made["number"], "made_at": made["at"]}, json)


def backup_key(
    out: Annotated[Path, typer.Option("--out", help=_(N_("Folder for the two halves.")))], json: Json = False
) -> None:
    from cobijo.web.operations.box import make_key

    _show({"key": make_key(out).name, "public": "backup.public", "private": "backup.private"}, json)


def backup(
    out: Annotated[Path, typer.Argument(help=_(N_("The file to write; two more are written beside it.")))],
    to: To,
    json: Json = False,
) -> None:
    _ready()
    from cobijo.web.operations import backup as operations

    _show(operations.as_dict(operations.backup(out, to)), json)


def restore(
    file: Annotated[Path, typer.Argument(help=_(N_("The site's file of a backup.")))],
    key: Annotated[Path, typer.Option("--key", help=_(N_("The private half: backup.private.")))],
    into: Annotated[Path, typer.Option("--into", help=_(N_("An empty data folder.")))],
    keys: Annotated[
        Path | None,
        typer.Option(
            "--keys", help=_(N_("The newest .keys that there is; without it, the one beside the file."))
        ),
    ] = None,
    erasures: Annotated[
        Path | None,
        typer.Option("--erasures", help=_(N_("The newest .erasures; without it, the one beside the file."))),
    ] = None,
    json: Json = False,
) -> None:
    from cobijo.web.operations import backup as operations

    _show(operations.as_dict(operations.restore(file, key, into, keys=keys, erasures=erasures)), json)


def upgrade(
    to: To,
    folder: Annotated[
        Path, typer.Option("--backups", help=_(N_("Where the backup goes that is made first.")))
    ],
    json: Json = False,
) -> None:
    _ready()
    from cobijo.web.operations.upgrading import upgrade as operation

    done = operation(folder, to)
    _show({"backup": done.backup or "-", "migrations": len(done.migrations)}, json)


def work(
    once: Annotated[bool, typer.Option("--once", help=_(N_("Stop when nothing is left to do.")))] = False,
) -> None:
    _ready()
    from cobijo.web.core.jobs.worker import work as operation

    operation(once=once)


def _ready() -> None:
    from cobijo.web.data import data_dir, make_ready

    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.web.settings")
    make_ready(data_dir())
    import django

    django.setup()


def _show(facts: dict[str, Any], json: bool) -> None:
    if not json:
        facts = {name: _words(value) for name, value in facts.items()}
    terminal.show_facts(facts, LANGUAGE, as_json=json)


def _words(value: Any) -> Any:
    if isinstance(value, bool):
        return _(N_("yes")) if value else _(N_("no"))
    return ", ".join(value) if isinstance(value, list | tuple) else value
