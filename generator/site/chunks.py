"""Pagefind's word files, cut into smaller ones: a reader who asks for one word fetches few others."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from generator.model import record
from generator.site.cbor import LIST, head, read, read_head

#: Bytes of the words of a file, before packing, from which on the next begins.
SIZE = 24_000

_WHOLE = rb"(?:[\x00-\x17\x20-\x37]|[\x18\x38].|[\x19\x39].{2}|[\x1a\x3a].{4}|[\x1b\x3b].{8})"
_LENGTH = rb"(?:[\x80-\x97]|\x98.|\x99.{2}|\x9a.{4})"
_NUMBERS = _LENGTH + _WHOLE + rb"*+"

#: The texts that have a word, as a list: each with its number and its places in text and title.
_TEXTS = re.compile(_LENGTH + rb"(?:\x83" + _WHOLE + _NUMBERS + _NUMBERS + rb")*+", re.DOTALL)

_FILE, _WORD, _VARIANT = head(LIST, 1), head(LIST, 3), head(LIST, 2)


@record
class Chunk:
    """A file of words: its first, its last, its bytes, and all its words."""

    first: str
    last: str
    content: bytes
    words: tuple[str, ...]


class _Word(NamedTuple):
    text: str
    start: int


def smaller_chunks(content: bytes) -> Iterator[Chunk]:
    """Cut one of Pagefind's word files; raises ValueError for one in another form."""
    words = list(_words(content))
    starts = [*(word.start for word in words), len(content)]
    begun = 0
    for number, (_, end) in enumerate(pairwise(starts), 1):
        if end - starts[begun] >= SIZE or number == len(words):
            texts = tuple(word.text for word in words[begun:number])
            body = _FILE + head(LIST, len(texts)) + content[starts[begun] : end]
            yield Chunk(first=texts[0], last=texts[-1], content=body, words=texts)
            begun = number


def bounds(chunks: Iterable[Chunk]) -> tuple[str, ...]:
    """For each file but the first the shortest text that no word before it reaches and all of its own do."""
    found = []
    for before, chunk in pairwise(chunks):
        letters = enumerate(zip(before.last, chunk.first, strict=False))
        common = (at for at, (one, other) in letters if one != other)
        found.append(chunk.first[: next(common, len(before.last)) + 1])
    return tuple(found)


def _words(content: bytes) -> Iterator[_Word]:
    """The words with the places where their entries begin; nothing is read that need not be."""
    at = _past(content, 0, _FILE)
    _, count, at = read_head(content, at)
    for _ in range(count):
        start = at
        text, at = read(content, _past(content, at, _WORD))
        _, variants, at = read_head(content, _past_texts(content, at))
        for _ in range(variants):
            _, at = read(content, _past(content, at, _VARIANT))
            at = _past_texts(content, at)
        yield _Word(text, start)
    if at != len(content):
        raise ValueError(f"{len(content) - at} bytes follow the last word")


def _past(content: bytes, at: int, expected: bytes) -> int:
    if content[at : at + 1] != expected:
        raise ValueError(f"unknown form at byte {at}")
    return at + 1


def _past_texts(content: bytes, at: int) -> int:
    found = _TEXTS.match(content, at)
    if found is None:
        raise ValueError(f"unknown form at byte {at}")
    return found.end()
