"""Evaluate the identification of languages: accuracy and macro F1 by first subtag."""

from collections import Counter
from pathlib import Path

from generator.ingest.language import identify
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.ngrams import harmonic
from generator.pipeline.evaluate.result import Evaluation
from generator.settings import Settings
from generator.text import base_language

ALIASES = {"nb": "no", "nn": "no"}


def evaluate(data: Path, settings: Settings) -> Evaluation:
    """Identify every text; `und` counts as wrong."""
    texts = list(read_lines(data, "texts"))
    predicted = [_plain(identify(item["text"]).language) for item in texts]
    gold = [_plain(item["language"]) for item in texts]
    right = Counter(one for one, other in zip(gold, predicted, strict=True) if one == other)
    given, wanted = Counter(predicted), Counter(gold)
    parts = [
        harmonic(right[code] / max(1, given[code]), right[code] / wanted[code]) for code in wanted
    ]
    return Evaluation(
        documents=len(texts),
        scores={
            "accuracy": right.total() / max(1, len(texts)),
            "macro F1": sum(parts) / max(1, len(parts)),
            "answered und": given["und"] / max(1, len(texts)),
        },
        predictions=tuple(
            {"id": item["id"], "language": code}
            for item, code in zip(texts, predicted, strict=True)
        ),
    )


def _plain(code: str) -> str:
    first = base_language(code)
    return ALIASES.get(first, first)
