"""Which articles are versions of one, what they are to each other, and what people decide."""

import random
from collections.abc import Iterable, Mapping
from hashlib import blake2b
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis.fingerprint import fingerprint
from generator.errors import Problem
from generator.linking.lookup import find_versions
from generator.linking.memory import Memory
from generator.linking.versions import Aid, link_versions
from generator.model import (
    Analysis,
    Article,
    ArticleDate,
    ArticleId,
    Block,
    Decision,
    DecisionKind,
    LanguageCode,
    Origin,
    Provenance,
    ReasonKind,
    Relation,
    RemovedBlock,
    RemovedKind,
    SourceId,
    Span,
    Status,
    VersionGroup,
    VersionTable,
)
from generator.record import replace
from tests.benchmarks.synthetic import Tongue, synthetic_articles
from tests.builders import make_article
from tests.bulletins import TEMPLATES, bulletins, corrected

ENGLISH = Tongue("en", random.Random(7))

SAME, APART, MAIN = (
    DecisionKind.SAME_VERSION,
    DecisionKind.NOT_SAME_VERSION,
    DecisionKind.MAIN_VERSION,
)


def prose(seed: int, paragraphs: int = 5) -> tuple[Block, ...]:
    """Text that no other seed gives."""
    rng = random.Random(seed)
    return tuple(ENGLISH.paragraph(rng) for _ in range(paragraphs))


def article(name: str, blocks: Iterable[Block] = (), **changes: Any) -> Article:
    """An article with its own title, dated by the first letter of its name."""
    fields: dict[str, Any] = {
        "id": ArticleId(name),
        "title": f"The title of {name}",
        "date": ArticleDate(iso=f"2024-01-{ord(name[0]) - 96:02}"),
        "blocks": tuple(blocks),
    }
    return make_article(**(fields | changes))


def analysis(item: Article) -> Analysis:
    spans = tuple(
        Span(segment=number, start=start, end=end)
        for number, block in enumerate(item.blocks, start=1)
        for start, end in sentences(block.text)
    )
    return Analysis(
        article=item.id, sentences=spans, quotations=(), figures=(), fingerprint=fingerprint(item)
    )


def sentences(text: str) -> list[tuple[int, int]]:
    ends = [place + 1 for place, mark in enumerate(text) if mark == "."]
    return list(zip([0, *(end + 1 for end in ends)], ends, strict=False))


def link(
    *articles: Article,
    decisions: Iterable[Decision] = (),
    provenance: Mapping[ArticleId, Provenance] | None = None,
) -> VersionTable:
    table = {item.id: item for item in articles}
    analyses = {item.id: analysis(item) for item in articles}
    return link_versions(table, analyses, provenance or {}, decisions)


def groups(table: VersionTable) -> list[list[str]]:
    """The groups of two or more, by name."""
    found = {group.main: sorted(group.members) for group in table.groups.values()}
    return sorted(sorted(members) for members in found.values() if len(members) > 1)


def relation(table: VersionTable, name: str) -> Relation:
    links = table.groups[ArticleId(name)].links
    return next(link.relation for link in links if link.article == name)


def edited(blocks: Iterable[Block], old: str = ".", new: str = ", officials said.") -> list[Block]:
    """The text with one sentence of each paragraph changed."""
    return [Block(text=block.text.replace(old, new, 1)) for block in blocks]


# --- relations -----------------------------------------------------------------------------


def test_the_same_text_of_one_outlet_is_identical() -> None:
    a, b = article("a", prose(1)), article("b", prose(1), title="The title of a")
    table = link(a, b)
    assert groups(table) == [["a", "b"]]
    assert relation(table, "b") is Relation.IDENTICAL
    found = table.groups[a.id].links[0]
    assert (found.similarity, found.containment) == (1, 1)
    assert found.reasons[0].kind is ReasonKind.SAME_TEXT


