"""A PDF to blocks: columns in reading order, lines joined to paragraphs, running headers and page numbers known."""

import statistics
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import pypdfium2
import regex

from generator.ingest.blocks import RawBlock
from generator.ingest.decode import CaptureError
from generator.ingest.pdf_glyphs import Glyph, read_glyphs
from generator.model import Origin
from generator.record import record, replace
from generator.text import UNSPACED, fold, join_lines, normal

#: Pages that are read.
MOST_PAGES = 500
#: Share of a page's height at top and bottom where running headers and footers stand.
MARGIN = 0.12
#: Distances between lines are the same up to this factor: letters of several heights begin them.
SAME_STEP = 1.15
#: A line that is alone and has so little of the next one's width was ended on purpose.
CUT_SHORT = 0.5
#: A sentence that ends so many heights of its letters above the next line ends its paragraph.
WIDE_APART = 2.5
SENTENCE_END = regex.compile(r"[.!?。！？؟।…:][\"”’»)\]」』]*$")
DIGITS = regex.compile(r"\d+")
HYPHENATED = regex.compile(r"(?<=\p{Ll})[-‐]$")
LEADING_LETTER = regex.compile(r"^\p{Ll}")
UNSPACED_END = regex.compile(rf"[{UNSPACED}]")
ARABIC_OR_HEBREW = regex.compile(r"[\p{Arabic}\p{Hebrew}]")
INVISIBLE = regex.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\ufeff]")


@record
class PdfLine:
    """A line of a page: its text, box in points from the top left, page and number from 1, height of its type."""

    text: str
    page: int
    number: int
    left: float
    right: float
    top: float
    bottom: float
    size: float


@record
class PdfPage:
    """A page's lines in reading order, and its measures in points."""

    lines: tuple[PdfLine, ...]
    width: float
    height: float


