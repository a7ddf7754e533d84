"""Evaluating versions: the scores, and that a build of the same documents gives the same groups."""

import json
from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.analysis.fingerprint import fingerprint
from generator.corpus.reader import read_corpus
from generator.corpus.writer import write_article
from generator.linking.versions import link_versions
from generator.model import Analysis, ArticleId, SourceId
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.versions import evaluate, predict, to_article
from generator.record import replace
from generator.settings import Settings
from generator.text import slug

TEXT = (
    "The harbour of the old town was closed on Monday morning after a storm had torn two barges from "
    "their moorings.\n\nNobody was hurt, the harbour master said; the ferries will run again on Tuesday, "
    "from the northern quay at first."
)
OTHER = (
    "Bakers in the valley ask for cheaper flour, because last year's harvest was the poorest since the "
    "mill was built.\n\nThe council is to decide about it before the summer."
)


def document(name: str, text: str, cluster: str) -> dict[str, Any]:
    return {
        "id": name,
        "language": "en",
        "title": f"Title {cluster}",
        "date": None,
        "source": "herald.example",
        "url": None,
        "text": text,
        "cluster": cluster,
    }


def test_scores_and_predictions_come_from_the_groups(tmp_path: Path) -> None:
    documents = [
        document("one", TEXT, "x"),
        document("two", f"{TEXT}\n\nMore is to follow.", "x"),
        document("three", OTHER, "y"),
    ]
    lines = "".join(json.dumps(item) + "\n" for item in documents)
    (tmp_path / "documents.ndjson").write_text(lines, encoding="utf-8")
    result = evaluate(tmp_path, Settings())
    assert result.documents == 3
    assert set(result.scores.values()) == {1.0}
    clusters = {item["id"]: item["cluster"] for item in result.predictions}
    assert clusters["one"] == clusters["two"] != clusters["three"]


def test_predicting_reads_no_gold(tmp_path: Path) -> None:
    documents = [document("one", TEXT, "x"), document("two", OTHER, "y")]
    for item in documents:
        del item["cluster"]
    assert predict(documents) == {"one": "one", "two": "two"}


@pytest.mark.slow
def test_a_corpus_of_the_documents_gives_the_predicted_groups(
    shared_data: Path, tmp_path: Path
) -> None:
    folder = shared_data / "data" / "versions" / "thai-same-title"
    documents = list(islice(read_lines(folder, "documents"), 150))
    names = {item["id"]: write(item, tmp_path) for item in documents}
    outlets = [{"id": slug(name), "name": name} for name in {item["source"] for item in documents}]
    (tmp_path / "sources.yml").write_text(yaml.safe_dump(outlets), encoding="utf-8")
    corpus, problems = read_corpus(tmp_path, Settings())
    assert problems == ()
    articles = {item.id: item for item in corpus.articles}
    analyses = {
        item.id: Analysis(
            article=item.id,
            sentences=(),
            quotations=(),
            figures=(),
            fingerprint=fingerprint(item),
        )
        for item in corpus.articles
    }
    table = link_versions(articles, analyses, corpus.provenance, corpus.decisions)
    built = {item: str(table.groups[name].main) for item, name in names.items()}
    assert clusters(built) == clusters(predict(documents))


def write(item: Mapping[str, Any], folder: Path) -> ArticleId:
    """Write a document as a file of a corpus."""
    made = to_article(item)
    name = ArticleId(f"{item['date'] or 'undated'}-{slug(item['source'])}-{item['id']}")
    path = f"articles/{(item['date'] or 'undated')[:4] if item['date'] else 'undated'}/{name}.md"
    made = replace(made, id=name, path=path, source=SourceId(slug(item["source"])))
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(write_article(made), encoding="utf-8")
    return name


def clusters(found: Mapping[str, str]) -> set[frozenset[str]]:
    """The clusters without their names."""
    members: dict[str, set[str]] = {}
    for item, cluster in found.items():
        members.setdefault(cluster, set()).add(item)
    return {frozenset(group) for group in members.values()}
