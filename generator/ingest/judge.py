"""How much speaks for each block of a capture, and which blocks together are the article."""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from operator import mul
from urllib.parse import urlsplit

from generator.ingest.blocks import KEPT, RawBlock, words_of
from generator.ingest.kept import SEVERAL
from generator.ingest.shape import PLAIN, Shape, measure_blocks
from generator.record import record
from generator.resources import json_resource


@record
class Context:
    """What is known beside the capture itself.

    `captures` are other captures of the same article, as text; `repeats` maps the words of a block (`block_key`) to
    the number of the outlet's captures of other articles that have it. `names` are those of outlets. `page` is set for web pages, whose
    blocks carry the verdicts of an extractor.
    """

    title: str = ""
    url: str = ""
    captures: tuple[str, ...] = ()
    repeats: Mapping[str, int] | None = None
    names: tuple[str, ...] = ()
    page: bool = False


@record
class Model:
    """What each feature is worth (log odds), and what it costs to begin an article or to leave it for a while."""

    bias: float
    weights: Mapping[str, float]
    begin: float
    leave: float


@record
class Vote:
    """The log odds that a block is the article's, and the evidence for it by name.

    `elsewhere` is the evidence of other captures alone.
    """

    odds: float
    evidence: Mapping[str, float]
    elsewhere: float = 0.0


@record
class Elsewhere:
    """What other captures and the list of outlets say, all as block keys."""

    captures: tuple[str, ...] = ()
    repeats: Mapping[str, int]
    names: frozenset[str] = frozenset()


@record
class Verdict:
    """The blocks with their shapes, the vote on each, and whether it is the article's."""

    shapes: tuple[Shape, ...]
    votes: tuple[Vote, ...]
    inside: tuple[bool, ...]


#: Words an article should have; below, the blocks are judged less strictly.
ENOUGH = 40
#: No single block speaks louder than this (log odds).
LOUDEST = 4.0
#: Log odds below which a block that an extractor keeps falls, and above which one that it drops is kept.
DOUBT, ADD = -1.0, 0.0
#: Share of the words in running text from which on a text without furniture is an article already.
RUNNING = 0.7
#: Words of the longest block that is furniture when a phrase begins it.
SHORT = 14


def judge(blocks: Sequence[RawBlock], context: Context, titles: Sequence[int]) -> Verdict:
    """Judge all blocks, the title being at `titles`."""
    shapes = measure_blocks(blocks, titles)
    model = load_model("page" if context.page else "text")
    others = tuple(f" {block_key(text)} " for text in context.captures if text.strip())
    elsewhere = Elsewhere(
        captures=others, repeats=context.repeats or {}, names=name_keys(context.names, context.url)
    )
    votes = tuple(vote(model, shape, elsewhere) for shape in shapes)
    alone = is_clean(shapes) and not (context.page and is_surrounded(shapes))
    if context.page and not alone:
        inside = extracted(shapes, [item.odds for item in votes])
    elif alone:
        inside = [
            not PLAIN & shape.features.keys() and not (item.elsewhere and item.odds < 0)
            for shape, item in zip(shapes, votes, strict=True)
        ]
    else:
        inside = stretch(model, shapes, [item.odds for item in votes])
    return Verdict(shapes=shapes, votes=votes, inside=tuple(inside))


def name_keys(names: Sequence[str], url: str) -> frozenset[str]:
    """What a line says that gives nothing but an outlet's name, or the host of an address."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    return frozenset(filter(None, map(block_key, (*names, host, f"www.{host}" if host else ""))))


@lru_cache(maxsize=4096)  # a block is looked for in several places
def block_key(text: str) -> str:
    """A block's words, for finding it again elsewhere."""
    return " ".join(words_of(text))


@cache
def load_model(name: str) -> Model:
    """The fitted weights for texts (`text`) or web pages (`page`)."""
    data = json_resource(f"ingest/{name}.json")
    return Model(
        bias=data["bias"], weights=data["weights"], begin=data["begin"], leave=data["leave"]
    )


def is_clean(shapes: Sequence[Shape]) -> bool:
    """Whether a text is an article and nothing else: running text, and no block that furniture's words begin.

    Where only the shape of blocks speaks against them, an article with short lines is likelier than a page.
    """
    known = [shape for shape in shapes if not PLAIN & shape.features.keys()]
    if any(
        shape.size <= SHORT and any(phrase.place != "inside" for phrase in shape.phrases)
        for shape in known
    ):
        return False
    running = sum(shape.size for shape in known if shape.running)
    return running >= RUNNING * sum(shape.size for shape in known) > 0


