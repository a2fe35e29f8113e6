"""How a form is written in the vocabulary, and all that it stands for.

`prostitución (de|entre) <child>`: one of the two words, then any member of the group `child`. An empty choice,
`(the|)`, may be left out. What stands behind a `~` must follow and is no part of what is marked: `client ~ of <child>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import product

from cobijo.errors import InputProblem

_PIECES = re.compile(r"\((?P<choice>[^()]*)\)|<(?P<group>\w+)>|(?P<words>[^()<>]+)")


#: What follows it must follow in the text, and is not marked.
AFTER = "~"


def expand(form: str, groups: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Every phrase that a form stands for.

    >>> list(expand("sex (tourism|tourist) with <child>", {"child": ["child", "minor"]}))[:2]
    ['sex tourism with child', 'sex tourism with minor']
    """
    parts: list[list[str]] = []
    for piece in _PIECES.finditer(form):
        if piece["choice"] is not None:
            choices = piece["choice"].split("|")
            said = [phrase for choice in choices for phrase in expand(choice, groups)]
            parts.append([""] * ("" in choices) + said)
        elif piece["group"] is not None:
            if piece["group"] not in groups:
                raise InputProblem("terms.group_unknown", group=piece["group"], form=form)
            parts.append(list(groups[piece["group"]]))
        else:
            parts.append([piece["words"]])
    for chosen in product(*parts) if parts else ():
        yield " ".join(" ".join(chosen).split())
