"""Articles side by side as arrays, so that what very many pairs share is found in few steps.

Every number about a pair is the same whatever other pairs it is asked with: cosines of vectors are exact in doubles,
and the products of shared keys are added in the order of the keys.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generator.linking.likeness import Evidence, Shares, Sparse, log_odds, pairings
from generator.model import ArticleId
from generator.record import record

Integers = NDArray[np.int64]
Doubles = NDArray[np.float64]

#: Pairs that are looked at in one step, and keys that are looked up in one; they bound the memory.
PAIRS, LOOKUPS = 4_096, 2_000_000


@record
class Rows:
    """Sparse rows, one after the other: row r has the keys, ascending, and weights from `starts[r]` to `starts[r + 1]`."""

    starts: Integers
    keys: NDArray[np.uint32]
    weights: NDArray[np.float32]

    @property
    def sizes(self) -> Integers:
        """How many keys each row has."""
        return np.diff(self.starts)


@record
class Columns:
    """Articles side by side, in the order of their ids. `days` are NaN where not known, `vectors` zero where not `known`."""

    ids: tuple[ArticleId, ...]
    languages: Integers
    scripts: Integers
    days: Doubles
    series: Integers
    known: NDArray[np.bool_]
    vectors: NDArray[Any]
    terms: Rows
    names: Rows
    entities: Rows
    telling: Rows


@record
class Likenesses:
    """What pairs of articles share, as `Likeness` has it for one pair; `days` are NaN where not known."""

    meaning: Doubles
    terms: Doubles
    names: Doubles
    days: Doubles
    odds: Doubles


class _Stack:
    """Sparse rows as they come."""

    def __init__(self) -> None:
        self.sizes = [0]
        self.keys = bytearray()
        self.weights = bytearray()

    def add(self, row: Sparse) -> None:
        self.sizes.append(row.keys.size)
        self.keys += row.keys.astype("<u4", copy=False).tobytes()
        self.weights += row.weights.astype("<f4", copy=False).tobytes()

    def rows(self) -> Rows:
        return Rows(
            starts=np.cumsum(self.sizes, dtype=np.int64),
            keys=np.frombuffer(self.keys, dtype="<u4"),
            weights=np.frombuffer(self.weights, dtype="<f4"),
        )


def columns(articles: Iterable[Evidence]) -> Columns:
    """Put articles side by side; each is let go at once. They come in the order of their ids."""
    ids, languages, scripts, days, series, widths = [], [], [], [], [], []
    codes: dict[str, int] = {}
    stacks = {name: _Stack() for name in ("terms", "names", "entities", "telling")}
    halves = bytearray()
    for item in articles:
        ids.append(item.id)
        languages.append(codes.setdefault(item.language, len(codes)))
        scripts.append(item.script)
        days.append(np.nan if item.day is None else float(item.day))
        series.append(item.series)
        widths.append(item.vector.size)
        halves += item.vector.astype("<f2").tobytes()
        for name, stack in stacks.items():
            stack.add(getattr(item, name))
    known = np.array(widths, dtype=np.int64) > 0
    vectors = np.zeros((len(ids), max(widths, default=0)), dtype=np.float16)
    vectors[known] = np.frombuffer(halves, dtype="<f2").reshape(int(known.sum()), vectors.shape[1])
    return Columns(
        ids=tuple(ids),
        languages=np.array(languages, dtype=np.int64),
        scripts=np.array(scripts, dtype=np.int64),
        days=np.array(days, dtype=np.float64),
        series=np.array(series, dtype=np.int64),
        known=known,
        vectors=vectors,
        **{name: stack.rows() for name, stack in stacks.items()},
    )


def likenesses(
    table: Columns, left: Integers, right: Integers, window: int, *, timeless: bool = False
) -> Likenesses:
    """What the pairs share; `timeless`: as if no day were known."""
    parts = [
        _likenesses(
            table, (left[start : start + PAIRS], right[start : start + PAIRS]), window, timeless
        )
        for start in range(0, max(1, left.size), PAIRS)
    ]
    names = ("meaning", "terms", "names", "days", "odds")
    return Likenesses(
        **{name: np.concatenate([getattr(part, name) for part in parts]) for name in names}
    )


def _likenesses(
    table: Columns,
    pairs: tuple[Integers, Integers],
    window: int,
    timeless: bool,  # noqa: FBT001
) -> Likenesses:
    left, right = pairs
    same = table.languages[left] == table.languages[right]
    terms = np.zeros(left.size)
    terms[same] = overlaps(table.terms, left[same], right[same])
    days = np.full(left.size, np.nan) if timeless else np.abs(table.days[left] - table.days[right])
    shares = Shares(
        kind=pairings(
            *((side[left], side[right]) for side in (table.languages, table.scripts, table.known))
        ),
        meaning=meanings(table, left, right),
        terms=terms,
        names=overlaps(table.names, left, right),
        entities=overlaps(table.entities, left, right),
        telling=overlaps(table.telling, left, right),
        tagged=(table.entities.sizes[left] > 0) & (table.entities.sizes[right] > 0),
        days=days,
        series=(table.series[left] == table.series[right]) & (table.series[left] > 0),
    )
    return Likenesses(
        meaning=shares.meaning,
        terms=terms,
        names=shares.names,
        days=days,
        odds=log_odds(shares, window),
    )


def meanings(table: Columns, left: Integers, right: Integers) -> Doubles:
    """The cosines of the vectors of pairs: sums of products of halves, which doubles hold exactly."""
    parts = [
        np.einsum(
            "ij,ij->i",
            table.vectors[left[start : start + PAIRS]].astype(np.float64),
            table.vectors[right[start : start + PAIRS]].astype(np.float64),
        )
        for start in range(0, max(1, left.size), PAIRS)
    ]
    return np.concatenate(parts)


def overlaps(rows: Rows, left: Integers, right: Integers) -> Doubles:
    """The cosines of pairs of sparse rows."""
    sizes = rows.sizes
    swap = sizes[left] > sizes[right]
    short, long = np.where(swap, right, left), np.where(swap, left, right)
    result = np.zeros(left.size)
    for begin, end in chunks(sizes[short], LOOKUPS):
        result[begin:end] = _overlaps(rows, short[begin:end], long[begin:end])
    return result


def _overlaps(rows: Rows, short: Integers, long: Integers) -> Doubles:
    """The products of the keys of each short row that its long row has too, added up in their order."""
    used, place = np.unique(long, return_inverse=True)
    there, owners = expanded(rows, used)
    coded = owners << 32 | rows.keys[there].astype(np.int64)
    asked, pair = expanded(rows, short)
    wanted = place[pair] << 32 | rows.keys[asked].astype(np.int64)
    if not coded.size or not wanted.size:
        return np.zeros(short.size)
    found = np.minimum(np.searchsorted(coded, wanted), coded.size - 1)
    met = np.flatnonzero(coded[found] == wanted)
    products = rows.weights[asked[met]].astype(np.float64) * rows.weights[there[found[met]]]
    return np.asarray(np.bincount(pair[met], products, short.size), dtype=np.float64)


def expanded(rows: Rows, which: Integers) -> tuple[Integers, Integers]:
    """Where the keys of some rows stand, one row after the other, and for each the number of its row among them."""
    starts, sizes = rows.starts[which], rows.sizes[which]
    owners = np.repeat(np.arange(which.size), sizes)
    ends = np.cumsum(sizes)
    return np.arange(owners.size) + np.repeat(starts - ends + sizes, sizes), owners


def chunks(lengths: Integers, size: int) -> Iterator[tuple[int, int]]:
    """Stretches of `lengths` that sum to about `size` each."""
    ends = np.cumsum(lengths)
    begin = 0
    while begin < lengths.size:
        base = int(ends[begin - 1]) if begin else 0
        end = max(begin + 1, int(np.searchsorted(ends, base + size, side="right")))
        yield begin, end
        begin = end
