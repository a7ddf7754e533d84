"""The pages of versions: the answer, the table, which version has which sentence, what changed."""

import re

import pytest

from generator.model import (
    Archive,
    ArticleDate,
    ArticleId,
    CaptureKind,
    Change,
    Decision,
    DecisionKind,
    Difference,
    DiffLine,
    Piece,
    PieceKind,
    Relation,
    Rights,
    SentenceRow,
    VersionGroup,
    VersionLink,
)
from generator.record import replace
from generator.views.comparing import css_text
from tests.builders import make_archive
from tests.compared import article, captured, dead_links, files

SAME = Piece(kind=PieceKind.SAME, text="The port opened ")
OLD = Piece(kind=PieceKind.DELETED, text="late")
NEW = Piece(kind=PieceKind.INSERTED, text="early")
SECRET = "zanzaphone"

MAIN, TWIN, THIRD = (
    ArticleId("2024-03-05-herald-port"),
    ArticleId("2024-03-05-herald-port-2"),
    ArticleId("2024-03-06-herald-port-3"),
)


def edited(*lines: DiffLine, counts: dict[Change, int], new: ArticleId = TWIN) -> Difference:
    return Difference(old=MAIN, new=new, shared=0.9, lines=lines, counts=counts)


EDIT = edited(
    DiffLine(old=0, new=0, change=None, pieces=(Piece(kind=PieceKind.SAME, text="First."),)),
    DiffLine(old=1, new=1, change=None, pieces=(Piece(kind=PieceKind.SAME, text="Second."),)),
    DiffLine(old=0, new=0, change=Change.EDIT, pieces=(SAME, OLD, NEW)),
    DiffLine(old=1, new=None, change=Change.DELETION, pieces=(OLD,)),
    DiffLine(old=None, new=1, change=Change.ADDITION, pieces=(NEW,)),
    DiffLine(old=0, new=1, change=Change.MOVE, pieces=(SAME,)),
    counts={Change.EDIT: 1, Change.DELETION: 1, Change.ADDITION: 2, Change.MOVE: 1},
)
LINKS = Difference(
    old=MAIN,
    new=TWIN,
    shared=1.0,
    lines=(),
    counts={},
    links_removed=("https://a.example/1",),
    links_added=("https://a.example/2", "javascript:alert(1)"),
    furniture_removed=tuple(f"Menu {number}" for number in range(14)),
)


def versions(
    *differences: Difference,
    relation: Relation = Relation.REVISION,
    language: str = "en",
    rights: Rights = Rights.FULL,
    decision: Decision | None = None,
) -> Archive:
    """A group of as many versions as there are differences, and the main one."""
    kinds = (CaptureKind.PRINT, CaptureKind.PRINT, CaptureKind.WEB)
    members = [
        article(item, f"A {SECRET}.", language=language, capture=captured(kind), rights=rights)
        for item, kind in zip((MAIN, TWIN, THIRD), kinds, strict=True)
    ][: len(differences) + 1]
    group = VersionGroup(
        main=MAIN,
        members=tuple(item.id for item in members),
        links=tuple(
            VersionLink(
                article=item.new,
                other=MAIN,
                relation=relation,
                similarity=0.996 if relation is Relation.REVISION else 1.0,
                containment=1.0,
                decision=decision,
            )
            for item in differences
        ),
        sentences=(SentenceRow(text="Only in two.", articles=(MAIN, TWIN)),),
    )
    return make_archive(
        *members,
        groups={item.id: group for item in members},
        differences={(item.old, item.new): item for item in differences},
    )


def overview(archive: Archive) -> str:
    return files(archive)[f"articles/{MAIN}/versions/index.md"]


def pair(archive: Archive) -> str:
    return files(archive)[f"articles/{MAIN}/versions/{TWIN}/index.md"]


def test_the_answer_tells_links_and_furniture_apart_from_the_text() -> None:
    page = overview(versions(LINKS, relation=Relation.RECAPTURE))
    assert (
        "Both versions carry the same text. They differ in 2 links and 14 lines of page furniture."
        in page
    )
    assert "same text, other capture; 2 links differ" in page


def test_the_answer_counts_the_four_changes() -> None:
    page = overview(versions(EDIT))
    assert "differs: 2 additions, 1 deletion, 1 edit and 1 move." in page


