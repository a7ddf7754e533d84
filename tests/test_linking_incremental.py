"""Linking with what earlier builds found gives what linking from nothing gives, and looks only at what a change reaches."""

import random
from collections.abc import Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np
import pytest

from generator.analysis.analyse import analyse
from generator.analysis.encoder import load_encoder
from generator.analysis.fingerprint import fingerprint
from generator.linking.columns import columns
from generator.linking.coverage import Conditions, link_coverage
from generator.linking.likeness import NOTHING, Evidence
from generator.linking.nearby import Reach, band_codes, meetings, nearby, ties
from generator.linking.versions import link_versions
from generator.model import (
    Analysis,
    Article,
    ArticleDate,
    ArticleId,
    Coverage,
    Decision,
    DecisionKind,
    Difference,
    QuotationReference,
    VersionTable,
)
from generator.pipeline.archive import compared_pairs
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.remember import KINDS, LinkingMemory, Tokens
from generator.record import replace
from generator.text import body_text, words
from tests.benchmarks.synthetic import synthetic_articles
from tests.builders import make_article

Linked = tuple[VersionTable, Coverage, dict[tuple[ArticleId, ArticleId], Difference]]


class Counting(dict[ArticleId, Analysis]):
    """Analyses that count which articles are looked at."""

    def __init__(self, analyses: Mapping[ArticleId, Analysis]) -> None:
        super().__init__(analyses)
        self.seen: set[ArticleId] = set()

    def __getitem__(self, name: ArticleId) -> Analysis:
        self.seen.add(name)
        return super().__getitem__(name)


def token(article: Article) -> bytes:
    return cache_key(repr(article))


def link(
    articles: Sequence[Article],
    analyses: Mapping[ArticleId, Analysis],
    decisions: Sequence[Decision] = (),
    cache: Cache | None = None,
    window: int = 7,
) -> Linked:
    """What a build links, with the memory that the cache holds."""
    by_id = {item.id: item for item in articles}
    tokens = Tokens(texts={item.id: token(item) for item in articles}, provenance={})
    known = LinkingMemory(cache or Cache(None), "", tokens, None)
    versions = link_versions(by_id, analyses, {}, decisions, known.aid)
    mains = {name: group.main for name, group in versions.groups.items()}
    conditions = Conditions(
        window=window, mains=mains, excerpts=versions.excerpts, memory=known.memory
    )
    chosen = [by_id[name] for name in set(mains.values())]
    coverage = link_coverage(chosen, analyses, {}, decisions, conditions)
    differences = dict(known.differences(compared_pairs(versions), by_id)())
    known.save()
    return versions, coverage, differences


def light(article: Article) -> Analysis:
    """An analysis of which only the words are known."""
    tokens = sorted(
        {
            int(blake2b(word.encode(), digest_size=4).hexdigest(), 16)
            for word in words(body_text(article))
        }
    )
    keys = np.array(tokens, dtype="<u4")
    weights = np.full(keys.size, 1 / np.sqrt(max(1, keys.size)), dtype="<f4")
    packed = keys.tobytes() + weights.tobytes()
    return Analysis(
        article=article.id,
        sentences=(),
        quotations=(),
        figures=(),
        fingerprint=fingerprint(article),
        terms=packed,
        names=packed,
    )


def shifted(article: Article, years: int) -> Article:
    iso = f"{int(article.date.iso[:4]) + years}{article.date.iso[4:]}"
    return replace(article, id=ArticleId(f"{iso}{article.id[10:]}"), date=ArticleDate(iso=iso))


#: Parts of the memory whose values are lists.
TUPLES = ("groups", "utterances", "quotations")


def planted(count: int, seed: int, years: int = 0) -> list[Article]:
    return [shifted(item.article, years) for item in synthetic_articles(count, seed)]


def undated(article: Article) -> Article:
    return replace(article, date=ArticleDate(iso="unknown"))


POOL = [undated(item) if number % 5 == 0 else item for number, item in enumerate(planted(160, 3))]


def changes(rng: random.Random) -> Iterator[list[Article]]:
    """The archive after each of some changes: articles gone, come, edited."""
    here = {item.id: item for item in rng.sample(POOL, 110)}
    for _ in range(3):
        yield list(here.values())
        for name in rng.sample(sorted(here), 4):
            del here[name]
        here |= {item.id: item for item in rng.sample(POOL, 8)}
        for name in rng.sample(sorted(here), 3):
            blocks = here[name].blocks
            here[name] = replace(here[name], blocks=(*blocks[1:], *blocks[:1]), title="Another")
    yield list(here.values())


