"""Adding captures to a corpus, from the outside: files in, articles out, nothing by halves."""

import gzip
import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from generator.cli import main
from generator.corpus.reader import read_corpus
from generator.model import RemovedKind
from generator.pipeline.evaluate.data import read_lines
from generator.pipeline.evaluate.ngrams import score_texts
from generator.settings import Settings
from generator.text import body_text

TEXT = """Harbour reopens after storm

The harbour of Larnum opened again on Tuesday, three days after a storm had closed it for all ships.

Engineers said they had checked both piers and found no damage that would keep ferries from landing there.

“We are glad to be back at work,” the harbour master told reporters, standing in front of the first ferry.

Read also: What the storm did to the coast

Photo: Example Agency
"""
PAGE = """<html lang="en"><head><title>Harbour reopens after storm | The Larnum Herald</title>
<meta property="article:published_time" content="2024-03-05T10:00:00+02:00">
<link rel="canonical" href="https://herald.example/harbour"></head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Harbour reopens after storm</h1>
<p>The harbour of Larnum opened again on Tuesday, three days after a storm had closed it for all ships.</p>
<p>Engineers said they had checked both piers and found no damage that would keep ferries from landing there.</p>
<h2>Back at work</h2>
<p>“We are glad to be back at work,” the harbour master told reporters, standing in front of the first ferry.</p>
</article><footer>Copyright The Larnum Herald</footer></body></html>"""


def corpus_at(tmp_path: Path) -> Path:
    root = tmp_path / "corpus"
    root.mkdir()
    source = {"id": "herald", "name": "The Larnum Herald", "homepage": "https://herald.example/"}
    (root / "sources.yml").write_text(yaml.safe_dump([source]), encoding="utf-8")
    return root


def add(root: Path, *arguments: str) -> int:
    return main(["add", "--corpus", str(root), "--config", str(root / "none.yml"), *arguments])


def articles(root: Path) -> list[Path]:
    return sorted(root.glob("articles/*/*.md"))


def test_the_seeds_become_five_articles(shared_data: Path, tmp_path: Path) -> None:
    seeds = sorted((shared_data / "seeds").glob("*.txt"))
    outlets = ["the-moscow-times"] * 3 + ["new-york-post", "tass"]
    meta = {
        s.name: {"source": o, "date": "2022-01-28"} for s, o in zip(seeds, outlets, strict=True)
    }
    (tmp_path / "seeds.yml").write_text(yaml.safe_dump(meta), encoding="utf-8")
    root = tmp_path / "corpus"
    root.mkdir()
    assert add(root, *map(str, seeds)) == 1
    assert list(root.iterdir()) == []
    assert add(root, *map(str, seeds), "--meta", str(tmp_path / "seeds.yml")) == 0
    corpus, problems = read_corpus(root, Settings())
    assert problems == ()
    assert len({article.id for article in corpus.articles}) == 5
    gold = {d["id"]: d for d in read_lines(shared_data / "data/clean-text/seeds", "documents")}
    by_name = {article.capture.sha256: article for article in corpus.articles if article.capture}
    found = {s.stem: by_name[hashlib.sha256(s.read_bytes()).hexdigest()] for s in seeds}
    for name, article in found.items():
        assert score_texts([(body_text(article), gold[name]["text"])]).f1 >= 0.99
    first, second, third, _, agency = found.values()
    assert body_text(first) == body_text(second) == body_text(third)
    assert first.title == second.title == third.title == gold[list(found)[2]]["title"]
    assert (agency.agency, agency.place) == ("TASS", "Moscow")
    kinds = {block.kind for block in corpus.provenance[first.id].removed}
    assert kinds == {RemovedKind.FURNITURE, RemovedKind.LINKS}


