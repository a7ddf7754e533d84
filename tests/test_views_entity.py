"""The pages of names: forms and outlets, months, quotations, company, maps, lists that never grow."""

import re
from collections.abc import Sequence
from typing import Any

import pytest

from generator.errors import Problem
from generator.model import (
    Analysis,
    Archive,
    Article,
    ArticleDate,
    Entity,
    EntityId,
    EntityKind,
    LanguageCode,
    Mention,
    Quotation,
    Rights,
    Span,
    Story,
    StoryId,
    UndecidedMention,
)
from generator.record import replace
from generator.settings import Settings
from generator.views.interface import interface
from generator.views.pictures_map import world
from generator.views.pictures_months import month_bars
from generator.views.pictures_network import network, strongest
from tests.builders import make_archive
from tests.compared import SETTINGS, article, dead_links, files, mention, person

LEE = replace(
    person("ann-lee", en="Ann Lee", ru="Энн Ли", ka="ენ ლი"),
    wikidata="Q1",
    description={LanguageCode("en"): "a sailor <of note>"},
    born=ArticleDate(iso="1970-03-04"),
    not_to_be_confused_with=(EntityId("ann-lee-coach"),),
)
COACH = person("ann-lee-coach", en="Ann Lee")
TBILISI = Entity(
    id=EntityId("tbilisi"),
    kind=EntityKind.PLACE,
    names={LanguageCode("en"): ("Tbilisi",), LanguageCode("ka"): ("თბილისი",)},
    country="GE",
    coordinates=(41.7, 44.8),
)
ENGLISH = article("2024-03-05-herald-a", "“Go on”, said Ann Lee in Tbilisi. Ann Lee left.")
RUSSIAN = article("2024-05-06-vesti-b", "О словах Энн Ли говорят.", language="ru")


def mentions(of: Article, *pairs: tuple[str, str]) -> tuple[Mention, ...]:
    return tuple(mention(of, form, entity) for form, entity in pairs)


def archive(**tables: Any) -> Archive:
    first = mentions(ENGLISH, ("Ann Lee", "ann-lee"), ("Tbilisi", "tbilisi"))
    text = ENGLISH.blocks[0].text
    second = text.rindex("Ann Lee")
    again = replace(first[0], span=Span(segment=1, start=second, end=second + 7))
    speaker = text.index("Ann Lee")
    said = Quotation(
        article=ENGLISH.id,
        spans=(Span(segment=1, start=1, end=6),),
        text="Go on",
        speaker="Ann Lee",
        speaker_span=Span(segment=1, start=speaker, end=speaker + 7),
    )
    fields: dict[str, Any] = {
        "entities": {item.id: item for item in (LEE, COACH, TBILISI)},
        "mentions": {
            ENGLISH.id: (*first, again),
            RUSSIAN.id: mentions(RUSSIAN, ("Энн Ли", "ann-lee")),
        },
        "analyses": {
            ENGLISH.id: Analysis(
                article=ENGLISH.id, sentences=(), quotations=(said,), figures=(), fingerprint=b""
            )
        },
    }
    return make_archive(ENGLISH, RUSSIAN, **(fields | tables))


def page(made: Archive, identifier: str = "ann-lee") -> str:
    return files(made)[f"entities/{identifier}/index.md"]


def plain(text: str) -> str:
    return re.sub(r"<[^>]*>", " ", text)


def test_a_name_stands_in_its_own_script_with_the_interfaces_beneath() -> None:
    text = page(archive(), "tbilisi")
    assert "<h1 lang=ka>თბილისი</h1>" in text
    assert "<p class=beneath>Tbilisi<p" in text
    assert "<h1>Ann Lee</h1>" in page(archive())


def test_a_name_in_another_script_alone_is_spelt_in_latin_letters() -> None:
    only = person("x", ka="თბილისი")
    assert "<p class=beneath>Tbilisi<p" in page(
        make_archive(
            ENGLISH, entities={only.id: only}, latin={only.id: {LanguageCode("ka"): "Tbilisi"}}
        ),
        "x",
    )
    hebrew = person("y", he="שלום")
    assert "class=beneath" not in page(make_archive(ENGLISH, entities={hebrew.id: hebrew}), "y")


def test_the_table_says_which_outlet_and_language_writes_which_form() -> None:
    rows = [plain(row) for row in re.findall(r"<tr>.*?(?=<tr|</table)", page(archive()))]
    english = next(row for row in rows if "Ann Lee" in row)
    russian = next(row for row in rows if "Энн Ли" in row)
    assert "herald" in english
    assert " 2 " in english
    assert "vesti" in russian
    assert "Русский" in russian


