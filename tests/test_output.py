"""Writing docs touches what was generated, and only what changed."""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path

import pytest

from generator.errors import ProblemsFound
from generator.model import OutputFile
from generator.pipeline import output
from generator.pipeline.listing import NEW, read_list
from generator.pipeline.output import Makers, Written, as_task
from generator.pipeline.unchanged import LISTING
from generator.record import replace
from generator.views.tasks import Group, Series, Task, each, in_series


def write_tasks(tasks: Iterable[Task | Group], docs: Path, makers: Makers) -> Written:
    return output.write_docs(tasks, docs, makers)[0]


def write_docs(made: Iterable[OutputFile], docs: Path, *, full: bool = False) -> Written:
    return write_tasks(map(as_task, made), docs, Makers(version="1", full=full))


def files(**contents: str) -> list[OutputFile]:
    return [
        OutputFile(path=name.replace("_", "/") + ".md", content=text.encode())
        for name, text in contents.items()
    ]


def test_a_second_run_writes_nothing(tmp_path: Path) -> None:
    assert write_docs(files(index="a", x_y="b"), tmp_path).changed == ("index.md", "x/y.md")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert write_docs(files(index="a", x_y="b"), tmp_path).changed == ()
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_only_what_was_generated_is_removed(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "mine.md").write_text("by hand", encoding="utf-8")
    write_docs(files(index="a", x_y="b", z_w="c"), tmp_path)
    written = write_docs(files(index="a"), tmp_path)
    assert written.removed == ("x/y.md", "z/w.md")
    assert (tmp_path / "x" / "mine.md").exists()
    assert not (tmp_path / "z").exists()


def test_folders_go_with_their_last_file_and_nothing_beside_them_is_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    some = {f"deep_a{n}_b": "a" for n in range(3)}
    write_docs(files(index="a", **some), tmp_path)

    def listed(path: Path) -> Iterator[Path]:
        raise AssertionError(path)

    monkeypatch.setattr(Path, "iterdir", listed)
    for n in range(3):
        output.remove(tmp_path, f"deep/a{n}/b.md")
        assert [(tmp_path / f"deep/a{m}").exists() for m in range(3)] == [m > n for m in range(3)]
    assert not (tmp_path / "deep").exists()
    assert tmp_path.exists()


def test_a_line_that_says_too_little_still_tells_whose_a_file_is(tmp_path: Path) -> None:
    write_docs(files(index="a", old="b"), tmp_path)
    (tmp_path / LISTING).write_text("- - - index.md\nab cd - old.md\n0123\n", encoding="utf-8")
    written = write_docs(files(index="c"), tmp_path)
    assert (written.changed, written.removed) == (("index.md",), ("old.md",))


@pytest.mark.parametrize("path", ["x", "x/", ".", "x/y.md/z", "x/\0\0", "x" * 5000])
def test_a_torn_line_stops_no_build(tmp_path: Path, path: str) -> None:
    write_docs(files(index="a", x_y="b"), tmp_path)
    with (tmp_path / LISTING).open("a", encoding="utf-8") as file:
        file.write(f"{NEW} {path}")
    for _ in range(2):
        assert write_docs(files(index="a", x_y="b"), tmp_path).changed == ()
    assert set(read_list(tmp_path)) == {"index.md", "x/y.md"}


def test_the_list_does_not_grow_where_nothing_changed(tmp_path: Path) -> None:
    write_docs(files(index="a", x_y="b"), tmp_path)
    whole = (tmp_path / LISTING).read_bytes()
    write_docs(files(index="a", x_y="b"), tmp_path, full=True)
    assert (tmp_path / LISTING).read_bytes() == whole


def test_a_page_written_by_hand_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("by hand", encoding="utf-8")
    with pytest.raises(ProblemsFound, match=r"docs/index\.md"):
        write_docs(files(index="a"), tmp_path)
    assert (tmp_path / "index.md").read_text(encoding="utf-8") == "by hand"