def decision(kind: DecisionKind, articles: Sequence[Article], line: int) -> Decision:
    return Decision(
        kind=kind,
        articles=tuple(item.id for item in articles),
        who="an editor",
        when=ArticleDate(iso="2024-01-01"),
        why="seen",
        path="decisions/all.yml",
        line=line,
    )


@pytest.mark.parametrize("seed", [1, 2])
def test_a_build_after_changes_links_as_one_from_nothing(seed: int) -> None:
    rng = random.Random(seed)
    with Cache(None) as cache:
        for articles in changes(rng):
            analyses = {item.id: light(item) for item in articles}
            kinds = (
                DecisionKind.SAME_STORY,
                DecisionKind.NOT_SAME_STORY,
                DecisionKind.SAME_VERSION,
            )
            decisions = [
                decision(kind, rng.sample(articles, 2), line)
                for line, kind in enumerate(kinds)
                if rng.random() < 0.6
            ]
            assert link(articles, analyses, decisions, cache) == link(articles, analyses, decisions)


def test_another_window_is_not_answered_from_memory() -> None:
    articles = POOL[:80]
    analyses = {item.id: light(item) for item in articles}
    with Cache(None) as cache:
        narrow = link(articles, analyses, cache=cache, window=0)
        assert link(articles, analyses, cache=cache, window=3) == link(articles, analyses, window=3)
        assert link(articles, analyses, cache=cache, window=0) == narrow


QUOTES = (
    "The Varda river burst its banks at Kelmora. “We have never seen such water in Kelmora,” Mayor Irena Holub said.",
    "Residents of Kelmora were evacuated. “We have never seen water like this in Kelmora,” said the mayor, Irena Holub.",
    "The council of Kelmora met. “We have never seen such water in Kelmora,” Irena Holub repeated in June.",
    "Bus drivers in Ostrand walked out over pay. “Nobody here can live on that any longer,” their union said.",
)


def quoting(letters: str = "abcd") -> list[Article]:
    return [
        make_article(
            text,
            id=ArticleId(f"{name}-post"),
            title=text.split(".")[0],
            date=ArticleDate(iso=f"2024-0{month}-05"),
        )
        for name, month, text in zip(letters, (3, 3, 6, 3), QUOTES, strict=True)
    ]


def test_quotations_after_changes_are_those_from_nothing() -> None:
    items = quoting()
    analyses = {item.id: analyse(item, load_encoder("builtin")) for item in items}
    ruling = decision(DecisionKind.NOT_SAME_QUOTATION, (), 9)
    said = "We have never seen such water in Kelmora"
    ruling = replace(
        ruling,
        quotations=tuple(
            QuotationReference(article=item.id, text=said) for item in (items[0], items[2])
        ),
    )
    found = []
    with Cache(None) as cache:
        for places, decisions in (
            ((0, 3), ()),
            ((0, 1, 3), ()),
            ((0, 1, 2, 3), ()),
            ((0, 1, 2, 3), (ruling,)),
            ((1, 2), ()),
        ):
            some = [items[place] for place in places]
            now = link(some, analyses, decisions, cache)
            assert now == link(some, analyses, decisions)
            found.append([len(group.members) for group in now[1].quotation_groups])
    assert found[1:3] == [[2], [3]]
    assert found[3] != [3]


def looked_at(count: int, times: int) -> int:
    """How many articles are looked at after one was added, in an archive of so many times two years."""
    articles = [item for part in range(times) for item in planted(count, 5 + part, 2 * part)]
    analyses = Counting({item.id: light(item) for item in articles})
    new = replace(articles[40], id=ArticleId(f"{articles[40].id}-new"), title="Something else")
    analyses[new.id] = replace(light(new), article=new.id)
    with Cache(None) as cache:
        link(articles, analyses, (), cache)
        analyses.seen.clear()
        link([*articles, new], analyses, (), cache)
    return len(analyses.seen)


def test_a_difference_that_cannot_be_read_any_more_is_found_again() -> None:
    text = "One plain sentence of the day. Another that stays as it was.\n\nAnd a last one."
    old = make_article(text, id="a1")
    new = make_article(text.replace("plain", "short"), id="a2")
    analyses = {item.id: analyse(item) for item in (old, new)}
    with Cache(None) as cache:
        before = link([old, new], analyses, (), cache)
        assert before[2]
        stage = "linking differences"
        cache.put(stage, dict.fromkeys(cache.keys(stage), b"\xc1 damaged"))
        assert link([old, new], analyses, (), cache) == before


