"""The pages of quotations: renderings side by side, speakers by letter, what rights withhold."""

import re

from generator.model import (
    Analysis,
    Archive,
    Article,
    EntityId,
    LanguageCode,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Reason,
    ReasonKind,
    Rights,
    Span,
)
from generator.record import replace
from generator.settings import Settings
from generator.views.letters import cut_by_letters, script_of, sort_letters
from generator.views.quotation_marks import differing_words
from tests.builders import make_archive
from tests.compared import SETTINGS, article, dead_links, files, mention, person

ENGLISH = article("2024-03-05-herald-a", "“We will wait for spring”, said Ann Lee.")
BRITISH = article("2024-03-06-gazette-b", "“We shall wait for spring”, Ms Lee told us.")
GERMAN = article(
    "2024-03-06-bote-c", "„Wir warten auf den Frühling“, sagte Ann Lee.", language="de"
)
ANN = person("ann-lee", en="Ann Lee", ru="Энн Ли")


def quotation(
    item: Article, text: str, speaker: str | None = None, verb: str | None = None
) -> Quotation:
    start = item.blocks[0].text.index(text)
    place = None
    if speaker is not None:
        at = item.blocks[0].text.index(speaker)
        place = Span(segment=1, start=at, end=at + len(speaker))
    return Quotation(
        article=item.id,
        spans=(Span(segment=1, start=start, end=start + len(text)),),
        text=text,
        speaker=speaker,
        speaker_span=place,
        verb=verb,
    )


MEMBERS = (
    quotation(ENGLISH, "We will wait for spring", "Ann Lee", "said"),
    quotation(BRITISH, "We shall wait for spring", "Ms Lee", "told us"),
    quotation(GERMAN, "Wir warten auf den Frühling", "Ann Lee", "sagte"),
)


def archive(*, certain: bool = True, british: Rights = Rights.FULL, known: bool = True) -> Archive:
    group = QuotationGroup(
        id=QuotationGroupId("q1"),
        members=MEMBERS,
        speaker=ANN.id if known else None,
        certain=certain,
        reasons=(Reason(kind=ReasonKind.SAME_SPEAKER, items=("ann-lee",)),),
    )
    articles = (ENGLISH, replace(BRITISH, rights=british), GERMAN)
    return make_archive(
        *articles,
        entities={ANN.id: ANN},
        mentions={ENGLISH.id: (mention(ENGLISH, "Ann Lee", ANN.id),)},
        analyses={
            item.article: Analysis(
                article=item.article, sentences=(), quotations=(item,), figures=(), fingerprint=b""
            )
            for item in MEMBERS
        },
        quotation_groups=(group,),
    )


def page(made: Archive) -> str:
    return files(made)["quotations/q1/index.md"]


def test_renderings_stand_side_by_side_with_speaker_verb_outlet_and_date() -> None:
    text = page(archive())
    assert text.count("<blockquote") == 3
    assert "Ms Lee · told us" in re.sub(r"<[^>]*>", "", text)
    assert "herald</a> · 5 Mar 2024" in text
    assert "3 renderings · 3 outlets · 2 languages" in text
    assert "<blockquote lang=de>Wir warten auf den Frühling</blockquote>" in text
    assert "#p-" in text


def test_differences_are_marked_within_a_language_and_not_across() -> None:
    text = page(archive())
    assert "We <mark>shall</mark> wait for spring" in text
    assert text.count("<mark>") == 1
    assert "Nothing here says which one is right." in text


def test_doubt_is_said_as_such() -> None:
    assert "probably renderings of the same statement" in page(archive(certain=False))
    assert "probably" not in page(archive())


def test_the_reason_and_the_speaker_are_named_and_linked() -> None:
    text = page(archive())
    assert "statements by Ann Lee" in text
    assert "entities/ann-lee/>Ann Lee</a>" in text
    assert "Not the same statement?" in text


def test_words_that_rights_withhold_are_on_no_page() -> None:
    built = files(archive(british=Rights.METADATA))
    assert "These words may not be shown here." in built["quotations/q1/index.md"]
    assert not [
        path for path, text in built.items() if "We shall" in text or "shall</mark>" in text
    ]
    assert not [path for path, text in built.items() if "told us" in text]


def test_the_index_leads_to_speakers_and_speakers_to_their_quotations() -> None:
    built = files(archive())
    assert "speakers/latn/" in built["quotations/index.md"]
    assert "We will wait for spring" in built["quotations/index.md"]
    assert "Цитаты" in built["ru/quotations/index.md"]
    assert "quotations/q1/" in built["speakers/latn/index.md"]
    assert dead_links(built, "quotations/") + dead_links(built, "speakers/") == []


