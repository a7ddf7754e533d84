"""The search page as a reader meets it, in a real browser: by mouse, by keys, small, dark, Arabic, attacked."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from generator.model import (
    ArticleId,
    Entity,
    EntityId,
    EntityKind,
    LanguageCode,
    Reading,
    SearchKind,
    SearchRecord,
    SourceId,
    StoryId,
)
from generator.settings import Settings
from generator.site.segment import tokens
from generator.views.interface import Interface
from generator.views.search_words import search_words
from tests.browser import Browser, Served, open_browser, serve
from tests.conftest import missing
from tests.search_corpus import make_facts, make_record
from tests.search_site import ASSETS, write_search_site

pytestmark = pytest.mark.slow

CASES = Path(__file__).parent / "cases" / "search"
AXE = Path(__file__).parent / "node" / "node_modules" / "axe-core" / "axe.min.js"

FILLER = "\n".join(f"Line {number} of the harbour report says nothing new." for number in range(60))


def dated(year: int, number: int) -> SearchRecord:
    return make_record(
        f"The harbour council met on day {number}.\nNothing else happened.",
        id=f"{year}-harbour-{number}",
        title=f"Harbour council {year}, {number}",
        date=f"{year}-03-{number:02}",
        sort_date=f"{year}-03-{number:02}",
        source=SourceId("gazette" if number % 2 else "herald"),
        source_name="The Gazette" if number % 2 else "The Herald",
    )


RECORDS = [
    make_record(
        f"{FILLER}\nAt last the lighthouse keeper spoke. He asked for sanctions against smugglers.",
        id="keeper",
        title="The keeper <b>speaks</b>",
        versions=(ArticleId("keeper"), ArticleId("keeper-2"), ArticleId("keeper-3")),
        version_facts=(
            make_facts(updated="2024-03-01T18:05:00+02:00"),
            make_facts(date="2024-03-02", title="The keeper <i>has</i> spoken"),
            make_facts(
                source=SourceId("sahifa"),
                source_name="صحيفة",
                date="",
                capture="print",
                captured="2024-05-02",
            ),
        ),
        subtitle="A rare interview",
        readings=(
            Reading(versions=(1,), text="The keeper <i>has</i> spoken"),
            Reading(versions=(1, 2), text="He asked for pardons at the inn."),
            Reading(versions=(2,), text="Gone is a heap of <b>words</b>, he said of smugglers."),
            Reading(versions=(1,), text="No parrots there."),
        ),
        entities=(EntityId("anna-orlova"),),
        story=StoryId("keeper"),
    ),
    make_record(
        "Вчера Анна Орлова посетила маяк. Санкций больше не будет.",
        id="mayak",
        language=LanguageCode("ru"),
        title="Орлова на маяке",
        entities=(EntityId("anna-orlova"),),
        story=StoryId("keeper"),
    ),
    make_record(
        "زارت آنا أورلوفا المنارة أمس. ولم تتحدث عن العقوبات.",
        id="manara",
        language=LanguageCode("ar"),
        title="أورلوفا في المنارة",
    ),
    make_record(
        "昨天安娜·奥尔洛娃参观了灯塔。", id="dengta", language=LanguageCode("zh"), title="灯塔"
    ),
    make_record(
        "世界卫生组织发表了报告。皇后没有来。",
        id="baogao",
        language=LanguageCode("zh"),
        title="报告",
    ),
    make_record(
        "世界衛生組織沒有回答。她的頭髮很長。",
        id="huida",
        language=LanguageCode("zh"),
        title="回答",
    ),
    make_record(
        "We will keep the light on.",
        id="quotation",
        url="quotations/light/",
        kind=SearchKind.QUOTATION,
        title="We will keep the light on",
    ),
    make_record(
        "Anna Orlova\nАнна Орлова",
        id="anna-orlova",
        url="entities/anna-orlova/",
        kind=SearchKind.ENTITY,
        title="Anna Orlova",
        source=None,
        source_name="",
        date="",
        sort_date="",
    ),
    make_record(
        "They had experience of it.\nThe experiments went on. Each experiment was an experience.",
        id="experiment",
        title="An experiment",
    ),
    make_record("Her experience is wide.", id="experience", title="A life"),
    make_record("Organic paint, organic rope.", id="organic", title="Organic goods"),
    make_record(
        "Of organic paint they said nothing. An organ was planned, and a road.",
        id="organ",
        title="News",
    ),
    *(
        make_record(text, id=name, language=LanguageCode("fr"), title="")
        for name, text in (("suez", "Le port de Suez attend."), ("quai", "Il passe sur le quai."))
    ),
    make_record(
        "Of the storm he said nothing.\nElse, all was well.",
        id="storm",
        title="Storm",
        date="unknown",
        sort_date="",
    ),
    make_record("On 5 March 2022 they promised a bell. 5 came.", id="promise", title="A bell"),
    make_record("A remark of no one.", id="remark", kind=SearchKind.QUOTATION, title=""),
    make_record("harbour undated", id="undated", date="unknown", sort_date="", title="No date"),
    *(dated(year, number) for year in (2021, 2022, 2023) for number in range(1, 9)),
]

ENTITIES = [
    Entity(
        id=EntityId("anna-orlova"),
        kind=EntityKind.PERSON,
        names={
            LanguageCode("en"): ("Anna Orlova",),
            LanguageCode("de"): ("Anna Orlova",),
            LanguageCode("ru"): ("Анна Орлова",),
            LanguageCode("uk"): ("Анна Орлова",),
            LanguageCode("ar"): ("آنا أورلوفا",),
            LanguageCode("zh"): ("安娜·奥尔洛娃",),
        },
    ),
    Entity(
        id=EntityId("cape-canal"),
        kind=EntityKind.PLACE,
        names={LanguageCode("en"): ("Cape Canal",)},
    ),
]


INTERFACE = ["ar", "de", "en", "es", "fr", "he", "ja", "ko", "ru", "uk", "zh"]

#: Dates, and ways to type them.
TYPED_DATES = {
    "2022-03-04": (
        "2022-03-04", "2022/3/4", "2022.03.04", "4.3.2022", "04. 03. 2022", "2022. 3. 4.", "٢٠٢٢-٠٣-٠٤", "2022年3月4日", "2022년 3월 4일",
        "4 March 2022", "March 4, 2022", "4th of March 2022", "Friday, 4 Mar 2022", "4. März 2022", "Freitag, 4. März 2022",
        "4 de marzo de 2022", "vendredi 4 mars 2022", "4 марта 2022 г.", "4 березня 2022 р.", "٤ مارس ٢٠٢٢", "4 במרץ 2022",
    ),
    "2022-03-01": ("1er mars 2022", "1 марта 2022 года"),
    "2022-03": ("2022-03", "3/2022", "03.2022", "March 2022", "März 2022", "marzo de 2022", "март 2022", "березень 2022", "مارس 2022", "2022年3月", "2022년 3월", "מרץ 2022"),
    "2022-03-04 2022-04-03": ("4/3/2022", "04-03-2022"),
    "2022-03-14": ("14/3/2022", "3/14/2022"),
    "2024-03-12": (
        "二〇二四年三月十二日", "令和6年3月12日", "民國一一三年三月十二日", "12 آذار 2024", "١٢ اذار ٢٠٢٤", "12 آذار/مارس 2024", "12 मार्च 2024", "१२ मार्च २०२४",
        "12 มีนาคม 2567", "ngày 12 tháng 3 năm 2024", "12 Marz 2024", "am 12.3.2024", "12.03.2024 г.", "on 2024-03-12",
    ),
    "2024-01": ("كانون الثاني 2024", "في كانون الثاني ٢٠٢٤", "в январе 2024", "у січні 2024", "二〇二四年一月"),
    "2024-03-12/2024-03-14": ("12-14 March 2024", "12.–14. März 2024", "12–14 марта 2024"),
    "2020/2022": ("2020-2022", "2020 – 2022"),
    "2020-04-08": ("۲۰ فروردین ۱۳۹۹", "1399/01/20"),
    "2025-02-19/2025-03-20": ("اسفند ۱۴۰۳",),
    "--03-12": ("12 March", "March 12", "12 марта", "3月12日", "三月十二日", "3월 12일", "१२ मार्च", "12 آذار"),
    "--10-05": ("5 تشرين الأول",),
    "2019": ("2019", "2019年", "令和元年", "in 2019", "в 2019 году"),
    "": (
        "March", "2022-13-01", "30 February 2022", "30 February", "4 5 March 2022", "20220304", "a2022b", "2021 2022", "2022-2020", "14-12 March 2024", "۲۰ فروردین",
        "3 days ago", "1,500", "一九九〇年代", '"talks in March 2024"', "2022" * 60, "",
    ),
}  # fmt: skip

#: Dates among other words, and the rest.
DATES_AMONG_WORDS = {
    "Lavrov 12 March 2024": ("2024-03-12", "Lavrov"),
    "Лавров 12 марта 2024": ("2024-03-12", "Лавров"),
    "في 12 آذار 2024 لافروف": ("2024-03-12", "لافروف"),
    "लावरोव 12 मार्च 2024 को": ("2024-03-12", "लावरोव"),
    "拉夫罗夫在二〇二四年三月十二日的讲话": ("2024-03-12", "拉夫罗夫 讲话"),
    "라브로프 2024년 3월": ("2024-03", "라브로프"),
    "2024년에너지": ("2024", "에너지"),
    "the elections of March 2022": ("2022-03", "the elections"),
    '"peace talks" 4 March': ("--03-04", '"peace talks"'),
    "covid 2019": ("2019", "covid"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("search")
    write_search_site(folder, RECORDS, ENTITIES, settings=Settings(shard_size=4))
    with serve(folder) as served:
        yield served
        assert served.missing() == []


@pytest.fixture(scope="module")
def shared_browser(chromium: tuple[str, str]) -> Iterator[Browser]:
    with open_browser(chromium) as browser:
        yield browser


@pytest.fixture
def browser(shared_browser: Browser) -> Iterator[Browser]:
    """The browser at its usual size; a page that logs an error fails its test."""
    shared_browser.size(1280)
    yield shared_browser
    assert shared_browser.console() == []


def search(browser: Browser, site: Served, query: str, *, page: str = "search/") -> None:
    """Open the search page with a query string and wait until all is in."""
    browser.open(f"{site.url}{page}?{query}")
    settle(browser)


def settle(browser: Browser) -> None:
    browser.wait(
        lambda: browser.call(
            "if (!window.variorumSearch) return false; const page = await variorumSearch;"
            "return page.settled === page.run && !page.filling && document.readyState === 'complete'"
        )
    )


def ids(browser: Browser) -> list[str]:
    found: list[str] = browser.run(
        "return [...document.querySelectorAll('.vs-hit')].map((hit) => hit.dataset.id)"
    )
    return found


def marked(browser: Browser) -> set[str]:
    """What is marked in the results."""
    found: list[str] = browser.run(
        "return [...document.querySelectorAll('.vs-hit mark')].map((mark) => mark.innerText)"
    )
    return set(found)


def counts(browser: Browser, name: str) -> dict[str, str]:
    """Each value of a filter with its count."""
    found: dict[str, str] = browser.run(
        f"return Object.fromEntries([...document.querySelectorAll('[id^=\"vs-{name}-\"]')].map((box) =>"
        " [box.id.split('-').slice(2).join('-'), box.closest('li').querySelector('.vs-count').innerText]))"
    )
    return found


def test_page_and_generator_cut_texts_alike(browser: Browser, site: Served) -> None:
    cases = json.loads((CASES / "segment.json").read_text(encoding="utf-8"))
    for case in cases:
        words = [[word.form, case["text"][word.start : word.end]] for word in tokens(case["text"])]
        assert words == case["words"]
    browser.open(site.url + "search/")
    found = browser.call(
        "const { federation } = await variorumSearch.then(async (page) => (await page.ready(), page));"
        "return given[0].map((text) => federation.tokens(text).map((word) =>"
        " [word.form, text.slice(word.start, word.end)]))",
        [case["text"] for case in cases],
    )
    assert found == [case["words"] for case in cases]


def test_a_result_has_headline_outlet_date_language_and_the_sentence_marked(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=lighthouse")
    assert browser.text(".vs-status") == "1 result"
    assert browser.text(".vs-hit h2") == "The keeper <b>speaks</b>"
    assert browser.text(".vs-facts").split("\n") == ["The Herald", "2 January 2024", "English"]
    assert browser.text(".vs-sentence") == "At last the lighthouse keeper spoke."
    assert browser.text(".vs-sentence mark") == "lighthouse"


def test_versions_fold_into_one_result_that_opens_out(browser: Browser, site: Served) -> None:
    search(browser, site, "q=lighthouse")
    assert browser.text(".vs-versions summary") == "3 versions"
    browser.driver.find_element(By.CSS_SELECTOR, ".vs-versions summary").click()
    assert browser.text(".vs-versions ol").split("\n") == [
        "The Herald · 1 March 2024 · Updated: 1 March 2024 at 18:05",
        "The Herald · 2 March 2024 The keeper <i>has</i> spoken",
        "صحيفة · date unknown · print export: 2 May 2024",
    ]
    links = browser.driver.find_elements(By.CSS_SELECTOR, ".vs-versions a")
    assert [str(link.get_attribute("href")).rsplit("/", 2)[1] for link in links] == [
        "keeper",
        "keeper-2",
        "keeper-3",
    ]


@pytest.mark.parametrize(
    "query", ["heap", "lighthouse heap", '"is a heap"', "heap pardons", "pardons heap"]
)
def test_what_only_other_versions_say_is_found_shown_and_leads_to_one_that_says_all(
    browser: Browser, site: Served, query: str
) -> None:
    search(browser, site, f"q={quote(query)}")
    assert ids(browser) == ["keeper"]
    assert browser.text(".vs-hit h2") == "The keeper <b>speaks</b>"
    told = "Only in another version: صحيفة · date unknown · print export: 2 May 2024"
    assert re.sub("[\u2066-\u2069]", "", browser.text(".vs-only")) == told
    assert browser.text(".vs-sentence mark") in query.strip('"')
    link = browser.driver.find_element(By.CSS_SELECTOR, ".vs-hit h2 a").get_attribute("href")
    assert urlsplit(str(link)).path.endswith("/articles/keeper-3/")


@pytest.mark.parametrize(
    "query", ["lighthouse", "asked", "smugglers keeper", '"asked for sanctions"']
)
def test_what_the_version_shown_says_is_shown_from_it(
    browser: Browser, site: Served, query: str
) -> None:
    search(browser, site, f"q={quote(query)}")
    assert "keeper" in ids(browser)
    assert not browser.driver.find_elements(By.CSS_SELECTOR, ".vs-only")


def test_another_headline_of_an_article_is_found(browser: Browser, site: Served) -> None:
    search(browser, site, "q=spoken")
    assert browser.text(".vs-only").startswith("Only in another version: The Herald · 2 March 2024")
    assert browser.text(".vs-sentence") == "The keeper <i>has</i> spoken"


def test_words_that_no_version_has_all_are_no_result(browser: Browser, site: Served) -> None:
    search(browser, site, "q=heap+parrots")
    assert ids(browser) == []
    search(browser, site, "q=pardons+parrots")
    assert ids(browser) == ["keeper"]


def test_an_article_is_of_the_outlets_of_all_its_versions(browser: Browser, site: Served) -> None:
    search(browser, site, "q=lighthouse&source=sahifa")
    assert ids(browser) == ["keeper"]
    search(browser, site, "q=council&source=sahifa")
    assert ids(browser) == []


def test_a_subtitle_is_found_and_shown(browser: Browser, site: Served) -> None:
    search(browser, site, "q=interview")
    assert browser.text(".vs-sentence") == "A rare interview"
    assert ids(browser) == ["keeper"]


def test_a_name_is_of_no_language(browser: Browser, site: Served) -> None:
    search(browser, site, "q=orlova&names=off")
    assert "anna-orlova" in ids(browser)
    assert "English" not in browser.text(".vs-filters")
    search(browser, site, "q=orlova&names=off&language=en")
    assert ids(browser) == []


def test_words_that_only_share_a_stem_are_marked_where_none_stands_as_asked(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=experiment&sort=oldest")
    assert set(ids(browser)) == {"experiment", "experience"}
    sentence = "return document.querySelector('[data-id=\"%s\"] .vs-sentence').innerHTML"
    assert browser.run(sentence % "experiment") == "Each <mark>experiment</mark> was an experience."
    assert browser.run(sentence % "experience") == "Her <mark>experience</mark> is wide."
    link = browser.driver.find_element(By.CSS_SELECTOR, '[data-id="experiment"] h2 a')
    assert "mark=experience" not in (link.get_attribute("href") or "")


def test_a_text_with_the_word_as_asked_comes_before_those_with_its_stem_more_often(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=organ")
    assert ids(browser) == ["organ", "organic"]
    assert browser.text(".vs-sentence") == "An organ was planned, and a road."
    search(browser, site, "q=organic")
    assert ids(browser) == ["organic", "organ"]


def test_the_language_of_the_interface_goes_first_among_equals(
    browser: Browser, site: Served
) -> None:
    browser.open(site.url + "search/")
    found = browser.call(
        "const { rank } = await import('../assets/search/ranking.js');"
        "const shard = (language) => ({ language, age: 0 });"
        "const match = (score, more = {}) => ({ score, loose: 0, fits: true, ...more });"
        "const found = new Map([[shard('fr'), new Map([[0, match(9)], [1, match(1)], [2, match(9, { loose: 1 })]])],"
        " [shard('en'), new Map([[0, match(90, { record: { kind: 'entity' } })], [1, match(20)], [2, match(2)]])]]);"
        "const order = new Map([['fr', 0], ['en', 1]]);"
        "return given.map((own) => rank({ found, parts: [{}], order, own, options: { sort: 'relevance' } })"
        ".map(({ shard, number }) => shard.language + number).join(' '))",
        "en",
        "",
    )
    assert found == ["en0 en1 fr0 en2 fr1 fr2", "fr0 en0 en1 fr1 en2 fr2"]


def test_a_word_of_which_its_stem_leaves_little_is_not_the_beginning_of_others(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=Suez")
    assert ids(browser) == ["suez"]
    search(browser, site, "q=su")
    assert {"suez", "quai"} <= set(ids(browser)), "what was typed itself begins words"


def test_the_click_lands_on_the_sentence_marked(browser: Browser, site: Served) -> None:
    search(browser, site, "q=lighthouse")
    browser.driver.find_element(By.CSS_SELECTOR, ".vs-hit h2 a").click()
    browser.wait_for("mark.v-hit")
    assert browser.text("mark.v-hit") == "lighthouse"
    browser.wait(
        lambda: browser.run(
            "const box = document.querySelector('mark.v-hit').getBoundingClientRect();"
            "return box.top >= 0 && box.bottom <= innerHeight"
        )
    )
    assert re.search(r"articles/keeper/#p-[0-9a-f]{6}$", browser.driver.current_url)


def test_query_filters_and_order_are_in_the_address_and_back_works(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=harbour")
    before = browser.text(".vs-status")
    browser.driver.find_element(By.ID, "vs-source-gazette").click()
    settle(browser)
    assert "source=gazette" in browser.driver.current_url
    assert browser.text(".vs-status") == "12 results"
    assert counts(browser, "source") == {"herald": "14", "gazette": "12", "sahifa": "1"}
    browser.run(
        "const order = document.getElementById('vs-sort'); order.value = 'oldest';"
        "order.dispatchEvent(new Event('change'))"
    )
    settle(browser)
    assert ids(browser)[0] == "2021-harbour-1"
    assert "sort=oldest" in browser.driver.current_url
    browser.driver.back()
    browser.driver.back()
    settle(browser)
    assert browser.text(".vs-status") == before
    assert browser.driver.current_url.endswith("?q=harbour")


def test_one_search_covers_all_languages_and_filters_have_counts(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=Orlova")
    assert set(ids(browser)) == {"mayak", "manara", "dengta", "anna-orlova"}
    assert counts(browser, "language") == {"ru": "1", "ar": "1", "zh": "1"}
    assert browser.text('[data-id="anna-orlova"] .vs-facts') == "Names"
    search(browser, site, "q=harbour")
    assert counts(browser, "year") == {"2024": "1", "2023": "8", "2022": "8", "2021": "8"}
    search(browser, site, "q=light")
    assert counts(browser, "kind") == {"article": "1", "quotation": "1"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("q=harbour&from=2022-03-07&to=2023-03-01&sort=oldest", ["2022-harbour-7", "2022-harbour-8", "2023-harbour-1"]),
        ("q=harbour&from=2024", ["keeper"]),
        ("entity=anna-orlova&sort=newest", ["keeper", "mayak"]),
        ("q=санкций&story=keeper", ["mayak"]),
        ("q=sanction&entity=anna-orlova", ["keeper"]),
        ("q=light&kind=quotation", ["quotation"]),
        ("q=harbour&language=ru", []),
    ],
)  # fmt: skip
def test_results_are_narrowed(
    browser: Browser, site: Served, query: str, expected: list[str]
) -> None:
    search(browser, site, query)
    assert ids(browser) == expected


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("世界卫生组织", {"baogao", "huida"}),
        ("世界衛生組織", {"baogao", "huida"}),
        ("世界衛生 报告", {"baogao"}),
        ("头发", {"huida"}),
        ("皇后", {"baogao"}),
        ('"世界衛生組織"', {"huida"}),
        ("安娜·奧爾洛娃", {"dengta", "mayak", "manara", "anna-orlova"}),
    ],
)
def test_chinese_is_found_in_both_ways_of_writing_it(
    browser: Browser, site: Served, query: str, expected: set[str]
) -> None:
    search(browser, site, f"q={quote(query)}")
    assert set(ids(browser)) == expected
    assert marked(browser)


def test_the_table_of_chinese_signs_is_fetched_only_for_them(
    browser: Browser, site: Served
) -> None:
    table = json.loads((ASSETS / "search" / "han.json").read_text(encoding="utf-8"))
    assert len(table["traditional"]) == len(set(table["traditional"])) == len(table["simplified"])
    assert set(table["both"]) <= set(table["simplified"])
    before = len(site.requests)
    search(browser, site, f"q={quote('harbour маяк')}")
    assert not any("han.json" in path for path, _, _ in site.requests[before:])


def test_newest_first_puts_what_has_no_date_last(browser: Browser, site: Served) -> None:
    search(browser, site, "q=harbour&sort=newest")
    while browser.run("return !document.querySelector('.vs-more').hidden"):
        shown = len(ids(browser))
        browser.driver.find_element(By.CSS_SELECTOR, ".vs-more").click()
        browser.wait(lambda: len(ids(browser)) > shown)  # noqa: B023 - called at once
    found = ids(browser)
    assert found[:2] == ["keeper", "2023-harbour-8"]
    assert found[-1] == "undated"
    assert len(found) == len(set(found)) == 26


def test_older_shards_wait_until_they_are_asked_for(browser: Browser, site: Served) -> None:
    browser.open(site.url + "search/")
    found = browser.call(
        "const { Search } = await import('../assets/search/federation.js');"
        "const page = await variorumSearch; const federation = await page.ready();"
        "const filters = { language: [], source: [], kind: [], from: '', to: '' };"
        "const options = { text: 'harbour', interfaceLanguage: 'en', sort: 'relevance', filters };"
        "const search = new Search(federation, federation.parse('harbour'), options, () => {});"
        "search.limit = 3; await search.run(); const first = [search.size(), search.paused, search.complete];"
        "await search.run(); return [first, [search.size(), search.paused, search.complete]]"
    )
    (few, paused, complete), rest = found
    assert 3 <= few < 26
    assert (paused, complete) == (True, False)
    assert rest == [26, False, True]


def test_a_name_brings_its_other_names_its_page_and_a_switch(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=Орлова")
    assert browser.text(".vs-also").startswith("Also searched:")
    assert "奥尔洛娃" in browser.text(".vs-also")
    assert browser.text(".vs-entity a") == "Anna Orlova"
    assert len(ids(browser)) == 4
    browser.driver.find_element(By.CSS_SELECTOR, ".vs-also button").click()
    settle(browser)
    assert "names=off" in browser.driver.current_url
    assert set(ids(browser)) == {"mayak", "anna-orlova"}


def test_the_box_of_a_name_has_each_of_its_forms_once(browser: Browser, site: Served) -> None:
    search(browser, site, "q=Орлова")
    forms = browser.text(".vs-entity").split("\n")
    assert forms == ["Anna Orlova", "آنا أورلوفا", "Анна Орлова", "安娜·奥尔洛娃"]


def test_texts_that_are_known_to_name_whom_the_query_names_are_read_before_others(
    browser: Browser, site: Served
) -> None:
    browser.open(site.url + "search/?q=Orlova")
    found = browser.call(
        "const { Finder } = await import('../assets/search/finder.js');"
        "const page = await variorumSearch; const finder = new Finder(await page.ready(), page.names, 'en');"
        "const { search } = await finder.find(page.state);"
        "const near = () => Object.fromEntries(search.ranked().map(({ shard, near }) => [shard.language, near]));"
        "return [near(), await search.consult(), near(), await search.consult()]"
    )
    before, told, after, again = found
    assert before == {"en": 2, "ru": 2, "ar": 2, "zh": 2}
    assert (told, again) == (True, False)
    assert after == {"en": 1, "ru": 2, "ar": 1, "zh": 1}


@pytest.mark.parametrize("typed", ["Anna", "Orlo", "анн", "安", "orl anna", "Canal", "cap"])
def test_a_part_of_a_name_offers_it(browser: Browser, site: Served, typed: str) -> None:
    search(browser, site, f"q={quote(typed)}")
    offered = "Anna Orlova" if typed.lower() not in ("canal", "cap") else "Cape Canal"
    assert browser.text(".vs-offers a") == offered
    assert browser.text(".vs-entity") == ""


def test_a_name_that_was_found_is_not_offered_as_well(browser: Browser, site: Served) -> None:
    search(browser, site, "q=Orlova")
    assert browser.text(".vs-offers") == ""
    search(browser, site, "q=Anna&names=off")
    assert browser.text(".vs-offers") == ""


def test_a_name_in_quotation_marks_is_searched_as_written_and_brings_its_page(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=Anna+Orlova")
    assert len(ids(browser)) == 4
    search(browser, site, "q=%22Anna+Orlova%22")
    assert ids(browser) == ["anna-orlova"]
    assert browser.text(".vs-also") == ""
    assert browser.text(".vs-entity a") == "Anna Orlova"
    search(browser, site, "q=%22Орлова%22")
    assert set(ids(browser)) == {"mayak", "anna-orlova"}
    assert marked(browser) == {"Орлова"}


def test_a_misspelt_name_is_found_and_the_page_says_what_it_searched(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=Orlowa")
    assert len(ids(browser)) == 4
    assert "Orlova" in browser.text(".vs-also")


@pytest.mark.parametrize(
    "phrase",
    ['"keeper lighthouse"', '"1 the harbour"', "‘nothing new line’", "'Orlova Anna'"],
    ids=["another-order", "headline-and-text", "two-paragraphs", "name-turned"],
)
def test_a_phrase_that_does_not_stand_as_written_is_not_counted(
    browser: Browser, site: Served, phrase: str
) -> None:
    search(browser, site, f"q={quote(phrase)}")
    assert browser.text(".vs-status") == "Nothing found"
    assert "Searched 5 languages" in browser.text(".vs-none")


def test_a_phrase_is_counted_again_as_more_is_shown(browser: Browser, site: Served) -> None:
    search(browser, site, "q=%22nothing+else%22&sort=oldest")
    assert len(ids(browser)) == 10
    listed = (
        "const page = await variorumSearch; return (await page.listed(page.search, 2000)).length"
    )
    assert browser.call(listed) == 24, "nor is it in the list that can be had as a file"
    search(browser, site, "q=%22nothing+else%22&sort=oldest")
    for shown in (20, 24):
        browser.driver.find_element(By.CSS_SELECTOR, ".vs-more").click()
        browser.wait(lambda: len(ids(browser)) == shown)  # noqa: B023 - called at once
    browser.wait(lambda: browser.text(".vs-status") == "24 results")
    assert "storm" not in ids(browser)
    assert browser.run("return document.querySelector('.vs-more').hidden")
    browser.wait(lambda: counts(browser, "source") == {"herald": "12", "gazette": "12"})


def test_nothing_found_says_what_was_tried_and_offers_what_to_do(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=harbour+qqqzzz&language=en")
    assert browser.text(".vs-status") == "Nothing found"
    said = browser.text(".vs-none")
    assert "Searched 5 languages for harbour qqqzzz." in said
    assert "No text has the word qqqzzz." in said
    assert "Search without the filters" in said
    assert "Look through the names" in said
    browser.driver.find_element(By.XPATH, "//button[text()='harbour']").click()
    settle(browser)
    assert len(ids(browser)) == 10


def test_the_list_comes_as_csv_ndjson_and_bibtex(browser: Browser, site: Served) -> None:
    search(browser, site, "q=harbour&sort=newest")
    csv, ndjson, bibtex = browser.call(
        "const { listAs } = await import('../assets/search/export.js'); const page = await variorumSearch;"
        "const hits = page.search.ranked();"
        "return Promise.all(['csv', 'ndjson', 'bibtex'].map(async (form) =>"
        " (await listAs(form, hits, page.root)).content))"
    )
    rows = csv.splitlines()
    assert rows[0] == "id,kind,title,source,date,language,authors,versions,url"
    assert len(rows) == 27
    assert f"{site.url}articles/keeper/" in rows[1]
    first = json.loads(ndjson.splitlines()[0])
    assert first["title"] == "The keeper <b>speaks</b>"
    assert first["versions"] == ["keeper", "keeper-2", "keeper-3"]
    assert bibtex.startswith(
        "@article{keeper,\n  title = {{The keeper \\textless{}b\\textgreater{}"
    )


HOSTILE = {
    "id": "keeper",
    "kind": "article",
    "title": "50 % {of\n\\it} a_b & ~c^ #1 <$2>",
    "source": "Gazette } Herald",
    "date": "2024-01-02T10:00+01:00",
    "language": "en",
    "authors": ["Ada Lark", "Smith and Sons", "Lark,\tBo"],
    "versions": [],
    "url": "https://example.org/a}b%20c",
}


def test_an_entry_of_bibtex_is_one_however_its_words_are_written(
    browser: Browser, site: Served
) -> None:
    browser.open(site.url + "search/")
    bibtex, cited, ris = browser.call(
        "const { FORMATS } = await import('../assets/search/export.js');"
        "const { citations } = await import('../assets/cite.js');"
        "const article = { ...given[0], date: ['2024', '01', '02'], archive: 'A\\nB' };"
        "return [FORMATS.bibtex([given[0]]).content, ...citations(article).slice(0, 2)]",
        HOSTILE,
    )
    assert bibtex == f"{cited}\n", "the list and the article's own page write the same"
    assert cited.splitlines() == [
        "@article{keeper,",
        "  title = {{50 \\% \\textbraceleft{}of \\textbackslash{}it\\textbraceright{} a\\_b \\&"
        " \\textasciitilde{}c\\textasciicircum{} \\#1 \\textless{}\\$2\\textgreater{}}},",
        "  author = {Ada Lark and {Smith and Sons} and {Lark, Bo}},",
        "  journal = {Gazette \\textbraceright{} Herald},",
        "  date = {2024-01-02},",
        "  langid = {en},",
        "  url = {https://example.org/a%7Db%20c},",
        "}",
    ]
    assert cited.count("{") == cited.count("}")
    assert "TI  - 50 % {of \\it} a_b & ~c^ #1 <$2>\n" in ris
    assert "AU  - Lark, Bo\n" in ris
    assert "DB  - A B\n" in ris


def test_an_entry_of_bibtex_leaves_out_what_is_not_known(browser: Browser, site: Served) -> None:
    browser.open(site.url + "search/")
    unknown = {**HOSTILE, "id": "記事", "title": "", "source": "", "date": "unknown", "authors": []}
    content = browser.call(
        "const { FORMATS } = await import('../assets/search/export.js');"
        "return FORMATS.bibtex([given[0]]).content",
        unknown,
    )
    assert content.splitlines() == [
        "@article{entry,",
        "  langid = {en},",
        "  url = {https://example.org/a%7Db%20c},",
        "}",
    ]


def test_a_table_cell_is_never_a_formula(browser: Browser, site: Served) -> None:
    browser.open(site.url + "search/")
    content = browser.call(
        "const { FORMATS } = await import('../assets/search/export.js');"
        "return FORMATS.csv([{id: '=1+1', kind: '@x', title: 'a,\"b\"', source: '', date: '', language: 'en',"
        " authors: [], versions: [], url: 'u'}]).content"
    )
    assert content.splitlines()[1] == '\'=1+1,\'@x,"a,""b""",,,en,,,u'


