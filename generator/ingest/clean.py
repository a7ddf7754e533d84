"""Which blocks of a capture are the article, and why the others are not: three kinds of evidence, one decision."""

from collections.abc import Mapping, Sequence
from functools import cache, partial

from generator.ingest.blocks import RawBlock
from generator.ingest.shape import PLAIN, Shape, measure_blocks
from generator.ingest.titles import find_titles
from generator.model import Origin, RemovedBlock, RemovedKind, record
from generator.resources import json_resource
from generator.text import words


@record
class Context:
    """What is known beside the capture itself.

    `captures` are other captures of the same article, as text; `repeats` maps the words of a block (`block_key`) to
    the number of the outlet's captures of other articles that have it. `page` is set for web pages, whose
    blocks carry the verdicts of an extractor.
    """

    title: str = ""
    url: str = ""
    captures: tuple[str, ...] = ()
    repeats: Mapping[str, int] | None = None
    page: bool = False


@record
class Cleaned:
    """The article's blocks, what was taken away, and the title and standfirst if the capture shows them."""

    kept: tuple[RawBlock, ...]
    removed: tuple[RemovedBlock, ...]
    title: str | None = None
    title_evidence: str = ""
    subtitle: str | None = None


@record
class Model:
    """What each feature is worth (log odds), and what it costs to begin an article or to leave it for a while."""

    bias: float
    weights: Mapping[str, float]
    begin: float
    leave: float


@record
class Vote:
    """The log odds that a block is the article's, and the evidence for it by name."""

    odds: float
    evidence: Mapping[str, float]


#: Words an article should have; below, the blocks are judged less strictly.
ENOUGH = 40
#: No single block speaks louder than this (log odds).
LOUDEST = 4.0
#: Log odds below which a block that an extractor keeps falls, and above which one that it drops is kept.
DOUBT, ADD = -1.0, 0.3

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


def block_key(text: str) -> str:
    """A block's words, for finding it again elsewhere."""
    return " ".join(words(text))


def clean_blocks(blocks: Sequence[RawBlock], context: Context) -> Cleaned:
    """Part the article from what surrounds it; no block is lost, each is kept or removed with its reason."""
    found = find_titles(blocks, title=context.title, url=context.url, captures=context.captures)
    titles = [item.index for item in found]
    others = tuple(f" {block_key(text)} " for text in context.captures if text.strip())
    judge = partial(_judge, blocks, others, context)
    shapes, votes, inside = judge(titles)
    if not titles and not context.page and (guess := _title_by_shape(shapes, inside)) is not None:
        titles = [guess]
        shapes, votes, inside = judge(titles)
    heading = _heading(shapes, inside, titles)
    inside = [is_in and index not in heading for index, is_in in enumerate(inside)]
    title, subtitle = _titles(shapes, heading, titles)
    removed = tuple(
        _removed(shape, vote, outside=_outside(inside, index))
        for index, (shape, vote) in enumerate(zip(shapes, votes, strict=True))
        if not inside[index] and index not in (title, subtitle)
    )
    return Cleaned(
        kept=tuple(shape.block for shape, is_in in zip(shapes, inside, strict=True) if is_in),
        removed=removed,
        title=None if title is None else blocks[title].text,
        title_evidence=found[0].evidence if found else "stands before the text",
        subtitle=None if subtitle is None else blocks[subtitle].text,
    )


def _judge(
    blocks: Sequence[RawBlock],
    others: Sequence[str],
    context: Context,
    titles: Sequence[int],
) -> tuple[Sequence[Shape], Sequence[Vote], list[bool]]:
    """Each block's shape, the vote on it, and whether it is the article's, the title being at `titles`."""
    shapes = measure_blocks(blocks, titles)
    model = _model("page" if context.page else "text")
    votes = [_vote(model, shape, others, context.repeats or {}) for shape in shapes]
    odds = [vote.odds for vote in votes]
    return (
        shapes,
        votes,
        _extracted(shapes, odds) if context.page else _article(model, shapes, odds),
    )


def _extracted(shapes: Sequence[Shape], odds: Sequence[float]) -> list[bool]:
    """What the extractor keeps stays unless much speaks against it; more is added where something speaks for it."""
    inside = []
    for shape, value in zip(shapes, odds, strict=True):
        if "kept by the extractor" in shape.features:
            inside.append(value > DOUBT)
        else:
            inside.append(value > ADD and "in a figure caption" not in shape.features)
    return inside


@cache
def _model(name: str) -> Model:
    data = json_resource(f"ingest/{name}.json")
    return Model(
        bias=data["bias"], weights=data["weights"], begin=data["begin"], leave=data["leave"]
    )


