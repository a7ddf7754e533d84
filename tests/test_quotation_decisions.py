"""What people decide about quotations."""

from generator.analysis.analyse import analyse
from generator.linking.quotation_groups import group_statements, stale_quotations, statements_of
from generator.model import (
    ArticleDate,
    ArticleId,
    Decision,
    DecisionKind,
    QuotationGroup,
    QuotationReference,
)
from tests.builders import make_article

HERALD = make_article(
    "“Nobody asked us. The bridge will be built before the winter,” Anna Brook said.",
    id=ArticleId("a-herald"),
)
POST = make_article(
    "“They did not ask us at all. We shall have the new crossing by December,” said Anna Brook.",
    id=ArticleId("b-post"),
)
NOTE = make_article("Anna Brook: “By December we cross the river.”", id=ArticleId("c-note"))


def decision(kind: DecisionKind, **texts: str) -> Decision:
    return Decision(
        kind=kind,
        quotations=tuple(
            QuotationReference(article=ArticleId(name.replace("_", "-")), text=text)
            for name, text in texts.items()
        ),
        who="ed",
        when=ArticleDate(iso="2024-04-01"),
        why="seen",
        path="decisions/quotations.yml",
        line=1,
    )


def groups(*decisions: Decision) -> list[list[str]]:
    """The words of the members of each group; the articles are of different stories."""
    tables = [statements_of(item, analyse(item), ()) for item in (HERALD, POST, NOTE)]
    found: tuple[QuotationGroup, ...] = group_statements(tables, {}, decisions)
    return sorted(sorted(item.text for item in group.members) for group in found)


def test_the_sentences_of_two_passages_are_paired_each_once() -> None:
    same = decision(
        DecisionKind.SAME_QUOTATION,
        a_herald="Nobody asked us. The bridge will be built before the winter",
        b_post="They did not ask us at all. We shall have the new crossing by December",
    )
    assert groups(same) == [
        ["Nobody asked us.", "They did not ask us at all."],
        [
            "The bridge will be built before the winter",
            "We shall have the new crossing by December",
        ],
    ]


def test_a_passage_of_two_sentences_is_the_same_as_one_by_its_likest() -> None:
    same = decision(
        DecisionKind.SAME_QUOTATION,
        b_post="They did not ask us at all. We shall have the new crossing by December",
        c_note="By December we cross the river",
    )
    assert groups(same) == [
        ["By December we cross the river.", "We shall have the new crossing by December"]
    ]


def test_a_decision_that_names_no_quoted_words_is_stale() -> None:
    stale = decision(DecisionKind.SAME_QUOTATION, a_herald="The tunnel", b_post="They did not ask")
    statements = [item for one in (HERALD, POST) for item in statements_of(one, analyse(one), ())]
    ((_, message),) = stale_quotations(statements, [stale])
    assert stale.quotations[0].article in message
    assert "tunnel" not in message  # a page tells it, whatever rights the words have
