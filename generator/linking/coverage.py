"""Coverage: stories, the quotations that several outlets carry, and why articles belong together, in one go."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

import numpy as np

from generator.linking.days import day_number
from generator.linking.decision_warnings import warnings
from generator.linking.digests import collections, with_digests
from generator.linking.facts import story_facts
from generator.linking.likeness import Evidence, evidence
from generator.linking.memory import Memory, Told
from generator.linking.named import named
from generator.linking.pool import KEPT, Pool, make_pool, numbered, remembering
from generator.linking.quotation_groups import (
    Statement,
    date_order,
    stale_quotations,
    statements_of,
)
from generator.linking.related import Near, Table, nearest, story_links
from generator.linking.stories import Gathered, Wishes, gather_pool, threads
from generator.linking.story_decisions import (
    ABOUT_QUOTATIONS,
    ABOUT_STORIES,
    Pairs,
    ruled_pairs,
    stale,
)
from generator.linking.utterances import Speech, find_quotations, meant_statements
from generator.linking.whereabouts import digest_of
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
)
from generator.record import field, record, replace

#: Other stories of one affair that a story leads to; the nearest in time.
MOST_THREAD = 12

Pair = tuple[ArticleId, ArticleId]


@record
class Conditions:
    """`window`: days within which articles can be one event. `mains` leads from the other versions to the main one.

    `kinds` says what the mentioned entities are, `excerpts` which articles hold the texts of others.
    With a `memory` only what it lacks is found out anew.
    """

    window: int
    mains: Mapping[ArticleId, ArticleId] = field(default_factory=dict)
    kinds: Mapping[EntityId, EntityKind] = field(default_factory=dict)
    excerpts: tuple[ArticleLink, ...] = ()
    memory: Memory | None = None


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
    items = {article.id: article for article in sorted(articles, key=attrgetter("id"))}
    ruled = _on_mains(decisions, conditions.mains)
    memory = conditions.memory or Memory(
        tokens={name: digest_of([name.encode()]) for name in items}
    )
    table = Table(articles=items, analyses=analyses, mentions=mentions)
    pairs = ruled_pairs(ruled)
    wishes = _wishes(pairs, items)
    held = _held(conditions.excerpts, wishes)
    pool = _pool(table, conditions, memory)
    speech = _speech(table, conditions, pool, memory)
    pool = pool.only(name for name in items if name not in held) if held else pool
    gathered = gather_pool(pool, conditions.window, wishes, memory.groups, memory.ties)
    groups = sorted(_ordered(group, items) for group in with_digests(gathered.groups, held))
    quotations = find_quotations(groups, speech, ruled)
    desk = Desk(
        table=replace(table, quotations=_by_article(quotations)),
        pool=pool,
        window=conditions.window,
        memory=memory,
        pairs=pairs,
    )
    stories, links = _stories(groups, gathered, desk)
    meant = meant_statements(speech, ruled)
    problems = [*stale(ruled, items), *warnings(stale_quotations(meant, ruled))]
    return Coverage(
        stories=stories,
        links=links,
        quotation_groups=quotations,
        problems=tuple(sorted(problems)),
    )


def _held(
    excerpts: Iterable[ArticleLink], wishes: Wishes
) -> Mapping[ArticleId, frozenset[ArticleId]]:
    """The articles that hold others, without those that somebody put into a story."""
    decided = {name for pair in wishes.together for name in pair}
    return {name: texts for name, texts in collections(excerpts).items() if name not in decided}


def _pool(table: Table, conditions: Conditions, memory: Memory) -> Pool:
    """The articles as stories see them."""

    def see(name: ArticleId) -> Evidence:
        mentions = named(table.mentions.get(name, ()), conditions.kinds)
        return evidence(table.articles[name], table.analyses[name], mentions)

    days = [day_number(article.date.iso) for article in table.articles.values()]
    tokens = b"".join(map(memory.tokens.__getitem__, table.articles))
    seen = remembering(see, table.analyses, table.mentions)
    return make_pool(tuple(table.articles), numbered(days), tokens, seen)


def _speech(table: Table, conditions: Conditions, pool: Pool, memory: Memory) -> Speech:
    """What the articles quote."""

    @lru_cache(maxsize=KEPT)
    def statements(name: ArticleId) -> Sequence[Statement]:
        mentions = table.mentions.get(name, ())
        return statements_of(table.articles[name], table.analyses[name], mentions, conditions.kinds)

    return Speech(
        ids=pool.ids,
        tokens=pool.tokens,
        date=lambda name: date_order(table.articles[name]),
        statements=statements,
        memory=memory,
    )


@record
class Desk:
    """What stories are told from; `pairs` are the decisions on pairs of articles."""

    table: Table
    pool: Pool
    window: int
    memory: Memory
    pairs: Pairs


def _ordered(
    group: tuple[ArticleId, ...], items: Mapping[ArticleId, Article]
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
    groups: Sequence[tuple[ArticleId, ...]], gathered: Gathered, desk: Desk
) -> tuple[dict[ArticleId, Story], dict[ArticleId, tuple[ArticleLink, ...]]]:
    """The story of each member, and the links of each."""
    threaded = _threads(groups, gathered, desk)
    stories: dict[ArticleId, Story] = {}
    links: dict[ArticleId, tuple[ArticleLink, ...]] = {}
    for group, thread, told in zip(groups, threaded, _told(groups, desk), strict=True):
        decided = [
            decision
            for decision in _within(group, desk.pairs)
            if decision.kind is DecisionKind.SAME_STORY
        ]
        story = Story(
            id=StoryId(group[0]),
            members=group,
            links=tuple(
                link for name in group for link in told.links[name] if link.article < link.other
            ),
            facts=told.facts,
            thread=thread,
            decision=decided[0] if decided else None,
        )
        links |= told.links
        stories |= dict.fromkeys(group, story)
    return stories, links


def _within(group: Sequence[ArticleId], pairs: Pairs) -> list[Decision]:
    """The decisions on pairs of a story, by their place in the files."""
    inside = set(group) if pairs else set()
    found = [decision for pair, decision in pairs.items() if pair <= inside]
    return sorted(found, key=lambda item: (item.path, item.line))


def _told(groups: Sequence[tuple[ArticleId, ...]], desk: Desk) -> Iterator[Told]:
    """What is told of each story; only what is not known is put together."""
    keys = [_story_key(group, desk) for group in groups]
    new = [place for place, key in enumerate(keys) if key not in desk.memory.stories]
    near = nearest([groups[place] for place in new], desk.pool.see, desk.window)
    for place, likest in zip(new, near, strict=True):
        desk.memory.stories[keys[place]] = _tell(groups[place], likest, desk)
    for key in keys:
        yield desk.memory.stories[key]


def _tell(group: Sequence[ArticleId], likest: Near, desk: Desk) -> Told:
    """The links and the facts of one story."""
    together = {
        pair: decision
        for pair, decision in desk.pairs.items()
        if decision.kind is DecisionKind.SAME_STORY
    }
    return Told(
        links=story_links(group, likest, desk.table, together),
        facts=story_facts(
            [desk.table.articles[name] for name in group],
            desk.table.analyses,
            desk.table.mentions,
            _quoted(group, desk),
        ),
    )


def _quoted(group: Sequence[ArticleId], desk: Desk) -> list[QuotationGroup]:
    """The groups of what the articles of a story quote."""
    found = {item.id: item for name in group for item in desk.table.quotations.get(name, ())}
    return [found[name] for name in sorted(found)]


def _story_key(group: Sequence[ArticleId], desk: Desk) -> str:
    """A digest of all that decides what is told of a story."""
    quoted = (
        f"{item.id} {[(one.article, one.spans) for one in item.members]}"
        for item in _quoted(group, desk)
    )
    decided = (str(decision) for decision in _within(group, desk.pairs))
    return digest_of(
        [
            str(desk.window).encode(),
            *(desk.memory.tokens[name] for name in group),
            *(text.encode() for text in (*quoted, *decided)),
        ]
    ).hex()


def _threads(
    groups: Sequence[tuple[ArticleId, ...]], gathered: Gathered, desk: Desk
) -> list[tuple[StoryId, ...]]:
    """For each group, the other stories of its affair, by date: those nearest in time where there are many.

    Groups stand in the order of their first members.
    """
    one, other = threads(groups, desk.pool, gathered.ties, desk.memory.ties)
    who, whom = np.concatenate([one, other]), np.concatenate([other, one])
    articles = desk.table.articles
    firsts = [articles[group[0]] for group in groups]
    days = np.array([day_number(article.date.iso) or 0 for article in firsts], dtype=np.int64)
    order = np.lexsort((whom, np.abs(days[who] - days[whom]), who))
    whom = whom[order]
    ends = np.searchsorted(who[order], np.arange(len(groups) + 1)).tolist()
    result = []
    for begin, end in pairwise(ends):
        heads = [groups[place][0] for place in whom[begin : min(end, begin + MOST_THREAD)].tolist()]
        heads.sort(key=lambda name: (date_order(articles[name]), name))
        result.append(tuple(StoryId(name) for name in heads))
    return result


def _on_mains(
    decisions: Iterable[Decision], mains: Mapping[ArticleId, ArticleId]
) -> tuple[Decision, ...]:
    """The decisions on stories and quotations, those on stories with each version replaced by its main one."""
    found = []
    for decision in decisions:
        if decision.kind in ABOUT_STORIES:
            articles = tuple(mains.get(name, name) for name in decision.articles)
            found.append(_with_articles(decision, articles))
        elif decision.kind in ABOUT_QUOTATIONS:
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
