"""Accuracy of entity tagging: documents and mentions, overall and by language, beside two baselines."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
import yaml

from generator.analysis.authority import complete_entities
from generator.analysis.mentions import build_tagger
from generator.errors import UsageError
from generator.model import (
    Article,
    ArticleDate,
    ArticleId,
    Block,
    Entity,
    EntityId,
    EntityKind,
    LanguageCode,
    SourceId,
)
from generator.pipeline.evaluate.data import read_lines, read_plain
from generator.pipeline.evaluate.name_baselines import exact_finder, stem_finder
from generator.pipeline.evaluate.result import Evaluation
from generator.record import record
from generator.settings import Settings

Place = tuple[int, int, str]
"""Start and end in the text of a document, and the entity."""

Places = Mapping[str, Sequence[Place]]


@record
class Counts:
    """True positives, all predicted, all gold."""

    right: int
    predicted: int
    gold: int

    @property
    def precision(self) -> float:
        """Share of the predicted that is right; 0 where nothing was predicted."""
        return self.right / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of the gold that was found; 0 where there is none."""
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two; 0 where both are."""
        return 2 * self.right / (self.predicted + self.gold) if self.right else 0.0


def evaluate(folder: Path, settings: Settings) -> Evaluation:
    """Tag the documents of a set with its authority as a build would, and compare with its mentions."""
    documents = list(read_lines(folder, "documents"))
    entities = read_authority(folder / "authority.yml")
    predicted = predict(documents, entities)
    gold = {
        item["id"]: [(m["start"], m["end"], m["entity"]) for m in item.get("mentions", ())]
        for item in documents
    }
    languages = {item["id"]: str(item["language"]) for item in documents}
    scores = _scores(gold, predicted, languages)
    for name, finder in (("exact", exact_finder(entities)), ("stem only", stem_finder(entities))):
        found = {item["id"]: finder(item["text"], item["language"]) for item in documents}
        scores |= _baseline_scores(name, gold, found, languages)
    predictions = tuple(
        {
            "id": document,
            "mentions": [
                {"start": start, "end": end, "entity": entity} for start, end, entity in places
            ],
        }
        for document, places in sorted(predicted.items())
    )
    return Evaluation(documents=len(documents), scores=scores, predictions=predictions)


def predict(
    documents: Iterable[Mapping[str, Any]], entities: Iterable[Entity]
) -> dict[str, list[Place]]:
    """The mentions of each document; reads its id, language and text only."""
    documents = list(documents)
    languages = {str(item["language"]) for item in documents}
    tagger = build_tagger(complete_entities(entities, languages))
    found = {}
    for document in documents:
        article, offsets = to_article(document)
        mentions, _ = tagger.tag(article)
        found[str(document["id"])] = [
            (
                offsets[mention.span.segment] + mention.span.start,
                offsets[mention.span.segment] + mention.span.end,
                str(mention.entity),
            )
            for mention in mentions
        ]
    return found


def to_article(document: Mapping[str, Any]) -> tuple[Article, list[int]]:
    """A document as the corpus would give it, and where each of its segments begins in `text`.

    The title is the first line of `text`; every further line that is not empty is a paragraph.
    """
    lines, offsets = [], []
    place = 0
    for line in str(document["text"]).split("\n"):
        if line.strip():
            lines.append(line)
            offsets.append(place)
        place += len(line) + 1
    article = Article(
        id=ArticleId(str(document["id"])),
        path="",
        title=lines[0] if lines else "",
        date=ArticleDate(iso="unknown"),
        source=SourceId("set"),
        language=LanguageCode(str(document["language"])),
        blocks=tuple(Block(text=line) for line in lines[1:]),
    )
    return article, offsets or [0]


@record
class Listed:
    """An entry of a set's authority."""

    id: str
    kind: str
    names: Mapping[str, tuple[str, ...]]


def read_authority(path: Path) -> tuple[Entity, ...]:
    """The entities of a set's `authority.yml`."""
    if not path.exists():
        raise UsageError(f"{path}: expected the authority of the set, got none")
    kinds = {kind.value: kind for kind in EntityKind} | {"product": EntityKind.WORK}
    try:
        items = msgspec.yaml.decode(read_plain(path), type=list[Listed])
        return tuple(
            Entity(
                id=EntityId(item.id),
                kind=kinds[item.kind],
                names={LanguageCode(code): names for code, names in item.names.items()},
            )
            for item in items
        )
    except (msgspec.MsgspecError, yaml.YAMLError, ValueError, KeyError) as error:
        fault = " ".join(str(error).split())
        raise UsageError(
            f"{path}: expected entries with id, kind and names, got a fault: {fault}"
        ) from error


def _scores(gold: Places, predicted: Places, languages: Mapping[str, str]) -> dict[str, float]:
    scores = {}
    levels: dict[str, Callable[[Sequence[Place], Sequence[Place]], Counts]] = {
        "document": _documents,
        "mention strict": _strict,
        "mention loose": _loose,
    }
    for level, count in levels.items():
        tables = _by_language(gold, predicted, languages, count)
        overall = _total(tables.values())
        scores[f"{level} precision"] = overall.precision
        scores[f"{level} recall"] = overall.recall
        scores[f"{level} F1"] = overall.f1
        for language, counts in sorted(tables.items()):
            scores[f"{level} F1 ({language})"] = counts.f1
    return scores


def _baseline_scores(
    name: str, gold: Places, found: Places, languages: Mapping[str, str]
) -> dict[str, float]:
    tables = _by_language(gold, found, languages, _documents)
    overall = _total(tables.values())
    scores = {
        f"{name}: document precision": overall.precision,
        f"{name}: document recall": overall.recall,
        f"{name}: document F1": overall.f1,
        f"{name}: mention strict F1": _total(
            _by_language(gold, found, languages, _strict).values()
        ).f1,
    }
    for language, counts in sorted(tables.items()):
        scores[f"{name}: document F1 ({language})"] = counts.f1
    return scores


def _by_language(
    gold: Places,
    predicted: Places,
    languages: Mapping[str, str],
    count: Callable[[Sequence[Place], Sequence[Place]], Counts],
) -> dict[str, Counts]:
    parts = defaultdict(list)
    for document, places in gold.items():
        parts[languages[document]].append(count(places, predicted.get(document, ())))
    return {language: _total(items) for language, items in parts.items()}


def _total(items: Iterable[Counts]) -> Counts:
    items = list(items)
    return Counts(
        right=sum(item.right for item in items),
        predicted=sum(item.predicted for item in items),
        gold=sum(item.gold for item in items),
    )


def _documents(gold: Sequence[Place], predicted: Sequence[Place]) -> Counts:
    wanted = {entity for _, _, entity in gold}
    found = {entity for _, _, entity in predicted}
    return Counts(right=len(wanted & found), predicted=len(found), gold=len(wanted))


def _strict(gold: Sequence[Place], predicted: Sequence[Place]) -> Counts:
    wanted, found = set(gold), set(predicted)
    return Counts(right=len(wanted & found), predicted=len(found), gold=len(wanted))


def _loose(gold: Sequence[Place], predicted: Sequence[Place]) -> Counts:
    """Same entity and overlapping; each gold mention is used once."""
    free = set(gold)
    right = 0
    for start, end, entity in sorted(predicted):
        fitting = [
            place for place in free if place[2] == entity and place[0] < end and start < place[1]
        ]
        if fitting:
            free.remove(min(fitting))
            right += 1
    return Counts(right=right, predicted=len(set(predicted)), gold=len(set(gold)))
