"""A note under a text that somebody wrote: which words to look at, and what to say instead. It never stops a save.

Who knows such words lives further up the house and says so in `ready()`: `register_reader(hints)`. A text is read in
memory only: it is not kept, it stands in no address, and where reading fails, the log has the kind of failure alone.
Whoever is not signed in gets no note, least of all a child.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from cobijo.web.core.access.context import Access, current

log = logging.getLogger(__name__)
#: An attribute of a widget whose text stands as it was said: a child's own words are nobody's to correct.
AS_SAID = "data-as-said"
CSRF = "csrfmiddlewaretoken"


@dataclass(frozen=True)
class Hint:
    """A word of a text that is better said otherwise."""

    term: str
    preferred: str
    why: str
    url: str
    start: int
    end: int
    times: int = 1


Reader = Callable[[str, Access], Sequence[Hint]]
_readers: list[Reader] = []


def register_reader(reader: Reader) -> None:
    """Called in `AppConfig.ready()`; saying it twice changes nothing."""
    if reader not in _readers:
        _readers.append(reader)


@sensitive_variables("text")
def hints_of(text: object) -> list[Hint]:
    """What all readers say of a text, for whoever acts now."""
    access = current()
    if access is None or access.is_system or not isinstance(text, str) or not text.strip():
        return []
    found: list[Hint] = []
    for reader in _readers:
        try:
            found += reader(text, access)
        except Exception as problem:  # whatever it is, it must not keep anybody from saving
            log.error("a text was not read for its words", extra={"failure": type(problem).__name__})
    return found


def once(hints: Sequence[Hint]) -> list[Hint]:
    """Each word once, where it stands first, with how often it stands there: twelve equal lines are read by nobody."""
    found: dict[tuple[str, str], Hint] = {}
    for one in hints:
        key = (one.term.casefold(), one.preferred)
        found[key] = replace(found[key], times=found[key].times + 1) if key in found else one
    return list(found.values())


class Written(forms.Textarea):
    """A long text with its note: at once for what stands in it, and, where there is script, whenever it changes."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        access = current()
        if access is None or access.is_system:
            return super().render(name, value, attrs, renderer)
        note = f"words-{(attrs or {}).get('id') or name}"
        asking = {
            "hx-post": reverse("words"), "hx-trigger": "change", "hx-target": f"#{note}",
            "hx-params": f"{name},{CSRF}",
        }  # fmt: skip
        area = super().render(name, value, {**(attrs or {}), **asking}, renderer)
        return area + SafeString(
            render_to_string("screens/words.html", {"note": note, "hints": once(hints_of(value))})
        )


def read(widget: forms.Textarea) -> forms.Textarea:
    """The widget with a note under it, unless its text stands as it was said."""
    if type(widget) is not forms.Textarea or AS_SAID in widget.attrs:
        return widget
    made = Written(widget.attrs)
    made.is_required, made.is_localized = widget.is_required, widget.is_localized
    return made


@sensitive_post_parameters()
def words_page(request: HttpRequest) -> HttpResponse:
    """The note on one text as it is being written, for htmx. Nothing of it stays anywhere."""
    from cobijo.web.core.screens.pages import acting, uncached

    acting()
    text = next((one for name, one in request.POST.items() if name != CSRF), "")
    return uncached(render(request, "screens/hints.html", {"hints": once(hints_of(text))}))