def test_forms_that_rights_withhold_are_not_told() -> None:
    hidden = replace(ENGLISH, rights=Rights.METADATA)
    made = archive()
    made = replace(made, articles={**made.articles, hidden.id: hidden})
    assert ">herald&nbsp;" not in page(made)
    assert "Go on" not in page(made)


def test_names_description_dates_links_and_namesakes_are_told() -> None:
    text = page(archive())
    assert "a sailor &lt;of note&gt;" in text
    assert "href=https://www.wikidata.org/wiki/Q1" in text
    assert "born 4 Mar 1970" in text
    assert "Names in 3 languages" in text
    assert "ann-lee-coach/>Ann Lee</a>" in text


def test_months_are_a_picture_and_a_table_where_not_all_articles_are_listed() -> None:
    text = page(archive())
    assert "role=img class=months" in text
    shape = re.search(r'<path d="([^"]*)"', text)
    assert shape is not None
    assert shape[1].count("M") == 2
    assert "<th scope=row>March 2024" not in text
    cut = files(archive(), replace(SETTINGS, listing_limit=1))["entities/ann-lee/index.md"]
    assert "<th scope=row>March 2024<td>1" in cut


def test_what_somebody_said_is_found_by_the_name_where_the_speaker_stands() -> None:
    text = page(archive())
    assert "Said by" in text
    assert "<blockquote>Go on</blockquote>" in text


def test_what_others_say_of_somebody_is_listed_apart() -> None:
    text = "“Ann Lee is right”, said somebody."
    one = article("2024-03-05-herald-a", text)
    quotation = Quotation(
        article=one.id, spans=(Span(segment=1, start=1, end=17),), text=text[1:17]
    )
    made = make_archive(
        one,
        entities={LEE.id: LEE},
        mentions={one.id: mentions(one, ("Ann Lee", "ann-lee"))},
        analyses={
            one.id: Analysis(
                article=one.id, sentences=(), quotations=(quotation,), figures=(), fingerprint=b""
            )
        },
    )
    assert "Said about" in page(made)
    assert "Said by" not in page(made)


def test_company_and_stories_are_listed() -> None:
    story = Story(id=StoryId(ENGLISH.id), members=(ENGLISH.id, RUSSIAN.id))
    text = page(archive(stories={ENGLISH.id: story, RUSSIAN.id: story}))
    assert "tbilisi/>Tbilisi</a>" in text
    assert "5 Mar 2024 · 2 articles" in text


def test_a_place_is_on_the_map_and_the_outlines_are_one_shared_file() -> None:
    built = files(archive())
    text = built["entities/tbilisi/index.md"]
    assert "assets/world.svg#land" in text
    assert "cx=224.8" in text
    assert "41.70° N, 44.80° E" in text
    assert built["assets/world.svg"] == world().decode()
    assert len(world()) < 50_000


def test_what_no_article_names_says_so() -> None:
    assert "No article of this archive names it yet." in page(archive(), "ann-lee-coach")


def many(count: int) -> tuple[Sequence[Article], Archive]:
    articles = [
        article(
            f"20{20 + number % 3}-03-{1 + number % 28:02d}-herald-{number}",
            f"“It is so {number}”, Ann Lee said.",
        )
        for number in range(count)
    ]
    quotations = {
        item.id: Analysis(
            article=item.id,
            sentences=(),
            quotations=(
                Quotation(
                    article=item.id,
                    spans=(Span(segment=1, start=1, end=9),),
                    text="It is so",
                    speaker="Ann Lee",
                    speaker_span=mention(item, "Ann Lee", "ann-lee").span,
                ),
            ),
            figures=(),
            fingerprint=b"",
        )
        for item in articles
    }
    found = {item.id: mentions(item, ("Ann Lee", "ann-lee")) for item in articles}
    made = make_archive(*articles, entities={LEE.id: LEE}, mentions=found, analyses=quotations)
    return articles, made


def test_articles_and_quotations_are_cut_by_calendar() -> None:
    articles, made = many(60)
    built = files(made, replace(SETTINGS, listing_limit=25))
    main = built["entities/ann-lee/index.md"]
    assert 'ann-lee/2021/"' in main or "href=2021/" in main
    listed = [
        text.count("class=listing") and text.count("<li>")
        for path, text in built.items()
        if path.startswith("entities/ann-lee/")
    ]
    assert max(listed) <= 25 + 5
    below = "".join(text for path, text in built.items() if path.startswith("entities/ann-lee/2"))
    assert all(f"articles/{item.id}/" in below for item in articles)
    assert "entities/ann-lee/said/2021/index.md" in built
    assert dead_links(built, "entities/ann-lee/") == []