def test_everything_can_be_done_by_keys(browser: Browser, site: Served) -> None:
    browser.open(site.url + "search/")
    box = browser.driver.find_element(By.ID, "vs-q")
    box.send_keys("harbour", Keys.ENTER)
    browser.wait_for(".vs-hit")
    settle(browser)
    box.send_keys(Keys.ARROW_DOWN)
    active = "document.activeElement"
    assert browser.run(f"return {active}.closest('.vs-hit')?.dataset.id") == ids(browser)[0]
    browser.run(f"return {active}").send_keys(Keys.ARROW_DOWN)
    assert browser.run(f"return {active}.closest('.vs-hit')?.dataset.id") == ids(browser)[1]
    browser.run(f"return {active}").send_keys(Keys.ARROW_UP, Keys.ARROW_UP)
    assert browser.run(f"return {active}.id") == "vs-q"
    reached = set()
    for _ in range(60):
        browser.run(f"return {active}").send_keys(Keys.TAB)
        reached.add(
            browser.run(f"return {active}.id || {active}.className || {active}.dataset.format")
        )
    assert {"vs-source-gazette", "vs-sort", "csv", "vs-from", "vs-more"} <= reached
    assert (
        browser.run("return document.querySelector('.vs-status').getAttribute('aria-live')")
        == "polite"
    )


