"""What was read before, from one reading of a corpus to the next."""

from collections.abc import MutableMapping
from typing import NamedTuple, TypeAlias

from generator.model import Article

FileState: TypeAlias = tuple[int, int, str]
"""The size of a file in bytes, when it was written (nanoseconds), and the digest of what it held then."""


class Before(NamedTuple):
    """What was read before, brought up to date by a reading.

    `files` has the files by their paths: one of the same size and time is not opened again. `articles` has those
    without a fault, some at a time, by a digest of the contents and paths of their files.
    """

    files: MutableMapping[str, FileState]
    articles: MutableMapping[str, tuple[Article, ...]]

    @classmethod
    def nothing(cls) -> "Before":
        """At the first reading."""
        return cls({}, {})