def test_the_same_words_with_other_signs_are_identical() -> None:
    said = "«L'eau monte», dit-on : 30 000 « anciens » réfugiés au port."
    other = "“L’eau monte”, dit-on: 30000 “an\u00adciens” réfugiés au port."
    a = article("a", [*prose(1), Block(text=said)], title="L'eau")
    b = article("b", [*prose(1), Block(text=other)], title="L’eau")
    found = link(a, b).groups[a.id].links[0]
    assert (found.relation, found.similarity) == (Relation.IDENTICAL, 1)


def test_other_page_furniture_makes_a_recapture_and_other_links_do_not() -> None:
    a, b = article("a", prose(1)), article("b", prose(1), title="The title of a")
    menu = removed(
        "a", [("Menu", RemovedKind.FURNITURE), ("https://x.example/", RemovedKind.LINKS)]
    )
    other = removed("b", [("Sign in", RemovedKind.FURNITURE)])
    links = removed(
        "b", [("Menu", RemovedKind.FURNITURE), ("https://y.example/", RemovedKind.LINKS)]
    )
    assert relation(link(a, b, provenance=menu | other), "b") is Relation.RECAPTURE
    assert relation(link(a, b, provenance=menu | links), "b") is Relation.IDENTICAL


def removed(name: str, blocks: list[tuple[str, RemovedKind]]) -> dict[ArticleId, Provenance]:
    found = [
        RemovedBlock(text=text, kind=kind, rule="r", evidence=(), origin=Origin())
        for text, kind in blocks
    ]
    item = Provenance(capture="c", sha256="0" * 64, paragraphs=(), removed=tuple(found))
    return {ArticleId(name): item}


def test_an_edited_text_is_a_revision() -> None:
    blocks = prose(1)
    a, b = article("a", blocks), article("b", edited(blocks), title="The title of a")
    assert relation(link(a, b), "a") is Relation.REVISION
    c = article("c", blocks, title="Quite another headline for all that")
    assert relation(link(a, c), "c") is Relation.REVISION


def test_the_text_at_another_outlet_is_syndicated() -> None:
    a = article("a", prose(1))
    b = article("b", edited(prose(1)), source=SourceId("times"), title="Another headline")
    table = link(a, b)
    assert relation(table, "b") is Relation.SYNDICATED
    assert table.groups[a.id].main == a.id


def test_the_original_outlets_longest_text_is_the_main_version() -> None:
    blocks = prose(1, 6)
    a = article("a", blocks[:5])
    b = article("b", blocks, title=a.title)
    c = article("c", (*blocks, *prose(2, 1)), source=SourceId("times"), title=a.title)
    assert link(a, b, c).groups[a.id].main == "b"


def test_versions_stand_in_order_of_time() -> None:
    blocks = prose(1)
    late = ArticleDate(iso="2024-01-01T12:00:00+00:00")
    early = ArticleDate(iso="2024-01-01T13:00:00+03:00")
    items = [
        article("a", blocks, date=ArticleDate(iso="unknown"), title="x"),
        article("b", blocks, date=late, title="x"),
        article("c", blocks, date=early, title="x"),
        article("d", blocks, date=late, updated=ArticleDate(iso="2024-01-03"), title="x"),
    ]
    assert link(*items).groups[ArticleId("a")].members == ("c", "b", "d", "a")


# --- what is not a version -----------------------------------------------------------------


def test_withdrawn_articles_are_not_linked() -> None:
    a = article("a", prose(1))
    b = article("b", prose(1), status=Status.WITHDRAWN, reason="a request")
    table = link(a, b)
    assert groups(table) == []
    assert set(table.groups) == {"a"}


def test_groups_lie_in_one_language_and_script() -> None:
    a = article("a", prose(1), title="x", language=LanguageCode("sr-Latn"))
    b = article("b", prose(1), title="x", language=LanguageCode("hr"))
    c = article("c", prose(1), title="x", language=LanguageCode("sr-Cyrl"))
    d = article("d", prose(1), title="x", language=LanguageCode("sr-Latn-RS"))
    assert groups(link(a, b, c, d)) == [["a", "d"]]


