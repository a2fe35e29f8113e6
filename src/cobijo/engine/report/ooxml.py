"""What every DOCX here is made of: parts in a ZIP, texts that XML can hold. Same parts, same bytes.

No author, no machine, no hour stands in the file.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STAMP = (1980, 1, 1, 0, 0, 0)  # the first moment that a ZIP can say; the real one is nobody's business
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def packed(parts: Mapping[str, str]) -> bytes:
    """The file's bytes, its parts in the order in which they are given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in parts.items():
            entry = zipfile.ZipInfo(name, _STAMP)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # else the file would say on which system it was made
            made.writestr(entry, text.encode())
    return target.getvalue()


def printable(text: str) -> str:
    """Without the signs that XML cannot hold."""
    return _UNPRINTABLE.sub("", text)


def xml_text(text: str) -> str:
    """As it stands between two tags."""
    return escape(printable(text))
