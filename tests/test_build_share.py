"""Machines that analyse a share each save the one that builds the work, and change nothing."""

import json
from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import UsageError
from generator.model import ArticleId
from generator.pipeline.cache import FILE
from generator.pipeline.share import Share, parse_share
from tests.building import clean_build_of, make_place


def test_every_article_is_in_one_share() -> None:
    articles = [ArticleId(f"2024-01-01-herald-{number}") for number in range(200)]
    shares = [{item for item in articles if Share(number=n, of=3).has(item)} for n in (1, 2, 3)]
    assert set.union(*shares) == set(articles)
    assert sum(map(len, shares)) == 200
    assert min(map(len, shares)) > 30


@pytest.mark.parametrize("text", ["0/2", "3/2", "1", "a/b", "1/2/3", "-1/2"])
def test_what_is_no_share_is_told(text: str) -> None:
    with pytest.raises(UsageError, match="--share: expected a share such as 2/4"):
        parse_share(text)


@pytest.mark.slow
def test_a_build_takes_over_what_shares_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = make_place(tmp_path / "place", 8)
    config = ["--config", str(place.folder / "mkdocs.yml"), "--jobs", "1"]
    for number in (1, 2):
        kept = ["--cache", str(tmp_path / "kept" / str(number))]
        assert main(["build", *config, *kept, "--share", f"{number}/2"]) == 0
    timings = tmp_path / "timings.json"
    taken = ["--take", str(tmp_path / "kept"), "--timings", str(timings)]
    assert main(["build", *config, *taken]) == 0
    steps = {step["step"]: step for step in json.loads(timings.read_text())}
    assert {name: steps[name]["count"] for name in ("analyse", "tag")} == {"analyse": 0, "tag": 0}
    assert place.made() == clean_build_of(place, tmp_path / "fresh")
    assert "share 2/2 analysed" in capsys.readouterr().out


def test_a_folder_without_caches_and_a_damaged_one_are_told_apart(tmp_path: Path) -> None:
    place = make_place(tmp_path / "place", 2)
    config = ["--config", str(place.folder / "mkdocs.yml"), "--jobs", "1"]
    (tmp_path / "empty").mkdir()
    assert main(["build", *config, "--take", str(tmp_path / "empty")]) == 2
    (tmp_path / "empty" / FILE).write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    assert main(["build", *config, "--docs-only", "--take", str(tmp_path / "empty")]) == 0
