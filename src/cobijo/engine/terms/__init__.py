"""The vocabulary on the sexual exploitation of children, and the check of a text against it.

findings = check("un texto", "es")     # discouraged words, each with what to write instead
vocabulary = load_vocabulary()         # concepts, forms, treaties, codes of classifications
"""

from __future__ import annotations

from cobijo.engine.terms.checking import Finding, check
from cobijo.engine.terms.loading import load_vocabulary, with_titles
from cobijo.engine.terms.shape import Anchor, Code, Concept, Form, Title, Vocabulary
from cobijo.engine.terms.skos import export_skos, load_skos

__all__ = [
    "Anchor",
    "Code",
    "Concept",
    "Finding",
    "Form",
    "Title",
    "Vocabulary",
    "check",
    "export_skos",
    "load_skos",
    "load_vocabulary",
    "with_titles",
]
