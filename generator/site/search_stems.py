"""Which shards of a language have a word: a table by stems, so that the page asks no shard in vain."""

import gzip
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from generator.site.pagefind import packed
from generator.site.search_shard import WORDS, as_json
from generator.site.segment import MARK

#: Grows when the files change their form.
TABLE_FORMAT = 2

#: Bytes of a file of the table, about, before packing.
SIZE = 16_000

#: Letters that decide in which file a word lies; a piece of a run without spaces has one character in six letters.
LETTERS, PIECE = 3, re.compile(rf"{MARK}\d{{5}}")


def stem_table(shards: Iterable[Iterable[str]]) -> list[bytes]:
    """The packed files of the table of a language: word → the shards that have it, as bits of a hexadecimal number.

    A file has all words with the same first letters, so that one tells which words begin with another.
    """
    holders: dict[str, int] = defaultdict(int)
    for number, words in enumerate(shards):
        for word in words:
            holders[word] |= 1 << number
    masks = Counter(holders.values())
    texts = {mask: f"{mask:x}" for mask in masks}
    weight = len("".join(holders).encode()) + 6 * len(holders)
    weight += sum(len(texts[mask]) * count for mask, count in masks.items())
    files: list[dict[str, str]] = [{} for _ in range(weight // SIZE + 1)]
    places = _Places(files)
    for word, mask in holders.items():
        places[beginning(word)][word] = texts[mask]
    return [packed(as_json(file)) for file in files]


class _Places(dict[str, dict[str, str]]):
    """The file of words with a beginning."""

    def __init__(self, files: list[dict[str, str]]) -> None:
        super().__init__()
        self._files = files

    def __missing__(self, start: str) -> dict[str, str]:
        self[start] = file = self._files[spread(start, len(self._files))]
        return file


def file_number(word: str, count: int) -> int:
    """Which of the files of a table has a word; the page computes the same."""
    return spread(beginning(word), count)


def beginning(word: str) -> str:
    """The letters that decide in which file a word lies."""
    piece = PIECE.match(word) if word.startswith(MARK) else None
    return piece.group() if piece else word[:LETTERS]


def spread(text: str, count: int) -> int:
    """One of `count` numbers for a text; the page computes the same."""
    number = 0
    for letter in text:
        number = (number * 31 + ord(letter)) % (1 << 32)
    return number % count


def read_words(shard: Path) -> list[str]:
    """The words of a shard that is there."""
    return gzip.decompress((shard / WORDS).read_bytes()).decode().split("\n")
