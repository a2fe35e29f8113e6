"""One base class for every error that a person may meet.

An error is a code with parameters. The sentence is rendered at the edge (command line, page, report) by
`cobijo.sentences.render`, so that one error reads well in every language and nothing has to parse English.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

Param = str | int | float | None


class CobijoError(Exception):
    """Something a person can mend. `exit_code` is what the command line returns."""

    exit_code: ClassVar[int] = 3
    #: Writes down that it was tried; called by whoever undid the transaction in which that was already written.
    on_record: Callable[[], object] | None = None

    def __init__(self, code: str, /, **params: Param) -> None:
        self.code = code
        self.params = params
        super().__init__(code)

    def __str__(self) -> str:
        """Only the code: parameters may hold what was in a list, and errors end up in logs."""
        return self.code


class InputProblem(CobijoError):
    """The input has a problem; the sentence names the place and the mend (exit code 3)."""

    exit_code = 3


class WrongUsage(CobijoError):
    """The command or the function was called in a way that makes no sense (exit code 2)."""

    exit_code = 2


class Refused(CobijoError):
    """Done on purpose: the answer would not be defensible, or would disclose (exit code 4)."""

    exit_code = 4


def with_code(exit_code: int) -> type[CobijoError]:
    """The class of errors with an exit code: an error that another process has met goes on as what it was."""
    return next((one for one in (WrongUsage, Refused) if one.exit_code == exit_code), InputProblem)
