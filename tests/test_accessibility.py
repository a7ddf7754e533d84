"""The pages of the demonstration archive, as axe, a keyboard and a reader of another language find them."""

from collections.abc import Iterator
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser import Browser, Served, open_browser, serve
from tests.conftest import missing
from tests.sites import ROOT, Built

pytestmark = pytest.mark.slow

#: Colours that are on their way from one scheme to another have been there.
SETTLED = "await Promise.all(document.getAnimations().map((one) => one.finished)); return true"

AXE = ROOT / "tests" / "node" / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def reader(demo: Built, chromium: tuple[str, str]) -> Iterator[tuple[Browser, Served]]:
    with serve(demo.site, prefix="/archive/") as served, open_browser(chromium) as browser:
        yield browser, served


def article_in(demo: Built, ui: str, having: str = "") -> str:
    """The address of an article whose interface is in a language, and that has some markup."""
    for path in sorted((demo.site / "articles").glob("*/index.html")):
        text = path.read_text(encoding="utf-8")
        if f"<html lang={ui} " in text and "class=article>" in text and having in text:
            return f"articles/{path.parent.name}/"
    raise AssertionError(f"no article in {ui}")


def first_below(demo: Built, folder: str) -> list[str]:
    """The address of the first page of a kind, if there is one."""
    found = sorted((demo.site / folder).glob("*/index.html"))
    whole = [page for page in found if "<main" in page.read_text(encoding="utf-8")]
    return [f"{folder}/{page.parent.name}/" for page in whole[:1]]


def pages(demo: Built) -> list[str]:
    return [
        *("", "ar/", "ja/about/", "stories/", "sources/", "languages/ru/", "dates/", "data/"),
        *(article_in(demo, ui) for ui in ("en", "he", "ja")),
        *first_below(demo, "sources"),
        *first_below(demo, "entities"),
        *first_below(demo, "stories"),
        *first_below(demo, "quotations"),
        "404.html",
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    reader: tuple[Browser, Served], demo: Built, scheme: str
) -> None:
    if not AXE.is_file():
        missing("axe-core (npm ci in tests/node)")
    browser, served = reader
    found = {}
    for page in pages(demo)[:: 1 if scheme == "light" else 3]:
        browser.open(f"{served.url}{page}")
        browser.run("document.documentElement.dataset.scheme = arguments[0]", scheme)
        browser.call(SETTLED)
        browser.run(AXE.read_text(encoding="utf-8"))
        result: dict[str, Any] = browser.call("return await axe.run()")
        found[page] = [
            (fault["id"], [node["html"][:200] for node in fault["nodes"]][:3])
            for fault in result["violations"]
            if fault["impact"] in ("serious", "critical") or fault["id"] == "heading-order"
        ]
    assert {page: faults for page, faults in found.items() if faults} == {}


def test_a_chosen_language_follows_the_reader(reader: tuple[Browser, Served], demo: Built) -> None:
    browser, served = reader
    browser.open(f"{served.url}{article_in(demo, 'en')}")
    browser.run("document.querySelector('a.v-ui').click()")
    choice = "document.querySelector('.v-ui a[lang=ar]')"
    browser.wait(lambda: browser.run(f"return Boolean({choice})"))
    browser.run(f"{choice}.click()")
    header = "document.querySelector('body > header')"
    browser.wait(lambda: browser.run(f"return {header}.dir") == "rtl")
    assert browser.run("return document.querySelector('main').closest('[dir]').dir") == "ltr"
    browser.open(f"{served.url}{article_in(demo, 'ja')}")
    browser.wait(lambda: browser.run(f"return {header}.lang") == "ar")
    stories = browser.run(f"return {header}.querySelector('nav a').href")
    assert stories == f"{served.url}ar/stories/"
    browser.run("localStorage.clear()")