def test_a_page_is_added_with_all_it_states(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert add(root, str(tmp_path / "page.html"), "--json") == 0
    result = json.loads(capsys.readouterr().out)[0]["article"]
    assert result["id"] == "2024-03-05-herald-harbour-reopens-after-storm"
    assert result["date"]["iso"] == "2024-03-05T10:00:00+02:00"
    assert [block["kind"] for block in result["blocks"]] == [
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]
    assert read_corpus(root, Settings())[1] == ()


def test_a_missing_field_is_a_problem_and_nothing_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert add(root, str(tmp_path / "a.txt"), "--source", "herald") == 1
    assert "--date YYYY-MM-DD" in capsys.readouterr().err
    assert articles(root) == []
    assert not (root / "captures").exists()


def test_the_same_text_again_is_filed_as_a_version_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    given = ("--source", "herald", "--date", "2024-03-05")
    assert add(root, str(tmp_path / "page.html"), *given) == 0
    assert add(root, str(tmp_path / "a.txt"), *given) == 0
    assert "of 2024-03-05-herald-harbour-reopens-after-storm:" in capsys.readouterr().out
    assert [path.stem[-2:] for path in articles(root)] == ["-2", "rm"]


def test_replace_overwrites_the_article_of_the_same_capture(tmp_path: Path) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    given = (str(tmp_path / "a.txt"), "--source", "herald", "--date", "2024-03-05")
    assert add(root, *given) == 0
    assert add(root, *given, "--title", "Another title", "--replace") == 0
    assert len(articles(root)) == 1
    assert "title: Another title" in articles(root)[0].read_text(encoding="utf-8")


def test_a_dry_run_prints_the_file_and_writes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    before = sorted(root.rglob("*"))
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert (
        add(
            root, str(tmp_path / "a.txt"), "--source", "herald", "--date", "2024-03-05", "--dry-run"
        )
        == 0
    )
    assert capsys.readouterr().out.startswith("---\ntitle: Harbour reopens after storm\n")
    assert sorted(root.rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty file"),
        (bytes(range(256)) * 40, "binary"),
        (b"%PDF-1.7\nnot really", "cannot be opened"),
        (gzip.compress(b"x" * 10_000, mtime=0)[:40], "cut off"),
        (b"<html><body></body></html>", "no words"),
        (b"<html><body>" + b"<p>much too much</p>" * 600_000, "at most 10,000,000 bytes"),
    ],
)
def test_broken_input_is_a_clear_problem_and_the_others_go_on(
    content: bytes, said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "bad").write_bytes(content)
    (tmp_path / "good.txt").write_text(TEXT, encoding="utf-8")
    given = ("--source", "herald", "--date", "2024-03-05")
    assert add(root, str(tmp_path / "bad"), str(tmp_path / "good.txt"), *given) == 1
    error = capsys.readouterr().err
    assert said in error
    assert "Traceback" not in error
    assert len(articles(root)) == 1
    assert [path.name for path in root.iterdir() if path.name.startswith(".")] == []


def test_names_of_files_and_titles_cannot_lead_out_of_the_corpus(tmp_path: Path) -> None:
    root = corpus_at(tmp_path)
    name = tmp_path / "..%2f..%2fescape.txt"
    name.write_text(TEXT, encoding="utf-8")
    given = (
        str(name),
        "--source",
        "herald",
        "--date",
        "2024-03-05",
        "--title",
        "../../../etc/passwd",
    )
    assert add(root, *given) == 0
    assert {path.parts[len(root.parts)] for path in root.rglob("*")} == {
        "articles",
        "captures",
        "sources.yml",
    }