def test_announcements_from_one_template_are_different_articles() -> None:
    def release(name: str, number: str, size: int) -> Article:
        text = (
            f"Version {number} of the harbour software is released. It brings {size} corrections, and all "
            "who use the software in their ports are asked to install it within the month. The package has "
            f"{size * 7} bytes; it can be had from the usual mirrors, and from our own as harbour-{number}.zip. "
            f"Thanks to all who reported faults, wrote corrections, and tested release {number} beforehand."
        )
        return article(name, [Block(text=text)], title=f"Harbour {number} released")

    first, second = release("a", "2.4.1", 113), release("b", "2.4.2", 241)
    again = replace(first, id=ArticleId("c"), blocks=(*first.blocks, *prose(3, 1)))
    assert groups(link(first, second, again)) == [["a", "c"]]


def test_daily_reports_with_one_title_are_told_apart_by_their_numbers() -> None:
    def report(name: str, *numbers: int) -> Article:
        one, two, three, four = numbers
        text = (
            f"Up to this evening the health office has counted {one} cases in the district, and {two} people have left "
            f"hospital. In all {three} doses were given at the town hall and in the schools, the office said in its "
            f"daily report, and {four} are left in the stores. The next report will be given tomorrow at the same "
            "time; the telephone of the office is open day and night for questions."
        )
        return article(name, [Block(text=text)], title="Report of the health office")

    a, b = report("a", 118, 23, 4_100, 900), report("b", 131, 29, 5_250, 740)
    assert groups(link(a, b)) == []
    assert groups(link(a, replace(a, id=ArticleId("c")))) == [["a", "c"]]


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_the_issues_of_a_bulletin_are_kept_apart_and_corrections_found(name: str) -> None:
    found = bulletins(name)
    corrections = [list(corrected(issue)) for issue in found]
    # One number is all that the lead of this one has: put right on another day, it is like the next issue.
    kept = [
        [one, longer] if name == "minor" else [one, later, longer]
        for one, later, longer in corrections
    ]
    everything = [*found, *(item for items in kept for item in items)]
    expected = [
        sorted([issue.id, *(item.id for item in items)])
        for issue, items in zip(found, kept, strict=True)
    ]
    assert groups(link(*everything)) == sorted(expected)


# The numbers of these two can be all that differs besides names.
@pytest.mark.parametrize("name", sorted(TEMPLATES.keys() - {"minor", "chemist"}))
def test_bulletins_without_a_date_are_told_apart_by_what_they_say(name: str) -> None:
    undated = [replace(item, date=ArticleDate(iso="unknown")) for item in bulletins(name)]
    assert groups(link(*undated)) == []


def test_a_shared_quotation_does_not_make_versions() -> None:
    quotation = prose(9, 2)
    a = article("a", (*prose(1, 3), *quotation))
    b = article("b", (*quotation, *prose(2, 3)))
    assert groups(link(a, b)) == []


def test_a_notice_under_many_titles_is_not_one_article() -> None:
    notice = [Block(text="This video cannot be shown in your country.")]
    items = [article(name, notice) for name in "abcd"]
    named = [replace(item, title=f"Storm in {item.id} and its cost") for item in items]
    different = [
        replace(item, title=word)
        for item, word in zip(items, ["one", "two", "three", "four"], strict=True)
    ]
    assert groups(link(*different)) == []
    assert groups(link(*named[:1], replace(named[0], id=ArticleId("b")))) == [["a", "b"]]


# --- excerpts ------------------------------------------------------------------------------


def test_an_excerpt_joins_the_text_that_contains_it() -> None:
    long = prose(1, 8)
    a, b = article("a", long, title="Long read"), article("b", long[:2], title="Short note")
    table = link(a, b)
    assert groups(table) == [["a", "b"]]
    assert relation(table, "b") is Relation.EXCERPT


