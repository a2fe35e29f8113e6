"""The demonstration: an invented country, its lists, its truth, its picture, in one folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from cobijo.engine.output import whole_folder
from cobijo.engine.pack import load_pack
from cobijo.engine.picture import Picture, make_picture
from cobijo.engine.progress import Progress, silent
from cobijo.engine.simulate import simulate

LISTS = 5


def build(
    folder: Path,
    *,
    children: int,
    seed: int,
    quick: bool = False,
    language: str = "en",
    progress: Progress = silent,
) -> tuple[Picture, Mapping[str, object]]:
    """Invent a country of `children` children seen by five agencies and make its picture in `folder`.

    The true number stays beside the picture in `truth.json`, never in `public/`.
    """
    pack = load_pack("mexico")
    with whole_folder(folder) as work:
        truth = simulate(work, children=children, lists=LISTS, pack=pack, seed=seed, progress=progress)
        made = make_picture(
            list(truth.files),
            work,
            pack=pack,
            truth=truth.truth_file,
            period=(date.fromisoformat(truth.period[0]), date.fromisoformat(truth.period[1])),
            language=language,
            seed=seed,
            quick=quick,
            invented=True,
            progress=progress,
        )
        known = json.loads((work / "truth.json").read_text(encoding="utf-8"))
    return made, known
