"""What leads articles to others, and the pairs that come of it, kept from run to run for each language by itself."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import numpy as np

from generator.linking.candidates import Places, Prints, candidate_pairs, pairs_around
from generator.linking.memory import KnownPairs, KnownPrints, Memory
from generator.linking.whereabouts import TOKEN, whereabouts
from generator.model import Analysis, Article, ArticleId
from generator.record import read_in_lots, record
from generator.text import base_language, words

#: Articles of which the prints are kept together.
TOGETHER = 64
#: So many articles that came or went are looked at one by one.
FEW = 16


@record
class Room:
    """The articles of one language, which can have no versions in another: their `places` among all `articles`, and their
    `tokens` one after the other."""

    language: str
    articles: Sequence[Article]
    places: Places
    tokens: bytes


def pairs_worth_comparing(
    articles: Mapping[ArticleId, Article], analyses: Mapping[ArticleId, Analysis], memory: Memory
) -> tuple[Places, Places]:
    """The places of pairs, each once, smaller place first, in order; where no article of a language is new or gone, those of the last run."""
    everything = list(articles.values())
    tokens = np.frombuffer(b"".join(map(memory.tokens.__getitem__, articles)), dtype=f"V{TOKEN}")
    found = [(np.empty(0, dtype=np.int64),) * 2]
    for language, places in sorted(_by_language(everything).items()):
        room = Room(
            language=language,
            articles=everything,
            places=places,
            tokens=tokens[places].tobytes(),
        )
        left, right = _pairs(room, analyses, memory)
        found.append((places[left], places[right]))
    left, right = (np.concatenate(side) for side in zip(*found, strict=True))
    order = np.lexsort((right, left))
    return left[order], right[order]


def _by_language(articles: Sequence[Article]) -> dict[str, Places]:
    codes = [article.language for article in articles]
    names = {code: base_language(code) for code in set(codes)}
    found: dict[str, list[int]] = {name: [] for name in names.values()}
    lists = {code: found[name] for code, name in names.items()}
    for place, code in enumerate(codes):
        lists[code].append(place)
    return {name: np.array(places, dtype=np.int64) for name, places in found.items()}


def _pairs(
    room: Room, analyses: Mapping[ArticleId, Analysis], memory: Memory
) -> tuple[Places, Places]:
    memory.lasting.update(_part_names(room))
    known = memory.pairs.get(room.language)
    if known is None or known.tokens != room.tokens:
        left, right = _found(room, known, analyses, memory)
        known = memory.pairs[room.language] = KnownPairs(
            tokens=room.tokens,
            left=left.astype("<i4").tobytes(),
            right=right.astype("<i4").tobytes(),
        )
    left, right = (np.frombuffer(side, dtype="<i4") for side in (known.left, known.right))
    return left.astype(np.int64), right.astype(np.int64)


def _found(
    room: Room, known: KnownPairs | None, analyses: Mapping[ArticleId, Analysis], memory: Memory
) -> tuple[Places, Places]:
    """The pairs of a room that is not as it was."""
    everything, old = prints(room, analyses, memory)
    again = None if known is None else _again(room, known, everything, old)
    return candidate_pairs(everything) if again is None else again


def _again(
    room: Room, known: KnownPairs, everything: Prints, old: KnownPrints
) -> tuple[Places, Places] | None:
    """The pairs of the last run with what few articles change that came or went; None where these are not few."""
    now = whereabouts(known.tokens, room.tokens)
    fresh = np.flatnonzero(whereabouts(room.tokens, known.tokens) < 0)
    lost = np.frombuffer(known.tokens, dtype=np.uint8).reshape(-1, TOKEN)[now < 0]
    gone = whereabouts(lost.tobytes(), old.tokens)
    if fresh.size + gone.size > FEW or (gone < 0).any():
        return None
    new = pairs_around(everything, fresh, _as_prints(old, gone))
    if new is None:
        return None
    left, right = (now[np.frombuffer(side, dtype="<i4")] for side in (known.left, known.right))
    kept = (left >= 0) & (right >= 0)
    left, right = np.concatenate([left[kept], new[0]]), np.concatenate([right[kept], new[1]])
    order = np.lexsort((right, left))
    return left[order], right[order]


def prints(
    room: Room, analyses: Mapping[ArticleId, Analysis], memory: Memory
) -> tuple[Prints, KnownPrints]:
    """What leads each article of a room to others, and what was known of them; only new ones are looked at."""
    kept = [_kept(room, part, memory) for part in range(_parts(room))]
    old = _joined(kept)
    new = np.flatnonzero(whereabouts(room.tokens, old.tokens) < 0)
    known = _joined(
        [old, _looked_at([room.articles[place] for place in room.places[new]], analyses, memory)]
    )
    order = whereabouts(room.tokens, known.tokens)
    found = _as_prints(known, order)
    _keep(room, found, kept, memory)
    return found, old


def _looked_at(
    articles: Sequence[Article], analyses: Mapping[ArticleId, Analysis], memory: Memory
) -> KnownPrints:
    names = [article.id for article in articles]
    fingerprints = [analyses[name].fingerprint for name in read_in_lots(names, analyses)]
    return KnownPrints(
        tokens=b"".join([memory.tokens[name] for name in names]),
        values=b"".join(fingerprints),
        known=bytes(map(bool, fingerprints)),
        keys=tuple(tuple(shared_keys(article)) for article in articles),
    )


def shared_keys(article: Article) -> Iterator[str]:
    """The title and the addresses: articles that share one are compared whatever their texts."""
    title = " ".join(words(article.title))
    yield f"title {title}" if title else f"article {article.id}"
    for address in {article.url, article.canonical_url} - {None}:
        yield f"address {address}"


def _as_prints(known: KnownPrints, places: Places) -> Prints:
    """What is known of the articles at these places."""
    has = np.frombuffer(known.known, dtype=bool)
    rows = np.frombuffer(known.values, dtype="<u4").reshape(int(has.sum()) or 1, -1)
    table = np.zeros((has.size, rows.shape[1]), dtype=np.uint32)
    table[has] = rows[: has.sum()]
    return Prints(values=table, known=has, keys=known.keys).of(places)


# --- parts of a room, which are kept each under its name ----------------------------------


def _parts(room: Room) -> int:
    """How many there are."""
    return 1 << (len(room.places) // TOGETHER).bit_length()


def _part_names(room: Room) -> Iterator[str]:
    return (_part_name(room, part, _parts(room)) for part in range(_parts(room)))


def _part_name(room: Room, part: int, parts: int) -> str:
    return f"{room.language} {part}/{parts}"


def _kept(room: Room, part: int, memory: Memory) -> KnownPrints:
    """What was kept of a part, or of what it was part of when there were fewer."""
    parts = _parts(room)
    while parts:
        known = memory.prints.get(_part_name(room, part % parts, parts))
        if known is not None:
            return known
        parts //= 2
    return KnownPrints()


def _joined(parts: Iterable[KnownPrints]) -> KnownPrints:
    parts = list(parts)
    return KnownPrints(
        tokens=b"".join([part.tokens for part in parts]),
        values=b"".join([part.values for part in parts]),
        known=b"".join([part.known for part in parts]),
        keys=tuple(chain.from_iterable(part.keys for part in parts)),
    )


def _keep(room: Room, found: Prints, kept: Sequence[KnownPrints], memory: Memory) -> None:
    """Keep each part that is other than it was; to which one an article belongs its token alone decides."""
    tokens = np.frombuffer(room.tokens, dtype=np.uint8).reshape(-1, TOKEN)
    numbers = np.frombuffer(room.tokens, dtype="<u4")[:: TOKEN // 4] % len(kept)
    order = np.argsort(numbers, kind="stable")
    ends = np.searchsorted(numbers[order], np.arange(1, len(kept)))
    for part, (old, places) in enumerate(zip(kept, np.split(order, ends), strict=True)):
        mine = tokens[places].tobytes()
        if mine != old.tokens:
            has = found.known[places]
            memory.prints[_part_name(room, part, len(kept))] = KnownPrints(
                tokens=mine,
                values=found.values[places[has]].tobytes(),
                known=has.tobytes(),
                keys=tuple(found.keys[place] for place in places.tolist()),
            )
