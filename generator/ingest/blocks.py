"""What a reader makes of a capture before it is cleaned: blocks of text with their place and shape."""

from generator.model import BlockKind, Origin, record


@record
class RawBlock:
    """A run of text of a capture, on one line and without markup.

    `indent` is the column it starts at (0 where columns mean nothing); `level` the rank of a heading that the
    capture marks as one (0: none); `item` is set for list items; `links` is the share of its
    words that are link text, where the capture tells; `hints` name what the capture's own markup or another
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
    hints: frozenset[str] = frozenset()

    @property
    def kind(self) -> BlockKind:
        """The structure it has if it belongs to the article."""
        if self.level:
            return BlockKind.HEADING if self.level <= 2 else BlockKind.SUBHEADING
        if self.item:
            return BlockKind.ITEM
        return BlockKind.QUOTE if self.quote else BlockKind.PARAGRAPH