def test_a_digest_does_not_join_what_it_contains() -> None:
    names = ["apples", "bridges", "castles", "deserts", "engines"]
    parts = [article(name, prose(place, 3), title=name) for place, name in enumerate(names)]
    digest = article("z", [block for part in parts for block in part.blocks], title="The week")
    table = link(*parts, digest)
    assert groups(table) == []
    assert [(found.article, found.other) for found in table.excerpts] == [
        ("z", name) for name in names
    ]
    assert {found.relation for found in table.excerpts} == {Relation.EXCERPT}


def test_an_excerpt_never_joins_two_groups() -> None:
    note = prose(1, 2)
    a = article("a", note, title="Note")
    b = article("b", (*note, *prose(2, 5)), title="Harbour")
    c = article("c", (*prose(3, 5), *note), title="Market")
    table = link(a, b, c)
    assert groups(table) == [["a", "b"]]
    assert [(found.article, found.other) for found in table.excerpts] == [("c", "b")]


def test_two_halves_of_an_article_are_no_versions_of_each_other() -> None:
    blocks = prose(1, 8)
    a = article("a", blocks[:4], title="The long crossing")
    b = article("b", blocks[4:], title="The long crossing")
    assert groups(link(a, b)) == []
    whole = article("c", blocks, title="The long crossing")
    assert groups(link(a, b, whole)) == [["a", "b", "c"]]


# --- languages, lengths --------------------------------------------------------------------


def test_scripts_without_spaces_are_compared() -> None:
    rng = random.Random(3)
    tongue = Tongue("zh", rng)
    blocks = [tongue.paragraph(rng) for _ in range(3)]
    other = [tongue.paragraph(rng) for _ in range(3)]
    changed = [Block(text=block.text[:20] + "新" + block.text[21:]) for block in blocks]
    a, b, c = (
        article(name, text, language=LanguageCode("zh"), title="港口")
        for name, text in (("a", blocks), ("b", changed), ("c", other))
    )
    assert groups(link(a, b, c)) == [["a", "b"]]


def test_articles_of_two_sentences_are_compared() -> None:
    text = (
        "The ferry to the islands will not run on Friday because of the storm. Tickets stay valid."
    )
    a = article("a", [Block(text=text)], title="No ferry on Friday")
    b = article("b", [Block(text=text.replace("stay", "remain"))], title="No ferry on Friday")
    c = article(
        "c", [Block(text="The mayor opened the new school. It has nine rooms.")], title="New school"
    )
    assert groups(link(a, b, c)) == [["a", "b"]]


def test_an_article_without_text_is_no_version() -> None:
    assert groups(link(article("a", title="x"), article("b", title="x"))) == []


# --- sentences -----------------------------------------------------------------------------


def test_versions_get_a_table_of_the_sentences_that_not_all_have() -> None:
    blocks = prose(1, 4)
    a = article("a", blocks, title="x")
    b = article("b", [*blocks[:3], Block(text="Nobody was hurt.")], title="x")
    c = article("c", [*blocks, Block(text="Nobody was hurt.")], title="x")
    rows = link(a, b, c).groups[a.id].sentences
    assert [row.articles for row in rows if row.text == "Nobody was hurt."] == [("c", "b")]
    assert all(row.articles in (("c", "b"), ("c", "a")) for row in rows)
    rows = link(a, b).groups[a.id].sentences
    assert [row.articles for row in rows if row.text == "Nobody was hurt."] == [("b",)]
    assert {row.articles for row in rows} == {("a",), ("b",)}
    assert link(a).groups[a.id].sentences == ()


def test_the_first_version_of_a_sentence_writes_it_with_these_signs() -> None:
    blocks = prose(1, 4)
    written = {"a": "Somebody WAS hurt!", "b": "Somebody was hurt."}
    one, other = (
        article(name, [*blocks, Block(text=text)], title="x") for name, text in written.items()
    )
    rows = link(one, other, article("c", blocks, title="x")).groups[one.id].sentences
    ((first, text),) = [(row.articles[0], row.text) for row in rows if "hurt" in row.text]
    assert written[first] == text


