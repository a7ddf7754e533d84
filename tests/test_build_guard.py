"""What a build refuses before it writes anything, and what it does not ask for."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.cli import main
from generator.errors import SiteError, UsageError
from generator.pipeline import guard
from generator.pipeline.guard import check_folders, plain_errors
from generator.settings import Settings, parse_settings
from generator.site.mkdocs_build import theme_folders
from tests.building import make_place


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("docs", "corpus"),
        ("site", "corpus"),
        ("site", "corpus/site"),
        ("site", "."),
        ("site", ".."),
        ("docs", "site/docs"),
        ("cache", "docs/cache"),
        ("corpus", "docs"),
    ],
)
def test_no_folder_is_written_over_another(tmp_path: Path, name: str, value: str) -> None:
    root = tmp_path / "project"
    root.mkdir()
    folders: dict[str, Any] = {name: value}
    with pytest.raises(UsageError, match="expected a folder"):
        check_folders(root, Settings(**folders))


def test_a_folder_that_is_none_is_told_before_anything_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config, file = tmp_path / "mkdocs.yml", tmp_path / "file"
    config.write_text("site_name: Archive\n")
    file.touch()
    for command in (["build"], ["serve", "--port", "0"], ["build", "--docs", str(file)]):
        assert main([*command, "--config", str(config)]) == 2
        told = (
            f"{file if str(file) in command else tmp_path / 'corpus'}: expected the folder of the "
        )
        assert told in capsys.readouterr().err
        assert {path.name for path in tmp_path.iterdir()} <= {"mkdocs.yml", "file", ".cache"}


def test_a_site_replaces_nothing_that_was_not_built(tmp_path: Path) -> None:
    check_folders(tmp_path, Settings())
    site = tmp_path / "site"
    site.mkdir()
    check_folders(tmp_path, Settings())
    (site / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match="empty it first"):
        check_folders(tmp_path, Settings())
    (site / "404.html").write_text("built")
    check_folders(tmp_path, Settings())


def test_the_configured_folder_of_pages_need_not_exist_where_another_is_given(
    tmp_path: Path,
) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Archive\ntheme:\n  name: material\ndocs_dir: docs\n")
    pages = tmp_path / "pages"
    pages.mkdir()
    assert theme_folders(config, pages) == ()


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("story_window", -1, "expected a whole number from 0 to 3650, got -1"),
        ("jobs", "many", 'expected a whole number, got "many"'),
        ("languages", ["en", "xx"], 'got "xx"'),
        ("default_language", "xx", "expected one of the interface languages"),
    ],
)
def test_a_setting_that_no_build_can_work_with_is_a_problem(
    name: str, value: object, told: str
) -> None:
    _, problems = parse_settings({name: value})
    assert [problem.field for problem in problems] == [f"extra.archive.{name}"]
    assert told in problems[0].message


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ([], "expected COMMAND, got none; see variorum --help"),
        (["biuld"], 'got "biuld"; did you mean "build"?; see variorum --help'),
        (["build", "--full=3"], "--full: expected no value, got '3'; see variorum build --help"),
        (
            ["serve", "--prot", "1"],
            'expected nothing further, got "--prot 1"; did you mean "--port"?',
        ),
        (["serve", "--port"], "--port: expected a value, got none; see"),
        (["show", "a", "--json", "--markdown"], "expected --json or --markdown, got both; see"),
        (["check", "--co", "x"], "expected one of --corpus, --config, got --co; see"),
        (
            ["check", "--format", "jsn"],
            'expected one of text, json, github, got "jsn"; did you mean',
        ),
    ],
)
def test_a_wrong_call_is_told_in_one_sentence(
    command: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("variorum: ")
    assert told in line


@pytest.mark.parametrize(
    "command",
    [
        ["serve", "--port", "99999"],
        ["serve", "--port", "abc"],
        ["build", "--jobs", "1_0"],
        ["serve", "--host", ""],
        ["build", "--corpus", ""],
        ["build", "--timings", "nowhere/times.json"],
        ["build", "--timings", "."],
        ["build", "--cluster", "foo"],
    ],
)
def test_an_option_that_cannot_be_meant_is_refused_before_anything_is_built(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Archive\n")
    assert main([*command, "--config", str(config)]) == 2
    assert f"{command[1]}: expected a" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == [config]


def test_a_large_archive_is_not_replaced_by_little_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "LARGE", 6)
    place = make_place(tmp_path / "archive", 6)
    place.build()
    before = place.made()
    for path in place.articles[2:]:
        path.unlink()
    with pytest.raises(SiteError, match=r"expected about 6 articles, .* got 2; .* --full"):
        place.build()
    assert place.made() == before
    assert place.build(full=True).articles == 2


def test_articles_that_are_gone_and_lead_nowhere_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def told() -> str:
        assert main(["build", "--docs-only", "--config", str(place.config)]) == 0
        return capsys.readouterr().err

    place = make_place(tmp_path / "archive", 6)
    assert "warning" not in told()
    moved, *gone = place.articles[:3]
    redirects = place.folder / "corpus" / "redirects.yml"
    other = moved.with_name(f"{moved.stem}-moved.md")
    moved.rename(other)
    redirects.write_text(f"- from: {moved.stem}\n  to: {other.stem}\n", encoding="utf-8")
    assert "warning" not in told()
    for path in gone:
        path.unlink()
    line = f"warning: 2 articles of the last build are gone, and nothing leads on from articles/{gone[0].stem}/"
    assert line in told()
    assert "warning" not in told()


@pytest.mark.parametrize("first", ["file", "folder"])
def test_a_folder_of_the_site_before_may_be_a_file_now(tmp_path: Path, first: str) -> None:
    place = make_place(tmp_path / "archive", 4)
    own = place.folder / "docs" / "own"

    def as_file() -> None:
        own.write_text("mine", encoding="utf-8")

    def as_folder() -> None:
        own.mkdir()
        (own / "note.txt").write_text("mine", encoding="utf-8")

    def gone() -> None:
        shutil.rmtree(own) if own.is_dir() else own.unlink()

    one, other = (as_file, as_folder) if first == "file" else (as_folder, as_file)
    place.build()
    for change in (one, gone, other):
        change()
        place.build()
    found = place.site / "own"
    assert found.is_dir() if other is as_folder else found.read_text(encoding="utf-8") == "mine"


def test_too_little_memory_is_told_in_a_line() -> None:
    with pytest.raises(SiteError, match="too little memory"), plain_errors():
        raise MemoryError
