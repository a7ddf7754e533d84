import pytest

from generator.analysis.figures import figures
from tests.builders import make_article


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Some 100,000 troops cost $5.3 billion.",
            [("100000", "troops"), ("5300000000", "$")],
        ),
        ("en", "Prices rose 12.5% on 28 January 2022.", [("12.5", "%")]),
        (
            "de",
            "3 Mio. Menschen zahlten 1.234,5 Euro.",
            [("3000000", "Menschen"), ("1234.5", "Euro")],
        ),
        (
            "ru",
            "126 000 случаев и 50 миллиардов долларов",
            [("126000", "случаев"), ("50000000000", "долларов")],
        ),
        ("ar", "١٢٦٬٠٠٠ حالة", [("126000", "حالة")]),
        ("hi", "2 लाख लोग", [("200000", "लोग")]),
        ("zh", "政府拨款 3.5亿元。", [("350000000", "元")]),
    ],
)
def test_figures_have_one_value_in_every_language(
    language: str, text: str, expected: list[tuple[str, str]]
) -> None:
    article = make_article(text, title="", language=language)
    assert [(item.value, item.unit) for item in figures(article)] == expected


def test_a_figure_knows_its_place() -> None:
    article = make_article("About 40 boats sank.", title="")
    (figure,) = figures(article)
    assert article.blocks[0].text[figure.span.start : figure.span.end] == "40 boats"


def test_a_bare_year_is_no_figure() -> None:
    assert figures(make_article("It happened in 1998, they say.", title="")) == ()
