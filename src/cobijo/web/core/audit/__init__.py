"""What happened: `audit.record`, `record_refusal` and `put_on_record` write, `sealer` chains, `verifying` checks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cobijo.web.core.audit.sealer import seal_once as seal_once
    from cobijo.web.core.audit.services import put_on_record as put_on_record
    from cobijo.web.core.audit.services import record as record
    from cobijo.web.core.audit.services import record_refusal as record_refusal
    from cobijo.web.core.audit.verifying import checkpoint as checkpoint
    from cobijo.web.core.audit.verifying import verify as verify

_PLACES = {
    "record": "services",
    "record_refusal": "services",
    "put_on_record": "services",
    "seal_once": "sealer",
    "verify": "verifying",
    "checkpoint": "verifying",
}


def __getattr__(name: str) -> Any:
    """Found at first use: a package of an app must not import models before Django is ready."""
    if name not in _PLACES:
        raise AttributeError(name)
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found  # the next time it is simply there
    return found
