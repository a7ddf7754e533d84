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


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "Está a 55 millones de años luz.", ("55000000", "años luz")),
        ("fr", "Coût : 700 millions d’euros.", ("700000000", "euros")),
        ("en", "They moved 30,000 cubic metres of sand.", ("30000", "cubic metres")),
        ("en", "It is 27,000 light-years away.", ("27000", "light-years")),
        ("en", "It has 18 gilded mirrors.", ("18", "gilded mirrors")),
        ("en", "It is 12 per cent of all.", ("12", "%")),
        ("ar", "12 في المئة من التجارة", ("12", "%")),
        ("ar", "30 ألف متر مكعب من الرمال", ("30000", "متر مكعب")),
        ("de", "Es sind 27 neue Schiffe.", ("27", "neue Schiffe")),
        ("ru", "Нашли 18 новых кораблей вчера.", ("18", "новых кораблей")),
        ("th", "มีเรือ 13 ลำในท่า", ("13", "ลำ")),
        ("ko", "거리는 5500만 광년이다.", ("55000000", "광년")),
    ],
)
def test_what_is_counted_is_named_in_full(
    language: str, text: str, expected: tuple[str, str]
) -> None:
    (figure,) = figures(make_article(text, title="", language=language))
    assert (figure.value, figure.unit) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It rose at 9.20 local time."),
        ("en", "They saw the Ariane 5 rocket rise."),
        ("pt", "Ganharam por 2 a 0."),
        ("hu", "A boltok 14-ig elfogadják."),
        ("tr", "Saat 02.14'te çarptı."),
    ],
)
def test_times_scores_and_numbers_in_names_count_nothing(language: str, text: str) -> None:
    assert figures(make_article(text, title="", language=language)) == ()
