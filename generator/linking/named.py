"""What the authority's entities say of an article: which it names, how much it is about each, and how telling each is."""

from collections import Counter
from collections.abc import Iterable, Mapping
from hashlib import blake2b

import numpy as np

from generator.linking.likeness import Sparse
from generator.model import EntityId, EntityKind, Mention

#: An organisation has a hand in many events a day; a person, a place, a work or an event in few.
ORGANISATION = 0.5
#: What an entity in the title counts more.
TITLE = 1.5
#: Weight of all that the authority does not know: whoever shares one entity among few does not share everything.
UNKNOWN = 1.0
#: Every article names some of these.
EVERYWHERE = ("country-", "language-")


def named(
    mentions: Iterable[Mention], kinds: Mapping[EntityId, EntityKind]
) -> tuple[Sparse, Sparse]:
    """The share of each entity in an article, and how telling each is; entities by the same keys.

    The squares of the shares sum to less than 1. Products of how telling an entity is give its kind's weight.
    """
    found = [item for item in mentions if not item.entity.startswith(EVERYWHERE)]
    counts = Counter(item.entity for item in found)
    titles = {item.entity for item in found if item.span.segment == 0}
    keyed = sorted((_key(name), name) for name in counts)
    keys = np.array([key for key, _ in keyed], dtype=np.uint32)
    telling = np.array(
        [ORGANISATION if kinds.get(name) is EntityKind.ORGANISATION else 1.0 for _, name in keyed],
        dtype=np.float32,
    )
    often = np.array(
        [(1 + np.log(counts[name])) * (TITLE if name in titles else 1.0) for _, name in keyed],
        dtype=np.float32,
    )
    weights = telling * often
    weights /= np.sqrt(weights @ weights + np.float32(UNKNOWN))
    return Sparse(keys=keys, weights=weights), Sparse(keys=keys, weights=np.sqrt(telling))


def _key(entity: EntityId) -> int:
    return int.from_bytes(blake2b(entity.encode(), digest_size=4).digest(), "little")
