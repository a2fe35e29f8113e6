"""`{% load terms %}{% terms_hints record.text %}`: a quiet note on the discouraged words of a text, for any room."""

from __future__ import annotations

from typing import Any

from django import template

from cobijo.web.knowledge.terms.queries import hints

register = template.Library()


@register.inclusion_tag("terms/hints.html")
def terms_hints(*texts: object) -> dict[str, Any]:
    """Nothing at all where there is nothing to say. Several texts are looked at as one."""
    return {"hints": hints("\n\n".join(str(text) for text in texts if text))}
