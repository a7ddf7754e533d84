"""Which statements of the whole archive are one utterance; what an earlier run found of the same articles is taken over."""

from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from generator.linking.components import components
from generator.linking.memory import Key, KnownStatements, Memory
from generator.linking.quotation_groups import (
    VERBATIM,
    Statement,
    key_of,
    ruled_pairs,
    statement_groups,
    ties_within,
)
from generator.linking.whereabouts import digest_of, whereabouts
from generator.model import ArticleId, Decision, QuotationGroup
from generator.record import record

Integers = NDArray[np.int64]


@record
class Speech:
    """What articles quote: `statements` of one, `date` tells its place in time; `ids` of all with their tokens one after
    the other; and what is known of earlier runs."""

    ids: Sequence[ArticleId]
    tokens: bytes
    date: Callable[[ArticleId], str]
    statements: Callable[[ArticleId], Sequence[Statement]]
    memory: Memory


@record
class Verbatim:
    """Of each article how many statements it has; of each long statement whose it is, a digest of its words, its place."""

    statements: Integers
    owners: Integers
    digests: NDArray[np.uint64]
    segments: Integers
    starts: Integers


def find_quotations(
    stories: Sequence[Sequence[ArticleId]], speech: Speech, ruled: Sequence[Decision]
) -> tuple[QuotationGroup, ...]:
    """The groups of two or more statements, by id; no article is in two stories."""
    known = _verbatim(speech)
    quoting = {speech.ids[place] for place in np.flatnonzero(known.statements).tolist()}
    ties = set(_repeated(speech.ids, known))
    for story in stories:
        if len(quoting.intersection(story)) > 1:
            ties.update(_in_story(story, speech))
    meant = meant_statements(speech, ruled)
    ties.update(pair for pair, same in ruled_pairs(meant, ruled).items() if same)
    keys = sorted({key for pair in ties for key in pair})
    groups = [
        group
        for component in components(keys, sorted(ties))
        for group in _grouped(component, speech, ruled)
    ]
    return tuple(sorted(groups, key=lambda group: group.id))


def meant_statements(speech: Speech, ruled: Sequence[Decision]) -> list[Statement]:
    """All statements of the articles that decisions name."""
    named = {item.article for decision in ruled for item in decision.quotations}
    return [item for name in speech.ids if name in named for item in speech.statements(name)]


def _in_story(story: Sequence[ArticleId], speech: Speech) -> Sequence[tuple[Key, Key]]:
    """Statements of one story that speak for one utterance."""
    key = digest_of(speech.memory.tokens[name] for name in story).hex()
    found = speech.memory.utterances.get(key)
    if found is None or not {name for pair in found for name, _, _ in pair}.issubset(story):
        table = [statement for name in story for statement in speech.statements(name)]
        found = speech.memory.utterances[key] = tuple(ties_within(table))
    return found


def _grouped(
    component: Sequence[Key], speech: Speech, ruled: Sequence[Decision]
) -> Sequence[QuotationGroup]:
    """The groups of connected statements."""
    names = sorted({name for name, _, _ in component})
    about = [
        decision for decision in ruled if any(item.article in names for item in decision.quotations)
    ]
    key = digest_of(
        [
            *(speech.memory.tokens[name] for name in names),
            *(f"{name} {segment} {start}".encode() for name, segment, start in component),
            *(f"{decision}".encode() for decision in about),
        ]
    ).hex()
    found = speech.memory.quotations.get(key)
    if found is None or not _is_of(found, component):
        there = {key_of(item.quotation): item for name in names for item in speech.statements(name)}
        items = [there[key] for key in component if key in there]
        dates = {name: speech.date(name) for name in names}
        found = tuple(statement_groups(items, dates, about))
        speech.memory.quotations[key] = found
    return found


def _is_of(found: Sequence[QuotationGroup], component: Sequence[Key]) -> bool:
    """Whether groups are of these statements."""
    members = [item for group in found for item in group.members]
    return all(item.spans for item in members) and {*map(key_of, members)}.issubset(component)


def _verbatim(speech: Speech) -> Verbatim:
    """The long statements of all articles; only articles that are new are looked at."""
    tokens = speech.tokens
    known = speech.memory.statements.get("all", KnownStatements())
    found, seen = _still_there(known, whereabouts(known.tokens, tokens), len(speech.ids))
    rows: list[tuple[int, int, int, int]] = []
    for number in np.flatnonzero(~seen).tolist():
        statements = speech.statements(speech.ids[number])
        found.statements[number] = len(statements)
        rows += [
            (number, _words_digest(item), *key_of(item.quotation)[1:])
            for item in statements
            if len(item.words) >= VERBATIM
        ]
    found = _with(found, rows)
    speech.memory.statements["all"] = KnownStatements(
        tokens=tokens,
        statements=found.statements.astype("<i4").tobytes(),
        owners=found.owners.astype("<i4").tobytes(),
        digests=found.digests.astype("<u8").tobytes(),
        segments=found.segments.astype("<i4").tobytes(),
        starts=found.starts.astype("<i4").tobytes(),
    )
    return found


def _still_there(
    known: KnownStatements, now: Integers, count: int
) -> tuple[Verbatim, NDArray[np.bool_]]:
    """What is known of the articles that are there still, and which of all they are."""
    there = now >= 0
    seen = np.zeros(count, dtype=bool)
    seen[now[there]] = True
    statements = np.zeros(count, dtype=np.int64)
    statements[now[there]] = np.frombuffer(known.statements, dtype="<i4")[there]
    owners = now[np.frombuffer(known.owners, dtype="<i4")]
    kept = owners >= 0
    return Verbatim(
        statements=statements,
        owners=owners[kept],
        digests=np.frombuffer(known.digests, dtype="<u8")[kept],
        segments=np.frombuffer(known.segments, dtype="<i4")[kept].astype(np.int64),
        starts=np.frombuffer(known.starts, dtype="<i4")[kept].astype(np.int64),
    ), seen


def _with(found: Verbatim, rows: Sequence[tuple[int, int, int, int]]) -> Verbatim:
    """The statements together with further ones, by article and place."""
    owners, segments, starts = (
        np.concatenate([old, np.array([row[column] for row in rows], dtype=np.int64)])
        for old, column in ((found.owners, 0), (found.segments, 2), (found.starts, 3))
    )
    digests = np.concatenate([found.digests, np.array([row[1] for row in rows], dtype=np.uint64)])
    order = np.lexsort((starts, segments, owners))
    return Verbatim(
        statements=found.statements,
        owners=owners[order],
        digests=digests[order],
        segments=segments[order],
        starts=starts[order],
    )


def _repeated(ids: Sequence[ArticleId], found: Verbatim) -> Iterator[tuple[Key, Key]]:
    """Statements that are the same word for word, each with the first of them."""
    order = np.argsort(found.digests, kind="stable")
    digests = found.digests[order]
    same = np.flatnonzero(digests[1:] == digests[:-1]) + 1
    firsts = np.searchsorted(digests, digests[same])
    for first, other in zip(order[firsts].tolist(), order[same].tolist(), strict=True):
        yield _key_at(ids, found, first), _key_at(ids, found, other)


def _key_at(ids: Sequence[ArticleId], found: Verbatim, row: int) -> Key:
    return ids[found.owners[row]], int(found.segments[row]), int(found.starts[row])


def _words_digest(statement: Statement) -> int:
    data = " ".join(statement.words).encode()
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little")
