"""What the pages say: articles, lists, what has moved, feeds, data, sitemaps."""

import csv
import gzip
import io
import json
import re
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
import yaml

from generator.model import (
    Archive,
    Article,
    ArticleDate,
    ArticleId,
    ArticleLink,
    Block,
    Capture,
    CaptureKind,
    LanguageCode,
    Named,
    Provenance,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Reason,
    ReasonKind,
    Redirect,
    Relation,
    RemovedBlock,
    RemovedKind,
    Rights,
    SearchEntry,
    SearchKind,
    SentenceRow,
    Source,
    SourceId,
    Span,
    Status,
    Story,
    StoryId,
    VersionGroup,
    VersionLink,
)
from generator.model import Origin as Place
from generator.pipeline.describe import describe_json
from generator.record import Unread, replace
from generator.settings import Settings
from generator.views import exports, plan, render_pages, search_entries, sitemaps
from generator.views.article_page import reading_minutes
from generator.views.browse import browse_groups
from generator.views.interface import interface
from generator.views.marks import Marks
from generator.views.reasons import reason_text
from generator.views.rights import OPENING, opening, visible_blocks
from generator.views.shelf import Shelf
from generator.views.tasks import each
from tests.builders import make_archive, make_article, with_permalinks

SETTINGS = Settings(
    site_name="Archive",
    site_url="https://archive.example/",
    repo_url="https://git.example/a",
    data_export=True,
    article_files=True,
)
SECRET = "The zanzaphone played at dawn."


def article(identifier: str, text: str = "First.\n\nSecond.", **changes: Any) -> Article:
    """An article whose date and outlet are those of its id."""
    date, source = identifier[:10], identifier[11:].split("-")[0]
    changes = {"date": ArticleDate(iso=date), "source": SourceId(source)} | changes
    return make_article(text, id=ArticleId(identifier), **changes)


def files(archive: Archive, settings: Settings = SETTINGS) -> dict[str, str]:
    return {
        item.path: (
            gzip.decompress(item.content) if item.path.endswith(".gz") else item.content
        ).decode()
        for item in render_pages(with_permalinks(archive), settings)
    }


def front(page: str) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(page.split("\n---\n")[0])
    return values


def page_of(built: dict[str, str], identifier: str) -> str:
    return built[f"articles/{identifier}/index.md"]


# --- articles --------------------------------------------------------------------------------


def test_an_article_shows_its_source_line_and_text() -> None:
    one = article(
        "2024-03-05-herald-port",
        "The port reopened.",
        date=ArticleDate(iso="2024-03-05T14:05:00+02:00"),
        title="Port reopens",
        authors=("Ann Lee", "Bo Kim"),
        url="https://herald.example/port",
        captured=ArticleDate(iso="2024-03-09"),
        capture=Capture(path="x", sha256="ab", kind=CaptureKind.PRINT),
    )
    page = page_of(files(make_archive(one)), one.id)
    assert "Tuesday, 5 March 2024, 14:05 (GMT+02:00)" in page
    assert "<h1>Port reopens</h1>" in page
    assert "Ann Lee and Bo Kim" in page
    assert "></a>The port reopened." in page
    assert "print export" in page
    assert "href=https://herald.example/port" in page
    assert "issues/new?title=2024-03-05-herald-port" in page
    assert front(page)["kind"] == "article"


def test_notes_for_maintainers_are_on_no_page() -> None:
    one = article("2024-03-05-herald-port", notes=SECRET)
    outlet = Source(id=SourceId("herald"), name="Herald", notes=SECRET)
    built = files(make_archive(one, sources={outlet.id: outlet}))
    assert not [path for path, text in built.items() if SECRET in text]


def test_an_article_speaks_to_machines() -> None:
    one = article("2024-03-05-herald-port", title="A </script> & more", authors=("Ann Lee",))
    head = front(page_of(files(make_archive(one)), one.id))["head"]
    assert (
        "<link rel=canonical href=https://archive.example/articles/2024-03-05-herald-port/>" in head
    )
    assert "<meta name=z:itemType content=newspaperArticle>" in head
    assert head.count("</script>") == 1
    data = json.loads(re.findall(r"<script[^>]*>(.*)</script>", head)[0])
    assert data["@type"] == "NewsArticle"
    assert data["headline"] == "A </script> & more"
    assert data["inLanguage"] == "en"


