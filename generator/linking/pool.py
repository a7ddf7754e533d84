"""The articles among which ties are looked for, and the ties that an earlier run found among them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from generator.linking.columns import columns
from generator.linking.likeness import Evidence
from generator.linking.nearby import Reach, Ties, ties
from generator.linking.whereabouts import TOKEN, whereabouts
from generator.model import ArticleId
from generator.record import read_in_lots, record

#: Articles of which all that is looked at is kept for the next look.
KEPT = 8_192

See: TypeAlias = Callable[[Sequence[ArticleId]], Iterable[Evidence]]
"""What is known of some articles, in their order."""


@record
class Pool:
    """Articles in the order of their ids, the place of each among them, and their days (NaN: not known).

    `see` gives what is known of some; the token of each, of all `tokens` one after the other, stands for it: the same
    token, the same evidence.
    """

    ids: tuple[ArticleId, ...]
    places: Mapping[ArticleId, int]
    days: NDArray[np.float64]
    tokens: bytes
    see: See

    def only(self, ids: Iterable[ArticleId]) -> "Pool":
        """Some of the articles."""
        chosen = sorted(map(self.places.__getitem__, ids))
        tokens = np.frombuffer(self.tokens, dtype=f"V{TOKEN}")[chosen].tobytes()
        return make_pool([self.ids[place] for place in chosen], self.days[chosen], tokens, self.see)

    def token(self, place: int) -> bytes:
        """The token of one article."""
        return self.tokens[place * TOKEN : (place + 1) * TOKEN]


@record
class KnownTies:
    """The ties of an earlier run: the tokens of its articles one after the other, places among them, log odds."""

    tokens: bytes = b""
    left: bytes = b""
    right: bytes = b""
    odds: bytes = b""


def make_pool(
    ids: Sequence[ArticleId],
    days: NDArray[np.float64],
    tokens: bytes,
    see: See,
) -> Pool:
    """A pool of articles in the order of their ids."""
    places = dict(zip(ids, range(len(ids)), strict=True))
    return Pool(ids=tuple(ids), places=places, days=days, tokens=tokens, see=see)


def pool_of(articles: Iterable[Evidence]) -> Pool:
    """A pool of articles of which all is there already."""
    by_id = {item.id: item for item in articles}
    ids = sorted(by_id)
    tokens = b"".join([_token(by_id[name]) for name in ids])
    days = numbered([by_id[name].day for name in ids])
    return make_pool(ids, days, tokens, lambda names: map(by_id.__getitem__, names))


def numbered(days: Sequence[int | None]) -> NDArray[np.float64]:
    """Days as a pool has them."""
    return np.array(days, dtype=np.float64)


def remembering(see: Callable[[ArticleId], Evidence], *tables: Mapping[ArticleId, object]) -> See:
    """To `see` several, for which `tables` are read a lot at a time; keeps what was seen last."""
    one = lru_cache(maxsize=KEPT)(see)

    def several(names: Sequence[ArticleId]) -> Iterator[Evidence]:
        return map(one, read_in_lots(names, *tables))

    return several


def _token(item: Evidence) -> bytes:
    """A digest of all that decides about an article."""
    digest = blake2b(
        f"{item.id} {item.language} {item.script} {item.day} {item.series} ".encode(),
        digest_size=TOKEN,
    )
    for sparse in (item.terms, item.names, item.entities, item.telling):
        digest.update(sparse.keys.tobytes() + sparse.weights.tobytes())
    digest.update(item.vector.tobytes())
    return digest.digest()


def find_ties(pool: Pool, reach: Reach, known: KnownTies | None) -> tuple[Ties, KnownTies]:
    """All ties of a pool, and what the next run has to know; only what is not known is compared."""
    old, fresh = _kept(pool, known or KnownTies())
    which = _reached(pool.days, fresh, reach.window)
    table = columns(pool.see([pool.ids[place] for place in which.tolist()]))
    # Threads of the linear algebra wait for each other busily, which costs more than they win.
    with threadpool_limits(1, user_api="blas"):
        new = ties(table, reach, fresh[which])
    left = np.concatenate([old.left, which[new.left]])
    right = np.concatenate([old.right, which[new.right]])
    order = np.lexsort((right, left))
    found = Ties(
        left=left[order], right=right[order], odds=np.concatenate([old.odds, new.odds])[order]
    )
    return found, KnownTies(
        tokens=pool.tokens,
        left=found.left.astype("<i4").tobytes(),
        right=found.right.astype("<i4").tobytes(),
        odds=found.odds.astype("<f8").tobytes(),
    )


def _kept(pool: Pool, known: KnownTies) -> tuple[Ties, NDArray[np.bool_]]:
    """The ties between articles that were there before as they are now, and which articles were not."""
    now = whereabouts(known.tokens, pool.tokens)
    fresh = np.ones(len(pool.ids), dtype=bool)
    fresh[now[now >= 0]] = False
    left = now[np.frombuffer(known.left, dtype="<i4")]
    right = now[np.frombuffer(known.right, dtype="<i4")]
    there = (left >= 0) & (right >= 0)
    odds = np.frombuffer(known.odds, dtype="<f8")[there]
    return Ties(left=left[there], right=right[there], odds=odds), fresh


def _reached(days: NDArray[np.float64], fresh: NDArray[np.bool_], window: int) -> NDArray[np.int64]:
    """The places of the articles that can be tied to a fresh one."""
    lone = np.isnan(days)
    if (lone & fresh).any():
        return np.arange(days.size)
    new = np.sort(days[fresh])
    if not new.size:
        return np.zeros(0, dtype=np.int64)
    after = np.searchsorted(new, days)
    gaps = np.minimum(
        np.abs(new[np.minimum(after, new.size - 1)] - days),
        np.abs(new[np.maximum(after - 1, 0)] - days),
    )
    return np.flatnonzero((gaps <= window) | lone)
