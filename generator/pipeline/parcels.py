"""What files are made from, packed: to tell whether it changed, and to send it to the process that makes the file."""

from collections.abc import Callable, Iterable, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from typing import Any, get_type_hints

import msgspec

from generator.pipeline.listing import NO_KEY
from generator.record import pack
from generator.views.tasks import Group, Series, Task

#: Things that are remembered with their packed form (and the bytes of all these forms), and packed things with what they are.
PACKED, BYTES, UNPACKED = 64, 50_000_000, 8

Inputs = tuple[bool, Sequence[Any]]
"""Whether they are packed, and the inputs of a function."""


class Packer:
    """Packs records; one that several tasks share is packed once."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._size = 0

    def pack(self, item: object) -> bytes:
        """A thing as bytes; raises where it is nothing that can be compared."""
        found = self._known.get(id(item))
        if found is not None and found[0] is item:
            return found[1]
        if len(self._known) > PACKED or self._size > BYTES:
            self._known.clear()
            self._size = 0
        data = pack(item)
        self._known[id(item)] = (item, data)
        self._size += len(data)
        return data

    def inputs(self, items: Sequence[object]) -> Inputs:
        """The inputs of a function, packed if that is possible."""
        try:
            return True, [self.pack(item) for item in items]
        except (TypeError, ValueError, NotImplementedError):
            return False, items

    def digest(self, start: bytes, items: Iterable[object]) -> str:
        """24 hex digits that stand for things and their types; empty if they cannot be compared."""
        parts = [start]
        try:
            for item in items:
                if type(item) is bytes:
                    parts += [b"%d" % len(item), item]
                    continue
                data = self.pack(item)
                parts += [b"%b %d" % (type(item).__qualname__.encode(), len(data)), data]
        except (TypeError, ValueError, NotImplementedError):
            return ""
        return blake2b(b"\0".join(parts), digest_size=12).hexdigest()


class Keys:
    """Makes the keys of tasks and packs what they are made from; what several tasks share is read once."""

    def __init__(self, version: str) -> None:
        self._version = version.encode()
        self._packer = Packer()

    def of(self, task: Task) -> str:
        """The key of a task; `NO_KEY`, which equals no other, if its inputs cannot be compared."""
        return self._key(
            f"{task.make.__module__}.{task.make.__qualname__}", task.seen or task.inputs
        )

    def inputs(self, task: Task) -> Inputs:
        """The inputs of a task on their way to the process that makes it."""
        return self._packer.inputs(task.inputs)

    def of_group(self, group: Group | Series) -> str:
        """The key of a group or a series, likewise."""
        return self._key(group.name, group.seen)

    def _key(self, name: str, parts: Iterable[object]) -> str:
        return self._packer.digest(self._version + b"\0" + name.encode(), parts) or NO_KEY


def unpack(make: Callable[..., object], inputs: Inputs) -> Sequence[Any]:
    """The inputs of a function again, of the types that it names."""
    packed, items = inputs
    if not packed:
        return items
    return [_value(kind, item) for kind, item in zip(_kinds(make), items, strict=True)]


@cache
def _kinds(make: Callable[..., object]) -> tuple[Any, ...]:
    hints = get_type_hints(make)
    return tuple(kind for name, kind in hints.items() if name != "return")


@lru_cache(maxsize=UNPACKED)
def _value(kind: Any, data: bytes) -> Any:
    return _decoder(kind).decode(data)


@cache
def _decoder(kind: Any) -> msgspec.msgpack.Decoder[Any]:
    return msgspec.msgpack.Decoder(kind)
