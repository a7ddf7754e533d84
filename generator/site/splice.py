"""Bringing long columns up to date: some of their rows go, and new ones come between the others."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Item = TypeVar("Item")


class Splice:
    """The rows of a table that are `kept`, and new ones, of which `places` tell, in order, before which old row each
    comes. Columns are copied in as long pieces, which takes a fraction of the time of doing so row by row."""

    def __init__(self, kept: NDArray[np.bool_], places: Sequence[int]) -> None:
        self._pieces = list(_pieces(kept, places))

    def rows(self, old: NDArray[Any], new: NDArray[Any]) -> NDArray[Any]:
        """A column of numbers, or of rows of bytes."""
        both = [part for here, there in self._pieces for part in (new[there], old[here])]
        return np.concatenate(both)

    def items(self, old: Sequence[Item], new: Sequence[Item]) -> tuple[Item, ...]:
        """A column of other things."""
        return tuple(chain.from_iterable((*new[there], *old[here]) for here, there in self._pieces))


def _pieces(kept: NDArray[np.bool_], places: Sequence[int]) -> Iterator[tuple[slice, slice]]:
    """Runs of old rows, with the new ones that come before each."""
    count = len(kept)
    turns = np.flatnonzero(np.diff(kept)) + 1
    edges = sorted({0, *turns.tolist(), *places, count})
    done = 0
    for begin, end in pairwise((*edges, count)):
        new = bisect_right(places, begin, done)
        yield slice(begin, end if begin < count and kept[begin] else begin), slice(done, new)
        done = new
