"""An estimate as a notebook shows it: one sentence, one bar, no script."""

from __future__ import annotations

from html import escape

from cobijo.engine.population.shape import Estimate
from cobijo.sentences import catalogue, reader_language, render

_BOX = (
    "max-width:34rem;padding:.8rem 1rem;border-left:4px solid {edge};background:{ground};color:#2b2926;"
    "font:16px/1.45 system-ui,sans-serif;font-variant-numeric:tabular-nums"
)


def card(answer: Estimate, language: str | None = None) -> str:
    """HTML without scripts, styles or addresses of its own.

    >>> from cobijo.engine.datasets import load
    >>> from cobijo.engine.population import estimate
    >>> "best guess 7\u202f395" in card(estimate(load("Kosovo"), "independence"), "en")
    True
    """
    told = language or reader_language()
    if answer.total is None or answer.interval is None:
        why = render("robustness.card_refused", {}, told)
        if answer.refused is not None:
            why = render(answer.refused[0], answer.refused[1], told)
        box = _BOX.format(edge="#b3700f", ground="#fbf2e1")
        return f'<div style="{box}" lang="{told}"><strong aria-hidden="true">◆</strong> {escape(why)}</div>'
    low, high = answer.interval
    name = f"charts.method_{answer.method}"
    method = render(name, {}, told) if name in catalogue() else answer.method
    params = {
        "low": _number(low),
        "high": _number(high),
        "total": _number(answer.total),
        "observed": _number(answer.observed),
        "hidden": _number(answer.total - answer.observed),
        "method": method,
        "level": f"{100 * answer.level:g}\u202f%",
    }
    title, guess, how = (
        escape(render(f"robustness.{code}", params, told)) for code in ("card", "card_guess", "card_method")
    )
    box = _BOX.format(edge="#0f5257", ground="#fdfcf9")
    return (
        f'<div style="{box}" lang="{told}"><strong style="font-size:20px;color:#0f5257">{title}</strong>'
        f"{_bar(answer.observed, low, answer.total, high)}<div>{guess}</div>"
        f'<div style="color:#5d574f;font-size:14px">{how}</div></div>'
    )


def _number(value: float) -> str:
    return f"{round(value):,}".replace(",", "\u202f")


def _bar(observed: int, low: float, total: float, high: float) -> str:
    """What was seen, the interval and the estimate on one line."""
    end = 1.03 * max(high, total)

    def part(start: float, stop: float, style: str) -> str:
        place = f"left:{100 * start / end:.1f}%;width:{max(100 * (stop - start) / end, 0.5):.1f}%"
        return f'<span style="position:absolute;{place};{style}"></span>'

    return (
        '<div aria-hidden="true" style="position:relative;height:18px;margin:.5rem 0;background:#f1ede6">'
        + part(0, observed, "top:0;height:18px;background:#c3dbd8")
        + part(low, high, "top:6px;height:6px;background:#0f5257;border-radius:3px")
        + part(total, total, "top:1px;height:16px;min-width:3px;background:#2b2926")
        + "</div>"
    )
