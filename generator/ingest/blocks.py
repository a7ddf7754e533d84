"""What a reader makes of a capture before it is cleaned: blocks of text with their place and shape."""

from functools import lru_cache

from generator.model import BlockKind, Origin
from generator.record import record
from generator.text import words

#: The hint on a block of a page that the extractor keeps.
KEPT = "kept by the extractor"


@record
class RawBlock:
    """A run of text of a capture, on one line and without markup.

    `indent` is the column it starts at (0 where columns mean nothing); `level` the rank of a heading that the
    capture marks as one (0: none); `item` is set for list items; `links` is the share of its
    words that are link text, where the capture tells; `group` is the number of the list or table it stands in, and
    `container` that of the element around it (0: none); `hints` name what the capture's own markup or another
    program says of it.
    """

    text: str
    origin: Origin
    indent: int = 0
    level: int = 0
    item: bool = False
    table: bool = False
    links: float = 0.0
    quote: bool = False
    group: int = 0
    container: int = 0
    hints: frozenset[str] = frozenset()

    @property
    def kind(self) -> BlockKind:
        """The structure it has if it belongs to the article."""
        if self.level:
            return BlockKind.HEADING if self.level <= 2 else BlockKind.SUBHEADING
        if self.item:
            return BlockKind.ITEM
        return BlockKind.QUOTE if self.quote else BlockKind.PARAGRAPH


@lru_cache(maxsize=8192)  # a block's words are wanted in several places
def words_of(text: str) -> tuple[str, ...]:
    """The words of a block's text."""
    return tuple(words(text))
