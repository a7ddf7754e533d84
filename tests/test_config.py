"""Settings come from `mkdocs.yml`; what does not fit is a problem that says what would."""

from pathlib import Path

import pytest

from generator.errors import ProblemsFound, UsageError
from generator.pipeline.config import read_settings
from generator.settings import Settings


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
    fields = [problem.field for problem in caught.value.problems]
    assert fields == ["extra.archive.jobs", "extra.archive.langages", "extra.archive.languages"]
    assert 'did you mean "languages"?' in caught.value.problems[1].message


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
