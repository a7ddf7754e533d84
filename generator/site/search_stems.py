"""Which shards of a language have a word: a table by stems, so that the page asks no shard in vain."""

import gzip
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.site.search_files import Form, spread
from generator.site.search_shard import WORDS
from generator.site.segment import MARK

#: Grows when the files change their form.
TABLE_FORMAT = 3

#: Letters that decide in which file a word lies; a piece of a run without spaces has one character in six letters.
LETTERS, PIECE = 3, re.compile(rf"{MARK}\d{{5}}")


def beginning(word: str) -> str:
    """The letters that decide in which file a word lies."""
    piece = PIECE.match(word) if word.startswith(MARK) else None
    return piece.group() if piece else word[:LETTERS]


#: A file has all words with the same first letters, so that one tells which words begin with another.
STEMS = Form(beginning=beginning, weigh=len, size=16_000)


def stem_table(shards: Iterable[Iterable[str]]) -> dict[str, str]:
    """The table of a language: word → the shards that have it, as bits of a hexadecimal number."""
    holders: dict[str, int] = defaultdict(int)
    for number, words in enumerate(shards):
        for word in words:
            holders[word] |= 1 << number
    texts = {mask: f"{mask:x}" for mask in set(holders.values())}
    return {word: texts[mask] for word, mask in holders.items()}


def turned(shards: Iterable[tuple[int, Sequence[str], Sequence[str]]]) -> Mapping[str, int]:
    """The bits of words that some shards have now and had not, or had; of each shard its number and its words are given, those
    that it had and those that it has."""
    bits: dict[str, int] = defaultdict(int)
    for number, before, now in shards:
        for word in set(before).symmetric_difference(now):
            bits[word] |= 1 << number
    return bits


def turn(mask: str | None, bits: int) -> str | None:
    """What belongs to a word of which some bits turned."""
    now = int(mask or "0", 16) ^ bits
    return f"{now:x}" if now else None


def file_number(word: str, count: int) -> int:
    """Which of the files of a table has a word; the page computes the same."""
    return spread(beginning(word), count)


def read_words(shard: Path) -> list[str]:
    """The words of a shard that is there."""
    return gzip.decompress((shard / WORDS).read_bytes()).decode().split("\n")
