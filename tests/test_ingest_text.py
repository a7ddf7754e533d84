"""Plain text: lines joined, furniture parted from the article, each removed block with its reason."""

import textwrap
from pathlib import Path

import pytest
import yaml

from generator.ingest.blocks import RawBlock
from generator.ingest.clean import Context
from generator.ingest.phrases import match_phrases
from generator.ingest.plain_text import read_plain, wrap_width
from generator.ingest.read import clean_capture, clean_text
from generator.ingest.shape import measure_blocks
from generator.model import Origin, RemovedKind
from tests.pdfs import pdf

CASES = sorted((Path(__file__).parent / "cases/ingest").glob("*.yml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_case(path: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    cleaned = clean_text(case["capture"], Context(captures=tuple(case.get("captures", ()))))
    assert [block.text for block in cleaned.kept] == case["article"]
    assert (cleaned.title or "") == case.get("title", "")
    assert {block.text: block.kind.value for block in cleaned.removed} == case.get("removed", {})


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    lines = ["word " * 15 + "end" for _ in range(6)]
    text = "\n".join(lines) + "\n\nA second paragraph."
    assert wrap_width(text.split("\n")) == 78
    assert [len(block.text.split()) for block in read_plain(text)] == [96, 3]


def test_lines_that_no_wrap_made_stay_apart() -> None:
    text = "A caption of some length that ends with its credit. Example\nAnother caption. Example"
    assert len(read_plain(text)) == 2


def test_chinese_lines_are_joined_without_a_space() -> None:
    line = "港口在风暴之后重新开放工程师检查了两座码头没有发现损坏渡轮可以靠岸人们很高兴能够回去工作港务局长在第一艘渡轮前对记者说"
    text = "\n".join([line] * 5)
    assert " " not in read_plain(text)[0].text


def test_markup_of_markdown_is_read_as_what_it_means() -> None:
    blocks = read_plain(
        "## A _heading_\n\n  * An **item**\n\n[Words](https://e.example/a) of a link"
    )
    assert [(block.text, block.level, block.item) for block in blocks] == [
        ("A heading", 2, False),
        ("An item", 0, True),
        ("Words of a link", 0, False),
    ]
    assert blocks[2].links > 0.3


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Share this article", "share"),
        ("Подпишитесь на нашу рассылку", "subscribe"),
        ("相关新闻", "related"),
        ("اقرأ أيضا", "related"),
        ("関連記事", "related"),
        ("저작권자 무단전재 및 재배포 금지", "legal"),
        ("Lesen Sie auch: Was der Sturm anrichtete", "related"),
        ("Foto: Beispiel", "credit"),
    ],
)
def test_phrases_of_furniture_are_known_in_many_languages(text: str, category: str) -> None:
    assert category in {match.category for match in match_phrases(text)}


def test_cleaning_a_clean_article_changes_nothing() -> None:
    text = "\n\n".join(
        f"Paragraph {n} of this report says, as all others do, that nothing has to be removed from it."
        for n in range(8)
    )
    assert "\n\n".join(block.text for block in clean_text(text, Context()).kept) == text


def test_addresses_are_links_and_keep_their_lines() -> None:
    body = (
        "The harbour opened again on Tuesday, three days after a storm had closed it for all ships.\n\n"
        * 4
    )
    cleaned = clean_text(body + "https://example.org/a\nhttps://example.org/b\n", Context())
    links = [block for block in cleaned.removed if block.kind is RemovedKind.LINKS]
    assert [block.origin.lines for block in links] == [(9, 9), (10, 10)]
    assert links[0].rule == "list of addresses"


def test_a_window_title_leads_to_the_heading_that_says_it_without_the_outlet() -> None:
    rows = [f"{number}. March {number}: lap {number} around the harbour" for number in range(1, 9)]
    menu = ["Home", "All news", "Calendar", "Results", "Teams", "About us"]
    window = "Harbour race calendar | The Herald | Sport"
    lines = [window, *menu, "Harbour race calendar", *rows, "Privacy policy", "© The Herald"]
    whole = " ".join(lines)
    found = clean_text("\n\n".join(lines), Context(captures=(whole,)))
    assert found.title == "Harbour race calendar"
    assert [block.text for block in found.kept] == rows


