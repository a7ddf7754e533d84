"""The check of built HTML finds every kind of dead link, and nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.links import dead_links, resolve, scan_page

FILES = {"index.html", "a/index.html", "a/b/index.html", "style.css", "картина.svg"}


def faults(html: str, *, page: str = "a/index.html", base: str = "/") -> list[str]:
    pages = {page: scan_page(html), "a/b/index.html": scan_page('<h1 id="top">x</h1>')}
    return [str(item) for item in dead_links(pages, FILES, base=base)]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="b/">x</a><a href="../">y</a><a href=".">z</a>',
        '<a href="b/#top">x</a><a href="#here" id="here">y</a><a href="#">z</a><a name="old" href="#old">w</a>',
        '<link href="../style.css"><img src="/style.css">',
        '<a href="https://example.org/none">x</a><a href="mailto:a@b.c">y</a><a href="//other.example/">z</a>',
        "<!-- <a href='none/'> --><script>x = '<a href=\"none/\">'</script>",
        '<img src="../%D0%BA%D0%B0%D1%80%D1%82%D0%B8%D0%BD%D0%B0.svg">',
        '<a href="b/?q=1&amp;r=2#:~:text=word">x</a>',
        '<form action="../"><a data-href="none/" title="href=none/">x</a></form>',
        "<p title='a > b'>x</p>",
    ],
)
def test_what_leads_somewhere_is_no_fault(html: str) -> None:
    assert faults(html) == []


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ('<a href="none/">x</a>', "a/index.html: none/: no such page or file (a/none/index.html)"),
        (
            "<a href='../none.css'>x</a>",
            "a/index.html: ../none.css: no such page or file (none.css)",
        ),
        ("<img src=none.png>", "a/index.html: none.png: no such page or file (a/none.png)"),
        (
            '<script src="none.js"></script>',
            "a/index.html: none.js: no such page or file (a/none.js)",
        ),
        ('<form action="none/">', "a/index.html: none/: no such page or file (a/none/index.html)"),
        ('<a href="b/#none">x</a>', "a/index.html: b/#none: no such place on the page (#none)"),
        ('<a href="#none">x</a>', "a/index.html: #none: no such place on the page (#none)"),
        ('<a href="../../out/">x</a>', "a/index.html: ../../out/: leads out of the site"),
        (
            '<a title="a > b" href="none/">x</a>',
            "a/index.html: none/: no such page or file (a/none/index.html)",
        ),
    ],
)
def test_a_dead_link_is_named_with_page_and_target(html: str, fault: str) -> None:
    assert faults(html) == [fault]


def test_an_absolute_link_must_begin_with_the_sites_path() -> None:
    assert faults('<a href="/repo/a/b/">x</a>', base="/repo/") == []
    assert faults('<a href="/a/b/">x</a>', base="/repo/") == [
        "a/index.html: /a/b/: leads out of the site"
    ]


@given(st.text(), st.text())
def test_no_page_and_no_path_breaks_the_check(html: str, path: str) -> None:
    scan_page(html)
    found = resolve("a/index.html", path, "/")
    assert found is None or not found.startswith(("/", "../"))
