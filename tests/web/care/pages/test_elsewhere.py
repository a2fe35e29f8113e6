"""Asking whether another organisation knows a child: known or not, the answer is the same in bytes and in time."""

from __future__ import annotations

import random
import re
import time
from typing import Any

import pytest

from cobijo.web.care.children import elsewhere
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Match, Question
from cobijo.web.core.access.context import acting_as
from tests.web.care.pages.conftest import World
from tests.web.care.sharing.conftest import agreement_of
from tests.web.people import person

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]
NEW = "/en/care/children/new/"
#: Alike in length and kind, so that nothing of the question itself makes a difference.
KNOWN, UNKNOWN = ("Amapola", "Quintanar"), ("Azucena", "Zaragozi")
#: Of a form against forgery: drawn anew for every answer, whoever asks for what.
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')

TIMES = 300  # of each kind
#: The probability with which a known child's answer took longer than an unknown one's; one half says nothing. With 300
#: of each, chance alone stays within 0.5 ± 0.08 in 999 of 1,000 proofs.
SAYS_NOTHING = 0.08


def question(given: str, surname: str, purpose: str = "intake") -> dict[str, str]:
    return {
        "given": given,
        "surname1": surname,
        "birth_date": "2012-05-06",
        "step": "elsewhere",
        "purpose": purpose,
    }


def agree(world: World) -> None:
    """Ana's organisation and Carla's may ask each other."""
    world.people.hospital.kind = "ngo"
    world.people.hospital.save()
    agreement_of(world.people.sofia, person("Sara", "supervisor", of=world.people.hospital), for_search=True)


def register(world: World, given: str, surname: str) -> None:
    with acting_as(world.people.ana, "intake") as by:
        children.register(by=by, rows=[{"given": given, "surname1": surname, "birth_date": "2012-05-06"}])


def test_the_answer_is_the_same_in_every_byte(world: World) -> None:
    """The same question before and after the other organisation knows the child, and after the match was found."""
    agree(world)
    carla = world.at(world.people.carla)

    def answer() -> tuple[int, dict[str, str], str]:
        got = carla.post(NEW, question(*KNOWN))
        return got.status_code, dict(got.headers), TOKEN.sub("", got.content.decode())

    unknown = answer()
    assert unknown[0] == 200
    assert "data steward" in unknown[2]
    register(world, *KNOWN)
    known = answer()
    assert known == unknown
    assert elsewhere.resolve() == 2
    assert Match.objects.count() >= 1  # it is known, and nobody who asked was told
    assert answer() == unknown


@pytest.mark.prove
def test_the_time_of_the_answer_says_nothing(world: World) -> None:
    """Known and unknown asked in turn, in an order drawn by chance; compared by rank, which no outlier moves."""
    agree(world)
    register(world, *KNOWN)
    carla = world.at(world.people.carla)
    draw = random.Random(0)
    took: dict[Any, list[float]] = {KNOWN: [], UNKNOWN: []}
    for number in range(TIMES + 10):
        pair = [KNOWN, UNKNOWN]
        draw.shuffle(pair)
        for one in pair:
            Question.objects.all().delete()  # so many an hour are allowed; and each finds the table as the other did
            began = time.perf_counter()
            status = carla.post(NEW, question(*one)).status_code
            if number >= 10:  # the first ones warm up
                took[one].append(time.perf_counter() - began)
            assert status == 200
    found = longer(took[KNOWN], took[UNKNOWN])
    middle = sorted(took[UNKNOWN])
    spread = middle[3 * TIMES // 4] - middle[TIMES // 4]
    seen = longer([one + spread / 2 for one in took[KNOWN]], took[UNKNOWN])
    print(
        f"a known child's answer takes longer with probability {found:.3f}; {1000 * spread:.1f} ms of noise"
    )
    assert seen > 0.5 + SAYS_NOTHING, "the proof would see half of the noise as a difference"
    assert abs(found - 0.5) <= SAYS_NOTHING


def longer(ones: list[float], others: list[float]) -> float:
    """Mann-Whitney's statistic as a probability: that one of the first is larger than one of the second."""
    wins = sum((one > other) + (one == other) / 2 for one in ones for other in others)
    return wins / (len(ones) * len(others))
