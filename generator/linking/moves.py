"""Sentences that stand in another paragraph of the other version."""

from collections.abc import Iterable, Iterator, Sequence

import regex

from generator.linking.tokens import plain_words
from generator.model import DiffLine, Piece, PieceKind
from generator.record import replace
from generator.text import shingles

#: Where a sentence ends, its closing marks and the blank after it included.
SENTENCE_END = regex.compile(r"(?<=[.!?…؟।][\"'”’»)\]]*\s+)|(?<=[。！？][」』”’）]*)(?![」』”’）])")

#: A sentence of so many shingles is too long to be the same by chance.
TELLING = 3


def mark_moves(lines: Sequence[DiffLine]) -> list[DiffLine]:
    """The same rows, with deleted sentences that are inserted elsewhere marked on both sides."""
    parts = [[part for piece in row.pieces for part in split(piece)] for row in lines]
    deleted = by_words(parts, PieceKind.DELETED)
    inserted = by_words(parts, PieceKind.INSERTED)
    moved: set[tuple[int, int]] = set()
    for key in deleted.keys() & inserted.keys():
        for pair in zip(deleted[key], inserted[key], strict=False):
            moved.update(pair)
    return [
        replace(row, pieces=tuple(merged(marked(pieces, number, moved)))) if touched else row
        for number, (row, pieces) in enumerate(zip(lines, parts, strict=True))
        for touched in [any(place[0] == number for place in moved)]
    ]


def split(piece: Piece) -> Iterator[Piece]:
    """A deleted or inserted piece by sentences."""
    if piece.kind is PieceKind.SAME or piece.typographic:
        yield piece
        return
    for text in SENTENCE_END.split(piece.text):
        if text:
            yield replace(piece, text=text)


def by_words(
    parts: Sequence[Sequence[Piece]], kind: PieceKind
) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    """Row and place of the telling sentences of a kind, by their words."""
    found: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for number, pieces in enumerate(parts):
        for place, piece in enumerate(pieces):
            if piece.kind is kind:
                key = tuple(plain_words(piece.text))
                if len(shingles(key)) >= TELLING:
                    found.setdefault(key, []).append((number, place))
    return found


def marked(pieces: Iterable[Piece], row: int, moved: set[tuple[int, int]]) -> Iterator[Piece]:
    """The pieces of a row, moved ones marked."""
    for place, piece in enumerate(pieces):
        yield replace(piece, moved=True) if (row, place) in moved else piece


def merged(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one piece."""
    last: Piece | None = None
    for piece in pieces:
        if last is not None and replace(piece, text=last.text) == last:
            last = replace(last, text=last.text + piece.text)
            continue
        if last is not None:
            yield last
        last = piece
    if last is not None:
        yield last
