"""What the check of links needs of the pages of a site, in columns."""

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from generator.record import record

Places: TypeAlias = NDArray[np.uint64]
"""Places of a site, a digest of eight bytes for each: a file, or a fragment of a page."""


@record
class PageFacts:
    """A built page: its bytes, the places it offers and those it leads to, eight bytes each."""

    size: int
    offers: bytes
    wants: bytes


@record
class PageTable:
    """The facts of many pages: `sizes`, `offered` and `wanted` have a number of eight bytes for each path (bytes
    of the page, places it offers, places it leads to); `offers` and `wants` are all these places in a row."""

    paths: tuple[str, ...] = ()
    sizes: bytes = b""
    offered: bytes = b""
    wanted: bytes = b""
    offers: bytes = b""
    wants: bytes = b""


def page_table(pages: Mapping[str, PageFacts]) -> PageTable:
    """The table of some pages, in their order."""
    facts = pages.values()
    return PageTable(
        paths=tuple(pages),
        sizes=_column(item.size for item in facts),
        offered=_column(len(item.offers) // 8 for item in facts),
        wanted=_column(len(item.wants) // 8 for item in facts),
        offers=b"".join(item.offers for item in facts),
        wants=b"".join(item.wants for item in facts),
    )


def renewed(table: PageTable, gone: Set[str], fresh: PageTable) -> PageTable:
    """A table without some of its pages, and with fresh ones behind the others."""
    return _pieced([(table, _runs(~_among(table, gone))), (fresh, [(0, len(fresh.paths))])])


def only(table: PageTable, wanted: Set[str]) -> PageTable:
    """The pages of a table that are among some."""
    return _pieced([(table, _runs(_among(table, wanted)))])


def _among(table: PageTable, some: Set[str]) -> NDArray[np.bool_]:
    return np.fromiter(map(some.__contains__, table.paths), dtype=bool, count=len(table.paths))


Runs: TypeAlias = Sequence[tuple[int, int]]
"""From where to where something goes on, once and again."""


def _runs(chosen: NDArray[np.bool_]) -> Runs:
    """Where a column is true."""
    turns = np.flatnonzero(np.diff(chosen, prepend=False, append=False)).tolist()
    return list(zip(turns[::2], turns[1::2], strict=True))


def _pieced(parts: Sequence[tuple[PageTable, Runs]]) -> PageTable:
    """Runs of pages of some tables, one after the other; their columns are copied in as long pieces."""
    return PageTable(
        paths=tuple(chain.from_iterable(t.paths[a:b] for t, runs in parts for a, b in runs)),
        sizes=_pieces((t.sizes, runs) for t, runs in parts),
        offered=_pieces((t.offered, runs) for t, runs in parts),
        wanted=_pieces((t.wanted, runs) for t, runs in parts),
        offers=_pieces((t.offers, _spread(runs, t.offered)) for t, runs in parts),
        wants=_pieces((t.wants, _spread(runs, t.wanted)) for t, runs in parts),
    )


def _spread(runs: Runs, counts: bytes) -> Runs:
    """Runs of pages as runs of what each has some of."""
    before = np.append(0, np.cumsum(numbers(counts))).tolist()
    return [(before[first], before[after]) for first, after in runs]


def _pieces(parts: Iterable[tuple[bytes, Runs]]) -> bytes:
    views = ((memoryview(column), runs) for column, runs in parts)
    return b"".join([view[8 * first : 8 * after] for view, runs in views for first, after in runs])


def places(column: bytes) -> Places:
    """A column of places."""
    return np.frombuffer(column, dtype=np.uint64)


def distinct(places: Places) -> Places:
    """Each place once, in order. (To sort them takes a fiftieth of the time that numpy's way of counting takes.)"""
    ordered = np.sort(places)
    found: Places = ordered[np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)]]
    return found


def numbers(column: bytes) -> NDArray[np.int64]:
    """A column of numbers."""
    return np.frombuffer(column, dtype=np.int64)


def _column(values: Iterable[int]) -> bytes:
    return np.fromiter(values, dtype=np.int64).tobytes()
