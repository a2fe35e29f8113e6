"""Template filters for figures: thin spaces, intervals, dates in words. Built into every template."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cobijo.engine.charts import words
from cobijo.sentences import render

register = template.Library()


def reading() -> str:
    """The language of the page that is being written."""
    return get_language() or "es"


@register.filter
def figure(value: float | None) -> SafeString:
    """A number with thin spaces. A hidden one is the symbol, and a screen reader hears what it means."""
    if value is None:
        return format_html(
            '<span class="hidden-figure" aria-hidden="true">·</span><span class="visually-hidden">{}</span>',
            _("not shown"),
        )
    return SafeString(conditional_escape(words.number(value)))


@register.filter
def span(interval: Any) -> str:
    """`18 200 to 22 600`, or `18 200 or more`."""
    if interval.high is None:
        return _("%(low)s or more") % {"low": words.number(interval.low)}
    return _("%(low)s to %(high)s") % {
        "low": words.number(interval.low),
        "high": words.number(interval.high),
    }


@register.filter
def percent(share: float) -> str:
    """A share as a whole per cent."""
    return words.percent(share)


@register.filter
def in_words(when: date) -> str:
    """A date in words."""
    return words.day(when.isoformat(), reading())


@register.filter
def sentence(problem: Any) -> str:
    """The sentence of a code with parameters; a code this version does not know is named as such."""
    try:
        said = render(problem.code, problem.params, reading())
    except (KeyError, IndexError, ValueError):
        said = problem.code
    if said == problem.code:
        return _("Reason “%(code)s”, which this version of the site has no words for.") % {"code": said}
    return said


@register.filter
def weight(size: int) -> str:
    """The size of a file, for readers who pay for every kilobyte."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{words.THIN}kB"
    return f"{size / 1_000_000:.1f}{words.THIN}MB"


@register.simple_tag
def say(code: str, **params: Any) -> SafeString:
    """A sentence of the catalogue: site and report speak with one voice. `**…**` is set bold."""
    shown = {name: str(value) for name, value in params.items()}
    parts = conditional_escape(render(code, shown, reading())).split("**")
    return SafeString("".join(f"<strong>{part}</strong>" if n % 2 else part for n, part in enumerate(parts)))
