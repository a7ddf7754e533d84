"""Accuracy of likeness: how well the likeness of two articles follows what people judged."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from generator.analysis.analyse import analyse_many
from generator.analysis.encoder import load_encoder
from generator.linking.likeness import evidence, likeness
from generator.model import Article
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.result import Evaluation
from generator.pipeline.evaluate.versions import to_article
from generator.settings import Settings

#: Similarity is judged from 1 (unrelated) to 4 (the same story).
LOWEST, SPAN = 1.0, 3.0


def evaluate(folder: Path, settings: Settings) -> Evaluation:
    """Pearson's r between the likeness that stories are made from and the judgements."""
    pairs = list(read_lines(folder, "pairs"))
    predicted = predict(pairs, settings)
    gold = [float(pair["similarity"]) for pair in pairs if "similarity" in pair]
    scores = {"Pearson's r": pearson(predicted, gold)} if len(gold) == len(pairs) else {}
    predictions = tuple(
        {"id": pair["id"], "similarity": round(value, 4)}
        for pair, value in zip(pairs, predicted, strict=True)
    )
    return Evaluation(documents=len(pairs), scores=scores, predictions=predictions)


def predict(pairs: Sequence[Mapping[str, Any]], settings: Settings) -> list[float]:
    """The similarity of each pair, 1 to 4: the log odds that both tell of one event, on a curve."""
    articles = [_article(pair, side) for pair in pairs for side in ("a", "b")]
    analyses = analyse_many(articles, load_encoder(settings.encoder))
    seen = [evidence(one, two) for one, two in zip(articles, analyses, strict=True)]
    odds = [
        likeness(seen[place], seen[place + 1], settings.story_window).odds
        for place in range(0, len(seen), 2)
    ]
    return [LOWEST + SPAN / (1.0 + float(np.exp(-value / 2.0))) for value in odds]


def _article(pair: Mapping[str, Any], side: str) -> Article:
    document = {"date": None, "source": "unknown", "url": None, **pair[side]}
    return to_article({**document, "id": f"{pair['id']}-{side}"})


def pearson(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's r; 0 where one side does not vary."""
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])
