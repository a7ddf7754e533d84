"""Measures of a clustering against gold: pairwise, adjusted Rand index, B-cubed; also within and across languages."""

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from enum import StrEnum

from generator.record import record

Clustering = Mapping[str, str]
"""Document → name of its cluster."""


class Scope(StrEnum):
    """Which pairs of documents count."""

    ALL = "all"
    SAME_LANGUAGE = "same language"
    ACROSS_LANGUAGES = "across languages"


@record
class Score:
    """Precision, recall and their harmonic mean; where nothing was claimed (or to be found) it is 1."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean; 0 where both are 0."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def complete(gold: Clustering, predicted: Clustering) -> Clustering:
    """The prediction for exactly the gold documents: one without a prediction stands alone."""
    return {
        document: f"in {predicted[document]}" if document in predicted else f"alone {document}"
        for document in gold
    }


def pairwise(
    gold: Clustering,
    predicted: Clustering,
    *,
    scope: Scope = Scope.ALL,
    languages: Mapping[str, str] | None = None,
) -> Score:
    """Over all pairs of documents: a pair in one cluster is a positive.

    Any scope but `ALL` needs the language of each document.
    """
    predicted = complete(gold, predicted)
    table = [(gold[item], predicted[item]) for item in gold]
    counts = pair_counts(table)
    if scope is not Scope.ALL:
        tongues = [(languages or {})[item] for item in gold]
        same = pair_counts(
            [((a, tongue), (b, tongue)) for (a, b), tongue in zip(table, tongues, strict=True)]
        )
        across = tuple(all_ - in_one for all_, in_one in zip(counts, same, strict=True))
        counts = same if scope is Scope.SAME_LANGUAGE else (across[0], across[1], across[2])
    both, truth, claimed = counts
    return Score(precision=share(both, claimed), recall=share(both, truth))


def adjusted_rand(gold: Clustering, predicted: Clustering) -> float:
    """Hubert and Arabie's index, over all documents: 1 for equal clusterings, about 0 by chance."""
    predicted = complete(gold, predicted)
    both, truth, claimed = pair_counts([(gold[item], predicted[item]) for item in gold])
    total = pairs_of(len(gold))
    expected = truth * claimed / total if total else 0.0
    largest = (truth + claimed) / 2
    return 1.0 if largest == expected else (both - expected) / (largest - expected)


def b_cubed(
    gold: Clustering,
    predicted: Clustering,
    *,
    scope: Scope = Scope.ALL,
    languages: Mapping[str, str] | None = None,
) -> Score:
    """Precision and recall of each document's cluster, averaged over documents.

    A document counts itself, but not across languages: there only those in other languages
    count, and the averages are over documents that were (or should be) put with any.
    """
    predicted = complete(gold, predicted)
    tongue = {item: (languages or {})[item] if scope is not Scope.ALL else "" for item in gold}
    across = scope is Scope.ACROSS_LANGUAGES
    right = companions(
        {item: (gold[item], predicted[item]) for item in gold}, tongue, across=across
    )
    truth = companions(gold, tongue, across=across)
    claimed = companions(predicted, tongue, across=across)
    return Score(precision=mean_share(right, claimed), recall=mean_share(right, truth))


def companions(
    cluster: Mapping[str, Hashable], tongue: Mapping[str, str], *, across: bool
) -> dict[str, int]:
    """How many documents of its cluster each document is with, in its language or in the others."""
    in_tongue = Counter((cluster[item], tongue[item]) for item in cluster)
    if not across:
        return {item: in_tongue[cluster[item], tongue[item]] for item in cluster}
    whole = Counter(cluster.values())
    return {item: whole[cluster[item]] - in_tongue[cluster[item], tongue[item]] for item in cluster}


def mean_share(right: Mapping[str, int], of: Mapping[str, int]) -> float:
    """The mean of `right / of` over documents that have any; 1 if none has."""
    shares = [right[item] / count for item, count in of.items() if count]
    return sum(shares) / len(shares) if shares else 1.0


def pair_counts(table: Sequence[tuple[Hashable, Hashable]]) -> tuple[int, int, int]:
    """Pairs together in both clusterings, in the first, in the second."""
    both, first, second = Counter(table), Counter(a for a, _ in table), Counter(b for _, b in table)
    return (
        sum(map(pairs_of, both.values())),
        sum(map(pairs_of, first.values())),
        sum(map(pairs_of, second.values())),
    )


def pairs_of(count: int) -> int:
    """How many pairs `count` things make."""
    return count * (count - 1) // 2


def share(part: int, whole: int) -> float:
    """`part / whole`, and 1 of nothing."""
    return part / whole if whole else 1.0