@pytest.mark.parametrize("text", ["港口大桥重新开放，市长表示高兴。", "a", "a.b", "x@", "One. "])
def test_one_long_line_is_read_in_time_that_grows_with_it(text: str) -> None:
    assert clean_text(text * (200_000 // len(text)), Context()) is not None


@pytest.mark.parametrize("mark", ["។", "።", "।", "॥", "။", "۔", "։", "…", "。", "."])
def test_sentences_end_in_every_script(mark: str) -> None:
    block = RawBlock(text=" ".join(["ቃል"] * 20) + mark, origin=Origin(lines=(1, 1)))
    (shape,) = measure_blocks([block])
    assert shape.running


def test_a_thai_line_can_be_a_title_and_a_thai_paragraph_is_running_text() -> None:
    title, text = "ท่าเรือเปิดอีกครั้งหลังพายุพัดถล่มชายฝั่ง", "เจ้าหน้าที่กล่าวว่าเรือทุกลำกลับมาแล่นได้ตามปกติ " * 6
    found = clean_text(f"{title}\n\n{text}\n\n{text}เช่นกัน", Context())
    assert found.title == title
    assert len(found.kept) == 2


PARAGRAPHS = (
    "The harbour of Larnum opened again on Tuesday, three days after a storm had closed it for all ships.",
    "Engineers said they had checked both piers and found no damage that would keep ferries from landing there.",
    "“We are glad to be back at work,” the harbour master told reporters, standing in front of the first ferry.",
)


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("© 2024 The Larnum Herald", "rights notice"),
        ("© Larnum Herald. All rights reserved.", "rights notice"),
        ("Photo: Ada Example / Herald", "photo caption or credit"),
        ("By Ada Example, 5 March 2024", "byline or date line"),
    ],
)
def test_what_was_removed_is_called_what_it_is(line: str, rule: str) -> None:
    text = "\n\n".join(["Home", "Harbour reopens after storm", *PARAGRAPHS, line])
    assert {block.text: block.rule for block in clean_text(text, Context()).removed}[line] == rule


def test_a_credit_may_open_with_the_sign_of_rights_where_it_stands_with_a_picture() -> None:
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    figure = "<figure><img><figcaption>© Ada Example</figcaption></figure>"
    page = f"<html><body><h1>Harbour reopens</h1><article>{figure}{body}</article><footer>© The Herald</footer></body></html>"
    removed = clean_capture(page.encode(), Context()).removed
    assert {block.text: block.rule for block in removed} == {
        "© Ada Example": "photo caption or credit",
        "© The Herald": "rights notice",
    }


@pytest.mark.parametrize("opening", ["By supporting us", "By the time you read this"])
def test_a_whole_sentence_is_no_byline(opening: str) -> None:
    appeal = f"{opening}, you will have helped the people of this paper to defend what they do for all of you."
    text = "\n\n".join(
        [
            "Harbour reopens after storm",
            *PARAGRAPHS,
            "Support us",
            appeal,
            "Sign up for our newsletter",
        ]
    )
    (block,) = [
        b
        for b in clean_text(text, Context(captures=("\n\n".join(PARAGRAPHS),))).removed
        if b.text == appeal
    ]
    assert block.rule != "byline or date line"


@pytest.mark.parametrize(
    "heading",
    [
        "Video shows the moment of impact",
        "Photo finish in the harbour",
        "Foto van een haven",
        "Фото из космоса",
    ],
)
def test_a_heading_that_begins_with_a_pictures_name_stays(heading: str) -> None:
    first, *rest = PARAGRAPHS
    text = "\n\n".join(["Harbour reopens after storm", first, heading, *rest])
    assert heading in [block.text for block in clean_text(text, Context()).kept]


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Anna Brook and Paul Stone", ("Anna Brook", "Paul Stone")),
        ("Anna Brook", ("Anna Brook",)),
        ("Anna Brook | 5 March 2024", ("Anna Brook",)),
        ("Von Anna Brook, Hafenstadt", ("Anna Brook",)),
        ("Автор: Анна Брук", ("Анна Брук",)),
        ("文：山田花子", ("山田花子",)),
        ("By the numbers", ()),
    ],
)
def test_the_line_between_title_and_text_names_the_authors(
    line: str, authors: tuple[str, ...]
) -> None:
    capture = "\n\n".join(["Harbour bridge to open before winter", line, *PARAGRAPHS])
    result = clean_capture(capture.encode(), Context())
    assert result.authors == authors
    assert result.title == "Harbour bridge to open before winter"
    assert tuple(block.text for block in result.blocks)[-len(PARAGRAPHS) :] == PARAGRAPHS
    assert not authors or line not in [block.text for block in result.blocks]


def test_short_paragraphs_of_a_pdf_stay_apart_from_each_other_and_from_the_byline() -> None:
    text, place = [], 700
    for paragraph in ("By Anna Brook", PARAGRAPHS[0], PARAGRAPHS[1], PARAGRAPHS[0]):
        for line in textwrap.wrap(paragraph, 80):
            text.append(f"BT /F1 12 Tf 72 {place} Td ({line}) Tj ET")
            place -= 14
        place -= 0 if paragraph.startswith("By") else 12
    result = clean_capture(
        pdf(
            " ".join(["BT /F1 24 Tf 72 740 Td (Harbour bridge to open) Tj ET", *text]).encode(),
            {},
            [],
        ),
        Context(),
    )
    assert [block.text for block in result.blocks] == [*PARAGRAPHS[:2], PARAGRAPHS[0]]
    assert result.authors == ("Anna Brook",)
