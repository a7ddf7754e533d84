"""Paragraphs of two versions with their words marked, and where they stand."""

from collections.abc import Iterator, Sequence

from generator.model import Change, DiffLine, Piece, PieceKind
from generator.views import addresses
from generator.views.markup import Html, el, join
from generator.views.page import Frame, foreign
from generator.views.versions_view import Comparison


def places(line: DiffLine, item: Comparison, here: Frame) -> Html:
    """Where a paragraph stands in either article."""
    places = []
    for edition, paragraphs, place in (
        (item.old, item.old_paragraphs, line.old),
        (item.new, item.new_paragraphs, line.new),
    ):
        if place is not None and place < len(paragraphs):
            address = f"{addresses.article(edition.card.id)}#{paragraphs[place]}"
            places.append(here.link(address, f"¶ {here.ui.number(place + 1)}"))
    return join(*places, by=" ← " if here.ui.direction == "rtl" else " → ")


def headline_line(item: Comparison, here: Frame) -> Html:
    """Both headlines as one row."""
    label = el("p", el("b", here.ui.say("Headline")), class_="word")
    line = DiffLine(old=0, new=0, change=Change.EDIT, pieces=item.difference.title)
    return el("div", label, words_of(line, item, here), class_="line edit")


def words_of(line: DiffLine, item: Comparison, here: Frame) -> Html:
    """A paragraph with its words marked; the script sets an edited one on two sides where there is room."""
    marks = foreign(item.new.card.language, here.ui.language)
    kinds = {piece.kind for piece in line.pieces}
    side, pieces = "both", line.pieces
    if kinds <= {PieceKind.SAME}:
        side = "both new"
    elif kinds <= {PieceKind.INSERTED} or line.old is None:
        side, pieces = "new", _without(PieceKind.DELETED, pieces)
    elif kinds <= {PieceKind.DELETED} or line.new is None:
        side, pieces = "old", _without(PieceKind.INSERTED, pieces)
    return el("p", *_marked(pieces), class_=side, **marks)


def _without(kind: PieceKind, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(piece for piece in pieces if piece.kind is not kind)


def _marked(pieces: Sequence[Piece]) -> Iterator[Html]:
    before = None
    for piece in pieces:
        after_deleted, before = before is PieceKind.DELETED, piece.kind
        if piece.kind is PieceKind.SAME:
            yield join(piece.text)
            continue
        inserted = piece.kind is PieceKind.INSERTED
        # Words that replace others stand a little apart from them.
        kinds = {
            "moved": piece.moved,
            "typographic": piece.typographic,
            "beside": inserted and after_deleted and not piece.typographic,
        }
        classes = " ".join(name for name, holds in kinds.items() if holds)
        yield el("ins" if inserted else "del", piece.text, class_=classes or None)
