"""Settings come from `mkdocs.yml`; what does not fit is a problem that says what would."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import ProblemsFound, UsageError
from generator.pipeline.config import read_settings
from generator.pipeline.site_config import check_site_config
from generator.settings import Settings
from generator.site import config_check
from tests.conftest import missing


def config(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "mkdocs.yml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_not_set_has_its_default(tmp_path: Path) -> None:
    path = config(
        tmp_path, "site_name: Test\nplugins: [!ENV [X, y]]\nextra: {archive: {jobs: 3}}\n"
    )
    assert read_settings(path) == Settings(site_name="Test", jobs=3)


def test_every_problem_is_named(tmp_path: Path) -> None:
    path = config(
        tmp_path, "extra:\n  archive:\n    jobs: many\n    langages: [en]\n    languages: en\n"
    )
    with pytest.raises(ProblemsFound) as caught:
        read_settings(path)
    places = [(problem.line, problem.column, problem.field) for problem in caught.value.problems]
    assert places == [
        (3, 11, "extra.archive.jobs"),
        (4, 15, "extra.archive.langages"),
        (5, 16, "extra.archive.languages"),
    ]
    assert 'did you mean "languages"?' in caught.value.problems[1].message


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("extra: {archive: {languages: [en, xx]}}", '1:35: extra.archive.languages: .*got "xx"'),
        (
            "extra: {archive: {languages: [en, no]}}",
            "1:30: extra.archive.languages: .*got false in it",
        ),
        ("extra: {archive: {languages: []}}", "1:30: extra.archive.languages: .*an empty one"),
        ("extra: {archive: {jobs: 0xffffffffffffffffffff}}", "1:25: .*more than 18 digits"),
        ("extra: {archive: {encoder: no}}", "1:28: .*expected a text, got false; put it in quotes"),
        ("extra: {archive: {corrections_url: 'javascript:x'}}", "1:36: .*expected an address"),
        ("site_name: no", "1:12: site_name: expected a text, got false; put it in quotes"),
        ("extra: {archive: {jobs: 1}}\nextra: {}", "2:1: extra: expected each key once"),
        ("a: 1\nb: [\nc: {", "4:1: expected"),
        ("site_url: 'http://[::1'", "1:11: site_url: expected an address"),
        (
            "docs_dir: pages",
            '1:11: docs_dir: expected "docs" as extra.archive.docs has it, got "pages"',
        ),
        ("extra: {archive: {languages: [en, en]}}", "1:31: extra.archive.languages: .*once"),
        ("? [1]\n: 2", "1:3: expected YAML, got a fault"),
        ("a: " + "[" * 100_000, "1:15: expected at most 12 levels of nesting, got more"),
        ("a: 2024-99-01", " expected YAML, got a fault: month must be"),
    ],
)
def test_a_fault_of_a_setting_has_its_place(tmp_path: Path, text: str, told: str) -> None:
    path = config(tmp_path, text + "\n")
    with pytest.raises(ProblemsFound, match=rf"(?m)^{re.escape(str(path))}:{told}"):
        read_settings(path)


def test_a_misspelt_section_is_named(tmp_path: Path) -> None:
    path = config(tmp_path, "site_name: Test\nextra: {archiv: {jobs: 3}, social: []}\n")
    with pytest.raises(ProblemsFound, match=r'extra\.archiv: .*did you mean "archive"') as caught:
        read_settings(path)
    assert len(caught.value.problems) == 1


@pytest.mark.parametrize("text", ["a: [", "- a", "extra: 3", "extra: {archive: [1]}", "\x00"])
def test_a_broken_file_is_a_problem_with_its_path(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProblemsFound, match=r"mkdocs\.yml"):
        read_settings(config(tmp_path, text))


def test_a_missing_file_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--config"):
        read_settings(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "theme: nosuch",
            "2:8: theme: expected what MkDocs takes, got what it refuses: Unrecognised theme",
        ),
        ("theme:\n  name: material\n  custom_dir: gone", "4:15: theme: .*custom_dir"),
        ("theme: {name: material,\n  locale: 5}", "3:11: theme: .*locale"),
        ("plugins:\n- search:\n    langg: xx", "4:12: plugins: .*langg"),
        ("validation:\n  nav:\n    not_found: x", "4:16: validation: .*not_found"),
        ("plugins: [nosuch]", '2:11: plugins: .*"nosuch" plugin is not installed'),
        ("extra_css: a.css", "2:12: extra_css: .*Expected type"),
        ("extrra: {}", "2:9: extrra: .*Unrecognised configuration name"),
        ("extra: {x: !!python/name:no.such }", " expected what MkDocs takes.*cannot find module"),
    ],
)
def test_what_mkdocs_refuses_is_told_with_its_place(tmp_path: Path, line: str, told: str) -> None:
    path = config(tmp_path, f"site_name: Test\n{line}\n")
    with pytest.raises(ProblemsFound, match=rf"^{re.escape(str(path))}:{told}") as caught:
        check_site_config(Settings(), path)
    assert len(caught.value.problems) == 1
    assert [item.name for item in tmp_path.iterdir()] == ["mkdocs.yml"]


def test_mkdocs_is_asked_once_about_a_configuration(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = config(tmp_path, "site_name: Test\ntheme: {name: material, font: false}\n")
    check_site_config(Settings(), path)
    asked: list[Path] = []

    def faultless(file: Path) -> tuple[tuple[str, str], ...]:
        asked.append(file)
        return ()

    monkeypatch.setattr(config_check, "configuration_faults", faultless)
    check_site_config(Settings(), path)
    assert asked == []
    path.write_text("site_name: Other\n", encoding="utf-8")
    check_site_config(Settings(), path)
    assert asked == [path]


def test_results_that_cannot_be_written_are_told(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sources.yml").write_text("- 3\n", encoding="utf-8")
    command = [sys.executable, "-m", "generator", "check", "--corpus", str(tmp_path)]
    if not Path("/dev/full").exists():
        missing("/dev/full")
    with Path("/dev/full").open("wb") as full:
        assert subprocess.run(command, stdout=full, check=False).returncode == 1
    *_, last = capfd.readouterr().err.splitlines()
    assert last == "variorum: No space left on device"


def test_a_build_that_cannot_be_rendered_ends_before_its_work(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = config(tmp_path, "site_name: Test\ntheme: nosuch\n")
    assert main(["build", "--config", str(path)]) == 1  # there is no corpus either
    assert "theme: expected what MkDocs takes" in capsys.readouterr().err
    assert [item.name for item in tmp_path.iterdir()] == ["mkdocs.yml"]
