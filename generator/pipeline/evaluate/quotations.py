"""Accuracy of quotation groups: pairwise scores over the gold members that were found."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

from generator.model import QuotationGroup
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.result import Evaluation
from generator.pipeline.evaluate.stories import link
from generator.pipeline.evaluate.versions import to_article
from generator.record import record
from generator.settings import Settings
from generator.text import words

#: A predicted member is a gold one if they share so much of their words (F1).
SHARED = 0.5


@record
class Member:
    """A gold member: its group, its document and its words."""

    group: str
    document: str
    words: Counter[str]


def evaluate(folder: Path, settings: Settings) -> Evaluation:
    """Find and group the quotations of a set as a build would, and compare with its groups."""
    documents = list(read_lines(folder, "documents"))
    for item in documents:
        item.setdefault("source", "unknown")
        item.setdefault("url", None)
    groups = predict(documents, settings)
    predictions = tuple(
        {
            "group": str(group.id),
            "members": [{"document": str(m.article), "text": m.text} for m in group.members],
        }
        for group in groups
    )
    gold = [
        Member(
            group=item["group"], document=member["document"], words=Counter(words(member["text"]))
        )
        for item in read_lines(folder, "groups")
        for member in item["members"]
    ]
    languages = {item["id"]: item["language"] for item in documents}
    return Evaluation(
        documents=len(documents),
        scores=score(predictions, gold, languages),
        predictions=predictions,
    )


def predict(
    documents: Iterable[Mapping[str, Any]], settings: Settings
) -> tuple[QuotationGroup, ...]:
    """The quotation groups of documents; which story they tell is found, not read."""
    articles = [to_article(item) for item in documents]
    return link(articles, settings).coverage.quotation_groups


def score(
    predictions: Sequence[Mapping[str, Any]],
    gold: Sequence[Member],
    languages: Mapping[str, str],
) -> dict[str, float]:
    """Pairwise over gold members; each prediction stands for the gold member it shares most words with."""
    found: dict[int, str] = {}
    for item in predictions:
        for member in item["members"]:
            place = _matched(member["document"], Counter(words(member["text"])), gold)
            if place is not None:
                found.setdefault(place, item["group"])
    scores: dict[str, float] = {}
    for label in ("", "across languages "):
        right = claimed = truth = 0
        for one, other in combinations(range(len(gold)), 2):
            a, b = gold[one], gold[other]
            if label and languages[a.document] == languages[b.document]:
                continue
            together = one in found and other in found and found[one] == found[other]
            truth += a.group == b.group
            claimed += together
            right += together and a.group == b.group
        precision, recall = right / claimed if claimed else 1.0, right / truth if truth else 1.0
        total = precision + recall
        scores[f"pairwise {label}precision"] = precision
        scores[f"pairwise {label}recall"] = recall
        scores[f"pairwise {label}F1"] = 2 * precision * recall / total if total else 0.0
    scores["members found"] = len(found) / len(gold) if gold else 1.0
    return scores


def _matched(document: str, said: Counter[str], gold: Sequence[Member]) -> int | None:
    ranked = [
        (2 * (said & item.words).total() / max(1, said.total() + item.words.total()), -place)
        for place, item in enumerate(gold)
        if item.document == document
    ]
    if not ranked or max(ranked)[0] < SHARED:
        return None
    return -max(ranked)[1]
