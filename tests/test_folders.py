"""A folder that has not changed is not listed again, and nothing that happens in one is missed."""

import os
import time
from pathlib import Path

import pytest

from generator.errors import SiteError
from generator.site import folders
from generator.site.folders import FolderMemory, files_below
from generator.site.sources import look


def write(top: Path, *paths: str) -> None:
    for path in paths:
        (top / path).parent.mkdir(parents=True, exist_ok=True)
        (top / path).write_text("x", encoding="utf-8")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    docs = tmp_path / "docs"
    write(docs, "index.md", "a/index.md", "a/b/c.md", "a.txt", "d/e.md", "templates/t", ".f/g")
    return docs


@pytest.fixture
def memory(docs: Path, monkeypatch: pytest.MonkeyPatch) -> FolderMemory:
    """Remembers at once, for the list of files has just been replaced."""
    monkeypatch.setattr(folders, "GRAIN", 0)
    memory = FolderMemory(file=docs.parent / "cache" / "folders", proof=docs / ".list")
    replace(memory)
    return memory


def replace(memory: FolderMemory) -> None:
    time.sleep(0.02)
    part = memory.proof.with_suffix(".part")
    part.touch()
    part.replace(memory.proof)


def listed(
    docs: Path, memory: FolderMemory, monkeypatch: pytest.MonkeyPatch
) -> tuple[list[str], set[str]]:
    """The files, and the folders that were listed to find them."""
    found = set()
    real = folders.list_folder

    def spy(top: str, folder: str) -> list[str]:
        found.add(folder)
        return real(top, folder)

    with monkeypatch.context() as patch:
        patch.setattr(folders, "list_folder", spy)
        return files_below(docs, memory), found


FILES = ["a.txt", "a/b/c.md", "a/index.md", "d/e.md", "index.md"]


def test_only_folders_that_changed_are_listed_again(
    docs: Path, memory: FolderMemory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert listed(docs, memory, monkeypatch) == (FILES, {"", "a/", "a/b/", "d/"})
    # The top folder, in which the list was replaced, may still be changing.
    assert listed(docs, memory, monkeypatch) == (FILES, {""})
    write(docs, "a/b/new.md", "d/x/y/z.md")
    (docs / "a" / "index.md").unlink()
    expected = ["a.txt", "a/b/c.md", "a/b/new.md", "d/e.md", "d/x/y/z.md", "index.md"]
    changed = {"", "a/", "a/b/", "d/", "d/x/", "d/x/y/"}
    assert listed(docs, memory, monkeypatch) == (expected, changed)
    assert listed(docs, memory, monkeypatch) == (expected, changed)
    replace(memory)
    assert listed(docs, memory, monkeypatch) == (expected, changed)
    assert listed(docs, memory, monkeypatch) == (expected, {""})


def test_folders_may_go_come_back_move_or_become_files(docs: Path, memory: FolderMemory) -> None:
    def same() -> bool:
        return look(docs, memory) == look(docs)

    assert same()
    (docs / "a").rename(docs / "moved")
    assert same()
    (docs / "moved" / "b").rename(docs / "a")
    assert same()
    (docs / "d" / "e.md").unlink()
    (docs / "d").rmdir()
    write(docs, "d")
    assert same()
    replace(memory)
    (docs / "a" / "c.md").unlink()
    write(docs, "a/c.md/now/a/folder.md")
    assert same()


def test_a_folder_put_in_the_place_of_another_is_noticed_whatever_its_time(
    docs: Path, memory: FolderMemory
) -> None:
    look(docs, memory)
    before = (docs / "a" / "b").stat()
    (docs / "a" / "b").rename(docs.parent / "old")
    write(docs, "a/b/other.md")
    os.utime(docs / "a" / "b", ns=(before.st_atime_ns, before.st_mtime_ns))
    assert look(docs, memory) == look(docs)
    assert "a/b/other.md" in look(docs, memory).paths


def test_a_touched_file_is_noticed_in_a_folder_that_did_not_change(
    docs: Path, memory: FolderMemory
) -> None:
    look(docs, memory)
    with (docs / "a" / "b" / "c.md").open("a", encoding="utf-8") as file:
        file.write("more")
    assert look(docs, memory) == look(docs)


def test_a_link_is_refused_in_the_place_of_a_remembered_file_or_folder(
    docs: Path, memory: FolderMemory
) -> None:
    look(docs, memory)
    (docs / "a").rename(docs.parent / "far")
    (docs / "a").symlink_to(docs.parent / "far")
    with pytest.raises(SiteError, match="expected a folder, got a link"):
        look(docs, memory)
    (docs / "a").unlink()
    (docs.parent / "far").rename(docs / "a")
    (docs / "a" / "b" / "c.md").unlink()
    (docs / "a" / "b" / "c.md").symlink_to(docs / "index.md")
    with pytest.raises(SiteError, match="expected a file, got a link"):
        look(docs, memory)


def test_nothing_is_remembered_where_the_top_folder_did_not_change_with_its_list(
    docs: Path, memory: FolderMemory
) -> None:
    later = time.time() + 100
    os.utime(memory.proof, (later, later))
    assert look(docs, memory) == look(docs)
    assert not memory.file.exists()
    memory.proof.unlink()
    assert look(docs, memory) == look(docs)
    assert not memory.file.exists()


@pytest.mark.parametrize("cut", [0, 3, 40, -1])
def test_a_damaged_memory_is_made_anew(docs: Path, memory: FolderMemory, cut: int) -> None:
    look(docs, memory)
    whole = memory.file.read_bytes()
    memory.file.write_bytes(whole[:cut])
    assert look(docs, memory) == look(docs)
    memory.file.write_bytes(whole[:-3] + b"zzz")
    assert look(docs, memory) == look(docs)


def test_a_memory_that_cannot_be_kept_is_done_without(docs: Path, memory: FolderMemory) -> None:
    memory.file.mkdir(parents=True)
    assert look(docs, memory) == look(docs)
    write(docs, "a/" + os.fsdecode(b"\xff.txt"))
    assert look(docs, memory) == look(docs)
