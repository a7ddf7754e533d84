"""Names in other letters: transliteration, spellings, and the sound that they share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.names import (
    latin_headings,
    same_name,
    search_names,
    sound_key,
    transliterate,
    variants,
)
from generator.model import Entity, EntityId, EntityKind, LanguageCode


@pytest.mark.parametrize(
    ("language", "name", "latin"),
    [
        ("ru", "Сергей Лавров", "Sergey Lavrov"),
        ("ru", "Юрий Ельцин", "Yury Yeltsin"),
        ("ru", "НАТО", "NATO"),
        ("uk", "Володимир Зеленський", "Volodymyr Zelenskyi"),
        ("uk", "Київ", "Kyiv"),
        ("bg", "Велико Търново", "Veliko Tarnovo"),
        ("sr", "Александар Вучић", "Aleksandar Vučić"),
        ("el", "Κυριάκος Μητσοτάκης", "Kyriakos Mitsotakis"),
        ("ka", "თბილისი", "Tbilisi"),
        ("hy", "Երևան", "Erevan"),
        ("ko", "서울", "Seoul"),
        ("ko", "부산", "Busan"),
        ("ja", "セルゲイ・ラブロフ", "Serugei Raburohu"),
        ("zh", "北京", "Beijing"),
        ("en", "Sergey Lavrov", "Sergey Lavrov"),
        ("fr", "Élysée", "Élysée"),
    ],
)
def test_names_are_written_in_latin_letters(language: str, name: str, latin: str) -> None:
    assert transliterate(name, language) == latin


@pytest.mark.parametrize("name", ["لافروف", "נתניהו", "मोदी", "กรุงเทพ", "ঢাকা", "በርሊን"])
def test_other_scripts_give_latin_letters_too(name: str) -> None:
    assert transliterate(name, "und").replace("ʾ", "").replace("ʿ", "").isascii()


def test_spellings_of_many_conventions_are_candidates() -> None:
    assert set(variants("Лавров", "ru")) >= {"Lavrov", "Lawrow", "Ławrow", "Lavroff"}
    assert set(variants("Чехов", "ru")) >= {
        "Chekhov",
        "Tschechow",
        "Tchekhov",
        "Czechow",
        "Tsjechov",
    }
    assert variants("Lavrov", "en") == ("Lavrov",)


@pytest.mark.parametrize(
    "names",
    [
        ("Лавров", "Lavrov", "Lawrow", "Lavrow", "Lavroff", "Ławrow"),
        ("Шойгу", "Shoigu", "Schoigu", "Szojgu", "Shoygu"),
        ("Зеленский", "Zelensky", "Zelenskyy", "Selenskyj", "Zelenski"),
        ("Ципрас", "Tsipras"),
    ],
)
def test_spellings_of_one_name_sound_alike(names: tuple[str, ...]) -> None:
    assert all(same_name(names[0], other) for other in names[1:])


@pytest.mark.parametrize(
    ("one", "other"), [("Lavrov", "Lebedev"), ("Путин", "Patton"), ("Merkel", "Macron"), ("", "")]
)
def test_other_names_sound_otherwise(one: str, other: str) -> None:
    assert not same_name(one, other)


def test_headings_in_other_scripts_get_latin_letters_and_all_spellings_can_be_searched() -> None:
    entity = Entity(
        id=EntityId("lavrov"),
        kind=EntityKind.PERSON,
        names={LanguageCode("en"): ("Sergey Lavrov",), LanguageCode("ru"): ("Лавров",)},
    )
    assert latin_headings([entity]) == {"lavrov": {"ru": "Lavrov"}}
    assert {"Sergey Lavrov", "Лавров", "Lawrow", "Lavroff"} <= set(search_names(entity))


@given(st.text(max_size=30))
def test_any_text_can_be_written_and_sounded(text: str) -> None:
    assert isinstance(transliterate(text, "ru"), str)
    assert isinstance(sound_key(text), str)
    assert variants(text, "ru") == tuple(sorted(variants(text, "ru")))
