"""Invented countries with known truth: lists to try everything on, and histories to try estimators on.

truth = simulate(Path("demo"), children=20_000, lists=5, pack=load_pack("mexico"), seed=1)
histories, children = capture_only("latent", 20_000, seed=1)
"""

from __future__ import annotations

from cobijo.engine.simulate.capture import DESIGNS, CaptureDesign, capture_only
from cobijo.engine.simulate.country import Truth, simulate
from cobijo.engine.simulate.settings import CountrySettings, Dependence, Reach, Slips

__all__ = [
    "DESIGNS",
    "CaptureDesign",
    "CountrySettings",
    "Dependence",
    "Reach",
    "Slips",
    "Truth",
    "capture_only",
    "simulate",
]