def test_the_answer_of_three_says_how_many_differ() -> None:
    third = Difference(old=MAIN, new=THIRD, shared=1.0, lines=(), counts={})
    assert "1 of the 3 versions differs in its text from the main one." in overview(
        versions(EDIT, third)
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ru", "служебных строк страницы"),
        ("ar", "سطرًا من إطار الصفحة"),
        ("zh", "两个版本正文相同。差异："),
        ("ja", "ページの付随部分14行"),
    ],
)
def test_the_answer_speaks_the_language_of_the_article(language: str, words: str) -> None:
    assert words in overview(versions(LINKS, relation=Relation.RECAPTURE, language=language))


def test_text_in_common_is_never_rounded_up_to_the_whole() -> None:
    assert ">99%<" in overview(versions(replace(EDIT, shared=0.996)))


def test_one_share_is_told_of_a_pair() -> None:
    assert ">90%<" in overview(versions(EDIT))
    assert "90% of the words in common" in pair(versions(EDIT))
    assert ">100%<" in overview(versions(LINKS, relation=Relation.IDENTICAL))


def test_every_version_stands_in_a_table_whose_cells_know_their_column() -> None:
    page = overview(versions(EDIT))
    assert page.count("<th scope=row>") == 2
    assert "style=\"--2:'Date';--3:'Kind of capture';" in page
    assert "<td>print export" in page
    assert "data-label" not in page
    assert "main version" in page
    assert re.search(f'href={TWIN}/ aria-label="Compare: version 2, [^"]+">Compare</a>', page)


def test_which_version_has_which_sentence_is_told_from_three_versions_on() -> None:
    third = Difference(old=MAIN, new=THIRD, shared=1.0, lines=(), counts={})
    assert "Only in two." not in overview(versions(EDIT))
    row = re.search(r"Only in two\..*?(?=<tr|</table)", overview(versions(EDIT, third)))
    assert row is not None
    assert row.group().count("<b>●</b>") == 2
    assert row.group().count("<i>–</i>") == 1
    assert "--has:'has this sentence';--not:'has not'" in overview(versions(EDIT, third))


def test_changes_are_marked_said_and_named() -> None:
    page = pair(versions(EDIT))
    assert "<del>late</del>" in page
    assert "<ins class=beside>early</ins>" in page
    assert "ins{--told:'[added: '}del{--told:'[removed: '}" in page
    for word in ("Addition", "Deletion", "Edit", "Move"):
        assert f"<b>{word}</b>" in page
    assert "2 unchanged paragraphs" in page
    assert "href=../../#p-" in page


def test_a_paragraph_that_only_lost_words_is_called_a_deletion() -> None:
    lost = DiffLine(old=0, new=0, change=Change.EDIT, pieces=(SAME, OLD))
    gained = DiffLine(old=1, new=1, change=Change.EDIT, pieces=(SAME, NEW))
    page = pair(versions(edited(lost, gained, counts={Change.DELETION: 1, Change.ADDITION: 1})))
    assert re.findall(r"<b>(Addition|Deletion|Edit)</b>", page) == ["Deletion", "Addition"]


def test_the_table_tells_when_the_outlet_changed_a_version() -> None:
    archive = versions(EDIT)
    changed = replace(archive.articles[TWIN], updated=ArticleDate(iso="2024-03-07"))
    page = overview(replace(archive, articles={**archive.articles, TWIN: changed}))
    assert page.count("<small>Updated · Thursday, 7 March 2024</small>") == 1


def test_an_edit_stands_in_line_and_what_did_not_change_is_counted() -> None:
    page = pair(versions(EDIT))
    line = re.search(r'<div class="line edit">.*?</div>', page)
    assert line is not None
    assert (
        "<p class=both>The port opened <del>late</del><ins class=beside>early</ins></div>"
        in line[0]
    )
    assert "First." not in page
    assert re.search(r"<p class=same><a href=\S+#p-\w+>2 unchanged paragraphs</a><", page)


def test_words_that_are_said_before_marked_ones_cannot_leave_the_style_sheet() -> None:
    assert css_text("l'a</style>\\ x") == r"'l\27 a\3c /style\3e \5c  x'"


def test_an_edition_before_the_main_one_is_not_called_a_revision_of_it() -> None:
    archive = versions(EDIT)
    later = replace(archive.articles[MAIN], updated=ArticleDate(iso="2024-03-05T16:40:00+00:00"))
    revised = replace(archive, articles={**archive.articles, MAIN: later})
    for page, told in ((overview, "revised by the outlet"), (pair, "revised by the outlet")):
        assert told in page(archive)
        assert told not in page(revised)
        assert "earlier edition" in page(revised)


