"""`variorum entity add`: an entry from a recorded answer, on loopback or from a file."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.cli import main
from generator.corpus.reader import read_corpus
from generator.errors import UsageError, VariorumError
from generator.model import ArticleDate, EntityKind
from generator.pipeline.wikidata import Server, fetch, kind_of, to_entity
from generator.settings import Settings


def item(number: str, label: str, **changes: Any) -> dict[str, Any]:
    claims = {
        "P31": [claim({"id": "Q5"})],
        "P569": [claim({"time": "+1950-03-21T00:00:00Z", "precision": 11})],
    }
    return {
        "id": number,
        "labels": {"en": {"value": label}, "ru": {"value": "Ада Вымышленная"}},
        "aliases": {"en": [{"value": "A. Invented"}, {"value": label}]},
        "descriptions": {"en": {"value": "invented\nperson\u202e"}},
        "claims": claims,
    } | changes


def claim(value: Any, rank: str = "normal") -> dict[str, Any]:
    return {"rank": rank, "mainsnak": {"datavalue": {"value": value}}}


ITEMS = {"Q7": item("Q7", "Ada Invented")}
HITS = {
    "Ada Invented": [{"id": "Q7", "label": "Ada Invented", "description": "invented person"}],
    "Ada": [{"id": "Q7", "label": "Ada I."}, {"id": "Q8", "label": "Ada II."}],
}


class Recorded(BaseHTTPRequestHandler):
    """Answers as Wikidata does, from what is recorded; keeps what it was asked."""

    asked: list[tuple[dict[str, list[str]], str]] = []  # noqa: RUF012 - shared by all requests

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        self.asked.append((query, self.headers["User-Agent"]))
        if query["action"] == ["wbsearchentities"]:
            answer: dict[str, Any] = {"search": HITS.get(query["search"][0], [])}
        elif query["ids"] == ["Q500"]:
            answer = {
                "error": {"code": "maxlag", "info": "Waiting for a server: 6 seconds lagged."}
            }
        else:
            (number,) = query["ids"]
            answer = {"entities": {number: ITEMS.get(number, {"id": number, "missing": ""})}}
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    Recorded.asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Recorded) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}"
        http.shutdown()
        thread.join()


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "sources.yml").write_text("[]\n", encoding="utf-8")
    return tmp_path


def add(corpus: Path, *arguments: str) -> int:
    return main(["entity", "add", *arguments, "--corpus", str(corpus), "--config", "none.yml"])


def test_item_becomes_an_entry_in_the_file_of_its_kind(
    server: str, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(corpus, "Q7", "--server", server) == 0
    read, problems = read_corpus(corpus, Settings())
    assert problems == ()
    (entity,) = read.entities
    assert (entity.id, entity.kind, entity.wikidata) == ("ada-invented", EntityKind.PERSON, "Q7")
    assert entity.names["en"] == ("Ada Invented", "A. Invented")  # type: ignore[index]
    assert entity.description["en"] == "invented person"  # type: ignore[index]
    assert entity.born == ArticleDate(iso="1950-03-21")
    output = capsys.readouterr()
    assert "id: ada-invented" in output.out
    assert "people.yml: added ada-invented" in output.err
    query, agent = Recorded.asked[0]
    assert set(query["languages"][0].split("|")) >= {"en", "ru", "zh-hans", "ar"}
    assert agent.startswith("variorum/")


def test_entries_that_stand_in_the_file_stay_byte_for_byte(server: str, corpus: Path) -> None:
    path = corpus / "entities" / "people.yml"
    path.parent.mkdir()
    old = "# Ours.\n- id: old\n  kind: person\n  names: {en:   [Old One]}\n"
    path.write_text(old, encoding="utf-8")
    assert add(corpus, "Q7", "--server", server) == 0
    assert path.read_text(encoding="utf-8").startswith(old)
    assert len(read_corpus(corpus, Settings())[0].entities) == 2


def test_name_is_searched(server: str, corpus: Path) -> None:
    assert add(corpus, "Ada Invented", "--server", server) == 0
    assert len(read_corpus(corpus, Settings())[0].entities) == 1


def test_name_of_several_items_lists_them(
    server: str, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(corpus, "Ada", "--server", server) == 2
    error = capsys.readouterr().err
    assert "Q7" in error
    assert "Q8" in error


def test_name_that_nobody_bears_is_wrong_use(server: str, corpus: Path) -> None:
    assert add(corpus, "Nobody", "--server", server) == 2


def test_item_that_the_archive_has_is_not_added_twice(server: str, corpus: Path) -> None:
    assert add(corpus, "Q7", "--server", server) == 0
    assert add(corpus, "Q7", "--server", server) == 2


def test_namesake_gets_an_id_of_its_own(corpus: Path, tmp_path: Path) -> None:
    for number in ("Q7", "Q9"):
        file = tmp_path / "saved.json"
        file.write_text(json.dumps({"entities": {number: item(number, "Ada Invented")}}), "utf-8")
        assert add(corpus, number, "--from-file", str(file)) == 0
    ids = [entity.id for entity in read_corpus(corpus, Settings())[0].entities]
    assert ids == ["ada-invented", "ada-invented-2"]


def test_dry_run_writes_nothing(server: str, corpus: Path) -> None:
    assert add(corpus, "Q7", "--server", server, "--dry-run") == 0
    assert not (corpus / "entities").exists()


def test_missing_item_and_busy_server_are_told(
    server: str, corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(corpus, "Q404", "--server", server) == 1
    assert "got none" in capsys.readouterr().err
    assert add(corpus, "Q500", "--server", server) == 1
    assert "lagged" in capsys.readouterr().err


def test_no_server_names_the_cure(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(corpus, "Q7", "--server", "http://127.0.0.1:9") == 1
    assert "--from-file" in capsys.readouterr().err
    assert add(corpus, "Q7", "--server", "file:///etc") == 2


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"entities": []}', '{"entities": {"Q7": 3}}', "[" * 100_000]
)
def test_broken_answer_is_told_not_raised(text: str, corpus: Path, tmp_path: Path) -> None:
    file = tmp_path / "saved.json"
    file.write_text(text, encoding="utf-8")
    assert add(corpus, "Q7", "--from-file", str(file)) == 1


def test_kind_comes_from_classes_place_from_coordinates() -> None:
    assert kind_of(item("Q1", "A", claims={"P31": [claim({"id": "Q515"})]})) is EntityKind.PLACE
    place = {"P625": [claim({"latitude": 48.85661, "longitude": 2.35222})]}
    found = to_entity(item("Q1", "A", claims=place), ["en"], None)
    assert (found.kind, found.coordinates) == (EntityKind.PLACE, (48.8566, 2.3522))
    with pytest.raises(UsageError, match="--kind"):
        to_entity(item("Q1", "A", claims={}), ["en"], None)
    assert to_entity(item("Q1", "A", claims=[]), ["en"], EntityKind.EVENT).kind is EntityKind.EVENT


def test_values_that_are_withdrawn_or_vague_are_left_out() -> None:
    dates = [
        claim({"time": "+1900-01-01T00:00:00Z", "precision": 11}, "deprecated"),
        claim({"time": "-0044-03-15T00:00:00Z", "precision": 11}),
        claim({"time": "+1950-00-00T00:00:00Z", "precision": 9}, "preferred"),
    ]
    entity = to_entity(
        item("Q1", "A", claims={"P31": [claim({"id": "Q5"})], "P569": dates}), ["en"], None
    )
    assert entity.born == ArticleDate(iso="1950")


def test_item_without_a_name_in_the_languages_is_told() -> None:
    with pytest.raises(VariorumError, match="expected a name"):
        to_entity(item("Q1", "A"), ["de"], None)


def test_redirected_item_is_followed(server: str) -> None:
    ITEMS["Q70"] = ITEMS["Q7"]
    assert fetch(Server(address=server), "Q70", ["en"])["id"] == "Q7"


@pytest.mark.parametrize(
    "listed",
    [
        b"[",
        b"- 3\n",
        b"{a: b}\n",
        b"[{id: a, kind: person, names: {en: B}}]",
        b"- id: ada-invented\n",
    ],
)
def test_to_a_list_with_faults_nothing_is_added(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], listed: bytes
) -> None:
    people = tmp_path / "corpus" / "entities" / "people.yml"
    people.parent.mkdir(parents=True)
    people.write_bytes(listed)
    saved = tmp_path / "saved.json"
    saved.write_text(json.dumps({"entities": ITEMS}), encoding="utf-8")
    root = str(tmp_path / "corpus")
    assert main(["entity", "add", "Q7", "--from-file", str(saved), "--corpus", root]) == 1
    assert f"{people}:" in capsys.readouterr().err
    assert [(path, path.read_bytes()) for path in people.parent.iterdir()] == [(people, listed)]
