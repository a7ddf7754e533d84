"""Accuracy of version groups: adjusted Rand index and pairwise scores."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from generator.analysis.fingerprint import fingerprint
from generator.corpus.characters import clean_characters
from generator.linking.versions import link_versions
from generator.model import (
    Analysis,
    Article,
    ArticleDate,
    ArticleId,
    Block,
    LanguageCode,
    SourceId,
)
from generator.pipeline.evaluate.clusters import adjusted_rand, pairwise
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.result import Evaluation
from generator.settings import Settings
from generator.text import join_lines, normal


def evaluate(folder: Path, settings: Settings) -> Evaluation:
    """Link the documents of a set as a build would, and compare the groups with its clusters."""
    documents = list(read_lines(folder, "documents"))
    predicted = predict(documents)
    gold = {item["id"]: item["cluster"] for item in documents if "cluster" in item}
    pairs = pairwise(gold, predicted)
    scores = {
        "adjusted Rand index": adjusted_rand(gold, predicted),
        "pairwise precision": pairs.precision,
        "pairwise recall": pairs.recall,
        "pairwise F1": pairs.f1,
    }
    predictions = tuple({"id": item, "cluster": predicted[item]} for item in sorted(predicted))
    return Evaluation(documents=len(documents), scores=scores, predictions=predictions)


def predict(documents: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The version group of each document, named by its main version."""
    articles = {document["id"]: to_article(document) for document in documents}
    analyses = {
        item: Analysis(
            article=item,
            sentences=(),
            quotations=(),
            figures=(),
            fingerprint=fingerprint(article),
        )
        for item, article in articles.items()
    }
    table = link_versions(articles, analyses, {}, ())
    return {str(item): str(group.main) for item, group in table.groups.items()}


def to_article(document: Mapping[str, Any]) -> Article:
    """A document of a labelled set as the corpus would give it; reads no gold field."""
    paragraphs = clean_characters(document["text"]).split("\n\n")
    return Article(
        id=ArticleId(document["id"]),
        path="",
        title=normal(clean_characters(document["title"] or "")),
        date=ArticleDate(iso=document["date"] or "unknown"),
        source=SourceId(document["source"]),
        language=LanguageCode(document["language"]),
        blocks=tuple(Block(text=text) for text in map(join_lines, paragraphs) if text),
        url=document["url"],
    )