# --- the input's order, earlier results ----------------------------------------------------

ARCHIVE = [planted.article for planted in synthetic_articles(50, seed=4)]
ANALYSES = {item.id: analysis(item) for item in ARCHIVE}


def table_of(articles: Iterable[Article], aid: Aid | None = None) -> VersionTable:
    table = {item.id: item for item in articles}
    return link_versions(table, ANALYSES, {}, (), aid)


def aid_for(*articles: Article) -> Aid:
    tokens = {item.id: blake2b(item.id.encode(), digest_size=16).digest() for item in articles}
    return Aid(memory=Memory(tokens=tokens))


@settings(max_examples=6, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(rng: random.Random) -> None:
    shuffled = rng.sample(ARCHIVE, len(ARCHIVE))
    assert table_of(shuffled) == table_of(ARCHIVE)


@settings(max_examples=6, deadline=None)
@given(st.sets(st.sampled_from(range(50)), max_size=20))
def test_linking_with_what_was_known_before_gives_the_same(missing: set[int]) -> None:
    aid = aid_for(*ARCHIVE)
    table_of([item for place, item in enumerate(ARCHIVE) if place not in missing], aid)
    assert table_of(ARCHIVE, aid) == table_of(ARCHIVE)


def compared(aid: Aid) -> int:
    """How many pairs were ever compared."""
    return sum(map(len, aid.memory.verdicts.values()))


def test_adding_an_article_compares_only_its_own_pairs() -> None:
    extra = replace(ARCHIVE[0], id=ArticleId("2020-01-01-herald-new"))
    aid = aid_for(*ARCHIVE, extra)
    table_of(ARCHIVE, aid)
    known = compared(aid)
    assert known < len(ARCHIVE) * 5
    table_of(ARCHIVE, aid)
    assert compared(aid) == known
    table = {item.id: item for item in (*ARCHIVE, extra)}
    link_versions(table, ANALYSES | {extra.id: analysis(extra)}, {}, (), aid)
    group = table_of(ARCHIVE).groups[ARCHIVE[0].id]
    assert 1 <= compared(aid) - known <= len(group.members) + 1


def test_planted_versions_are_found_and_bulletins_kept_apart() -> None:
    planted = list(synthetic_articles(300, seed=2))
    articles = {item.article.id: item.article for item in planted}
    analyses = {item: analysis(found) for item, found in articles.items()}
    table = link_versions(articles, analyses, {}, ())
    wrong = [
        item.article.id
        for item in planted
        if (item.version_of or item.article.id) not in table.groups[item.article.id].members
    ]
    planted_pairs = len({item.version_of for item in planted} - {None})
    assert len(wrong) <= 2
    assert len(groups(table)) == planted_pairs


def test_versions_are_found_among_very_many_texts_of_one_template() -> None:
    rng = random.Random(5)
    frame = [ENGLISH.sentence(rng, "{}", "{}") for _ in range(6)]

    def bulletin(number: int) -> Article:
        lines = [line.format(rng.randrange(10_000), rng.randrange(10_000)) for line in frame]
        name = ArticleId(f"b{number:03}")
        return article(name, [Block(text=line) for line in lines], title=f"Bulletin {number}")

    items = [bulletin(number) for number in range(80)]
    copy = replace(items[77], id=ArticleId("copy"), blocks=(*items[77].blocks, *prose(1, 1)))
    assert groups(link(*items, copy)) == [["b077", "copy"]]


def test_very_many_versions_of_one_article_are_one_group() -> None:
    lines = [block for number in range(20) for block in prose(number, 1)]
    items = [
        article(f"v{number:03}", lines[: 10 + number // 10], title="Live") for number in range(80)
    ]
    assert [len(group) for group in groups(link(*items))] == [80]


# --- decisions -----------------------------------------------------------------------------


def decide(kind: DecisionKind, *names: str, line: int = 3) -> Decision:
    return Decision(
        kind=kind,
        articles=tuple(map(ArticleId, names)),
        who="an editor",
        when=ArticleDate(iso="2024-02-01"),
        why="they are",
        path="decisions/versions.yml",
        line=line,
    )


def test_people_put_together_what_the_machine_did_not() -> None:
    a, b = article("a", prose(1)), article("b", prose(2))
    decision = decide(SAME, "a", "b")
    table = link(a, b, decisions=[decision])
    assert groups(table) == [["a", "b"]]
    assert table.groups[a.id].links[0].decision == decision
    assert table.groups[a.id].links[0].reasons[0].kind is ReasonKind.DECISION
    assert table.problems == ()


def test_people_keep_apart_what_the_machine_put_together() -> None:
    a, b, c = (article(name, prose(1), title="x") for name in "abc")
    table = link(a, b, c, decisions=[decide(APART, "a", "b")])
    assert len(groups(table)) == 1
    assert table.groups[a.id] != table.groups[b.id]
    assert table.problems == ()


def test_people_choose_the_main_version() -> None:
    a, b = article("a", prose(1)), article("b", prose(1), title="The title of a")
    decision = decide(MAIN, "b")
    group = link(a, b, decisions=[decision]).groups[a.id]
    assert (group.main, group.decision) == (b.id, decision)
    assert [found.article for found in group.links] == ["a"]


def problems(*decisions: Decision, articles: Iterable[Article] | None = None) -> list[Problem]:
    default = [article("a", prose(1)), article("b", prose(2)), article("c", prose(3))]
    return list(link(*(articles or default), decisions=decisions).problems)


def test_a_decision_about_an_unknown_article_is_stale() -> None:
    (problem,) = problems(decide(SAME, "a", "x", line=12))
    assert (problem.path, problem.line) == ("decisions/versions.yml", 12)
    assert "x" in problem.message


def test_a_decision_that_decides_nothing_is_stale() -> None:
    assert problems(decide(APART, "a", "b")) == []
    assert "no other version" in problems(decide(MAIN, "a"))[0].message


def test_decisions_across_languages_are_stale() -> None:
    items = [article("a", prose(1)), article("b", prose(2), language=LanguageCode("fr"))]
    (problem,) = problems(decide(SAME, "a", "b"), articles=items)
    assert "one language" in problem.message


def test_of_two_decisions_the_later_is_followed_and_the_other_is_stale() -> None:
    found = problems(decide(SAME, "a", "b", line=3), decide(APART, "a", "b", line=9))
    assert [item.line for item in found] == [3]
    assert "decisions/versions.yml:9" in found[0].message
    both = [article("a", prose(1)), article("b", prose(1), title="The title of a")]
    (problem,) = problems(decide(MAIN, "a"), decide(MAIN, "b", line=9), articles=both)
    assert problem.line == 3


def test_decisions_that_cannot_all_be_followed_are_told() -> None:
    found = problems(
        decide(SAME, "a", "b"), decide(SAME, "b", "c", line=5), decide(APART, "a", "c", line=9)
    )
    assert [item.line for item in found if "keep apart" in item.message] == [5]


# --- looking up ----------------------------------------------------------------------------


def test_a_new_article_is_looked_up() -> None:
    archive = [
        article("a", prose(1)),
        article("b", prose(2)),
        article("c", prose(1), status=Status.WITHDRAWN),
    ]
    new = article("n", edited(prose(1)), title="The title of a")
    links = find_versions(
        new,
        fingerprint(new),
        {item.id: item for item in archive},
        {item.id: fingerprint(item) for item in archive},
    )
    assert [(found.article, found.other, found.relation) for found in links] == [
        ("n", "a", Relation.REVISION)
    ]


def test_every_published_article_is_in_one_group() -> None:
    table = table_of(ARCHIVE)
    assert set(table.groups) == {item.id for item in ARCHIVE}
    for item, group in table.groups.items():
        assert item in group.members
        assert isinstance(group, VersionGroup)
        assert {found.article for found in group.links} == set(group.members) - {group.main}
        assert all(table.groups[member] == group for member in group.members)
