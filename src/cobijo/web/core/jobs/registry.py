"""What kinds of long work there are, and what the worker does by the clock. Filled by the apps in `ready()`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from cobijo.web.core.access.context import Access
    from cobijo.web.core.jobs.running import Context

Work = Callable[["Context"], None]
#: Raises the sentence why the person may no longer have the file that the work wrote; gets the job's arguments.
MayFetch = Callable[["Access", Mapping[str, Any]], object]


@dataclass(frozen=True)
class Kind:
    """One kind of long work. `resumable`: `work` may be called again after it was cut off anywhere."""

    name: str
    work: Work
    title: str | Promise
    resumable: bool = False
    purpose: str = ""
    back: str = ""  # URL name of the page the person came from
    may_fetch: MayFetch | None = None


@dataclass(frozen=True)
class Clock:
    """A function called every so many seconds by every worker; it must bear being called by two at once."""

    seconds: float
    func: Callable[[], object]


_kinds: dict[str, Kind] = {}
_clocks: list[Clock] = []


def register_job(
    name: str,
    work: Work,
    title: str | Promise,
    *,
    resumable: bool = False,
    purpose: str = "",
    back: str = "",
    may_fetch: MayFetch | None = None,
) -> None:
    """Make a kind of work known. `title` is what its page is called; `purpose` is its default purpose.

    `may_fetch` is asked again whenever somebody wants the file that the work wrote: a day may have passed.
    """
    if name in _kinds and _kinds[name].work is not work:
        raise ValueError(f"two kinds of job are called {name}")
    _kinds[name] = Kind(name, work, title, resumable, purpose, back, may_fetch)


def kind_of(name: str) -> Kind | None:
    return _kinds.get(name)


def every(seconds: float, func: Callable[[], object]) -> None:
    """Have every worker call `func` every so many seconds (registered twice, it is called once)."""
    clock = Clock(seconds, func)
    if clock not in _clocks:
        _clocks.append(clock)


def clocks() -> tuple[Clock, ...]:
    return tuple(_clocks)
