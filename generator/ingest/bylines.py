"""Bylines of captures without markup: lines between the title and the text that say who wrote it, and when."""

from collections.abc import Iterator, Sequence

import regex

from generator.ingest.blocks import RawBlock, words_of
from generator.ingest.clean import LONGEST_BYLINE, Cleaned
from generator.ingest.dateline import is_month
from generator.ingest.page_facts import BY, split_names
from generator.ingest.phrases import match_phrases
from generator.ingest.shape import DATE, NAMES_ALONE, SENTENCE_END
from generator.model import RemovedBlock, RemovedKind
from generator.record import record, replace

RULE = "byline or date line"
#: Lines below the title among which the byline stands.
NEAR = 4
CASED = regex.compile(r"[\p{Lu}\p{Ll}]")
#: What parts the name from the day, or from the outlet.
PARTED = regex.compile(r"\s*[|·•]\s*|\s+[—–-]\s+|\s*\d")


@record
class Byline:
    """A cleaned capture without the lines that name its authors, and these."""

    cleaned: Cleaned
    authors: tuple[str, ...] = ()


def part_byline(blocks: Sequence[RawBlock], cleaned: Cleaned) -> Byline:
    """Take the byline out of the text; a line that may be something else stays."""
    lines = list(_below_title(blocks, cleaned))
    authors: dict[str, None] = {}
    told: list[RawBlock] = []
    for block in lines:
        names = _authors(block.text)
        if names or DATE.search(block.text):
            told.append(block)
            authors |= dict.fromkeys(names)
    known = {(block.text, block.origin) for block in told}
    moved = [block for block in cleaned.kept if (block.text, block.origin) in known]
    if len(moved) == len(cleaned.kept):
        return Byline(cleaned=cleaned, authors=tuple(authors))
    kept = tuple(block for block in cleaned.kept if block not in moved)
    removed = (*cleaned.removed, *map(_removed, moved))
    return Byline(cleaned=replace(cleaned, kept=kept, removed=removed), authors=tuple(authors))


def _below_title(blocks: Sequence[RawBlock], cleaned: Cleaned) -> Iterator[RawBlock]:
    """The short lines right below the title, up to the first of running text."""
    place = next((n for n, block in enumerate(blocks) if block.text == cleaned.title), None)
    for block in () if place is None else blocks[place + 1 : place + 1 + NEAR]:
        if block.text == cleaned.subtitle:
            continue
        if len(words_of(block.text)) > LONGEST_BYLINE or SENTENCE_END.search(block.text):
            return
        if not block.level and not block.item:
            yield block


def _authors(line: str) -> list[str]:
    """The names of a byline: behind its phrase, or alone on the line, or before a day."""
    if any(phrase.category != "byline" for phrase in match_phrases(line)):
        return []
    head = PARTED.split(line, maxsplit=1)[0].strip(" ,")
    while head and is_month(head.split()[-1]):
        head = head[: -len(head.split()[-1])].strip(" ,")
    if BY.match(head) is None:
        if NAMES_ALONE.fullmatch(head) is None:
            return []
        head = head.split(",")[0]  # what follows may be a place
    return [
        name for name in split_names(head) if NAMES_ALONE.fullmatch(name) or not CASED.match(name)
    ]


def _removed(block: RawBlock) -> RemovedBlock:
    return RemovedBlock(
        text=block.text,
        kind=RemovedKind.FURNITURE,
        rule=RULE,
        evidence=("between title and text",),
        origin=block.origin,
    )
