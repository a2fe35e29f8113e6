"""The first day of a site: its key, and a link for the first administrator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Begun:
    """What `cobijo init` did. The link is shown once and kept nowhere; `made` says whether the key is new."""

    link: str
    until: str
    kek: str | None  # the name of the key-encryption key, which is no secret; None: a command keeps it
    kek_file: str | None
    made: bool

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)

    def sentences(self) -> Iterator[tuple[str, dict[str, Any]]]:
        """What the terminal says, in order."""
        yield "operations.init_link", {"link": self.link, "until": self.until}
        if self.kek_file is None:
            yield "operations.init_kek_command", {}
            return
        code = "operations.init_kek_made" if self.made else "operations.init_kek_there"
        yield code, {"kek": self.kek, "file": self.kek_file}
        yield "operations.init_copies", {}


def begin(email: str, *, address: str, language: str) -> Begun:
    """Make the key-encryption key where none is configured, and the single-use link; repeatable until it was used.

    Raises `WrongUsage` where the tables are not there yet, `Refused` where there is an administrator already, and
    `Custody` where records lie under a key that is not at hand (a new one could not read them), `Locked` where the
    command that should give the key does not.
    """
    from django.utils import timezone

    from cobijo.web.core.accounts.commands import init
    from cobijo.web.core.accounts.services import INVITATION_LASTS
    from cobijo.web.core.audit.commands import seal_all
    from cobijo.web.core.vault import custody
    from cobijo.web.core.vault.rotation import make_first
    from cobijo.web.operations.upgrading import make_tables_or_check

    make_tables_or_check()
    if custody.command():
        custody.keks()  # said now: with a command that does not answer, no child could be entered
    link = init(email, address=address, language=language)
    seal_all()
    until = timezone.localtime(timezone.now() + INVITATION_LASTS).strftime("%Y-%m-%d %H:%M")
    if custody.command():
        return Begun(link, until, None, None, False)
    made = not custody.file().exists()
    if made:
        make_first()
    return Begun(link, until, custody.keks().current.id, str(custody.file()), made)
