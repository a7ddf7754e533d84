from collections.abc import Sequence
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.analyse import analyse
from generator.analysis.encoder import load_encoder
from generator.linking import stories
from generator.linking.components import tied
from generator.linking.coverage import Conditions, link_coverage
from generator.linking.facts import story_facts
from generator.linking.grouping import average_linkage
from generator.linking.likeness import evidence, likeness, odds_matrix
from generator.linking.memory import Memory
from generator.linking.nearby import Ties
from generator.linking.stories import Wishes, gather
from generator.model import (
    Analysis,
    Article,
    ArticleDate,
    ArticleId,
    ArticleLink,
    Coverage,
    Decision,
    DecisionKind,
    FactKind,
    QuotationReference,
    ReasonKind,
    Relation,
    Rights,
)
from generator.record import replace
from tests.builders import make_article
from tests.bulletins import bulletins

FLOOD = (
    "The Varda river burst its banks at Kelmora on Tuesday, and 1,240 people left their homes. "
    "“We have never seen such water in Kelmora,” Mayor Irena Holub said."
)
FLOOD_AGAIN = (
    "Some 1,240 residents of Kelmora were evacuated after the Varda river flooded the old town. "
    "“We have never seen water like this in Kelmora,” said the mayor, Irena Holub."
)
FLOOD_DE = (
    "Der Fluss Varda ist in Kelmora über die Ufer getreten, 1.240 Menschen verließen ihre Häuser. "
    "„Noch nie haben wir in Kelmora solches Wasser gesehen“, sagte Bürgermeisterin Irena Holub."
)
BUDGET = (
    "The council of Kelmora adopted a budget of 310 million crowns. Mayor Irena Holub promised "
    "lower taxes and a new theatre. The opposition voted against the plan after a long debate."
)
STRIKE = (
    "Bus drivers in Ostrand walked out over pay, and 45 lines stood still. Their union wants talks."
)


def article(name: str, title: str, text: str, day: str = "2024-03-05", **changes: Any) -> Article:
    return make_article(
        text, id=ArticleId(name), title=title, date=ArticleDate(iso=day), source=name, **changes
    )


ARTICLES = (
    article("a-herald", "Varda river floods Kelmora", FLOOD),
    article("b-post", "Kelmora evacuated as Varda floods old town", FLOOD_AGAIN, "2024-03-06"),
    article("c-kurier", "Varda überflutet Kelmora", FLOOD_DE, "2024-03-06", language="de"),
    article("d-herald", "Kelmora council adopts budget", BUDGET),
    article("e-post", "Bus drivers strike in Ostrand", STRIKE),
)


def analysed(articles: Sequence[Article]) -> dict[ArticleId, Analysis]:
    return {item.id: analyse(item, load_encoder("builtin")) for item in articles}


ANALYSES = analysed(ARTICLES)


def linked(
    articles: Sequence[Article] = ARTICLES,
    decisions: Sequence[Decision] = (),
    memory: Memory | None = None,
) -> Coverage:
    return link_coverage(articles, ANALYSES, {}, decisions, Conditions(window=7, memory=memory))


def remembering(*articles: Article) -> Memory:
    return Memory(tokens={item.id: f"{item.id:>16}"[-16:].encode() for item in articles})


def members(coverage: Coverage) -> set[tuple[str, ...]]:
    return {tuple(map(str, story.members)) for story in coverage.stories.values()}


def ruling(kind: DecisionKind, *names: str, **changes: Any) -> Decision:
    fields: dict[str, Any] = {
        "kind": kind,
        "articles": tuple(map(ArticleId, names)),
        "who": "ed",
        "why": "seen",
    }
    when = ArticleDate(iso="2024-04-01")
    return Decision(
        **{**fields, "when": when, "path": "decisions/stories.yml", "line": 3, **changes}
    )


def test_reports_of_one_event_are_one_story_across_languages() -> None:
    assert members(linked()) == {("a-herald", "b-post", "c-kurier")}


def test_another_event_with_the_same_people_stays_apart() -> None:
    assert ArticleId("d-herald") not in linked().stories


def test_a_story_is_named_by_its_earliest_article() -> None:
    assert linked().stories[ArticleId("c-kurier")].id == "a-herald"
    earlier = replace(ARTICLES[1], date=ArticleDate(iso="2024-03-01"))
    assert linked((ARTICLES[0], earlier)).stories[ArticleId("a-herald")].id == "b-post"


def test_the_order_of_articles_does_not_matter() -> None:
    whole = linked()
    for order in list(permutations(ARTICLES))[::17]:
        assert linked(order) == whole


def test_articles_far_apart_in_time_are_two_stories_of_one_thread() -> None:
    late = [
        replace(item, id=ArticleId(f"z{item.id}"), date=ArticleDate(iso="2024-04-20"))
        for item in ARTICLES[:3]
    ]
    analyses = ANALYSES | analysed(late)
    found = link_coverage([*ARTICLES, *late], analyses, {}, (), Conditions(window=7))
    assert len(members(found)) == 2
    assert found.stories[ArticleId("a-herald")].thread == ("za-herald",)
    assert found.stories[ArticleId("za-herald")].thread == ("a-herald",)