def test_machines_are_told_of_a_translation_only_where_an_outlet_says_so() -> None:
    original, guess = article("2024-03-05-herald-port"), article("2024-03-05-globo-port")
    said = article(
        "2024-03-06-gaceta-port", language=LanguageCode("es"), translation_of=original.id
    )
    stated = (Reason(kind=ReasonKind.STATED, value=1.0),)
    links = tuple(
        ArticleLink(article=one, other=other, relation=Relation.TRANSLATION, score=1.0, reasons=why)
        for one, other, why in (
            (said.id, guess.id, ()),
            (said.id, original.id, stated),
            (original.id, guess.id, ()),
        )
    )
    built = files(
        make_archive(original, guess, said, links={said.id: links[:2], original.id: links[2:]})
    )
    head = front(page_of(built, said.id))["head"]
    address = f"https://archive.example/articles/{original.id}/"
    assert f'"translationOfWork":{{"@id":"{address}"}}' in head
    assert f"hreflang=en href={address}" in head
    assert guess.id not in head
    assert "translationOfWork" not in (other := front(page_of(built, original.id))["head"])
    assert guess.id not in other


def test_an_arabic_article_has_an_arabic_interface_and_a_greek_one_the_default() -> None:
    arabic = article("2024-03-05-marsa-a", "نص.", language=LanguageCode("ar"))
    greek = article("2024-03-05-limani-b", "Κείμενο.", language=LanguageCode("el"))
    built = files(make_archive(arabic, greek))
    assert front(page_of(built, arabic.id))["ui"] == "ar"
    fields = front(page_of(built, greek.id))
    assert (fields["ui"], fields["lang"], fields["dir"]) == ("en", "el", "ltr")
    assert "<section class=source lang=en dir=ltr>" in page_of(built, greek.id)


def test_words_of_another_direction_stand_for_themselves() -> None:
    one = article("2024-03-05-marsa-a", "متن.", language=LanguageCode("fa"), authors=("آنا",))
    page = page_of(files(make_archive(one)), one.id)
    assert "<a href=../../languages/fa/ lang=fa dir=rtl>" in page
    assert "<a href=../../sources/marsa/ lang=fa dir=rtl>" in page
    assert "<p><bdi>آنا</bdi>: “A title”" in page
    assert "<bdi dir=ltr>https://archive.example/articles/2024-03-05-marsa-a/</bdi>" in page


def two_versions(**rights: Rights) -> Archive:
    """The same text twice, and related coverage."""
    text = f"{'The town woke early. ' * 20}\n\n{SECRET}"
    main = article("2024-03-05-herald-port", text, rights=rights.get("main", Rights.FULL))
    twin = article("2024-03-06-gazette-port", text, rights=rights.get("twin", Rights.FULL))
    other = article("2024-03-06-courier-harbour", "Other words.", title="Harbour open")
    group = VersionGroup(
        main=main.id,
        members=(main.id, twin.id),
        links=(
            VersionLink(
                article=twin.id,
                other=main.id,
                relation=Relation.SYNDICATED,
                similarity=1.0,
                containment=1.0,
            ),
        ),
    )
    link = ArticleLink(
        article=main.id,
        other=other.id,
        relation=Relation.RELATED,
        score=0.9,
        reasons=(
            Reason(kind=ReasonKind.SHARED_WORDS, value=1, items=("zanzaphone",)),
            Reason(kind=ReasonKind.DAYS_APART, value=1),
        ),
    )
    story = Story(id=StoryId(main.id), members=(main.id, other.id), links=(link,))
    quotation = QuotationGroup(
        id=QuotationGroupId("zanzaphone"),
        members=tuple(
            Quotation(
                article=item.id,
                spans=(Span(segment=2, start=0, end=len(SECRET)),),
                text=SECRET,
            )
            for item in (main, twin)
        ),
    )
    return make_archive(
        *(main, twin, other),
        groups={
            main.id: group,
            twin.id: group,
            other.id: VersionGroup(main=other.id, members=(other.id,)),
        },
        links={main.id: (link,), other.id: (link,)},
        stories={main.id: story, other.id: story},
        quotation_groups=(quotation,),
    )


