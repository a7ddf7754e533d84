"""The document of measured accuracy says what the floors were set by."""

import json

from tests.quality.measure import FLOORS, PAGE, page


def test_the_document_is_made_from_the_floors() -> None:
    floors = json.loads(FLOORS.read_text(encoding="utf-8"))
    assert PAGE.read_text(encoding="utf-8") == page(floors)


def test_every_floor_is_below_its_score_and_not_far() -> None:
    for entry in json.loads(FLOORS.read_text(encoding="utf-8")):
        for kept in entry["measures"].values():
            assert 0 <= kept["score"] - kept["floor"] < 0.06
