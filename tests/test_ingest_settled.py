"""What was cleaned stays as it is, and nothing of the article is made up."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.corpus.body import format_body
from generator.ingest.clean import Context
from generator.ingest.plain_text import read_plain
from generator.ingest.read import clean_text
from generator.model import Block
from generator.pipeline.evaluate.data import read_lines
from tests.quality import faithful

NOT_LETTERS = regex.compile(r"[^\p{L}\p{N}]+")
LINES = [
    "Home | News | Sport | Weather",
    "The harbour bridge reopened on Monday, after three years of repairs that cost more than planned.",
    "“We are glad to be back,” said Ada Example, who crosses it every day on her way to the market.",
    "Sign up for our newsletter",
    "What happens next",
    "- one more lane for bicycles",
    "Related article: Ferry fares rise again",
    "© 2024 The Herald",
    "Photo: Ada Example / Herald",
    "https://herald.example/2024/harbour",
    "Bridge open again",
    "Мост снова открыт для движения после трёх лет ремонта, сообщили в понедельник городские власти.",
    "港口大桥在经过三年的维修之后于星期一重新开放，市政府表示费用比原计划要高得多。",
]


def cleaned(text: str, context: Context) -> list[str]:
    return [block.text for block in clean_text(text, context).kept]


def captures(folder: Path) -> Iterator[tuple[Mapping[str, Any], Context]]:
    for name in ("scrapinghub", "seeds"):
        for item in read_lines(folder / "data/clean-text" / name, "documents"):
            others = tuple(item.get("other_captures") or ())
            yield item, Context(url=item.get("url") or "", captures=others)


def test_cleaned_captures_stay_and_come_from_the_capture(shared_data: Path) -> None:
    for item, context in captures(shared_data):
        once = cleaned(item["raw"], context)
        whole = NOT_LETTERS.sub("", item["raw"])
        assert [text for text in once if NOT_LETTERS.sub("", text) not in whole] == []
        text = "\n\n".join(once)
        assert cleaned(text, Context()) == once, item["id"]
        assert cleaned(text, context) == once, item["id"]


def test_hardly_anything_of_an_article_alone_is_lost(shared_data: Path) -> None:
    whole = lost = 0
    for item, _ in captures(shared_data):
        found = clean_text(item["text"], Context())
        whole += len(item["text"])
        lost += sum(len(block.text) for block in found.removed)
    assert lost < 0.005 * whole


@given(st.lists(st.sampled_from(LINES), max_size=16))
@settings(max_examples=60, deadline=None)
def test_cleaning_again_changes_nothing(lines: list[str]) -> None:
    once = clean_text("\n\n".join(lines), Context()).kept
    body = format_body(Block(kind=block.kind, text=block.text) for block in once)
    assert cleaned(body, Context()) == [block.text for block in once]


@given(st.text(alphabet=" -*_#[]()!|1o.•\nab“", max_size=60))
@settings(max_examples=200, deadline=None)
def test_reading_again_changes_nothing(text: str) -> None:
    once = [block.text for block in read_plain(text)]
    assert [block.text for block in read_plain("\n\n".join(once))] == once


@pytest.mark.parametrize("title", ["Bridge open again", "A day in the old town"])
def test_an_article_alone_keeps_its_short_lines(title: str) -> None:
    lines = [title, LINES[1], "Group A: seventh place", LINES[2], "Group B: third place", LINES[1]]
    found = clean_text("\n\n".join(lines), Context())
    assert found.title == title
    assert [block.text for block in found.kept] == lines[1:]


def test_pages_are_cleaned_faithfully(shared_data: Path) -> None:
    """Nothing is made up; in each set as much of the text is kept as by the extractor alone; the result is settled."""
    seen = list(faithful.look(shared_data / "data", step=5))
    assert [item.page for item in seen if item.invented] == []
    recalls = faithful.means(seen)
    assert {
        name: ours >= extractor for name, (ours, extractor) in recalls.items()
    } == dict.fromkeys(["", *faithful.SETS], True)
    assert [item.page for item in seen if item.ours < item.extractor - 0.1] == []
    assert [item.lost for item in seen if len(item.lost) > 1] == []
    unsettled = sum(len(text) for item in seen for text in item.unsettled)
    assert unsettled < 0.03 * sum(item.size for item in seen)
