"""How likely two articles tell of one event: log odds from words, names and meaning, calibrated for the languages of the pair."""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from generator.linking.days import day_number
from generator.model import Analysis, Article, ArticleId
from generator.record import field, record
from generator.text import base_language, words

Floats = NDArray[np.float32]
Keys = NDArray[np.uint32]

#: Log odds are cut off here, so that no single pair decides about a whole story.
LEAST, MOST = -5.0, 14.0
#: Log odds of a pair that is further apart than the window; and what a day apart costs within it.
TOO_FAR = -25.0
A_DAY = 0.25


#: Cells of products that are added up in one step; bounds the memory.
CELLS = 1_000_000

#: Two texts in one language that mean so little alike tell of two events, however many names they share.
UNLIKE, DOUBT = 0.45, 30.0
#: What a point of shared entities adds to the log odds, and the share that says nothing; what it adds more
#: on one day, less with each day until `SOON` days lie between; and what one shared entity adds at most.
ENTITIES, BALANCE = 8.0, 0.35
SAME_DAY, SOON = 2.0, 3
EACH = 3.0


class Pairing(Enum):
    """What the languages of a pair allow to compare. `known`: the encoder knows both."""

    SAME_KNOWN = 0
    SAME = 1
    SCRIPT_KNOWN = 2
    ACROSS_KNOWN = 3
    SCRIPT = 4
    ACROSS = 5


@record
class Weights:
    """What a point of each likeness adds to the log odds, and where they start."""

    meaning: float
    terms: float
    names: float
    start: float


#: Found on labelled stories in 40 languages; one setting for all (docs/method.md).
WEIGHTS: Mapping[Pairing, Weights] = {
    Pairing.SAME_KNOWN: Weights(meaning=4.8, terms=12.0, names=6.4, start=-9.0),
    Pairing.SAME: Weights(meaning=0.0, terms=12.0, names=6.4, start=-6.5),
    Pairing.SCRIPT_KNOWN: Weights(meaning=11.8, terms=0.0, names=8.0, start=-11.9),
    Pairing.ACROSS_KNOWN: Weights(meaning=16.5, terms=0.0, names=5.0, start=-8.0),
    Pairing.SCRIPT: Weights(meaning=0.0, terms=0.0, names=25.0, start=-5.95),
    Pairing.ACROSS: Weights(meaning=0.0, terms=0.0, names=34.0, start=-4.5),
}
TABLE = np.array(
    [[w.meaning, w.terms, w.names, w.start] for w in (WEIGHTS[item] for item in Pairing)],
    dtype=np.float32,
)


@record
class Sparse:
    """Keys, ascending, and their weights; the squares of the weights sum to 1."""

    keys: Keys
    weights: Floats


#: No keys at all.
NOTHING = Sparse(keys=np.zeros(0, dtype=np.uint32), weights=np.zeros(0, dtype=np.float32))


@record
class Evidence:
    """An article as stories see it. `day` is its date as a number; None: not known to the day.

    `entities` are what it is about, `telling` how much each of them tells (see `named`). `series` is a hash of outlet
    and title (0: no title): the issues of a bulletin share it.
    """

    id: ArticleId
    language: str
    script: int
    day: int | None
    terms: Sparse
    names: Sparse
    vector: Floats
    entities: Sparse = NOTHING
    telling: Sparse = NOTHING
    series: int = 0


@record
class Likeness:
    """What two articles share: each from 0 to 1, and the log odds that they tell of one event."""

    meaning: float
    terms: float
    names: float
    days: int | None
    odds: float


def evidence(
    article: Article, analysis: Analysis, entities: tuple[Sparse, Sparse] = (NOTHING, NOTHING)
) -> Evidence:
    """An article as stories see it; `entities` as `named` gives them."""
    title = " ".join(words(article.title))
    return Evidence(
        id=article.id,
        language=base_language(article.language),
        script=analysis.script,
        day=day_number(article.date.iso),
        terms=unpack(analysis.terms),
        names=unpack(analysis.names),
        vector=np.frombuffer(analysis.vector, dtype="<f2").astype(np.float32),
        entities=entities[0],
        telling=entities[1],
        series=crc32(f"{article.source} {title}".encode()) if title else 0,
    )


