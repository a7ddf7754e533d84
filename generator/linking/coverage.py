"""Coverage: stories, the quotations that several outlets carry, and why articles belong together, in one go."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import field, replace
from itertools import combinations

from generator.errors import Problem, Severity
from generator.linking.digests import collections, without_digests
from generator.linking.facts import story_facts
from generator.linking.likeness import evidence
from generator.linking.named import named
from generator.linking.quotation_groups import (
    date_order,
    group_statements,
    stale_quotations,
    statements_of,
)
from generator.linking.related import Table, story_links
from generator.linking.stories import Gathered, Memo, Wishes, gather, threads
from generator.model import (
    Analysis,
    Article,
    ArticleId,
    ArticleLink,
    Coverage,
    Decision,
    DecisionKind,
    EntityId,
    EntityKind,
    Mention,
    QuotationGroup,
    Story,
    StoryId,
    record,
)

#: Other stories of one affair that a story leads to; the nearest in time.
MOST_THREAD = 12

Pair = tuple[ArticleId, ArticleId]


@record
class Conditions:
    """`window`: days within which articles can be one event. `mains` leads from every version to its main one.

    `kinds` says what the mentioned entities are, `excerpts` which main articles hold the texts of others.
    With a `memo` only connected articles that it lacks are gathered anew.
    """

    window: int
    mains: Mapping[ArticleId, ArticleId] = field(default_factory=dict)
    kinds: Mapping[EntityId, EntityKind] = field(default_factory=dict)
    excerpts: tuple[ArticleLink, ...] = ()
    memo: Memo | None = None


def link_coverage(
    articles: Iterable[Article],
    analyses: Mapping[ArticleId, Analysis],
    mentions: Mapping[ArticleId, Sequence[Mention]],
    decisions: Iterable[Decision],
    conditions: Conditions,
) -> Coverage:
    """Tie articles, one of each version group, to each other; their order does not matter.

    Decisions may name any version.
    """
    items = {article.id: article for article in sorted(articles, key=lambda item: item.id)}
    ruled = _on_mains(decisions, conditions.mains)
    window = conditions.window
    evidences = {
        name: evidence(article, analyses[name], named(mentions.get(name, ()), conditions.kinds))
        for name, article in items.items()
    }
    memo = {} if conditions.memo is None else conditions.memo
    pairs = _ruled_pairs(ruled)
    held = _undecided(collections(conditions.excerpts), pairs)
    wishes = replace(_wishes(pairs, items), alone=frozenset(held))
    gathered = gather(evidences.values(), window, wishes, memo)
    groups = sorted(_ordered(group, items) for group in without_digests(gathered.groups, held))
    statements = [
        [
            s
            for name in group
            for s in statements_of(
                items[name], analyses[name], mentions.get(name, ()), conditions.kinds
            )
        ]
        for group in groups
    ]
    dates = {name: date_order(article) for name, article in items.items()}
    quotations = group_statements(statements, dates, ruled)
    table = Table(
        articles=items,
        analyses=analyses,
        evidences=evidences,
        mentions=mentions,
        quotations=_by_article(quotations),
        window=window,
    )
    coverage = _stories([group for group in groups if len(group) > 1], table, gathered, pairs)
    flat = [statement for part in statements for statement in part]
    problems = [*_stale(ruled, items, pairs), *_problems(stale_quotations(flat, ruled))]
    return Coverage(
        stories=coverage[0],
        links=coverage[1],
        quotation_groups=quotations,
        problems=tuple(sorted(problems)),
    )


def _undecided(
    held: Mapping[ArticleId, frozenset[ArticleId]],
    pairs: Mapping[frozenset[ArticleId], Decision],
) -> Mapping[ArticleId, frozenset[ArticleId]]:
    """The articles that hold others, without those that somebody put into a story."""
    together = {
        name
        for pair, decision in pairs.items()
        if decision.kind is DecisionKind.SAME_STORY
        for name in pair
    }
    return {name: texts for name, texts in held.items() if name not in together}


def _ordered(
    group: Iterable[ArticleId], items: Mapping[ArticleId, Article]
) -> tuple[ArticleId, ...]:
    """Members by date, then id; those without a day come last."""
    return tuple(sorted(group, key=lambda name: (date_order(items[name]), name)))


def _by_article(groups: Iterable[QuotationGroup]) -> Mapping[ArticleId, Sequence[QuotationGroup]]:
    found: dict[ArticleId, list[QuotationGroup]] = defaultdict(list)
    for group in groups:
        for article in {member.article for member in group.members}:
            found[article].append(group)
    return found


def _stories(
    groups: Sequence[tuple[ArticleId, ...]],
    table: Table,
    gathered: Gathered,
    pairs: Mapping[frozenset[ArticleId], Decision],
) -> tuple[dict[ArticleId, Story], dict[ArticleId, tuple[ArticleLink, ...]]]:
    """The story of each member, and the links of each."""
    together = {
        pair: decision
        for pair, decision in pairs.items()
        if decision.kind is DecisionKind.SAME_STORY
    }
    threaded = _threads(groups, table, gathered)
    stories: dict[ArticleId, Story] = {}
    links: dict[ArticleId, tuple[ArticleLink, ...]] = {}
    for place, group in enumerate(groups):
        found = story_links(group, table, together)
        links |= found
        decided = sorted(
            (decision for pair, decision in together.items() if pair <= set(group)),
            key=lambda item: (item.path, item.line),
        )
        quotations = {item.id: item for name in group for item in table.quotations.get(name, ())}
        story = Story(
            id=StoryId(group[0]),
            members=group,
            links=tuple(
                link for name in group for link in found[name] if link.article < link.other
            ),
            facts=story_facts(
                [table.articles[name] for name in group],
                table.analyses,
                table.mentions,
                [quotations[name] for name in sorted(quotations)],
            ),
            thread=threaded[place],
            decision=decided[0] if decided else None,
        )
        stories |= dict.fromkeys(group, story)
    return stories, links


def _threads(
    groups: Sequence[tuple[ArticleId, ...]], table: Table, gathered: Gathered
) -> list[tuple[StoryId, ...]]:
    """For each group, the other stories of its affair, by date: those nearest in time where there are many."""
    near: list[set[int]] = [set() for _ in groups]
    for one, other in threads(groups, table.evidences, gathered.pairs):
        near[one].add(other)
        near[other].add(one)
    result = []
    for place, others in enumerate(near):
        day = table.evidences[groups[place][0]].day or 0
        nearest = sorted(
            others,
            key=lambda item: (
                abs((table.evidences[groups[item][0]].day or 0) - day),
                groups[item][0],
            ),
        )[:MOST_THREAD]
        heads = [groups[item][0] for item in nearest]
        ordered = sorted(heads, key=lambda name: (date_order(table.articles[name]), name))
        result.append(tuple(StoryId(name) for name in ordered))
    return result


def _on_mains(
    decisions: Iterable[Decision], mains: Mapping[ArticleId, ArticleId]
) -> tuple[Decision, ...]:
    """The decisions on stories and quotations, those on stories with each version replaced by its main one."""
    found = []
    for decision in decisions:
        if decision.kind in (DecisionKind.SAME_STORY, DecisionKind.NOT_SAME_STORY):
            articles = tuple(mains.get(name, name) for name in decision.articles)
            found.append(_with_articles(decision, articles))
        elif decision.kind in (DecisionKind.SAME_QUOTATION, DecisionKind.NOT_SAME_QUOTATION):
            found.append(decision)
    return tuple(sorted(found, key=lambda item: (item.path, item.line)))


def _with_articles(decision: Decision, articles: tuple[ArticleId, ...]) -> Decision:
    return Decision(
        kind=decision.kind,
        articles=articles,
        who=decision.who,
        when=decision.when,
        why=decision.why,
        path=decision.path,
        line=decision.line,
    )


def _ruled_pairs(decisions: Iterable[Decision]) -> dict[frozenset[ArticleId], Decision]:
    """The decision on each pair of articles; the later in the files counts."""
    return {
        frozenset(pair): decision
        for decision in decisions
        if decision.kind in (DecisionKind.SAME_STORY, DecisionKind.NOT_SAME_STORY)
        for pair in combinations(sorted(set(decision.articles)), 2)
    }


def _wishes(
    pairs: Mapping[frozenset[ArticleId], Decision], items: Mapping[ArticleId, Article]
) -> Wishes:
    together: set[Pair] = set()
    apart: set[Pair] = set()
    for pair, decision in pairs.items():
        if all(name in items for name in pair):
            one, other = sorted(pair)
            (together if decision.kind is DecisionKind.SAME_STORY else apart).add((one, other))
    return Wishes(together=frozenset(together), apart=frozenset(apart))


def _stale(
    decisions: Iterable[Decision],
    items: Mapping[ArticleId, Article],
    pairs: Mapping[frozenset[ArticleId], Decision],
) -> Iterator[Problem]:
    """Decisions on stories that cannot be followed, by what is wrong with them."""
    found = []
    for decision in decisions:
        if decision.kind not in (DecisionKind.SAME_STORY, DecisionKind.NOT_SAME_STORY):
            continue
        missing = [name for name in decision.articles if name not in items]
        own = [frozenset(pair) for pair in combinations(sorted(set(decision.articles)), 2)]
        if missing:
            found.append((decision, f"expected published articles, got {', '.join(missing)}"))
        elif not own:
            found.append((decision, "expected two articles that are not versions of one"))
        elif any(pairs[pair].kind is not decision.kind for pair in own):
            found.append((decision, "contradicts a later decision, which is followed"))
    yield from _problems(found)


def _problems(found: Iterable[tuple[Decision, str]]) -> Iterator[Problem]:
    for decision, message in found:
        yield Problem(
            path=decision.path,
            line=decision.line,
            field=decision.kind.value,
            message=message,
            severity=Severity.WARNING,
        )
