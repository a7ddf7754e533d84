"""Which blocks of a capture are the article, and why the others are not: three kinds of evidence, one decision."""

from collections.abc import Sequence

from generator.ingest.blocks import KEPT, RawBlock
from generator.ingest.judge import ENOUGH, Context, Verdict, Vote, block_key, judge, name_keys
from generator.ingest.phrases import PhraseMatch
from generator.ingest.plain_text import reread
from generator.ingest.shape import NAMES_ALONE, UNMARKED, Shape, measure_blocks
from generator.ingest.titles import TitleFound, find_titles
from generator.model import Origin, RemovedBlock, RemovedKind
from generator.record import record, replace

__all__ = ["Cleaned", "Context", "block_key", "clean_blocks", "place"]


@record
class Cleaned:
    """The article's blocks, what was taken away, and the title and standfirst if the capture shows them.

    `in_text` says that the standfirst stands in what an extractor takes for the text.
    """

    kept: tuple[RawBlock, ...]
    removed: tuple[RemovedBlock, ...]
    title: str | None = None
    title_evidence: str = ""
    subtitle: str | None = None
    in_text: bool = False


RULES = {
    "share": "share prompt",
    "subscribe": "sign-up box or appeal",
    "cookies": "notice of the site",
    "related": "related articles",
    "comments": "comments",
    "advert": "advertisement",
    "credit": "photo caption or credit",
    "byline": "byline or date line",
    "menu": "navigation",
    "legal": "rights notice",
}
#: What a page says of a block that goes with a picture.
CAPTIONS = frozenset(["in a figure", "in a figure caption", "named like a caption"])
#: Words of the longest byline.
LONGEST_BYLINE = 14
#: Passes after which a text that still changes is left as it is.
PASSES = 8


def clean_blocks(blocks: Sequence[RawBlock], context: Context) -> Cleaned:
    """Part the article from what surrounds it; no block is lost, each is kept or removed with its reason.

    A text that was cleaned stays as it is when it is cleaned again, with or without its context: what
    a second look at the article alone would take away goes at once.
    """
    found = _clean_once(blocks, context)
    if context.page:
        return found
    for _ in range(PASSES):
        before = len(found.kept)
        for known in (context, Context()):
            found = _again(found, known)
        if len(found.kept) == before:
            break
    return found


def _again(found: Cleaned, context: Context) -> Cleaned:
    """The same after one more pass over what was kept, without the marks of its layout."""
    bare = [reread(block) for block in found.kept]
    again = _clean_once(bare, context)
    left = frozenset(again.kept)
    if not left or len(left) == len(bare):
        return found
    known = {(block.text, block.origin) for block in again.removed}
    over = [
        block for block in bare if block not in left and (block.text, block.origin) not in known
    ]
    if found.title is None and again.title is not None:
        found = replace(found, title=again.title, title_evidence=again.title_evidence)
        over = [block for block in over if block.text != again.title]
    return replace(
        found,
        kept=tuple(block for block, plain in zip(found.kept, bare, strict=True) if plain in left),
        removed=(*found.removed, *again.removed, *map(_above, over)),
    )


def _above(block: RawBlock) -> RemovedBlock:
    """A line that stands over the text like a title, where the title is another."""
    return RemovedBlock(
        text=block.text,
        kind=RemovedKind.FURNITURE,
        rule="stands outside the article",
        evidence=("looks like a title", "above the article"),
        origin=block.origin,
    )


def _clean_once(blocks: Sequence[RawBlock], context: Context) -> Cleaned:
    names = name_keys(context.names, context.url)
    found = tuple(
        item
        for item in find_titles(
            blocks, title=context.title, url=context.url, captures=context.captures
        )
        if context.title or block_key(blocks[item.index].text) not in names
    )
    if not context.page:
        found = _over_text(found, measure_blocks(blocks))
    titles = [item.index for item in found]
    verdict = judge(blocks, context, titles)
    if not titles and not context.page and (guess := _title_by_shape(verdict, names)) is not None:
        titles = [guess]
        verdict = judge(blocks, context, titles)
    shapes = verdict.shapes
    heading = _heading(shapes, verdict.inside, titles)
    opening = _opening(shapes, heading) if context.page else None
    heading = range(heading.start, heading.stop if opening is None else opening)
    inside = [
        (is_in and index not in heading) or index == opening
        for index, is_in in enumerate(verdict.inside)
    ]
    title, subtitle = _titles(shapes, heading, titles)
    where = _outside(inside)
    removed = tuple(
        _removed(shape, vote, outside=where[index])
        for index, (shape, vote) in enumerate(zip(shapes, verdict.votes, strict=True))
        if not inside[index] and index not in (title, subtitle)
    )
    return Cleaned(
        kept=tuple(shape.block for shape, is_in in zip(shapes, inside, strict=True) if is_in),
        removed=removed,
        title=None if title is None else blocks[title].text,
        title_evidence=found[0].evidence if found else "stands before the text",
        subtitle=None if subtitle is None else blocks[subtitle].text,
        in_text=subtitle is not None and KEPT in blocks[subtitle].hints,
    )


