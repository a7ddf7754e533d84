"""What the search page shows while the texts of results are on their way, and when they cannot be had."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, Served, open_browser, serve
from tests.search_corpus import make_record
from tests.search_site import write_search_site
from tests.test_search_page import ids, search, settle

pytestmark = pytest.mark.slow

RECORDS = [
    make_record(
        f"A barge came up the river on day {number}.\nNobody saw barge number {number}.",
        id=f"2024-01-{number:02}-herald-barge",
        title=f"Barge {number}",
        date=f"2024-01-{number:02}",
        sort_date=f"2024-01-{number:02}",
    )
    for number in range(1, 13)
]
LOST = RECORDS[4].id

#: Lets no page of an article through until it is told to.
HOLD = """
const fetchNow = window.fetch;
const open = new Promise((resolve) => { window.letThrough = resolve; });
window.fetch = async (url, ...more) => { if (/articles/.test(url)) await open; return fetchNow(url, ...more); };
"""


@pytest.fixture(scope="module")
def browser(chromium: tuple[str, str]) -> Iterator[Browser]:
    with open_browser(chromium) as browser:
        yield browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("waiting")
    write_search_site(folder, RECORDS)
    return folder


@pytest.fixture
def site(folder: Path) -> Iterator[Served]:
    with serve(folder) as served:
        yield served


@pytest.fixture(scope="module")
def damaged(folder: Path) -> Iterator[Served]:
    """The same without the page of one article."""
    copy = folder.with_name("damaged")
    shutil.copytree(folder, copy)
    shutil.rmtree(copy / "articles" / LOST)
    with serve(copy) as served:
        yield served


def sentences(browser: Browser) -> dict[str, str]:
    found: dict[str, str] = browser.run(
        "return Object.fromEntries([...document.querySelectorAll('.vs-hit')]"
        ".map((hit) => [hit.dataset.id, hit.querySelector('.vs-sentence').textContent]))"
    )
    return found


def ask_and_hold(browser: Browser, site: Served) -> list[str]:
    """Ask for a word while no text can come; gives what stands on the page."""
    search(browser, site, "")
    browser.run(HOLD)
    browser.run("variorumSearch.then((page) => page.go({ q: 'barge' }))")
    browser.wait(lambda: len(ids(browser)) == 10)
    return ids(browser)


def test_headlines_come_first_and_the_sentences_below_them(browser: Browser, site: Served) -> None:
    before = ask_and_hold(browser, site)
    assert set(sentences(browser).values()) == {""}
    browser.run("letThrough()")
    settle(browser)
    assert set(ids(browser)) == set(before)
    assert all("barge" in sentence for sentence in sentences(browser).values())


def test_a_headline_that_was_chosen_stays_where_it_is(browser: Browser, site: Served) -> None:
    before = ask_and_hold(browser, site)
    browser.run("document.querySelectorAll('.vs-hit h2 a')[2].focus()")
    browser.run("letThrough()")
    settle(browser)
    assert ids(browser) == before
    chosen = browser.run("return document.activeElement.closest('.vs-hit').dataset.id")
    assert chosen == before[2]
    assert all(sentences(browser).values())


def test_a_phrase_shows_nothing_before_its_texts(browser: Browser, site: Served) -> None:
    search(browser, site, "")
    browser.run(HOLD)
    browser.run("variorumSearch.then((page) => page.go({ q: '\"barge number\"' }))")
    browser.wait(
        lambda: browser.run("return document.querySelector('.vs-progress').textContent === ''")
    )
    assert ids(browser) == []
    browser.run("letThrough()")
    settle(browser)
    assert len(ids(browser)) == 10


def test_a_result_whose_text_cannot_be_had_keeps_its_headline_and_that_is_said(
    browser: Browser, damaged: Served
) -> None:
    search(browser, damaged, "q=barge&sort=oldest")
    assert ids(browser) == [record.id for record in RECORDS[:10]]
    assert [name for name, sentence in sentences(browser).items() if not sentence] == [LOST]
    assert browser.text(".vs-status") == "12 results"
    assert browser.text(".vs-note").startswith("The text of some results could not be fetched.")


def test_where_a_phrase_cannot_be_looked_for_results_are_counted_as_the_least(
    browser: Browser, damaged: Served
) -> None:
    search(browser, damaged, "q=%22barge+number%22&sort=oldest")
    assert LOST not in ids(browser)
    assert browser.text(".vs-status") == "at least 11 results"
    assert browser.text(".vs-note").startswith("The text of some results could not be fetched.")
    browser.run("document.querySelector('.vs-note button').click()")
    settle(browser)
    assert browser.text(".vs-status") == "at least 11 results"