def read_pdf(data: bytes) -> tuple[RawBlock, ...]:
    """The blocks of a PDF; an error if it is encrypted, broken or has no text."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise CaptureError(
                "expected a PDF that can be opened, got one that is encrypted; save it without a password"
            ) from error
        raise CaptureError(f"expected a PDF, got one that cannot be opened ({error})") from error
    try:
        pages = [_read_page(document, index) for index in range(min(len(document), MOST_PAGES))]
    except pypdfium2.PdfiumError as error:
        raise CaptureError(
            f"expected a PDF, got one with a page that cannot be read ({error})"
        ) from error
    finally:
        document.close()
    if not any(line.text for page in pages for line in page.lines):
        raise CaptureError("expected a PDF with text, got one that has no text, run OCR first")
    return _blocks(pages)


def _read_page(document: "pypdfium2.PdfDocument", index: int) -> PdfPage:
    page = document[index]
    try:
        textpage = page.get_textpage()
        try:
            width, height = page.get_size()
            pieces = _pieces(textpage, index + 1, height)
        finally:
            textpage.close()
    finally:
        page.close()
    ordered = _reading_order(_merge(pieces), width)
    numbered = tuple(replace(line, number=number) for number, line in enumerate(ordered, start=1))
    return PdfPage(lines=numbered, width=width, height=height)


def _pieces(textpage: "pypdfium2.PdfTextPage", page: int, height: float) -> list[PdfLine]:
    """The lines as the library finds them: cut at line ends and where the pen jumps."""
    found: list[PdfLine] = []
    glyphs: list[Glyph] = []
    for glyph in read_glyphs(textpage):
        if glyph.char == "\n" or (glyphs and _jumps(glyphs[-1].box, glyph.box)):
            found += _line(glyphs, page, height)
            glyphs = []
        if glyph.char != "\n":
            glyphs.append(glyph)
    return found + _line(glyphs, page, height)


def _line(glyphs: Sequence[Glyph], page: int, height: float) -> list[PdfLine]:
    """The line of some glyphs; none where nothing is visible."""
    seen = [glyph for glyph in glyphs if glyph.visible]
    text = normal(INVISIBLE.sub("", _in_order(glyphs)))
    if not seen or not text:
        return []
    tall = statistics.median(glyph.box[3] - glyph.box[1] for glyph in seen)
    size = statistics.median(glyph.size for glyph in seen)
    return [
        PdfLine(
            text=text,
            page=page,
            number=0,
            left=min(glyph.box[0] for glyph in seen),
            right=max(glyph.box[2] for glyph in seen),
            top=height - max(glyph.box[3] for glyph in seen),
            bottom=height - min(glyph.box[1] for glyph in seen),
            # A program may write in type of size 1 and scale it up.
            size=size if size > 2 else tall,
        )
    ]


RIGHT_TO_LEFT = regex.compile(r"[\p{Arabic}\p{Hebrew}\p{Syriac}\p{Thaana}]")
#: A run that is read left to right within a line that is not: numbers and words of other scripts.
LEFT_TO_RIGHT = regex.compile(
    r"[\p{Latin}\p{N}\p{Cyrillic}\p{Greek}](?:[\p{Latin}\p{N}\p{Cyrillic}\p{Greek}.,:/%@_'’&+\- ]*[\p{Latin}\p{N}\p{Cyrillic}\p{Greek}%])?"
)


def _in_order(glyphs: Sequence[Glyph]) -> str:
    """The characters of a line as they are read; for a line that runs to the left, by where they stand.

    A PDF may give the letters of such a line in the order they were drawn in, or each word backwards.
    """
    text = "".join(glyph.char for glyph in glyphs)
    if len(RIGHT_TO_LEFT.findall(text)) * 2 <= sum(map(str.isalpha, text)):
        return text
    words: list[list[Glyph]] = [[]]
    for glyph in glyphs:
        if glyph.char.isspace():
            words.append([])
        elif glyph.visible:
            words[-1].append(glyph)
    placed = [sorted(word, key=_leftward) for word in words if word]
    placed.sort(key=lambda word: _leftward(word[0]))
    joined = " ".join("".join(glyph.char for glyph in word) for word in placed)
    return _paired(LEFT_TO_RIGHT.sub(lambda match: match.group()[::-1], joined))


def _leftward(glyph: Glyph) -> float:
    """Sorts what stands further right first."""
    return -(glyph.box[0] + glyph.box[2])


def _paired(text: str) -> str:
    """Brackets as pairs: in a line that runs to the left a PDF may give either form for either."""
    waiting: list[str] = []
    result = []
    for char in text:
        pair = next((pair for pair in ("()", "[]") if char in pair), "")
        if pair and pair in waiting:
            waiting.remove(pair)
            char = pair[1]
        elif pair:
            waiting.append(pair)
            char = pair[0]
        result.append(char)
    return "".join(result)


def _jumps(
    before: tuple[float, float, float, float], box: tuple[float, float, float, float]
) -> bool:
    """Whether a character stands on another line than the one before it."""
    if box[2] <= box[0] or before[2] <= before[0]:
        return False
    tall = max(before[3] - before[1], box[3] - box[1], 4.0)
    return abs((before[3] + before[1]) - (box[3] + box[1])) / 2 > 1.2 * tall


def _merge(lines: Sequence[PdfLine]) -> list[PdfLine]:
    """Put pieces together that stand side by side on one line."""
    merged: list[PdfLine] = []
    for line in lines:
        if merged and _beside(merged[-1], line):
            last = merged.pop()
            first, second = (last, line)
            line = PdfLine(
                text=normal(f"{first.text}{_space(first, second)}{second.text}"), page=line.page, number=0,
                left=min(first.left, second.left), right=max(first.right, second.right),
                top=min(first.top, second.top), bottom=max(first.bottom, second.bottom),
                size=max(first.size, second.size),
            )  # fmt: skip
        merged.append(line)
    return merged


def _space(one: PdfLine, other: PdfLine) -> str:
    """What stands between two pieces: nothing where they touch, in a script without spaces."""
    touch = other.left - one.right < 0.2 * one.size
    return "" if touch and UNSPACED_END.search(one.text[-1] + other.text[0]) else " "


def _beside(one: PdfLine, other: PdfLine) -> bool:
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    gap = max(one.left, other.left) - min(one.right, other.right)
    return overlap > 0.5 * min(
        one.bottom - one.top, other.bottom - other.top
    ) and -1 <= gap < 1.2 * max(one.size, other.size, 6)


def _reading_order(lines: Sequence[PdfLine], width: float) -> list[PdfLine]:
    """Columns left to right (right to left where the script runs so), whole lines between them in their place."""
    gutter = _gutter(lines, width)
    if gutter is None:
        return sorted(lines, key=lambda line: (round(line.top, 0), line.left))
    leftward = sum(1 for line in lines if _right_to_left(line.text)) * 2 > len(lines)
    ordered: list[PdfLine] = []
    band: list[PdfLine] = []
    for line in sorted(lines, key=lambda line: line.top):
        if line.left < gutter < line.right and line.right - line.left > 0.55 * width:
            ordered += _columns(band, gutter, leftward=leftward)
            band = []
            ordered.append(line)
        else:
            band.append(line)
    return ordered + _columns(band, gutter, leftward=leftward)


def _columns(band: Sequence[PdfLine], gutter: float, *, leftward: bool) -> list[PdfLine]:
    sides = [[], []]  # type: tuple[list[PdfLine], list[PdfLine]] | list[list[PdfLine]]
    for line in band:
        sides[(line.left + line.right) / 2 > gutter].append(line)
    chosen = reversed(sides) if leftward else iter(sides)
    return [
        line
        for side in chosen
        for line in sorted(side, key=lambda line: (round(line.top), line.left))
    ]


def _gutter(lines: Sequence[PdfLine], width: float) -> float | None:
    """Where an empty strip parts two columns, in the middle third of the page."""
    long = [line for line in lines if len(line.text) > 8]
    if len(long) < 8:
        return None
    best: tuple[int, float] | None = None
    for step in range(34, 67):
        place = width * step / 100
        crossing = sum(1 for line in long if line.left < place < line.right)
        left = sum(1 for line in long if line.right <= place)
        right = sum(1 for line in long if line.left >= place)
        if (
            min(left, right) >= 4
            and crossing <= 0.25 * len(long)
            and (best is None or crossing < best[0])
        ):
            best = (crossing, place)
    return None if best is None else best[1]


def _right_to_left(text: str) -> bool:
    return bool(ARABIC_OR_HEBREW.search(text))


def _blocks(pages: Sequence[PdfPage]) -> tuple[RawBlock, ...]:
    body = Counter(
        round(line.size * 2) / 2 for page in pages for line in page.lines for _ in line.text
    )
    size = body.most_common(1)[0][0]
    running = _running_lines(pages, size)
    blocks: list[RawBlock] = []
    group: list[PdfLine] = []
    for page in pages:
        for line in page.lines:
            if id(line) in running:
                blocks.append(_block([line], size, hints=frozenset({"running header or footer"})))
                continue
            if group and not _continues(group, line, page):
                blocks.append(_block(group, size))
                group = []
            group.append(line)
    if group:
        blocks.append(_block(group, size))
    return tuple(block for block in blocks if block.text)


def _running_lines(pages: Sequence[PdfPage], size: float) -> frozenset[int]:
    """Lines near an edge that come again on other pages, whatever their numbers; page numbers; small type."""
    edges = [
        (DIGITS.sub("#", fold(line.text)), line)
        for page in pages
        for line in page.lines
        if line.bottom < page.height * MARGIN or line.top > page.height * (1 - MARGIN)
    ]
    counts = Counter(key for key, _ in edges)
    often = max(2, round(0.5 * len(pages)))
    return frozenset(
        id(line)
        for key, line in edges
        if (counts[key] >= often and len(pages) > 1)
        or line.size < 0.85 * size
        or regex.fullmatch(r"[\s\-–|/#]*#[\s\-–|/#]*", key)
    )


def _continues(group: Sequence[PdfLine], line: PdfLine, page: PdfPage) -> bool:
    """Whether a line goes on with the paragraph before it."""
    last = group[-1]
    if abs(last.size - line.size) > 0.25 * max(last.size, line.size):
        return False
    open_end = not SENTENCE_END.search(last.text)
    if last.page != line.page or line.top < last.top - last.size:  # a new page or column
        return open_end and last.size < 2 * line.size and len(last.text) > 20
    if line.top - last.top > max(1.3 * _pitch(page), 1.35 * (last.bottom - last.top)):
        return False
    left = min(item.left for item in group)
    right = max(item.right for item in group)
    early = last.right - last.left < CUT_SHORT * (line.right - line.left)
    if len(group) == 1 and early and last.size <= 1.25 * _type_size(page):
        return False  # no line of a paragraph breaks so early: a byline, or a day
    if not open_end and line.top - last.top > WIDE_APART * (last.bottom - last.top):
        return False
    leftward = _right_to_left(line.text)
    free = last.left - left if leftward else right - last.right
    indent = right - line.right if leftward else line.left - left
    short = free > 0.25 * (right - left)
    indented = indent > 0.8 * line.size and len(group) > 1
    return not ((short or indented) and not open_end)


@lru_cache(maxsize=8)
def _type_size(page: PdfPage) -> float:
    """The height of type that most of a page is set in."""
    sizes = Counter(round(line.size * 2) / 2 for line in page.lines for _ in line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


@lru_cache(maxsize=8)
def _pitch(page: PdfPage) -> float:
    """The distance from a line of a paragraph to the next, in points: the smallest that comes again in the type of the text.

    What parts paragraphs is larger, and where they are short it is as frequent.
    """
    size = _type_size(page)
    steps = sorted(
        step
        for before, line in pairwise(page.lines)
        if abs(before.size - size) <= 0.5
        and abs(line.size - size) <= 0.5
        and 0 < (step := line.top - before.top) < 60
    )
    again = (one for one, other in pairwise(steps) if other <= SAME_STEP * one)
    return next(again, steps[0] if steps else page.height)


def _block(lines: Sequence[PdfLine], size: float, hints: frozenset[str] = frozenset()) -> RawBlock:
    text = lines[0].text
    for line in lines[1:]:
        if HYPHENATED.search(text) and LEADING_LETTER.match(line.text):
            text = text[:-1] + line.text
        else:
            text = join_lines(f"{text}\n{line.text}")
    large = lines[0].size > 1.25 * size and len(text) < 250
    return RawBlock(
        text=normal(text),
        origin=Origin(
            page=lines[0].page,
            lines=(
                lines[0].number,
                max(
                    lines[0].number,
                    lines[-1].number if lines[-1].page == lines[0].page else lines[0].number,
                ),
            ),
        ),
        level=(1 if lines[0].size > 1.6 * size else 2) if large else 0,
        hints=hints,
    )
