"""What an evaluation gives: scores by name, and what was predicted."""

from collections.abc import Mapping
from typing import Any

from generator.record import record


@record
class Evaluation:
    """Scores of one data set.

    `scores` maps a measure (`B-cubed F1`, `document F1 (ru)`) to a number, in the order to print; `documents` is how
    many were scored; `predictions` are JSON objects, one a line when written.
    """

    documents: int
    scores: Mapping[str, float]
    predictions: tuple[Mapping[str, Any], ...]
