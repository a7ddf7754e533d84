"""The text of an article as Markdown: every paragraph with its address, names linked, quotations marked.

The script of the site makes the addresses visible: a sign to point at, to follow and to copy.
"""

import re
from collections.abc import Iterable, Mapping, Sequence

from generator.model import Block, BlockKind, EntityId, Mention, Span
from generator.record import record, replace
from generator.views import addresses
from generator.views.markup import escape, markdown_tag, markdown_text
from generator.views.page import Frame

#: A mark goes behind the closing quotation mark, what stands before that, and the stop or comma after it.
CLOSING = re.compile("[,.;:!?…،؛؟۔，、。；：！？]*[”’»›\"'“‘」』》〉][.,،؛۔，、。]?")

STOPS = frozenset(".,!?…،۔。！？，")


@record
class Insertion:
    """Markup to put into a block: a tag pair around `start` to `end`, the second with a `mark` in it.

    `before` and `after` are ready for a line of Markdown.
    """

    start: int
    end: int
    before: str
    after: str
    mark: bool = False


@record
class QuotationMark:
    """A quotation of the text that others carry: where it ends, its number, how many renderings."""

    span: Span
    number: int
    count: int


def body_markdown(
    addresses: Sequence[str],
    blocks: Sequence[Block],
    mentions: Iterable[Mention],
    marks: Iterable[QuotationMark],
    here: Frame,
) -> list[str]:
    """The visible blocks; list items next to each other become one list.

    `addresses` are those of the blocks. Only the first mention of a name is linked.
    """
    inside = _insertions(blocks, mentions, marks, here)
    lines: list[str] = []
    previous = BlockKind.PARAGRAPH
    for place, block in enumerate(blocks):
        line = _block(block, addresses[place], inside.get(place + 1, ()))
        if block.kind is BlockKind.ITEM and previous is BlockKind.ITEM:
            lines[-1] += f"\n{line}"
        elif block.kind is BlockKind.QUOTE and previous is BlockKind.QUOTE:
            lines[-1] += f"\n>\n{line}"
        else:
            lines.append(line)
        previous = block.kind
    return lines


def _block(block: Block, address: str, inside: Sequence[Insertion]) -> str:
    if block.kind in (BlockKind.HEADING, BlockKind.SUBHEADING):
        level = "h2" if block.kind is BlockKind.HEADING else "h3"
        return f"<{level} id={address}>{escape(block.text)}</{level}>"
    text = f"<a id={address}></a>{with_insertions(block.text, inside)}"
    return {BlockKind.ITEM: f"- {text}", BlockKind.QUOTE: f"> {text}"}.get(block.kind, text)


def with_insertions(text: str, inside: Sequence[Insertion]) -> str:
    """Text as Markdown with markup put in. Insertions are in order and do not overlap."""
    parts, done = [], 0
    for item in inside:
        parts += [markdown_text(text[done : item.start]), item.before]
        parts += [markdown_text(text[item.start : item.end]), item.after]
        done = item.end
    parts.append(markdown_text(text[done:]))
    return "".join(parts)


def _insertions(
    blocks: Sequence[Block],
    mentions: Iterable[Mention],
    marks: Iterable[QuotationMark],
    here: Frame,
) -> Mapping[int, list[Insertion]]:
    """By segment, in order, without overlaps: of two that would, the earlier and longer one stays."""
    found: dict[int, list[Insertion]] = {}
    for segment, start, end, entity in first_mentions(mentions):
        if 0 < segment <= len(blocks) and end <= len(blocks[segment - 1].text):
            before = markdown_tag("a", href=here.root + addresses.entity(entity))
            found.setdefault(segment, []).append(
                Insertion(start=start, end=end, before=before, after="</a>")
            )
    for mark in marks:
        if 0 < mark.span.segment <= len(blocks):
            start, end = _ending(blocks[mark.span.segment - 1].text, mark.span.end)
            after = f"{_button(mark, here)}</span>"
            found.setdefault(mark.span.segment, []).append(
                Insertion(start=start, end=end, before="<span>", after=after, mark=True)
            )
    return {segment: _apart(items) for segment, items in found.items()}


def _ending(text: str, end: int) -> tuple[int, int]:
    """The place of what closes a quotation, its marks or else its full stop, which keeps our mark on its line."""
    closing = CLOSING.match(text, end)
    if closing is not None:
        return closing.span()
    end = min(end, len(text))
    return end - (text[end - 1 : end] in STOPS), end


def _button(mark: QuotationMark, here: Frame) -> str:
    """What opens the words of the others, with their heading as its name."""
    number = mark.number
    names = {"popovertarget": f"q{number}", "aria_labelledby": f"t{number}"}
    tag = markdown_tag("button", class_="q", **names, lang=here.marked.get("lang"))
    return f"{tag}{mark.count}</button>"


def first_mentions(mentions: Iterable[Mention]) -> list[tuple[int, int, int, EntityId]]:
    """Segment, start, end and entity of the first mention of each entity in the text, in order."""
    first: dict[EntityId, tuple[int, int, int, EntityId]] = {}
    for mention in mentions:
        span = mention.span
        if span.segment == 0:
            continue
        place = (span.segment, span.start, span.end, mention.entity)
        if mention.entity not in first or place < first[mention.entity]:
            first[mention.entity] = place
    return sorted(first.values())


def _apart(items: list[Insertion]) -> list[Insertion]:
    kept: list[Insertion] = []
    for item in sorted(items, key=lambda item: (item.start, -item.end)):
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
        elif item.mark:  # one inside a linked name goes behind it
            end = max(kept[-1].end, item.end)
            kept.append(replace(item, start=kept[-1].end, end=end))
    return kept
