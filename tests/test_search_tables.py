"""Asking only the shards that may have a word finds what asking all of them finds."""

import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.model import SearchRecord
from generator.settings import Settings
from tests.browser import Browser, Served, open_browser, serve
from tests.search_corpus import world_news
from tests.search_site import write_search_site
from tests.test_search_languages import INFLECTED, draw_phrase, draw_word

pytestmark = pytest.mark.slow

LANGUAGES = {"en", "es", "th", "ar", "fr", "hi", "zh", "ru", "id"}
MOST = 8

FIND = """
const page = await variorumSearch;
const { Federation, Search } = await import(new URL("../assets/search/federation.js", location.href));
const base = new URL("../search/index/", location.href).href;
const [lean, full] = [await Federation.open(base), await Federation.open(base)];
full.tables.clear();
const filters = { language: [], source: [], kind: [], from: "", to: "" };
const ask = async (federation, text) => {
  const options = { text, interfaceLanguage: "en", sort: "relevance", filters };
  const search = new Search(federation, federation.parse(text), options, () => {});
  search.limit = Infinity;
  await search.run();
  const known = search.partCounts.map((count) => count > 0);
  return { hits: search.ranked().map((hit) => `${hit.shard.path} ${hit.number}`), known, failed: search.failed.length };
};
const opened = (federation) => federation.shards.filter((shard) => shard.opened).length;
const found = [];
for (const query of given[0]) found.push([query, await ask(lean, query), await ask(full, query)]);
const fresh = await Federation.open(base);
await ask(fresh, "qqqzzzxxx");
return { found, opened: opened(fresh), shards: fresh.shards.length, tables: lean.tables.size };
"""


@pytest.fixture(scope="module")
def records(shared_data: Path) -> list[SearchRecord]:
    taken: Counter[str] = Counter()
    kept = []
    for item in world_news(shared_data / "corpora" / "world-news"):
        taken[item.language] += item.language in LANGUAGES
        if item.language in LANGUAGES and taken[item.language] <= MOST:
            kept.append(item)
    return kept


@pytest.fixture(scope="module")
def served(
    records: list[SearchRecord], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("tables")
    write_search_site(folder, records, settings=Settings(shard_size=2), pages=False)
    with serve(folder) as found:
        yield found


@pytest.fixture(scope="module")
def answers(
    records: list[SearchRecord], served: Served, chromium: tuple[str, str]
) -> Iterator[dict[str, Any]]:
    chance = random.Random(20261122)
    queries = [query for _, query in INFLECTED.values()]
    for item in records:
        word = draw_word(item.content, chance)
        queries += [word, word[:3], word[: chance.randint(1, len(word))]]
    phrases = [f'"{draw_phrase(item.content, chance)}"' for item in chance.sample(records, 10)]
    queries += [*phrases, "qqqzzz", "president qqqzzz", "a", "19", "covid-19", "don't"]
    with open_browser(chromium) as browser:
        yield ask(browser, served, queries)


def ask(browser: Browser, served: Served, queries: list[str]) -> dict[str, Any]:
    browser.open(served.url + "search/")
    found: dict[str, Any] = browser.call(FIND, queries, seconds=240)
    assert served.missing() == []
    assert browser.console() == []
    return found


def test_the_same_texts_are_found_and_the_same_words_known(answers: dict[str, Any]) -> None:
    assert answers["tables"] >= 8
    assert len(answers["found"]) > 150
    assert not [query for query, *both in answers["found"] if any(one["failed"] for one in both)]
    other = [query for query, lean, full in answers["found"] if lean["hits"] != full["hits"]]
    assert other == []


def test_a_word_that_no_text_has_opens_one_shard(answers: dict[str, Any]) -> None:
    assert answers["shards"] > 25
    assert answers["opened"] == 1


def test_a_word_that_some_text_has_is_never_said_to_be_in_none(answers: dict[str, Any]) -> None:
    wrong = [
        query
        for query, lean, full in answers["found"]
        if any(all_ and not some for some, all_ in zip(lean["known"], full["known"], strict=True))
    ]
    assert wrong == []
