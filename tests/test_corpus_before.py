"""Reading a corpus again: only what was written since is opened, and what is read is what a first reading reads."""

import os
import pickle
import random
from pathlib import Path
from zipfile import ZIP_STORED, ZipFile

import numpy as np
import pytest

from generator.analysis.weights import packed_arrays
from generator.corpus.before import Before
from generator.corpus.files import Folder
from generator.corpus.lots import TOGETHER, lots
from generator.corpus.reader import read_corpus
from generator.corpus.report import Report
from generator.errors import ProblemsFound
from generator.pipeline.cache import Cache
from generator.pipeline.reading import read_again
from generator.record import pack
from generator.settings import Settings

TEXT = "---\ntitle: {title}\ndate: 2024-01-02\nsource: herald\nlanguage: en\n{more}---\n\nText.\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "articles" / "2024").mkdir(parents=True)
    (folder / "sources.yml").write_text("- {id: herald, name: The Herald}\n", encoding="utf-8")
    for number in range(3):
        write(folder, f"{number}", "One")
    return folder


def write(root: Path, name: str, title: str, more: str = "") -> Path:
    path = root / "articles" / "2024" / f"2024-01-02-herald-{name}.md"
    path.write_text(TEXT.format(title=title, more=more), encoding="utf-8")
    return path


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The articles that were opened, by the ends of their names."""
    paths: list[str] = []
    read = Folder.read

    def watched(self: Folder, path: str, report: Report) -> bytes | None:
        if path.startswith(("articles/", "captures/")):
            paths.append(path.rpartition("-")[2].removesuffix(".md"))
        return read(self, path, report)

    monkeypatch.setattr(Folder, "read", watched)
    return paths


def test_what_was_not_written_since_is_not_opened(root: Path, opened: list[str]) -> None:
    before = Before.nothing()
    first = read_corpus(root, Settings(), before)
    opened.clear()
    again = read_corpus(root, Settings(), before)
    assert opened == []
    assert again == first
    assert sorted(opened) == ["0", "1", "2"]  # now that their texts were compared


def test_other_words_of_the_same_length_are_noticed(root: Path) -> None:
    before = Before.nothing()
    read_corpus(root, Settings(), before)
    path = write(root, "1", "Two")
    os.utime(path, ns=(1, 1))
    corpus, _ = read_corpus(root, Settings(), before)
    assert [article.title for article in corpus.articles] == ["One", "Two", "One"]


def test_a_copy_with_other_times_is_read_and_not_parsed(root: Path, opened: list[str]) -> None:
    before = Before.nothing()
    first = read_corpus(root, Settings(), before)
    for path in root.rglob("*.md"):
        os.utime(path, ns=(1, 1))
    known = dict(before.articles)
    opened.clear()
    again = read_corpus(root, Settings(), before)
    assert sorted(opened) == ["0", "1", "2"]
    assert again == first
    assert before.articles == known


def test_a_text_that_changed_before_it_was_asked_for_is_not_taken(root: Path) -> None:
    before = Before.nothing()
    read_corpus(root, Settings(), before)
    one, *_ = read_corpus(root, Settings(), before)[0].articles
    path = write(root, "0", "Two")
    assert len(one.blocks) == 1
    with pytest.raises(ProblemsFound) as caught:
        list(one.blocks)
    (problem,) = caught.value.problems
    assert Path(problem.path) == path


def test_a_text_that_was_not_asked_for_is_packed_whole(root: Path) -> None:
    before = Before.nothing()
    first, *_ = read_corpus(root, Settings(), before)[0].articles
    again, *_ = read_corpus(root, Settings(), before)[0].articles
    assert pack(again) == pack(first)
    assert pickle.loads(pickle.dumps(again.blocks)) == first.blocks


def test_what_is_wrong_is_said_every_time(root: Path) -> None:
    before = Before.nothing()
    write(root, "1", "7")
    told = [read_corpus(root, Settings(), before)[1] for _ in range(2)]
    assert told[0] == told[1]
    assert len(told[0]) == 1
    smaller = Settings(max_file_size=10)
    assert len(read_corpus(root, smaller, before)[1]) == len(read_corpus(root, smaller)[1]) > 1


def test_a_capture_that_changed_is_noticed(root: Path, opened: list[str]) -> None:
    name = "2024-01-02-herald-3"
    (root / "captures" / name).mkdir(parents=True)
    capture = root / "captures" / name / "page.txt"
    capture.write_text("x", encoding="utf-8")
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"
    told = f"capture: {{path: captures/{name}/page.txt, sha256: {digest}, kind: text}}\n"
    write(root, "3", "Three", told)
    before = Before.nothing()
    assert read_corpus(root, Settings(), before)[1] == ()
    opened.clear()
    assert read_corpus(root, Settings(), before)[1] == ()
    assert opened == []
    capture.write_text("y", encoding="utf-8")
    os.utime(capture, ns=(1, 1))
    (problem,) = read_corpus(root, Settings(), before)[1]
    assert problem.field == "capture.sha256"


def test_a_name_of_odd_bytes_is_a_fault_and_no_failure(root: Path, tmp_path: Path) -> None:
    odd = os.fsencode(str(root / "articles" / "2024")) + b"/2024-01-02-herald-\xff.md"
    with open(odd, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib has no names of bytes
        file.write(TEXT.format(title="One", more=""))
    with Cache(tmp_path / "cache") as cache:
        told = [read_again(root, Settings(), cache)[1] for _ in range(2)]
    assert told[0] == told[1] != ()


def test_two_folders_with_one_cache_do_not_meet(root: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "articles" / "2024").mkdir(parents=True)
    (other / "sources.yml").write_bytes((root / "sources.yml").read_bytes())
    for title, folder in (("One", root), ("Two", other)):
        os.utime(write(folder, "0", title), ns=(1, 1))
    with Cache(tmp_path / "cache") as cache:
        for _ in range(2):
            for title, folder in (("One", root), ("Two", other)):
                corpus, _ = read_again(folder, Settings(), cache)
                assert corpus.articles[0].title == title


def test_a_lot_keeps_its_names_while_others_come_and_go() -> None:
    names = [f"articles/2024/2024-01-02-herald-{number}.md" for number in range(1000)]
    found = lots(tuple(names))
    assert sorted(name for lot in found for name in lot) == sorted(names)
    assert max(map(len, found)) < 2 * TOGETHER
    more = lots((*names, "articles/2024/2024-01-02-herald-more.md"))
    assert sum(lot != other for lot, other in zip(found, more, strict=True)) == 1
    assert lots(()) == ((),)


def test_arrays_are_unpacked_as_numpy_unpacks_them(tmp_path: Path) -> None:
    rows = random.Random(1)
    arrays = {"a": np.arange(5, dtype=np.uint8), "b": np.array([[rows.random()] * 3] * 200)}
    np.savez_compressed(tmp_path / "x.npz", a=arrays["a"], b=arrays["b"])
    found = packed_arrays((tmp_path / "x.npz").read_bytes())
    assert found.keys() == arrays.keys()
    assert all(np.array_equal(found[name], arrays[name]) for name in arrays)
    with ZipFile(tmp_path / "y.npz", "w", ZIP_STORED) as archive:
        archive.writestr("a.npy", b"x")
    with pytest.raises(ValueError, match=r"a\.npy"):
        packed_arrays((tmp_path / "y.npz").read_bytes())
