"""Measures of a cleaned text against its gold: runs of four words, as the article extraction benchmark counts them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from statistics import fmean

import regex

from generator.record import record
from generator.text import UNSPACED

RUN = 4
WORDS = regex.compile(r"\w+")
CHARACTERS = regex.compile(rf"[{UNSPACED}]|[[\w]--[{UNSPACED}]]+", regex.V1)


@record
class Score:
    """Precision, recall and their F1 over a set of documents."""

    precision: float
    recall: float
    f1: float


def score_texts(pairs: Iterable[tuple[str, str]], *, characters: bool = False) -> Score:
    """Score (predicted, gold) pairs: precision over documents with output, recall over documents with gold."""
    precisions, recalls = [], []
    for predicted, gold in pairs:
        output, wanted = _runs(predicted, characters=characters), _runs(gold, characters=characters)
        common = (output & wanted).total()
        if output:
            precisions.append(common / output.total())
        if wanted:
            recalls.append(common / wanted.total())
    precision, recall = _mean(precisions), _mean(recalls)
    return Score(precision=precision, recall=recall, f1=harmonic(precision, recall))


def harmonic(precision: float, recall: float) -> float:
    """F1 of a precision and a recall."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _runs(text: str, *, characters: bool) -> Counter[tuple[str, ...]]:
    """The multiset of runs of four words; one run for a text of fewer."""
    words = (CHARACTERS if characters else WORDS).findall(text)
    count = max(1, len(words) - RUN + 1) if words else 0
    return Counter(tuple(words[start : start + RUN]) for start in range(count))


def _mean(values: Sequence[float]) -> float:
    return fmean(values) if values else 0.0
