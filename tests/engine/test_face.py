"""The public face: every name that it promises is there, and nothing else answers."""

from __future__ import annotations

import pytest

import cobijo.engine as cb


@pytest.mark.parametrize("name", cb.__all__)
def test_every_verb_is_there_and_tells_what_it_is(name: str) -> None:
    assert (getattr(cb, name).__doc__ or "").strip()


def test_an_unknown_verb_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="guess"):
        cb.guess  # noqa: B018
    assert sorted(cb.__all__) == sorted(dir(cb))
