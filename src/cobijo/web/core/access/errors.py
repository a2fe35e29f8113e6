"""The one error of this room."""

from __future__ import annotations

from cobijo.errors import Param, Refused


class Forbidden(Refused):
    """The policy says no. The sentence of its code says why and, where there is one, the way that is open.

    `action`, `kind` and `ids` are for the audit, which records the refusal once the transaction is rolled back.
    """

    def __init__(
        self,
        code: str,
        /,
        *,
        action: str = "",
        kind: str = "",
        ids: tuple[int | str, ...] = (),
        **params: Param,
    ) -> None:
        super().__init__(code, **params)
        self.action = action
        self.kind = kind
        self.ids = ids
