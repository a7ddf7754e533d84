from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from generator.analysis.analyse import analyse_many
from generator.analysis.encoder import load_encoder
from generator.model import Article, ArticleId
from generator.pipeline import tables
from generator.pipeline.archive import Means, analyse
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.edition import edition
from generator.pipeline.progress import Progress
from generator.pipeline.tables import Counts, Stage, run_stage
from generator.record import record, replace
from generator.settings import Settings
from tests.builders import make_article


@record
class Length:
    """A result for the tests."""

    article: ArticleId
    letters: int


def lengths(articles: Sequence[Article]) -> list[Length]:
    return [Length(article=item.id, letters=len(item.title)) for item in articles]


def itself(article: Article) -> Article:
    return article


STAGE = Stage(name="length", version="1", task=itself, make=lengths, kinds=(Article, Length))


class AtOnce(Executor):
    """Does the work when it is given, and counts the batches."""

    batches = 0

    def submit(self, function: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        self.batches += 1
        future: Future[Any] = Future()
        future.set_result(function(*given, **named))
        return future


def some_articles(count: int) -> list[Article]:
    return [make_article("Text.", title="t" * n, id=f"a{n:03}") for n in range(count)]


def run(
    articles: Sequence[Article],
    cache: Cache,
    executor: Executor | None = None,
    stage: Stage[Article, Length] = STAGE,
) -> tuple[Mapping[ArticleId, Length], Counts]:
    read = edition({item.id: item for item in articles}, {item.id: item.title for item in articles})
    return run_stage(stage, read, cache, (executor, lambda _done, _total: None))


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path) as opened:
        yield opened


def test_results_come_in_the_order_of_the_articles_and_are_kept(cache: Cache) -> None:
    articles = some_articles(200)
    run(articles[::3], cache)
    results, counts = run(articles, cache)
    assert list(results) == [article.id for article in articles]
    assert [result.letters for result in results.values()] == list(range(200))
    assert counts == Counts(made=133, kept=67)
    assert run(articles, cache) == (results, Counts(made=0, kept=200))


def test_what_belongs_to_no_article_is_forgotten_in_time(cache: Cache) -> None:
    articles = some_articles(300)
    run(articles, cache)
    run(articles[:200], cache)
    assert cache.count("length") == 300
    assert run(articles, cache)[1] == Counts(made=0, kept=300)
    run(articles[:100], cache)
    assert cache.count("length") == 100
    assert run(articles, cache)[1] == Counts(made=200, kept=100)


def test_few_articles_start_no_process(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = some_articles(tables.FEW)
    executor = AtOnce()
    few, _ = run(articles, cache, executor)
    assert executor.batches == 0
    monkeypatch.setattr(tables, "FEW", 10)
    with Cache(None) as empty:
        many, _ = run(articles, empty, executor)
    assert executor.batches == len(articles) / tables.BATCH
    assert many == few


def test_articles_with_the_same_bytes_have_results_of_their_own(cache: Cache) -> None:
    one, other = (make_article("Text.", title="Same", id=name) for name in ("one", "other"))
    results, _ = run([one, other], cache)
    assert results[other.id].article == "other"
    assert run([other], cache)[0][other.id].article == "other"


def test_a_kept_result_that_cannot_be_read_is_made_anew(cache: Cache) -> None:
    articles = some_articles(3)
    results, _ = run(articles, cache)
    key = cache_key(STAGE.version, articles[1].id, articles[1].title)
    cache.put(STAGE.name, {key: b"\xc1 damaged"})
    again, counts = run(articles, cache)
    assert (dict(again), counts) == (dict(results), Counts(made=0, kept=3))
    assert b"damaged" not in cache.get(STAGE.name, [key])[key]


def test_results_read_ahead_are_read_in_one_go(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = some_articles(5)
    made = dict(run(articles, cache)[0])
    again, _ = run(articles, cache)
    asked: list[str] = []

    def get(stage: str, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        asked.append(stage)
        return Cache.get(cache, stage, keys)

    monkeypatch.setattr(cache, "get", get)
    assert isinstance(again, tables.Results)
    again.ahead([*(item.id for item in articles), ArticleId("unknown")])
    assert dict(again) == made
    assert asked == [STAGE.name]


def test_only_so_many_results_are_held(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "HELD", 10)
    articles = some_articles(100)
    results, counts = run(articles, cache)
    first = results[articles[0].id]
    assert results[articles[0].id] is first
    for item in articles:
        assert results[item.id] is results[item.id]
    assert results[articles[0].id] is not first
    assert counts.made == 100
    assert [results[item.id].letters for item in articles] == list(range(100))


def test_results_that_cannot_be_kept_are_held(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk must not let every result be made anew whenever it is asked for."""
    calls: list[int] = []

    def counted(articles: Sequence[Article]) -> list[Length]:
        calls.append(len(articles))
        return lengths(articles)

    monkeypatch.setattr(tables, "HELD", 10)
    monkeypatch.setattr(cache, "put", lambda *_: False)
    articles = some_articles(100)
    results, _ = run(articles, cache, stage=replace(STAGE, make=counted))
    for _ in range(2):
        assert [results[item.id].letters for item in articles] == list(range(100))
    assert sum(calls) == 100


@pytest.mark.parametrize(
    ("encoder", "steps"),
    [("tests.test_encoder:make_letters", ["analyse", "meaning"]), ("none", ["analyse"])],
)
def test_meaning_is_a_step_of_its_own_and_gives_what_analysing_alone_gives(
    encoder: str, steps: list[str], cache: Cache
) -> None:
    articles = [
        make_article(f"“A bad cab faced decade {n},” Ada Beech said.", id=f"a{n}") for n in range(3)
    ]
    read = edition({item.id: item for item in articles}, {item.id: item.id for item in articles})
    progress = Progress(quiet=True)
    means = Means(
        settings=Settings(encoder=encoder), cache=cache, executor=None, jobs=1, progress=progress
    )
    expected = analyse_many(articles, load_encoder(encoder))
    for _ in range(2):
        assert tuple(analyse(read, means).values()) == expected
    assert [item["step"] for item in progress.timings()] == steps * 2
    assert [item["kept"] for item in progress.timings()] == [0] * len(steps) + [3] * len(steps)
