"""What leads articles to others is kept in parts, and pairs by language: only what is new is looked at again."""

import random
from collections.abc import Mapping, Sequence

import pytest

from generator.linking import prints
from generator.linking.candidates import Places, Prints, candidate_pairs
from generator.linking.memory import Memory
from generator.linking.prints import TOGETHER, pairs_worth_comparing
from generator.linking.whereabouts import TOKEN, whereabouts
from generator.model import Analysis, Article, ArticleId
from generator.pipeline.cache import cache_key
from generator.record import replace
from tests.builders import make_article


class Seen(dict[ArticleId, Analysis]):
    """Analyses with the fingerprints of a few kinds, that tell which articles were looked at."""

    def __missing__(self, name: ArticleId) -> Analysis:
        kind = int(name[1:]) % 7
        print_of = bytes([kind, 1, 0, 0] * 2) if kind else b""
        self[name] = Analysis(
            article=name, sentences=(), quotations=(), figures=(), fingerprint=print_of
        )
        return self[name]


def some_articles(count: int, language: str = "en") -> dict[ArticleId, Article]:
    names = (f"{language[0]}{number:05}" for number in range(count))
    return {
        ArticleId(name): make_article("Text.", id=name, title=name, language=language)
        for name in names
    }


def pairs(
    articles: Mapping[ArticleId, Article], memory: Memory
) -> tuple[list[tuple[int, int]], list[ArticleId]]:
    """The pairs, and the articles that were looked at."""
    seen = Seen()
    left, right = pairs_worth_comparing(dict(sorted(articles.items())), seen, memory)
    return list(zip(left.tolist(), right.tolist(), strict=True)), sorted(seen)


def memory_of(articles: Sequence[ArticleId]) -> Memory:
    return Memory(tokens={name: cache_key(name) for name in articles})


def test_only_new_articles_are_looked_at_however_many_parts_there_are() -> None:
    articles = some_articles(TOGETHER * 4 + 8)
    memory = memory_of(list(articles))
    few = dict(list(articles.items())[: TOGETHER * 2 - 1])
    assert pairs(few, memory)[1] == sorted(few)
    for fewer in (articles, dict(list(articles.items())[3:])):
        found, seen = pairs(fewer, memory)
        assert seen == sorted(fewer.keys() - few.keys())
        assert found == pairs(fewer, memory_of(list(articles)))[0] != []
        few |= fewer


@pytest.mark.parametrize("kinds", [2, 3, 4, 40])
def test_pairs_after_changes_are_those_from_nothing_in_crowds_as_well(
    kinds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng, whole = random.Random(kinds), list[Prints]()

    def counted(given: Prints) -> tuple[Places, Places]:
        whole.append(given)
        return candidate_pairs(given)

    monkeypatch.setattr(prints, "candidate_pairs", counted)
    pool = {
        name: replace(item, title=f"Title {rng.randrange(kinds)}")
        for name, item in some_articles(TOGETHER * 4).items()
    }
    analyses = {
        name: replace(
            Seen()[name],
            fingerprint=b"".join(bytes((rng.randrange(kinds), 0, 0, 0)) for _ in "six"),
        )
        for name in pool
    }
    memory, some = memory_of(list(pool)), {*rng.sample(sorted(pool), 200)}
    for turn in range(10):
        some = some.difference(rng.sample(sorted(some), 2)).union(rng.sample(sorted(pool), 2))
        here = {name: pool[name] for name in sorted(some)}
        found = [side.tolist() for side in pairs_worth_comparing(here, analyses, memory)]
        assert len(whole) == turn + 1 or kinds < 40
        fresh = pairs_worth_comparing(here, analyses, memory_of(list(pool)))
        assert found == [side.tolist() for side in fresh]
        assert found[0]


def test_a_language_without_a_change_is_not_looked_at() -> None:
    english, german = some_articles(40), some_articles(40, "de-AT")
    memory = memory_of([*english, *german])
    pairs({**english, **german}, memory)
    memory.prints.clear()
    fewer = dict(list(english.items())[1:])
    found, seen = pairs({**fewer, **german}, memory)
    assert seen == sorted(fewer)
    assert found == pairs({**fewer, **german}, memory_of([*english, *german]))[0]
    assert {name.split()[0] for name in memory.lasting} == {"en", "de"}


def test_a_token_is_found_wherever_it_stands_now() -> None:
    tokens = [cache_key(str(number)) for number in range(50)]
    twin = tokens[7][:8] + tokens[8][8:]
    wanted = b"".join([*tokens[10:20], twin, *tokens[:3]])
    there = b"".join(tokens[:15])
    found = whereabouts(wanted, there).tolist()
    assert found == [10, 11, 12, 13, 14, *[-1] * 6, 0, 1, 2]
    assert whereabouts(wanted, b"").tolist() == [-1] * (len(wanted) // TOKEN)
    assert whereabouts(b"", there).tolist() == []
