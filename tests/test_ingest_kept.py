"""What the extractor keeps around a block speaks for it; lists and tables are kept or removed together."""

import pytest

from generator.ingest.blocks import KEPT, RawBlock
from generator.ingest.clean import Context
from generator.ingest.judge import extracted
from generator.ingest.kept import kept_around
from generator.ingest.read import clean_capture, running_text
from generator.ingest.shape import measure_blocks
from generator.model import BlockKind, Origin
from generator.record import replace

SENTENCE = "The harbour opened again on Monday, said the office of the port, after eleven weeks of work on the quay wall{}."
PARAGRAPHS = [SENTENCE.format(f", as part {part} of the plan foresaw") for part in range(1, 7)]


def block(
    text: str, *, kept: bool = False, group: int = 0, level: int = 0, links: float = 0.0
) -> RawBlock:
    return RawBlock(
        text=text,
        origin=Origin(element="p"),
        group=group,
        level=level,
        links=links,
        table=group > 1,
        item=group == 1,
        hints=frozenset({KEPT} if kept else ()),
    )


def around(*blocks: RawBlock) -> list[dict[str, float]]:
    return [dict(item) for item in kept_around(blocks, [len(b.text.split()) for b in blocks])]


def test_nothing_is_said_where_no_extractor_was_asked() -> None:
    assert around(block(PARAGRAPHS[0]), block("Short")) == [{}, {}]


def test_a_heading_over_kept_text_is_told_from_one_that_leads_elsewhere() -> None:
    kept = [block(text, kept=True) for text in PARAGRAPHS]
    found = around(
        *kept[:3], block("What comes next", level=3), *kept[3:], block("More", level=3, links=1.0)
    )
    assert found[3]["heading before kept text"] == 1.0
    assert found[3]["short amid kept text"] == 1.0
    assert found[-1]["linked heading"] == 1.0
    assert "heading before kept text" not in found[-1]


def test_items_know_what_becomes_of_their_list() -> None:
    items = [block(text, kept=index != 1, group=1) for index, text in enumerate(PARAGRAPHS[:4])]
    found = around(*items)
    assert found[1]["list kept"] == 1.0
    assert found[0]["list kept"] == pytest.approx(2 / 3)


def test_the_cells_of_a_table_are_kept_or_removed_together() -> None:
    cells = [block(text, group=2) for text in ("North", "12.4", "South", "9.8")]
    shapes = measure_blocks([block(PARAGRAPHS[0], kept=True), *cells])
    assert extracted(shapes, [2.0, 1.5, -1.0, 1.5, 1.0]) == [True] * 5
    assert extracted(shapes, [2.0, -1.5, 1.0, -1.5, -1.0]) == [True, *[False] * 4]


def page(body: str) -> bytes:
    head = "<html><head><title>Harbour open again</title></head>"
    return f"{head}<body><nav><a href=/>Home</a> <a href=/s>Sport</a></nav><main>{body}</main><footer>Imprint</footer></body></html>".encode()


def test_lists_tables_subheads_and_quotations_of_the_article_stay() -> None:
    cells = "".join(f"<tr><td>Quay {n}</td><td>{n * 7} ships</td></tr>" for n in range(1, 6))
    items = "".join(f"<li>Berth {n} opens in week {n}</li>" for n in range(1, 5))
    text = [f"<p>{text}</p>" for text in PARAGRAPHS]
    body = (
        f"<article><h1>Harbour open again</h1>{text[0]}{text[1]}<h2>The order</h2><p>The berths open one by one:</p>"
        f"<ul>{items}</ul>{text[2]}<table>{cells}</table>{text[3]}<blockquote><p>{PARAGRAPHS[4]}</p></blockquote>"
        f"{text[5]}</article>"
    )
    found = clean_capture(page(body), Context())
    kinds = [item.kind for item in found.blocks]
    assert kinds.count(BlockKind.ITEM) == 4
    assert BlockKind.QUOTE in kinds
    assert "The order" in [item.text for item in found.blocks]
    assert {"Quay 1 7 ships", "Quay 5 35 ships"} <= {item.text for item in found.blocks}


def test_the_standfirst_counts_as_text_where_the_page_has_it_there() -> None:
    found = clean_capture(
        page(
            "<h1>Harbour open again</h1><p>Alone</p>" + "".join(f"<p>{t}</p>" for t in PARAGRAPHS)
        ),
        Context(),
    )
    told = replace(found, subtitle="Ships wait no longer", subtitle_in_text=True)
    assert running_text(told)[0] == "Ships wait no longer"
    assert running_text(replace(told, subtitle_in_text=False))[0] != "Ships wait no longer"


def units(name: str, texts: list[str]) -> str:
    return "".join(f'<div class="{name}"><p>{text}</p></div>' for text in texts)


REMARKS = [
    f"I crossed that quay {n} times last week and nobody told us when it would open, which is a shame for a port."
    for n in range(2, 9)
]


@pytest.mark.parametrize(
    "mark", ['class="site_comment_list"', 'itemscope itemtype="https://schema.org/Comment"']
)
def test_readers_comments_beside_the_text_go(mark: str) -> None:
    text = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    body = f'<article><h1>Harbour open again</h1><div class="words">{text}</div><div {mark}>{units("unit", REMARKS)}</div></article>'
    found = clean_capture(page(body), Context())
    assert [item.text for item in found.blocks] == PARAGRAPHS
    assert "in comments beside the text" in found.removed[-2].evidence


def test_a_live_report_that_calls_its_entries_comments_stays() -> None:
    body = f'<article><h1>Harbour open again</h1><div class="live_comment_list">{units("live_comment", PARAGRAPHS + REMARKS)}</div></article>'
    found = clean_capture(page(body), Context())
    assert [item.text for item in found.blocks] == PARAGRAPHS + REMARKS
