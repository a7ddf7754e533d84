"""Tables of very many names in few files, of which those are made anew in which something changed."""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from generator.record import record
from generator.site.pagefind import packed, unpacked
from generator.site.search_shard import as_json, write
from generator.site.tree import link_or_copy

#: What a table weighs, on which depends how many files it has; readers do not need it.
WEIGHT = ".weight.json"

#: Shards that may have changed for a table to be made of the one before; with more it is soon made from nothing.
FEW = 8

#: What reading a damaged table raises.
DAMAGED = (OSError, EOFError, ValueError, zlib.error)

#: What belongs to a name now, for what did; None stands for nothing.
Revise = Callable[[str, Any], Any]


@record
class Form:
    """How a table is cut: what at the beginning of a name tells its file, how much what belongs to a name weighs, and how much a file, about."""

    beginning: Callable[[str], str]
    weigh: Callable[[Any], int]
    size: int


def spread(text: str, count: int) -> int:
    """One of `count` numbers for a text; the page computes the same."""
    number = 0
    for letter in text:
        number = (number * 31 + ord(letter)) % (1 << 32)
    return number % count


def cut(table: Mapping[str, Any], form: Form) -> Iterator[tuple[str, bytes]]:
    """The files of a table by their names."""
    weight = _weight(table, form)
    files: list[dict[str, Any]] = [{} for _ in range(_count(weight, form))]
    places = _Places(files)
    for name, value in table.items():
        places[form.beginning(name)][name] = value
    for number, file in enumerate(files):
        yield _file(number), packed(as_json(file))
    yield WEIGHT, as_json(weight)


def revise(old: Path, folder: Path, form: Form, names: Iterable[str], now: Revise) -> bool:
    """Write the files of a table that differs from an `old` one in some names alone.

    Nothing is written, and this tells so, if there must be more files or fewer.
    """
    weight = msgspec.json.decode((old / WEIGHT).read_bytes(), type=int)
    count = _count(weight, form)
    files = _Read(old)
    for name in names:
        file = files[spread(form.beginning(name), count)]
        before = {name: file.pop(name)} if name in file else {}
        value = now(name, before.get(name))
        after = {} if value is None else {name: value}
        file |= after
        weight += _weight(after, form) - _weight(before, form)
    if _count(weight, form) != count:
        return False
    folder.mkdir(parents=True)
    for number in range(count):
        if number in files:
            write(folder / _file(number), packed(as_json(files[number])))
        else:
            link_or_copy(f"{old}/{_file(number)}", f"{folder}/{_file(number)}")
    write(folder / WEIGHT, as_json(weight))
    return True


def _weight(table: Mapping[str, Any], form: Form) -> int:
    names = len("".join(table).encode()) + 6 * len(table)
    return names + sum(map(form.weigh, table.values()))


def _count(weight: int, form: Form) -> int:
    return weight // form.size + 1


def _file(number: int) -> str:
    return f"{number}.json.gz"


class _Places(dict[str, dict[str, Any]]):
    """The file of names with a beginning."""

    def __init__(self, files: Sequence[dict[str, Any]]) -> None:
        super().__init__()
        self._files = files

    def __missing__(self, start: str) -> dict[str, Any]:
        self[start] = file = self._files[spread(start, len(self._files))]
        return file


class _Read(dict[int, dict[str, Any]]):
    """The files of a table that is there, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder

    def __missing__(self, number: int) -> dict[str, Any]:
        content = unpacked((self._folder / _file(number)).read_bytes())
        self[number] = file = msgspec.json.decode(content, type=dict[str, Any])
        return file
