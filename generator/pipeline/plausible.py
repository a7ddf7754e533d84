"""Whether what the cache remembers can be of this archive: whatever cannot is found out again."""

from collections.abc import Callable, Iterator, Mapping, MutableMapping, Set
from functools import partial
from typing import Any, Generic, TypeVar

import numpy as np

from generator.analysis.fingerprint import PERMUTATIONS
from generator.linking.kin import Kin
from generator.linking.memory import KnownPairs, KnownPrints, KnownStatements, Told
from generator.linking.pool import KnownTies
from generator.linking.whereabouts import TOKEN
from generator.model import ArticleId, VersionGroup

Key = TypeVar("Key", bound=str)
Value = TypeVar("Value")

Ids = Set[ArticleId]


class Checked(MutableMapping[Key, Value], Generic[Key, Value]):
    """A mapping without the values that a check refuses: they are as if they were not there."""

    def __init__(self, inner: MutableMapping[Key, Value], good: Callable[[Value], bool]) -> None:
        self._inner, self._good = inner, good
        self._sure: set[Key] = set()

    def __getitem__(self, key: Key) -> Value:
        value = self._inner[key]
        if key not in self._sure:
            if not self._good(value):
                raise KeyError(key)
            self._sure.add(key)
        return value

    def __setitem__(self, key: Key, value: Value) -> None:
        self._inner[key] = value
        self._sure.add(key)

    def __delitem__(self, key: Key) -> None:
        del self._inner[key]
        self._sure.discard(key)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._inner)

    def __len__(self) -> int:
        return len(self._inner)


def checks(ids: Ids) -> Mapping[str, Callable[[Any], bool]]:
    """The checks by the name of what they are for; the articles are all that there are."""
    return {
        "prints": prints,
        "pairs": pairs,
        "versions": partial(kin, ids),
        "ties": ties,
        "stories": partial(told, ids),
        "statements": statements,
    }


def prints(known: KnownPrints) -> bool:
    """Whether there is a token, a mark and keys for each article, and a fingerprint for each that has one."""
    count, has = len(known.keys), known.known.count(1)
    if len(known.tokens) != count * TOKEN or has + known.known.count(0) != count:
        return False
    return len(known.known) == count and len(known.values) == 4 * PERMUTATIONS * has


def pairs(known: KnownPairs) -> bool:
    """Whether pairs are of places that there are, the smaller first."""
    left, right = known.left, known.right
    if len(known.tokens) % TOKEN or len(left) % 4 or len(left) != len(right):
        return False
    return _within(left + right, len(known.tokens) // TOKEN)


def kin(ids: Ids, known: Kin) -> bool:
    """Whether the groups are groups, of articles that are there, and excerpts are between them."""
    ends = {name for link in known.excerpts for name in (link.article, link.other)}
    members = {name for group in known.groups for name in group.members}
    return ends <= members <= ids and all(map(_group, known.groups))


def _group(group: VersionGroup) -> bool:
    others = [link.article for link in group.links]
    told = {name for row in group.sentences for name in row.articles}
    return (
        sorted((group.main, *others)) == sorted(group.members)
        and {link.other for link in group.links} <= {group.main}
        and told.issubset(group.members)
    )


def ties(known: KnownTies) -> bool:
    """Whether ties are between places that there are, each with its odds."""
    count, size = len(known.tokens) // TOKEN, len(known.left)
    if (
        len(known.tokens) % TOKEN
        or size % 4
        or (len(known.right), len(known.odds)) != (size, 2 * size)
    ):
        return False
    return _within(known.left + known.right, count) and bool(
        np.isfinite(np.frombuffer(known.odds, dtype="<f8")).all()
    )


def statements(known: KnownStatements) -> bool:
    """Whether statements are of articles that there are, each with its words and its place."""
    count, size = len(known.tokens) // TOKEN, len(known.owners)
    sizes = (len(known.tokens) % TOKEN, len(known.statements), size % 4)
    columns = (len(known.digests), len(known.segments), len(known.starts))
    if sizes != (0, 4 * count, 0) or columns != (2 * size, size, size):
        return False
    return _within(known.owners, count)


def told(ids: Ids, known: Told) -> bool:
    """Whether all that is told is told of articles that are there."""
    names = {*known.links, *(name for row in known.facts for name in row.values)}
    for found in known.links.values():
        for link in found:
            names |= {link.article, link.other}
    return names <= ids


def _within(numbers: bytes, count: int) -> bool:
    found = np.frombuffer(numbers, dtype="<i4")
    return not found.size or bool(found.min() >= 0 and found.max() < count)
