"""`variorum check`: all problems or those of some paths, in three forms; ids, places, links."""

import json
import os
import time
from pathlib import Path

import pytest

from generator.cli import main
from generator.cli.check import annotation, summary
from generator.corpus.before import Before
from generator.corpus.ids import article_path, make_article_id
from generator.corpus.reader import check_paths, read_corpus
from generator.errors import Problem, Severity, UsageError
from generator.model import ArticleDate, SourceId
from generator.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
HEAD = "---\ntitle: {title}\ndate: 2024-01-02\nsource: herald\nlanguage: en\n---\n\nText.\n"


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two faulty articles and a good one, seen from the folder above."""
    monkeypatch.chdir(tmp_path)
    root = Path("corpus")
    (root / "articles" / "2024").mkdir(parents=True)
    (root / "sources.yml").write_text("- id: herald\n  name: The Herald\n", encoding="utf-8")
    for name, title in {"good": "Good", "bad": "7", "worse": "@"}.items():
        article(root, name).write_text(HEAD.format(title=title), encoding="utf-8")
    return root


def article(root: Path, name: str) -> Path:
    return root / "articles" / "2024" / f"2024-01-02-herald-{name}.md"


def test_problems_go_to_stdout_and_the_summary_to_stderr(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--corpus", "corpus"]) == 1
    out, err = capsys.readouterr()
    assert [line.split(": ")[0] for line in out.splitlines()] == [
        "corpus/articles/2024/2024-01-02-herald-bad.md:2:8",
        "corpus/articles/2024/2024-01-02-herald-worse.md:2:8",
    ]
    assert err == "corpus: 1 good article, 2 errors\n"


def test_a_good_corpus_exits_with_0(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article(corpus, "bad").unlink()
    article(corpus, "worse").unlink()
    assert main(["check", "--corpus", "corpus"]) == 0
    assert capsys.readouterr() == ("", "corpus: 1 good article, no problems\n")


def test_warnings_alone_exit_with_0(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    article(corpus, "bad").unlink()
    article(corpus, "worse").unlink()
    (corpus / "entities").mkdir()
    names = "- {id: a, kind: person, names: {en: Ana}}\n- {id: b, kind: person, names: {en: Ana}}\n"
    (corpus / "entities" / "people.yml").write_text(names, encoding="utf-8")
    assert main(["check", "--corpus", "corpus"]) == 0
    assert "warning: names.en: " in capsys.readouterr().out


@pytest.mark.parametrize("path", ["nowhere", "corpus/nowhere.md"])
def test_a_path_that_is_not_there_is_wrong_use(corpus: Path, path: str) -> None:
    assert main(["check", "--corpus", "corpus", path]) == 2


def test_a_path_outside_the_corpus_is_wrong_use(corpus: Path) -> None:
    Path("other.md").touch()
    assert main(["check", "--corpus", "corpus", "other.md"]) == 2
    assert main(["check", "--corpus", "nowhere"]) == 2


def test_one_path_lists_only_its_problems(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--corpus", "corpus", str(article(corpus, "good"))]) == 0
    assert main(["check", "--corpus", "corpus", str(article(corpus, "bad").resolve())]) == 1
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert "herald-bad.md:2:8" in out
    for folder in ("corpus", "corpus/articles", "./corpus/articles/2024/"):
        assert main(["check", "--corpus", "corpus", folder]) == 1
        assert capsys.readouterr().out.count("\n") == 2


def test_one_path_is_seen_in_the_whole_corpus(corpus: Path) -> None:
    text = HEAD.format(title="Good").replace(
        "source:", "translation_of: 2024-01-02-herald-bad\nsource:"
    )
    article(corpus, "good").write_text(text, encoding="utf-8")
    assert check_paths(corpus, Settings(), [article(corpus, "good")]) == ()
    article(corpus, "bad").unlink()
    (problem,) = check_paths(corpus, Settings(), [article(corpus, "good")])
    assert problem.field == "translation_of"


def test_a_changed_capture_is_reported_when_only_the_capture_is_checked(corpus: Path) -> None:
    capture = corpus / "captures" / "2024-01-02-herald-good" / "page.txt"
    capture.parent.mkdir(parents=True)
    capture.write_text("changed", encoding="utf-8")
    path = capture.relative_to(corpus).as_posix()
    line = f"capture: {{path: {path}, sha256: {'ab' * 32}, kind: text}}\nsource:"
    article(corpus, "good").write_text(
        HEAD.format(title="Good").replace("source:", line), encoding="utf-8"
    )
    (problem,) = check_paths(corpus, Settings(), [capture])
    assert (problem.field, problem.line) == ("capture.sha256", 4)


def test_json_is_one_list(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["check", "--corpus", "corpus", "--format", "json"])
    first = json.loads(capsys.readouterr().out)[0]
    assert first | {"message": ""} == {
        "path": "corpus/articles/2024/2024-01-02-herald-bad.md", "line": 2, "column": 8,
        "field": "title", "message": "", "severity": "error",
    }  # fmt: skip


def test_github_annotations_escape_what_would_end_them() -> None:
    problem = Problem(path="a,b:c%.md", line=2, column=8, field="title", message="100%,\r\na: b")
    assert (
        annotation(problem) == "::error file=a%2Cb%3Ac%25.md,line=2,col=8::title: 100%25,%0D%0Aa: b"
    )
    whole = Problem(path="a.md", message="empty", severity=Severity.WARNING)
    assert annotation(whole) == "::warning file=a.md::empty"


def test_three_faults_give_three_annotations(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (
        HEAD.format(title="A").replace("2024-01-02", "2024-02-30").replace("en\n", "no\nurl: x\n")
    )
    article(corpus, "bad").write_text(text, encoding="utf-8")
    assert (
        main(["check", "--corpus", "corpus", "--format", "github", str(article(corpus, "bad"))])
        == 1
    )
    places = [line.split("::")[1] for line in capsys.readouterr().out.splitlines()]
    file = "error file=corpus/articles/2024/2024-01-02-herald-bad.md"
    assert places == [f"{file},line=3,col=7", f"{file},line=5,col=11", f"{file},line=6,col=6"]


def test_the_summary_counts_errors_and_warnings() -> None:
    error = Problem(path="a", message="m")
    warning = Problem(path="a", message="m", severity=Severity.WARNING)
    assert summary([]) == "no problems"
    assert summary([error, error, warning]) == "2 errors, 1 warning"


def test_pipes_and_links_are_reported_and_never_opened(corpus: Path) -> None:
    os.mkfifo(article(corpus, "pipe"))
    (corpus / "captures").symlink_to("/")
    found = {problem.path: problem.message for problem in read_corpus(corpus, Settings())[1]}
    assert "pipe" in found[str(article(corpus, "pipe"))]
    assert "symbolic link" in found["corpus/captures"]


def test_a_file_name_of_odd_bytes_can_be_printed(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = os.fsencode(str(corpus / "articles" / "2024")) + b"/\xff\n.md"
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - pathlib has no names of bytes
        file.write("---\ntitle: a\n---\n")
    problems = read_corpus(corpus, Settings())[1]
    assert all(problem.path.isprintable() for problem in problems)
    assert any(r"/\xff\n.md" in problem.path for problem in problems)
    assert read_corpus(corpus, Settings(), Before.nothing())[1] == problems
    assert main(["check", f"--corpus={corpus}"]) == 1
    assert r'got "\xff\n"' in capsys.readouterr().out


def test_a_corpus_may_be_empty_and_lie_anywhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    corpus, problems = read_corpus(Path(), Settings())
    assert (corpus.articles, problems) == ((), ())
    with pytest.raises(UsageError):
        read_corpus(tmp_path / "nowhere", Settings())


def test_one_file_of_a_large_corpus_is_checked_fast(corpus: Path) -> None:
    for number in range(3000):
        article(corpus, f"n{number}").write_text("not read", encoding="utf-8")
    start = time.perf_counter()
    assert check_paths(corpus, Settings(), [article(corpus, "good")]) == ()
    assert time.perf_counter() - start < 2


DECISIONS = """
- {decision: same-version, articles: [ID-good, ID-gone], who: Ana, when: 2024, why: One text.}
- {decision: same-version, articles: [ID-good, ID-other], who: Ana, when: 2024, why: One text.}
- {decision: not-same-version, articles: [ID-other, ID-good], who: Bo, when: 2024, why: Two.}
- {decision: same-story, articles: [ID-good, ID-other], who: Ana, when: 2024, why: One event.}
- {decision: not-same-story, articles: [ID-good, ID-other], who: Bo, when: 2024, why: Two.}
- {decision: is-entity, article: ID-good, text: Ana, entity: ana, who: Bo, when: 2024, why: She.}
- {decision: same-story, articles: [ID-good, ID-bad], who: Bo, when: 2024, why: bad has a fault.}
- decision: same-quotation
  quotations: [{article: ID-good, text: a}, {article: ID-gone, text: a}]
  who: Ana
  when: 2024
  why: The same words.