def test_the_buttons_of_the_header_stay_in_one_row_on_the_narrowest_screen(
    reader: tuple[Browser, Served],
) -> None:
    browser, served = reader
    browser.size(305)  # of 320, a bar to scroll with has 15
    rows = {}
    for language in ("", "de/", "fr/", "ru/", "uk/", "ar/", "he/", "zh/"):
        browser.open(f"{served.url}{language}")
        browser.wait_for(".v-scheme")
        middles = "[...document.querySelectorAll('body > header > :not(nav, form)')].map((one) => one.getBoundingClientRect())"
        tops = browser.run(
            f"return {middles}.filter(({{ width }}) => width).map(({{ top, bottom }}) => (top + bottom) / 2)"
        )
        rows[language] = {round(top / 20) for top in tops}
    browser.size(1280)
    assert {language for language, found in rows.items() if len(found) > 1} == set()


def test_the_tab_key_goes_through_the_rows_of_the_header_as_they_are_seen(
    reader: tuple[Browser, Served],
) -> None:
    browser, served = reader
    browser.size(360)
    browser.open(f"{served.url}about/")
    browser.wait_for("body > header button")
    keys, tops = browser.driver.switch_to, []
    for _ in range(11):
        keys.active_element.send_keys(Keys.TAB)
        inside = "document.activeElement.closest('body > header')"
        middle = "(({ top, bottom }) => (top + bottom) / 2)"
        where = f"{middle}(document.activeElement.getBoundingClientRect())"
        tops.append(browser.run(f"return {inside} && {where}"))
    rows = [round(top / 20) for top in tops if top is not None]
    browser.size(1280)
    assert len(rows) > 8
    assert rows == sorted(rows)


def test_the_signs_at_paragraphs_and_quotations_have_names(
    reader: tuple[Browser, Served], demo: Built
) -> None:
    browser, served = reader
    browser.open(f"{served.url}{article_in(demo, 'en', having='<button class=q')}")
    browser.wait_for("a.p[aria-label]")
    sign, mark = (browser.driver.find_element("css selector", item) for item in ("a.p", "button.q"))
    assert sign.accessible_name == "Link to paragraph 1"
    assert "statement" in mark.accessible_name
    browser.open(f"{served.url}{article_in(demo, 'ja')}")
    browser.wait_for("a.p[aria-label][lang=ja]")
    assert "段落1" in browser.driver.find_element("css selector", "a.p").accessible_name


def test_a_page_that_is_not_there_leads_on_in_every_language(
    reader: tuple[Browser, Served], demo: Built
) -> None:
    browser, served = reader
    browser.open(f"{served.url}404.html")
    browser.run("localStorage.setItem('variorum.ui', 'ar')")
    browser.open(f"{served.url}404.html")
    languages = browser.run(
        "return [...document.querySelectorAll('section')].map(({ lang }) => lang)"
    )
    browser.run("localStorage.clear()")
    assert languages[:3] == ["ar", "en", "de"]
    assert len(languages) == 11
    page = (demo.site / "404.html").read_text(encoding="utf-8")
    for way in ("search", "stories", "ar/dates"):
        assert f"<a href=/{way}/>" in page
        assert demo.page(way)


def test_a_light_page_can_be_made_dark_and_stays_so(
    reader: tuple[Browser, Served], demo: Built
) -> None:
    browser, served = reader
    browser.open(served.url)
    browser.run("document.querySelector('.v-scheme').click()")
    chosen = browser.run("return document.documentElement.dataset.scheme")
    browser.open(f"{served.url}{article_in(demo, 'en')}")
    assert browser.run("return document.documentElement.dataset.scheme") == chosen
    browser.run("localStorage.clear()")


def test_a_paragraph_that_is_gone_is_said_to_be(
    reader: tuple[Browser, Served], demo: Built
) -> None:
    browser, served = reader
    browser.open(f"{served.url}{article_in(demo, 'en')}#p-000000")
    browser.wait(lambda: browser.run("return !!document.querySelector('[role=status]')"))
    assert "changed" in browser.run("return document.querySelector('[role=status]').innerText")
