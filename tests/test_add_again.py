"""What is there already is told as what it is, and what others say of a capture never makes it worse."""

import json
from pathlib import Path

import pytest

from generator.corpus.reader import read_corpus
from generator.linking.compare import compare
from generator.linking.profile import profile
from generator.linking.relations import relate
from generator.model import Article
from generator.settings import Settings
from generator.text import body_text
from tests.test_add import PAGE, TEXT, add, corpus_at

GIVEN = ("--source", "herald", "--date", "2024-03-05")


def stored(root: Path) -> tuple[Article, ...]:
    return read_corpus(root, Settings())[0].articles


def test_the_same_bytes_are_identical_and_cleaned_as_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    for _ in range(2):
        assert add(root, str(tmp_path / "page.html")) == 0
    assert (
        "identical to 2024-03-05-herald-harbour-reopens-after-storm: the same capture, byte for byte"
        in capsys.readouterr().out
    )
    first, second = stored(root)
    assert (first.title, body_text(first)) == (second.title, body_text(second))


def test_the_same_again_says_how_to_replace_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    hint = (
        "the same text is in the corpus already, at articles/2024/"
        "2024-03-05-herald-harbour-reopens-after-storm.md, and this is filed as a version of it; --replace"
    )
    assert add(root, str(tmp_path / "page.html")) == 0
    assert hint not in capsys.readouterr().out
    assert add(root, str(tmp_path / "page.html"), "--dry-run") == 0
    assert f"page.html: warning: {hint}" in capsys.readouterr().err
    assert add(root, str(tmp_path / "page.html")) == 0
    assert hint in capsys.readouterr().out
    assert add(root, str(tmp_path / "page.html"), "--replace") == 0
    assert hint not in capsys.readouterr().out
    assert len(stored(root)) == 2


def test_what_replace_would_not_overwrite_has_no_hint(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{TEXT}\n", encoding="utf-8")
    for name in ("a.txt", "b.txt"):
        assert add(root, str(tmp_path / name), *GIVEN) == 0
    assert "--replace" not in capsys.readouterr().out


@pytest.mark.parametrize(
    ("other", "said"),
    [
        (TEXT.replace("Photo: Example Agency\n", ""), "another capture of"),
        (TEXT.replace("\n\n", "\n\n\n"), "identical to"),
        (TEXT.replace("“", "« ").replace("”", " »"), "identical to"),
        (TEXT.replace("no damage", "some damage, though none"), "a revision of"),
    ],
)
def test_the_relation_is_that_of_the_texts(
    other: str, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(other, encoding="utf-8")
    assert add(root, str(tmp_path / "a.txt"), *GIVEN) == 0
    assert add(root, str(tmp_path / "b.txt"), *GIVEN) == 0
    told = capsys.readouterr().out
    assert f"version   {said} 2024-03-05-herald-harbour" in told
    assert ("other quotation marks, dashes or spaces" in told) == ("«" in other)


def test_the_same_words_under_another_title_are_told_as_such(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{TEXT}\n", encoding="utf-8")
    assert add(root, str(tmp_path / "a.txt"), *GIVEN) == 0
    assert add(root, str(tmp_path / "b.txt"), *GIVEN, "--title", "Ferries sail again") == 0
    assert (
        "a revision of 2024-03-05-herald-harbour-reopens-after-storm: the same text, another title"
        in capsys.readouterr().out
    )


def test_the_same_bytes_under_another_title_are_a_revision_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert add(root, str(tmp_path / "a.txt"), *GIVEN) == 0
    assert add(root, str(tmp_path / "a.txt"), *GIVEN, "--title", "Ferries sail again") == 0
    said = capsys.readouterr().out
    assert "a revision of 2024-03-05-herald-harbour-reopens-after-storm" in said
    assert "the same capture, byte for byte; the same text, another title" in said


@pytest.mark.parametrize(
    "options", [(), ("--title", "Ferries sail again"), ("--source", "Coast Courier")]
)
@pytest.mark.parametrize("text", [TEXT, TEXT.replace("no damage", "some damage, though none")])
def test_add_names_the_relation_that_the_site_shows(
    text: str, options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "b.txt").write_text(f"{text}\n", encoding="utf-8")
    assert add(root, str(tmp_path / "a.txt"), *GIVEN) == 0
    capsys.readouterr()
    assert add(root, str(tmp_path / "b.txt"), *GIVEN, *options, "--json") == 0
    (told,) = json.loads(capsys.readouterr().out)
    corpus = read_corpus(root, Settings())[0]
    new, old = sorted(corpus.articles, key=lambda article: article.id != told["article"]["id"])
    verdict = compare(profile(new), profile(old))
    assert told["version"]["article"] == old.id
    assert told["version"]["relation"] == relate(new, old, verdict, corpus.provenance).relation


@pytest.mark.parametrize("name", ["The Larnum Herald", "THE LARNUM HERALD", "herald.example"])
def test_a_line_that_names_an_outlet_is_no_title(name: str, tmp_path: Path) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(f"{name}\n\n{TEXT}", encoding="utf-8")
    assert add(root, str(tmp_path / "a.txt"), *GIVEN) == 0
    (article,) = stored(root)
    assert article.title == "Harbour reopens after storm"
    assert name not in body_text(article)


def test_an_outlet_named_on_the_command_line_is_no_title_either(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"Coast Courier\n\n{TEXT}", encoding="utf-8")
    root = corpus_at(tmp_path)
    given = ("--source", "Coast Courier", "--date", "2024-03-05")
    assert add(root, str(tmp_path / "a.txt"), *given) == 0
    assert stored(root)[0].title == "Harbour reopens after storm"


def test_a_given_date_that_the_dateline_denies_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = TEXT.split("\n\n")
    dated = "\n\n".join([text[0], "LARNUM, March 5. /REUTERS/. " + text[1], *text[2:]])
    (tmp_path / "a.txt").write_text(dated, encoding="utf-8")
    root = corpus_at(tmp_path)
    assert add(root, str(tmp_path / "a.txt"), "--source", "herald", "--date", "2024-04-09") == 0
    said = capsys.readouterr().out
    assert "warning: the date is 2024-04-09, the dateline says month 3, day 5" in said


def test_the_name_of_a_file_stays_on_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a\n\x1b[2Jb.txt").write_text("", encoding="utf-8")
    assert add(corpus_at(tmp_path), str(tmp_path / "a\n\x1b[2Jb.txt"), *GIVEN) == 1
    (line,) = [line for line in capsys.readouterr().err.split("\n") if "empty file" in line]
    assert "a\\n\\x1b[2Jb.txt: expected" in line
