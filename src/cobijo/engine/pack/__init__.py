"""Country packs: everything Cobijo knows about one country, as data in a folder.

pack = load_pack("mexico")         # one that comes with Cobijo
pack = load_pack("./my_country")   # or any folder; see docs/reference/packs.md
"""

from __future__ import annotations

from cobijo.engine.pack.checks import validate_pack
from cobijo.engine.pack.reading import PACKS, load_pack
from cobijo.engine.pack.shape import (
    Area,
    Institution,
    NameRules,
    Network,
    OfficialId,
    Organisation,
    Pack,
    Part,
    Population,
    Rewrite,
    Term,
    WeightedName,
    fold,
)

__all__ = [
    "PACKS",
    "Area",
    "Institution",
    "NameRules",
    "Network",
    "OfficialId",
    "Organisation",
    "Pack",
    "Part",
    "Population",
    "Rewrite",
    "Term",
    "WeightedName",
    "fold",
    "load_pack",
    "validate_pack",
]
