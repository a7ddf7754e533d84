"""Related coverage: links between the articles of a story, each with its reasons."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from generator.linking.columns import Integers, Likenesses, chunks, columns, likenesses
from generator.linking.likeness import Likeness
from generator.linking.pool import See
from generator.model import (
    Analysis,
    Article,
    ArticleId,
    ArticleLink,
    Decision,
    Mention,
    QuotationGroup,
    Reason,
    ReasonKind,
    Relation,
    Rights,
)
from generator.record import field, record
from generator.text import words

#: Links of one article within its story; the likest come first.
MOST_LINKS = 12
#: Pairs of articles that are looked at in one step.
PAIRS = 200_000
#: What a reason names at most.
MOST_ITEMS = 6
#: Names and numbers in common, and log odds, from which a text in another language is a translation; and how many
#: sentences the shorter has for one of the longer.
TRANSLATED_NAMES, TRANSLATED_ODDS, TRANSLATED_LENGTH = 0.6, 6.0, 0.7
#: Log odds that make a score of one half.
HALF = 6.0


@record
class Table:
    """What links are made from, for all articles."""

    articles: Mapping[ArticleId, Article]
    analyses: Mapping[ArticleId, Analysis]
    mentions: Mapping[ArticleId, Sequence[Mention]]
    quotations: Mapping[ArticleId, Sequence[QuotationGroup]] = field(default_factory=dict)


Near = Mapping[ArticleId, Sequence[tuple[ArticleId, Likeness]]]
"""For each member of a story those that it is likest to, the likest first."""


def nearest(groups: Sequence[Sequence[ArticleId]], see: See, window: int) -> Iterator[Near]:
    """The nearest of each member, story by story."""
    sizes = np.array([len(group) for group in groups], dtype=np.int64)
    counts = sizes * (sizes - 1) // 2
    for begin, end in chunks(counts, PAIRS):
        some = [sorted(group) for group in groups[begin:end]]
        table = columns(see([name for group in some for name in group]))
        firsts = np.cumsum(sizes[begin:end]) - sizes[begin:end]
        places = [np.stack(np.triu_indices(len(group), 1)) for group in some]
        pairs = np.concatenate(
            [first + pair for first, pair in zip(firsts, places, strict=True)], axis=1
        )
        found = likenesses(table, pairs[0], pairs[1], window)
        offset = 0
        for group, pair in zip(some, places, strict=True):
            yield _nearest(group, pair, found, offset)
            offset += pair.shape[1]


def _nearest(group: Sequence[ArticleId], places: Integers, found: Likenesses, offset: int) -> Near:
    """The nearest of each member by what all pairs share; those of the group begin at `offset`."""
    who, other = np.concatenate([places, places[::-1]], axis=1)
    pair = offset + np.tile(np.arange(places.shape[1]), 2)
    order = np.lexsort((other, -found.odds[pair], who)).reshape(len(group), -1)[:, :MOST_LINKS]
    return {
        name: [
            (group[other[place]], _one(found, int(pair[place]))) for place in order[number].tolist()
        ]
        for number, name in enumerate(group)
    }


def _one(found: Likenesses, pair: int) -> Likeness:
    days = float(found.days[pair])
    return Likeness(
        meaning=float(found.meaning[pair]),
        terms=float(found.terms[pair]),
        names=float(found.names[pair]),
        days=None if np.isnan(days) else int(days),
        odds=float(found.odds[pair]),
    )


def story_links(
    members: Sequence[ArticleId],
    near: Near,
    table: Table,
    decisions: Mapping[frozenset[ArticleId], Decision],
) -> dict[ArticleId, tuple[ArticleLink, ...]]:
    """The links of each member of a story to the others, the likest first."""
    return {
        article: tuple(
            _link(article, other, alike, table, decisions) for other, alike in near[article]
        )
        for article in members
    }


def _link(
    article: ArticleId,
    other: ArticleId,
    alike: Likeness,
    table: Table,
    decisions: Mapping[frozenset[ArticleId], Decision],
) -> ArticleLink:
    one, two = table.articles[article], table.articles[other]
    stated = one.translation_of == other or two.translation_of == article
    translated = stated or _translated(one, two, alike, table)
    decision = decisions.get(frozenset((article, other)))
    reasons = [Reason(kind=ReasonKind.STATED, value=1.0)] if stated else []
    if decision is not None:
        reasons.append(Reason(kind=ReasonKind.DECISION, value=1.0))
    return ArticleLink(
        article=article,
        other=other,
        relation=Relation.TRANSLATION if translated else Relation.RELATED,
        score=1.0 if stated else round(max(0.0, alike.odds) / (max(0.0, alike.odds) + HALF), 3),
        reasons=(*reasons, *_reasons(one, two, alike, table)),
        decision=decision,
    )


def _translated(one: Article, two: Article, alike: Likeness, table: Table) -> bool:
    """Whether two texts in two languages say the same from beginning to end."""
    if one.language == two.language:
        return False
    lengths = sorted(len(table.analyses[item.id].sentences) for item in (one, two))
    near = alike.names >= TRANSLATED_NAMES and alike.odds >= TRANSLATED_ODDS
    return near and lengths[0] >= TRANSLATED_LENGTH * max(1, lengths[1])


def _reasons(one: Article, two: Article, alike: Likeness, table: Table) -> Iterator[Reason]:
    """What the two share. What the text says is told only where both texts may be shown."""
    free = one.rights is Rights.FULL and two.rights is Rights.FULL
    groups = {group.id for group in table.quotations.get(one.id, ())}
    shared = sorted({group.id for group in table.quotations.get(two.id, ()) if group.id in groups})
    if shared:
        yield _reason(ReasonKind.SHARED_QUOTATIONS, shared)
    entities = _entities(one, table) & _entities(two, table)
    if entities:
        yield _reason(ReasonKind.SHARED_ENTITIES, sorted(entities))
    if free:
        figures = _figures(one, table) & _figures(two, table)
        if figures:
            yield _reason(
                ReasonKind.SHARED_FIGURES, sorted(figures, key=lambda item: (-len(item), item))
            )
        title = set(words(one.title)) & set(words(two.title))
        telling = sorted(word for word in title if len(word) > 3)
        if telling and one.language == two.language:
            yield _reason(ReasonKind.SHARED_WORDS, telling)
    if alike.meaning > 0:
        yield Reason(kind=ReasonKind.MEANING, value=round(alike.meaning, 3))
    if alike.days is not None:
        yield Reason(kind=ReasonKind.DAYS_APART, value=float(alike.days))


def _reason(kind: ReasonKind, items: Sequence[str]) -> Reason:
    return Reason(kind=kind, value=float(len(items)), items=tuple(items[:MOST_ITEMS]))


def _entities(article: Article, table: Table) -> set[str]:
    return {str(mention.entity) for mention in table.mentions.get(article.id, ())}


def _figures(article: Article, table: Table) -> set[str]:
    """Numbers that are not shared by chance."""
    return {item.value for item in table.analyses[article.id].figures if len(item.value) > 2}
