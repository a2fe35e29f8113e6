"""`cobijo manage …`: Django's own commands with this site's settings."""

from __future__ import annotations

import os
from collections.abc import Sequence

from cobijo.errors import WrongUsage
from cobijo.sentences import reader_language


def main(argv: Sequence[str]) -> int:
    """Run one management command, such as `["migrate"]` or `["check", "--deploy"]`; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.web.settings")
    if list(argv[:1]) == ["collectstatic"]:
        os.environ.setdefault("COBIJO_STATIC", "gathered")
    if set(argv[:1]) & {"migrate", "prepare_database", "flush"}:
        os.environ["COBIJO_AS_OWNER"] = "1"  # tables are changed by their owner: MIGRATE_DATABASE_URL
    import django
    from django.core.management import execute_from_command_line, get_commands
    from django.utils import translation

    from cobijo.web.data import data_dir, make_ready

    make_ready(data_dir())
    django.setup()
    word = argv[0] if argv else "help"
    if not word.startswith("-") and word not in {"help", "version", *get_commands()}:
        raise WrongUsage("cli.no_such_word", command="cobijo manage", name=word)
    if word == "vault":
        translation.activate(
            reader_language()
        )  # it speaks to whoever sits at this terminal, not to the site's readers
    try:
        if word in get_commands():
            _check_words(word, argv[1:])
        execute_from_command_line(["cobijo manage", *argv])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0


def _check_words(word: str, rest: Sequence[str]) -> None:
    """What the command cannot be called with, as one sentence: argparse would print its usage, in English."""
    from django.core.management import ManagementUtility
    from django.core.management.base import CommandError

    command = f"cobijo manage {word}"
    parser = ManagementUtility([command]).fetch_command(word).create_parser("cobijo manage", word)
    try:
        _known, strange = parser.parse_known_args(list(rest))
    except CommandError as wrong:
        raise WrongUsage("cli.wrong_words", command=command) from wrong
    if strange:
        name = strange[0].partition("=")[0]  # what stands behind it may be a secret
        code = "cli.no_such_option" if name.startswith("-") else "cli.wrong_words"
        raise WrongUsage(code, command=command, name=name)
