"""What was planted in the demonstration corpus is found, and what must stay apart stays apart."""

from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from generator.cli import main
from generator.linking.diff import difference_pairs
from generator.model import Archive, ArticleId, Change, Relation, Status
from generator.pipeline.build import read_archive
from generator.pipeline.describe import describe
from generator.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
EXPECTED: dict[str, Any] = yaml.safe_load(
    (ROOT / "tests" / "demo_expectations.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    cache = tmp_path_factory.mktemp("demo-cache")
    return read_archive(Settings(cache=str(cache), jobs=1), ROOT / "mkdocs.yml")


def grouped(archive: Archive) -> dict[ArticleId, ArticleId]:
    """The story of every main article, itself if it is in none."""
    mains = {group.main for group in archive.groups.values()}
    return {
        main: ArticleId(archive.stories[main].id) if main in archive.stories else main
        for main in mains
    }


@pytest.mark.parametrize("expected", EXPECTED["version_groups"], ids=lambda item: item["what"][:40])
def test_versions_and_their_relations(archive: Archive, expected: dict[str, Any]) -> None:
    group = archive.groups[expected["main"]]
    assert group.main == expected["main"]
    assert set(group.members) == set(expected["members"])
    assert {link.article: link.relation.value for link in group.links} == expected["relations"]


def test_no_other_versions_are_seen(archive: Archive) -> None:
    planted = {member for group in EXPECTED["version_groups"] for member in group["members"]}
    found = {item for item, group in archive.groups.items() if len(group.members) > 1}
    assert found == planted
    for one, other in EXPECTED["not_same_version"]:
        assert archive.groups[one].main != archive.groups[other].main


@pytest.mark.parametrize("expected", EXPECTED["changes"], ids=lambda item: item["new"][:40])
def test_the_four_changes_are_named(archive: Archive, expected: dict[str, Any]) -> None:
    pair = (expected["old"], expected["new"])
    assert pair in difference_pairs(archive.groups[pair[0]])
    found = archive.differences[pair]
    assert all(found.counts[kind] > 0 for kind in Change)


@pytest.mark.parametrize("expected", EXPECTED["corrections"], ids=lambda item: item["new"][:30])
def test_a_correction_is_told_word_by_word(archive: Archive, expected: dict[str, Any]) -> None:
    found = archive.differences[expected["old"], expected["new"]]
    pieces = [piece for row in found.lines for piece in row.pieces]
    changed = [piece.text for piece in pieces if piece.changed]
    edits = [list(pair) for pair in pairwise(changed)]
    assert [edit for edit in expected["edits"] if edit not in edits] == []
    assert any(expected["added"] in text for text in changed)
    assert found.typographic == expected["typographic"]
    facts = [fact for fact in describe(archive, expected["new"]) if fact.heading == "Versions"]
    assert f"{found.typographic} × typography alone" in facts[-1].reasons


def test_the_differing_link_is_told(archive: Archive) -> None:
    for expected in EXPECTED["differing_links"]:
        found = archive.differences[expected["old"], expected["new"]]
        assert list(found.links_removed) == expected["removed"]
        assert list(found.links_added) == expected["added"]
        assert not found.counts or not any(found.counts.values())


def test_excerpts_and_translations_are_linked(archive: Archive) -> None:
    def related(one: str, other: str, relation: Relation) -> bool:
        return any(
            {link.article, link.other} == {one, other} and link.relation is relation
            for link in archive.links.get(ArticleId(one), ())
        )

    for excerpt in EXPECTED["excerpts"]:
        together = archive.groups[excerpt["article"]].main == archive.groups[excerpt["within"]].main
        assert together or related(excerpt["article"], excerpt["within"], Relation.EXCERPT)
    for translation in EXPECTED["translations"]:
        assert related(translation["article"], translation["of"], Relation.TRANSLATION)


def test_look_alikes_stay_apart(archive: Archive) -> None:
    story = grouped(archive)
    wrong = [
        pair
        for item in EXPECTED["not_same_story"]
        if story[(pair := item["articles"])[0]] == story[pair[1]]
    ]
    assert wrong == []


def test_stories_are_gathered_across_languages(archive: Archive) -> None:
    story = grouped(archive)
    pairs = [
        pair
        for expected in EXPECTED["stories"]
        for pair in combinations(sorted(expected["members"]), 2)
    ]
    found = [pair for pair in pairs if story[ArticleId(pair[0])] == story[ArticleId(pair[1])]]
    missed = sorted(set(pairs) - set(found))
    assert len(found) / len(pairs) >= 0.95, missed
    expected_story = {
        member: number
        for number, item in enumerate(EXPECTED["stories"])
        for member in item["members"]
    }
    for one, other in combinations(sorted(expected_story), 2):
        if story[ArticleId(one)] == story[ArticleId(other)]:
            assert expected_story[one] == expected_story[other], (one, other)


def test_what_is_alone_is_in_no_story(archive: Archive) -> None:
    assert [item for item in EXPECTED["alone"] if item in archive.stories] == []


def test_the_same_statement_is_one_group(archive: Archive) -> None:
    pairs = found = 0
    for expected in EXPECTED["quotation_groups"]:
        # A group has one article of each version group, its main one.
        members = {archive.groups[member["article"]].main for member in expected["members"]}
        best = max(
            (
                len(members & {member.article for member in group.members})
                for group in archive.quotation_groups
                if group.speaker in (expected["speaker"], None)
            ),
            default=0,
        )
        pairs += len(members) - 1
        found += max(0, best - 1)
    assert found / pairs >= 0.85


def test_every_reason_of_a_story_is_given(archive: Archive) -> None:
    for story in archive.stories.values():
        assert story.links
        assert all(link.reasons for link in story.links)


def test_a_withdrawn_article_is_in_no_table(archive: Archive) -> None:
    withdrawn = {
        item for item, article in archive.articles.items() if article.status is Status.WITHDRAWN
    }
    assert withdrawn
    for table in (
        archive.groups,
        archive.stories,
        archive.analyses,
        archive.mentions,
        archive.links,
    ):
        assert not withdrawn & set(table)


def test_show_follows_an_id_that_has_moved(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("generator.pipeline.build.read_archive", lambda *_: archive)
    moved = archive.redirects[0]
    assert main(["show", moved.source, f"--config={ROOT / 'mkdocs.yml'}"]) == 0
    told = capsys.readouterr()
    assert f"{moved.source} has moved to {moved.target}" in told.err
    assert f"({moved.target})" in told.out
    assert main(["show", f"{moved.target}x", f"--config={ROOT / 'mkdocs.yml'}"]) == 2
    assert f"did you mean {moved.target}" in capsys.readouterr().err


def test_what_is_told_of_articles_tells_the_length_of_their_texts(archive: Archive) -> None:
    told = {name: known.characters for name, known in archive.named.items()}
    assert told == {
        name: sum(len(block.text) for block in archive.articles[name].blocks) for name in told
    }
    assert all(told.values())