def unpack(data: bytes) -> Sparse:
    """Keys and weights as the analysis packs them."""
    half = len(data) // 2
    return Sparse(
        keys=np.frombuffer(data[:half], dtype="<u4"),
        weights=np.frombuffer(data[half:], dtype="<f4"),
    )


def pairing(a: Evidence, b: Evidence) -> Pairing:
    """What can be compared between two articles."""
    known = a.vector.size > 0 and b.vector.size > 0
    if a.language == b.language:
        return Pairing.SAME_KNOWN if known else Pairing.SAME
    if a.script == b.script:
        return Pairing.SCRIPT_KNOWN if known else Pairing.SCRIPT
    return Pairing.ACROSS_KNOWN if known else Pairing.ACROSS


@record
class Shares:
    """What pairs share, each an array of one shape: `kind` numbers the pairing, `tagged` says where the entities of both
    are known, `days` lie between them (NaN: not known); `series`: one outlet gave both the same title."""

    kind: NDArray[Any]
    meaning: NDArray[Any]
    terms: NDArray[Any]
    names: NDArray[Any]
    entities: NDArray[Any]
    telling: NDArray[Any]
    tagged: NDArray[Any]
    days: NDArray[Any]
    series: NDArray[Any] = field(default_factory=lambda: np.array(0, dtype=bool))


def log_odds(shares: Shares, window: int) -> NDArray[Any]:
    """The log odds that pairs tell of one event; it rises with all that is shared."""
    weights = TABLE[shares.kind]
    odds = weights[..., 3] + weights[..., 0] * shares.meaning
    odds += weights[..., 1] * shares.terms
    odds += weights[..., 2] * shares.names
    doubt = DOUBT * np.maximum(0.0, UNLIKE - shares.meaning)
    odds -= np.where(shares.kind == Pairing.SAME_KNOWN.value, doubt, 0.0)
    if shares.tagged.any():
        named = _named(shares.entities, shares.telling, shares.days)
        odds += np.where(shares.tagged, named, 0.0)
    odds = np.clip(odds, LEAST, MOST) - A_DAY * np.nan_to_num(shares.days)
    with np.errstate(invalid="ignore"):
        # The issues of a bulletin, day after day, are alike and tell of as many events.
        apart = (shares.days > window) | (shares.series & (shares.days > 0))
        return np.where(apart, TOO_FAR, odds)


def pairings(
    languages: tuple[NDArray[Any], NDArray[Any]],
    scripts: tuple[NDArray[Any], NDArray[Any]],
    known: tuple[NDArray[Any], NDArray[Any]],
) -> NDArray[np.int64]:
    """The number of the pairing of two sides, of any shapes that go together."""
    both = known[0] & known[1]
    across = np.where(scripts[0] == scripts[1], np.where(both, 2, 4), np.where(both, 3, 5))
    return np.where(languages[0] == languages[1], np.where(both, 0, 1), across)


def likeness(a: Evidence, b: Evidence, window: int) -> Likeness:
    """What two articles share; the same in either order."""
    meaning = float(a.vector @ b.vector) if a.vector.size == b.vector.size else 0.0
    terms = overlap(a.terms, b.terms) if a.language == b.language else 0.0
    names = overlap(a.names, b.names)
    days = None if a.day is None or b.day is None else abs(a.day - b.day)
    shares = Shares(
        kind=np.array(pairing(a, b).value),
        meaning=np.array(meaning),
        terms=np.array(terms),
        names=np.array(names),
        entities=np.array(overlap(a.entities, b.entities)),
        telling=np.array(overlap(a.telling, b.telling)),
        tagged=np.array(a.entities.keys.size > 0 and b.entities.keys.size > 0),
        days=np.array(np.nan if days is None else days),
        series=np.array(a.series == b.series and a.series > 0),
    )
    odds = float(log_odds(shares, window))
    return Likeness(meaning=meaning, terms=terms, names=names, days=days, odds=odds)


