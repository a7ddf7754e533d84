"""Contributed words read as written, in Python-Markdown and in a CommonMark renderer alike."""

import html
import re
from html.parser import HTMLParser

import comrak
import markdown
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Block, BlockKind, EntityId, Mention, Span
from generator.text import normal, paragraph_addresses
from generator.views.body import QuotationMark, body_markdown
from generator.views.markup import UNPRINTABLE, Html, el, escape, outward_link, safe_url
from generator.views.page import Page, frame, write_page
from tests.builders import make_article

EXTENSIONS = ["toc", "tables", "fenced_code"]
#: What Markdown and HTML are made of, so that random text is likely to mean something to them.
PIECES = st.sampled_from(
    [
        *"\\`*_[](){}<>&\"'#+-.!|~^=:$@/\u200f\u202e¶❞ \t",
        *(
            "**",
            "__",
            "](x)",
            "![",
            "<b>",
            "</p>",
            "<!--",
            "-->",
            "&amp;",
            "&#42;",
            "&#x2a;",
            "{{ x }}",
        ),
        *(
            "\x02klzzwxh:0001\x03",
            "1. ",
            "- ",
            "> ",
            "# ",
            "```",
            "~~~",
            "---",
            "===",
            "[^1]: x",
            "http://x.y",
        ),
        *(
            "<script>",
            "<a href='x'>",
            "{: onclick=x}",
            "<http://x.y>",
            "a@b.c",
            "כן",
            "漢字",
            "e\u0301",
            "word",
        ),
    ]
)
TEXTS = st.lists(st.one_of(PIECES, st.text(max_size=3)), min_size=1, max_size=12).map("".join)


class Words(HTMLParser):
    """The text of a page without what is marked as an anchor or a button, and the tags it has."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.tags, self.hidden = "", list[str](), 0
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.hidden += tag == "button" or (tag == "a" and ("class", "p") in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= bool(self.hidden and tag in ("a", "button"))

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.text += data


def rendered(source: str) -> list[str]:
    options = comrak.RenderOptions()
    options.unsafe_ = True
    return [
        markdown.markdown(source, extensions=EXTENSIONS),
        str(comrak.render_markdown(source, render_options=options)),
    ]


def plain(text: str) -> str:
    """What a reader can see of any text: as a corpus file would hold it, without control characters."""
    return normal(UNPRINTABLE.sub("", text))


@given(TEXTS.filter(lambda text: plain(text) != ""), st.sampled_from(BlockKind))
def test_any_text_reads_as_written_in_both_renderers(text: str, kind: BlockKind) -> None:
    block = Block(kind=kind, text=plain(text))
    article = make_article(blocks=(block,))
    source = "\n\n".join(
        body_markdown(
            paragraph_addresses(article), article.blocks, (), (), frame("articles/a/", "en")
        )
    )
    pages = rendered(source)
    for page in pages:
        words = Words(page)
        assert normal(words.text) == block.text
        assert set(words.tags) <= {"p", "a", "ul", "li", "blockquote", "h2", "h3"}
    assert pages[0].split() == pages[1].split()


@given(TEXTS)
def test_any_text_reads_as_written_in_furniture(text: str) -> None:
    source = f"{el('p', 'before')}\n\n{el('div', el('b', text), title=text)}\n\nafter"
    for page in rendered(source):
        assert "after" in page
        words = Words(page)
        assert words.tags == ["p", "div", "b", "p"]
        assert plain(words.text.removeprefix("before").replace("after", "")) == plain(
            text.replace("after", "")
        )


@given(TEXTS, TEXTS)
def test_front_matter_comes_back_as_it_was(title: str, head: str) -> None:
    page = Page(address="x/", kind="list", title=title, ui="en", head=head, body=("text",))
    front = write_page(page).decode().split("\n---\n")[0].removeprefix("---\n")
    values = yaml.safe_load(front)
    assert values["title"] == UNPRINTABLE.sub("", title)
    assert values.get("head", "") == UNPRINTABLE.sub("", head)


@pytest.mark.parametrize("end", [18, 19])
def test_names_are_linked_once_and_marks_stand_behind_the_quotation(end: int) -> None:
    text = "“Ann Lee will come,” said Ann Lee."
    article = make_article(text)
    mentions = [
        Mention(
            article=article.id,
            entity=EntityId("ann-lee"),
            span=Span(segment=1, start=start, end=start + 7),
            form="Ann Lee",
            reason="name",
        )
        for start in (1, 26)
    ]
    mark = QuotationMark(span=Span(segment=1, start=1, end=end), number=1, count=2)
    here = frame("articles/a/", "en", "tr")
    line = body_markdown(paragraph_addresses(article), article.blocks, mentions, [mark], here)[0]
    assert line.count("href=../../entities/ann-lee/") == 1
    assert (
        "<button class=q popovertarget=q1 aria-labelledby=t1 lang=en>2</button></span> said" in line
    )
    assert "come<span>,”<button" in line or "come,<span>”<button" in line


def test_a_mark_stays_on_the_line_of_the_stop_before_it() -> None:
    block = Block(text="「待たない。高いところへ」と話した。")
    mark = QuotationMark(span=Span(segment=1, start=1, end=6), number=1, count=2)
    (line,) = body_markdown(("p-1",), (block,), (), (mark,), frame("articles/a/", "ja"))
    assert "待たない<span>。<button" in line


def test_items_and_quoted_passages_stay_together() -> None:
    blocks = (
        Block(kind=BlockKind.ITEM, text="one"),
        Block(kind=BlockKind.ITEM, text="two"),
        Block(kind=BlockKind.QUOTE, text="said"),
        Block(text="done"),
    )
    article = make_article(blocks=blocks)
    source = "\n\n".join(
        body_markdown(paragraph_addresses(article), blocks, (), (), frame("", "en"))
    )
    for page in rendered(source):
        assert Words(page).tags == ["ul", "li", "a", "li", "a", "blockquote", "p", "a", "p", "a"]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//x.y", "/x", "http://x\ny", "vbscript:x", ""],
)
def test_only_addresses_that_a_reader_may_follow_become_links(url: str) -> None:
    assert safe_url(url) is None
    assert outward_link(url, "text") == "text"


def test_http_and_mail_addresses_become_links() -> None:
    assert 'href="https://x.y/?a=1&amp;b=2"' in outward_link("https://x.y/?a=1&b=2", "text")
    assert safe_url("mailto:a@b.c") == "mailto:a@b.c"


def test_markup_is_escaped_once() -> None:
    assert el("p", el("b", "<&>"), title='"') == '<p title="&quot;"><b>&lt;&amp;&gt;</b></p>'
    assert escape(Html("<br>")) == "<br>"
    assert html.unescape(escape("a\nb")) == "a\nb"
    assert re.search(r"\n", escape("a\n\nb")) is None