def _vote(model: Model, shape: Shape, others: Sequence[str], repeats: Mapping[str, int]) -> Vote:
    evidence = {
        name: model.weights[name] * value
        for name, value in shape.features.items()
        if value and name in model.weights
    }
    evidence |= _elsewhere(shape, others, repeats)
    for name in shape.features:
        # Said so plainly that no neighbourhood outweighs it.
        if name in PLAIN:
            evidence[name] = -4 * LOUDEST
    return Vote(odds=model.bias + sum(evidence.values()), evidence=evidence)


def _elsewhere(shape: Shape, others: Sequence[str], repeats: Mapping[str, int]) -> dict[str, float]:
    """What other captures say: those of other articles of the outlet, and those of this one."""
    key = block_key(shape.block.text)
    found = {}
    times = repeats.get(key, 0)
    if times:
        found[f"repeats in {times} other captures of the outlet"] = -3.0 - 2.0 * min(times, 3)
    if others and key and not any(f" {key} " in text for text in others):
        # An editor may have added a paragraph since: running text needs more than this to fall.
        found["only in this capture of the article"] = -1.5 if shape.running else -3.0
    return found


def _article(model: Model, shapes: Sequence[Shape], odds: Sequence[float]) -> list[bool]:
    """The likeliest one stretch of blocks, with gaps for furniture within it.

    Where too little is found, the least unlikely stretch is taken: a capture is always of an article.
    What is plainly not the article's has no say in where it begins and ends.
    """
    places = [index for index, shape in enumerate(shapes) if not PLAIN & shape.features.keys()]
    open_shapes = [shapes[index] for index in places]
    inside = [False] * len(shapes)
    for easing in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0):
        found = _stretch(model, open_shapes, [odds[index] + easing for index in places])
        for index, is_in in zip(places, found, strict=True):
            inside[index] = is_in
        if sum(shape.size for shape, is_in in zip(shapes, inside, strict=True) if is_in) >= ENOUGH:
            break
    return inside


BEFORE, WITHIN, GAP, BEHIND = range(4)


def _stretch(model: Model, shapes: Sequence[Shape], odds: Sequence[float]) -> list[bool]:
    """Viterbi's path through: before the article, within it, in a gap of it, behind it."""
    steps = {
        (BEFORE, BEFORE): 0.0,
        (BEFORE, WITHIN): -model.begin,
        (WITHIN, WITHIN): 0.0,
        (WITHIN, GAP): -model.leave,
        (GAP, GAP): 0.0,
        (GAP, WITHIN): -model.leave,
        (WITHIN, BEHIND): 0.0,
        (BEHIND, BEHIND): 0.0,
    }
    never = float("-inf")
    best = [0.0, never, never, never]
    path: list[list[int]] = []
    for shape, value in zip(shapes, odds, strict=True):
        # A long block tells more than a short one.
        gain = max(-LOUDEST, min(LOUDEST, value)) * (0.3 + min(1.0, shape.size / 20))
        arrivals = [
            max((best[old] + cost, old) for (old, new), cost in steps.items() if new == state)
            for state in range(4)
        ]
        best = [
            score + (gain if state == WITHIN else 0.0) for state, (score, _) in enumerate(arrivals)
        ]
        path.append([old for _, old in arrivals])
    state = max(range(4), key=lambda item: (best[item], -item))
    states = []
    for arrivals_from in reversed(path):
        states.append(state)
        state = arrivals_from[state]
    return [item == WITHIN for item in reversed(states)]


def _title_by_shape(shapes: Sequence[Shape], inside: Sequence[bool]) -> int | None:
    """The line over the text that looks like a title, where nothing else tells: at its top or just above."""
    first = next((index for index, is_in in enumerate(inside) if is_in), None)
    if first is None or not any(shape.running for shape in shapes[first + 1 : first + 4]):
        return None
    for index in range(first, max(-1, first - 6), -1):
        if index < first and shapes[index].running:
            return None
        if _is_title(shapes[index]) and shapes[index].size <= 22:
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
    ):
        return range(start, byline)
    if end == start + 1 < len(shapes) and _is_standfirst(shapes, end):
        end += 1
    return range(start, end)


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
    return shape.size <= 14 and (
        any(
            phrase.category in ("byline", "share") and phrase.place != "inside"
            for phrase in shape.phrases
        )
        or bool(shape.features["short with a date"])
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
        ),
        None,
    )
    return title, standfirst


def _outside(inside: Sequence[bool], index: int) -> str:
    """Where a removed block stands to the article."""
    if not any(inside[:index]):
        return "above the article"
    return "within the article" if any(inside[index:]) else "below the article"


def _removed(shape: Shape, vote: Vote, *, outside: str) -> RemovedBlock:
    against = sorted((weight, name) for name, weight in vote.evidence.items() if weight < -0.2)
    named = [
        f"“{phrase.phrase}” is said by {RULES[phrase.category]}" for phrase in shape.phrases[:2]
    ]
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
    elif shape.phrases:
        rule = RULES[shape.phrases[0].category]
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