@pytest.mark.parametrize("values", ["another archive's", "empty", "cut", "of one's own"])
def test_what_cannot_be_of_this_archive_is_found_again(values: str) -> None:
    """Whatever bears the right seal, has the right form and is of something else."""
    encoder = load_encoder("builtin")

    def archive(
        letters: str, seed: int, years: int
    ) -> tuple[list[Article], Mapping[ArticleId, Analysis]]:
        quoted, others = quoting(letters), planted(40, seed, years)
        known = {item.id: analyse(item, encoder) for item in quoted}
        return [*quoted, *others], known | {item.id: light(item) for item in others}

    articles, analyses = archive("abcd", 3, 0)
    with Cache(None) as cache, Cache(None) as other:
        before = link(articles, analyses, (), cache)
        assert before[1].quotation_groups
        link(*archive("wxyz", 4, 1), (), other)
        for name in KINDS:
            stage = f"linking {name}"
            own = cache.get_all(stage)
            assert own or name == "verdicts"
            foreign = [*other.get_all(stage).values()] or [b"\x80"]
            some = {
                "another archive's": foreign * len(own),
                "empty": [b"\x90" if name in TUPLES else b"\x80"] * len(own),
                "cut": [
                    msgspec.msgpack.encode(harmed(msgspec.msgpack.decode(data)))
                    for data in own.values()
                ],
                "of one's own": [*own.values()][::-1],
            }[values]
            cache.put(stage, dict(zip(own, some, strict=False)))
        found = link(articles, analyses, (), cache)
        # That somebody found less cannot be told from what is kept; that it is of others can.
        assert values in ("empty", "cut") or found == before


def harmed(value: Any) -> Any:
    """A value of which a column of numbers lacks its end."""
    if isinstance(value, dict):
        return {key: item[:-1] if isinstance(item, bytes) else item for key, item in value.items()}
    return value[:-1]


@pytest.mark.parametrize("count", [200, pytest.param(1_000, marks=pytest.mark.slow)])
def test_one_more_article_looks_at_as_many_in_an_archive_four_times_as_large(count: int) -> None:
    small, large = looked_at(count, 1), looked_at(count, 4)
    assert small == large
    assert 1 <= small < count / 4


def alone(number: int, vector: np.ndarray, day: int | None = None) -> Evidence:
    """An article with a vector and nothing else."""
    return Evidence(
        id=ArticleId(f"a{number:05}"),
        language=f"l{number % 3}",
        script=number % 3,
        day=day,
        terms=NOTHING,
        names=NOTHING,
        vector=vector,
    )


def scattered(count: int, rng: np.random.Generator) -> np.ndarray:
    rows = rng.standard_normal((count, 256)).astype(np.float16).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def test_articles_without_a_date_do_not_meet_all_others() -> None:
    rows = scattered(1_200, np.random.default_rng(1))
    table = columns(alone(number, row) for number, row in enumerate(rows))
    codes, owners = band_codes(table, np.arange(1_200))
    met = sum(left.size for left, _ in meetings(codes, owners, np.zeros_like(owners)))
    assert met < 0.02 * 1_200 * 1_199 / 2
    left, _ = nearby(table, Reach(window=7), np.ones(1_200, dtype=bool))
    assert left.size < 20


def test_an_article_without_a_date_meets_what_means_the_same() -> None:
    rng = np.random.default_rng(2)
    rows = scattered(200, rng)
    twins = rows + 0.5 * scattered(200, rng)
    twins /= np.linalg.norm(twins, axis=1, keepdims=True)
    both = np.stack([rows, twins], axis=1).reshape(400, 256)
    table = columns(alone(number, row) for number, row in enumerate(both))
    left, right = nearby(table, Reach(window=7), np.ones(400, dtype=bool))
    met = set(zip(left.tolist(), right.tolist(), strict=True))
    assert sum((2 * pair, 2 * pair + 1) in met for pair in range(200)) >= 195


def test_what_is_tied_does_not_depend_on_what_it_is_compared_with() -> None:
    rng = np.random.default_rng(3)
    rows = scattered(300, rng)
    rows[1::2] = rows[::2] * 0.8 + 0.6 * rows[1::2]
    items = [alone(number, row, day=int(number // 20)) for number, row in enumerate(rows)]
    reach = Reach(window=7)
    whole = ties(columns(items), reach)
    found: dict[tuple[int, int], float] = {}
    for number in range(0, 300, 7):
        fresh = np.zeros(300, dtype=bool)
        fresh[number] = True
        one = ties(columns(items), reach, fresh)
        found |= {
            (left, right): odds
            for left, right, odds in zip(one.left, one.right, one.odds, strict=True)
        }
    every = {
        (left, right): odds
        for left, right, odds in zip(whole.left, whole.right, whole.odds, strict=True)
        if left % 7 == 0 or right % 7 == 0
    }
    assert found == every
    assert every
