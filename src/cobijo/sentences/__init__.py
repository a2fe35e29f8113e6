"""What the codes say, in the reader's language.

One file a room, each a dictionary `SENTENCES` of code -> English sentence with `{named}` parameters, marked for
translation by `N_`. Spanish stands in `cobijo/locale/es`. A code begins with the name of its room:
`lists.date_impossible`.
"""

from __future__ import annotations

import gettext
import os
from collections.abc import Mapping
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

LANGUAGES = ("es", "en")
DOMAIN = "django"
LOCALE_DIR = Path(__file__).parent.parent / "locale"


@lru_cache(maxsize=1)
def catalogue() -> dict[str, str]:
    """Every code with its English sentence."""
    found: dict[str, str] = {}
    for room in iter_modules(__path__):
        if room.name == "marks":
            continue
        sentences: dict[str, str] = import_module(f"{__name__}.{room.name}").SENTENCES
        doubled = found.keys() & sentences.keys()
        if doubled:
            raise ValueError(f"two sentences for one code: {sorted(doubled)}")
        found.update(sentences)
    return found


@lru_cache(maxsize=len(LANGUAGES))
def translation(language: str) -> gettext.NullTranslations:
    """The gettext catalogue of a language; English needs none."""
    return gettext.translation(DOMAIN, LOCALE_DIR, [language], fallback=language == "en")


def reader_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of whoever reads the terminal: `es` where the locale says so, else English."""
    for name in ("COBIJO_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = environment.get(name, "")
        if value:
            return "es" if value.lower().startswith("es") else "en"
    return "en"


def say(message: str, language: str) -> str:
    """Translate one marked English sentence."""
    return translation(language).gettext(message)


def render(code: str, params: Mapping[str, object], language: str = "en") -> str:
    """The sentence of a code. An unknown code is a bug and says its own name rather than hiding it."""
    template = catalogue().get(code)
    if template is None:
        return code
    return say(template, language).format_map({k: "" if v is None else v for k, v in params.items()})
