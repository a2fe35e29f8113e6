"""The menu: which registers and pages are open to somebody, what is work and what is to be looked up."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.register import Register, registers


class MenuPage(NamedTuple):
    """A page that is no register's: in the menu of whoever may do `action` to `kind`."""

    section: str | Promise
    title: str | Promise
    url: str  # URL name
    action: str
    kind: str


class Door(NamedTuple):
    """One entry of the menu. `works`: the person works there; else it is read only."""

    title: str
    url: str
    works: bool


@dataclass(frozen=True)
class Section:
    """The entries of one section that are open to the person."""

    title: str
    doors: tuple[Door, ...]

    @property
    def works(self) -> bool:
        return any(one.works for one in self.doors)

    def links(self, here: str) -> SafeString:
        """A list of links, that of the page `here` marked. No template: every page has some forty of them."""
        marked = ((one.url, _CURRENT if one.url == here else "", one.title) for one in self.doors)
        return format_html("<ul>{}</ul>", format_html_join("", '<li><a href="{}"{}>{}</a></li>', marked))


_CURRENT = SafeString(' aria-current="page"')

_pages: list[MenuPage] = []


def register_page(section: str | Promise, title: str | Promise, *, url: str, action: str, kind: str) -> None:
    """Put a page into the menu; called in `AppConfig.ready()`, once for each kind that opens it."""
    page = MenuPage(section, title, url, action, kind)
    if page not in _pages:
        _pages.append(page)


def sections(access: Access) -> list[Section]:
    """The menu by section: pages to begin something on, registers whose list is open to the person, other pages.

    A register that is part of another one stands on that one's pages (see `family`), unless only the part is open.
    """
    parts = begins, lists, others = _Doors(), _Doors(), _Doors()
    for register in registers().values():
        if decide(access, "list", register.kind) and not (
            register.part_of and decide(access, "list", register.part_of)
        ):
            lists.put(register.section, _door(access, register))
    for page in _pages:
        if decide(access, page.action, page.kind):
            works = page.action not in {"list", "see"} or _works(access, page.kind)
            door = Door(str(page.title), _address(page.url), works)
            (begins if page.action == "add" else others).put(page.section, door)
    titles = dict.fromkeys([*lists, *begins, *others])
    return [Section(one, tuple(door for part in parts for door in part[one].values())) for one in titles]


class _Doors(defaultdict[str, dict[str, Door]]):
    """Entries by section, each address once."""

    def __init__(self) -> None:
        super().__init__(dict)

    def put(self, section: str | Promise, door: Door) -> None:
        known = self[str(section)].get(door.url, door)
        self[str(section)][door.url] = door._replace(works=door.works or known.works)


def menu(access: Access, here: str, open_: list[Section]) -> dict[str, Any]:
    """What the frame of a page shows of the sections that are open to the person. Asks the database nothing."""
    return {
        "sections": [(one.title, one.links(here)) for one in open_],
        "within": any(here.startswith(door.url) for one in open_ for door in one.doors),
        "glass": bool(decide(access, "list", "break_glass")),
    }


def family(access: Access, register: Register) -> list[Door]:
    """A register and what belongs to it, as far as it is open to the person; empty where it stands alone."""
    head = register.part_of or register.kind
    members = [
        _door(access, one)
        for one in registers().values()
        if head in (one.kind, one.part_of) and decide(access, "list", one.kind)
    ]
    return members if len(members) > 1 else []


def _door(access: Access, register: Register) -> Door:
    return Door(str(register.title), _address(f"{register.kind}:list"), _works(access, register.kind))


def _address(name: str) -> str:
    return _looked_up(name, get_language() or "", get_script_prefix())


@lru_cache(maxsize=1024)
def _looked_up(name: str, language: str, prefix: str) -> str:
    """Every page has the menu, with some forty addresses that never change."""
    return reverse(name)


def _works(access: Access, kind: str) -> bool:
    """Whoever may write there works there; a child's records are opened for work only."""
    known = kind_of(kind)
    if known is not None and known.protected:
        return True
    return any(decide(access, action, kind) for action in ("add", "change"))
