"""What a reader meets in a real browser: the way through the archive, without noise, at any width."""

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yaml
from selenium.webdriver.common.keys import Keys

from tests.browser import Browser, Served, open_browser, serve
from tests.search_texts import check_texts
from tests.sites import ROOT, Built

pytestmark = pytest.mark.slow

ARTEFACTS = Path(os.environ.get("VARIORUM_TEST_ARTEFACTS", ROOT / "test-artefacts"))
EXPECTED: dict[str, Any] = yaml.safe_load(
    (ROOT / "tests" / "demo_expectations.yml").read_text(encoding="utf-8")
)
AFLOAT = EXPECTED["version_groups"][0]["main"]


@pytest.fixture(scope="module")
def reader(demo: Built, chromium: tuple[str, str]) -> Iterator[tuple[Browser, Served]]:
    with serve(demo.site, prefix="/archive/") as served, open_browser(chromium) as browser:
        yield browser, served


def article_in(language: str, demo: Built) -> str:
    """The first article of a story of several, in a language."""
    for story in EXPECTED["stories"]:
        for member in story["members"]:
            page = demo.site / "articles" / member / "index.html"
            if page.exists() and f'"inLanguage":"{language}"' in page.read_text(encoding="utf-8"):
                return str(member)
    raise AssertionError(f"no article in {language}")


def check(browser: Browser, served: Served, name: str) -> None:
    """No console message, no request to others, nothing missing, no sideways scroll; keep a picture."""
    assert browser.console() == []
    assert served.missing() == []
    requested = browser.run(
        "return performance.getEntriesByType('resource').map(entry => entry.name)"
    )
    assert [url for url in requested if not url.startswith(served.url)] == []
    ARTEFACTS.mkdir(parents=True, exist_ok=True)
    for width in (1280, 320):
        browser.size(width)
        overflow = browser.run(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        browser.driver.save_screenshot(str(ARTEFACTS / f"{name}-{width}.png"))
        assert overflow <= 0, f"{name} scrolls sideways at {width} px"
    browser.size(1280)


@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_the_way_from_home_to_search(
    reader: tuple[Browser, Served], demo: Built, language: str
) -> None:
    browser, served = reader
    member = article_in(language, demo)
    ui = "" if language == "en" else f"{language}/"
    browser.open(f"{served.url}{ui}")
    check(browser, served, f"home-{language}")
    browser.open(f"{served.url}articles/{member}/")
    assert browser.run("return document.querySelector('main article h1').innerText") != ""
    check(browser, served, f"article-{language}")
    story = browser.run("return document.querySelector('main a[href*=\"stories/\"]')?.href")
    assert story
    browser.open(story)
    check(browser, served, f"story-{language}")
    browser.open(f"{served.url}articles/{member}/")
    entity = browser.run("return document.querySelector('main p a[href*=\"entities/\"]')?.href")
    assert entity
    browser.open(entity)
    check(browser, served, f"entity-{language}")
    browser.open(f"{served.url}{ui}search/")
    check(browser, served, f"search-{language}")


def test_versions_and_their_differences(reader: tuple[Browser, Served]) -> None:
    browser, served = reader
    browser.open(f"{served.url}articles/{AFLOAT}/")
    browser.run("document.querySelector('a[href$=\"versions/\"]').click()")
    browser.wait(lambda: str(browser.driver.current_url).endswith(f"{AFLOAT}/versions/"))
    check(browser, served, "versions")
    pair = browser.run(
        "return document.querySelector(`main a[href*='versions/'], main a[href$='-3/']`)?.href"
    )
    assert pair
    browser.open(pair)
    check(browser, served, "difference")


def test_dark_pages_are_dark(reader: tuple[Browser, Served], demo: Built) -> None:
    browser, served = reader
    browser.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia",
        {"features": [{"name": "prefers-color-scheme", "value": "dark"}]},
    )
    browser.open(f"{served.url}articles/{article_in('ar', demo)}/")
    color = browser.run("return getComputedStyle(document.body).backgroundColor")
    browser.driver.save_screenshot(str(ARTEFACTS / "article-dark-ar.png"))
    browser.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    red, green, blue = (
        int(part) for part in color.removeprefix("rgb(").removesuffix(")").split(",")[:3]
    )
    assert max(red, green, blue) < 64


def test_what_the_search_page_needs_comes_while_the_query_is_written(
    reader: tuple[Browser, Served],
) -> None:
    browser, served = reader
    browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.open(served.url)
    served.requests.clear()
    browser.run("document.querySelector('body > header input').focus()")
    needed = {"search/", "search/search.js", "search/index/manifest.json"}

    def asked() -> bool:
        paths = {path.removeprefix("/archive/") for path, *_ in served.requests}
        return paths >= needed and any(path.endswith("common.pagefind") for path in paths)

    browser.wait(asked)
    assert served.missing() == []


