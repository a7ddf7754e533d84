"""What the search finds in real news of many languages, asked in a real browser."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import regex

from generator.model import Entity, EntityId, EntityKind, LanguageCode, SearchRecord
from generator.text import UNSPACED
from tests.browser import Browser, open_browser, serve
from tests.search_corpus import make_record, world_news
from tests.search_site import write_search_site

pytestmark = pytest.mark.slow

RUN = regex.compile(rf"[{UNSPACED}\p{{Hangul}}][{UNSPACED}\p{{Hangul}}\p{{M}}]+")
WORD = regex.compile(r"[\p{L}\p{M}][\p{L}\p{M}'’]{3,}")
WORDS = 10

FIND = """
const [queries] = given;
const page = await variorumSearch;
const { Finder } = await import(new URL("../assets/search/finder.js", location.href));
const finder = new Finder(await page.ready(), page.names, "en");
const { readState } = await import(new URL("../assets/search/state.js", location.href));
const found = [];
for (const query of queries) {
  const address = new URL(location.href);
  address.search = new URLSearchParams({ q: query });
  const { search, begin } = await finder.find(readState(address.href));
  const { describe } = await import(new URL("../assets/search/hits.js", location.href));
  const hits = [];
  for (const hit of search.ranked()) {
    const record = await hit.shard.read(hit.number);
    if (describe(record, hit, search.parts, finder.federation.tokens)) hits.push(record.id);
  }
  found.push({ hits, begin: begin ?? "", failed: search.failed.map((one) => String(one.error)) });
}
return found;
"""

#: Invented texts, in languages that the corpus lacks or of words that it lacks.
OWN = {
    "ko": "지난주 한국정부는 새로운 경제정책을 발표했다. 대통령은 서울에서 기자회견을 열었다.\n"
    "전문가들은 이번 조치가 물가안정에 도움이 될 것이라고 전망하였다.",
    "lo": "ລັດຖະບານລາວໄດ້ປະກາດແຜນການເສດຖະກິດໃໝ່ໃນອາທິດແລ້ວນີ້ທີ່ນະຄອນຫຼວງວຽງຈັນ",
    "he": "הממשלה הודיעה ביום חמישי על תוכנית כלכלית חדשה בירושלים לפני נציגי העיתונות",
    "hi-sun": "आज सूर्य देर से निकला और चन्द्र पूरे दिन दिखाई देता रहा, ऐसा पुराने यात्री अपनी किताबों में लिखते थे।",
    "hi-land": "कल सीरिया के तीन शहरों में चुनाव हुए और चंद्र के मेले की खबर नहीं छपी, यह अखबार ने बाद में बताया।",
    "fa-canal": "خبرنگاران در قناة الفجر دیروز گفتند که بندرگاه تازه تا پایان سال باز خواهد شد و کار ادامه دارد",
    "en": "The minister quoted an old saying, 「七転び八起きは大切です」, and added «санкций больше не будет» before leaving.",
}


class Names(NamedTuple):
    """A name as the texts of a language have it, the same in two other scripts, and where it is found."""

    names: dict[str, str]
    languages: str
    article: str


NAMES = (
    Names(
        {
            "en": "Trump", "ar": "ترامب", "fa": "ترامپ", "hi": "ट्रंप", "bn": "ট্রাম্প", "ta": "ட்ரம்ப்",
            "ur": "ٹرمپ", "ru": "Трамп", "mr": "ट्रम्प", "ps": "ټرمپ", "ti": "ትራምፕ", "zh": "特朗普",
            "my": "ထရမ့်", "ne": "ट्रम्प",
        },
        "en ar bn es fa fr hi id pt ru sw ta ur zh km my ne ps ti tl mr so",
        "tico-covid-us-national-emergency",
    ),
    Names({"en": "Jobs", "ru": "Джобс", "zh": "乔布斯"}, "en es it nl", "meantime-apple-executive-steve-jobs-resigns"),
    Names({"en": "Israel", "th": "อิสราเอล", "ru": "Израиль", "zh": "以色列"}, "th", "thaigov"),
    Names({"en": "Zimbabwe", "ru": "Зимбабве", "zh": "津巴布韦"}, "sn", "voa-sn-2779954"),
    Names({"fr": "Sassou", "ru": "Сассу", "zh": "萨苏"}, "ln", "voa-ln-5189368"),
    Names({"en": "Seoul", "ko": "서울", "zh": "首尔"}, "ko", "own-ko"),
)  # fmt: skip

#: Names that are told apart, or not, by how a script writes vowels, nasals and endings.
SPELT = (
    Names({"en": "Syria", "hi": "सीरिया"}, "hi", "own-hi-land"),
    Names({"en": "Chandra", "hi": "चंद्र"}, "hi", "own-hi-land"),
    Names({"en": "Al Fajr Channel", "ar": "قناة الفجر"}, "fa", "own-fa-canal"),
)

#: A word of the corpus in a form that the article does not have.
INFLECTED = {
    "en": ("tico-covid-us-national-emergency", "outbreaks proclamations"),
    "es": ("tico-covid-us-national-emergency", "brotes nacionales"),
    "it": ("meantime-apple-executive-steve-jobs-resigns", "fondatori"),
    "nl": ("meantime-apple-executive-steve-jobs-resigns", "oprichters"),
    "fr": ("tico-covid-us-national-emergency", "épidémies annoncées"),
    "pt": ("tico-covid-us-national-emergency", "surtos nacionais"),
    "ru": ("tico-covid-us-national-emergency", "вспышками заболеваний"),
    "ar": ("tico-covid-us-national-emergency", "للرئيس"),
    "hi": ("tico-covid-us-national-emergency", "आपातकालों"),
    "id": ("tico-covid-us-national-emergency", "pandeminya"),
    "ne": ("tico-covid-us-national-emergency", "राष्ट्रपतिको"),
    "ta": ("tico-covid-us-national-emergency", "அதிபர்கள்"),
    "bn": ("tico-covid-us-national-emergency", "ভাইরাসগুলো"),
    "mr": ("tico-covid-us-national-emergency", "अध्यक्षांनी"),
    "fa": ("tico-covid-us-national-emergency", "ویروسی"),
    "ur": ("tico-covid-us-national-emergency", "اعلانوں"),
    "ps": ("tico-covid-us-national-emergency", "ولسمشران"),
    "ti": ("tico-covid-us-national-emergency", "ፕረዚደንትን"),
    "tl": ("tico-covid-us-national-emergency", "pangulo"),
    "so": ("tico-covid-us-national-emergency", "madaxweyne"),
    "sw": ("tico-covid-us-national-emergency", "tangazoni"),
    "sn": ("voa-sn-2779954", "hurumendeni"),
    "ln": ("voa-ln-5189368", "bokutanielo"),
    "ko": ("own-ko", "정부가 경제정책은"),
}


@pytest.fixture(scope="module")
def records(shared_data: Path) -> list[SearchRecord]:
    own = [
        make_record(text, id=f"own-{name}", language=LanguageCode(name[:2]), title=name[:2])
        for name, text in OWN.items()
    ]
    return [*world_news(shared_data / "corpora" / "world-news"), *own]


@pytest.fixture(scope="module")
def page(
    records: list[SearchRecord], chromium: tuple[str, str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("languages")
    entities = [
        Entity(
            id=EntityId(f"entity-{number}"),
            kind=EntityKind.PLACE,
            names={LanguageCode(code): (name,) for code, name in item.names.items()},
        )
        for number, item in enumerate((*NAMES, *SPELT))
    ]
    write_search_site(folder, records, entities)
    with serve(folder) as served, open_browser(chromium) as browser:
        browser.open(served.url + "search/")
        browser.wait_for("#search form")
        browser.call("await (await variorumSearch).ready()")
        yield browser
        assert served.missing() == []
        assert browser.console() == []


def find(page: Browser, queries: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.call(FIND, queries, seconds=180)
    assert not [failed for one in found for failed in one["failed"]]
    return found


def by_language(records: list[SearchRecord]) -> dict[str, list[SearchRecord]]:
    languages = defaultdict(list)
    for item in records:
        languages[str(item.language)].append(item)
    return languages


def draw_word(text: str, chance: random.Random) -> str:
    """A word from the middle of a sentence; of a run without spaces some characters from its middle."""
    for _ in range(50):
        runs = [match.group() for match in RUN.finditer(text) if len(match.group()) > 3]
        if runs and chance.random() < 0.9:
            run = chance.choice(runs)
            return draw_stretch(run, chance.randint(2, min(6, len(run) - 2)), chance)
        words = [match for match in WORD.finditer(text) if not RUN.search(match.group())]
        inner = [match for match in words if text[match.end() : match.end() + 1] == " "]
        if inner:
            return str(chance.choice(inner).group())
    raise AssertionError(f"no word in {text[:50]!r}")


def draw_stretch(run: str, length: int, chance: random.Random) -> str:
    """Characters of a run, begun and ended between two of what a reader sees as one."""
    seen = regex.findall(r"\X", run)
    start = chance.randint(1, max(1, len(seen) - length - 1))
    return "".join(seen[start : start + length])


def draw_phrase(text: str, chance: random.Random) -> str:
    runs = [match.group() for match in RUN.finditer(text) if len(match.group()) > 20]
    if runs:
        return draw_stretch(chance.choice(runs), 9, chance)
    sentences = [part for part in regex.split(r"[^\p{L}\p{M}\p{N} ]+", text) if part.count(" ") > 4]
    words = chance.choice(sentences).split()
    start = chance.randint(1, len(words) - 4)
    return " ".join(words[start : start + 3])


def test_every_language_finds_ten_words_drawn_from_the_middle_of_its_sentences(
    page: Browser, records: list[SearchRecord]
) -> None:
    chance = random.Random(20261121)
    drawn = [
        (item.id, draw_word(item.content, chance))
        for language, items in sorted(by_language(records).items())
        for item in chance.choices(items, k=WORDS)
    ]
    found = find(page, [word for _, word in drawn])
    missed = [
        (article, word, one["begin"])
        for (article, word), one in zip(drawn, found, strict=True)
        if article not in one["hits"] or one["begin"]
    ]
    assert missed == []
    assert len({item.language for item in records}) >= 20


def test_every_language_finds_a_phrase_in_quotation_marks(
    page: Browser, records: list[SearchRecord]
) -> None:
    chance = random.Random(6)
    drawn = []
    for _, items in sorted(by_language(records).items()):
        item = chance.choice(items)
        drawn.append((item, draw_phrase(item.content, chance)))
    found = find(page, [f'"{phrase}"' for _, phrase in drawn])
    missed = [
        (item.id, phrase)
        for (item, phrase), one in zip(drawn, found, strict=True)
        if item.id not in one["hits"]
    ]
    assert missed == []


def test_a_phrase_in_quotation_marks_finds_only_texts_that_have_it(page: Browser) -> None:
    in_order, apart, inflected = find(
        page, ['"national emergency"', '"emergency national"', '"two week before"']
    )
    assert "tico-covid-us-national-emergency-en" in in_order["hits"]
    assert apart["hits"] == []
    assert "tico-covid-us-national-emergency-en" not in inflected["hits"]


def test_inflected_forms_are_found_where_the_language_inflects(page: Browser) -> None:
    found = find(page, [query for _, query in INFLECTED.values()])
    missed = [
        (language, query, one)
        for (language, (article, query)), one in zip(INFLECTED.items(), found, strict=True)
        if not any(hit.startswith(article) and language in hit for hit in one["hits"])
    ]
    assert missed == []


def test_a_name_is_found_in_its_own_and_in_two_other_scripts(page: Browser) -> None:
    queries = []
    for item in NAMES:
        for language in item.languages.split():
            own = item.names.get(language, next(iter(item.names.values())))
            queries += [(item.article, language, own)]
            others = [
                name for code, name in item.names.items() if name != own and code in "ru zh ar ko"
            ]
            queries += [(item.article, language, name) for name in others[:2]]
    found = find(page, [name for _, _, name in queries])
    missed = [
        (article, language, name)
        for (article, language, name), one in zip(queries, found, strict=True)
        if not any(hit.startswith(article) and language in hit for hit in one["hits"])
    ]
    assert missed == []
    assert len({language for _, language, _ in queries}) >= 20


def test_all_spellings_of_a_name_give_the_same_articles(page: Browser) -> None:
    found = find(page, list(NAMES[0].names.values()))
    everywhere = set(found[0]["hits"])
    assert len(everywhere) >= 20
    for one in found:
        assert set(one["hits"]) == everywhere


def test_a_small_spelling_mistake_in_a_name_still_finds_it(page: Browser) -> None:
    right, *wrong = find(
        page, ["Zimbabwe", "Zimbawbe", "Zimbabve", "Zimbabw", "Zymbabwe", "Зимбабвэ"]
    )
    for one in wrong:
        assert set(one["hits"]) >= set(right["hits"])


def test_words_in_another_script_than_the_articles_are_found(page: Browser) -> None:
    for one in find(page, ["転び", "八起き", "大切", "санкций", '"больше не будет"']):
        assert "own-en" in one["hits"]


def test_words_that_differ_in_vowels_that_are_marks_do_not_find_each_other(page: Browser) -> None:
    for query, own, other in (
        ("सूर्य", "own-hi-sun", "own-hi-land"),
        ("सीरिया", "own-hi-land", "own-hi-sun"),
        ("Syria", "own-hi-land", "own-hi-sun"),
    ):
        (found,) = find(page, [query])
        assert own in found["hits"]
        assert other not in found["hits"]


def test_ways_to_write_one_name_find_each_other(page: Browser) -> None:
    for query in ("चन्द्र", "चंद्र", "Chandra"):
        assert {"own-hi-sun", "own-hi-land"} <= set(find(page, [query])[0]["hits"])
    for query in ("قناة الفجر", "قناه الفجر", "Al Fajr Channel"):
        assert "own-fa-canal" in find(page, [query])[0]["hits"]