def test_index_pages_go_by_kind_script_and_country() -> None:
    built = files(archive())
    first = built["entities/index.md"]
    for address in ("names/person/", "names/latn/", "names/geor/", "names/country/ge/"):
        assert f"{address}>" in first
        assert f"{address}index.md" in built
    assert "ენ ლი" in built["names/geor/index.md"]
    assert "Named most often" in first
    assert "Имена" in built["ru/entities/index.md"]
    assert dead_links(built, "names/") + dead_links(built, "entities/") == []


def test_namesakes_are_told_apart_by_their_descriptions() -> None:
    coach = mention(ENGLISH, "Ann Lee", "ann-lee-coach")
    made = archive()
    made = replace(
        made, mentions={**made.mentions, ENGLISH.id: (*made.mentions[ENGLISH.id], coach)}
    )
    text = plain(files(made)["names/person/index.md"])
    assert text.count("Ann Lee") == 2
    assert text.count("a sailor") == 1


def test_an_index_is_cut_by_letters_above_the_limit() -> None:
    people = [person(f"p{number}", en=f"{chr(65 + number % 5)}da {number}") for number in range(30)]
    one = article(
        "2024-03-05-herald-a", " ".join(item.names[LanguageCode("en")][0] for item in people)
    )
    found = tuple(mention(one, item.names[LanguageCode("en")][0], item.id) for item in people)
    made = make_archive(one, entities={item.id: item for item in people}, mentions={one.id: found})
    built = files(made, Settings(listing_limit=10))
    assert built["names/latn/a/index.md"].count("<li>") == 6
    assert "names/person/e/index.md" in built


def test_the_network_is_drawn_from_three_names_on_and_only_with_strong_ties() -> None:
    assert network("A", [("B", 1), ("C", 1)], [(0, 1, 2)], "With") is None
    assert network("A", [("B", 1), ("C", 1), ("D", 1)], [(0, 1, 1)], "With") is None
    picture = str(network("A", [("B", 3), ("C", 2), ("D", 1)], [(0, 1, 2), (1, 2, 1)], "With"))
    spokes = re.findall(r'<path d="([^"]*)" stroke-width=\S+ class=spoke', picture)
    assert "".join(spokes).count("M") == 3
    assert picture.count("class=tie") == 1
    assert strongest([(0, 1, 2), (0, 2, 2), (1, 2, 3)], 2) == [(1, 2, 3)]


def test_bars_stand_for_years_where_months_are_too_many() -> None:
    ui = interface("en")
    assert month_bars([(2020, 1, 3)], "By month", ui) is None
    picture = str(month_bars([(2020, 1, 3), (2029, 1, 1)], "By month", ui))
    assert "<span>2020</span>" in picture
    assert picture.count("h84v") == 2


def test_the_report_lists_names_left_undecided_and_short_texts() -> None:
    undecided = UndecidedMention(
        article=ENGLISH.id,
        span=Span(segment=1, start=13, end=20),
        form="Ann Lee",
        candidates=(LEE.id, COACH.id),
    )
    text = files(archive(undecided=(undecided,)))["about/report/index.md"]
    assert "Names left undecided" in text
    assert "entities/ann-lee-coach/>Ann Lee</a>" in text
    assert "Texts worth a second look" in text
    assert "robots" in text


@pytest.mark.parametrize(
    ("title", "length", "listed"),
    [("Rain", 199, True), ("Rain", 200, False), ("雨が降る", 99, True), ("雨が降る", 100, False)],
)
def test_a_text_without_spaces_says_as_much_in_half_the_characters(
    title: str, length: int, listed: bool
) -> None:
    short = article("2024-01-01-post-short", "x" * length, title=title)
    text = files(make_archive(short))["about/report/index.md"]
    assert ("Texts worth a second look" in text) is listed


def test_the_report_lists_decisions_that_cannot_be_followed() -> None:
    problem = Problem(
        path="decisions/stories.yml", line=7, field="same-story", message="expected <two> articles"
    )
    text = files(replace(archive(), problems=(problem,)))["about/report/index.md"]
    assert "Decisions that cannot be followed" in text
    assert "corpus/decisions/stories.yml:7" in text
    assert "expected &lt;two&gt; articles" in text
