"""How many words a report has. Children's annexes, tables, sources and headings do not count."""

from __future__ import annotations

import re

WORD = re.compile(r"\w+(?:[’'.,/-]\w+)*")


def words_in(*texts: str) -> int:
    """Words as a person counts them: a number, an abbreviation or a compound is one.

    >>> words_in("Dos niñas, de 12 y 13 años (1 de 3: 33,3 %).")
    11
    """
    return sum(len(WORD.findall(one)) for one in texts)
