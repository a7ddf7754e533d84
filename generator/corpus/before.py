"""What was read before, from one reading of a corpus to the next."""

from collections.abc import MutableMapping
from typing import NamedTuple

from generator.corpus.lists import Listing
from generator.model import Article, Entity, Provenance
from generator.record import record


@record
class Lot:
    """Some articles without their blocks, of which only the numbers are told."""

    articles: tuple[Article, ...]
    blocks: tuple[int, ...]


@record
class FileStates:
    """Some files as they were when they were read: the size in bytes and the time (nanoseconds) of each, and the digest of
    what it held, which is empty where that could not be read."""

    seen: tuple[tuple[int, int], ...]
    digests: tuple[str, ...]


class Before(NamedTuple):
    """What was read before, brought up to date by a reading; of files that had faults nothing is remembered but states.

    `states` has the files of a lot by a digest of their names: one of the same size and time is not opened again. All
    else is found by a digest of names and contents: articles and provenances a lot at a time, entities by the file.
    """

    states: MutableMapping[str, FileStates]
    articles: MutableMapping[str, Lot]
    provenances: MutableMapping[str, tuple[Provenance, ...]]
    entities: MutableMapping[str, Listing[Entity]]

    @classmethod
    def nothing(cls) -> "Before":
        """At the first reading."""
        return cls({}, {}, {}, {})
