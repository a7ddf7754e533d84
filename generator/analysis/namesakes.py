"""Deciding which entity a name means: longest names first, namesakes by what else the article says."""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from generator.analysis.evidence import Evidence, is_common, kind_words
from generator.analysis.lexicon import Case, case_of
from generator.analysis.morphology import TOKEN, bases, key
from generator.analysis.page import Page
from generator.analysis.scan import Hit, Reader, Tier, find_names
from generator.analysis.shortforms import short_form_hits
from generator.analysis.sounds import SoundReader, sound_hits
from generator.model import EntityId, EntityKind
from generator.record import record

#: What speaks for an entity, in points; an entity must lead its namesakes by `LEAD`.
NAMED = 4.0  # the article names it elsewhere by a name that is its alone
FULLY_NAMED = 9.0  # the same of a person, whom the surname then means
HINT = 6.0  # a hint of its entry stands in the article
BESIDE = 3.0  # a word of its kind stands beside the name
HEADING = 5.0  # the name heads its entry in some language; half if without the legal form
OWN_LANGUAGE = 2.0  # the name is one of the article's language
AS_WRITTEN = 1.0  # the name stands as it is in the entry, not inflected
KNOWN_WIDELY = 2.0  # the entry has names in twice as many languages as any rival
LENT = -1.0  # works are often called after what they are about
LEAD = 0.5

#: How the ids of the seeded languages begin.
LANGUAGE_IDS = "language-"

REASONS = {
    Tier.EXACT: "exact",
    Tier.INFLECTED: "inflected",
    Tier.TRANSLITERATED: "transliterated",
    Tier.SURNAME: "surname",
    Tier.SHORT: "short",
}


@record
class Choice:
    """What a name was found to mean: one entity, or the several it may mean (then `reason` is empty)."""

    segment: int
    first: int
    last: int
    entities: tuple[EntityId, ...]
    reason: str


def choose(
    page: Page,
    reader: Reader,
    sounds: SoundReader,
    barred: frozenset[tuple[EntityId, str]] = frozenset(),
) -> tuple[Choice, ...]:
    """The names of a page, by place, each with its entity or its candidates.

    `barred` are the entities that a text, as written, does not mean here.
    """
    evidence = Evidence(page, reader)
    hits = [
        hit
        for hit in (*find_names(page, reader), *sound_hits(page, sounds))
        if _admissible(hit, reader, evidence) and not _is_barred(hit, page, reader, barred)
    ]
    strong, doubtful = [], []
    for hit in hits:
        if evidence.common(hit):
            doubtful.append(hit)
        elif not _generic(hit, page, reader.language):
            strong.append(hit)
    named = {hit.name.entity for hit in strong}
    short = [
        hit
        for hit in short_form_hits(page, reader, _alone(_longest(strong)))
        if _admissible(hit, reader, evidence) and not _is_barred(hit, page, reader, barred)
    ]
    small = {_place(hit) for hit in hits if max(hit.name.cases) is Case.SMALL}
    unsure = {
        _place(hit) for hit in doubtful if evidence.stands_small(hit) and _place(hit) not in small
    }
    sure = _sure(_longest([*strong, *short]))
    kept = [hit for hit in hits if hit.name.entity in named]
    groups = _longest([*kept, *short])
    covered = {(g[0].segment, place) for g in groups for place in range(g[0].first, g[0].last)}
    return tuple(
        _resolve(items, sure, evidence, reader, in_doubt=_place(items[0]) in unsure)
        for items in groups
        if not evidence.part_of_longer(items[0], covered)
    )


def _admissible(hit: Hit, reader: Reader, evidence: Evidence) -> bool:
    """Names of other languages count as written only, where the entity has names in the article's."""
    name = hit.name
    entity = reader.lexicon.entities[name.entity]
    if hit.last - hit.first == 1 and evidence.calendar(hit.segment, hit.first):
        return False
    if entity.id.startswith(LANGUAGE_IDS) and not evidence.means_language(hit):
        return False
    if name.language == reader.language or hit.tier in (Tier.SURNAME, Tier.SHORT):
        return True
    if reader.language not in reader.lexicon.languages[name.entity]:
        return True
    return (
        hit.tier is Tier.EXACT
        and max(name.cases) is not Case.SMALL
        and entity.kind is not EntityKind.PLACE
    )


def _is_barred(
    hit: Hit, page: Page, reader: Reader, barred: frozenset[tuple[EntityId, str]]
) -> bool:
    if not barred:
        return False
    line = page.tokens[hit.segment]
    form = line.text[line.start(hit.first) : line.end(hit.last - 1)]
    return (reader.lexicon.entities[hit.name.entity].id, form) in barred


