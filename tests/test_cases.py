"""Runs every file of `tests/cases/corpus/`: the files of a small corpus, and what comes of them.

A case has `files` (path: text, or `hex: …` for bytes), and either `problems` (the exact lines that
`variorum check` prints, for `corpus` as the folder) or `articles` (id: the fields to compare, body
blocks as lines that start with their kind). An outlet `herald` is there unless the case has its own
`sources.yml`; `settings` may change settings.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.corpus.reader import read_corpus
from generator.model import Article
from generator.settings import Settings

FOLDER = Path(__file__).parent / "cases" / "corpus"
CASES = sorted(FOLDER.glob("*.yml"))
KEYS = {"files", "problems", "articles", "settings", "links"}


def write_files(case: dict[str, Any], root: Path) -> None:
    files = {"sources.yml": "- id: herald\n  name: The Herald\n"} | case["files"]
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        data = bytes.fromhex(content["hex"]) if isinstance(content, dict) else content.encode()
        path.write_bytes(data)
    for name, target in case.get("links", {}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).symlink_to(target)


def comparable(article: Article, fields: dict[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = {"body": [f"{block.kind}: {block.text}" for block in article.blocks]}
    for name in fields.keys() - {"body"}:
        value = getattr(article, name)
        plain[name] = list(value) if isinstance(value, tuple) else getattr(value, "iso", value)
    return {name: plain[name] for name in fields}


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert case.keys() <= KEYS
    monkeypatch.chdir(tmp_path)
    write_files(case, tmp_path / "corpus")
    corpus, problems = read_corpus(Path("corpus"), Settings(**case.get("settings", {})))
    assert [str(problem) for problem in problems] == case.get("problems", [])
    articles = {article.id: article for article in corpus.articles}
    for identifier, fields in case.get("articles", {}).items():
        assert comparable(articles[identifier], fields) == fields
