"""Plain text to blocks: hard wraps undone, light markup and indentation read as what they mean."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

import regex

from generator.ingest.blocks import RawBlock
from generator.model import Origin
from generator.record import record
from generator.text import UNSPACED, join_lines, normal

TAB = 8
LINE_END = regex.compile(r"\r\n|\r|\n")

#: The mark of a list item: a bullet, or a number with a dot or bracket.
ITEM = regex.compile(r"(?:[*+•·‣◦▪●○■□–-]|o(?=\s{1,3}\S)|\d{1,3}[.)])(?:\s+|$)")
HEADING = regex.compile(r"(#{1,6})\s+")
#: Lines that only draw: rules, empty table cells.
DRAWING = regex.compile(r"[\s|*_=~.,+#<>\-–—\u2028\ufeff\u200b]*")
TABLE = regex.compile(r"\|.*\||\S(?: {3,}|\t)\S.*\S(?: {2,}|\t+)\S")
EMPHASIS = (
    regex.compile(r"\*\*(?=\S)([^*]+?)\s*\*\*"),
    regex.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+?)\s*\*(?![\w*])"),
    regex.compile(r"(?<![\p{L}\p{N}_])_(?=[^\s_])([^_\n]+?)\s*_(?![\p{L}\p{N}_])"),
    regex.compile(r"~~(?=\S)([^~]+?)~~"),
)
#: `[words](address)` and `![words](address)`.
LINK = regex.compile(
    r"(!?)\[((?:[^\[\]\n]|\[[^\[\]\n]*\])*)\]\(\s*<?[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?[^()\n]*\)"
)
URL = regex.compile(r"(?:https?://|www\.)\S+")
#: Marks in a private font that stand for icons.
ICON = regex.compile(r"[\p{Co}\ufffc\u200b\ufeff]+|(?<![\p{L}\p{N}_])__+(?=\s|\p{L}|$)")

#: Narrowest and widest page, in characters, that a program or a person wraps text at.
WRAP = (45, 110)
#: A line that the next word would have brought this near to the width is full: exports from
#: proportional type count characters, not their widths.
NEAR = 0.9
ENDS = regex.compile(r"[.!?。！？؟।…:：][\"”’»)\]」』]*$")
LAST = regex.compile(rf"[{UNSPACED}、。，．！？：；「」『』（）]$")


@record
class Line:
    """A line of a text as it stands: `number` counts from 1."""

    number: int
    text: str

    @property
    def indent(self) -> int:
        """Columns of white space before the first mark."""
        body = self.text.expandtabs(TAB)
        return len(body) - len(body.lstrip())


def read_plain(text: str) -> tuple[RawBlock, ...]:
    """The blocks of a plain text, in order."""
    lines = [
        Line(
            number=number,
            text=line.replace("\u00ad", "")
            .replace("\u00a0", " ")
            .replace("\u2028", " ")
            .replace("\f", " "),
        )
        for number, line in enumerate(LINE_END.split(text), start=1)
    ]
    width = wrap_width([line.text for line in lines])
    groups = (group for part in _parts(lines) for group in _rejoin(part, width))
    return tuple(block for group in groups if (block := _block(group)) is not None)


def wrap_width(lines: Iterable[str]) -> int:
    """The column a text was wrapped at; 0 where it was not.

    Wrapped lines crowd below the column, whatever else (tables, addresses) runs over it.
    """
    kept = [line.rstrip() for line in lines if len(line) >= WRAP[0] and not URL.search(line)]
    if sum(1 for line in kept if line[:4].isspace()) > len(kept) / 2:
        return 0  # laid out in columns, as on a screen: what is indented was not wrapped
    long = sorted(len(line) for line in kept)
    best = (0, 0)
    for width in sorted({length for length in long if length <= WRAP[1]}):
        full = sum(1 for length in long if width * 0.88 <= length <= width)
        over = sum(1 for length in long if length > width)
        if full >= 4 and full > 0.3 * len(long) and over < full / 2:
            best = max(best, (full - over, width))
    return best[1]


def _parts(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines in runs without an empty or drawn line between them."""
    parts: list[list[Line]] = [[]]
    for line in lines:
        if DRAWING.fullmatch(line.text):
            parts.append([])
        else:
            parts[-1].append(line)
    return [part for part in parts if part]


def _rejoin(part: Sequence[Line], width: int) -> list[list[Line]]:
    """Put lines together that a wrap had parted: where the next word would not have fitted."""
    groups = [[part[0]]]
    for before, line in pairwise(part):
        if width and _continues(before, line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(before: Line, line: Line, width: int) -> bool:
    head, end = line.text.strip(), before.text.rstrip()
    if any(pattern.match(head) for pattern in (ITEM, HEADING, TABLE)):
        return False
    if URL.fullmatch(head) or URL.fullmatch(end.strip()) or _breaks(before.text):
        return False
    word = head[0] if LAST.search(end) else head.split(maxsplit=1)[0]
    if len(end) + 1 + len(word) > width * NEAR:
        return True
    return len(end) > width * 0.7 and not ENDS.search(end)


def _breaks(line: str) -> bool:
    """Whether a line ends as Markdown says a line that must not be joined: with two spaces."""
    return line.endswith("  ")


def _block(lines: Sequence[Line]) -> RawBlock | None:
    text = join_lines("\n".join(line.text.strip() for line in lines))
    level, item, links, before = 0, False, 0.0, ""
    while text != before:  # marks may stand within marks
        before = text
        text = normal(ICON.sub(" ", text))
        if match := HEADING.match(text):
            level = len(match.group(1))
            text = text[match.end() :]
        elif match := ITEM.match(text):
            item = True
            text = text if match.group()[0].isdigit() else text[match.end() :]
        text, linked = _without_markup(text)
        links = max(links, linked)
    if DRAWING.fullmatch(text):
        return None
    origin = Origin(lines=(lines[0].number, lines[-1].number))
    table = len(lines) == 1 and bool(TABLE.search(lines[0].text.strip()))
    return RawBlock(
        text=text,
        origin=origin,
        indent=lines[0].indent,
        level=level,
        item=item,
        table=table,
        links=links,
    )


def reread(block: RawBlock) -> RawBlock:
    """The block as it would be read from a text that holds it as a line of its own, without marks of layout."""
    found = _block([Line(number=1, text=block.text)])
    return RawBlock(
        text=block.text,
        origin=block.origin,
        item=found is not None and found.item,
        table=found is not None and found.table,
    )


def _without_markup(text: str) -> tuple[str, float]:
    """The words without emphasis and link marks, and the share of them that were link text."""
    linked = sum(len(match.group(2)) for match in LINK.finditer(text) if not match.group(1))
    text = LINK.sub(lambda match: "" if match.group(1) else match.group(2), text)
    for pattern in EMPHASIS:
        text = pattern.sub(r"\1", text)
    text = normal(text)
    return text, min(1.0, linked / max(1, len(text)))
