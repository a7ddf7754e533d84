"""Looking at `docs/` again costs only what was touched, and sees what a first look would see."""

import os
import random
from pathlib import Path

import pytest

from generator.errors import ProblemsFound, SiteError
from generator.site import sources
from generator.site.manifest import SiteManifest
from generator.site.page_table import PageFacts, only, page_table, renewed
from generator.site.plan import check_addresses, plan_site
from generator.site.sources import (
    SourceTable,
    Targets,
    look,
    look_again,
    positions,
    read,
    site_path,
)


def write(docs: Path, *paths: str, text: str = "x") -> None:
    for path in paths:
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_text(text, encoding="utf-8")


def test_a_second_look_sees_what_a_first_would(tmp_path: Path) -> None:
    write(tmp_path, "index.md", "a/b.md", "c.txt", "index/old/1.json", ".hidden", "templates/t.md")
    write(tmp_path, "index/same/1.json", "index/same/2/3.json")
    seen = look(tmp_path)
    write(tmp_path, "a/b.md", text="longer")
    write(tmp_path, "a/new.md", "index/new/2.json", "index/.part")
    (tmp_path / "c.txt").unlink()
    (tmp_path / "index" / "old" / "1.json").unlink()
    touched = {"a/b.md", "a/new.md", "c.txt", ".hidden"}
    assert look_again(seen, tmp_path, touched, "index/") == look(tmp_path)
    assert look_again(seen, tmp_path, touched, "index/", {"index/same/"}) == look(tmp_path)
    others = ("index/same/1.json", "index/same/2/3.json")
    assert look(tmp_path).paths == ("a/b.md", "a/new.md", "index.md", "index/new/2.json", *others)


def test_an_empty_folder_may_be_looked_at(tmp_path: Path) -> None:
    assert look_again(look(tmp_path), tmp_path, set(), "index/") == SourceTable()


def test_files_are_found_in_another_table_whatever_came_and_went(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sources, "RUN", 4)
    chance = random.Random(7)
    every = [f"{number:02}.md" for number in range(40)]
    for _ in range(300):
        here, there = (
            tuple(path for path in every if chance.random() < share)
            for share in (chance.random(), chance.random())
        )
        known = {path: number for number, path in enumerate(there)}
        found = positions(SourceTable(paths=here), SourceTable(paths=there))
        assert found.tolist() == [known.get(path, -1) for path in here]


def test_an_address_is_looked_up_as_if_all_had_been_listed() -> None:
    every = (
        "README.md",
        "a.md",
        "a/README.md",
        "a/b.html",
        "a/b/index.html",
        "a/index.md",
        "c.txt",
    )
    asked = (
        "index.html",
        "a/index.html",
        "a/b/index.html",
        "c/index.html",
        "a.md",
        "a/a/index.html",
    )
    for number in range(1 << len(every)):
        some = tuple(path for at, path in enumerate(every) if number >> at & 1)
        targets = Targets(SourceTable(paths=some))
        assert [path in targets for path in (*asked, *every)] == [
            path in set(map(site_path, some)) for path in (*asked, *every)
        ]
        assert list(targets) == list(map(site_path, some))


def test_a_table_of_pages_is_renewed_page_by_page() -> None:
    chance = random.Random(5)

    def fact(number: int, count: int) -> PageFacts:
        return PageFacts(size=number, offers=bytes([number] * 8 * count), wants=bytes(8 * number))

    for _ in range(100):
        pages = {str(number): fact(number, chance.randrange(3)) for number in range(9)}
        gone = {path for path in pages if chance.random() < chance.choice((0, 0.3, 1))}
        fresh = {path: fact(9, 1) for path in gone if chance.random() < 0.5}
        kept = {path: facts for path, facts in pages.items() if path not in gone}
        table = page_table(pages)
        assert renewed(table, gone, page_table(fresh)) == page_table({**kept, **fresh})
        assert only(table, gone) == page_table(
            {path: pages[path] for path in pages if path in gone}
        )


def test_only_files_that_were_touched_are_read(tmp_path: Path) -> None:
    write(tmp_path, "index.md", "a.md", "b.md")
    first = read(tmp_path, look(tmp_path), SourceTable(), {})
    (tmp_path / "a.md").write_text("y", encoding="utf-8")
    os.utime(tmp_path / "a.md", ns=(0, 0))
    (tmp_path / "b.md").unlink()
    second = read(tmp_path, look(tmp_path), first, {})
    assert second == read(tmp_path, look(tmp_path), SourceTable(), {})
    assert plan_site(second, SiteManifest(sources=first), config="", generated=None).gone == (
        site_path("b.md"),
    )


def test_two_files_cannot_have_one_address(tmp_path: Path) -> None:
    write(tmp_path, "index.md", "about.md", "about/index.md")
    files = read(tmp_path, look(tmp_path), SourceTable(), {})
    plan = plan_site(files, SiteManifest(), config="", generated=None)
    with pytest.raises(ProblemsFound, match="about/index"):
        check_addresses(plan, tmp_path)


def test_a_site_without_a_home_page_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "about.md")
    files = read(tmp_path, look(tmp_path), SourceTable(), {})
    plan = plan_site(files, SiteManifest(), config="", generated=None)
    with pytest.raises(SiteError, match=f"{tmp_path}: expected a home page"):
        check_addresses(plan, tmp_path)


def test_a_link_to_a_folder_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "docs/index.md", "elsewhere/a.md")
    (tmp_path / "docs" / "linked").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SiteError, match=r"docs/linked: expected a folder, got a link to one"):
        look(tmp_path / "docs")


@pytest.mark.parametrize("target", ["elsewhere.txt", "nowhere"])
def test_a_link_to_a_file_is_refused(tmp_path: Path, target: str) -> None:
    write(tmp_path, "docs/index.md", "elsewhere.txt")
    (tmp_path / "docs" / ".#index.md").symlink_to("what an editor notes")
    assert look(tmp_path / "docs").paths == ("index.md",)
    (tmp_path / "docs" / "linked.txt").symlink_to(tmp_path / target)
    with pytest.raises(SiteError, match=r"docs/linked\.txt: expected a file, got a link to one"):
        look(tmp_path / "docs")
