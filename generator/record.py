"""Records: frozen, with keywords only, compared by their values.

They are structs of msgspec, which begin, are made, packed and read in a fraction of the time that dataclasses take;
to type checkers, who know dataclasses better, they are those.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast, dataclass_transform, overload

if TYPE_CHECKING:
    from dataclasses import field, fields, replace
else:
    from msgspec import field
    from msgspec.structs import fields, replace

from msgspec import Struct, defstruct, to_builtins
from msgspec.msgpack import Encoder

__all__ = [
    "LOT",
    "Unread",
    "field",
    "fields",
    "is_record",
    "pack",
    "plain",
    "read_ahead",
    "read_in_lots",
    "record",
    "replace",
]

#: Items that are read in one go.
LOT = 64

T = TypeVar("T")
Item = TypeVar("Item")

#: What a class has whether its body says so or not.
OF_EVERY_CLASS = ("__dict__", "__weakref__")


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a class a record, whose fields are those that it names with their types."""
    body = {name: value for name, value in vars(cls).items() if name not in OF_EVERY_CLASS}
    declared = {
        name: (name, kind, body.pop(name)) if name in body else (name, kind)
        for name, kind in body.pop("__annotations__", {}).items()
    }
    made: Any = defstruct(
        cls.__name__,
        declared.values(),
        bases=(Struct, *(base for base in cls.__bases__ if base is not object)),
        namespace=body,
        module=cls.__module__,
        frozen=True,
        kw_only=True,
    )
    return cast("type[T]", made)


def is_record(kind: object) -> bool:
    """Whether something is a class of records."""
    return isinstance(kind, type) and issubclass(kind, Struct)


class Unread(Sequence[Item]):
    """A tuple that is read when one of its items is asked for; how many they are is known before.

    It is equal to what it stands for, and packed as that.
    """

    __slots__ = ("_count", "_items", "_read")

    def __init__(self, count: int, read: Callable[[], tuple[Item, ...]]) -> None:
        self._count, self._read = count, read
        self._items: tuple[Item, ...] | None = None

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Item: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Item, ...]: ...
    def __getitem__(self, index: int | slice) -> Item | tuple[Item, ...]:
        return self._all()[index]

    def __iter__(self) -> Iterator[Item]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Unread) else other)

    def __repr__(self) -> str:
        return repr(self._all())

    def __reduce__(self) -> tuple[Any, ...]:
        return tuple, (self._all(),)

    def _all(self) -> tuple[Item, ...]:
        if self._items is None:
            self._items = self._read()
        return self._items


def read_ahead(table: Mapping[Item, object], items: Iterable[Item]) -> None:
    """Let a table that reads what it is asked for read in one go what it will be asked for; any other has it already."""
    read = getattr(table, "ahead", None)
    if read is not None:
        read(items)


def read_in_lots(items: Sequence[Item], *tables: Mapping[Item, object]) -> Iterator[Item]:
    """Items one after the other; before each lot of them, tables that read what they are asked for read it."""
    for start in range(0, len(items), LOT):
        lot = items[start : start + LOT]
        for table in tables:
            read_ahead(table, lot)
        yield from lot


def pack(value: object) -> bytes:
    """Records, and what is made of them, as bytes; what is unread is read for it."""
    return _encode(value)


def plain(value: object) -> Any:
    """Records, and what is made of them, as tables, lists and plain values; what is unread is read for it."""
    return to_builtins(value, enc_hook=_known)


def _known(value: object) -> tuple[Any, ...]:
    if isinstance(value, Unread):
        return tuple(value)
    raise NotImplementedError(type(value).__qualname__)


_encode = Encoder(enc_hook=_known).encode
