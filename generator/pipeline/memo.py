"""What linking decided of pairs, remembered from build to build."""

from collections.abc import Iterator, MutableMapping
from typing import Generic, TypeVar

import msgspec

from generator.pipeline.cache import Cache, cache_key

Value = TypeVar("Value")


class PairMemo(MutableMapping[tuple[str, str], Value], Generic[Value]):
    """A mapping from two digests to a record, kept in the cache.

    Look-ups go to the cache as they come; what is new is written by `save`, in one go.
    """

    def __init__(self, cache: Cache, stage: str, version: str, kind: type[Value]) -> None:
        self._cache = cache
        self._stage = stage
        self._version = version
        self._decode = msgspec.msgpack.Decoder(kind).decode
        self._known: dict[tuple[str, str], Value] = {}
        self._new: dict[tuple[str, str], Value] = {}

    def __getitem__(self, pair: tuple[str, str]) -> Value:
        if pair not in self._known:
            key = self._key(pair)
            data = self._cache.get(self._stage, [key]).get(key)
            if data is None:
                raise KeyError(pair)
            try:
                self._known[pair] = self._decode(data)
            except msgspec.MsgspecError as error:
                raise KeyError(pair) from error
        return self._known[pair]

    def __setitem__(self, pair: tuple[str, str], value: Value) -> None:
        self._known[pair] = self._new[pair] = value

    def __delitem__(self, pair: tuple[str, str]) -> None:
        del self._known[pair]
        self._new.pop(pair, None)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def save(self) -> int:
        """Keep what is new, forget what no pair of this build asked for; gives the number of new ones."""
        results = {
            self._key(pair): msgspec.msgpack.encode(value) for pair, value in self._new.items()
        }
        self._cache.put(self._stage, results)
        self._cache.keep_only(self._stage, (self._key(pair) for pair in self._known))
        return len(results)

    def _key(self, pair: tuple[str, str]) -> bytes:
        return cache_key(self._version, *pair)
