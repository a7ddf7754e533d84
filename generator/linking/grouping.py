"""Average linkage: gathers things whose mean likeness is positive, and keeps tight groups apart that are only loosely alike."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from generator.record import record

Floats = NDArray[np.float32]

#: Two groups stay apart unless the mean between them is near the mean within the looser of them: `SHARE` of what that
#: has above `SLACK`. Translations of one report are far more alike than reports of two like events.
SHARE, SLACK = 0.9, 2.5


@record
class Node:
    """A group: its places, the sum of the odds of its pairs, and the two groups it was joined from with the mean between them."""

    places: tuple[int, ...]
    within: float = 0.0
    parts: "tuple[Node, Node] | None" = None
    between: float = 0.0

    @property
    def mean(self) -> float:
        """The mean of the odds of its pairs."""
        return self.within / (len(self.places) * (len(self.places) - 1) / 2)


def average_linkage(odds: Floats) -> list[list[int]]:
    """Groups of places, each sorted, by their first place."""
    groups = [list(group.places) for tree in _trees(odds) for group in _cut(tree)]
    return sorted(sorted(group) for group in groups)


def _trees(odds: Floats) -> list[Node]:
    """Join groups while the mean between them is above zero, the likest first, of equal ones those that stand first.

    Follows chains of nearest neighbours, which takes time with the square of the number of things.
    """
    sums = odds.astype(np.float64)
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(len(odds))
    nodes = [Node(places=(place,)) for place in range(len(odds))]
    active = np.ones(len(odds), dtype=bool)
    chain: list[int] = []
    while active.any():
        top = chain[-1] if chain else int(np.flatnonzero(active)[0])
        chain = chain or [top]
        means = np.where(active, sums[top] / (sizes[top] * sizes), -np.inf)
        nearest = _nearest(means, chain)
        if means[nearest] <= 0:
            # Nobody will ever be near enough: what others join to is no nearer than the nearest of them is now.
            active[top] = False
            chain.pop()
        elif len(chain) > 1 and nearest == chain[-2]:
            del chain[-2:]
            kept, gone = min(top, nearest), max(top, nearest)
            nodes[kept] = _joined(nodes[kept], nodes[gone], float(sums[kept, gone]))
            _add(kept, gone, sums, sizes)
            active[gone] = False
            nodes[gone] = Node(places=())
        else:
            chain.append(nearest)
    return [node for node in nodes if node.places]


def _nearest(means: NDArray[np.float64], chain: list[int]) -> int:
    """The nearest; the one before in the chain where it is as near as any, or the chain would run in circles."""
    if len(chain) > 1 and means[chain[-2]] >= means.max():
        return chain[-2]
    return int(means.argmax())


def _joined(one: Node, other: Node, total: float) -> Node:
    return Node(
        places=(*one.places, *other.places),
        within=one.within + other.within + total,
        parts=(one, other),
        between=total / (len(one.places) * len(other.places)),
    )


def _add(kept: int, gone: int, sums: NDArray[np.float64], sizes: NDArray[np.float64]) -> None:
    sums[kept] += sums[gone]
    sums[:, kept] = sums[kept]
    sums[kept, kept] = -np.inf
    sizes[kept] += sizes[gone]


def _cut(tree: Node) -> Iterator[Node]:
    """The tree, or its parts where both are much tighter than what ties them."""
    stack = [tree]
    while stack:
        node = stack.pop()
        if node.parts is None or _holds(node, *node.parts):
            yield node
        else:
            stack += node.parts


def _holds(node: Node, one: Node, other: Node) -> bool:
    if len(one.places) == 1 or len(other.places) == 1:
        return True
    return node.between >= SHARE * (min(one.mean, other.mean) - SLACK)
