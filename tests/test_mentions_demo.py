"""The demonstration corpus: every person, place and organisation in every language that has it, and nothing else."""

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.analysis.authority import merge_entities, seed_entities
from generator.analysis.mentions import build_tagger
from generator.corpus.reader import read_corpus
from generator.model import Mention, Status, UndecidedMention
from generator.settings import Settings

ROOT = Path(__file__).parent.parent
EXPECTED: dict[str, Any] = yaml.safe_load(
    (ROOT / "tests" / "demo_expectations.yml").read_text(encoding="utf-8")
)

Found = dict[str, tuple[tuple[Mention, ...], tuple[UndecidedMention, ...]]]


@cache
def tagged() -> tuple[Found, frozenset[str]]:
    """What is found in each published article, and the ids of the corpus's own entries."""
    corpus, _ = read_corpus(ROOT / "corpus", Settings())
    languages = {*Settings().languages, *(article.language for article in corpus.articles)}
    tagger = build_tagger(merge_entities(corpus.entities, seed_entities(languages), languages))
    found = {
        str(article.id): tagger.tag(article, decisions=corpus.decisions)
        for article in corpus.articles
        if article.status is Status.PUBLISHED
    }
    return found, frozenset(str(entity.id) for entity in corpus.entities)


@pytest.mark.parametrize("article", sorted(EXPECTED["entities"]))
def test_article_names_what_it_should_and_nothing_else(article: str) -> None:
    found, own = tagged()
    mentions, undecided = found[article]
    names = {str(item.entity) for item in mentions}
    assert sorted(names & own) == sorted(EXPECTED["entities"][article])
    assert undecided == ()


def test_what_looks_like_a_name_and_is_none_is_left() -> None:
    found, _ = tagged()
    for item in EXPECTED["not_entities"]:
        for mention in found[item["article"]][0]:
            assert (mention.form, mention.entity) != (item["text"], item["entity"])


def test_countries_are_found_in_many_languages_from_the_first_day() -> None:
    found, own = tagged()
    seeds = {str(m.entity) for mentions, _ in found.values() for m in mentions} - own
    assert {"country-in", "country-ge", "country-hr", "country-th", "country-tr"} <= seeds
    assert not [seed for seed in seeds if not seed.startswith("country-")]