def test_an_article_leads_to_its_versions_story_and_related_coverage() -> None:
    built = files(two_versions())
    page = page_of(built, "2024-03-05-herald-port")
    assert "<a href=versions/>2 versions</a>" in page
    assert "1 other outlet reports this" in page
    assert "Harbour open" in page
    assert "same story: 1 rare word in common (zanzaphone); 1 day apart" in page
    twin = page_of(built, "2024-03-06-gazette-port")
    assert "<a href=../2024-03-05-herald-port/>the main version</a>" in twin
    assert "archive.example/articles/2024-03-05-herald-port/" in front(twin)["head"]


@pytest.mark.parametrize("rights", [Rights.OPENING, Rights.METADATA])
def test_what_rights_withhold_is_in_no_file_but_those_of_the_twin(rights: Rights) -> None:
    archive = two_versions(main=rights)
    twin = "2024-03-06-gazette-port"
    for path, content in files(archive).items():
        lines = [line for line in content.splitlines() if "zanzaphone " in line]
        if not path.startswith((f"articles/{twin}/", "quotations/")):
            assert all(twin in line for line in lines), path
    records = [entry.make() for entry in search_entries(archive, SETTINGS)]
    holding = [record for record in records if SECRET in record.content]
    assert {record.id for record in holding if record.kind is SearchKind.ARTICLE} == {twin}
    assert {record.source for record in holding} == {"gazette"}


def test_the_index_is_told_of_a_text_without_reading_it() -> None:
    def read() -> tuple[Block, ...]:
        raise AssertionError

    one = article("2024-03-05-herald-port", "Text")
    unread = replace(one, blocks=Unread(1, read))
    told = [
        next(search_entries(make_archive(unread, named={one.id: Named(text=text)}), SETTINGS))
        for text in ("a", "b", "b")
    ]
    assert told[0].seen != told[1].seen == told[2].seen


def test_the_index_tells_several_versions_apart_and_hears_of_each() -> None:
    def entry(archive: Archive) -> SearchEntry:
        told = {name: Named(text=name) for name in archive.articles}
        found = search_entries(replace(archive, named=told), SETTINGS)
        return next(one for one in found if len(one.make().versions) > 1)

    archive = two_versions()
    record = entry(archive).make()
    members = [archive.articles[name] for name in record.versions]
    told = [(one.source_name, one.date) for one in record.version_facts]
    assert told == [(str(one.source), one.date.iso) for one in members]
    other = next(one for one in members if one.id != record.id)
    renamed = replace(archive, articles={**archive.articles, other.id: replace(other, title="New")})
    assert entry(renamed).seen != entry(archive).seen
    assert {one.title for one in entry(renamed).make().version_facts} == {"", "New"}


def readings(archive: Archive) -> tuple[tuple[tuple[int, ...], str], ...]:
    """What the index is told of other versions than the one shown."""
    told = {name: Named(text=name) for name in archive.articles}
    entries = search_entries(replace(archive, named=told), SETTINGS)
    record = next(item for entry in entries if len((item := entry.make()).versions) > 1)
    return tuple((reading.versions, reading.text) for reading in record.readings)


def revised(**rights: Rights) -> Archive:
    """Two versions with headlines of their own, of which each has a sentence that the other lacks."""
    archive = two_versions(**rights)
    main, twin = archive.groups[ArticleId("2024-03-05-herald-port")].members
    rows = (
        SentenceRow(text="Nobody was hurt.", articles=(main,)),
        SentenceRow(text="Two were hurt.", articles=(twin,)),
    )
    group = replace(archive.groups[main], sentences=rows)
    other = replace(archive.articles[twin], title="Two hurt in port")
    groups = {**archive.groups, main: group, twin: group}
    return replace(archive, articles={**archive.articles, twin: other}, groups=groups)


def test_the_index_has_what_only_other_versions_say() -> None:
    assert readings(revised()) == (((1,), "Two hurt in port"), ((1,), "Two were hurt."))
    assert readings(two_versions()) == ()