def test_a_pair_says_of_both_how_they_were_captured_and_when_they_were_updated() -> None:
    archive = versions(LINKS, relation=Relation.RECAPTURE)
    twin = replace(archive.articles[TWIN], updated=ArticleDate(iso="2024-03-06"))
    page = pair(replace(archive, articles={**archive.articles, TWIN: twin}))
    assert page.count("print export") == 2
    assert page.count("Updated") == 1


def test_headlines_that_differ_are_told_and_marked() -> None:
    archive = versions(replace(LINKS, title=(SAME, OLD, NEW)), relation=Relation.RECAPTURE)
    assert "The headlines differ." in overview(archive)
    assert "<b>Headline</b>" in pair(archive)
    assert "<del>late</del>" in pair(archive)


def test_links_and_furniture_are_folded_and_no_script_becomes_a_link() -> None:
    page = pair(versions(LINKS, relation=Relation.RECAPTURE))
    assert "The text is the same." in page
    assert "<summary>2 links differ</summary>" in page
    assert "href=https://a.example/1" in page
    assert 'href="javascript' not in page
    assert "<summary>14 lines of page furniture differ</summary>" in page


def test_typography_is_told_apart_from_the_text() -> None:
    signs = (replace(OLD, text="« ", typographic=True), replace(NEW, text="“", typographic=True))
    line = DiffLine(old=0, new=0, change=None, pieces=(SAME, *signs))
    archive = versions(replace(LINKS, lines=(line,), title=signs, typographic=2))
    answer = "Both versions carry the same text. They differ in 2 typographic details, 2 links"
    assert answer in overview(archive)
    assert "2 typographic details differ; 2 links differ" in overview(archive)
    assert "headlines" not in overview(archive)
    edit = versions(replace(EDIT, typographic=1))
    assert "1 edit and 1 move; 1 typographic detail differs" in overview(edit)
    page = pair(archive)
    assert "The text is the same." in page
    assert "<summary>2 typographic details differ</summary>" in page
    assert page.count("<del class=typographic>« </del><ins class=typographic>“</ins>") == 2
    withheld = pair(versions(replace(LINKS, lines=(line,), typographic=1), rights=Rights.METADATA))
    assert "1 typographic detail differs" in withheld
    assert "« " not in withheld


def test_typography_in_an_edited_paragraph_is_marked_in_its_place() -> None:
    signs = replace(NEW, text="“", typographic=True)
    gained = DiffLine(old=0, new=0, change=Change.EDIT, pieces=(signs, SAME, OLD))
    page = pair(versions(replace(edited(gained, counts={Change.DELETION: 1}), typographic=1)))
    assert "<b>Deletion</b>" in page
    assert "<ins class=typographic>“</ins>The port opened <del>late</del>" in page
    assert "<p class=apart>1 typographic detail differs" in page


def test_a_version_is_compared_with_the_one_before_too() -> None:
    before = Difference(old=TWIN, new=THIRD, shared=0.8, lines=(), counts={Change.EDIT: 3})
    archive = versions(EDIT, Difference(old=MAIN, new=THIRD, shared=1.0, lines=(), counts={}))
    differences = {**archive.differences, (TWIN, THIRD): before}
    built = files(replace(archive, differences=differences))
    page = built[f"articles/{MAIN}/versions/{THIRD}/index.md"]
    assert page.index("Compared with the main version") < page.index("with the version before")
    assert "3 edits" in page


@pytest.mark.parametrize("rights", [Rights.OPENING, Rights.METADATA])
def test_where_rights_withhold_the_text_only_numbers_are_told(rights: Rights) -> None:
    archive = versions(EDIT, rights=rights)
    assert "1 deletion" in overview(archive)
    page = pair(archive)
    assert "may not be shown" in page
    assert "early" not in page
    assert SECRET not in page + overview(archive)


def test_a_pair_answers_in_either_order_and_no_link_is_dead() -> None:
    built = files(versions(EDIT))
    assert (
        f"<a href=../../../{MAIN}/versions/{TWIN}/>"
        in (built[f"articles/{TWIN}/versions/{MAIN}/index.html"])
    )
    assert dead_links(built, f"articles/{MAIN}/versions/") == []


def test_what_an_editor_decided_is_said() -> None:
    decision = Decision(
        kind=DecisionKind.SAME_VERSION,
        who="Ann",
        when=ArticleDate(iso="2024-04-01"),
        why="It says <so>.",
        path="d.yml",
        line=1,
    )
    page = overview(versions(EDIT, decision=decision))
    assert "Decided by an editor (Ann, 1 Apr 2024): It says &lt;so&gt;." in page