@pytest.mark.parametrize("page", ["search/", "ar-search/"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: Browser, site: Served, page: str, scheme: str) -> None:
    if not AXE.is_file():
        missing("axe-core (npm ci in tests/node)")
    for query in ("q=Orlova", "q=harbour&from=2024-13", "q=2022&kind=article", "q=qqqzzz"):
        search(browser, site, query, page=page)
        browser.run("document.documentElement.dataset.scheme = arguments[0]", scheme)
        browser.run(AXE.read_text(encoding="utf-8"))
        found: dict[str, Any] = browser.call(
            "return await axe.run(document.querySelector('#search'))"
        )
        serious = [
            (fault["id"], [node["html"] for node in fault["nodes"]][:3])
            for fault in found["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
        assert serious == []


@pytest.mark.parametrize("page", ["search/", "ar-search/"])
def test_a_page_of_320_pixels_has_no_sideways_scroll(
    browser: Browser, site: Served, page: str
) -> None:
    browser.size(320, 640)
    filtered = "q=2022&story=keeper&entity=anna-orlova&from=2021&to=2022-12-31"
    for query in (
        "q=harbour",
        "q=Orlova",
        "q=2022",
        filtered,
        "q=" + "long" * 40,
        "q=!!!&from=2024-13",
    ):
        search(browser, site, query, page=page)
        assert browser.run("return document.documentElement.scrollWidth") <= 320


def test_each_result_keeps_its_own_language_and_direction_in_an_arabic_page(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=Orlova", page="ar-search/")
    found = browser.run(
        "return [...document.querySelectorAll('.vs-hit')].map((hit) => [hit.dataset.id,"
        " hit.querySelector('h2').lang, getComputedStyle(hit.querySelector('h2')).direction])"
    )
    assert sorted(found) == [
        ["anna-orlova", "", "rtl"],
        ["dengta", "zh", "ltr"],
        ["manara", "ar", "rtl"],
        ["mayak", "ru", "ltr"],
    ]
    assert ids(browser)[:2] == ["anna-orlova", "manara"], "the query's script, then the interface"
    assert browser.text(".vs-hit[data-kind=entity] h2") == "آنا أورلوفا"
    form = "return document.querySelector('.vs-hit[data-kind=entity] .vs-sentence').lang"
    assert browser.run(form) == "en"
    search(browser, site, f"q=%22{quote('Орлова')}%22", page="ar-search/")
    assert browser.run(form) == "ru", "the form that was found, not the record's language"


def test_arrow_keys_go_through_the_results_also_when_the_query_came_from_another_page(
    browser: Browser, site: Served
) -> None:
    browser.size(1280, 400)
    search(browser, site, "q=harbour")
    active = "document.activeElement"
    assert browser.run(f"return {active} === document.body")
    body = browser.driver.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.ARROW_UP)
    assert browser.run(f"return {active} === document.body"), "there is nothing above"
    body.send_keys(Keys.ARROW_DOWN)
    assert browser.run(f"return {active}.closest('.vs-hit')?.dataset.id") == ids(browser)[0]
    browser.run(f"return {active}").send_keys(Keys.ARROW_DOWN)
    assert browser.run(f"return {active}.closest('.vs-hit')?.dataset.id") == ids(browser)[1]
    browser.run(f"{active}.blur(); document.querySelectorAll('.vs-hit')[4].scrollIntoView()")
    body.send_keys(Keys.ARROW_DOWN)
    assert browser.run(f"return {active}.closest('.vs-hit')?.dataset.id") == ids(browser)[4]


@pytest.mark.parametrize("signs", ["!!!", "---", '""', "🙂"])
def test_a_query_of_signs_alone_is_said_to_ask_for_nothing(
    browser: Browser, site: Served, signs: str
) -> None:
    search(browser, site, f"q={quote(signs)}")
    assert browser.text(".vs-note") == f"{signs} has no letter and no digit to search for."
    assert browser.run("return document.querySelector('.vs-note').getAttribute('role')") == "status"
    assert (ids(browser), browser.text(".vs-status")) == ([], "")
    search(browser, site, f"q={quote(signs)}&entity=anna-orlova")
    assert browser.text(".vs-note") == f"{signs} has no letter and no digit to search for."
    assert set(ids(browser)) == {"keeper", "mayak"}, "what an empty query would list"
    browser.call("await (await variorumSearch).go({ q: 'lighthouse' })")
    assert browser.text(".vs-note") == ""


@pytest.mark.parametrize("date", ["2024-13-45", "2023-02-29", "2024-1", "yesterday"])
def test_a_date_that_is_none_is_named_and_left_out(
    browser: Browser, site: Served, date: str
) -> None:
    search(browser, site, f"q=harbour&from={date}&to=2021-03-02&sort=oldest")
    assert browser.text(".vs-note") == f"{date} is not a date and was left out."
    assert ids(browser) == ["2021-harbour-1", "2021-harbour-2"]
    search(browser, site, f"to={date}")
    assert browser.text(".vs-note") == f"{date} is not a date and was left out."
    assert (ids(browser), browser.text(".vs-status")) == ([], "")


@pytest.mark.parametrize("date", ["2024", "2024-02", "2024-02-29"])
def test_a_date_may_be_a_year_a_month_or_a_day(browser: Browser, site: Served, date: str) -> None:
    search(browser, site, f"q=harbour&to={date}")
    assert browser.text(".vs-note") == ""
    assert f"to={date}" in browser.driver.current_url


def read_dates(browser: Browser, site: Served, texts: list[str]) -> list[tuple[str, str]]:
    """The dates that queries may be, with a space between, and the rest of each query."""
    browser.open(site.url + "search/")
    found = browser.call(
        """
        const { readDate } = await import(new URL("../assets/search/dates.js", location.href));
        const { names } = await variorumSearch.then(async (page) => (await page.ready(), page));
        const read = (text) => readDate(text, given[1], names.plainLetters) ?? { dates: [], rest: "" };
        return given[0].map(read).map(({ dates, rest }) => [dates.join(" "), rest]);
        """,
        texts,
        [*INTERFACE, "fa", "hi", "th"],
    )
    return [(dates, rest) for dates, rest in found]


def test_dates_are_read_in_the_digits_and_words_of_many_languages(
    browser: Browser, site: Served
) -> None:
    wanted = {text: (dates, "") for dates, texts in TYPED_DATES.items() for text in texts}
    found = read_dates(browser, site, list(wanted))
    assert dict(zip(wanted, found, strict=True)) == wanted


def test_a_date_is_read_among_other_words(browser: Browser, site: Served) -> None:
    found = read_dates(browser, site, list(DATES_AMONG_WORDS))
    assert dict(zip(DATES_AMONG_WORDS, found, strict=True)) == DATES_AMONG_WORDS


def offered(browser: Browser) -> list[str]:
    """The dates that are offered, each with how many results it has."""
    found: list[str] = browser.run(
        "return [...document.querySelectorAll('.vs-dated button')].map((button) => button.innerText)"
    )
    return found


def test_what_is_of_the_date_typed_is_shown_at_once(browser: Browser, site: Served) -> None:
    search(browser, site, f"q={quote('4 March 2022')}")
    assert ids(browser) == ["2022-harbour-4"]
    assert browser.text(".vs-status") == "1 result"
    assert browser.text(".vs-note") == "Shown is everything dated 4 March 2022."
    assert browser.text(".vs-none") == ""
    search(browser, site, f"q={quote('4 آذار 2022')}", page="ar-search/")
    assert ids(browser) == ["2022-harbour-4"]
    search(browser, site, "q=1850-03-04")
    assert browser.text(".vs-note") == "", "the archive has nothing of then"
    assert browser.text(".vs-status") == "Nothing found"


def test_a_day_of_no_year_is_that_of_each_year_the_latest_first(
    browser: Browser, site: Served
) -> None:
    search(browser, site, f"q={quote('三月四日')}")
    assert ids(browser) == ["2023-harbour-4", "2022-harbour-4", "2021-harbour-4"]
    assert offered(browser) == [
        "Date: 4 March 2023 · 1 result",
        "Date: 4 March 2022 · 1 result",
        "Date: 4 March 2021 · 1 result",
    ]


def test_a_stretch_of_days_or_years_is_a_date(browser: Browser, site: Served) -> None:
    search(browser, site, f"q={quote('2–4 March 2022')}")
    assert ids(browser) == ["2022-harbour-4", "2022-harbour-3", "2022-harbour-2"]
    note = re.sub(
        r"\s*–\s*", "–", browser.text(".vs-note")
    )  # browsers differ in the space around it
    assert note == "Shown is everything dated 2–4 March 2022."
    search(browser, site, "q=council+2021-2022")
    assert browser.text(".vs-status") == "16 results"
    note = re.sub(r"\s*–\s*", "–", browser.text(".vs-note"))
    assert note == "Shown is everything that has council and is dated 2021–2022."


def test_what_is_of_a_date_comes_before_what_names_it(browser: Browser, site: Served) -> None:
    search(browser, site, f"q={quote('5. März 2022')}")
    assert ids(browser) == ["2022-harbour-5"], "no text says März"
    search(browser, site, f"q={quote('5 March 2022')}")
    assert ids(browser) == ["2022-harbour-5", "promise"]
    assert marked(browser) == {"5 March 2022", "5"}, "in what is of then no number is marked"
    assert browser.run("return document.querySelector('[data-id^=\"2022\"] mark')") is None
    assert offered(browser) == ["Date: 5 March 2022 · 1 result"]
    search(browser, site, f"q={quote('bell March 2022')}")
    assert ids(browser) == ["promise"], "the words of a date are words, too"
    search(browser, site, f"q={quote('harbor March 2022')}")
    assert len(ids(browser)) == 8, "and nothing else need have them"


def test_other_words_are_searched_among_what_is_of_the_date(browser: Browser, site: Served) -> None:
    search(browser, site, f"q={quote('council March 2022')}")
    assert (len(ids(browser)), browser.text(".vs-status")) == (8, "8 results")
    assert (
        browser.text(".vs-note") == "Shown is everything that has council and is dated March 2022."
    )
    assert marked(browser) == {"council"}
    search(browser, site, f"q={quote('Орлова 2024')}")
    assert set(ids(browser)) == {"mayak", "manara", "dengta"}, "in all languages"


def test_where_words_have_nothing_of_a_date_each_is_offered_alone(
    browser: Browser, site: Served
) -> None:
    search(browser, site, f"q={quote('lighthouse March 2022')}")
    assert browser.text(".vs-status") == "Nothing found"
    assert offered(browser) == ["Date: March 2022 · 8 results"]
    assert "lighthouse" in browser.text(".vs-none")
    assert "March" not in browser.text(".vs-none ul"), "it is no word to search for"


def test_a_date_that_texts_name_is_offered_above_them(browser: Browser, site: Served) -> None:
    search(browser, site, "q=2022")
    assert browser.text(".vs-status") == "9 results", "its number stands in headlines"
    assert offered(browser) == ["Date: 2022 · 8 results"]
    browser.driver.find_element(By.CSS_SELECTOR, ".vs-dated button").click()
    browser.wait(lambda: "?from=2022&to=2022" in browser.driver.current_url)
    settle(browser)
    assert (len(ids(browser)), offered(browser)) == (8, [])
    assert browser.text(".vs-chips button") == "Date: 2022 ✕"
    search(browser, site, f"q={quote('council 2022')}&from=2021&to=2022")
    assert browser.text(".vs-chips").startswith("From: 2021 ✕")
    browser.driver.find_element(By.CSS_SELECTOR, ".vs-chips button").click()
    browser.wait(lambda: browser.driver.current_url.endswith("?q=council+2022&to=2022"))


def test_words_that_name_an_outlet_offer_it_with_what_else_is_asked_for(
    browser: Browser, site: Served
) -> None:
    for words, offers in {
        "the herald": ["Outlet: The Herald"],
        "the": [],
        "herald mayor": [],
        "Lighthouse HERALD": ["Lighthouse · Outlet: The Herald · 1 result"],
        "Herald harbour March 2022": ["harbour March 2022 · Outlet: The Herald · 4 results"],
    }.items():
        search(browser, site, f"q={quote(words)}")
        assert [one for one in offered(browser) if "Outlet" in one] == offers
    browser.driver.find_element(By.XPATH, "//button[contains(., 'Outlet')]").click()
    browser.wait(lambda: browser.driver.current_url.endswith("?q=harbour+March+2022&source=herald"))
    settle(browser)
    assert browser.text(".vs-status") == "4 results"


def test_where_a_day_has_nothing_its_month_is_offered(browser: Browser, site: Served) -> None:
    search(browser, site, "q=2022-03-30")
    assert browser.text(".vs-status") == "Nothing found"
    assert offered(browser) == ["Date: March 2022 · 8 results"]
    search(browser, site, f"q={quote('harbour 2. 4. 2022')}&from=2021")
    assert offered(browser) == [], "a date was chosen already"


def test_what_is_told_about_a_date_is_announced(browser: Browser, site: Served) -> None:
    browser.open(site.url + "search/")
    settle(browser)
    for part in (".vs-status", ".vs-note"):
        assert browser.run(
            "const part = document.querySelector(arguments[0]);"
            "return [part.getAttribute('role'), getComputedStyle(part).display]",
            part,
        ) == ["status", "block"], "what is not there beforehand is not announced"


def test_the_box_of_a_date_says_what_is_none(browser: Browser, site: Served) -> None:
    search(browser, site, "q=harbour")
    before = browser.text(".vs-status")
    box = browser.driver.find_element(By.ID, "vs-from")
    box.send_keys("2023-02-30", Keys.TAB)
    said = "return document.getElementById('vs-from').validationMessage"
    assert browser.run(said) == "2023-02-30 is not a date and was left out."
    assert browser.text(".vs-status") == before
    box.send_keys(Keys.BACKSPACE, Keys.BACKSPACE, "28", Keys.TAB)
    browser.wait(lambda: "from=2023-02-28" in browser.driver.current_url)
    settle(browser)
    assert browser.text(".vs-status") == "9 results"
    assert browser.run(said) == ""


def test_what_was_typed_is_repeated_in_brief(browser: Browser, site: Served) -> None:
    search(browser, site, "q=" + "harbour" * 1000 + "+" + "qqqzzz" * 200)
    assert browser.text(".vs-status") == "Nothing found"
    assert len(browser.text(".vs-none")) < 400
    assert "harbourharbour" in browser.text(".vs-none")
    search(browser, site, f"q=harbour&from={'9' * 5000}&source={'a' * 5000}&story={'b' * 5000}")
    assert len(browser.text("#search")) < 1000


ATTACKS = [
    "<img src=x onerror=window.hit=1>",
    '"><script>window.hit=1</script>',
    "javascript:window.hit=1",
    "(.*)+$^[\\]{}|?*+ \\u0000 (?:a|a)*b",
    "a" * 10_000,
    "{word} {query} ${window.hit=1}",
    "\u202eharbour\u202c \u2066x",
    "__proto__ constructor toString hasOwnProperty",
    '"unclosed „quote «',
    "___PAGEFIND_WEIGHT___9 q2648120140",
]


@pytest.mark.parametrize("attack", ATTACKS, ids=range(len(ATTACKS)))
def test_queries_that_attack_neither_break_nor_execute(
    browser: Browser, site: Served, attack: str
) -> None:
    browser.open(site.url + "search/")
    browser.call(
        "const page = await variorumSearch; page.view.input.value = given[0];"
        "await page.go({ q: given[0], names: true, source: [given[0]] }); await page.go({ source: [] })",
        attack,
    )
    settle(browser)
    assert browser.run("return window.hit ?? null") is None
    assert (
        browser.run("return document.querySelectorAll('#search img, #search script').length") == 0
    )
    assert browser.text(".vs-status")
    browser.call("await (await variorumSearch).go({ q: 'lighthouse' })")
    settle(browser)
    assert ids(browser) == ["keeper"]


def test_lone_surrogates_neither_break_nor_hide_the_rest(browser: Browser, site: Served) -> None:
    browser.open(site.url + "search/")
    browser.call("await (await variorumSearch).go({ q: '\\ud800 lighthouse \\udc00' })")
    settle(browser)
    assert browser.text(".vs-status") == "1 result"


def test_what_was_loaded_is_searched_without_a_network_and_the_rest_says_so(
    browser: Browser, site: Served
) -> None:
    search(browser, site, "q=harbour")
    browser.call(
        "const page = await variorumSearch; await Promise.all(page.federation.shards.map((shard) => shard.open()))"
    )
    browser.driver.execute_cdp_cmd("Network.enable", {})
    conditions = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    browser.driver.execute_cdp_cmd("Network.emulateNetworkConditions", conditions)
    try:
        browser.call("await (await variorumSearch).go({ q: 'council' })")
        settle(browser)
        assert len(ids(browser)) == 10
    finally:
        browser.driver.execute_cdp_cmd(
            "Network.emulateNetworkConditions", conditions | {"offline": False}
        )
        browser.console()


def test_every_string_of_the_page_is_listed_and_used() -> None:
    strings = json.loads((ASSETS / "search" / "strings.json").read_text(encoding="utf-8"))
    sources = "\n".join(
        path.read_text(encoding="utf-8") for path in (ASSETS / "search").glob("*.js")
    )
    used = set(
        re.findall(
            r'say\("([\w.]+)"|strings\["([\w.]+)"\]|"((?:none|filter|kind|sort)\.\w+)"', sources
        )
    )
    named = {name for names in used for name in names if name}
    made = set(re.findall(r"`((?:capture|filter|kind|sort))\.\$", sources))
    assert named <= strings.keys()
    unused = {name for name in strings.keys() - named if name.split(".")[0] not in made}
    assert unused == set()
    assert search_words(Interface("en")) == strings
