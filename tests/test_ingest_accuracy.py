"""Accuracy of ingest on the labelled sets never falls below what is promised."""

from pathlib import Path

from generator.pipeline.evaluate import clean_text, language
from generator.settings import Settings


def test_the_text_of_whole_pages_is_found(shared_data: Path) -> None:
    found = clean_text.evaluate(shared_data / "data/clean-text/scrapinghub", Settings())
    assert found.scores["4-gram F1"] >= 0.92
    assert found.scores["4-gram F1"] > found.scores["keep everything: 4-gram F1"]


def test_the_seeds_are_cleaned_as_by_hand(shared_data: Path) -> None:
    found = clean_text.evaluate(shared_data / "data/clean-text/seeds", Settings())
    assert found.scores["4-gram F1"] >= 0.99


def test_languages_are_told_apart(shared_data: Path) -> None:
    found = language.evaluate(shared_data / "data/language/ntrex", Settings())
    assert found.scores["accuracy"] >= 0.995
