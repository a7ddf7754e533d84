"""Deciding which entity a name means: longest names first, namesakes by what else the article says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from generator.analysis.lexicon import Case, Lexicon, Name
from generator.analysis.morphology import TOKEN, key
from generator.analysis.scan import Hit, Page, Reader, Tier, find_names
from generator.model import Decision, DecisionKind, EntityId, EntityKind, record
from generator.resources import yaml_resource


@record
class Choice:
    """What a name was found to mean: one entity, or the several it may mean (then `reason` is empty)."""

    segment: int
    first: int
    last: int
    entities: tuple[EntityId, ...]
    reason: str


def choose(page: Page, reader: Reader, decisions: Sequence[Decision]) -> tuple[Choice, ...]:
    """The names of a page, by place, each with its entity or its candidates."""
    hits = [hit for hit in find_names(page, reader) if _admissible(hit, reader)]
    strong = [hit for hit in hits if not _weak(hit, page)]
    named = {hit.name.entity for hit in strong}
    kept = [hit for hit in hits if hit.name.entity in named]
    groups = _longest(kept)
    sure = {items[0].name.entity for items in groups if len({h.name.entity for h in items}) == 1}
    return tuple(_resolve(items, sure, reader) for items in groups)


def _admissible(hit: Hit, reader: Reader) -> bool:
    name = hit.name
    if name.language == reader.language:
        return True
    entity = reader.lexicon.entities[name.entity]
    if reader.language in entity.names:
        if hit.tier is not Tier.EXACT or max(name.cases) <= Case.SMALL:
            return False
    return True


def _weak(hit: Hit, page: Page) -> bool:
    tokens = page.tokens[hit.segment][hit.first : hit.last]
    keys = [token.key for token in tokens]
    if all(key.isdigit() for key in keys):
        return True
    name = hit.name
    if max(name.cases) <= Case.SMALL:
        words = kind_words(name.language)
        own = [key(word) for word in TOKEN.findall(name.text)]
        if any(word in words for word in own):
            return True
    return False


@cache
def kind_words(language: str) -> Mapping[str, frozenset[EntityKind]]:
    """Words of a language that say what something is, with the kinds they speak for."""
    found: dict[str, set[EntityKind]] = defaultdict(set)
    for kind, words in yaml_resource("names/kinds.yml").get(language, {}).items():
        for word in words:
            found[key(str(word))].add(EntityKind(kind))
    return {word: frozenset(kinds) for word, kinds in found.items()}


def _longest(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Hits of one span together; a longer span wins over those it overlaps."""
    spans: dict[tuple[int, int, int], list[Hit]] = defaultdict(list)
    for hit in hits:
        spans[hit.segment, hit.first, hit.last].append(hit)
    taken: set[tuple[int, int]] = set()
    chosen = []
    for segment, first, last in sorted(spans, key=lambda span: (span[1] - span[2], span)):
        places = {(segment, place) for place in range(first, last)}
        if not places & taken:
            taken |= places
            chosen.append(spans[segment, first, last])
    return sorted(chosen, key=lambda items: (items[0].segment, items[0].first))


def _resolve(items: list[Hit], sure: set[int], reader: Reader) -> Choice:
    points: dict[int, float] = {}
    for hit in items:
        name = hit.name
        entity = reader.lexicon.entities[name.entity]
        value = 0.0
        value += 8 * (name.entity in sure)
        value += 2 * (name.order == 0) + 2 * (name.language == reader.language)
        value += 1 * (hit.tier is Tier.EXACT)
        points[name.entity] = max(points.get(name.entity, -1), value)
    for e in points:
        points[e] += 0.1 * len({h.name.language for h in items if h.name.entity == e})
    best = max(points.values())
    winners = sorted(e for e, p in points.items() if p == best)
    first = items[0]
    return Choice(
        segment=first.segment,
        first=first.first,
        last=first.last,
        entities=tuple(reader.lexicon.entities[w].id for w in winners),
        reason="exact" if first.tier is Tier.EXACT else "inflected",
    )
