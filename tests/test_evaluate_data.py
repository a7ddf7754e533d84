"""What is broken in a labelled set is told with its line, in one sentence."""

from pathlib import Path

import pytest

from generator.cli import main


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("no JSON", "1:1: expected a JSON object, got a fault: Expecting value"),
        ("[1]", "1:1: expected a JSON object, got a list"),
        ('{"id": 5}', "1:1: id: expected a text, got 5"),
        ('{"id": "a"}', "1:1: text: expected this key, got none"),
        ('{"id": "a", "text": null}', "1:1: text: expected this key, got none"),
        ("[" * 100_000, "1:1: expected a JSON object, got a fault: "),
    ],
)
def test_a_broken_line_has_its_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, told: str
) -> None:
    (tmp_path / "documents.ndjson").write_text(line + "\n")
    assert main(["evaluate", "versions", str(tmp_path)]) == 1
    assert f"{tmp_path}/documents.ndjson:{told}" in capsys.readouterr().err


def test_a_broken_authority_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "documents.ndjson").write_text("")
    for text in ("- 3", "[", "- {id: a, kind: x, names: {}}", "\x00"):
        (tmp_path / "authority.yml").write_text(text)
        assert main(["evaluate", "entities", str(tmp_path)]) == 2
        told = "authority.yml: expected entries with id, kind and names, got a fault: "
        assert told in capsys.readouterr().err
