"""What the extractor keeps around a block of a page, as features: before and behind it, in its list and its container."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import log2

import regex

from generator.ingest.blocks import KEPT, RawBlock
from generator.record import record

#: Words from which on a block says whether the text around it is the article.
TELLING = 8
#: Words from which on a block is one of the paragraphs of its container.
PARAGRAPH = 12
#: How many telling blocks are looked at on either side, and how far above a text its heading may stand.
BESIDE, ABOVE = 2, 2
#: Members from which on a list or table is judged as a whole.
SEVERAL = 3
#: Share of links from which on a heading leads to another page.
LINKED = 0.6
#: A block weighs as many words as this at most.
HEAVIEST = 60
DIGIT = regex.compile(r"\p{N}")
#: Words of an item from which on a list is one of paragraphs.
LONG_ITEM = 20


@record
class Sum:
    """Blocks that stand in one list or container, as words: all, those the extractor keeps, those of links."""

    members: int
    words: float
    kept: float
    linked: float
    headings: int
    numbers: int
    paragraphs: int


def kept_around(blocks: Sequence[RawBlock], sizes: Sequence[float]) -> list[Mapping[str, float]]:
    """For each block what is kept around it; nothing where no extractor was asked or none of the page was kept."""
    kept = [float(KEPT in block.hints) for block in blocks]
    if not any(kept):
        return [{} for _ in blocks]
    before = _beside(kept, sizes)
    behind = _beside(kept[::-1], sizes[::-1])[::-1]
    groups = _sums(blocks, sizes, [block.group for block in blocks])
    containers = _sums(blocks, sizes, [block.container for block in blocks])
    found: list[Mapping[str, float]] = []
    for index, (block, size) in enumerate(zip(blocks, sizes, strict=True)):
        features = _neighbours(block, size, before[index], behind[index])
        features |= _in_container(containers[block.container], size, kept[index])
        if block.group and groups[block.group].members >= SEVERAL:
            features |= _in_group(groups[block.group], size, kept[index])
            features["list amid kept text"] = features["amid kept text"]
            features["table of several"] = float(block.table)
        if not block.level and size >= TELLING:
            over = next(
                (b for b in reversed(blocks[max(0, index - ABOVE) : index]) if b.level), None
            )
            features["under a linked heading"] = float(over is not None and over.links > LINKED)
        found.append({name: value for name, value in features.items() if value})
    return found


def _neighbours(block: RawBlock, size: float, before: float, behind: float) -> dict[str, float]:
    amid = min(before, behind)
    return {
        "kept text before": before,
        "kept text behind": behind,
        "amid kept text": amid,
        "short amid kept text": amid if size < TELLING else 0.0,
        "heading before kept text": behind if block.level else 0.0,
        "linked heading": float(bool(block.level) and block.links > LINKED),
    }


def _in_container(around: Sum, size: float, kept: float) -> dict[str, float]:
    """How much of what stands beside a block is kept, and whether it is one of many paragraphs there."""
    others = around.words - _weight(size)
    features = _others_kept("siblings", around, size, kept) if others > TELLING else {}
    if size >= PARAGRAPH:
        features["alone in its container"] = float(around.paragraphs == 1)
        features["among many in its container"] = min(1.0, log2(around.paragraphs) / 4)
    return features


def _in_group(group: Sum, size: float, kept: float) -> dict[str, float]:
    """What the list or table is like that a block stands in."""
    return _others_kept("list", group, size, kept) | {
        "list of links": group.linked / group.words,
        "list of long items": min(1.0, group.words / group.members / LONG_ITEM),
        "list of cards": group.headings / group.members,
        "list of numbers": group.numbers / group.members,
    }


def _others_kept(name: str, group: Sum, size: float, kept: float) -> dict[str, float]:
    """The share of the others' words that is kept, and that is not."""
    own = _weight(size)
    share = (group.kept - kept * own) / max(1.0, group.words - own)
    return {f"{name} kept": share, f"{name} dropped": 1 - share}


def _beside(kept: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """For each block the share that is kept of the last telling ones before it."""
    shares, last = [], [0.0] * BESIDE
    for value, size in zip(kept, sizes, strict=True):
        shares.append(sum(last) / BESIDE)
        if size >= TELLING:
            last = [*last[1:], value]
    return shares


def _weight(size: float) -> float:
    return min(HEAVIEST, size) + 1


def _sums(
    blocks: Sequence[RawBlock], sizes: Sequence[float], keys: Sequence[int]
) -> Mapping[int, Sum]:
    members: dict[int, list[int]] = defaultdict(list)
    for index, key in enumerate(keys):
        members[key].append(index)
    weights = [_weight(size) for size in sizes]
    return {
        key: Sum(
            members=len(found),
            words=sum(weights[index] for index in found),
            kept=sum(weights[index] for index in found if KEPT in blocks[index].hints),
            linked=sum(weights[index] * blocks[index].links for index in found),
            headings=sum(1 for index in found if blocks[index].level),
            numbers=sum(1 for index in found if DIGIT.search(blocks[index].text)),
            paragraphs=sum(1 for index in found if sizes[index] >= PARAGRAPH),
        )
        for key, found in members.items()
    }
