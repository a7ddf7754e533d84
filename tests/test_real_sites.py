"""Archives of real articles: the five texts that the project began with, and news in many languages."""

import re

import pytest

from generator.model import ArticleId
from tests.browser import open_browser, serve
from tests.search_texts import check_texts
from tests.sites import Built

pytestmark = pytest.mark.slow

Real = tuple[Built, dict[str, ArticleId]]


def plain(page: str) -> str:
    """A page's words."""
    main = page.split("<main", 1)[1].split("</main>", 1)[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def test_three_captures_are_versions_of_one_article(seeds: Real) -> None:
    built, ids = seeds
    page = built.page(f"articles/{ids['000']}/versions/")
    words = plain(page)
    assert "All 3 versions carry the same text" in words
    assert "same text; 1 link differs" in words
    assert "same text, other capture" in words
    assert re.search(r"\d+ lines of page furniture differ", words)


def test_the_differing_link_is_told(seeds: Real) -> None:
    built, ids = seeds
    words = plain(built.page(f"articles/{ids['000']}/versions/{ids['001']}/"))
    assert "/2024/04/27/" in words
    assert "/2025/10/28/" in words


def test_what_was_removed_from_the_capture_is_shown(seeds: Real) -> None:
    built, ids = seeds
    page = built.page(f"articles/{ids['002']}/")
    assert "removed from the capture" in page


def test_three_outlets_are_one_story(seeds: Real) -> None:
    built, _ = seeds
    stories = [
        path
        for path in (built.site / "stories").glob("*/index.html")
        if "<main" in path.read_text("utf-8")
    ]
    assert len(stories) == 1
    page = stories[0].read_text("utf-8")
    words = plain(page)
    for outlet in ("The Moscow Times", "New York Post", "TASS"):
        assert outlet in words
    assert re.search(r"100,000 (troops|forces)", words)


def test_the_statement_is_grouped_over_all_outlets(seeds: Real) -> None:
    built, _ = seeds
    found = [
        plain(path.read_text("utf-8"))
        for path in (built.site / "quotations").glob("*/index.html")
        if "<main" in path.read_text("utf-8")
    ]
    depends = [words for words in found if "If it depends on" in words]
    assert any(
        all(name in words for name in ("Moscow Times", "New York Post", "TASS"))
        for words in depends
    )


def test_articles_in_many_languages_build(world_news: Real) -> None:
    built, ids = world_news
    assert built.report.warnings == ()
    assert built.report.articles == len(ids) == 233
    assert built.report.languages >= 28
    for name, language in (("thaigov-73564.th.md", "th"), ("bitcoincore-notice.ja.md", "ja")):
        page = built.page(f"articles/{ids[name]}/")
        assert re.search(rf'lang="?{language}\b', page)


def test_an_article_without_a_date_says_so(world_news: Real) -> None:
    built, ids = world_news
    undated = [identifier for identifier in ids.values() if identifier.startswith("undated")]
    assert undated
    assert (built.site / "articles" / undated[0] / "index.html").exists()


def test_stories_cross_languages(world_news: Real) -> None:
    built, ids = world_news
    covid = [
        identifier for name, identifier in ids.items() if name.startswith("tico-covid-one-million")
    ]
    targets = set()
    for identifier in covid:
        page = (built.site / "stories" / identifier / "index.html").read_text("utf-8")
        moved = re.search(r'url=\.\./\.\./stories/([^/"]+)/', page)
        targets.add(moved[1] if moved else identifier if "<main" in page else "")
    assert len(targets) <= 3


def test_search_results_show_the_words_of_the_index(
    seeds: Real, world_news: Real, chromium: tuple[str, str]
) -> None:
    for built, _ in (seeds, world_news):
        with serve(built.site) as served, open_browser(chromium) as browser:
            check_texts(built, browser, served)
