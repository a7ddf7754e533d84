import pytest

from generator.analysis.sentences import sentence_bounds, sentences
from generator.model import Block, BlockKind
from tests.builders import make_article


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Rain fell. Rivers rose.", ["Rain fell.", "Rivers rose."]),
        (
            "Mr. Hill met Gen. Stone on Jan. 5 there. They agreed.",
            ["Mr. Hill met Gen. Stone on Jan. 5 there.", "They agreed."],
        ),
        ("“Go!” she said. He went.", ["“Go!” she said.", "He went."]),
        ("河水上涨。村庄被淹。", ["河水上涨。", "村庄被淹。"]),
        ("नदी बढ़ी। गाँव डूबा।", ["नदी बढ़ी।", "गाँव डूबा।"]),
        ("Am 5. Mai regnete es. Danach nicht.", ["Am 5. Mai regnete es.", "Danach nicht."]),
        ("It cost 3.5 million.", ["It cost 3.5 million."]),
        ("", []),
    ],
)
def test_a_paragraph_falls_into_its_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentence_bounds(text)] == expected


def test_a_heading_is_one_sentence_and_the_title_none() -> None:
    blocks = (Block(kind=BlockKind.HEADING, text="One. Two."), Block(text="Three. Four."))
    found = sentences(make_article(blocks=blocks))
    assert [(span.segment, span.start, span.end) for span in found] == [
        (1, 0, 9),
        (2, 0, 6),
        (2, 7, 12),
    ]