def test_what_a_version_withholds_is_no_reading() -> None:
    assert readings(revised(twin=Rights.OPENING)) == (((1,), "Two hurt in port"),)
    shown = readings(revised(main=Rights.METADATA))
    assert [text for _, text in shown] == ["A title"]


def test_a_reading_is_never_in_the_words_of_a_version_that_withholds_them() -> None:
    archive = revised(twin=Rights.OPENING)
    main, twin = archive.groups[ArticleId("2024-03-05-herald-port")].members
    third = article("2024-03-07-gazette-port", "Two WERE hurt!")
    row = SentenceRow(text="Two were hurt.", articles=(twin, third.id))
    group = replace(archive.groups[main], members=(main, twin, third.id), sentences=(row,))
    articles = {**archive.articles, third.id: third}
    groups = {**archive.groups, **dict.fromkeys(group.members, group)}
    assert readings(replace(archive, articles=articles, groups=groups)) == (
        ((1,), "Two hurt in port"),
    )
    row = replace(row, text="Two WERE hurt!", articles=(third.id,))
    group = replace(group, sentences=(row,))
    groups = {**archive.groups, **dict.fromkeys(group.members, group)}
    shown = readings(replace(archive, articles=articles, groups=groups))
    assert shown[1:] == (((2,), "Two WERE hurt!"),)


def test_all_that_is_known_of_an_article_has_its_text_though_nobody_read_it_yet() -> None:
    one = article("2024-03-05-herald-port", "Text")
    unread = replace(one, blocks=Unread(1, lambda: tuple(one.blocks)))
    found = describe_json(make_archive(unread), one.id)
    assert found["article"] == msgspec.to_builtins(one)


def test_an_opening_is_three_hundred_characters_at_most() -> None:
    one = article("2024-03-05-herald-port", "Word " * 30 + "\n\n" + "word " * 100)
    shown = visible_blocks(one, Rights.OPENING)
    assert sum(len(block.text) + 1 for block in shown) <= OPENING
    assert shown[-1].text.endswith("word…")
    assert opening(one, Rights.METADATA) == ""
    unspaced = article("2024-03-05-herald-port", "字" * 1000)
    assert len(opening(unspaced, Rights.OPENING)) <= OPENING


def test_removed_lines_are_shown_unless_rights_withhold_the_text() -> None:
    def built(rights: Rights) -> str:
        one = article("2024-03-05-herald-port", rights=rights)
        block = RemovedBlock(
            text="Home | News",
            kind=RemovedKind.FURNITURE,
            rule="menu",
            evidence=(),
            origin=Place(lines=(1, 1)),
        )
        provenance = Provenance(capture="x", sha256="ab", paragraphs=(), removed=(block,))
        return page_of(files(make_archive(one, provenance={one.id: provenance})), one.id)

    assert "Home | News" in built(Rights.FULL)
    assert "Home | News" not in built(Rights.OPENING)
    assert "1 passage removed from the capture" in built(Rights.OPENING)


def test_quotations_open_in_place_with_the_words_of_the_others() -> None:
    first = article("2024-03-05-herald-a", "“We will come at noon,” she said.")
    second = article("2024-03-06-courier-b", "“We will arrive at noon,” she said.")
    words = ("We will come at noon", "We will arrive at noon")
    group = QuotationGroup(
        id=QuotationGroupId("we-will-come"),
        members=tuple(
            Quotation(
                article=item.id,
                spans=(Span(segment=1, start=1, end=1 + len(text)),),
                text=text,
                speaker="she",
            )
            for item, text in zip((first, second), words, strict=True)
        ),
        certain=False,
    )
    page = page_of(files(make_archive(first, second, quotation_groups=(group,))), first.id)
    assert "<button class=q popovertarget=q1 aria-labelledby=t1>1</button>" in page
    assert re.search("id=t1>Probably the same statement: she · “[^<”]+” · 1<", page)
    assert "<div popover role=dialog aria-labelledby=t1 id=q1>" in page
    assert "We will <mark>arrive</mark> at noon" in page
    address = re.findall(r"<a id=(p-\w+)", page)[0]
    assert f"<a href=#{address}>1 shared quotation</a>" in page