def test_the_index_names_speakers_as_the_interface_does() -> None:
    known = replace(ANN, names={**ANN.names, LanguageCode("ru"): ("Анна Ли",)})
    built = files(replace(archive(), entities={ANN.id: known}))
    assert "<bdi>Анна Ли</bdi>" in built["ru/quotations/index.md"]
    assert "<bdi>Ann Lee</bdi>" in built["quotations/index.md"]


def test_a_speaker_that_nobody_knows_is_listed_as_the_article_writes_it() -> None:
    assert "<h2>Ann Lee</h2>" in files(archive(known=False))["speakers/latn/index.md"]


def test_two_speakers_of_one_name_are_two() -> None:
    made = archive()
    other = replace(ANN, id=EntityId("ann-lee-2"))
    group = replace(made.quotation_groups[0], id=QuotationGroupId("q2"), speaker=other.id)
    entities = {ANN.id: ANN, other.id: other}
    made = replace(made, entities=entities, quotation_groups=(*made.quotation_groups, group))
    text = files(made)["speakers/latn/index.md"]
    assert text.count("<h2>") == 2
    assert "entities/ann-lee/>" in text
    assert "entities/ann-lee-2/>" in text


def test_a_long_list_of_speakers_is_cut_by_letters() -> None:
    groups = tuple(
        QuotationGroup(
            id=QuotationGroupId(f"g{number}"),
            members=tuple(
                replace(item, speaker=f"{chr(65 + number % 26)}na {number}") for item in MEMBERS
            ),
        )
        for number in range(40)
    )
    made = replace(archive(), quotation_groups=groups)
    built = files(made, replace(SETTINGS, listing_limit=100))
    assert "speakers/latn/b/index.md" in built
    assert built["speakers/latn/b/index.md"].count("<h2>") == 2
    assert dead_links(built, "speakers/") == []


def test_an_archive_without_quotations_has_its_index() -> None:
    built = files(make_archive(ENGLISH), Settings())
    assert "0 shared quotations" in built["quotations/index.md"]


def test_names_are_sorted_by_their_letters_in_every_script() -> None:
    assert [
        script_of(name) for name in ("Élise", "Лавров", "拉夫罗夫", "ラブロフ", "한국", "12")
    ] == [
        "Latn",
        "Cyrl",
        "Hani",
        "Kana",
        "Hang",
        "Zzzz",
    ]
    assert sort_letters("Élise") == "elise"
    assert sort_letters("拉夫罗夫").startswith("la")
    assert sort_letters("한국")[0] == "ᄒ"


def test_a_cut_by_letters_loses_no_name_and_holds_no_page_above_the_limit() -> None:
    names = [f"{first}{second}{third}" for first in "ab" for second in "cde" for third in "fghij"]
    leaves = list(cut_by_letters([(name, name) for name in names], 5))
    assert sorted(entry for leaf in leaves for entry in leaf.entries) == sorted(names)
    assert max(len(leaf.entries) for leaf in leaves) <= 5
    paths = {leaf.path for leaf in leaves}
    assert {path for leaf in leaves for path, _, _ in leaf.parts} | {""} == paths


def test_names_that_begin_alike_are_cut_where_they_begin_to_differ() -> None:
    names = [f"Alexander {number}" for number in range(10, 40)]
    leaves = list(cut_by_letters([(name, name) for name in names], 10))
    assert leaves[0].parts[0][:2] == ("alexander1/", "alexander1")
    assert max(len(leaf.entries) for leaf in leaves) <= 10
    assert len({leaf.path for leaf in leaves}) == len(leaves)
    twins = list(cut_by_letters([("Ann Lee", number) for number in range(30)], 10))
    assert [len(leaf.entries) for leaf in twins] == [30]


def test_a_name_that_goes_on_with_a_zero_has_an_address_of_its_own() -> None:
    names = [f"Outlet {number}" for number in range(1, 41)]
    leaves = list(cut_by_letters([(name, name) for name in names], 10))
    assert len({leaf.path for leaf in leaves}) == len(leaves)
    assert sorted(entry for leaf in leaves for entry in leaf.entries) == sorted(names)


def test_a_number_that_differs_is_marked_whole() -> None:
    assert differing_words("up 1.2 points", "up 1.5 points") == "up <mark>1.5</mark> points"
    assert differing_words("增长1.2％。", "增长1.5％。") == "增长<mark>1.5</mark>％。"
    assert differing_words("วันที่ ๑๒ นี้", "วันที่ ๑๓ นี้") == "วันที่ <mark>๑๓</mark> นี้"
    assert differing_words("at 16:10, 5", "at 16:15, 5") == "at <mark>16:15</mark>, 5"
