"""How good linkage is, through the product's own route: files read, linked, compared with the truth."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from cobijo.engine.linkage import draw_partitions, score

from .conftest import Known


def test_febrl_4_one_to_one_without_the_social_security_number(febrl: Known) -> None:
    quality = score(febrl.linked.people, febrl.truth)
    assert quality.f1 >= 0.997
    assert quality.precision >= 0.999


def test_one_to_one_links_no_two_records_of_one_list(febrl: Known) -> None:
    doubles = febrl.linked.people.group_by(["person_id", "list"]).aggregate([("record_id", "count")])
    assert max(doubles["record_id_count"].to_pylist()) == 1


def test_an_invented_country_is_linked_well_and_its_people_are_counted(country: Known) -> None:
    quality = score(country.linked.people, country.truth)
    assert quality.f1 >= 0.97
    assert abs(quality.people / quality.true_people - 1) <= 0.02


def test_probabilities_mean_what_they_say(country: Known) -> None:
    true = _true_pairs(country)
    probability = country.linked.pairs["probability"].to_numpy()
    assert abs(probability.sum() / true.sum() - 1) <= 0.02
    doubtful = (probability > 0.05) & (probability < 0.99)
    assert abs(probability[doubtful].mean() - true[doubtful].mean()) <= 0.12
    sure = probability >= 0.99
    assert true[sure].mean() >= 0.985


def test_draws_are_centred_on_the_true_number_of_people(country: Known) -> None:
    quality = score(country.linked.people, country.truth)
    counts = [int(draw.max()) + 1 for draw in draw_partitions(country.linked, 10, seed=3)]
    assert abs(np.mean(counts) / quality.true_people - 1) <= 0.02
    assert len(set(counts)) > 1


def test_draws_repeat_with_their_seed_and_do_not_depend_on_how_many(country: Known) -> None:
    first = list(draw_partitions(country.linked, 2, seed=5))
    again = list(draw_partitions(country.linked, 3, seed=5))
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=False))
    assert not np.array_equal(again[0], again[2])


def test_every_level_of_the_model_was_learned_or_says_that_it_was_not(country: Known) -> None:
    assert country.linked.settings["prior_levels"] == [] or len(country.linked.settings["prior_levels"]) < 8
    for shares in country.linked.settings["comparisons"].values():
        assert abs(sum(shares["m"]) - 1) < 1e-4
        assert abs(sum(shares["u"]) - 1) < 1e-4
        assert shares["m"][-1] < shares["u"][-1]  # "different" speaks against a link


def _true_pairs(known: Known) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    true = dict(zip(known.truth["record_id"].to_pylist(), known.truth["person_id"].to_pylist(), strict=True))
    people: pa.Table = known.linked.people
    person = {
        record: true.get(own)
        for record, own in zip(people["record_id"].to_pylist(), people["own_id"].to_pylist(), strict=True)
    }
    pairs = known.linked.pairs
    return np.array(
        [
            person[a] is not None and person[a] == person[b]
            for a, b in zip(pairs["left"].to_pylist(), pairs["right"].to_pylist(), strict=True)
        ]
    )