def test_articles_without_a_date_find_their_story() -> None:
    undated = [replace(item, date=ArticleDate(iso="unknown")) for item in ARTICLES]
    assert members(linked(undated)) == {("a-herald", "b-post", "c-kurier")}


def test_a_decision_puts_articles_into_one_story() -> None:
    decision = ruling(DecisionKind.SAME_STORY, "a-herald", "e-post")
    found = linked(decisions=[decision])
    assert found.stories[ArticleId("e-post")] == found.stories[ArticleId("a-herald")]
    assert found.stories[ArticleId("e-post")].decision is not None
    assert found.problems == ()


def test_a_decision_keeps_articles_apart() -> None:
    decision = ruling(DecisionKind.NOT_SAME_STORY, "a-herald", "b-post")
    found = linked(decisions=[decision])
    together = [story for story in found.stories.values() if "a-herald" in story.members]
    assert all("b-post" not in story.members for story in together)


@pytest.mark.parametrize(
    ("kind", "names", "message"),
    [
        (DecisionKind.SAME_STORY, ("a-herald", "gone"), "gone"),
        (DecisionKind.NOT_SAME_STORY, ("a-herald", "a-herald"), "expected two articles"),
    ],
)
def test_a_stale_decision_is_a_problem_with_its_place(
    kind: DecisionKind, names: tuple[str, ...], message: str
) -> None:
    (problem,) = linked(decisions=[ruling(kind, *names)]).problems
    assert (problem.path, problem.line) == ("decisions/stories.yml", 3)
    assert message in problem.message


def test_adding_an_article_gathers_only_what_it_reaches() -> None:
    other = article("f-echo", "Drivers in Ostrand strike", STRIKE + " Schools closed in Ostrand.")
    ANALYSES.update(analysed([other]))
    memory = remembering(*ARTICLES, other)
    linked([*ARTICLES[:4]], memory=memory)
    before = len(memory.groups), len(memory.stories)
    whole = linked([*ARTICLES, other], memory=memory)
    assert (len(memory.groups), len(memory.stories)) == (before[0] + 1, before[1] + 1)
    assert whole == linked([*ARTICLES, other])


def excerpts(container: str, *texts: str) -> tuple[ArticleLink, ...]:
    return tuple(
        ArticleLink(
            article=ArticleId(container),
            other=ArticleId(text),
            relation=Relation.EXCERPT,
            score=1.0,
            reasons=(),
        )
        for text in texts
    )


def test_a_digest_of_several_stories_is_in_none_unless_somebody_decides_so() -> None:
    digest = article("f-post", "Floods and budgets: the week in Kelmora", f"{FLOOD} {BUDGET}")
    items, held = [*ARTICLES, digest], excerpts("f-post", "a-herald", "d-herald")
    analyses = analysed(items)

    def found(*decisions: Decision, excerpts: tuple[ArticleLink, ...] = held) -> set[str]:
        conditions = Conditions(window=7, excerpts=excerpts)
        coverage = link_coverage(items, analyses, {}, decisions, conditions)
        return next((set(group) for group in members(coverage) if "f-post" in group), set())

    assert found() == set()
    assert "a-herald" in found(ruling(DecisionKind.SAME_STORY, "f-post", "a-herald"))


def test_an_article_that_holds_two_reports_of_one_story_is_in_it() -> None:
    long = article("f-post", "The night of the flood", f"{FLOOD} {FLOOD_AGAIN}")
    items, held = [*ARTICLES, long], excerpts("f-post", "a-herald", "b-post")
    coverage = link_coverage(items, analysed(items), {}, (), Conditions(window=7, excerpts=held))
    assert ("a-herald", "f-post", "b-post", "c-kurier") in members(coverage)


@pytest.mark.parametrize("name", ["health", "tide"])
def test_the_issues_of_a_bulletin_are_stories_of_their_own(name: str) -> None:
    issues = bulletins(name, count=3)
    coverage = link_coverage(issues, analysed(issues), {}, (), Conditions(window=7))
    assert coverage.stories == {}
    one, other = (evidence(item, analyse(item)) for item in issues[:2])
    assert likeness(one, other, 7).odds == odds_matrix([one, other], 7)[0, 1] < 0


def test_one_utterance_is_grouped_across_outlets_and_languages() -> None:
    (group,) = linked().quotation_groups
    assert [str(item.article) for item in group.members] == ["a-herald", "b-post", "c-kurier"]
    assert group.id.startswith("a-herald-")


def test_a_decision_parts_quotations() -> None:
    references = (
        QuotationReference(
            article=ArticleId("a-herald"), text="We have never seen such water in Kelmora"
        ),
        QuotationReference(
            article=ArticleId("c-kurier"),
            text="Noch nie haben wir in Kelmora solches Wasser gesehen",
        ),
    )
    decision = ruling(DecisionKind.NOT_SAME_QUOTATION, quotations=references)
    for group in linked(decisions=[decision]).quotation_groups:
        names = {str(item.article) for item in group.members}
        assert not {"a-herald", "c-kurier"} <= names


