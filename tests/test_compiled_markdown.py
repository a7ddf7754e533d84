"""The compiled parser gives the bytes that Python-Markdown gives."""

import markdown as python_markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.site.compiled_markdown import render


def plain(text: str) -> str:
    extensions = ["toc", "tables", "fenced_code"]  # what MkDocs itself always adds
    return str(python_markdown.Markdown(extensions=extensions).convert(text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# A “title” &#42; with &amp; and &lt;",
        "One paragraph.\n\nAnother with a [link](../../a/) and <b>inline</b> HTML.",
        '<div class="x"><p>a</p></div>\n\nText\n\n<table><tr><td>1</td></tr></table>',
        "<aside><p>a</p></aside>\n\n<aside><p>b</p></aside>\n\n## Again\n\n## Again",
        "- one\n- two\n\nText",
        "> quoted\n>\n> twice\n\nText",
        '<a id=p-1 href=#p-1>¶</a>He said "no" &amp; 3 &gt; 2',
        "## Заголовок\n\nтекст\n\n## عنوان\n\nنص\n\n## 标题",
        "Text\n\n\n\nmore",
        "<p>alone</p>",
    ],
)
def test_the_same_bytes(text: str) -> None:
    assert render(text) == plain(text)


LITERAL = st.text(
    st.characters(categories=["L", "N", "Zs"], include_characters="“”—.,:;"), min_size=1
)


@given(
    st.lists(LITERAL.map(str.strip).filter(lambda text: text and not text[0].isdigit()), min_size=1)
)
def test_any_paragraphs(paragraphs: list[str]) -> None:
    text = "\n\n".join(f"<a id=p href=#p>¶</a>{' '.join(part.split())}" for part in paragraphs)
    assert render(text) == plain(text)
