"""However a build gets there, it makes the same bytes: by jobs, by increments, with a damaged cache."""

import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.pipeline.cache import FILE
from tests.building import ROOT, Place, clean_build_of, contents, make_place


def edit(place: Place, rng: random.Random) -> None:
    path = rng.choice(place.articles)
    text = path.read_text(encoding="utf-8")
    cut = rng.randrange(text.index("\n---\n") + 6, len(text) - 1)
    path.write_text(f"{text[:cut].rstrip()} Edited {rng.random()} {text[cut:].lstrip()}", "utf-8")


def add(place: Place, rng: random.Random) -> None:
    other = make_place(place.folder / "other", 3, seed=rng.randrange(10**6))
    for path in other.articles:
        target = place.folder / "corpus" / "articles" / path.parent.name / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.move(path, target)
    shutil.rmtree(other.folder)


def rename(place: Place, rng: random.Random) -> None:
    path = rng.choice(place.articles)
    path.rename(path.with_name(f"{path.stem}-moved.md"))
    with (place.folder / "corpus" / "redirects.yml").open("a", encoding="utf-8") as redirects:
        redirects.write(f"- {{from: {path.stem}, to: {path.stem}-moved}}\n")


def delete(place: Place, rng: random.Random) -> None:
    redirects = place.folder / "corpus" / "redirects.yml"
    targets = redirects.read_text(encoding="utf-8") if redirects.exists() else ""
    rng.choice([path for path in place.articles if path.stem not in targets]).unlink()


@pytest.mark.slow
def test_increments_make_what_a_clean_build_makes(tmp_path: Path) -> None:
    rng = random.Random(1)
    place = make_place(tmp_path / "place", 8)
    place.build()
    for number, changes in enumerate([(edit, add), (rename, delete, edit)]):
        for change in changes:
            change(place, rng)
        place.build()
        fresh = tmp_path / f"fresh{number}"
        assert place.made() == clean_build_of(place, fresh)
        shutil.rmtree(fresh)


def change(path: Path, pattern: str, new: str, rng: random.Random) -> None:
    """Replace the first group of one of the places where a pattern stands."""
    text = path.read_text(encoding="utf-8")
    found = rng.choice(list(re.finditer(pattern, text, re.MULTILINE)))
    path.write_text(text[: found.start(1)] + new + text[found.end(1) :], encoding="utf-8")


def withhold(corpus: Path, rng: random.Random) -> None:
    change(corpus / "sources.yml", r"rights: (full)", rng.choice(["opening", "metadata"]), rng)


def rename_outlet(corpus: Path, rng: random.Random) -> None:
    change(corpus / "sources.yml", r"names: \{en: ([^}]+)\}", "Another Paper", rng)


def rename_entity(corpus: Path, rng: random.Random) -> None:
    listing = rng.choice(["events", "organisations", "people", "places"])
    path = corpus / "entities" / f"{listing}.yml"
    change(path, r"^    en: \[([^\],]+)", "A New Name", rng)


def retell(corpus: Path, rng: random.Random) -> None:
    path = rng.choice(sorted((corpus / "articles").rglob("*.md")))
    change(path, r"^---\n\n(.)", "Told anew: ", rng)


def copy(corpus: Path, rng: random.Random) -> None:
    path = rng.choice(sorted((corpus / "articles").rglob("*.md")))
    text = path.read_text(encoding="utf-8")
    text = re.sub(r"^(url|canonical_url|capture|translation_of):.*\n", "", text, flags=re.MULTILINE)
    path.with_name(f"{path.stem}-99.md").write_text(text.rstrip() + " And more.\n", "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize(
    "changes", [(withhold, rename_entity, retell), (copy, rename_outlet, withhold)]
)
def test_pages_of_a_rich_corpus_follow_every_change(
    changes: tuple[Callable[[Path, random.Random], None], ...], rich: Place
) -> None:
    rng = random.Random("".join(each.__name__ for each in changes))
    for each in changes:
        each(rich.folder / "corpus", rng)
    rich.build(docs_only=True)
    made = contents(rich.folder / "docs")
    shutil.rmtree(rich.folder / "docs")
    rich.build(docs_only=True, full=True)
    assert made == contents(rich.folder / "docs")


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """The corpus that comes with the project, built once."""
    place = make_place(tmp_path_factory.mktemp("rich") / "place", 1)
    shutil.rmtree(place.folder / "corpus")
    shutil.copytree(ROOT / "corpus", place.folder / "corpus")
    place.build(docs_only=True)
    return place


@pytest.mark.slow
@pytest.mark.parametrize("forgotten", [True, False])
def test_what_was_deleted_stays_deleted_after_a_build_that_knew_nothing(
    forgotten: bool, tmp_path: Path
) -> None:
    place = make_place(tmp_path / "place", 3)
    place.build()
    gone, other = place.articles[:2]
    gone.unlink()
    if forgotten:
        shutil.rmtree(place.folder / ".cache")
    place.build(full=not forgotten)
    for number in range(2):
        other.write_text(f"{other.read_text('utf-8')}\nParagraph {number}.\n", "utf-8")
        place.build()
        assert [path for path in place.made() if gone.stem in path] == []


@pytest.mark.slow
def test_any_number_of_jobs_makes_the_same(tmp_path: Path) -> None:
    made = []
    for jobs in (1, 2, 4):
        place = make_place(tmp_path / str(jobs), 8, jobs=jobs)
        place.build()
        made.append(place.made())
    assert made[0] == made[1] == made[2]


@pytest.mark.slow
def test_after_one_change_only_its_pages_are_made(tmp_path: Path) -> None:
    counts = []
    for count in (5, 15):
        place = make_place(tmp_path / str(count), count)
        place.build()
        nothing = place.build()
        assert nothing.site is not None
        assert (nothing.written.made, nothing.site.rendered) == (0, 0)
        path = place.articles[0]
        path.write_text(path.read_text(encoding="utf-8") + "\nOne more paragraph.\n", "utf-8")
        report = place.build()
        assert report.site is not None
        counts.append(report.site.rendered)
    assert counts[0] == counts[1] <= 3


@pytest.mark.slow
def test_a_damaged_cache_costs_only_time(tmp_path: Path) -> None:
    place = make_place(tmp_path / "place", 6)
    place.build()
    before = place.made()
    cache = place.folder / ".cache"
    (cache / FILE).write_bytes(b"SQLite format 3\0" + b"\xff" * 9_000)
    (cache / "last-build").write_bytes(b"\x00damage")
    for manifest in (cache / "sites").glob("*.manifest"):
        manifest.write_bytes(b"\x00damage")
    place.build()
    assert place.made() == before
    place.build(full=True)
    assert place.made() == before


@pytest.mark.slow
def test_a_cache_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    place = make_place(tmp_path / "place", 4)
    (place.folder / ".cache").write_text("a file where a folder should be", encoding="utf-8")
    place.build()
    first = contents(place.site)
    place.build()
    assert contents(place.site) == first


@pytest.mark.slow
def test_what_was_written_over_in_docs_does_not_stay_in_the_site(tmp_path: Path) -> None:
    place = make_place(tmp_path / "place", 4)
    place.build()
    before = place.made()
    docs = place.folder / "docs"
    (shown,) = docs.glob("search/index/en/*/columns.json")
    for path in (docs / "assets" / "variorum.css", docs / "feed.xml", shown):
        with path.open("ab") as file:  # in its place: the site has the same file by another name
            file.write(b"/* mine */")
    place.build()
    assert place.made() == before