def test_a_decision_about_words_that_nobody_quotes_is_stale() -> None:
    references = (QuotationReference(article=ArticleId("a-herald"), text="Nobody said this"),)
    decision = ruling(DecisionKind.SAME_QUOTATION, quotations=references)
    assert "words that a-herald quotes" in linked(decisions=[decision]).problems[0].message


def test_links_give_their_reasons() -> None:
    first = linked().links[ArticleId("a-herald")][0]
    kinds = {reason.kind for reason in first.reasons}
    assert {ReasonKind.SHARED_QUOTATIONS, ReasonKind.DAYS_APART, ReasonKind.MEANING} <= kinds


def test_facts_show_which_outlets_report_a_figure() -> None:
    facts = linked().stories[ArticleId("a-herald")].facts
    figures = [row for row in facts if row.kind is FactKind.FIGURE]
    assert {str(name) for name in figures[0].values} >= {"a-herald", "b-post"}


def figures_of(*texts: tuple[str, str]) -> list[set[str]]:
    """Which articles of a story, by number, stand in each row of its figures; each is a text and its language."""
    members = [
        article(str(number), "–", text, language=code) for number, (text, code) in enumerate(texts)
    ]
    facts = story_facts(members, {item.id: analyse(item) for item in members}, {}, ())
    return [set(row.values) for row in facts]


def test_a_number_in_another_language_joins_the_only_thing_that_has_it() -> None:
    guests = ("There were 150 guests.", "en"), ("Some 150 guests came.", "en")
    german = ("Es kamen 150 Gäste.", "de")
    ships = ("Ha 150 navi.", "it"), ("Le 150 navi sono qui.", "it")
    assert figures_of(*guests, german) == [{"0", "1", "2"}]
    assert figures_of(*guests, *ships, german) == [{"0", "1"}, {"2", "3"}, {"4"}]


def test_no_text_leaves_an_article_whose_rights_keep_it_back() -> None:
    closed = [ARTICLES[0], *(replace(item, rights=Rights.OPENING) for item in ARTICLES[1:])]
    found = linked(closed)
    story = found.stories[ArticleId("a-herald")]
    assert found.quotation_groups == ()
    assert story.facts == ()
    told = {
        reason.kind for links in found.links.values() for link in links for reason in link.reasons
    }
    assert told <= {ReasonKind.MEANING, ReasonKind.DAYS_APART, ReasonKind.SHARED_ENTITIES}


def test_a_pair_and_a_matrix_say_the_same() -> None:
    items = [evidence(item, ANALYSES[item.id]) for item in ARTICLES]
    matrix = odds_matrix(items, 7)
    for one, first in enumerate(items):
        for other, second in enumerate(items):
            if one != other:
                assert matrix[one, other] == pytest.approx(
                    likeness(first, second, 7).odds, abs=1e-3
                )


def test_together_and_apart_beat_everything() -> None:
    items = [evidence(item, ANALYSES[item.id]) for item in ARTICLES]
    pair = (ArticleId("a-herald"), ArticleId("e-post"))
    groups = gather(items, 7, Wishes(together=frozenset({pair}))).groups
    assert any(set(pair) <= set(group) for group in groups)


@given(st.lists(st.floats(-8, 8, width=32), min_size=45, max_size=45), st.integers(2, 10))
@settings(max_examples=60, deadline=None)
def test_grouping_puts_each_thing_in_one_group(values: list[float], count: int) -> None:
    odds = np.zeros((count, count), dtype=np.float32)
    rows, columns = np.triu_indices(count, 1)
    odds[rows, columns] = values[: rows.size]
    groups = average_linkage(odds + odds.T)
    assert sorted(place for group in groups for place in group) == list(range(count))


def test_two_tight_groups_that_are_loosely_alike_stay_two() -> None:
    odds = np.full((4, 4), 1.0, dtype=np.float32)
    odds[:2, :2] = odds[2:, 2:] = 9.0
    assert average_linkage(odds) == [[0, 1], [2, 3]]


@pytest.mark.parametrize("seed", range(8))
def test_one_article_more_moves_no_cut_in_a_component_that_is_too_large(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stories, "LARGEST", 10)
    chance = np.random.default_rng(seed)
    left, right = np.nonzero(np.triu(chance.random((90, 90)) < 0.05, 1))
    known = Ties(left=left, right=right, odds=chance.exponential(1.0, left.size))
    one_more = Ties(
        left=np.append(left, 0), right=np.append(right, 90), odds=np.append(known.odds, 0.1)
    )
    parts = [
        {
            tuple(part.tolist())
            for group in tied(ties.left, ties.right)
            for part in stories._parts(group, ties)
        }
        for ties in (known, one_more)
    ]
    assert len(parts[0]) > 1
    assert parts[1] == parts[0] | {(90,)}
    assert sorted(place for part in parts[0] for place in part) == sorted({*left, *right})
