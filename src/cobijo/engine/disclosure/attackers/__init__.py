"""Attackers: what can a stranger work out from a folder of published files?

They share no code with the protector and read what readers read: CSV, JSON, HTML, SVG, the text of PDF.
"""

from __future__ import annotations

from cobijo.engine.disclosure.attackers.attack import Survey, attack, survey
from cobijo.engine.disclosure.attackers.shape import Finding

__all__ = ["Finding", "Survey", "attack", "survey"]