#: Words of the longest standfirst, and the share of digits from which on a line tells times rather than what happened.
LONGEST_STANDFIRST = 60
MOST_DIGITS = 0.1
#: Size of the longest line over a text that is taken for its title: in most scripts, and in Thai and Lao, of which a word
#: has four letters and more.
LONGEST_TOP_LINE = (22, 32)
#: Most running text before a title, as a share of that behind it.
BEFORE_TITLE = 0.25


def _over_text(found: Sequence[TitleFound], shapes: Sequence[Shape]) -> tuple[TitleFound, ...]:
    """The titles that stand over the text: a headline amid or behind it, or a paragraph of it, is none."""
    running = [shape.size if shape.running else 0.0 for shape in shapes]
    return tuple(
        item
        for item in found
        if not running[item.index]
        and (
            sum(running[: item.index]) <= BEFORE_TITLE * sum(running[item.index :])
            or sum(running) <= ENOUGH
        )
    )


def _title_by_shape(verdict: Verdict, names: frozenset[str]) -> int | None:
    """The line over the text that looks like a title, where nothing else tells: at its top or just above.

    A line that only names an outlet is none.
    """
    named = [block_key(shape.block.text) in names for shape in verdict.shapes]
    shapes = [shape for shape, is_name in zip(verdict.shapes, named, strict=True) if not is_name]
    inside = [is_in for is_in, is_name in zip(verdict.inside, named, strict=True) if not is_name]
    places = [index for index, is_name in enumerate(named) if not is_name]
    found = _top_line(shapes, inside)
    return None if found is None else places[found]


def _top_line(shapes: Sequence[Shape], inside: Sequence[bool]) -> int | None:
    first = next((index for index, is_in in enumerate(inside) if is_in), None)
    if first is None or not any(shape.running for shape in shapes[first + 1 : first + 4]):
        return None
    for index in range(first, max(-1, first - 6), -1):
        if index < first and shapes[index].running:
            return None
        if (
            _is_title(shapes[index])
            and shapes[index].size
            <= LONGEST_TOP_LINE[UNMARKED.search(shapes[index].block.text) is not None]
        ):
            above = shapes[index - 1] if index else None
            # What looks like a title right below a shorter one is the standfirst.
            if above and _is_title(above) and shapes[index].size > above.size >= 5:
                return index - 1
            return index
    return None


def _heading(shapes: Sequence[Shape], inside: Sequence[bool], titles: Sequence[int]) -> range:
    """The blocks that stand over the text: from the title to the line before the first paragraph.

    A standfirst stands above the byline: running text that furniture parts from the rest belongs to it.
    """
    first = next((index for index, is_in in enumerate(inside) if is_in), len(shapes))
    above = [title for title in titles if title <= first + 3]
    if not above:
        return range(first, first)
    start = above[-1]
    end = max(first, start + 1)
    near = range(start + 1, min(start + 4, len(shapes)))
    byline = next((index for index in near if _is_byline(shapes[index])), None)
    if (
        byline is not None
        and byline > first
        and all(shapes[i].size <= 60 for i in near if i < byline)
        and any(shapes[i].running for i in range(byline, len(shapes)) if inside[i])
    ):
        return range(start, byline)
    if end == start + 1 < len(shapes) and _is_standfirst(shapes, end):
        end += 1
    return range(start, end)


