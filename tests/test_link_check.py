"""The check of a whole site from facts finds what the check of single pages finds."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from generator.site.link_check import _above, _wanted, all_files, find_dead, page_facts
from generator.site.links import cut_written, read_written, resolve, scan_page
from generator.site.page_table import page_table
from tests.sites import Built

names = st.sampled_from(
    ["a", "b-1", "..", ".", "x.html", "", "ä", "index.html", "#p-1", "#", "?q=1", "%20"]
)


@given(
    st.lists(names, max_size=5), st.sampled_from(["index.html", "a/index.html", "a/b/c/index.html"])
)
def test_the_quick_way_resolves_as_the_book_does(parts: list[str], page: str) -> None:
    target = "/".join(parts)
    quick = list(_wanted(page, target, "/", _above(page)))
    slow = list(_wanted(page, target, "/", []))
    assert quick == slow, (target, resolve(page, target, "/"))


def test_a_dead_place_is_found_without_reading_sound_pages(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "index.html").write_text('<a href="a/#there">x</a><a href="none/">y</a>', "utf-8")
    (tmp_path / "a" / "index.html").write_text('<p id="here"><a href="../">z</a>', "utf-8")
    files = ["index.html", "a/index.html"]
    pages = page_table({path: page_facts(path, tmp_path, "/") for path in files})
    dead = find_dead(pages, all_files(files), (tmp_path, "/"))
    assert [str(problem) for problem in dead] == [
        "index.html: link: a/#there: no such place on the page (#there)",
        "index.html: link: none/: no such page or file (none/index.html)",
    ]


def test_the_quick_reading_finds_what_the_thorough_one_finds(demo: Built) -> None:
    pages = sorted((demo.site / "articles").rglob("index.html"))
    pages += sorted((demo.site / "stories").rglob("index.html"))
    for page in pages:
        text = page.read_text(encoding="utf-8")
        parts, thorough = [read_written(part) for part in cut_written(text)], scan_page(text)
        assert {place for part in parts for place in part.ids} == thorough.ids, page
        assert {place for part in parts for place in part.targets} == {*thorough.targets}, page


def test_words_that_look_like_a_link_are_no_dead_link(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<p>He wrote href="gone/" and id="x"</p>', "utf-8")
    pages = page_table({"index.html": page_facts("index.html", tmp_path, "/", generated=True)})
    assert find_dead(pages, all_files(["index.html"]), (tmp_path, "/")) == []
