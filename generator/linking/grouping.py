"""Average linkage: gathers things whose mean likeness is positive, and keeps apart what a person keeps apart."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


def average_linkage(odds: Floats) -> list[list[int]]:
    """Groups of places, each sorted, by their first place.

    Two groups become one while the mean of the odds between them is above zero; the likest first, of equal ones
    those that stand first. Follows chains of nearest neighbours, which takes time with the square of the number.
    """
    count = len(odds)
    sums = odds.astype(np.float64)
    np.fill_diagonal(sums, -np.inf)
    sizes = np.ones(count)
    active = np.ones(count, dtype=bool)
    members = [[place] for place in range(count)]
    chain: list[int] = []
    while True:
        if not chain:
            left = np.flatnonzero(active)
            if not left.size:
                break
            chain.append(int(left[0]))
        top = chain[-1]
        means = np.where(active, sums[top] / (sizes[top] * sizes), -np.inf)
        means[top] = -np.inf
        nearest = _nearest(means, chain)
        if means[nearest] <= 0:
            # Nobody will ever be near enough: joining others makes none of them nearer than the nearest is now.
            active[top] = False
            chain.pop()
        elif len(chain) > 1 and nearest == chain[-2]:
            chain = chain[:-2]
            _join(min(top, nearest), max(top, nearest), sums, sizes)
            members[min(top, nearest)] += members[max(top, nearest)]
            members[max(top, nearest)] = []
            active[max(top, nearest)] = False
        else:
            chain.append(nearest)
    return sorted(sorted(group) for group in members if group)


def _nearest(means: NDArray[np.float64], chain: list[int]) -> int:
    """The nearest; the one before in the chain where it is as near as any, or the chain would run in circles."""
    best = float(means.max())
    if len(chain) > 1 and means[chain[-2]] >= best:
        return chain[-2]
    return int(means.argmax())


def _join(kept: int, gone: int, sums: NDArray[np.float64], sizes: NDArray[np.float64]) -> None:
    sums[kept] += sums[gone]
    sums[:, kept] = sums[kept]
    sums[kept, kept] = -np.inf
    sizes[kept] += sizes[gone]
