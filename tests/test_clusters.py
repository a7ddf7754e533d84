"""The measures of clusterings, against definitions written out pair by pair."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.pipeline.evaluate.clusters import (
    Clustering,
    Scope,
    adjusted_rand,
    b_cubed,
    pairwise,
)

GOLD = {"a": "1", "b": "1", "c": "1", "d": "2", "e": "2", "f": "3"}
TONGUE = {"a": "en", "b": "en", "c": "ru", "d": "en", "e": "ru", "f": "ru"}

clusterings = st.lists(
    st.tuples(st.sampled_from("123"), st.sampled_from("xyz"), st.sampled_from(["en", "ru"])),
    min_size=2,
    max_size=12,
).map(lambda rows: tuple({str(i): row[k] for i, row in enumerate(rows)} for k in range(3)))


def keep(a: str, b: str, scope: Scope, tongue: Clustering) -> bool:
    if scope is Scope.ALL:
        return True
    return (tongue[a] == tongue[b]) == (scope is Scope.SAME_LANGUAGE)


@given(clusterings, st.sampled_from(list(Scope)))
def test_pairwise_is_a_count_over_pairs(sample: tuple[Clustering, ...], scope: Scope) -> None:
    gold, predicted, tongue = sample
    pairs = [pair for pair in combinations(gold, 2) if keep(*pair, scope, tongue)]
    truth = {pair for pair in pairs if gold[pair[0]] == gold[pair[1]]}
    claimed = {pair for pair in pairs if predicted[pair[0]] == predicted[pair[1]]}
    score = pairwise(gold, predicted, scope=scope, languages=tongue)
    assert score.precision == (len(truth & claimed) / len(claimed) if claimed else 1.0)
    assert score.recall == (len(truth & claimed) / len(truth) if truth else 1.0)


@given(clusterings, st.sampled_from(list(Scope)))
def test_b_cubed_is_a_mean_over_documents(sample: tuple[Clustering, ...], scope: Scope) -> None:
    gold, predicted, tongue = sample
    precisions, recalls = [], []
    for item in gold:
        near = [other for other in gold if keep(item, other, scope, tongue)]
        if scope is Scope.ACROSS_LANGUAGES:
            assert item not in near
        truth = {other for other in near if gold[other] == gold[item]}
        claimed = {other for other in near if predicted[other] == predicted[item]}
        if claimed:
            precisions.append(len(truth & claimed) / len(claimed))
        if truth:
            recalls.append(len(truth & claimed) / len(truth))
    score = b_cubed(gold, predicted, scope=scope, languages=tongue)
    assert score.precision == pytest.approx(sum(precisions) / len(precisions) if precisions else 1)
    assert score.recall == pytest.approx(sum(recalls) / len(recalls) if recalls else 1)


def test_equal_clusterings_score_one_whatever_the_names() -> None:
    renamed = {item: f"cluster {name}" for item, name in GOLD.items()}
    assert adjusted_rand(GOLD, renamed) == 1
    assert pairwise(GOLD, renamed).f1 == b_cubed(GOLD, renamed).f1 == 1


def test_a_document_without_a_prediction_stands_alone() -> None:
    predicted = {"a": "x", "b": "x", "c": "x"}
    assert pairwise(GOLD, predicted).recall == 3 / 4
    assert pairwise(GOLD, predicted).precision == 1


def test_the_rand_index_of_a_worked_example() -> None:
    # pairs together: 2 in both, 4 in gold, 4 claimed, 15 in all; expected 16/15
    predicted = {"a": "x", "b": "x", "c": "y", "d": "z", "e": "z", "f": "z"}
    assert adjusted_rand(GOLD, predicted) == pytest.approx((2 - 16 / 15) / (4 - 16 / 15))


def test_across_languages_needs_a_partner_in_another_language() -> None:
    predicted = {"a": "x", "b": "x", "c": "y", "d": "z", "e": "z", "f": "z"}
    score = b_cubed(GOLD, predicted, scope=Scope.ACROSS_LANGUAGES, languages=TONGUE)
    assert score.precision == pytest.approx((1 / 2 + 1 + 0) / 3)
    assert score.recall == pytest.approx((0 + 0 + 0 + 1 + 1) / 5)
