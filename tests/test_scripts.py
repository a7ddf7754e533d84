"""The script that an article is written in."""

import pytest

from generator.analysis.scripts import script
from tests.builders import make_article

TEXTS = {
    "latin": "Tidewater Bay",
    "cyrillic": "Залив, NASA",
    "arabic": "الخليج",
    "han": "潮水湾新闻",
    "kana": "ひらがなとカタカナ、東",
    "hangul": "만조",
    "devanagari": "ज्वार",
    "hebrew": "מפרץ",
    "greek": "Κόλπος",
    "thai": "อ่าว",
    "armenian": "Ծոց",
}


def test_each_script_has_a_number_of_its_own() -> None:
    found = {name: script(make_article(text, title=text)) for name, text in TEXTS.items()}
    assert len(set(found.values())) == len(TEXTS)
    assert 0 not in found.values()


@pytest.mark.parametrize("text", ["2024: 17 %", "…"])
def test_what_has_no_letters_has_no_script(text: str) -> None:
    assert script(make_article(text, title=text)) == 0


def test_most_letters_of_title_and_beginning_decide() -> None:
    russian = "Прилив пришёл в город рано утром, и набережная закрыта."
    assert script(make_article(russian, title="NASA")) == script(make_article(russian, title=""))
    later = "Tidewater. " * 30
    assert script(make_article(f"{later}\n\n{russian * 30}")) == script(make_article("Tidewater."))
