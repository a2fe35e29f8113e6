"""The demonstration's site: invented people, organisations and services, in a data folder of its own.

It can exist only where `cobijo demo` has made the folder: `begin` refuses a folder that is there already, and
`check_demonstration` a site with an account that is not invented. A room adds invented records of its own with
`on("demonstration", add_mine)` in its `AppConfig.ready()`, where

    def add_mine(*, by: Access, accounts: Mapping[Role, Account]) -> None: ...

is called once, in one transaction, after the services were made. `by` is the system, which reaches no protected row;
to write as a person, enter `acting_as(accounts[Role.CASEWORKER], "demonstration")`. Names must say that they are
invented.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cobijo.errors import CobijoError, Refused, WrongUsage
from cobijo.web.data import DEMONSTRATION, ELSEWHERE
from cobijo.web.operations.troubles import in_sentences

FORMAT = "cobijo.demonstration/1"
SITE = "site"  # the data folder, inside the folder of the demonstration
Known = dict[str, str]  # role, label, sentence, email, password, totp_secret


def begin(folder: Path) -> Path:
    """Make the data folder of a demonstration; the only function that marks one. Returns it."""
    data = folder.absolute() / SITE
    try:
        data.mkdir(mode=0o700)
    except FileExistsError:
        raise WrongUsage("operations.demo_there", folder=str(data)) from None
    _write(data, [])
    return data


def enter(data: Path) -> None:
    """Turn this process and its children to the demonstration, away from any real database, key and mail server."""
    for name in ELSEWHERE:
        os.environ.pop(name, None)
    os.environ["COBIJO_DATA_DIR"] = str(data.absolute())


def make_elsewhere() -> list[Known]:
    """Make the site in a process of its own: the caller has run the engine and need not load Django too."""
    done = subprocess.run([sys.executable, "-m", "cobijo.web.operations.demo"], check=False)
    if done.returncode:
        raise CobijoError("web.not_ready")
    return accounts(Path(os.environ["COBIJO_DATA_DIR"]))


def make() -> list[Known]:
    """Tables, key, accounts, invented directory, then whatever the rooms add; may be repeated for new passwords."""
    from django.conf import settings
    from django.db import transaction

    from cobijo.web.core.access.context import acting_as_system
    from cobijo.web.core.accounts.commands import make_demo_accounts
    from cobijo.web.core.accounts.models import Account
    from cobijo.web.core.accounts.roles import Role
    from cobijo.web.core.reactions import react
    from cobijo.web.core.screens.register import registers
    from cobijo.web.core.vault import custody
    from cobijo.web.core.vault.rotation import make_first
    from cobijo.web.operations import invented
    from cobijo.web.operations.door import sentence_of
    from cobijo.web.serve import make_site_ready

    check_demonstration()
    make_site_ready()
    registers()  # reads every room's screens.py, where some of them say what they add
    if not custody.file().exists():
        make_first()
    with transaction.atomic(), acting_as_system("demonstration") as by:
        made = make_demo_accounts(by)
        if invented.add_directory(by=by):
            emails = {one.role: one.email for one in made}
            people = {role: Account.objects.get(email=emails[role]) for role in Role}
            react("demonstration", by=by, accounts=people)
    known = [
        {
            **{name: str(value) for name, value in asdict(one).items()},
            "sentence": _english(sentence_of(one.role)),
        }
        for one in made
    ]
    _write(Path(settings.DATA_DIR), known)
    return known


def check_demonstration() -> None:
    """Raises one sentence where this is not a demonstration, or where somebody real has an account in it."""
    from django.conf import settings

    if not settings.DEMONSTRATION:
        raise Refused("operations.not_a_demo")


def accounts(data: Path) -> list[Known]:
    """Who can sign in to a demonstration, and how. Raises `WrongUsage` where the folder is none."""
    try:
        content: dict[str, Any] = json.loads((data / DEMONSTRATION).read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError
        return list(content["accounts"])
    except (OSError, ValueError, KeyError):
        raise WrongUsage("operations.not_a_demo") from None


def code_now(secret: str) -> tuple[str, int]:
    """The six digits that an authenticator app would show now, and for how many seconds they still hold."""
    from base64 import b32decode
    from hmac import digest

    now = int(time.time())
    mac = digest(b32decode(secret), (now // 30).to_bytes(8, "big"), "sha1")  # RFC 6238
    at = mac[-1] & 15
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFF_FFFF
    return f"{number % 1_000_000:06d}", 30 - now % 30


def _english(text: Any) -> str:
    from django.utils.translation import override

    with override("en"):
        return str(text)


def _write(data: Path, known: Sequence[Known]) -> None:
    path = data / DEMONSTRATION
    draft = path.with_name(f"{path.name}.tmp")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"format": FORMAT, "accounts": list(known)}, file, ensure_ascii=False, indent=1)
    draft.replace(path)


def _main() -> int:
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.web.settings")
    os.environ["COBIJO_STATIC"] = "gathered"
    import django

    django.setup()
    return in_sentences(make)


if __name__ == "__main__":
    sys.exit(_main())
