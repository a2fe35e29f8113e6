"""What `cobijo audit …` does: functions that return data, for the command line to show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from cobijo.web.core.audit.models import Event, Seal
from cobijo.web.core.audit.sealer import seal_once
from cobijo.web.core.audit.verifying import Finding, verify
from cobijo.web.core.audit.verifying import checkpoint as sign

WAITS = "operations.audit_waits"


@dataclass(frozen=True)
class Verified:
    """How much was checked and what is wrong with it; each finding's code has a sentence."""

    events: int
    sealed: int
    findings: tuple[Finding, ...]

    @property
    def whole(self) -> bool:
        return not self.findings


def audit_verify(*, checkpoint: Path | None = None) -> Verified:
    """`cobijo audit verify [--checkpoint FILE]`: exit code 0 where whole, 3 where not."""
    findings = verify(checkpoint=checkpoint)
    return Verified(Event.objects.count(), Seal.objects.count(), tuple(findings))


def audit_checkpoint(path: Path) -> dict[str, Any]:
    """`cobijo audit checkpoint FILE`: seal what is committed, sign the head, write the file."""
    seal_all()
    return sign(path)


def seal_all() -> None:
    """Seal whatever is committed, where no worker runs yet: after `init`, a restore, before a signed head."""
    while seal_once(sweep=True):
        pass


def as_dict(found: Verified) -> dict[str, Any]:
    """For `--json`."""
    return {
        "whole": found.whole,
        "events": found.events,
        "sealed": found.sealed,
        "findings": [asdict(one) for one in found.findings],
    }


def sentences(found: Verified) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the terminal says: each finding, then how much was checked."""
    verdict = _verdict(found)
    for one in found.findings if verdict != WAITS else ():
        yield one.code, {"event": one.event_id, "number": one.number}
    yield verdict, {"events": found.events, "sealed": found.sealed, "count": len(found.findings)}


def _verdict(found: Verified) -> str:
    """An event that only waits for its seal is no reason to be frightened, but to start a worker."""
    if found.whole:
        return "operations.audit_is_whole"
    only_waits = all(one.code == "audit.unsealed" for one in found.findings)
    return WAITS if only_waits else "operations.audit_is_not_whole"
