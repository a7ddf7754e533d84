"""The catalogues are complete in every interface language, and say what they should."""

import json
import re
import subprocess
import sys

import pytest
from babel.messages.catalog import Message

from generator.model import ArticleDate
from generator.settings import Settings
from generator.views.interface import interface, interface_language, own_name
from generator.views.search_words import search_words
from generator.views.skeleton import skeleton_strings, strings_template
from tests.catalogues import ROOT, messages, read

LANGUAGES = Settings().languages
PLACEHOLDER = re.compile(r"\{\w*\}")


def strings(message: Message) -> tuple[str, ...]:
    """The translation: one text, or one for each plural form; none where it is missing."""
    given = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
    return given if all(given) else ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_and_none_is_left_over(language: str) -> None:
    known = read(language)
    wanted = {item[0] if isinstance(item, tuple) else item for item in messages()}
    there = {
        (item.id[0] if isinstance(item.id, tuple) else item.id)
        for item in known
        if item.id and strings(item)
    }
    assert wanted - there == set()
    assert there - wanted == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_and_placeholders_fit(language: str) -> None:
    known = read(language)
    for message in known:
        given = strings(message)
        if not message.id or not given:
            continue
        if isinstance(message.id, str):
            assert len(given) == 1, message.id
            allowed = required = set(PLACEHOLDER.findall(message.id))
        else:
            assert len(given) == known.num_plurals, message.id
            allowed = set(PLACEHOLDER.findall(" ".join(message.id)))
            required = allowed - {"{number}"}  # a form such as the Arabic dual has no numeral
        for text in given:
            found = set(PLACEHOLDER.findall(text))
            assert required <= found <= allowed, (message.id, text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_numbers_are_told_in_the_last_plural_form(language: str) -> None:
    ui = interface(language)
    for number in (5, 12, 100, 1234):
        told = ui.count("{number} article", "{number} articles", number)
        assert ui.number(number) in told


@pytest.mark.parametrize(
    ("language", "number", "told"),
    [
        ("ru", 1, "1 версия"),
        ("ru", 3, "3 версии"),
        ("ru", 11, "11 версий"),
        ("uk", 22, "22 версії"),
        ("ar", 2, "نسختان"),
        ("ar", 7, "7 نسخ"),
        ("he", 1, "גרסה אחת"),
        ("ja", 2, "2つの版"),
        ("fr", 0, "0 version"),
    ],
)
def test_plurals_follow_the_language(language: str, number: int, told: str) -> None:
    assert interface(language).count("{number} version", "{number} versions", number) == told


@pytest.mark.parametrize(
    ("language", "iso", "told"),
    [
        ("en", "2022-01-28", "Friday, 28 January 2022"),
        ("de", "2022-01", "Januar 2022"),
        ("ru", "2022", "2022"),
        ("zh", "2022-01-28", "2022年1月28日星期五"),
        ("fr", "unknown", "sans date"),
        ("en", "2022-01-28T14:05:00+03:00", "Friday, 28 January 2022, 14:05 (GMT+03:00)"),
        ("ar", "2022-01-28T23:00", "الجمعة، 28 يناير 2022، 11:00\N{NO-BREAK SPACE}م"),
        ("zh", "2022-01-28T23:00:00+08:00", "2022年1月28日星期五 23:00（GMT+08:00）"),
        ("ja", "2022-01-28T23:00:00+09:00", "2022年1月28日金曜日 23:00（GMT+09:00）"),
        (
            "ko",
            "2022-01-28T23:00:00+09:00",
            "2022년 1월 28일 금요일 오후\N{NO-BREAK SPACE}11:00(GMT+09:00)",
        ),
    ],
)
def test_dates_are_as_precise_as_they_are_known(language: str, iso: str, told: str) -> None:
    assert interface(language).full_date(ArticleDate(iso=iso)) == told


@pytest.mark.parametrize(
    ("language", "listed", "titled"),
    [
        ("en", "a, b, c", "a: b"),
        ("ar", "a، b، c", "a: b"),
        ("zh", "a、b、c", "a：b"),
        ("fr", "a, b, c", "a\u00a0: b"),
    ],
)
def test_lists_have_the_signs_of_the_language(language: str, listed: str, titled: str) -> None:
    assert interface(language).listed("abc") == listed
    assert interface(language).titled("a", "b") == titled


def test_in_chinese_a_number_after_and_stands_apart_as_everywhere() -> None:
    assert interface("zh").together(["3 处增加", "2 处修改"]) == "3 处增加和 2 处修改"
    assert interface("zh").together(["甲", "乙"]) == "甲和乙"
    assert interface("ja").together(["追加3か所", "変更2か所"]) == "追加3か所、変更2か所"


def test_a_language_is_shown_by_its_own_name() -> None:
    assert [own_name(code) for code in ("ru", "ar", "pt-BR", "zh-Hant", "xx")][:2] == [
        "Русский",
        "العربية",
    ]
    assert own_name("xx") == "Xx"


def test_a_name_in_georgian_has_the_letters_of_running_text() -> None:
    assert own_name("ka") == "ქართული"
    assert interface("en").heading("ქართული") == "ქართული"
    assert interface("en").heading("ölçü") == "Ölçü"


def test_an_article_carries_the_interface_of_its_language_where_there_is_one() -> None:
    assert interface_language("pt-BR", ("en", "pt"), "en") == "pt"
    assert interface_language("el", LANGUAGES, "en") == "en"


def test_the_strings_of_the_theme_are_those_of_the_catalogues() -> None:
    committed = (ROOT / "generator" / "theme" / "strings.html").read_text(encoding="utf-8")
    assert committed == strings_template(LANGUAGES), "run: python -m tests.catalogues"


def test_the_search_page_has_every_word_its_script_asks_for() -> None:
    folder = ROOT / "generator" / "theme" / "assets" / "search"
    english = json.loads((folder / "strings.json").read_text(encoding="utf-8"))
    assert search_words(interface("en")) == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_skeleton_speaks_every_language(language: str) -> None:
    told = skeleton_strings(interface(language))
    assert told["dir"] == ("rtl" if language in ("ar", "he") else "ltr")
    assert language == "en" or told["search"] != skeleton_strings(interface("en"))["search"]


IN_ORDER = """
import json, sys
from datetime import date
from generator.model import ArticleDate
from generator.resources import calendar_names
from generator.views.interface import interface
languages = sys.argv[1].split()
def told(code):
    ui = interface(code)
    tables = calendar_names(code)
    wide = [list(tables[table]["stand-alone"]["wide"].values()) for table in ("months", "days")]
    hour = ui.full_date(ArticleDate(iso="2024-01-28T23:00:00+09:00"))
    return [hour, wide, [[ui.month_name(month, width="narrow"), ui.month(2024, month)] for month in range(1, 13)]]
print(json.dumps({code: told(code) for code in languages}, sort_keys=True))
"""


def test_months_and_hours_do_not_depend_on_who_was_asked_before() -> None:
    codes = list(LANGUAGES)
    orders = (" ".join(codes), " ".join(reversed(codes)))
    told = {
        subprocess.run(
            [sys.executable, "-c", IN_ORDER, order], check=True, capture_output=True, text=True
        ).stdout
        for order in orders
    }
    assert len(told) == 1
