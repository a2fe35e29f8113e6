"""The translations: collect every sentence of code and templates, keep the .po files in step, compile them.

    python tools/messages.py compile    collect, update locale/<language>/LC_MESSAGES/django.po and .mo
    python tools/messages.py check      exit 1 where a sentence has no translation or a file is out of step

Needs no xgettext: Babel reads Python and Jinja, Django's own `templatize` makes its templates readable to it.
"""

from __future__ import annotations

import json
import re
import sys
from io import BytesIO
from pathlib import Path

import polib
from babel.messages.extract import extract
from django.utils.translation import templatize

SOURCE = Path(__file__).parent.parent / "src" / "cobijo"
LOCALE = SOURCE / "locale"
TRANSLATED = ("es",)
KEYWORDS = {
    "N_": None, "_": None, "gettext": None, "gettext_lazy": None, "gettext_noop": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2), "pgettext_lazy": ((1, "c"), 2),
}  # fmt: skip
JINJA_ROOMS = (SOURCE / "engine",)
_STRING = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL = re.compile(rf"\b(?:_|n?p?gettext)\(\s*{_STRING}(?:\s*,\s*{_STRING})*(?:\s*,\s*\w+)?\s*\)")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}")

Key = tuple[str | None, str, str | None]  # context, singular, plural


def collect() -> dict[Key, list[str]]:
    """Every message with the files that hold it (no line numbers: they would change with every edit)."""
    found: dict[Key, list[str]] = {}
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt", ".typ", ".j2"} or "__pycache__" in path.parts:
            continue
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".py":
            method, body = "python", text
        elif path.is_relative_to(SOURCE / "web"):
            # Only the calls: between them stands the indentation of the template, which is not Python's.
            method, body = "python", "\n".join(CALL.findall(templatize(text, origin=str(path))))
        elif any(path.is_relative_to(room) for room in JINJA_ROOMS):
            method, body = "jinja2.ext:babel_extract", text
        else:
            continue
        for _line, message, _comments, context in extract(method, BytesIO(body.encode()), keywords=KEYWORDS):
            single, plural = (message, None) if isinstance(message, str) else (message[0], message[1])
            if single:
                found.setdefault((context, single, plural), []).append(path.relative_to(SOURCE).as_posix())
    return found


def drafts(language: str) -> dict[str, str]:
    """Translations handed in beside the code, one JSON file a room, until they are taken into the .po.

    Where one English word has several meanings, the key says which: "case|open".
    """
    merged: dict[str, str] = {}
    for path in sorted((LOCALE / "parts").glob(f"*.{language}.json")):
        merged.update(json.loads(path.read_text(encoding="utf-8")))
    return merged


def renew(language: str, found: dict[Key, list[str]]) -> polib.POFile:
    """The .po of a language with exactly the messages of today; what was translated stays translated."""
    path = LOCALE / language / "LC_MESSAGES" / "django.po"
    old = polib.pofile(str(path)) if path.exists() else polib.POFile()
    known = {(entry.msgctxt, entry.msgid): entry for entry in old}
    handed_in = drafts(language)
    new = polib.POFile(wrapwidth=110)
    new.metadata = {
        "Project-Id-Version": "cobijo",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    for (context, single, plural), places in sorted(
        found.items(), key=lambda item: (item[0][1], item[0][0] or "")
    ):
        before = known.get((context, single))
        entry = polib.POEntry(
            msgctxt=context, msgid=single, occurrences=[(place, "") for place in sorted(set(places))]
        )
        if plural is None:
            meant = f"{context}|{single}" if context else single
            entry.msgstr = handed_in.get(meant) or (before.msgstr if before else "")
        else:
            entry.msgid_plural = plural
            said = before.msgstr_plural if before else {}
            entry.msgstr_plural = {
                0: said.get(0) or handed_in.get(single, ""), 1: said.get(1) or handed_in.get(plural, "")
            }  # fmt: skip
        new.append(entry)
    return new


def faults(po: polib.POFile) -> list[str]:
    """Messages without a translation, or whose translation lost or invented a parameter."""
    wrong = []
    for entry in po:
        pairs = (
            [(entry.msgid, entry.msgstr)]
            if not entry.msgid_plural
            else [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]
        )
        for source, target in pairs:
            if not target:
                wrong.append(
                    f"not translated: {source!r} ({', '.join(place for place, _ in entry.occurrences)})"
                )
            elif not entry.msgid_plural and set(PLACEHOLDER.findall(source)) != set(
                PLACEHOLDER.findall(target)
            ):
                wrong.append(f"other parameters than the original: {target!r}")
    return wrong


def main(verb: str) -> int:
    found = collect()
    wrong = []
    for language in TRANSLATED:
        folder = LOCALE / language / "LC_MESSAGES"
        po = renew(language, found)
        if verb == "compile":
            folder.mkdir(parents=True, exist_ok=True)
            po.save(str(folder / "django.po"))
            po.save_as_mofile(str(folder / "django.mo"))
        else:
            in_step = (folder / "django.mo").exists() and (
                folder / "django.mo"
            ).read_bytes() == po.to_binary()
            if not in_step or (folder / "django.po").read_text(encoding="utf-8") != str(po) + "\n" * (
                not str(po).endswith("\n")
            ):
                wrong.append(f"{language}: out of step with the code; run `make messages`")
        wrong += [f"{language}: {fault}" for fault in faults(po)]
    for line in wrong:
        print(line)
    print(f"{len(found)} messages, {len(wrong)} faults")
    return 1 if wrong else 0


if __name__ == "__main__":
    if sys.argv[1:] not in (["compile"], ["check"]):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
