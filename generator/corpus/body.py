"""The body of an article: text with a little structure becomes blocks, and blocks become text."""

import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.corpus.characters import BIDI, place_of, unbalanced_bidi
from generator.corpus.report import Place, Report
from generator.model import Block, BlockKind
from generator.text import join_lines

MARKS = {
    BlockKind.HEADING: "## ",
    BlockKind.SUBHEADING: "### ",
    BlockKind.ITEM: "- ",
    BlockKind.QUOTE: "> ",
}
KINDS = {mark: kind for kind, mark in MARKS.items()}
HEADINGS = (BlockKind.HEADING, BlockKind.SUBHEADING)
#: What a line that is no plain text starts with.
SPECIAL = frozenset("\\#->")
#: A line of this alone separates two quoted passages.
QUOTE_BREAK = ">"


class Passage(NamedTuple):
    """A block as it stands in the file: its lines without marks, the first and last counted from 0."""

    kind: BlockKind
    lines: list[str]
    first: int
    last: int


def parse_body(body: str, report: Report, *, first_line: int) -> tuple[Block, ...]:
    """The blocks of a body; `first_line` is its place in the file, for what is reported."""
    passages = list(_passages(body))
    # Bidi controls and spaces of other kinds are not printable: most texts need no closer look.
    even = body.replace("\n", "").isprintable()
    if not even and BIDI.search(body):
        _report_bidi(body.split("\n"), passages, report, first_line)
    even = even and "  " not in body
    blocks = (
        Block(kind=passage.kind, text=_text(passage.lines, even=even)) for passage in passages
    )
    return tuple(block for block in blocks if block.text)


def format_body(blocks: Iterable[Block]) -> str:
    """The text of an article that is read as these blocks; each block's text must be on one line."""
    parts: list[str] = []
    before: BlockKind | None = None
    for block in blocks:
        if before is not None:
            parts.append("\n" if before is block.kind is BlockKind.ITEM else "\n\n")
        parts.append(_line(block))
        before = block.kind
    return "".join(parts)


def _passages(body: str) -> Iterator[Passage]:
    open_passage: Passage | None = None
    for number, line in enumerate(body.split("\n")):
        line = line.strip()
        kind, text = (None, line) if line[:1] not in SPECIAL else _marked(line)
        continues = kind is None or (
            kind is BlockKind.QUOTE and open_passage is not None and open_passage.kind is kind
        )
        if open_passage is not None and (not line or line == QUOTE_BREAK or not continues):
            yield open_passage
            open_passage = None
        if not line or line == QUOTE_BREAK:
            continue
        if open_passage is None:
            open_passage = Passage(kind or BlockKind.PARAGRAPH, [text], number, number)
        else:
            open_passage.lines.append(text)
            open_passage = open_passage._replace(last=number)
        if open_passage.kind in HEADINGS:
            yield open_passage
            open_passage = None
    if open_passage is not None:
        yield open_passage


def _marked(line: str) -> tuple[BlockKind | None, str]:
    """The kind that a line's mark gives it, None for plain text, and the text without mark or backslash."""
    if line[:1] == "\\":
        return None, line[1:]
    mark, space, text = line.partition(" ")
    kind = KINDS.get(mark + space)
    return (None, line) if kind is None else (kind, text)


def _text(lines: list[str], *, even: bool) -> str:
    """The lines on one, as `join_lines` does it, but several times faster for one line.

    `even` says that the text has no spaces but single plain ones.
    """
    if len(lines) > 1:
        return join_lines("\n".join(lines))
    text = lines[0].lstrip() if even else " ".join(lines[0].split())
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _line(block: Block) -> str:
    if block.kind is not BlockKind.PARAGRAPH:
        return MARKS[block.kind] + block.text
    kind, text = _marked(block.text)
    literal = kind is None and text == block.text and block.text != QUOTE_BREAK
    return block.text if literal else "\\" + block.text


def _report_bidi(
    lines: list[str], passages: list[Passage], report: Report, first_line: int
) -> None:
    for passage in passages:
        text = "\n".join(lines[passage.first : passage.last + 1])
        fault = unbalanced_bidi(text)
        if fault is not None:
            place = place_of(text, fault.at)
            report.add(
                Place(place.line + passage.first + first_line - 1, place.column), "", fault.message
            )
