"""The page of a story: headlines, timeline, who reports what, the same words, the reasons."""

import re

from generator.model import (
    Archive,
    ArticleDate,
    ArticleLink,
    Entity,
    FactKind,
    FactRow,
    LanguageCode,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Reason,
    ReasonKind,
    Relation,
    Rights,
    Source,
    SourceId,
    Span,
    Story,
    StoryId,
)
from generator.record import replace
from generator.views.interface import interface
from generator.views.pictures_timeline import LANES, Happening, timeline
from tests.builders import make_archive
from tests.compared import article, dead_links, files, mention, person

ONE = article(
    "2024-03-05-herald-quake",
    "“The sea rose”, said Ann Lee. 40 ships sank.",
    title="Quake at sea",
    date="2024-03-05T14:05:00+02:00",
)
TWO = article(
    "2024-03-05-marsa-zilzal",
    "نص طويل.",
    title="زلزال في البحر",
    language="ar",
    date="2024-03-05T16:30:00+02:00",
)
THREE = article(
    "2024-03-06-gazette-quake",
    "“The sea rises”, said Ann Lee. 42 ships sank.",
    title="After the quake",
)
LATER = article("2024-04-06-herald-aid", "Aid.", title="Aid arrives")
LATER_TOO = article("2024-04-06-marsa-aid", "Aid, too.", title="More aid")

ANN: Entity = person("ann-lee", en="Ann Lee", ar="آن لي")
SAID = QuotationGroup(
    id=QuotationGroupId("q"),
    members=tuple(
        Quotation(article=item.id, spans=(Span(segment=1, start=1, end=1 + len(text)),), text=text)
        for item, text in ((ONE, "The sea rose"), (THREE, "The sea rises"))
    ),
    speaker=ANN.id,
    certain=False,
)


def story_archive(**changes: Rights) -> Archive:
    one = replace(ONE, rights=changes.get("one", Rights.FULL))
    three = replace(THREE, rights=changes.get("three", Rights.FULL))
    link = ArticleLink(
        article=one.id,
        other=three.id,
        relation=Relation.RELATED,
        score=0.9,
        reasons=(
            Reason(kind=ReasonKind.SHARED_ENTITIES, value=1, items=("ann-lee",)),
            Reason(kind=ReasonKind.DAYS_APART, value=1),
        ),
    )
    story = Story(
        id=StoryId(one.id),
        members=(one.id, TWO.id, three.id),
        links=(link,),
        facts=(
            FactRow(kind=FactKind.ENTITY, key="ann-lee", values={one.id: "", three.id: ""}),
            FactRow(
                kind=FactKind.FIGURE,
                key="ships",
                values={one.id: "40 ships", three.id: "42 ships"},
                differs=True,
            ),
            FactRow(kind=FactKind.FIGURE, key="سفن", values={TWO.id: "أربعون سفينة"}),
            FactRow(kind=FactKind.QUOTATION, key="q", values={one.id: "", three.id: ""}),
        ),
        thread=(StoryId(LATER.id),),
    )
    thread = Story(id=StoryId(LATER.id), members=(LATER.id, LATER_TOO.id))
    archive = make_archive(
        one,
        TWO,
        three,
        LATER,
        LATER_TOO,
        entities={ANN.id: ANN},
        mentions={
            one.id: (mention(one, "Ann Lee", ANN.id),),
            three.id: (mention(three, "Ann Lee", ANN.id),),
        },
        stories=dict.fromkeys(story.members, story) | dict.fromkeys(thread.members, thread),
        links={one.id: (link,)},
        quotation_groups=(SAID,),
    )
    marsa = Source(id=SourceId("marsa"), name="مرسى")
    return replace(archive, sources={**archive.sources, marsa.id: marsa})


def page(archive: Archive) -> str:
    return files(archive)[f"stories/{ONE.id}/index.md"]


def row(text: str, name: str) -> str:
    found = next((part for part in re.findall(r"<tr>.*?(?=<tr|</table)", text) if name in part), "")
    return re.sub(r"<[^>]*>", "|", found)


def test_headlines_stand_in_their_language_with_outlet_and_hour() -> None:
    text = page(story_archive())
    assert "<h1>Quake at sea</h1>" in text
    assert "3 articles · 3 outlets · 2 languages" in text
    assert "class=headline lang=ar dir=rtl>زلزال في البحر</a>" in text
    assert "Tuesday, 5 March 2024, 16:30 (GMT+02:00)" in text
    order = [
        text.index(f"{title}</a>")
        for title in ("Quake at sea", "زلزال في البحر", "After the quake")
    ]
    assert order == sorted(order)


def test_figures_that_differ_and_single_reports_are_marked() -> None:
    text = page(story_archive())
    assert "figures differ" in row(text, "40 ships")
    assert "42 ships" in row(text, "40 ships")
    assert "only |مرسى|" in row(text, "أربعون").replace("||", "|")
    assert text.index("40 ships") < text.index("أربعون")
    assert "Ann Lee" in row(text, "entities/ann-lee")


def test_a_table_names_its_outlets_for_narrow_screens_and_its_dots_for_those_who_listen() -> None:
    text = page(story_archive())
    assert re.search(r"style=\"(--\d:'[^']*';)*--\d:'مرسى';.*?--has:'reports this'\"", text)
    assert "data-label" not in text