def _opening(shapes: Sequence[Shape], heading: range) -> int | None:
    """The paragraph below the title that is too long for a standfirst: the page sets the first one apart."""
    return next(
        (
            index
            for index in heading[1:4]
            if shapes[index].running
            and shapes[index].size > LONGEST_STANDFIRST
            and not shapes[index].phrases
        ),
        None,
    )


def _is_title(shape: Shape) -> bool:
    text = shape.block.text
    return (
        3 <= shape.size <= 32
        and not shape.phrases
        and not text.endswith((":", "：", "…", ",", ";"))
        and not (shape.features["ends a sentence"] and not text.endswith(("?", "？")))
        and not shape.block.item
        and not any(
            shape.features[name]
            for name in ("address", "mail address", "short with a date", "no words")
        )
    )


def _is_standfirst(shapes: Sequence[Shape], index: int) -> bool:
    """A line right below the title that ends without a full stop and has running text below it."""
    shape = shapes[index]
    return (
        _is_title(shape)
        and shape.size >= 7
        and not shape.block.level
        and index + 1 < len(shapes)
        and shapes[index + 1].running
    )


def _is_byline(shape: Shape) -> bool:
    return shape.size <= LONGEST_BYLINE and (
        any(
            phrase.category in ("byline", "share") and phrase.place != "inside"
            for phrase in shape.phrases
        )
        or bool(shape.features["short with a date"])
        or NAMES_ALONE.fullmatch(shape.block.text) is not None
    )


def _titles(
    shapes: Sequence[Shape], heading: range, titles: Sequence[int]
) -> tuple[int | None, int | None]:
    """The indices of title and standfirst."""
    if not heading:
        return (titles[-1] if titles else None), None
    title = heading[0]
    standfirst = next(
        (
            index
            for index in heading[1:4]
            if shapes[index].size >= 7
            and not shapes[index].phrases
            and index not in titles
            and not shapes[index].block.item
            and not shapes[index].features["short with a date"]
            and shapes[index].features["digits"] <= MOST_DIGITS
        ),
        None,
    )
    return title, standfirst


def _outside(inside: Sequence[bool]) -> list[str]:
    """Where each block stands to the article."""
    places = [index for index, is_in in enumerate(inside) if is_in] or [len(inside)]
    return [
        "above the article"
        if index <= places[0]
        else "below the article"
        if index > places[-1]
        else "within the article"
        for index in range(len(inside))
    ]


def _removed(shape: Shape, vote: Vote, *, outside: str) -> RemovedBlock:
    against = sorted((weight, name) for name, weight in vote.evidence.items() if weight < -0.2)
    said = _said(shape)
    named = [f"“{phrase.phrase}” is said by {RULES[phrase.category]}" for phrase in said[:2]]
    links = "nothing but addresses" in shape.features or shape.block.links > 0.9
    others = [name for _, name in against if "capture" in name]
    shapes = [
        name
        for _, name in against
        if "words, " not in name and "label" not in name and name not in others
    ]
    rule = "stands outside the article"
    if links:
        rule = "list of addresses"
    elif said:
        rule = RULES[said[0].category]
    elif others:
        rule = (
            "repeats in the outlet's captures"
            if "repeats" in others[0]
            else "not in the other captures"
        )
    elif outside == "within the article":
        rule = "does not read like the text around it"
    return RemovedBlock(
        text=shape.block.text,
        kind=RemovedKind.LINKS if links else RemovedKind.FURNITURE,
        rule=rule,
        evidence=(*named, *others, *shapes[:3], outside),
        origin=shape.block.origin,
    )


def _said(shape: Shape) -> list[PhraseMatch]:
    """The phrases of a block that say what it can be."""
    pictured = CAPTIONS & shape.features.keys()
    return [
        phrase
        for phrase in shape.phrases
        if (phrase.category != "byline" or shape.size <= LONGEST_BYLINE)
        # The sign of rights opens credits, too, but those stand with a picture.
        and (phrase.category != "credit" or pictured or phrase.phrase.strip() != "©")
    ]


def place(origin: Origin) -> str:
    """An origin in words: `lines 3 to 5`, `page 2, line 7`."""
    parts = []
    if origin.page is not None:
        parts.append(f"page {origin.page}")
    if origin.lines is not None:
        first, last = origin.lines
        parts.append(f"line {first}" if first == last else f"lines {first} to {last}")
    if origin.element is not None:
        parts.append(origin.element)
    return ", ".join(parts)