def overlap(a: Sparse, b: Sparse) -> float:
    """The cosine of two sets of weighted keys."""
    if a.keys.size > b.keys.size:
        a, b = b, a
    if not a.keys.size:
        return 0.0
    places = np.minimum(b.keys.searchsorted(a.keys), b.keys.size - 1)
    met = b.keys[places] == a.keys
    return float(a.weights[met] @ b.weights[places[met]])


def _named(
    shared: NDArray[Any], telling: NDArray[Any], days: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What shared entities add to the log odds: the more the nearer in time, but no more than there are; different ones speak against."""
    near = np.maximum(0.0, 1 - np.nan_to_num(days, nan=SOON) / SOON)
    odds = ENTITIES * (shared - BALANCE) + SAME_DAY * near * shared
    return np.asarray(np.minimum(odds, EACH * telling))


def odds_matrix(articles: Sequence[Evidence], window: int) -> Floats:
    """The log odds of every pair of articles, as `likeness` gives them."""
    language = _codes([item.language for item in articles])
    known = np.array([item.vector.size > 0 for item in articles])
    scripts = np.array([item.script for item in articles])
    tagged = np.array([item.entities.keys.size > 0 for item in articles])
    days = np.array([np.nan if item.day is None else item.day for item in articles])
    series = np.array([item.series for item in articles])
    nothing = np.zeros((len(articles), len(articles)), dtype=np.float32)
    shares = Shares(
        kind=pairings(
            (language[:, None], language), (scripts[:, None], scripts), (known[:, None], known)
        ),
        meaning=_meanings(articles),
        terms=_products([item.terms for item in articles]),
        names=_products([item.names for item in articles]),
        entities=_products([item.entities for item in articles]) if tagged.any() else nothing,
        telling=_products([item.telling for item in articles]) if tagged.any() else nothing,
        tagged=tagged[:, None] & tagged,
        days=np.abs(days[:, None] - days),
        series=(series[:, None] == series) & (series > 0),
    )
    return np.asarray(log_odds(shares, window), dtype=np.float32)


def _codes(values: Sequence[str]) -> NDArray[np.int64]:
    numbers = {value: number for number, value in enumerate(sorted(set(values)))}
    return np.array([numbers[value] for value in values], dtype=np.int64)


def _meanings(articles: Sequence[Evidence]) -> NDArray[np.float64]:
    """The cosines of the vectors: sums of halves in doubles are exact, so that no order of adding shows."""
    width = max(item.vector.size for item in articles)
    rows = np.zeros((len(articles), width))
    for row, item in zip(rows, articles, strict=True):
        row[: item.vector.size] = item.vector
    return rows @ rows.T


def _products(rows: Sequence[Sparse]) -> NDArray[np.float64]:
    """The cosine of every pair of rows, key by key: no dense table of keys is ever made."""
    size = len(rows)
    keys = np.concatenate([row.keys for row in rows])
    weights = np.concatenate([row.weights for row in rows]).astype(np.float64)
    owners = np.repeat(np.arange(size), [row.keys.size for row in rows])
    order = np.lexsort((owners, keys))
    keys, weights, owners = keys[order], weights[order], owners[order]
    starts = np.flatnonzero(np.r_[True, keys[1:] != keys[:-1]][: keys.size])
    lengths = np.diff(np.r_[starts, keys.size])
    total = np.zeros(size * size)
    for length in np.unique(lengths[lengths > 1]).tolist():
        some = starts[lengths == length]
        step = max(1, CELLS // length**2)
        for start in range(0, some.size, step):
            held = some[start : start + step, None] + np.arange(length)
            who, weight = owners[held], weights[held]
            cells = who[:, :, None] * size + who[:, None, :]
            products = weight[:, :, None] * weight[:, None, :]
            if cells.size > total.size:
                total += np.bincount(cells.ravel(), products.ravel(), total.size)
            else:
                np.add.at(total, cells.ravel(), products.ravel())
    return total.reshape(size, size)
