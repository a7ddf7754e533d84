"""The characters of a PDF's page with their places, each cluster of letter and marks once."""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pypdfium2
import pypdfium2.raw
import regex

#: Characters of a page that are read.
MOST_GLYPHS = 200_000
HYPHENS = ("\ufffe", "\u00ad", "\u0002")
#: What is drawn on the letter before it.
ON_LETTER = regex.compile(r"[\p{M}\u0e33\u0eb3]")
#: Clusters back to which one is looked for again.
BACK = 8

Box = tuple[float, float, float, float]


class Glyph(NamedTuple):
    """A character, its box (left, bottom, right, top, in points) and the size of its type."""

    char: str
    box: Box
    size: float

    @property
    def visible(self) -> bool:
        """Whether it takes room and leaves ink."""
        return not self.char.isspace() and self.box[2] > self.box[0]


def read_glyphs(textpage: "pypdfium2.PdfTextPage") -> Iterator[Glyph]:
    """The characters in the order of the file.

    A program may draw a letter and the marks on it one by one and say of each that it is the whole
    cluster: what comes again in the same place is left out, with the breaks that the library put around it.
    """
    seen: deque[Sequence[Glyph]] = deque(maxlen=BACK)
    dropped = False
    breaks: list[Glyph] = []
    for cluster in _clusters(textpage):
        if not cluster[0].visible and cluster[0].box[2] <= cluster[0].box[0]:
            breaks += () if dropped else cluster
            continue
        again = len(cluster) > 1 and any(_is_again(cluster, other) for other in seen)
        if not again:
            yield from breaks
            yield from cluster
            seen.append(cluster)
        breaks = []
        dropped = again
    yield from breaks


def _clusters(textpage: "pypdfium2.PdfTextPage") -> Iterator[list[Glyph]]:
    """Letters with the marks behind them."""
    cluster: list[Glyph] = []
    for glyph in _all(textpage):
        if cluster and not (ON_LETTER.match(glyph.char) and cluster[0].visible):
            yield cluster
            cluster = []
        cluster.append(glyph)
    if cluster:
        yield cluster


def _all(textpage: "pypdfium2.PdfTextPage") -> Iterator[Glyph]:
    for position in range(min(textpage.count_chars(), MOST_GLYPHS)):
        code = pypdfium2.raw.FPDFText_GetUnicode(textpage, position)
        char = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else ""
        if char and char != "\r":
            yield Glyph(
                char="-" if char in HYPHENS else char,
                box=textpage.get_charbox(position, loose=True),
                size=pypdfium2.raw.FPDFText_GetFontSize(textpage, position),
            )


def _is_again(cluster: Sequence[Glyph], other: Sequence[Glyph]) -> bool:
    """Whether a cluster says what another says, over or under it."""
    if [glyph.char for glyph in cluster] != [glyph.char for glyph in other]:
        return False
    middle = (cluster[0].box[0] + cluster[-1].box[2]) / 2
    low, high = other[0].box[1], other[0].box[3]
    tall = high - low
    return (
        other[0].box[0] - 0.1 * tall <= middle <= other[-1].box[2] + 0.1 * tall
        and cluster[0].box[3] > low - tall
        and cluster[0].box[1] < high + tall
    )