def test_reading_time_counts_words_or_characters() -> None:
    assert reading_minutes("word " * 660) == 3
    assert reading_minutes("字" * 900) == 2
    assert reading_minutes("") == 1


# --- lists -----------------------------------------------------------------------------------


def test_a_month_above_the_limit_is_cut_by_day() -> None:
    articles = [article(f"2024-03-{day:02}-herald-{n}") for day in (1, 2) for n in range(3)]
    built = files(make_archive(*articles), Settings(listing_limit=4))
    assert "dates/2024/03/01/index.md" in built
    assert built["dates/2024/03/01/index.md"].count("<li>") == 3
    assert "articles/" not in built["dates/2024/03/index.md"].split("---", 2)[2]
    assert "sources/herald/2024/03/02/index.md" in built
    assert "languages/en/2024/03/02/index.md" in built


def test_a_month_without_news_is_not_listed_again() -> None:
    def seen(*dates: str) -> dict[str, tuple[object, ...]]:
        made = make_archive(*[article(f"{day}-herald-{n}") for n, day in enumerate(dates)])
        shelf = Shelf(made, Settings(listing_limit=3))
        groups = [group for one in browse_groups(shelf, Marks(shelf)) for group in one.groups()]
        return {group.name: group.seen for group in groups}

    days = ("2023-05-01", *["2024-02-01"] * 4, *["2024-03-05"] * 2)
    before, after = seen(*days), seen(*days, "2024-03-06")
    assert before.keys() == after.keys()
    assert {name for name in after if after[name] != before[name]} == {
        f"{part} {base}{month}"
        for base in ("dates/", "sources/herald/", "languages/en/")
        for part, month in (("above", ""), ("list", "2024/03"), ("feed", ""))
    } - {"feed dates/"} | {"feed "}


def test_each_day_has_one_heading_whatever_the_hour_is_elsewhere() -> None:
    times = ("17T20:00:00-05:00", "18T08:00:00+09:00", "17T12:00:00+00:00")
    cards = [
        article(f"2024-03-{time[:2]}-herald-{n}", date=ArticleDate(iso=f"2024-03-{time}"))
        for n, time in enumerate(times)
    ]
    page = files(make_archive(*cards))["dates/2024/03/index.md"]
    headings = re.findall(r"<h2 class=day>(.*?)</h2>", page)
    assert headings == ["Monday, 18 March 2024", "Sunday, 17 March 2024"]


def test_a_heading_begins_with_a_capital_letter() -> None:
    one = article("undated-herald-a", date=ArticleDate(iso="unknown"), source=SourceId("herald"))
    assert "<h1>Undated</h1>" in files(make_archive(one))["dates/undated/index.md"]


def test_shared_figures_are_written_as_the_language_writes_numbers() -> None:
    reason = Reason(kind=ReasonKind.SHARED_FIGURES, value=3, items=("30000", "6.5", "16.10 local"))
    told = reason_text(interface("de"), reason, {})
    assert told.endswith("(30.000, 6,5, 16.10 local)")


def test_no_list_is_longer_than_the_limit_and_every_article_is_in_one() -> None:
    dates = ["2024-03-01"] * 30 + ["2024-03"] * 12 + ["2024"] * 12 + ["unknown"] * 12
    articles = [
        article(f"{'2024-03-01'}-herald-{n}", date=ArticleDate(iso=iso))
        for n, iso in enumerate(dates)
    ]
    built = files(make_archive(*articles), Settings(listing_limit=10))
    listed: set[str] = set()
    for path, content in built.items():
        if re.match(r"(dates|sources|languages)/", path) and path.endswith(".md"):
            inside = re.findall(r"class=listing>(.*)</ul>", content)
            rows = re.findall(r"<li><a href=[./]*articles/([^/]+)/", " ".join(inside))
            assert len(rows) <= 20, path
            if path.startswith("dates/"):
                listed |= set(rows)
    assert listed == {str(item.id) for item in articles}


def test_outlet_and_language_of_the_other_direction_are_marked_each_for_itself() -> None:
    built = files(make_archive(article("2024-03-05-herald-a"), article("2024-03-05-herald-b")))
    marked = "<span lang=en dir=ltr>{}</span>"
    arabic = built["ar/index.md"]
    assert re.search(rf"{marked.format('herald')} · {marked.format('English')}", arabic, re.I)
    assert re.search(r"<span lang=en>herald · English</span>", built["de/index.md"], re.I)


