"""Web pages: the article without its furniture, and what the page states of it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import VariorumError
from generator.ingest.clean import Context
from generator.ingest.dateline import read_dateline
from generator.ingest.decode import CaptureError, decode, decode_text
from generator.ingest.language import identify
from generator.ingest.page_facts import iso_date, split_names
from generator.ingest.page_titles import strip_outlet
from generator.ingest.read import CleanedCapture, clean_capture
from generator.model import CaptureKind

SENTENCES = (
    "The harbour of Larnum opened again on Tuesday, three days after a storm had closed it for all ships.",
    "Engineers said they had checked both piers and found no damage that would keep ferries from landing there.",
    "The harbour master told reporters that he was glad to be back at work, standing in front of the first ferry.",
)


def page(body: str, head: str = "") -> bytes:
    return f"<html lang='en'><head>{head}</head><body>{body}</body></html>".encode()


def paragraphs() -> str:
    return "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)


def clean(data: bytes, url: str = "") -> CleanedCapture:
    return clean_capture(data, Context(url=url))


def test_the_article_is_kept_and_the_rest_is_removed_with_its_place() -> None:
    body = f"<nav><a href='/'>Home</a></nav><main><h1>Harbour reopens after the storm</h1>{paragraphs()}</main><footer>Privacy policy</footer>"
    result = clean(page(body))
    assert [block.text for block in result.blocks] == list(SENTENCES)
    assert result.origins[0].element == "html/body/main/p"
    assert {block.text for block in result.removed} >= {"Home", "Privacy policy"}


def test_facts_come_from_json_ld() -> None:
    data = """<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Harbour reopens after the storm",
    "datePublished": "2024-03-05T10:00:00+02:00", "author": [{"name": "Ada Example"}, {"name": "Reuters"}]}</script>"""
    result = clean(page(f"<h1>Harbour reopens after the storm</h1>{paragraphs()}", data))
    assert (result.title, result.date) == (
        "Harbour reopens after the storm",
        "2024-03-05T10:00:00+02:00",
    )
    assert (result.authors, result.agency) == (("Ada Example",), "Reuters")


@pytest.mark.parametrize(
    ("before", "behind"),
    [
        ("<![CDATA[\n", "\n]]>"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", "/*]]>*/"),
        ("", ";"),
    ],
)
def test_json_ld_is_read_out_of_what_wraps_it(before: str, behind: str) -> None:
    stated = '{"@type": "NewsArticle", "datePublished": "2024-03-05"}'
    head = f"<script type='application/ld+json'>\n {before}{stated}{behind} </script>"
    head += "<meta property='article:published_time' content='2024-03-07'>"
    assert clean(page(paragraphs(), head)).date == "2024-03-05"


def test_broken_json_ld_is_left_out() -> None:
    result = clean(
        page(
            f"<h1>Harbour reopens after the storm</h1>{paragraphs()}",
            "<script type='application/ld+json'>{,</script>",
        )
    )
    assert result.title == "Harbour reopens after the storm"


def test_a_language_that_the_page_denies_is_a_warning() -> None:
    data = page(paragraphs()).replace(b"lang='en'", b"lang='fr'")
    assert "its language is fr" in " ".join(clean(data).warnings)


def test_a_paragraph_in_another_language_is_told() -> None:
    foreign = "<p>Die Ingenieure sagten, sie hätten beide Molen geprüft und keinen Schaden gefunden, der Fähren am Anlegen hindern würde.</p>"
    assert clean(page(f"<article>{paragraphs()}{foreign}{paragraphs()}</article>")).foreign == {
        3: "de"
    }


def test_a_saved_page_is_read_from_its_archive() -> None:
    head = b"From: <Saved>\r\nSnapshot-Content-Location: https://herald.example/a\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    result = clean(
        head + page(f"<h1>Harbour reopens after the storm</h1>{paragraphs()}") + b"\r\n--x--\r\n"
    )
    assert (result.kind, result.url) == (CaptureKind.WEB, "https://herald.example/a")
    assert len(result.blocks) == 3


@pytest.mark.parametrize("charset", ["windows-1251", "koi8-r", "utf-16", "utf-8"])
def test_text_is_decoded_by_what_it_is(charset: str) -> None:
    text = "Гавань снова открылась во вторник, через три дня после шторма. " * 20
    assert decode_text(text.encode(charset)) == text


def test_a_wrong_charset_in_the_page_does_not_matter() -> None:
    text = "<meta charset='iso-8859-1'><p>Гавань снова открылась во вторник</p>"
    assert decode(text.encode()).text == text


def test_deep_and_large_pages_are_read() -> None:
    deep = "<div>" * 1500 + paragraphs() + "</div>" * 1500
    assert len(clean(page(f"<article>{paragraphs()}</article>{deep}")).blocks) >= 3
    assert clean(page(f"<article>{paragraphs()}</article><!--{'x' * 1_000_000}-->")).blocks


@pytest.mark.parametrize("tags", ["<div>", "<ul><li>", "<table><tr><td>", "<b>", "<blockquote>"])
@pytest.mark.parametrize("depth", [400, 30_000])
def test_paragraphs_below_any_nesting_are_read(tags: str, depth: int) -> None:
    body = f"{tags * depth}<h1>Harbour reopens</h1>{paragraphs()}"
    result = clean(page(body, "<title>Harbour reopens</title>"))
    assert [block.text for block in result.blocks] == list(SENTENCES)
    assert result.title == "Harbour reopens"


@pytest.mark.parametrize(
    ("body", "said"), [("<" * 1_000_000, "no words"), ("<p>x" * 150_000, "elements")]
)
def test_a_page_that_is_no_article_is_refused(body: str, said: str) -> None:
    with pytest.raises(CaptureError, match=said):
        clean(page(body))


def test_a_truncated_page_is_read_as_far_as_it_goes() -> None:
    data = page(f"<article>{paragraphs()}</article>")
    assert [block.text for block in clean(data[: data.index(b"</article>") - 2]).blocks][
        :2
    ] == list(SENTENCES[:2])


@pytest.mark.parametrize(
    ("title", "bare"),
    [
        ("Harbour reopens | The Larnum Herald", "Harbour reopens"),
        ("The Larnum Herald: Harbour reopens", "Harbour reopens"),
        ("Harbour – a history of twenty years", "Harbour – a history of twenty years"),
    ],
)
def test_the_outlet_is_taken_off_a_title(title: str, bare: str) -> None:
    assert strip_outlet(title, ["The Larnum Herald", "herald.example"]) == bare


def test_datelines_give_place_day_and_agency() -> None:
    found = read_dateline("LARNUM, March 5. /TASS/. The harbour opened again.")
    assert found is not None
    assert (found.place, found.agency, found.month, found.day) == ("Larnum", "TASS", 3, 5)
    assert read_dateline("Larnum (the capital) - a city of piers") is None


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ada Example and Bo Sample", ["Ada Example", "Bo Sample"]),
        ("Von Ada Example, Bo Sample", ["Ada Example", "Bo Sample"]),
        ("Published 12.03.2024", []),
    ],
)
def test_bylines_are_split_into_names(text: str, names: list[str]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("head", "byline", "authors"),
    [
        ("<meta name='author' content='Ada'>", "Ada Example", ("Ada Example",)),
        ("<meta name='author' content='Ada'>", "Grace Sample", ("Ada",)),
        ("<meta name='author' content='Larnum Herald'>", "Ada Example", ("Ada Example",)),
        ("<meta name='author' content='Larnum Herald'>", "", ("Larnum Herald",)),
    ],
)
def test_the_place_that_tells_most_of_an_author_is_taken(
    head: str, byline: str, authors: tuple[str, ...]
) -> None:
    body = f"<main><h1>Harbour reopens</h1><p class='byline'>{byline}</p>{paragraphs()}</main>"
    assert clean(page(body, head), "https://larnum-herald.example/1").authors == authors


def test_bylines_of_other_articles_are_not_this_ones() -> None:
    body = f"<main><h1>Harbour reopens</h1><p class='byline'>Ada Example</p>{paragraphs()}</main>"
    others = "".join(
        f"<aside><div><p class='byline'>{name}</p></div></aside>"
        for name in ("Bo Other", "Cy Else")
    )
    assert clean(page(f"<div>{body}</div>{others}")).authors == ("Ada Example",)


def test_a_stated_time_keeps_its_offset() -> None:
    assert iso_date("2024-03-05T10:00:00.123+02:00") == "2024-03-05T10:00:00+02:00"
    assert iso_date("2024-03-05 10:00") == "2024-03-05"
    assert iso_date("soon") == ""


def test_a_short_text_is_not_guessed() -> None:
    assert identify("OK").language == "und"
    assert identify("42").language == "und"
    assert identify("今日は良い天気です。").language == "ja"
    assert identify(SENTENCES[0]).language == "en"


@settings(max_examples=60, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")),
                 st.text(max_size=200).map(lambda text: f"<html><body><p>{text}<table><tr><td>{text}".encode("utf-8", "replace")),
                 st.binary(max_size=300).map(lambda data: b"%PDF-1.4\n" + data)))  # fmt: skip
def test_whatever_comes_is_read_or_refused(data: bytes) -> None:
    try:
        result = clean_capture(data, Context())
    except CaptureError:
        return
    except VariorumError:  # pragma: no cover - a reader raised something unexpected
        raise
    words = "".join(data.decode("utf-8", "replace").split())
    assert all(block.text for block in result.blocks)
    assert result.kind is not CaptureKind.TEXT or words


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "an office document"),
        (b"{\\rtf1 Hello}", "a document in RTF"),
        (b"\x89PNG rest", "run OCR"),
    ],
)
def test_a_file_of_another_kind_is_named_with_what_to_do(data: bytes, said: str) -> None:
    with pytest.raises(CaptureError, match=said):
        decode(data)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("እዚ ድልድል ቅድሚ ክረምቲ ክውዳእ እዩ ኢላ ኣመሓዳሪት ናይታ ከተማ ንጋዜጠኛታት ኣብ ኣኼባ ነጊራቶም።", "ti"),
        ("ድልድዩ ከክረምት በፊት ይጠናቀቃል ሲሉ ከንቲባዋ ለጋዜጠኞች ተናግረዋል። ሥራው ግን ገና ነው።", "am"),
    ],
)
def test_tigrinya_and_amharic_are_told_apart(text: str, language: str) -> None:
    assert identify(text).language == language
