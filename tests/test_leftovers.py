"""What a cut build left behind is removed by the next one, and nothing else."""

from pathlib import Path

import pytest

from generator.pipeline.leftovers import remove_leftovers
from generator.pipeline.listing import NEW, Listing, entry_of, list_of
from generator.pipeline.unchanged import LISTING

DONE = entry_of("a" * 32, "b" * 24, "c" * 24)
LEFT = ("sub/.begun.md.part", ".done.md.part", f".{LISTING}.part", "sub/.other.md.part")


def left_over(docs: Path, journal: str) -> set[str]:
    """What stays in `docs` of half-written files, with a list that ends in a journal."""
    (docs / "sub").mkdir(parents=True)
    for name in (*LEFT, "sub/begun.md", "done.md"):
        (docs / name).write_text("x")
    listed = list_of(Listing().updated({"done.md": DONE})).decode() + journal
    (docs / LISTING).write_text(listed)
    return set(LEFT)


@pytest.mark.parametrize(
    ("journal", "full", "gone"),
    [
        ("", False, {f".{LISTING}.part"}),
        ("", True, {f".{LISTING}.part", ".done.md.part"}),
        (f"{NEW} sub/begun.md\n", False, {f".{LISTING}.part", "sub/.begun.md.part"}),
        (f"{NEW} sub/begun.md\n{NEW} su", False, {f".{LISTING}.part", "sub/.begun.md.part"}),
        (f"{NEW} ../docs/done.md\n{NEW} sub/begun.md/x\n", False, {f".{LISTING}.part"}),
    ],
)
def test_half_written_files_of_ours_are_removed(
    tmp_path: Path, journal: str, full: bool, gone: set[str]
) -> None:
    docs = tmp_path / "docs"
    there = left_over(docs, journal)
    remove_leftovers(docs, tmp_path / "site", full=full)
    assert {name for name in there if not (docs / name).exists()} == gone
    assert (docs / "sub/begun.md").exists()
    assert (docs / "done.md").exists()


def test_a_site_that_was_being_assembled_is_removed_before_there_is_another(tmp_path: Path) -> None:
    for name in ("site", "site.part", "site.work"):
        (tmp_path / name).mkdir()
    remove_leftovers(tmp_path / "docs", tmp_path / "site", full=False)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