def test_home_and_index_pages_exist_in_every_interface_language() -> None:
    built = files(make_archive(article("2024-03-05-herald-a")))
    for name in (
        "",
        "stories/",
        "sources/",
        "languages/",
        "dates/",
        "about/",
        "method/",
        "contribute/",
        "search/",
    ):
        for prefix in ("", "ru/", "ar/"):
            fields = front(built[f"{prefix}{name}index.md"])
            assert fields["ui"] == (prefix[:-1] or "en")
            assert fields["everywhere"] == name


def test_the_method_promises_a_link_for_reports_only_where_there_is_one() -> None:
    promise = "Every page has a link to report it"
    assert promise in files(make_archive())["method/index.md"]
    assert promise not in files(make_archive(), Settings())["method/index.md"]


def test_the_page_about_leads_to_the_report() -> None:
    built = files(make_archive())
    assert "href=../about/report/" in built["about/index.md"]
    assert "href=../../about/report/" in built["ar/about/index.md"]


def test_an_empty_archive_has_all_its_pages() -> None:
    built = files(make_archive())
    assert "index.md" in built
    assert "data/index.md" in built


# --- what has moved --------------------------------------------------------------------------


def test_a_withdrawn_article_leaves_a_tombstone_and_nothing_else() -> None:
    gone = article(
        "2024-03-05-herald-gone",
        SECRET,
        title="Gone",
        status=Status.WITHDRAWN,
        reason="By request",
        withdrawn=ArticleDate(iso="2024-04-01"),
    )
    stays = article("2024-03-06-herald-stays")
    archive = make_archive(gone, stays)
    built = files(archive)
    page = page_of(built, gone.id)
    assert front(page)["robots"] == "noindex"
    assert "By request" in page
    assert "5 March 2024" in page
    assert "Withdrawn: Monday, 1 April 2024" in page
    unknown = replace(gone, withdrawn=ArticleDate(iso="unknown"))
    assert "Withdrawn:" not in page_of(files(make_archive(unknown, stays)), gone.id)
    assert not any(SECRET in content or ">Gone<" in content for content in built.values())
    assert f"articles/{gone.id}/text.txt" not in built
    naming = {path for path, content in built.items() if gone.id in content}
    assert naming == {f"stories/{gone.id}/index.html"}
    assert gone.id not in {record.id for record in search_entries(archive, SETTINGS)}


def test_moved_addresses_lead_on_without_a_script() -> None:
    archive = two_versions()
    old = ArticleId("2020-01-01-herald-old")
    target = ArticleId("2024-03-06-gazette-port")
    moved = replace(archive, redirects=(Redirect(source=old, target=target),))
    built = files(moved)
    main = "2024-03-05-herald-port"
    for path, lead in (
        (f"articles/{old}/", f"../{target}/"),
        (f"stories/{old}/", f"../{main}/"),
        (f"stories/{target}/", f"../{main}/"),
        (f"articles/{target}/versions/", f"../../{main}/versions/"),
    ):
        page = built[f"{path}index.html"]
        assert f'content="0;url={lead}"' in page
        assert f"<a href={lead}>" in page
        assert len(page) < 300


# --- for programs ----------------------------------------------------------------------------


def test_feeds_hold_the_newest_articles_dated_from_the_data() -> None:
    articles = [article(f"2024-03-{day:02}-herald-a") for day in range(1, 29)]
    articles += [article(f"2024-04-{day:02}-herald-a") for day in range(1, 29)]
    built = files(make_archive(*articles))
    root = ElementTree.fromstring(built["feed.xml"])
    atom = "{http://www.w3.org/2005/Atom}"
    entries = root.findall(f"{atom}entry")
    assert len(entries) == 50
    assert root.findtext(f"{atom}updated") == "2024-04-28T00:00:00Z"
    assert "<entry>" in built["feed.xml"]
    assert 'xml:lang="en"' in built["feed.xml"].splitlines()[1]
    data = json.loads(built["feed.json"])
    assert data["items"][0]["date_published"] == "2024-04-28T00:00:00Z"


