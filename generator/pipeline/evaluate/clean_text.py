"""Evaluate the cleaning of plain text: 4-grams of what is kept against the gold body."""

from pathlib import Path

from generator.ingest.clean import Context
from generator.ingest.read import clean_text
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.ngrams import score_texts
from generator.pipeline.evaluate.result import Evaluation
from generator.settings import Settings


def evaluate(data: Path, settings: Settings) -> Evaluation:
    """Clean every document; the baseline is to keep everything."""
    documents = list(read_lines(data, "documents"))
    texts = []
    for document in documents:
        context = Context(
            url=document.get("url") or "", captures=tuple(document.get("other_captures") or ())
        )
        kept = clean_text(document["raw"], context).kept
        texts.append("\n\n".join(block.text for block in kept))
    gold = [document["text"] for document in documents]
    scores: dict[str, float] = {}
    for name, predicted in (
        ("", texts),
        ("keep everything: ", [document["raw"] for document in documents]),
    ):
        found = score_texts(zip(predicted, gold, strict=True))
        scores |= {
            f"{name}4-gram precision": found.precision,
            f"{name}4-gram recall": found.recall,
            f"{name}4-gram F1": found.f1,
        }
    scores["4-gram F1 (characters)"] = score_texts(
        zip(texts, gold, strict=True), characters=True
    ).f1
    return Evaluation(
        documents=len(documents),
        scores=scores,
        predictions=tuple(
            {"id": document["id"], "text": text}
            for document, text in zip(documents, texts, strict=True)
        ),
    )
