"""What people decided about mentions wins, and a decision that no longer fits is reported."""

from typing import Any

from generator.analysis.mention_decisions import stale_decisions
from generator.analysis.mentions import build_tagger
from generator.errors import Severity
from generator.model import (
    ArticleDate,
    ArticleId,
    Decision,
    DecisionKind,
    Entity,
    EntityId,
    EntityKind,
    LanguageCode,
)
from tests.builders import make_article

SEINE = Entity(id=EntityId("seine"), kind=EntityKind.PLACE, names={LanguageCode("fr"): ("Seine",)})
SQUARE = Entity(
    id=EntityId("square"),
    kind=EntityKind.PLACE,
    names={LanguageCode("fr"): ("place de la Concorde",)},
)
PLANE = Entity(
    id=EntityId("plane"), kind=EntityKind.WORK, names={LanguageCode("fr"): ("Concorde",)}
)
ARTICLE = make_article("Vue sur la Seine.\n\nLa Concorde brille.", title="–", language="fr")


def decide(kind: DecisionKind, text: str, entity: str, **changes: Any) -> Decision:
    fields: dict[str, Any] = {
        "kind": kind,
        "articles": (ARTICLE.id,),
        "text": text,
        "entity": EntityId(entity),
        "who": "An editor",
        "when": ArticleDate(iso="2026-11-21"),
        "why": "A test.",
        "path": "decisions/mentions.yml",
        "line": 3,
    }
    return Decision(**(fields | changes))


IS, IS_NOT = DecisionKind.IS_ENTITY, DecisionKind.IS_NOT_ENTITY


def tagged(*decisions: Decision) -> list[tuple[str, str, str]]:
    mentions, _ = build_tagger([SEINE, SQUARE, PLANE]).tag(ARTICLE, decisions=decisions)
    return [(item.form, str(item.entity), item.reason) for item in mentions]


def test_without_decisions_the_machine_decides() -> None:
    assert tagged() == [("Seine", "seine", "exact"), ("Concorde", "plane", "exact")]


def test_is_not_takes_a_mention_away() -> None:
    assert tagged(decide(IS_NOT, "Seine", "seine")) == [("Concorde", "plane", "exact")]


def test_is_replaces_what_the_machine_found() -> None:
    assert tagged(decide(IS, "Concorde", "square"))[1] == ("Concorde", "square", "decision")


def test_decision_about_another_article_changes_nothing() -> None:
    other = decide(IS_NOT, "Seine", "seine", articles=(ArticleId("another"),))
    assert tagged(other) == tagged()


def test_words_are_matched_whole_and_literally() -> None:
    assert ("Con", "square", "decision") not in tagged(decide(IS, "Con", "square"))
    assert tagged(decide(IS, "S.ine", "square")) == tagged()


def test_namesakes_are_settled_by_a_decision() -> None:
    twin = Entity(id=EntityId("twin"), kind=EntityKind.PLACE, names=SEINE.names)
    tagger = build_tagger([SEINE, twin])
    assert len(tagger.tag(ARTICLE)[1]) == 1
    mentions, undecided = tagger.tag(ARTICLE, decisions=[decide(IS, "Seine", "twin")])
    assert [item.entity for item in mentions] == ["twin"]
    assert undecided == ()
    mentions, undecided = tagger.tag(ARTICLE, decisions=[decide(IS_NOT, "Seine", "twin")])
    assert [item.entity for item in mentions] == ["seine"]


def test_stale_decisions_are_warnings_with_place_and_cure() -> None:
    decisions = [
        decide(IS, "Concorde", "square"),
        decide(IS, "Concorde", "gone", line=9),
        decide(IS, "Panthéon", "square", line=15),
        decide(IS_NOT, "Seine", "seine", articles=(ArticleId("gone"),), line=21),
    ]
    problems = stale_decisions(
        decisions, {ARTICLE.id: ARTICLE}, [EntityId("square"), EntityId("seine")]
    )
    assert [problem.line for problem in problems] == [9, 15, 21]
    assert all(problem.severity is Severity.WARNING for problem in problems)
    assert '"Panthéon"' in problems[1].message
    assert all("remove the decision" in problem.message for problem in problems)


def test_decisions_about_other_things_are_left_alone() -> None:
    story = decide(DecisionKind.SAME_STORY, "", "gone")
    assert stale_decisions([story], {ARTICLE.id: ARTICLE}, []) == ()
