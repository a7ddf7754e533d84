"""What one corpus file says about another must hold: ids exist, are unique, and lead somewhere."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from generator.corpus.articles import empty_text_fault
from generator.corpus.lists import Entry
from generator.corpus.report import shown
from generator.errors import Severity, did_you_mean
from generator.model import Article, ArticleId, Decision, Entity, Redirect, Rights
from generator.text import fold

Steps = tuple[str | int, ...]
"""The way to a value in its file, by keys and positions."""


class Fault(NamedTuple):
    """A fault that needs more than one file to be seen; its line is looked up afterwards.

    `other` is a second place that the message ends with.
    """

    path: str
    steps: Steps
    message: str
    severity: Severity = Severity.ERROR
    other: tuple[str, Steps] | None = None


class Known(NamedTuple):
    """The ids that exist, faulty entries included: a fault at home is no fault of who refers to it."""

    articles: Set[str]
    sources: Mapping[str, Rights]
    entities: Set[str]
    redirects: Mapping[str, str]


def check_articles(articles: Iterable[Article], known: Known) -> Iterator[Fault]:
    """Sources and originals exist; text lacks only where none is shown."""
    for article in articles:
        if article.source not in known.sources:
            message = f"expected a source of sources.yml, got {shown(article.source)}"
            yield Fault(
                article.path, ("source",), message + did_you_mean(article.source, known.sources)
            )
        if article.translation_of is not None:
            yield from _check_original(article, article.translation_of, known)
        if not article.blocks:
            empty = empty_text_fault(article, known.sources.get(article.source, Rights.FULL))
            if empty is not None:
                yield Fault(article.path, (), empty)


def _check_original(article: Article, original: ArticleId, known: Known) -> Iterator[Fault]:
    steps: Steps = ("translation_of",)
    if original == article.id:
        yield Fault(article.path, steps, "expected another article, got this one")
    else:
        yield from _unknown_article(original, known, (article.path, steps))


def check_ids(entries: Sequence[Entry[Any]], what: str) -> Iterator[Fault]:
    """Each id stands once, over all files of a kind."""
    first: dict[str, Entry[Any]] = {}
    for entry in entries:
        earlier = first.setdefault(entry.record.id, entry)
        if earlier is not entry:
            message = (
                f"expected each {what} once, got {shown(entry.record.id)} again; the first is in"
            )
            yield _at(entry, ("id",), message, other=(earlier.path, (earlier.position, "id")))


def check_entities(entities: Sequence[Entry[Entity]], known: Known) -> Iterator[Fault]:
    """Namesakes are told apart, Wikidata items are not shared, references exist."""
    items: dict[str, Entry[Entity]] = {}
    for entry in entities:
        for position, other in enumerate(entry.record.not_to_be_confused_with):
            if other not in known.entities or other == entry.record.id:
                message = f"expected the id of another entity, got {shown(other)}{did_you_mean(other, known.entities)}"
                yield _at(entry, ("not_to_be_confused_with", position), message)
        item = entry.record.wikidata
        if item is not None and items.setdefault(item, entry) is not entry:
            place = (items[item].path, (items[item].position, "wikidata"))
            yield _at(
                entry,
                ("wikidata",),
                f"expected each item once, got {item} again; the first is in",
                other=place,
            )
    yield from _namesakes(entities)


def check_decisions(decisions: Iterable[Entry[Decision]], known: Known) -> Iterator[Fault]:
    """The articles and entities that a decision names exist."""
    for entry in decisions:
        decision = entry.record
        single = decision.entity is not None
        for position, article in enumerate(decision.articles):
            steps: Steps = ("article",) if single else ("articles", position)
            yield from _unknown_article(article, known, (entry.path, (entry.position, *steps)))
        for position, quotation in enumerate(decision.quotations):
            steps = (entry.position, "quotations", position, "article")
            yield from _unknown_article(quotation.article, known, (entry.path, steps))
        if decision.entity is not None and decision.entity not in known.entities:
            cure = did_you_mean(decision.entity, known.entities)
            yield _at(
                entry,
                ("entity",),
                f"expected the id of an entity, got {shown(decision.entity)}{cure}",
            )


def check_redirects(redirects: Sequence[Entry[Redirect]], known: Known) -> Iterator[Fault]:
    """What moved is no longer there, moved once, and straight to an article."""
    first: dict[str, Entry[Redirect]] = {}
    for entry in redirects:
        source, target = entry.record.source, entry.record.target
        earlier = first.setdefault(source, entry)
        if source in known.articles:
            yield _at(
                entry,
                ("from",),
                f"expected an id that no article has any more, got {shown(source)}",
            )
        if earlier is not entry:
            place = (earlier.path, (earlier.position, "from"))
            yield _at(
                entry,
                ("from",),
                f"expected each id once, got {shown(source)} again; the first is in",
                other=place,
            )
        yield from _unknown_article(target, known, (entry.path, (entry.position, "to")))


def _unknown_article(article: str, known: Known, place: tuple[str, Steps]) -> Iterator[Fault]:
    if article in known.articles:
        return
    message = f"expected the id of an article, got {shown(article)}"
    if article in known.redirects:
        yield Fault(*place, message + _moved(article, known))
    else:
        yield Fault(
            *place, message + did_you_mean(article, _alike(article, known.articles), cutoff=0.85)
        )


def _moved(article: str, known: Known) -> str:
    """Where redirects lead from an id that has moved."""
    seen = {article}
    while article not in known.articles:
        article = known.redirects.get(article, article)
        if article in seen:
            break
        seen.add(article)
    if article in known.articles:
        return f", which has moved; write {article}"
    return (
        ", whose redirects lead in a circle"
        if article in known.redirects
        else ", which moved to no article"
    )


def _alike(article: str, known: Set[str]) -> list[str]:
    """Ids worth comparing: nearness over a whole large archive would take seconds."""
    start, end = article[:10], article.rpartition("-")[2]
    return [
        other for other in sorted(known) if other.startswith(start) or other.endswith(f"-{end}")
    ][:500]


def _namesakes(entities: Sequence[Entry[Entity]]) -> Iterator[Fault]:
    first: dict[str, Entry[Entity]] = {}
    for entry in entities:
        for language, names in entry.record.names.items():
            for position, name in enumerate(names):
                earlier = first.setdefault(fold(name), entry)
                if earlier.record.id == entry.record.id or _told_apart(
                    earlier.record, entry.record
                ):
                    continue
                message = f"{shown(name)} also names {earlier.record.id}; give hints or not_to_be_confused_with; it is in"
                place = (earlier.path, _name_steps(earlier, fold(name)))
                steps = ("names", language, position)
                yield _at(entry, steps, message, severity=Severity.WARNING, other=place)


def _told_apart(one: Entity, other: Entity) -> bool:
    return bool(one.hints or other.hints) or (
        other.id in one.not_to_be_confused_with or one.id in other.not_to_be_confused_with
    )


def _name_steps(entry: Entry[Entity], folded: str) -> Steps:
    for language, names in entry.record.names.items():
        for position, name in enumerate(names):
            if fold(name) == folded:
                return (entry.position, "names", language, position)
    return (entry.position,)


def _at(
    entry: Entry[Any],
    steps: Steps,
    message: str,
    *,
    severity: Severity = Severity.ERROR,
    other: tuple[str, Steps] | None = None,
) -> Fault:
    return Fault(entry.path, (entry.position, *steps), message, severity, other)