def test_an_article_without_a_date_stands_in_a_feed_where_it_was_captured() -> None:
    articles = [article(f"2024-03-{day:02}-herald-a") for day in range(1, 31)]
    articles += [article(f"2024-04-{day:02}-herald-a") for day in range(1, 31)]
    unknown, captured = ArticleDate(iso="unknown"), ArticleDate(iso="2024-04-29")
    articles.append(article("undated-herald-b", date=unknown, captured=captured))
    articles.append(article("undated-herald-c", date=unknown))
    data = json.loads(files(make_archive(*articles))["feed.json"])
    urls = [item["url"].split("/")[-2] for item in data["items"]]
    assert len(urls) == 50
    assert urls[:3] == ["2024-04-30-herald-a", "2024-04-29-herald-a", "undated-herald-b"]
    assert "undated-herald-c" not in urls


def test_the_export_describes_itself_and_its_rows() -> None:
    one = article("2024-03-05-herald-a", title="=1+1", authors=("Ann Lee", "Bo Kim"))
    built = files(make_archive(one))
    package = json.loads(built["data/datapackage.json"])
    for resource in package["resources"]:
        names = [field["name"] for field in resource["schema"]["fields"]]
        for path in resource["path"]:
            content = built[f"data/{path}"]
            if resource["format"] == "csv":
                assert next(csv.reader(io.StringIO(content))) == names
            else:
                assert all(list(json.loads(line)) == names for line in content.splitlines())
    row = next(csv.DictReader(io.StringIO(built["data/articles/2024.csv.gz"])))
    assert (row["title"], row["authors"]) == ("'=1+1", "Ann Lee; Bo Kim")


def test_a_site_without_the_export_says_what_is_in_it_and_where_it_is() -> None:
    archive = make_archive(article("2024-03-05-herald-a"), article("2024-03-06-herald-b"))
    built = files(archive, replace(SETTINGS, data_export=False))
    assert [path for path in built if path.startswith("data/")] == ["data/index.md"]
    page = built["data/index.md"]
    assert "<a href=https://git.example/a/releases>releases of the repository</a>" in page
    assert "<code>variorum export</code>" in page
    assert "· 2 rows" in page
    assert "<th scope=row><code>capture_sha256</code>" in page
    assert ".gz" not in page
    assert "datapackage" not in page
    alone = files(archive, replace(SETTINGS, data_export=False, repo_url=""))["data/index.md"]
    assert "<code>variorum export</code>" in alone
    assert "releases" not in alone


def test_nothing_leads_to_files_that_the_settings_leave_out() -> None:
    archive = make_archive(article("2024-03-05-herald-a"))
    bare = replace(SETTINGS, data_export=False, article_files=False)
    for path, content in files(archive, bare).items():
        for name in ("index.json", "text.txt", "datapackage.json", ".ndjson.gz", ".csv.gz"):
            assert name not in content, path
            assert not path.endswith(name)


def test_what_has_too_many_articles_is_exported_in_parts_and_none_is_lost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(exports, "MOST", 1)
    days = ("2023-07-01", "2024-03-05", "2024-03-06", "2024-05-01")
    some = [article(f"{day}-herald-a") for day in days]
    unknown = ArticleDate(iso="unknown")
    some += [article(f"undated-{name}-herald-a", date=unknown) for name in "xy"]
    built = files(make_archive(*some))
    names = {path for path in built if path.startswith("data/articles/") and "csv" in path}
    parts = ("2023", "2024-03", "2024-05", "undated")
    assert names == {f"data/articles/{part}.csv.gz" for part in parts}
    assert built["data/articles/undated.csv.gz"].count("herald-a") >= 2
    texts = {path.removeprefix("data/texts/") for path in built if path.startswith("data/texts/")}
    cut = ("2023-07", "2024-03-05", "2024-03-06", "2024-05", "undated")
    assert texts == {f"{part}.ndjson.gz" for part in cut}
    rows = re.compile(r"· [0-9]+ rows")
    page = files(make_archive(*some), replace(SETTINGS, data_export=False))["data/index.md"]
    assert rows.findall(page) == rows.findall(built["data/index.md"])


