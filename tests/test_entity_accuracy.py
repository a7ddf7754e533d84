"""Accuracy on the labelled sets stays above its floors, and above the baselines."""

from pathlib import Path

import pytest

from generator.model import EntityKind
from generator.pipeline.evaluate.entities import Counts, _loose, evaluate, to_article
from generator.pipeline.evaluate.name_baselines import exact_finder, stem_finder
from generator.settings import Settings
from tests.test_mentions import make_entity

FLOORS = {"slavic": 0.935, "slavic-unseen": 0.905, "meantime": 0.925}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(FLOORS))
def test_accuracy_stays_above_its_floor(shared_data: Path, name: str) -> None:
    result = evaluate(shared_data / "data" / "entities" / name, Settings())
    assert result.scores["document F1"] >= FLOORS[name]
    assert result.scores["document precision"] >= 0.91
    if name != "meantime":  # whose gold marks repeats by exact matching
        for baseline in ("exact", "stem only"):
            assert result.scores["document F1"] > result.scores[f"{baseline}: document F1"] + 0.1


def test_small_set_is_scored_by_level_and_language(tmp_path: Path) -> None:
    (tmp_path / "authority.yml").write_text(
        '- id: one\n  kind: person\n  names: {"en": ["Ada Lovelace"]}\n'
        '- id: two\n  kind: product\n  names: {"ru": ["Ракета"]}\n',
        encoding="utf-8",
    )
    (tmp_path / "documents.ndjson").write_text(
        '{"id": "a", "language": "en", "title": "Ada Lovelace", "text": "Ada Lovelace\\n\\nShe was Ada Lovelace.",'
        ' "mentions": [{"start": 0, "end": 12, "entity": "one"}, {"start": 22, "end": 34, "entity": "one"}]}\n'
        '{"id": "b", "language": "ru", "title": "О", "text": "О\\n\\nНе было ракеты. Стоит Ракета.", "mentions": []}\n',
        encoding="utf-8",
    )
    result = evaluate(tmp_path, Settings())
    assert result.documents == 2
    assert result.scores["document recall"] == 1
    assert result.scores["document precision"] == 0.5
    assert result.scores["mention strict F1 (en)"] == 1
    assert result.predictions[0]["mentions"][1] == {"start": 22, "end": 34, "entity": "one"}


def test_gold_fields_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "authority.yml").write_text("[]", encoding="utf-8")
    (tmp_path / "documents.ndjson").write_text(
        '{"id": "a", "language": "en", "text": "Words."}\n', encoding="utf-8"
    )
    assert evaluate(tmp_path, Settings()).scores["document F1"] == 0


def test_offsets_count_in_the_text_of_the_document() -> None:
    text = "Title\n\n\nFirst.\nSecond."
    article, offsets = to_article({"id": "a", "language": "en", "text": text})
    parts = [article.title, *(block.text for block in article.blocks)]
    assert [
        text[start : start + len(part)] for start, part in zip(offsets, parts, strict=True)
    ] == parts


def test_loose_scoring_uses_every_gold_mention_once() -> None:
    gold, predicted = [(0, 10, "a")], [(0, 4, "a"), (5, 9, "a")]
    assert _loose(gold, predicted) == Counts(right=1, predicted=2, gold=1)


def test_baselines_find_what_they_promise() -> None:
    entities = [
        make_entity("New York", EntityKind.PLACE),
        make_entity("York", EntityKind.PLACE),
        make_entity("Верховный суд", language="ru", id="court"),
    ]
    assert exact_finder(entities)("In New York, not Yorkshire.", "en") == [(3, 11, "new-york")]
    assert exact_finder(entities)("В Верховном суде.", "ru") == []
    assert stem_finder(entities)("В Верховном суде.", "ru") == [(2, 16, "court")]
