"""Addresses that were published once still lead somewhere."""

from generator.linking import permalinks as moved
from generator.linking.permalinks import Linked
from generator.model import (
    Article,
    ArticleDate,
    ArticleId,
    Decision,
    DecisionKind,
    QuotationGroupId,
    Redirect,
    Status,
    Story,
    StoryId,
    VersionGroup,
)
from generator.views import addresses
from tests.builders import make_article

A, B, C, D = (ArticleId(f"2024-01-0{n}-herald-x") for n in range(1, 5))


def articles(*ids: ArticleId) -> dict[ArticleId, Article]:
    return {item: make_article(id=item) for item in ids}


def linked(*groups: VersionGroup, stories: tuple[Story, ...] = (), **changes: object) -> Linked:
    fields: dict[str, object] = {
        "articles": articles(*(item for group in groups for item in group.members)),
        "groups": {item: group for group in groups for item in group.members},
        "stories": {item: story for story in stories for item in story.members},
        "quotations": {},
    }
    return Linked(**(fields | changes))  # type: ignore[arg-type]


def lone(article: ArticleId) -> VersionGroup:
    return VersionGroup(main=article, members=(article,))


def permalinks(state: Linked) -> dict[str, str]:
    """All addresses that lead elsewhere."""
    found = moved.permalinks(state)
    places = ((name, addresses.article(name)) for name in found.lone)
    alone = {
        address: here
        for name, here in places
        for address in (addresses.versions(name), addresses.story(name))
    }
    assert not alone.keys() & found.table.keys()
    return {**alone, **found.table}


def test_every_article_has_an_address_as_versions_and_as_a_story() -> None:
    table = permalinks(linked(lone(A)))
    assert table == {
        addresses.versions(A): addresses.article(A),
        addresses.story(A): addresses.article(A),
    }


def test_members_of_a_group_lead_to_its_main_version() -> None:
    table = permalinks(linked(VersionGroup(main=B, members=(A, B, C))))
    assert table[addresses.versions(A)] == addresses.versions(B)
    assert addresses.versions(B) not in table
    assert table[addresses.pair(A, B)] == addresses.pair(B, A)
    assert table[addresses.pair(A, C)] == addresses.pair(B, C)
    assert addresses.pair(B, A) not in table


def test_members_of_a_story_and_their_versions_lead_to_it() -> None:
    story = Story(id=StoryId(A), members=(A, C))
    table = permalinks(linked(VersionGroup(main=A, members=(A, B)), lone(C), stories=(story,)))
    assert addresses.story(A) not in table
    assert table[addresses.story(B)] == table[addresses.story(C)] == addresses.story(A)


def test_no_address_leads_to_one_that_leads_on() -> None:
    story = Story(id=StoryId(B), members=(B, D))
    groups = (VersionGroup(main=B, members=(A, B, C)), lone(D))
    old = ArticleId("2024-01-01-herald-old")
    table = permalinks(
        linked(*groups, stories=(story,), redirects=(Redirect(source=old, target=A),))
    )
    assert not set(table) & set(table.values())
    assert table[addresses.article(old)] == addresses.article(A)
    assert table[addresses.pair(old, B)] == addresses.pair(B, A)
    assert table[addresses.story(old)] == addresses.story(B)


def test_what_was_published_before_a_change_still_answers() -> None:
    before = linked(VersionGroup(main=A, members=(A, B)), lone(C), lone(D))
    merged = linked(VersionGroup(main=C, members=(A, B, C)), lone(D))
    decision = Decision(
        kind=DecisionKind.NOT_SAME_VERSION,
        articles=(A, B),
        who="an editor",
        when=ArticleDate(iso="2024-02-01"),
        why="two reports",
        path="decisions/versions.yml",
        line=1,
    )
    split = linked(lone(A), lone(B), lone(C), lone(D), decisions=(decision,))
    for after in (merged, split):
        assert published(before) <= published(after)


def published(state: Linked) -> set[str]:
    """All addresses of a state: pages and those that lead on."""
    pages = {addresses.article(item) for item in state.articles}
    for group in state.groups.values():
        if len(group.members) > 1:
            pages.add(addresses.versions(group.main))
            pages |= {
                addresses.pair(group.main, item) for item in group.members if item != group.main
            }
    pages |= {addresses.story(story.id) for story in state.stories.values()}
    return pages | set(permalinks(state))


def test_a_withdrawn_article_keeps_its_addresses() -> None:
    withdrawn = {A: make_article(id=A, status=Status.WITHDRAWN, reason="a request")}
    table = permalinks(linked(articles=withdrawn))
    assert table == {
        addresses.versions(A): addresses.article(A),
        addresses.story(A): addresses.article(A),
    }


def test_a_quotation_group_answers_under_the_id_of_each_member() -> None:
    old, new = QuotationGroupId("b-1"), QuotationGroupId("a-1")
    table = permalinks(linked(quotations={old: new, new: new}))
    assert table == {addresses.quotation(old): addresses.quotation(new)}