#: Where a page puts what is not its article.
AROUND = frozenset(
    [
        "outside the main container",
        "in navigation",
        "in a header",
        "in a footer",
        "in an aside",
        "in a form",
        "in a figure",
        "in a table",
    ]
)


def is_surrounded(shapes: Sequence[Shape]) -> bool:
    """Whether a page's own markup sets something apart from its main text."""
    return any(AROUND & shape.features.keys() for shape in shapes)


def vote(model: Model, shape: Shape, known: Elsewhere) -> Vote:
    """Add up what a block's shape says, and what is known from elsewhere."""
    evidence = {
        name: model.weights[name] * value
        for name, value in shape.features.items()
        if value and name in model.weights
    }
    elsewhere = _elsewhere(shape, known)
    evidence |= elsewhere
    for name in shape.features:
        # Said so plainly that no neighbourhood outweighs it.
        if name in PLAIN:
            evidence[name] = -4 * LOUDEST
    odds = model.bias + sum(evidence.values())
    return Vote(odds=odds, evidence=evidence, elsewhere=sum(elsewhere.values()))


def _elsewhere(shape: Shape, known: Elsewhere) -> dict[str, float]:
    """What other captures say: those of other articles of the outlet, and those of this one."""
    others, repeats = known.captures, known.repeats
    key = block_key(shape.block.text)
    found = {}
    times = repeats.get(key, 0)
    if times:
        found[f"repeats in {times} other captures of the outlet"] = -3.0 - 2.0 * min(times, 3)
    if key in known.names:
        found["says nothing but an outlet's name"] = -3.0
    if others and key and not any(f" {key} " in text for text in others):
        # An editor may have added a paragraph since: running text needs more than this to fall.
        found["only in this capture of the article"] = -1.5 if shape.running else -3.0
    return found


def extracted(shapes: Sequence[Shape], odds: Sequence[float]) -> list[bool]:
    """What the extractor keeps stays unless much speaks against it; more is added where something speaks for it."""
    return [
        value > DOUBT
        if KEPT in shape.features
        else value > ADD and "in a figure caption" not in shape.features
        for shape, value in zip(shapes, _together(shapes, odds), strict=True)
    ]


def _together(shapes: Sequence[Shape], odds: Sequence[float]) -> list[float]:
    """The odds, those of a table's cells levelled and those of a list's items drawn to each other.

    A list or table is seldom the article's in part.
    """
    groups: dict[int, list[int]] = {}
    for index, shape in enumerate(shapes):
        if shape.block.group and not PLAIN & shape.features.keys():
            groups.setdefault(shape.block.group, []).append(index)
    levelled = list(odds)
    for members in groups.values():
        if len(members) < SEVERAL:
            continue
        weights = [min(20.0, shapes[index].size) + 2 for index in members]
        votes = [max(-LOUDEST, min(LOUDEST, odds[index])) for index in members]
        mean = sum(map(mul, votes, weights)) / sum(weights)
        share = 1.0 if all(shapes[index].block.table for index in members) else 0.5
        for index in members:
            levelled[index] += share * (mean - levelled[index])
    return levelled


def stretch(model: Model, shapes: Sequence[Shape], odds: Sequence[float]) -> list[bool]:
    """The likeliest one stretch of blocks, with gaps for furniture within it.

    Where too little is found, the least unlikely stretch is taken: a capture is always of an article.
    What is plainly not the article's has no say in where it begins and ends.
    """
    places = [index for index, shape in enumerate(shapes) if not PLAIN & shape.features.keys()]
    open_shapes = [shapes[index] for index in places]
    inside = [False] * len(shapes)
    for easing in (0.0, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0):
        found = _path(model, open_shapes, [odds[index] + easing for index in places])
        for index, is_in in zip(places, found, strict=True):
            inside[index] = is_in
        if sum(shape.size for shape, is_in in zip(shapes, inside, strict=True) if is_in) >= ENOUGH:
            break
    return inside


BEFORE, WITHIN, GAP, BEHIND = range(4)


def _path(model: Model, shapes: Sequence[Shape], odds: Sequence[float]) -> list[bool]:
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
