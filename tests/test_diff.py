"""The diff of two versions: what changed, in four words, and nothing lost."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.linking.diff import difference, difference_pairs
from generator.linking.word_diff import word_pieces
from generator.model import (
    Article,
    ArticleId,
    Change,
    Difference,
    Origin,
    Piece,
    PieceKind,
    Provenance,
    RemovedBlock,
    RemovedKind,
    VersionGroup,
)
from generator.record import replace
from tests.builders import make_article

SAME, DELETED, INSERTED = PieceKind.SAME, PieceKind.DELETED, PieceKind.INSERTED

ONE = "The harbour will close on Monday for repairs to the old lighthouse."
TWO = "Ferries leave from the northern quay until further notice, the town said."
THREE = "Fishing boats may use the southern basin, but only between six and nine."

vocabulary = st.sampled_from(
    [
        "the",
        "a",
        "town",
        "of",
        "harbour",
        "ferry",
        "closes",
        "opens",
        "12",
        "1,5",
        "Monday.",
        "«quay»",
        "“quay”",
        "港口",
        "关闭",
        "ท่าเรือ",
        "ปิด",
    ]
)
paragraphs = st.lists(vocabulary, min_size=1, max_size=14).map(" ".join)
texts = st.lists(paragraphs, max_size=7).map("\n\n".join)


def diff(old: str, new: str) -> Difference:
    return difference(*versions(old, new), {})


def versions(old: str, new: str, **changes: str) -> tuple[Article, Article]:
    return (
        make_article(old, id=ArticleId("a")),
        make_article(new, id=ArticleId("b"), **changes),
    )


def side(found: Difference, kind: PieceKind) -> list[str]:
    """The paragraphs of one version, put together from the diff."""
    rows = {}
    for row in found.lines:
        place = row.old if kind is DELETED else row.new
        if place is not None:
            rows[place] = "".join(piece.text for piece in row.pieces if piece.kind in (SAME, kind))
    return [rows[place] for place in sorted(rows)]


@given(texts, texts)
def test_both_versions_can_be_put_together_from_the_diff(old: str, new: str) -> None:
    found = diff(old, new)
    assert side(found, DELETED) == [part for part in old.split("\n\n") if part]
    assert side(found, INSERTED) == [part for part in new.split("\n\n") if part]
    assert 0 <= found.shared <= 1


@given(texts)
def test_a_version_differs_in_nothing_from_itself(text: str) -> None:
    found = diff(text, text)
    assert found.counts == {}
    assert found.shared == 1
    assert all(row.change is None and row.old == row.new for row in found.lines)


@given(texts, texts)
def test_every_paragraph_stands_in_one_row(old: str, new: str) -> None:
    found = diff(old, new)
    for places, text in (
        ([row.old for row in found.lines], old),
        ([row.new for row in found.lines], new),
    ):
        count = len([part for part in text.split("\n\n") if part])
        assert sorted(place for place in places if place is not None) == list(range(count))


@given(texts, texts)
def test_new_paragraphs_come_in_their_order(old: str, new: str) -> None:
    places = [row.new for row in diff(old, new).lines if row.new is not None]
    assert places == sorted(places)


@given(paragraphs, paragraphs)
def test_pieces_never_repeat_a_kind_and_are_never_empty(old: str, new: str) -> None:
    pieces = word_pieces(old, new)
    assert all(piece.text for piece in pieces)
    assert all(
        (a.kind, a.typographic) != (b.kind, b.typographic) for a, b in itertools.pairwise(pieces)
    )


def test_the_four_changes_are_told_apart() -> None:
    found = diff(f"{ONE}\n\n{TWO}", f"{ONE} Nobody was hurt.\n\n{TWO}")
    assert found.counts == {Change.ADDITION: 1}
    assert diff(f"{ONE}\n\n{TWO}", ONE).counts == {Change.DELETION: 1}
    assert diff(ONE, ONE.replace("Monday", "Tuesday")).counts == {Change.EDIT: 1}
    assert diff(f"{ONE}\n\n{TWO}\n\n{THREE}", f"{THREE}\n\n{ONE}\n\n{TWO}").counts == {
        Change.MOVE: 1
    }


def test_an_edited_word_is_shown_between_what_stayed() -> None:
    assert word_pieces("It closes on Monday morning.", "It closes on Tuesday morning.") == (
        Piece(kind=SAME, text="It closes on "),
        Piece(kind=DELETED, text="Monday"),
        Piece(kind=INSERTED, text="Tuesday"),
        Piece(kind=SAME, text=" morning."),
    )


def test_a_rewritten_phrase_is_one_change_and_not_crumbs() -> None:
    pieces = word_pieces(
        "The minister, who arrived late, refused to answer.",
        "The minister declined every question put to him, then left.",
    )
    assert len([piece for piece in pieces if piece.kind is SAME]) <= 2


def test_scripts_without_spaces_are_compared_by_characters() -> None:
    pieces = word_pieces("港口星期一关闭。", "港口星期二关闭。")
    assert [piece.text for piece in pieces] == ["港口星期", "一", "二", "关闭。"]
    pieces = word_pieces("ท่าเรือจะปิดวันจันทร์นี้", "ท่าเรือจะปิดวันอังคารนี้")
    assert [piece.kind for piece in pieces] == [SAME, DELETED, INSERTED, SAME]
    assert pieces[0].text == "ท่าเรือจะปิดวัน"


def told(old: str, new: str) -> str:
    """A difference in line: [what went|what came], and so in braces where only typography differs."""
    found = ""
    for piece in word_pieces(old, new):
        signs = "{}" if piece.typographic else "[]"
        if piece.kind is SAME:
            found += piece.text
        elif piece.kind is DELETED:
            found += f"{signs[0]}{piece.text}|{signs[1]}"
        else:
            found += f"{signs[0]}|{piece.text}{signs[1]}"
    return found.replace("|][|", "|").replace("|}{|", "|")


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("rose 1.2 % to 31 000", "rose 1.5 % to 32 000", "rose [1.2 %|1.5 %] to [31 000|32 000]"),
        ("at 16:10, -5 or 3,5", "at 16:15, -7 or 3,8", "at [16:10|16:15], [-5|-7] or [3,5|3,8]"),
        ("震级7.5级，12％的人", "震级7.6级，15％的人", "震级[7.5|7.6]级，[12％|15％]的人"),
        ("2024年3月12日", "2024年4月13日", "2024年[3|4]月[12|13]日"),
        (
            "約１万２，０００人、７・６",
            "約１万３，０００人、７・５",
            "約１万[２，０００|３，０００]人、[７・６|７・５]",
        ),
        ("有3，4人和5人", "有3，4人和6人", "有3，4人和[5|6]人"),
        ("三十八小时后", "三十九小时后", "[三十八|三十九]小时后"),
        ("วันที่ ๑๒ สูง 38.5 องศา", "วันที่ ๑๓ สูง 37.5 องศา", "วันที่ [๑๒|๑๓] สูง [38.5|37.5] องศา"),
        ("و٣٬٥٠٠ سفينة و12٪", "و٣٬٦٠٠ سفينة و15٪", "و[٣٬٥٠٠|٣٬٦٠٠] سفينة و[12٪|15٪]"),
        ("M87 and 5G, 10-12", "M88 and 4G, 10-15", "M[87|88] and [5|4]G, 10-[12|15]"),
    ],
)
def test_a_number_is_one_unit_in_every_script(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("« Oui », dit-il : bon.", "“Oui”, dit-il: bon.", "{« |“}Oui{ »|”}, dit-il{ |}: bon."),
        ("他说“好”,在 2024 年", "他说「好」，在2024年", "他说{“|「}好{”,|」，}在{ |}2024{ |}年"),
        ("It is so - really...", "It is so—really…", "It is so{ - |—}really{...|…}"),
        ("Verfassung", "Ver\u00adfassung", "{Verfassung|Ver\u00adfassung}"),
        ("30 000, 5 %", "30000, 5%", "{30 000|30000}, {5 %|5%}"),
        ("cafe\u0301 l'eau", "café l’eau", "{cafe\u0301|café} {l'eau|l’eau}"),
    ],
)
def test_typography_is_told_apart_from_text(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected
    found = diff(old, new)
    assert (found.counts, found.typographic) == ({}, expected.count("{"))
    assert found.shared == 1
    assert found.lines[0].change is None
    assert side(found, DELETED) + side(found, INSERTED) == [old, new]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("everyday life", "every day life", "[everyday|every day] life"),
        ("He said “no”.", "He said no.", "He said [“|]no[”|]."),
        ("5 10", "510", "[5 10|510]"),
        ("one - two", "one two", "one [- |]two"),
        ('He said "No" twice', "He said “Yes” twice", 'He said {"|“}[No|Yes]{"|”} twice'),
    ],
)
def test_signs_and_blanks_that_say_something_are_text(old: str, new: str, expected: str) -> None:
    assert told(old, new) == expected
    assert diff(old, new).counts


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("It closes. Ferries go.", "It closes. [|Boats stay. ]Ferries go."),
        ("港口关闭。", "港口关闭。[|轮渡停航。]"),
        ("他说：“好。”“是。”", "他说：[|“不。”]“好。”“是。”"),
        ("“Yes,” he said. “No.”", "“Yes,” he said. [|“Go.” ]“No.”"),
    ],
)
def test_an_added_sentence_has_its_own_marks(short: str, long: str) -> None:
    plain = long.replace("[|", "").replace("]", "")
    assert all(piece.text for piece in word_pieces(short, plain))
    assert told(short, plain) == long
    assert told(plain, short) == long.replace("]", "|]").replace("[|", "[")


def test_a_title_with_other_signs_is_typography_and_paragraphs_stay_in_their_places() -> None:
    old, new = versions(f"* * *\n\n«{ONE}»", f"***\n\n“{ONE}”", title="A “title”")
    found = difference(replace(old, title='A "title"'), new, {})
    assert (found.counts, found.typographic) == ({}, 6)
    assert [(row.old, row.new, row.change) for row in found.lines] == [(0, 0, None), (1, 1, None)]


def test_a_moved_paragraph_that_was_also_edited_is_a_move_with_its_words() -> None:
    found = diff(f"{ONE}\n\n{TWO}\n\n{THREE}", f"{THREE.replace('nine', 'ten')}\n\n{ONE}\n\n{TWO}")
    row = found.lines[0]
    assert (row.old, row.new, row.change) == (2, 0, Change.MOVE)
    assert found.counts == {Change.EDIT: 1, Change.MOVE: 1}


def test_a_sentence_that_went_to_another_paragraph_is_a_move() -> None:
    extra = "The lighthouse was built in 1881 by a merchant from Gdynia."
    found = diff(f"{ONE} {extra}\n\n{TWO}", f"{ONE}\n\n{TWO} {extra}")
    assert found.counts == {Change.MOVE: 1}
    assert found.shared == 1
    moved = [piece for row in found.lines for piece in row.pieces if piece.moved]
    assert [piece.kind for piece in moved] == [DELETED, INSERTED]


def test_a_split_paragraph_loses_nothing() -> None:
    found = diff(f"{ONE} {TWO}", f"{ONE}\n\n{TWO}")
    assert found.shared == 1
    assert set(found.counts) == {Change.MOVE}


def test_titles_are_compared_apart() -> None:
    old, new = versions(ONE, ONE, title="A new title")
    found = difference(old, new, {})
    assert [piece.text for piece in found.title if piece.kind is not SAME] == ["new "]
    assert found.counts == {}


def test_links_and_page_furniture_are_compared_apart() -> None:
    old, new = versions(ONE, ONE)
    found = difference(
        old,
        new,
        {
            old.id: provenance(["Menu\nSign in"], ["https://herald.example/a https://x.example/"]),
            new.id: provenance(["Menu"], ["https://herald.example/b\nhttps://x.example/"]),
        },
    )
    assert found.counts == {}
    assert (found.furniture_removed, found.furniture_added) == (("Sign in",), ())
    assert found.links_removed == ("https://herald.example/a",)
    assert found.links_added == ("https://herald.example/b",)


def provenance(furniture: list[str], links: list[str]) -> Provenance:
    blocks = [(text, RemovedKind.FURNITURE) for text in furniture]
    blocks += [(text, RemovedKind.LINKS) for text in links]
    return Provenance(
        capture="captures/a/page.html",
        sha256="0" * 64,
        paragraphs=(),
        removed=tuple(
            RemovedBlock(text=text, kind=kind, rule="r", evidence=(), origin=Origin())
            for text, kind in blocks
        ),
    )


def test_each_version_is_compared_with_the_main_one_and_the_one_before() -> None:
    a, b, c, d = (ArticleId(name) for name in "abcd")
    group = VersionGroup(main=c, members=(a, b, c, d))
    assert difference_pairs(group) == ((a, b), (a, c), (b, c), (c, d))


def test_a_long_text_with_many_small_changes_is_compared_in_time() -> None:
    words = [f"word{number}" for number in range(30_000)]
    changed = [word if number % 50 else "other" for number, word in enumerate(words)]
    found = diff(" ".join(words), " ".join(changed))
    assert found.counts == {Change.EDIT: 600}


def test_many_equal_paragraphs_are_compared_in_time() -> None:
    old = "\n\n".join(["Read more."] * 3_000)
    new = "\n\n".join(["Read more.", "Sign in."] * 2_000)
    assert diff(old, new).counts[Change.ADDITION] >= 2_000
