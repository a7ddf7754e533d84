"""What linking decided, remembered from build to build."""

import math
from collections.abc import Iterable, Iterator, MutableMapping
from functools import cached_property
from itertools import islice
from typing import Any, Generic, TypeVar

import msgspec

from generator.pipeline.cache import Cache, cache_key

Key = TypeVar("Key", bound=str | tuple[str, str])
Value = TypeVar("Value")

#: Look-ups that are made one by one.
FEW = 64
#: Results that are written at a time.
BATCH = 1_000


class CachedMemo(MutableMapping[Key, Value], Generic[Key, Value]):
    """A mapping from one digest or two to a result, kept in the cache.

    The first look-ups go to the cache one by one; who asks for more gets all that is there in one go, unless
    that is too much `at_once`; or what is wanted is read `ahead`. What is new is written by `save`.
    """

    def __init__(
        self, cache: Cache, stage: str, version: str, kind: Any, *, at_once: bool = True
    ) -> None:
        self._cache = cache
        self._stage = stage
        self._version = version
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._known: dict[Key, Value] = {}
        self._new: dict[Key, Value] = {}
        self._asked = 0 if at_once else -math.inf
        self._there: dict[bytes, bytes] | None = None
        self._ahead: dict[bytes, bytes] = {}

    def __getitem__(self, key: Key) -> Value:
        if key not in self._known:
            data = self._look_up(self._place(key))
            if data is None:
                raise KeyError(key)
            try:
                self._known[key] = self._decode(data)
            except ValueError as error:
                raise KeyError(key) from error
        return self._known[key]

    def ahead(self, keys: Iterable[Key]) -> None:
        """Read what is there of some results in one go."""
        self._ahead |= self._cache.get(self._stage, map(self._place, keys))

    def has(self, key: Key) -> bool:
        """Whether a result is there, which is not read, and may be damaged."""
        return key in self._known or self._place(key) in self._present

    @cached_property
    def _present(self) -> set[bytes]:
        return self._cache.keys(self._stage)

    def _all(self) -> dict[bytes, bytes]:
        if self._there is None:
            self._there = self._cache.get_all(self._stage)
        return self._there

    def _look_up(self, place: bytes) -> bytes | None:
        if place in self._ahead:
            return self._ahead.pop(place)
        self._asked += 1
        if self._asked <= FEW and self._there is None:
            return self._cache.get(self._stage, [place]).get(place)
        return self._all().pop(place, None)

    def __setitem__(self, key: Key, value: Value) -> None:
        if key not in self._known or self._known[key] != value:
            self._known[key] = self._new[key] = value

    def __delitem__(self, key: Key) -> None:
        del self._known[key]
        self._new.pop(key, None)

    def __iter__(self) -> Iterator[Key]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def save(self, wanted: Iterable[Key] = ()) -> int:
        """Keep what is new, and then forget what this build did not ask for and is not `wanted`,
        once that is half of all; gives the number of new ones."""
        if not self._new:
            return 0
        new = iter(self._new.items())
        while batch := dict(islice(new, BATCH)):
            packed = {self._place(key): msgspec.msgpack.encode(item) for key, item in batch.items()}
            self._cache.put(self._stage, packed)
        keys = {*self._known, *wanted}
        if self._cache.count(self._stage) > 2 * len(keys):
            self._cache.keep_only(self._stage, map(self._place, keys))
        return len(self._new)

    def _place(self, key: Key) -> bytes:
        return (
            cache_key(self._version, key)
            if isinstance(key, str)
            else cache_key(self._version, *key)
        )
