"""Connected components: what is tied to each other, directly or by way of others."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

T = TypeVar("T", bound=Hashable)
Integers = NDArray[np.int64]


def components(things: Iterable[T], ties: Iterable[tuple[T, T]]) -> list[list[T]]:
    """The components, each in the order of `things`, by their first member."""
    parent = {thing: thing for thing in things}

    def root(thing: T) -> T:
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    for one, other in ties:
        parent[root(one)] = root(other)
    groups: dict[T, list[T]] = {}
    for thing in parent:
        groups.setdefault(root(thing), []).append(thing)
    first = {thing: place for place, thing in enumerate(parent)}
    return sorted(groups.values(), key=lambda group: first[group[0]])


def tied(left: Integers, right: Integers) -> list[Integers]:
    """The components of all places that are tied to another, each in order, by their first place."""
    places, ends = np.unique(np.concatenate([left, right]), return_inverse=True)
    one, other = ends[: left.size], ends[left.size :]
    label = np.arange(places.size)
    while True:
        low = np.minimum(label[one], label[other])
        nearer = label.copy()
        np.minimum.at(nearer, label[one], low)
        np.minimum.at(nearer, label[other], low)
        nearer = nearer[nearer]
        if np.array_equal(nearer, label):
            break
        label = nearer
    order = np.argsort(label, kind="stable")
    cuts = np.flatnonzero(np.diff(label[order])) + 1
    return np.split(places[order], cuts) if places.size else []