"""


def test_decisions_that_cannot_be_followed_are_told_without_a_build(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good = HEAD.format(title="Good")
    gone = good.replace("source:", "status: withdrawn\nreason: A mistake.\nsource:")
    article(corpus, "other").write_text(good, encoding="utf-8")
    article(corpus, "gone").write_text(gone, encoding="utf-8")
    for folder, text in {
        "entities": "- {id: ana, kind: person, names: {en: Ana}}\n",
        "decisions": DECISIONS.replace("ID", "2024-01-02-herald").lstrip(),
    }.items():
        (corpus / folder).mkdir()
        (corpus / folder / "a.yml").write_text(text, encoding="utf-8")
    file, name = "corpus/decisions/a.yml", "2024-01-02-herald"
    told = [
        f'{file}:1:1: warning: same-version: expected published articles, got the withdrawn "{name}-gone"; remove the decision',
        f"{file}:2:1: warning: same-version: expected no decision against it, got the later one at decisions/a.yml:3, which is followed",
        f"{file}:4:1: warning: same-story: expected no decision against it, got the later one at decisions/a.yml:5, which is followed",
        f'{file}:6:1: warning: is-entity: expected words of {name}-good, got "Ana", which it no longer has; remove the decision',
        f'{file}:8:1: warning: same-quotation: expected published articles, got the withdrawn "{name}-gone"; remove the decision',
    ]
    for paths in ([], ["corpus/decisions"], [file]):
        main(["check", "--corpus", "corpus", *paths])
        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if "decisions" in line.split(":")[0]] == told
    main(["check", "--corpus", "corpus", str(article(corpus, "gone"))])
    assert capsys.readouterr().out == ""


def test_the_demonstration_corpus_has_no_errors() -> None:
    corpus, problems = read_corpus(ROOT / "corpus", Settings())
    assert [str(problem) for problem in problems] == []
    assert len(corpus.articles) == len(corpus.digests) > 0


@pytest.mark.parametrize(
    ("date", "title", "taken", "expected"),
    [
        (
            "2022-01-28T01:00:00+03:00",
            "Россия не хочет войны",
            [],
            "2022-01-28-tass-rossiia-ne-khochet-voiny",
        ),
        ("2022-01", "A title", ["2022-01-tass-a-title"], "2022-01-tass-a-title-2"),
        ("2022", "A title", ["2022-tass-a-title", "2022-tass-a-title-2"], "2022-tass-a-title-3"),
        ("unknown", "!", [], "undated-tass-untitled"),
    ],
)
def test_ids_are_made_of_date_source_and_title(
    date: str, title: str, taken: list[str], expected: str
) -> None:
    made = make_article_id(ArticleDate(iso=date), SourceId("tass"), title, set(taken))
    assert made == expected
    assert article_path(made) == f"articles/{expected.split('-')[0]}/{expected}.md"


def test_a_headline_without_end_is_a_problem_that_does_not_repeat_it(corpus: Path) -> None:
    article(corpus, "bad").write_text(HEAD.format(title="long " * 300_000), encoding="utf-8")
    problems = read_corpus(corpus, Settings())[1]
    told = next(str(problem) for problem in problems if "bad" in problem.path)
    assert "2:8: title: expected at most 1,000 characters, got 1,499,999: " in told
    assert len(told) < 250