def settle(browser: Browser) -> None:
    """Wait until the search page has everything."""
    browser.wait(
        lambda: browser.call(
            "if (!window.variorumSearch) return false; const page = await variorumSearch;"
            "return page.settled === page.run && !page.filling && document.readyState === 'complete'"
        )
    )


def test_a_query_from_the_header_is_followed_by_arrow_keys(reader: tuple[Browser, Served]) -> None:
    browser, served = reader
    browser.open(f"{served.url}articles/{AFLOAT}/")
    browser.run("return document.querySelector('body > header input')").send_keys(
        "canal", Keys.ENTER
    )
    browser.wait_for(".vs-hit")
    settle(browser)
    first = "return document.activeElement === document.querySelector('.vs-hit h2 a')"
    browser.run("return document.activeElement").send_keys(Keys.ARROW_DOWN)
    assert browser.run(first)
    box = browser.run("return document.querySelector('body > header input')")
    box.send_keys(Keys.ARROW_DOWN)
    assert browser.run(first), "the header's box is on the search page, too"


def test_results_show_the_words_of_the_index(reader: tuple[Browser, Served], demo: Built) -> None:
    check_texts(demo, *reader)


def test_every_example_of_the_page_on_searching_finds_something(
    reader: tuple[Browser, Served],
) -> None:
    browser, served = reader
    table = (ROOT / "docs" / "searching.md").read_text(encoding="utf-8").split("|---|---|\n")[1]
    rows = [line.split("|")[1] for line in table.split("\n\n")[0].splitlines()]
    assert len(rows) == 8
    for row in rows:
        found = []
        for query in re.findall("`([^`]+)`", row):
            browser.open(f"{served.url}search/?q={quote(query)}")
            settle(browser)
            hits = browser.run(
                "return [...document.querySelectorAll('.vs-hit')].map(hit => hit.dataset.id)"
            )
            assert hits, query
            found.append((set(hits), browser.text(".vs-also") != ""))
        if any(named for _, named in found):
            assert all(one == found[0] for one in found), f"{row}: the same texts"


def test_without_javascript_everything_but_search_is_there(
    demo: Built, chromium: tuple[str, str]
) -> None:
    with (
        serve(demo.site, prefix="/archive/") as served,
        open_browser(chromium, "--blink-settings=scriptEnabled=false") as browser,
    ):
        for path in (
            "",
            f"articles/{AFLOAT}/",
            f"articles/{AFLOAT}/versions/",
            "search/",
            "dates/",
            "entities/",
            "entities/nasa/",
            "quotations/",
            f"stories/{EXPECTED['stories'][0]['members'][0]}/",
        ):
            browser.open(f"{served.url}{path}")
            browser.wait(lambda: "<h1" in browser.driver.page_source)
            ARTEFACTS.mkdir(parents=True, exist_ok=True)
            name = path.strip("/").replace("/", "-") or "home"
            browser.driver.save_screenshot(str(ARTEFACTS / f"noscript-{name[:40]}.png"))
        assert served.missing() == []


def test_the_script_makes_what_is_nothing_without_it(reader: tuple[Browser, Served]) -> None:
    browser, served = reader
    browser.open(f"{served.url}articles/{AFLOAT}/")
    signs = (
        "return [...document.querySelectorAll('main a.p')].map(sign => sign.hash === '#' + sign.id)"
    )
    assert set(browser.run(signs)) == {True}
    forms = "return [...document.querySelectorAll('.cite pre')].map(form => form.textContent)"
    browser.wait(lambda: len(browser.run(forms)) == 3)
    bibtex, ris, csl = browser.run(forms)
    assert bibtex.startswith(f"@article{{{AFLOAT},\n  title = {{")
    assert f"/articles/{AFLOAT}/}},\n}}" in bibtex
    assert ris.startswith("TY  - NEWS\nTI  - ")
    item = json.loads(csl)[0]
    assert (item["id"], item["type"], item["language"]) == (AFLOAT, "article-newspaper", "en")
    assert item["issued"] == {"date-parts": [[2021, 3, 29]]}
    browser.wait(
        lambda: browser.run("return document.querySelector('.v-scheme').ariaLabel") != "v-scheme"
    )


def test_an_edit_stands_on_two_sides_where_there_is_room(reader: tuple[Browser, Served]) -> None:
    browser, served = reader
    group = EXPECTED["version_groups"][1]
    other = next(member for member in group["members"] if member != group["main"])
    browser.open(f"{served.url}articles/{group['main']}/versions/{other}/")
    seen = (
        "return ['both', 'old', 'new'].map(side => "
        "getComputedStyle(document.querySelector(`.diff .edit.sided > .${side}`)).display)"
    )
    assert browser.run(seen) == ["none", "block", "block"]
    browser.size(480)
    assert browser.run(seen) == ["block", "none", "none"]
    browser.size(1280)
    said = "return getComputedStyle(document.querySelector('.diff del'), '::before').content"
    assert browser.run(said) == '"[removed: "'
