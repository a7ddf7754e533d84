"""Connected components: what is tied to each other, directly or by way of others."""

from collections.abc import Hashable, Iterable
from typing import TypeVar

T = TypeVar("T", bound=Hashable)


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
