"""What trafilatura keeps of a page, as a hint on the page's own blocks."""

import logging
from collections.abc import Sequence
from copy import deepcopy
from itertools import chain

import trafilatura
from lxml.html import HtmlElement

from generator.ingest.blocks import KEPT, RawBlock, words_of
from generator.record import replace

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)

#: Words in a row that are looked up, and the share of them that must be found.
SHINGLE = 5
FOUND = 0.5
#: What stands between the cells of a table in the extractor's text.
CELL = "|"


def extract(tree: HtmlElement) -> str:
    """The text that trafilatura keeps; empty where it finds none, or the page is nested too deeply for it."""
    copy = deepcopy(tree)
    # As long as they are held here, elements are not made anew each time that they are looked at.
    elements = list(copy.iter())
    try:
        return trafilatura.extract(copy, include_comments=False) or ""
    except RecursionError:
        return ""
    finally:
        elements.clear()


def hint_blocks(blocks: Sequence[RawBlock], tree: HtmlElement) -> tuple[RawBlock, ...]:
    """The blocks, with a hint on those that the extractor keeps."""
    lines = extract(tree).split("\n")
    cells = [cell for line in lines if CELL in line for cell in line.split(CELL)]
    whole = {words_of(part) for part in (*lines, *cells)}
    kept = frozenset(_runs(tuple(chain.from_iterable(map(words_of, lines)))))
    return tuple(
        replace(block, hints=block.hints | {KEPT}) if _is_kept(block, whole, kept) else block
        for block in blocks
    )


def _is_kept(
    block: RawBlock, lines: set[tuple[str, ...]], kept: frozenset[tuple[str, ...]]
) -> bool:
    """Whether a block is a line or cell of the kept text, or half of its runs of words are in it."""
    found = words_of(block.text)
    if found in lines:
        return True
    own = _runs(found)
    return bool(own) and sum(1 for run in own if run in kept) >= FOUND * len(own)


def _runs(found: Sequence[str]) -> list[tuple[str, ...]]:
    return list(zip(*(found[start:] for start in range(SHINGLE)), strict=False))
