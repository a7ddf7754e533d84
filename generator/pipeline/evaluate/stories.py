"""Accuracy of stories: B-cubed and pairwise scores, within and across languages."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from generator.analysis.analyse import analyse_many
from generator.analysis.encoder import load_encoder
from generator.linking.coverage import Conditions, link_coverage
from generator.linking.versions import link_versions
from generator.model import Analysis, Article, ArticleId, Coverage
from generator.pipeline.evaluate.clusters import Scope, b_cubed, pairwise
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.result import Evaluation
from generator.pipeline.evaluate.versions import to_article
from generator.record import record
from generator.settings import Settings


@record
class Linked:
    """Documents as a build would link them."""

    coverage: Coverage
    mains: Mapping[ArticleId, ArticleId]
    analyses: Mapping[ArticleId, Analysis]


def evaluate(folder: Path, settings: Settings) -> Evaluation:
    """Link the documents of a set as a build would, and compare the stories with its clusters."""
    documents = list(read_lines(folder, "documents"))
    predicted = predict(documents, settings)
    gold = {item["id"]: item["cluster"] for item in documents if "cluster" in item}
    languages = {item["id"]: item["language"] for item in documents}
    scores: dict[str, float] = {}
    for name, measure in (("B-cubed", b_cubed), ("pairwise", pairwise)):
        for scope in Scope:
            score = measure(gold, predicted, scope=scope, languages=languages)
            label = name if scope is Scope.ALL else f"{name} {scope.value}"
            scores[f"{label} precision"] = score.precision
            scores[f"{label} recall"] = score.recall
            scores[f"{label} F1"] = score.f1
    predictions = tuple({"id": item, "cluster": predicted[item]} for item in sorted(predicted))
    return Evaluation(documents=len(documents), scores=scores, predictions=predictions)


def predict(documents: Iterable[Mapping[str, Any]], settings: Settings) -> dict[str, str]:
    """The story of each document, named by its id; a document in none stands alone."""
    articles = [to_article(document) for document in documents]
    linked = link(articles, settings)
    found: dict[str, str] = {}
    for article in articles:
        main = linked.mains[article.id]
        story = linked.coverage.stories.get(main)
        found[str(article.id)] = str(story.id if story is not None else main)
    return found


def link(articles: Sequence[Article], settings: Settings) -> Linked:
    """Analyse articles and link them: versions first, then what ties the main ones."""
    found = analyse_many(articles, load_encoder(settings.encoder))
    analyses = {analysis.article: analysis for analysis in found}
    by_id = {article.id: article for article in articles}
    versions = link_versions(by_id, analyses, {}, ())
    mains = {name: group.main for name, group in versions.groups.items()}
    coverage = link_coverage(
        [by_id[name] for name in sorted(set(mains.values()))],
        analyses,
        {},
        (),
        Conditions(window=settings.story_window, mains=mains),
    )
    return Linked(coverage=coverage, mains=mains, analyses=analyses)