def _generic(hit: Hit, page: Page, language: str) -> bool:
    """Whether a name only says what kind of thing it is, is a mere number or an everyday word."""
    name = hit.name
    if all(map(str.isdigit, page.tokens[hit.segment].keys(hit.first, hit.last))):
        return True
    if name.adjective or (max(name.cases) > Case.SMALL and len(name.cases) > 1):
        return False
    return _says_only_kind(name.text, name.language, language)


@lru_cache(maxsize=100_000)
def _says_only_kind(text: str, language: str, page_language: str) -> bool:
    words = [key(word) for word in TOKEN.findall(text)]
    if all(_is_kind(word, language) for word in words):
        return True
    return len(words) == 1 and case_of(text) is Case.SMALL and is_common(words[0], page_language)


def _is_kind(word: str, language: str) -> bool:
    kinds = kind_words(language)
    return any(item in kinds for item in (word, *bases(word, language)))


def _longest(hits: Iterable[Hit]) -> list[list[Hit]]:
    """Hits of one span together, by place; a longer span wins over those it overlaps."""
    spans: dict[tuple[int, int, int], list[Hit]] = defaultdict(list)
    for hit in hits:
        spans[hit.segment, hit.first, hit.last].append(hit)
    taken: set[tuple[int, int]] = set()
    chosen = []
    for segment, first, last in sorted(spans, key=lambda span: (span[1] - span[2], span)):
        places = [(segment, place) for place in range(first, last)]
        if taken.isdisjoint(places):
            taken.update(places)
            chosen.append(spans[segment, first, last])
    return sorted(chosen, key=lambda items: _place(items[0]))


def _place(hit: Hit) -> tuple[int, int]:
    return hit.segment, hit.first


def _alone(groups: Iterable[list[Hit]]) -> list[Hit]:
    """One hit of every span that only one entity claims."""
    return [items[0] for items in groups if len({hit.name.entity for hit in items}) == 1]


def _sure(groups: Iterable[list[Hit]]) -> frozenset[int]:
    return frozenset(hit.name.entity for hit in _alone(groups))


def _resolve(
    items: list[Hit], sure: frozenset[int], evidence: Evidence, reader: Reader, *, in_doubt: bool
) -> Choice:
    closest: dict[int, tuple[float, Hit]] = {}
    for hit in items:
        closeness = _closeness(hit, reader)
        if hit.name.entity not in closest or closeness > closest[hit.name.entity][0]:
            closest[hit.name.entity] = (closeness, hit)
    winners = list(closest)
    if len(closest) > 1:
        points = {
            entity: closeness + _context(hit, sure, evidence, reader) + _fame(hit, closest, reader)
            for entity, (closeness, hit) in closest.items()
        }
        best = max(points.values())
        winners = [entity for entity in points if points[entity] > best - LEAD]
    first = closest[winners[0]][1]
    reason = "adjective" if first.name.adjective else REASONS[first.tier]
    if len(closest) > 1:
        reason = "context"
    if len(winners) > 1 or in_doubt:
        reason = ""
    return Choice(
        segment=first.segment,
        first=first.first,
        last=first.last,
        entities=tuple(sorted(reader.lexicon.entities[winner].id for winner in winners)),
        reason=reason,
    )


def _closeness(hit: Hit, reader: Reader) -> float:
    name = hit.name
    if hit.tier > Tier.INFLECTED:
        return 0.0
    return (
        HEADING * (name.order == 0) * (0.5 if name.derived else 1.0)
        + OWN_LANGUAGE * (name.language == reader.language)
        + AS_WRITTEN * (hit.tier is Tier.EXACT)
    )


def _context(hit: Hit, sure: frozenset[int], evidence: Evidence, reader: Reader) -> float:
    entity = reader.lexicon.entities[hit.name.entity]
    beside = evidence.kinds_beside(hit.segment, hit.first, hit.last)
    fits = entity.kind in beside or (
        entity.kind is EntityKind.PLACE and evidence.locative(hit.segment, hit.first)
    )
    return (
        (FULLY_NAMED if entity.kind is EntityKind.PERSON else NAMED) * (hit.name.entity in sure)
        + HINT * evidence.hinted(entity)
        + BESIDE * fits
        + LENT * (entity.kind is EntityKind.WORK)
    )


def _fame(hit: Hit, rivals: Iterable[int], reader: Reader) -> float:
    """What speaks for an entry that far more languages name than its rivals."""
    entities = reader.lexicon.entities
    own = len(entities[hit.name.entity].names)
    others = max(len(entities[rival].names) for rival in rivals if rival != hit.name.entity)
    return KNOWN_WIDELY * (own >= 2 * others and own > 2)
