"""Addresses that once had a page and have none now, and where each of them leads.

The table is made from the archive as it is, without a memory of earlier builds: whatever group, story or main version an
article can have had before, its address of that time is in it.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import permutations

from generator.model import (
    Article,
    ArticleId,
    Decision,
    DecisionKind,
    Permalinks,
    QuotationGroupId,
    Redirect,
    Story,
    VersionGroup,
)
from generator.record import field, record

#: In a larger group only the pairs with the main version lead on; the square of its size would be too many pages.
LARGEST_GROUP = 50


@record
class Linked:
    """What the addresses depend on.

    `groups` has every published article and no withdrawn one, `stories` main articles. `quotations` maps every id that a
    quotation group had if one of its members was the earliest to the id it has; `said` every id that a group could
    have had before somebody parted articles, to the article that says it.
    """

    articles: Mapping[ArticleId, Article]
    groups: Mapping[ArticleId, VersionGroup]
    stories: Mapping[ArticleId, Story]
    quotations: Mapping[QuotationGroupId, QuotationGroupId]
    said: Mapping[QuotationGroupId, ArticleId] = field(default_factory=dict)
    redirects: tuple[Redirect, ...] = ()
    decisions: tuple[Decision, ...] = ()


def permalinks(linked: Linked) -> Permalinks:
    """All addresses that lead elsewhere."""
    grouped = {
        member
        for group in linked.groups.values()
        if len(group.members) > 1
        for member in group.members
    }
    tied = grouped | linked.stories.keys()
    lone = tuple(article for article in linked.articles if article not in tied)
    table = own_addresses(tied, linked)
    table |= dict(parted_pairs(linked))
    table |= dict(joined_pairs(linked.groups))
    for name, article in sorted(linked.said.items()):
        table[f"quotations/{name}/"] = article_address(article)
    for old, new in sorted(linked.quotations.items()):
        table[f"quotations/{old}/"] = f"quotations/{new}/"
    for redirect in linked.redirects:
        if redirect.target in linked.articles and redirect.source not in linked.articles:
            table |= dict(renamed(redirect, linked, table))
    away = {address: table[address] for address in sorted(table) if table[address] != address}
    return Permalinks(lone=tuple(sorted(lone)), table=away)


def own_addresses(articles: Iterable[ArticleId], linked: Linked) -> dict[str, str]:
    """Where the versions and the story of some articles are."""
    table = {}
    for article in articles:
        table[versions_address(article)] = versions_target(article, linked)
        table[story_address(article)] = story_target(article, linked)
    return table


def versions_target(article: ArticleId, linked: Linked) -> str:
    """The page of its versions, or the article if there is one version, or it was withdrawn."""
    group = linked.groups.get(article)
    if group is None or len(group.members) == 1:
        return article_address(article)
    return versions_address(group.main)


def story_target(article: ArticleId, linked: Linked) -> str:
    """The page of its story, or of its main version's, or the article if it is in none."""
    group = linked.groups.get(article)
    story = linked.stories.get(article if group is None else group.main)
    return article_address(article) if story is None else story_address(story.id)


def joined_pairs(groups: Mapping[ArticleId, VersionGroup]) -> Iterator[tuple[str, str]]:
    """Pairs of a group that had a page if another version was the main one."""
    for article, group in groups.items():
        if article != group.main or len(group.members) == 1:
            continue
        others = [item for item in group.members if item != group.main]
        if len(group.members) <= LARGEST_GROUP:
            for first, second in permutations(others, 2):
                yield pair_address(first, second), pair_address(group.main, second)
        for other in others:
            yield pair_address(other, group.main), pair_address(group.main, other)


def parted_pairs(linked: Linked) -> Iterator[tuple[str, str]]:
    """Pairs that somebody decided are no versions: each leads to what the first of them is now."""
    for decision in linked.decisions:
        known = [item for item in decision.articles if item in linked.articles]
        if decision.kind is DecisionKind.NOT_SAME_VERSION:
            for first, second in permutations(known, 2):
                yield pair_address(first, second), versions_target(first, linked)


def renamed(
    redirect: Redirect, linked: Linked, table: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """The addresses under an id that has moved."""
    old, new = redirect.source, redirect.target
    yield article_address(old), article_address(new)
    yield versions_address(old), versions_target(new, linked)
    yield story_address(old), story_target(new, linked)
    group = linked.groups.get(new)
    for member in group.members if group is not None else ():
        if member != new:
            for once, now in (
                (pair_address(old, member), pair_address(new, member)),
                (pair_address(member, old), pair_address(member, new)),
            ):
                yield once, table.get(now, now)


def article_address(article: ArticleId) -> str:
    """An article's page."""
    return f"articles/{article}/"


def versions_address(article: ArticleId) -> str:
    """The page of an article's versions."""
    return f"articles/{article}/versions/"


def pair_address(article: ArticleId, other: ArticleId) -> str:
    """The page that compares two versions."""
    return f"articles/{article}/versions/{other}/"


def story_address(story: str) -> str:
    """A story's page."""
    return f"stories/{story}/"
