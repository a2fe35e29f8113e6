"""`{% load wording %}{% words_of record.text %}`: the note on the words of a text, for a page that is no register's."""

from __future__ import annotations

from typing import Any

from django import template

from cobijo.web.core.screens.wording import hints_of, once

register = template.Library()


@register.inclusion_tag("screens/hints.html")
def words_of(*texts: object) -> dict[str, Any]:
    """Nothing at all where there is nothing to say. Several texts are looked at as one."""
    return {"hints": once(hints_of("\n\n".join(str(text) for text in texts if text)))}
