"""An estimate as a notebook shows it: one sentence, one bar, no script."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from itertools import combinations

from cobijo.engine.population.shape import Estimate
from cobijo.sentences import catalogue, reader_language, render

BOX = (
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
    if answer.total is None:
        why = render("robustness.card_refused", {}, told)
        if answer.refused is not None:
            why = render(answer.refused[0], answer.refused[1], told)
        box = BOX.format(edge="#b3700f", ground="#fbf2e1")
        return f'<div style="{box}" lang="{told}"><strong aria-hidden="true">◆</strong> {escape(why)}</div>'
    low, high = answer.interval or (answer.total, answer.total)
    params = {
        "low": thin(low),
        "high": thin(high),
        "total": thin(answer.total),
        "observed": thin(answer.observed),
        "hidden": thin(answer.total - answer.observed),
        "method": method_name(answer, told),
        "level": f"{100 * answer.level:g}\u202f%",
    }
    codes = ("card", "card_guess", "card_method")
    if answer.interval is None:
        codes = ("card_point", "card_point_guess", "card_no_interval")
    elif answer.diagnostics.get("lower_bound"):
        codes = ("card_floor", "card_floor_guess", "card_method")
    title, guess, how = (escape(render(f"robustness.{code}", params, told)) for code in codes)
    sentence = answer.diagnostics.get("sentence")
    if isinstance(sentence, Mapping):
        said = {name: thin(value) for name, value in sentence["params"].items()}
        guess += f"<br>{escape(render(sentence['code'], said, told))}"
    box = BOX.format(edge="#0f5257", ground="#fdfcf9")
    return (
        f'<div style="{box}" lang="{told}"><strong style="font-size:20px;color:#0f5257">{title}</strong>'
        f"{_bar(answer.observed, low, answer.total, high)}<div>{guess}</div>"
        f'<div style="color:#5d574f;font-size:14px">{how}</div></div>'
    )


def kind_of(answer: Estimate) -> str:
    """The method, told apart where its name alone would promise another model: `closedp` stands for Darroch's form,
    `loglinear` for all pairs."""
    all_pairs = {":".join(pair) for pair in combinations(answer.lists, 2)}
    usual = {
        "closedp": answer.model == ("Mth Darroch",),
        "loglinear": set(answer.model) == {*answer.lists, *all_pairs},
    }
    return answer.method if usual.get(answer.method, True) else f"{answer.method}_named"


def method_name(answer: Estimate, language: str) -> str:
    """What a reader calls the method of this answer."""
    code = f"charts.method_{kind_of(answer)}"
    known = code in catalogue()
    return render(code, {"model": ", ".join(answer.model)}, language) if known else answer.method


def thin(value: float) -> str:
    """A whole number with thin spaces between thousands."""
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
