"""A published folder to test with, and ways to spoil it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

SAMPLE: dict[str, Any] = json.loads(
    (Path(__file__).parent / "data" / "picture.json").read_text(encoding="utf-8")
)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path fill="#0f5257" d="M0 0h9v9z"/></svg>'
HTML = "<!DOCTYPE html><html lang='{0}'><title>x</title><style>p{{color:#123}}</style><p>{0}</p></html>"


def sample(**changes: Any) -> dict[str, Any]:
    """The sample picture with some keys replaced; a value of `...` removes the key."""
    picture = copy.deepcopy(SAMPLE) | changes
    return {key: value for key, value in picture.items() if value is not ...}


def write_picture(folder: Path, picture: dict[str, Any] | str) -> None:
    text = picture if isinstance(picture, str) else json.dumps(picture)
    draft = folder / "draft"
    draft.write_text(text, encoding="utf-8")
    draft.replace(folder / "picture.json")


def publish(folder: Path) -> Path:
    """A whole published folder (report asked for in Spanish), with strangers' files in it and beside it."""
    (folder / "tables").mkdir(parents=True)
    (folder / "charts").mkdir()
    for table in SAMPLE["tables"]:
        (folder / table["file"]).write_text("area,children\nMX-OAX,·\n", encoding="utf-8")
    for chart in SAMPLE["charts"]:
        for name in chart["files"].values():
            (folder / name).write_text(SVG, encoding="utf-8")
    (folder / "report.html").write_text(HTML.format("es"), encoding="utf-8")
    (folder / "report.en.html").write_text(HTML.format("en"), encoding="utf-8")
    (folder / "report.pdf").write_bytes(b"%PDF-1.7 es")
    (folder / "report.en.pdf").write_bytes(b"%PDF-1.7 en")
    (folder / "people.csv").write_text("a stranger's file", encoding="utf-8")
    (folder / "tables" / "other.csv").write_text("a stranger's table", encoding="utf-8")
    (folder.parent / "private").mkdir(exist_ok=True)
    (folder.parent / "private" / "people.csv").write_text("a secret", encoding="utf-8")
    write_picture(folder, SAMPLE)
    return folder
