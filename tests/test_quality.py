"""The document of measured accuracy says what the floors were set by."""

import json

from generator.settings import Settings
from generator.views.documents import method_page
from tests.quality.measure import FLOORS, PAGE, TOLD, page, told


def test_the_document_is_made_from_the_floors() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(floors)
    assert TOLD.read_text(encoding="utf-8") == told(floors)


def test_every_floor_is_below_its_score_and_not_far() -> None:
    for entry in json.loads(FLOORS.read_text(encoding="utf-8")):
        for kept in entry["measures"].values():
            assert 0 <= kept["score"] - kept["floor"] < 0.06


def test_the_page_of_method_tells_the_scores_and_the_known_failures() -> None:
    settings = Settings(repo_url="https://git.example/archive/")
    text = method_page("en", settings).decode()
    assert "Measured accuracy" in text
    assert "0.97–0.999" in text
    assert "Known failures" in text
    assert "https://git.example/archive/blob/HEAD/docs/accuracy.md" in text
    assert "Gemessene Genauigkeit" in method_page("de", settings).decode()


def test_no_measure_falls_behind_the_peer_it_stands_beside() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    kept = [measure for entry in floors for measure in entry["measures"].values()]
    beside = [measure for measure in kept if "peer" in measure]
    assert len(beside) >= 15
    assert [measure for measure in beside if measure["score"] < measure["peer score"]] == []
