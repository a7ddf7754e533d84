import numpy as np
import pytest

from generator.analysis.topics import names, pack, skeleton, terms
from tests.builders import make_article


@pytest.mark.parametrize("name", ["Trump", "Трамп", "טראמפ", "ترامب", "トランプ", "Τραμπ", "ट्रंप"])
def test_a_name_has_the_same_consonants_in_every_script(name: str) -> None:
    assert skeleton(name) == "TRMB"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Then Trump's men left."),
        ("ko", "트럼프가 떠났다."),
        ("ru", "Видели Трампом там."),
        ("ar", "غادر الترامب"),
    ],
)
def test_endings_and_articles_leave_the_key_of_a_name(language: str, text: str) -> None:
    assert "TRMB-" in names(make_article(text, title="", language=language))


def test_rare_words_are_more_telling_than_common_ones() -> None:
    weights = terms(make_article("the bridge collapsed", title=""))
    assert weights["collaps"] > weights["bridg"] > weights.get("the", 0.0)


def test_numbers_are_keys_in_any_digits() -> None:
    assert names(make_article("١٢٦٬٠٠٠ حالة", title="", language="ar")).keys() & {"126000"}


def test_packed_keys_ascend_and_have_unit_length() -> None:
    data = pack({"b": 3.0, "a": 4.0})
    keys, weights = np.frombuffer(data[:8], "<u4"), np.frombuffer(data[8:], "<f4")
    assert list(keys) == sorted(keys)
    assert float(weights @ weights) == pytest.approx(1.0)
    assert pack({}) == b""