def test_a_fault_in_the_meta_file_is_told_with_the_likely_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "meta.yml").write_text("a.txt: {sorce: herald}\n", encoding="utf-8")
    assert add(corpus_at(tmp_path), "a.txt", "--meta", str(tmp_path / "meta.yml")) == 1
    assert 'did you mean "source"?' in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "a.txt:\n  title: A: b\nb.txt: [x]\n",
            ['2:11: expected one "key: value" a line', "3:8: "],
        ),
        ('a.txt: {title: "b', ["1:16: expected a closing quotation mark"]),
        ("a.txt: {}\na.txt: {}\n", ['2:1: expected each file name once, got "a.txt" again']),
        ("a.txt: &x {title: b}\n", ["1:8: expected plain data"]),
        ("- a.txt\n", ["1:1: expected file names, each with its values below it, got a list"]),
        (
            "a.txt: {authors: 5, language: no, rights: all, agency: }\n",
            [
                '1:18: a.txt.authors: expected text, got 5, which YAML reads as a number; write "5"',
                "1:31: a.txt.language: expected a language code, got no, which YAML reads as a truth value",
                '1:43: a.txt.rights: expected one of full, opening, metadata, got "all"',
                "1:56: a.txt.agency: expected text, got nothing",
            ],
        ),
        ("", ["1:1: expected file names, each with its values below it, got nothing"]),
        ("a: \udcff", ["1:4: expected UTF-8, got the byte 0xFF"]),
    ],
)
def test_every_fault_of_a_meta_file_has_its_place(
    text: str, told: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "meta.yml"
    file.write_bytes(text.encode(errors="surrogateescape"))
    assert add(corpus_at(tmp_path), "a.txt", "--meta", str(file)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == len(told)
    assert all(line.startswith(f"{file}:{item}") for line, item in zip(lines, told, strict=True))


def test_an_input_counts_once_however_it_is_written_and_a_broken_one_stops_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = corpus_at(tmp_path)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    given = ("http://[", "a.txt", "./a.txt", "--source", "herald", "--date", "2024-03-05")
    assert add(root, *given) == 1
    assert "http://[: expected the address of a page, got none" in capsys.readouterr().err
    assert len(articles(root)) == 1


def test_a_corpus_is_begun_only_where_it_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    options = ["add", "a.txt", "--source", "herald", "--date", "2024-03-05"]
    assert main(options) == 2
    assert "mkdocs.yml: expected MkDocs' configuration file, got none" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert main([*options, "--corpus", "mine"]) == 0
    assert len(articles(tmp_path / "mine")) == 1


def test_an_address_that_nobody_may_follow_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(corpus_at(tmp_path), "a.txt", "--url", "javascript:alert(1)") == 2
    assert "--url: expected an address that starts with https://" in capsys.readouterr().err


def test_an_outlet_is_no_author_of_its_own_article(tmp_path: Path) -> None:
    root = corpus_at(tmp_path)
    title, rest = TEXT.split("\n", 1)
    (tmp_path / "a.txt").write_text(f"{title}\n\nThe Larnum Herald, 6 March 2024\n{rest}", "utf-8")
    options = ["--source", "herald", "--date", "2024-03-06"]
    assert add(root, str(tmp_path / "a.txt"), *options) == 0
    (made,) = articles(root)
    assert "authors" not in made.read_text("utf-8").split("\n---\n")[0]


def test_what_repeats_over_an_outlets_other_captures_is_furniture(tmp_path: Path) -> None:
    root = corpus_at(tmp_path)
    banner = "The Larnum Herald has told the stories of this coast to its people for ninety years."
    topics = ("Harbour", "Railway", "Library")
    for day, topic in enumerate(topics, start=1):
        text = TEXT.replace("Harbour", topic).replace("harbour", topic.lower())
        text = text.replace("storm", f"storm number {day}").replace(
            "Engineers", f"{topic} engineers"
        )
        text += (
            f"\n{banner}\n"
            + f"\n{topic} visitors praised it, and {topic.lower()} workers said so too on the day.\n"
        )
        path = tmp_path / f"{topic}.txt"
        path.write_text(text, encoding="utf-8")
        assert add(root, str(path), "--source", "herald", "--date", f"2024-03-{day * 5:02}") == 0
    corpus, _ = read_corpus(root, Settings())
    last = next(article for article in corpus.articles if "library" in article.id)
    rules = {block.text: block.rule for block in corpus.provenance[last.id].removed}
    assert rules.get(banner) == "repeats in the outlet's captures"


def test_a_reader_that_has_had_enough_is_no_error(tmp_path: Path) -> None:
    root = corpus_at(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "generator",
        "add",
        "--corpus",
        str(root),
        "--dry-run",
        "--json",
    ]
    given = ["--source", "herald", "--date", "2024-03-05", str(tmp_path / "a.txt")]
    with subprocess.Popen(
        [*command, *given], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()
    assert process.returncode == 0
