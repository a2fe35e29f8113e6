"""The document as one self-contained HTML page: style and drawings inside, no script, no address."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from cobijo.engine.charts.style import SYMBOL
from cobijo.engine.report.blocks import Document

#: What a browser may load for this page: nothing.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("cobijo.engine.report", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


@lru_cache(maxsize=1)
def _style() -> str:
    return files("cobijo.engine.report").joinpath("templates/report.css").read_text(encoding="utf-8")


def to_html(document: Document, *, other: tuple[str, str, str] | None = None) -> str:
    """The page; `other` is (file, language, name) of the same report in another language, linked if given."""
    frame = {"style": _style(), "policy": POLICY, "symbol": SYMBOL, "other": other}
    return _template().render(document=document, **frame)
