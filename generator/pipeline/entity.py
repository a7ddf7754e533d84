"""Curating the authority file: an entry from Wikidata, and names that it does not know yet."""

from collections.abc import Callable, Iterable
from pathlib import Path

from generator.analysis.authority import merge_entities, seed_entities
from generator.analysis.mentions import build_tagger
from generator.analysis.unknown import Suggestion, Unknown, suggest, unknown_names
from generator.corpus.lists import read_entities
from generator.corpus.reader import read_corpus
from generator.corpus.writer import ENTITY_FILES, write_entity
from generator.errors import UsageError, VariorumError
from generator.model import Corpus, Entity, EntityId, EntityKind, Span, Status
from generator.pipeline.append import appended
from generator.pipeline.guard import plain_errors
from generator.pipeline.wikidata import ITEM, Found, Server, fetch, load, search, to_entity
from generator.record import record, replace
from generator.settings import Settings

Recogniser = Callable[[str, str], Iterable[tuple[int, int]]]
"""Text and language code to the places of names in the text."""


@record
class Wanted:
    """What to add: the number of an item or a name, and what is known of it beforehand.

    `file` is a saved answer of Wikidata; `language` is the one a name is searched in.
    """

    name: str
    file: Path | None = None
    kind: EntityKind | None = None
    language: str = "en"


@record
class Added:
    """A new entry, the file it goes to (relative to the corpus) and its text there."""

    entity: Entity
    path: str
    text: str


def add_entity(root: Path, settings: Settings, wanted: Wanted, server: Server) -> Added:
    """The entry for review; `write_added` puts it into its file."""
    corpus, _ = read_corpus(root, settings)
    languages = archive_languages(corpus, settings)
    if wanted.file is not None:
        item = load(wanted.file, wanted.name if ITEM.fullmatch(wanted.name) else None)
    else:
        item = fetch(server, _item(wanted, server), languages)
    entity = to_entity(item, languages, wanted.kind)
    for known in corpus.entities:
        if known.wikidata == entity.wikidata:
            raise UsageError(
                f"{entity.wikidata}: expected an entity that the archive lacks, got {known.id}"
            )
    entity = replace(entity, id=_free_id(entity.id, {known.id for known in corpus.entities}))
    return Added(entity=entity, path=ENTITY_FILES[entity.kind], text=write_entity(entity))


def write_added(root: Path, added: Added) -> Path:
    """Append a new entry to its file, of which all stays as it is, in one step."""
    path = root / added.path
    with plain_errors():
        data = appended(path, added.entity.id, write_entity(added.entity), read_entities)
        if data is None:
            told = f"expected no entry {added.entity.id}, got one with faults; mend it first"
            raise VariorumError(f"{path}: {told}")
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch = path.with_name(f".{path.name}.new")
        try:
            scratch.write_bytes(data)
            scratch.replace(path)
        finally:
            scratch.unlink(missing_ok=True)
    return path


def archive_languages(corpus: Corpus, settings: Settings) -> tuple[str, ...]:
    """The languages of an archive: of its interface and of its articles."""
    return tuple(sorted({*settings.languages, *(item.language for item in corpus.articles)}))


def suggest_entities(
    root: Path, settings: Settings, *, least: int = 2, recogniser: Recogniser | None = None
) -> tuple[Suggestion, ...]:
    """Names that at least `least` articles have and the authority file does not know, most frequent first."""
    corpus, _ = read_corpus(root, settings)
    languages = archive_languages(corpus, settings)
    entities = merge_entities(corpus.entities, seed_entities(languages), languages)
    tagger = build_tagger(entities)
    found: list[Unknown] = []
    for article in corpus.articles:
        if article.status is not Status.PUBLISHED:
            continue
        mentions, undecided = tagger.tag(article, decisions=corpus.decisions)
        known = [*(item.span for item in mentions), *(item.span for item in undecided)]
        seen: list[Span] = []
        if recogniser is not None:
            texts = (article.title, *(block.text for block in article.blocks))
            seen = [
                Span(segment=number, start=start, end=end)
                for number, text in enumerate(texts)
                for start, end in recogniser(text, article.language)
            ]
        found += unknown_names(article, known, seen)
    return suggest(found, entities, least=least)


def _item(wanted: Wanted, server: Server) -> str:
    if ITEM.fullmatch(wanted.name):
        return wanted.name
    hits = search(server, wanted.name, wanted.language)
    exact = [hit for hit in hits if hit.label.casefold() == wanted.name.casefold()]
    if len(hits) == 1:
        return hits[0].item
    if len(exact) == 1:
        return exact[0].item
    if not hits:
        raise UsageError(f"{wanted.name}: expected an item of Wikidata with this name, got none")
    raise UsageError(
        f"{wanted.name}: expected one item, got several; give the number of one\n" + _listed(hits)
    )


def _listed(hits: Iterable[Found]) -> str:
    return "\n".join(f"  {hit.item:<12} {hit.label}: {hit.description}" for hit in hits)


def _free_id(wanted: EntityId, taken: set[EntityId]) -> EntityId:
    number, free = 1, wanted
    while free in taken:
        number += 1
        free = EntityId(f"{wanted}-{number}")
    return free