def test_with_many_outlets_the_table_is_one_of_labelled_rows() -> None:
    many = [article(f"2024-03-05-o{number}-quake") for number in range(9)]
    story = Story(
        id=StoryId(many[0].id),
        members=tuple(item.id for item in many),
        facts=(FactRow(kind=FactKind.ENTITY, key="ann-lee", values={many[0].id: ""}),),
    )
    archive = make_archive(*many, entities={ANN.id: ANN}, stories={item.id: story for item in many})
    assert "compare facts stacked" in files(archive)[f"stories/{many[0].id}/index.md"]


def test_an_outlet_whose_text_is_withheld_has_no_empty_column_but_is_named_below() -> None:
    text = page(story_archive(three=Rights.OPENING))
    table = re.findall(r"<table class=.compare facts.*?</table>", text)
    assert table
    assert not any("gazette" in part for part in table)
    assert re.search(r"not all of the text may be shown: (<[^>]*>)*gazette", text)
    assert "3 outlets" in text
    assert "Not compared" not in page(story_archive())


def test_an_outlet_with_two_names_is_one_lane_and_one_column_under_both() -> None:
    made = story_archive()
    arabic, english = LanguageCode("ar"), LanguageCode("en")
    named = replace(
        made.sources[SourceId("marsa")], name="Marsa", names={arabic: "مرسى"}, language=english
    )
    abroad = article(
        "2024-03-05-marsa-quake", "Aid.", title="Quake", date="2024-03-05T17:30:00+02:00"
    )
    story = replace(made.stories[ONE.id], members=(ONE.id, TWO.id, abroad.id))
    built = replace(
        made,
        articles={**made.articles, abroad.id: abroad},
        sources={**made.sources, named.id: named},
        stories={**made.stories, **dict.fromkeys(story.members, story)},
    )
    text = page(built)
    assert "2 outlets" in text
    assert text.count("class=lane") == 2
    assert "مرسى / Marsa" in text


def test_what_rights_withhold_is_in_no_cell_and_no_rendering() -> None:
    text = page(story_archive(one=Rights.METADATA))
    assert "40 ships" not in text
    assert "42 ships" in text
    assert "The sea rose" not in text
    assert "These words may not be shown here." in text


def test_a_figure_that_only_withheld_articles_give_has_no_row() -> None:
    text = page(story_archive(one=Rights.OPENING, three=Rights.METADATA))
    assert ">ships<" not in text


def test_the_same_words_stand_side_by_side_and_doubt_is_said() -> None:
    text = page(story_archive())
    assert "probably the same statement" in text
    assert "The sea <mark>rises</mark>" in text
    assert "Nothing here says which one is right." in text


def test_the_reasons_stand_in_words_with_a_way_to_object() -> None:
    text = page(story_archive())
    assert "1 shared name (Ann Lee); 1 day apart" in text
    assert "Not the same story?" in text
    assert "https://git.example/a/issues/new?title=stories" in text


def test_stories_of_the_same_affair_are_linked_and_no_link_is_dead() -> None:
    built = files(story_archive())
    text = built[f"stories/{ONE.id}/index.md"]
    assert f"../{LATER.id}/" in text
    assert dead_links(built, f"stories/{ONE.id}") == []


def test_the_timeline_tells_hours_from_days_and_runs_as_the_interface_reads() -> None:
    happenings = [
        Happening(lane="A", language="en", date=ArticleDate(iso=iso), title=iso)
        for iso in ("2024-03-05T10:00:00+00:00", "2024-03-06T07:00:00+09:00", "2024-03-06", "2024")
    ]
    left = str(timeline(happenings, "When", interface("en")))
    assert (left.count("<circle"), left.count("<rect")) == (2, 1)
    assert "role=img" in left
    assert "5 March 2024, 22:00 (UTC)" in left  # as on the axis, whatever the hour of the place
    right = str(timeline(happenings, "When", interface("ar")))
    place = re.compile(r"cx=([\d.]+)%")
    assert [100 - float(x) for x in place.findall(left)] == [float(x) for x in place.findall(right)]


def test_the_days_of_a_story_are_told_from_the_first_to_the_last() -> None:
    east = replace(ONE, date=ArticleDate(iso="2024-03-06T01:00:00+12:00"))
    west = replace(THREE, date=ArticleDate(iso="2024-03-05T22:00:00+00:00"))
    story = Story(id=StoryId(ONE.id), members=(ONE.id, THREE.id))
    made = make_archive(east, west, stories=dict.fromkeys(story.members, story))
    assert "5 Mar 2024 – 6 Mar 2024" in files(made)[f"stories/{ONE.id}/index.md"]


def test_a_timeline_has_a_limit_of_lanes_and_needs_two_days() -> None:
    many = [
        Happening(
            lane=f"L{n}", language="en", date=ArticleDate(iso=f"2024-03-{n + 1:02d}"), title=""
        )
        for n in range(20)
    ]
    picture = str(timeline(many, "When", interface("en")))
    assert picture.count("class=lane") == LANES
    assert "other outlets" in picture
    assert timeline(many[:1], "When", interface("en")) is None
    last = Happening(lane="L", language="en", date=ArticleDate(iso="9999-12-31"), title="")
    assert timeline([last, *many], "When", interface("en")) is None


def test_a_row_is_not_headed_by_words_that_rights_withhold() -> None:
    made = story_archive(one=Rights.METADATA)
    story = made.stories[ONE.id]
    values = {ONE.id: "40 secret ships", THREE.id: "42 ships"}
    row = FactRow(kind=FactKind.FIGURE, key="40 secret ships", values=values, differs=True)
    told = replace(story, facts=(row,))
    text = page(replace(made, stories=dict.fromkeys(story.members, told)))
    assert "secret" not in text
    assert "42 ships" in text