def test_a_record_lies_beside_each_article() -> None:
    one = article("2024-03-05-herald-a", "First.", rights=Rights.METADATA)
    built = files(make_archive(one))
    data = json.loads(built[f"articles/{one.id}/index.json"])
    assert "paragraphs" not in data
    assert len(data["text_sha256"]) == 64
    assert f"articles/{one.id}/text.txt" not in built


def test_sitemaps_are_cut_by_year_and_list_main_articles() -> None:
    built = files(two_versions())
    places = re.findall(r"<loc>(.*?)</loc>", built["sitemaps/2024.xml.gz"])
    assert "https://archive.example/articles/2024-03-05-herald-port/" in places
    assert not any("gazette" in place for place in places)
    assert "<lastmod>2024-03-05</lastmod>" in built["sitemaps/2024.xml.gz"]
    assert "sitemaps/2024.xml.gz<" in built["sitemap.xml"]


def test_a_year_with_too_many_articles_has_a_sitemap_for_each_month(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sitemaps, "LIMIT", 1)
    days = ("2023-07-01", "2024-03-05", "2024-05-01")
    built = files(make_archive(*[article(f"{day}-herald-a") for day in days]))
    names = {path for path in built if re.match(r"sitemaps/\d", path)}
    assert names == {f"sitemaps/{part}.xml.gz" for part in ("2023", "2024-03", "2024-05")}
    assert "2024-05-01-herald-a" in built["sitemaps/2024-05.xml.gz"]


def test_without_an_address_of_the_site_nothing_pretends_to_have_one() -> None:
    built = files(make_archive(article("2024-03-05-herald-a")), Settings())
    assert "sitemap.xml" not in built
    assert "canonical" not in built["articles/2024-03-05-herald-a/index.md"]


# --- tasks -----------------------------------------------------------------------------------


def test_no_path_is_made_twice_and_the_order_of_the_input_does_not_matter() -> None:
    articles = [article(f"2024-03-{day:02}-herald-a") for day in range(1, 9)]
    sources = {
        SourceId(name): Source(id=SourceId(name), name=name) for name in ("herald", "unused")
    }
    forwards = list(render_pages(make_archive(*articles, sources=sources), SETTINGS))
    backwards = dict(reversed(sources.items()))
    again = list(render_pages(make_archive(*reversed(articles), sources=backwards), SETTINGS))
    assert forwards == again
    assert len({item.path for item in forwards}) == len(forwards)


def test_a_new_article_changes_few_tasks() -> None:
    articles = [article(f"20{year}-03-05-herald-a") for year in range(10, 24)]
    before = {task.path: task.inputs for task in each(plan(make_archive(*articles), SETTINGS))}
    new = article("2024-03-05-gazette-b")
    after = {task.path: task.inputs for task in each(plan(make_archive(*articles, new), SETTINGS))}
    touched = {path for path in before if before[path] != after[path]}
    assert not any(path.startswith("articles/") for path in touched)
    assert not any(re.match(r"dates/20\d\d/\d\d/", path) for path in touched)


def test_an_article_page_adds_little_to_its_text() -> None:
    one = article(
        "2024-03-05-herald-a-title-of-usual-length",
        "\n\n".join(["Words of the text, " * 20] * 12),
        title="A headline of the usual length says what has happened",
        authors=("Ann Lee",),
        url="https://herald.example/2024/03/05/a-title-of-usual-length",
    )
    source = page_of(files(make_archive(one)), one.id)
    shown = re.sub(r"<[^>]*>", "", source.split("\n---\n", 1)[1])
    assert len(source.encode()) - len(shown.encode()) <= 2_300


def test_many_outlets_are_cut_by_letters() -> None:
    names = [f"{letter}{number} Post" for letter in "ABC" for number in range(3)]
    sources = {
        SourceId(name.split()[0].lower()): Source(id=SourceId(name.split()[0].lower()), name=name)
        for name in names
    }
    built = files(make_archive(sources=sources), Settings(listing_limit=4))
    assert built["sources/index.md"].count("scope=row") == 4
    assert "A0 Post" in built["sources/a-z/a/index.md"]
    assert built["sources/a-z/b/index.md"].count("scope=row") == 3
