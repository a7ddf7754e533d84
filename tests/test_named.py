from collections.abc import Sequence

import numpy as np
import pytest

from generator.linking.columns import columns
from generator.linking.likeness import NOTHING, Evidence, likeness, odds_matrix
from generator.linking.named import named
from generator.linking.nearby import Reach, nearby
from generator.linking.stories import gather
from generator.model import ArticleId, EntityId, EntityKind, Mention, Span

KINDS = {
    EntityId("varda-bridge"): EntityKind.PLACE,
    EntityId("irena-holub"): EntityKind.PERSON,
    EntityId("river-flood"): EntityKind.EVENT,
    EntityId("kelmora"): EntityKind.PLACE,
    EntityId("ostrand"): EntityKind.PLACE,
    EntityId("world-council"): EntityKind.ORGANISATION,
    EntityId("harvest-union"): EntityKind.ORGANISATION,
    EntityId("country-xx"): EntityKind.PLACE,
}
FLOOD = ("varda-bridge*", "irena-holub", "river-flood", "kelmora")


def article(
    name: str, entities: Sequence[str], language: str = "hi", day: int | None = 100
) -> Evidence:
    """An article of which only its entities are known; those with a star are in the title."""
    mentions = [
        Mention(
            article=ArticleId(name),
            entity=EntityId(entity.rstrip("*")),
            span=Span(segment=0 if entity.endswith("*") else 1, start=0, end=1),
            form="x",
            reason="heading",
        )
        for entity in entities
    ]
    found = named(mentions, KINDS)
    return Evidence(
        id=ArticleId(name),
        language=language,
        script=len(language) + ord(language[0]),
        day=day,
        terms=NOTHING,
        names=NOTHING,
        vector=np.zeros(0, dtype=np.float32),
        entities=found[0],
        telling=found[1],
    )


def odds(one: Evidence, other: Evidence) -> float:
    return likeness(one, other, 7).odds


def test_the_same_entities_join_languages_that_nothing_else_joins() -> None:
    items = [article("a", FLOOD), article("b", FLOOD, "ka"), article("c", ("ostrand*",), "km")]
    assert gather(items, 7).groups == (("a", "b"),)


def test_generic_organisations_alone_join_nothing() -> None:
    generic = ("world-council", "harvest-union")
    assert odds(article("a", generic), article("b", generic, "ka")) < 0
    one = article("a", ("varda-bridge*", "varda-bridge", *generic))
    other = article("b", ("ostrand*", "ostrand", *generic), "ka")
    assert odds(one, other) < 0


def test_one_entity_alone_joins_nothing_across_scripts() -> None:
    one = article("a", ["irena-holub*"] * 5)
    assert odds(one, article("b", ["irena-holub*"] * 5, "ka")) < 0


def test_countries_tell_nothing() -> None:
    assert named([], KINDS)[0].keys.size == 0
    assert article("a", ["country-xx*"]).entities.keys.size == 0


def test_other_entities_speak_against() -> None:
    bare = article("a", ())
    assert likeness(bare, article("b", FLOOD, "ka"), 7).odds == pytest.approx(-4.5)
    assert odds(article("a", ("ostrand",)), article("b", FLOOD, "ka")) == pytest.approx(-5.0)


def test_shared_entities_tell_more_the_nearer_in_time() -> None:
    by_day = [odds(article("a", FLOOD), article("b", FLOOD, "ka", 100 + day)) for day in range(9)]
    assert by_day == sorted(by_day, reverse=True)
    assert by_day[0] > by_day[1] + 0.5
    assert by_day[8] < -20
    undated = odds(article("a", FLOOD), article("b", FLOOD, "ka", None))
    assert by_day[3] < undated < by_day[0]


def test_the_title_tells_more() -> None:
    titled = article("a", ("varda-bridge*", "kelmora", "ostrand"))
    assert odds(titled, article("b", ("varda-bridge*", "irena-holub"), "ka")) > odds(
        titled, article("b", ("kelmora*", "irena-holub"), "ka")
    )


@pytest.mark.parametrize("day", [100, None])
def test_shared_entities_make_a_pair_worth_comparing(day: int | None) -> None:
    items = [article("a", FLOOD), article("b", FLOOD, "ka", day), article("c", ("ostrand",), "km")]
    left, right = nearby(columns(items), Reach(window=7), np.ones(3, dtype=bool))
    assert (left.tolist(), right.tolist()) == ([0], [1])


def test_a_pair_and_a_matrix_say_the_same_of_entities() -> None:
    items = [
        article("a", FLOOD),
        article("b", FLOOD[1:], "ka", 102),
        article("c", ("ostrand", "kelmora"), "km", None),
        article("d", ()),
    ]
    matrix = odds_matrix(items, 7)
    for one, first in enumerate(items):
        for other, second in enumerate(items):
            if one != other:
                assert matrix[one, other] == pytest.approx(odds(first, second), abs=1e-3)
