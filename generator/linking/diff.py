"""What differs between two versions: the text by four kinds of change, links and page furniture apart."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

import regex

from generator.linking.align import Pairing, align
from generator.linking.moves import mark_moves
from generator.linking.tokens import plain_words
from generator.linking.word_diff import word_pieces
from generator.model import (
    Article,
    ArticleId,
    Change,
    Difference,
    DiffLine,
    Piece,
    PieceKind,
    Provenance,
    RemovedKind,
    VersionGroup,
)

ADDRESS = regex.compile(r"https?://[^\s<>\"']+", regex.IGNORECASE)


def difference_pairs(group: VersionGroup) -> tuple[tuple[ArticleId, ArticleId], ...]:
    """The pairs that have a page, older version first: each version with the main one and with the one before."""
    place = {item: index for index, item in enumerate(group.members)}
    pairs = {(item, group.main) for item in group.members if item != group.main}
    pairs |= set(zip(group.members, group.members[1:], strict=False))
    return tuple(sorted({(a, b) if place[a] < place[b] else (b, a) for a, b in pairs}))


def difference(
    old: Article, new: Article, provenance: Mapping[ArticleId, Provenance]
) -> Difference:
    """Compare two versions; `provenance` says what was removed from their captures."""
    texts_old, texts_new = ([block.text for block in side.blocks] for side in (old, new))
    lines = mark_moves(
        [line(pairing, texts_old, texts_new) for pairing in align(texts_old, texts_new)]
    )
    title = word_pieces(old.title, new.title) if old.title != new.title else ()
    before, after = provenance.get(old.id), provenance.get(new.id)
    return Difference(
        old=old.id,
        new=new.id,
        shared=shared(texts_old, texts_new),
        lines=tuple(lines),
        counts=count(lines),
        title=title,
        typographic=sum(map(typographic_places, (title, *(row.pieces for row in lines)))),
        links_removed=only(links(before), links(after)),
        links_added=only(links(after), links(before)),
        furniture_removed=only(furniture(before), furniture(after)),
        furniture_added=only(furniture(after), furniture(before)),
    )


def line(pairing: Pairing, old: Sequence[str], new: Sequence[str]) -> DiffLine:
    """One row: a paragraph beside its partner."""
    before = "" if pairing.old is None else old[pairing.old]
    after = "" if pairing.new is None else new[pairing.new]
    pieces = word_pieces(before, after)
    if pairing.new is None:
        change: Change | None = Change.DELETION
    elif pairing.old is None:
        change = Change.ADDITION
    elif pairing.moved:
        change = Change.MOVE
    else:
        change = Change.EDIT if any(piece.changed for piece in pieces) else None
    return DiffLine(old=pairing.old, new=pairing.new, change=change, pieces=pieces)


def shared(old: Iterable[str], new: Iterable[str]) -> float:
    """The share of the words that both versions have, wherever they stand."""
    first, second = (
        Counter(word for text in side for word in plain_words(text)) for side in (old, new)
    )
    total = first.total() + second.total()
    return 2 * (first & second).total() / total if total else 1.0


def count(lines: Iterable[DiffLine]) -> dict[Change, int]:
    """How many changes of each kind: whole paragraphs, and the places in edited ones.

    A moved sentence is one move, not a deletion and an addition.
    """
    found: Counter[Change] = Counter()
    for row in lines:
        if row.change is Change.MOVE:
            found[Change.MOVE] += 1
        found.update(changes(row.pieces))
        found[Change.MOVE] += sum(
            piece.moved and piece.kind is PieceKind.INSERTED for piece in row.pieces
        )
    return {change: found[change] for change in Change if found[change]}


def changes(pieces: Sequence[Piece]) -> Iterator[Change]:
    """The changes of one row, moved pieces apart: a deletion with an insertion beside it is one edit."""
    for changed, run in groupby(pieces, key=lambda piece: piece.changed):
        kinds = {piece.kind for piece in run if not piece.moved} if changed else set()
        if len(kinds) == 2:
            yield Change.EDIT
        elif kinds:
            yield Change.ADDITION if PieceKind.INSERTED in kinds else Change.DELETION


def typographic_places(pieces: Sequence[Piece]) -> int:
    """How many places of one row differ in typography alone."""
    return sum(
        typographic for typographic, _ in groupby(pieces, key=lambda piece: piece.typographic)
    )


def links(provenance: Provenance | None) -> list[str]:
    """The addresses in the link lists of a capture."""
    texts = removed(provenance, RemovedKind.LINKS)
    return [address for text in texts for address in ADDRESS.findall(text)]


def furniture(provenance: Provenance | None) -> list[str]:
    """The lines of the page furniture of a capture, link lists without addresses among it."""
    lists = [text for text in removed(provenance, RemovedKind.LINKS) if not ADDRESS.search(text)]
    blocks = [*removed(provenance, RemovedKind.FURNITURE), *lists]
    return [line.strip() for block in blocks for line in block.splitlines() if line.strip()]


def removed(provenance: Provenance | None, kind: RemovedKind) -> Iterator[str]:
    """The blocks that were removed as one kind."""
    blocks = () if provenance is None else provenance.removed
    return (block.text for block in blocks if block.kind is kind)


def only(some: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    """What is in one list more often than in the other, in its order."""
    spare = Counter(others)
    result = []
    for item in some:
        if spare[item]:
            spare[item] -= 1
        else:
            result.append(item)
    return tuple(result)
