"""A new outlet's entry says what the page told, so that its next page finds it; what is no outlet is refused."""

import os
from pathlib import Path

import pytest
import yaml

from tests.test_add import PAGE, TEXT, add, articles

NEXT = (
    PAGE.replace("herald.example/harbour", "herald.example/ferry")
    .replace("Harbour reopens after storm", "Ferries wait for crews")
    .replace("The harbour of Larnum opened", "The ferries of Larnum sailed")
)
NAMED = PAGE.replace("<meta", '<meta property="og:site_name" content="The Larnum Herald"><meta', 1)


def outlets(root: Path) -> list[dict[str, str]]:
    return list(yaml.safe_load((root / "sources.yml").read_text(encoding="utf-8")) or [])


def write(folder: Path, **texts: str) -> list[str]:
    for name, text in texts.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return [str(folder / f"{name}.html") for name in texts]


def test_a_new_outlet_has_the_name_and_the_host_that_the_page_told(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    assert add(root, *write(tmp_path, first=NAMED), "--source", "herald") == 0
    told = {"id": "herald", "name": "The Larnum Herald", "homepage": "https://herald.example/"}
    assert outlets(root) == [told]
    assert add(root, *write(tmp_path, second=NEXT)) == 0
    assert outlets(root) == [told]
    assert len(articles(root)) == 2


def test_the_next_page_in_one_call_finds_the_outlet_too(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    meta = tmp_path / "meta.yml"
    meta.write_text("first.html: {source: Larnum Herald}\n", encoding="utf-8")
    assert add(root, *write(tmp_path, first=PAGE, second=NEXT), "--meta", str(meta)) == 0
    assert [item["id"] for item in outlets(root)] == ["larnum-herald"]


def test_a_given_address_tells_the_host_of_a_text(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    given = ("--source", "Mirror", "--date", "2024-03-05", "--url", "https://www.mirror.example/a")
    assert add(root, str(tmp_path / "a.txt"), *given) == 0
    assert outlets(root)[0]["homepage"] == "https://www.mirror.example/"


@pytest.mark.parametrize(
    "url",
    [
        "https://archive.example/web/2024/https://mirror.example/a",
        "https://elsewhere.example/reprints/harbour",
    ],
)
def test_a_host_that_may_be_anothers_is_not_written(url: str, tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    assert add(root, *write(tmp_path, page=PAGE), "--source", "Mirror", "--url", url) == 0
    assert outlets(root) == [{"id": "mirror", "name": "Mirror"}]


def test_two_new_outlets_of_nearly_one_name_are_not_both_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "corpus"
    meta = tmp_path / "meta.yml"
    meta.write_text(
        "first.html: {source: Coast Courier}\nsecond.html: {source: Coast Courrier}\n",
        encoding="utf-8",
    )
    assert add(root, *write(tmp_path, first=PAGE, second=NEXT), "--meta", str(meta)) == 1
    (told,) = [line for line in capsys.readouterr().err.splitlines() if "Courrier" in line]
    assert 'second.html: source: expected an outlet of sources.yml, got "Coast Courrier"' in told
    assert told.endswith('did you mean "coast-courier"?')
    assert [item["id"] for item in outlets(root)] == ["coast-courier"]
    assert len(articles(root)) == 1


@pytest.mark.parametrize("named", ["../../evil", "a/b", "C:\\evil", ".hidden", "?!", "a\nb"])
def test_what_is_no_name_is_no_outlet(
    named: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "corpus"
    assert add(root, *write(tmp_path, page=PAGE), "--source", named) == 1
    assert "page.html: source: expected the id or the name of an outlet" in capsys.readouterr().err
    assert not root.exists()


@pytest.mark.parametrize("named", ["+972 Magazine", "L’Écho du port", "Новая газета", "’t Nieuws"])
def test_names_of_all_kinds_are_names(named: str, tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    assert add(root, *write(tmp_path, page=PAGE), "--source", named) == 0
    assert outlets(root)[0]["name"] == named


@pytest.mark.parametrize("options", [(), ("--json",), ("--dry-run",)])
def test_a_name_of_bytes_that_are_no_letters_can_be_read(
    options: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good, bad = (
        os.fsdecode(os.fsencode(tmp_path) + name) for name in (b"/a\xff.txt", b"/b\xff.txt")
    )
    Path(good).write_text(TEXT, encoding="utf-8")
    Path(bad).write_text("", encoding="utf-8")
    given = ("--source", "herald", "--date", "2024-03-05")
    assert add(tmp_path / "corpus", good, bad, *given, *options) == 1
    said = capsys.readouterr()
    said.out.encode("utf-8")
    assert "\\xff.txt" in said.out + said.err
    assert "udcff" not in said.out + said.err


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        (b"[", ":1:"),
        (b"- 3\n", ":1:3: expected a table"),
        (b"{a: b}\n", ":1:1: expected a list"),
        (b"\xff\xfe", ":1:1: expected UTF-8, got UTF-16"),
        (b"[{id: a, name: b}]", ": expected a list of which every item starts with -"),
        (b"- id: a\n  name: b\n...\n", ": expected a list of which every item starts with -"),
        (b"a: " + b"[" * 100_000, "expected at most 12 levels of nesting"),
    ],
)
@pytest.mark.parametrize("dry", [(), ("--dry-run",)])
def test_a_list_to_which_nothing_can_be_added_stays_and_nothing_is_filed(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    listed: bytes,
    told: str,
    dry: tuple[str, ...],
) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "sources.yml").write_bytes(listed)
    assert add(root, *write(tmp_path, page=PAGE), "--source", "New Paper", *dry) == 1
    assert f"{root}/sources.yml" in (err := capsys.readouterr().err)
    assert told in err
    assert [path.name for path in root.iterdir()] == ["sources.yml"]
    assert (root / "sources.yml").read_bytes() == listed


def test_line_ends_of_the_list_stay_as_they_are(tmp_path: Path) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    listed = b"# Outlets\r\n- id: a\r\n  name: A\r\n"
    (root / "sources.yml").write_bytes(listed)
    assert add(root, *write(tmp_path, page=PAGE), "--source", "New Paper") == 0
    assert (root / "sources.yml").read_bytes().startswith(listed)
    assert [item["id"] for item in outlets(root)] == ["a", "new-paper"]


def test_a_corpus_that_cannot_be_written_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "corpus"
    root.mkdir()
    (root / "articles").write_text("a file")
    assert add(root, *write(tmp_path, page=PAGE), "--source", "New Paper") == 1
    assert "could not be written (" in capsys.readouterr().err
    assert [path.name for path in root.iterdir()] == ["articles"]
