"""What the check of links needs of the pages of a site, in columns."""

from collections.abc import Collection, Iterable, Mapping
from itertools import compress
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


def without(table: PageTable, gone: Collection[str]) -> PageTable:
    """A table without some of its pages."""
    return _chosen(table, ~_among(table, gone))


def only(table: PageTable, wanted: Collection[str]) -> PageTable:
    """The pages of a table that are among some."""
    return _chosen(table, _among(table, wanted))


def _among(table: PageTable, some: Collection[str]) -> NDArray[np.bool_]:
    return np.fromiter((path in some for path in table.paths), dtype=bool, count=len(table.paths))


def _chosen(table: PageTable, chosen: NDArray[np.bool_]) -> PageTable:
    if chosen.all():
        return table
    return PageTable(
        paths=tuple(compress(table.paths, chosen.tolist())),
        sizes=numbers(table.sizes)[chosen].tobytes(),
        offered=numbers(table.offered)[chosen].tobytes(),
        wanted=numbers(table.wanted)[chosen].tobytes(),
        offers=places(table.offers)[np.repeat(chosen, numbers(table.offered))].tobytes(),
        wants=places(table.wants)[np.repeat(chosen, numbers(table.wanted))].tobytes(),
    )


def joined(first: PageTable, second: PageTable) -> PageTable:
    """The pages of both."""
    return PageTable(
        paths=first.paths + second.paths,
        sizes=first.sizes + second.sizes,
        offered=first.offered + second.offered,
        wanted=first.wanted + second.wanted,
        offers=first.offers + second.offers,
        wants=first.wants + second.wants,
    )


def places(column: bytes) -> Places:
    """A column of places."""
    return np.frombuffer(column, dtype=np.uint64)


def numbers(column: bytes) -> NDArray[np.int64]:
    """A column of numbers."""
    return np.frombuffer(column, dtype=np.int64)


def _column(values: Iterable[int]) -> bytes:
    return np.fromiter(values, dtype=np.int64).tobytes()