def test_a_build_cut_short_leaves_nothing_unknown(tmp_path: Path) -> None:
    def cut() -> Iterator[OutputFile]:
        yield from files(index="a", old="b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_docs(cut(), tmp_path)
    assert set(read_list(tmp_path)) == {"index.md", "old.md"}
    write_docs(files(index="a"), tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [LISTING, "index.md"]


def test_a_file_that_the_site_shares_is_replaced_and_not_written_over(tmp_path: Path) -> None:
    docs, site = tmp_path / "docs", tmp_path / "site.txt"
    write_docs(files(index="old"), docs)
    site.hardlink_to(docs / "index.md")
    write_docs(files(index="new"), docs)
    assert (docs / "index.md").read_text(encoding="utf-8") == "new"
    assert site.read_text(encoding="utf-8") == "old"


def test_a_file_that_was_cut_short_is_made_whole(tmp_path: Path) -> None:
    write_docs(files(old="a"), tmp_path)
    (tmp_path / "index.md").write_text("hal", encoding="utf-8")
    with (tmp_path / LISTING).open("a", encoding="utf-8") as journal:
        journal.write("- - - index.md\n")
    assert write_docs(files(index="half", old="a"), tmp_path).changed == ("index.md",)
    assert (tmp_path / "index.md").read_text(encoding="utf-8") == "half"


def test_full_writes_again_what_somebody_changed(tmp_path: Path) -> None:
    write_docs(files(index="a"), tmp_path)
    (tmp_path / "index.md").write_text("touched", encoding="utf-8")
    write_docs(files(index="a"), tmp_path, full=True)
    assert (tmp_path / "index.md").read_text(encoding="utf-8") == "a"


def test_a_list_that_was_tampered_with_removes_nothing_outside(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    outside = tmp_path / "outside.md"
    outside.write_text("x", encoding="utf-8")
    write_docs(files(index="a"), docs)
    (docs / LISTING).write_text(f"00 - ../outside.md\n00 - {outside}\n", encoding="utf-8")
    (docs / "index.md").unlink()
    write_docs(files(index="a"), docs)
    assert outside.exists()


def test_no_order_of_a_list_lets_anything_outside_be_removed(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    outside = tmp_path / "outside.md"
    outside.write_text("x", encoding="utf-8")
    write_docs(files(index="a"), docs)
    told = (docs / LISTING).read_bytes()
    (docs / LISTING).write_bytes(told.replace(b" index.md", b" ../outside.md"))
    assert write_docs(files(index="a"), docs).removed == ()
    assert outside.exists()


@pytest.mark.parametrize("at", [0, 40, 82, 90, 164])
def test_a_damaged_list_still_tells_what_is_ours(tmp_path: Path, at: int) -> None:
    write_docs(files(index="a", x_y="b"), tmp_path)
    whole = (tmp_path / LISTING).read_bytes()
    (tmp_path / LISTING).write_bytes(whole[:at] + b" \xff" + whole[at + 1 :])
    assert write_docs(files(index="A"), tmp_path).changed == ("index.md",)
    assert sorted(path.name for path in tmp_path.iterdir()) == [LISTING, "index.md"]
    assert len((tmp_path / LISTING).read_bytes()) == len(whole) // 2 + 1


def page(text: str) -> bytes:
    MADE.append(text)
    return text.encode()


MADE: list[str] = []


def test_what_was_made_from_the_same_is_not_made_again(tmp_path: Path) -> None:
    tasks = [
        Task(path="a.md", make=page, inputs=("a",)),
        Task(path="b.md", make=page, inputs=("b",)),
    ]
    write_tasks(tasks, tmp_path, Makers(version="1"))
    MADE.clear()
    changed = [tasks[0], Task(path="b.md", make=page, inputs=("c",))]
    assert write_tasks(changed, tmp_path, Makers(version="1")).changed == ("b.md",)
    assert MADE == ["c"]
    assert write_tasks(changed, tmp_path, Makers(version="2")).changed == ()
    assert MADE == ["c", "a", "c"]
    (tmp_path / "a.md").unlink()
    assert write_tasks(changed, tmp_path, Makers(version="2")).changed == ("a.md",)


def test_processes_write_the_same_files(tmp_path: Path) -> None:
    made = files(**{f"x_{number}": str(number) for number in range(200)})
    with ProcessPoolExecutor(2) as executor:
        makers = Makers(version="1", executor=executor, jobs=2)
        tasks = [replace(as_task(file), weight=output.FEW // 100) for file in made]
        assert len(write_tasks(tasks, tmp_path / "two", makers).changed) == 200
    write_docs(made, tmp_path / "one")
    assert (tmp_path / "one" / LISTING).read_text() == (tmp_path / "two" / LISTING).read_text()


def test_inputs_that_cannot_be_compared_are_made_each_time(tmp_path: Path) -> None:
    task = Task(path="a.md", make=str_of, inputs=(object,))
    assert write_tasks([task], tmp_path, Makers()).made == 1
    assert write_tasks([task], tmp_path, Makers()).made == 1


def str_of(thing: object) -> bytes:
    return str(thing).encode()


def group(seen: str, listed: list[str], **named: str) -> Group:
    """A group of files, which notes that its tasks were asked for."""

    def tasks() -> Iterator[Task]:
        listed.append(seen)
        yield from map(as_task, files(**named))

    return Group(name="one", seen=(seen,), tasks=tasks)


def test_a_group_that_saw_nothing_new_is_not_listed_again(tmp_path: Path) -> None:
    listed: list[str] = []
    write = Makers(version="1")
    write_tasks([group("a", listed, index="1", x_y="2")], tmp_path, write)
    again = write_tasks([group("a", listed, index="never asked")], tmp_path, write)
    assert (listed, again.same, again.made) == (["a"], 2, 0)
    write_tasks([group("b", listed, index="3")], tmp_path, write)
    assert (listed, sorted(read_list(tmp_path))) == (["a", "b"], ["index.md"])


def test_a_group_with_a_file_missing_or_begun_is_listed_again(tmp_path: Path) -> None:
    listed: list[str] = []
    write = Makers(version="1")
    write_tasks([group("a", listed, index="1", x_y="2")], tmp_path, write)
    (tmp_path / "x" / "y.md").unlink()
    write_tasks([group("a", listed, index="1", x_y="2")], tmp_path, write)
    with (tmp_path / LISTING).open("a", encoding="utf-8") as journal:
        journal.write("- - - x/y.md\n")
    write_tasks([group("a", listed, index="1", x_y="2")], tmp_path, write)
    assert listed == ["a", "a", "a"]


def test_the_list_of_an_older_version_is_still_one(tmp_path: Path) -> None:
    (tmp_path / "index.md").write_text("old", encoding="utf-8")
    (tmp_path / LISTING).write_text("0123 4567 index.md\n", encoding="utf-8")
    assert write_docs(files(index="new"), tmp_path).changed == ("index.md",)


@pytest.mark.parametrize("harm", ["", "half", "written by hand"])
def test_a_page_that_was_harmed_is_made_again(harm: str, tmp_path: Path) -> None:
    write_docs(files(index="a", x_y="b"), tmp_path)
    later = (tmp_path / LISTING).stat().st_mtime_ns + 10
    (tmp_path / "x" / "y.md").write_text(harm, encoding="utf-8")
    os.utime(tmp_path / "x" / "y.md", ns=(later, later))
    assert write_docs(files(index="a", x_y="b"), tmp_path).changed == ("x/y.md",)
    assert (tmp_path / "x" / "y.md").read_text(encoding="utf-8") == "b"
    assert write_docs(files(index="a", x_y="b"), tmp_path).made == 0


def test_a_list_that_a_full_disk_cut_short_is_written_on(tmp_path: Path) -> None:
    (tmp_path / LISTING).write_text("- - - index.m", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt):
        write_docs(chain(files(index="a"), _interrupt()), tmp_path)
    assert set(read_list(tmp_path)) == {"index.m", "index.md"}
    write_docs(files(index="a"), tmp_path)
    assert set(read_list(tmp_path)) == {"index.md"}


def _interrupt() -> Iterator[OutputFile]:
    raise KeyboardInterrupt
    yield


def test_a_list_with_odd_bytes_is_read(tmp_path: Path) -> None:
    write_docs(files(index="a", x="b"), tmp_path)
    with (tmp_path / LISTING).open("ab") as journal:
        journal.write(b"\xff\xff\n1 2 3 \xff.md\n")
    write_docs(files(index="a"), tmp_path)
    assert set(read_list(tmp_path)) == {"index.md"}


def test_without_the_list_files_are_known_by_their_bytes(tmp_path: Path) -> None:
    write_docs(files(index="a", x="b", y="c"), tmp_path)
    (tmp_path / LISTING).unlink()
    assert write_docs(files(index="a", x="b", y="c"), tmp_path).changed == ()
    (tmp_path / LISTING).unlink()
    with pytest.raises(ProblemsFound, match=r"(?s)docs/x\.md.*docs/y\.md"):
        write_docs(files(index="a", x="B", y="C"), tmp_path)
    assert (tmp_path / "x.md").read_text(encoding="utf-8") == "b"


def test_the_groups_of_a_series_that_saw_nothing_new_are_not_named_again(tmp_path: Path) -> None:
    named: list[str] = []
    kept: dict[str, bytes] = {}

    def series(seen: str, *names: str) -> Series:
        def groups() -> Iterator[Group]:
            named.append(seen)
            for name in names:
                tasks = partial(map, as_task, files(**{name: name}))
                yield Group(name=name, seen=(name,), tasks=tasks)

        return Series(name="letters", seen=(seen,), groups=groups)

    def write(*items: Series) -> Written:
        return output.write_docs(items, tmp_path, Makers(version="1"), series=kept)[0]

    write(series("first", "a", "b"))
    assert (write(series("first", "never asked")).same, named) == (2, ["first"])
    assert write(series("second", "b", "c")).removed == ("a.md",)
    (tmp_path / "c.md").unlink()
    assert (write(series("second", "b", "c")).changed, named[1:]) == (("c.md",), ["second"] * 2)
    assert write().removed == ("b.md", "c.md")


def test_groups_that_follow_one_another_are_in_series_whichever_come_and_go(tmp_path: Path) -> None:
    kept: dict[str, bytes] = {}
    listed: list[str] = []

    def items(names: Iterable[str], changed: str = "") -> Iterator[Task | Group]:
        for name in names:
            seen = ("new" if name == changed else "old",)

            def tasks(name: str = name) -> Iterator[Task]:
                listed.append(name)
                return map(as_task, files(**{name: name}))

            yield Group(name=name, seen=seen, tasks=tasks)
        yield from map(as_task, files(alone="alone"))

    def write(names: Iterable[str], changed: str = "") -> Written:
        listed.clear()
        found = in_series(items(names, changed))
        return output.write_docs(found, tmp_path, Makers(version="1"), series=kept)[0]

    many = [f"n{number}" for number in range(500)]
    assert sum(isinstance(item, Series) for item in in_series(items(many))) in range(2, 30)
    assert len(write(many).changed) == 501
    assert (write(many).same, listed) == (501, [])
    assert (write(many, changed="n7").same, listed) == (501, ["n7"])
    fewer = [name for name in many if name != "n300"]
    assert (write(fewer).removed, listed) == (("n300.md",), ["n7"])
    assert (write(many).changed, listed) == (("n300.md",), ["n300"])


def test_the_tasks_in_series_are_the_same() -> None:
    tasks = map(as_task, files(a="a", b="b"))
    groups = [Group(name=f"g{number}", seen=(), tasks=lambda: tasks) for number in range(3)]
    alone = as_task(files(c="c")[0])
    assert [task.path for task in each(in_series([*groups, alone]))] == ["a.md", "b.md", "c.md"]
