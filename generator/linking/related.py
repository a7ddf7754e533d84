"""Related coverage: links between the articles of a story, each with its reasons."""

from collections.abc import Iterator, Mapping, Sequence

from generator.linking.likeness import Evidence, Likeness, likeness
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
    record,
)
from generator.text import words

#: Links of one article within its story; the likest come first.
MOST_LINKS = 12
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
    evidences: Mapping[ArticleId, Evidence]
    mentions: Mapping[ArticleId, Sequence[Mention]]
    quotations: Mapping[ArticleId, Sequence[QuotationGroup]]
    window: int


def story_links(
    members: Sequence[ArticleId], table: Table, decisions: Mapping[frozenset[ArticleId], Decision]
) -> dict[ArticleId, tuple[ArticleLink, ...]]:
    """The links of each member of a story to the others, the likest first."""
    links: dict[ArticleId, tuple[ArticleLink, ...]] = {}
    for article in members:
        near = [
            (likeness(table.evidences[article], table.evidences[other], table.window), other)
            for other in members
            if other != article
        ]
        near.sort(key=lambda item: (-item[0].odds, item[1]))
        links[article] = tuple(
            _link(article, other, alike, table, decisions) for alike, other in near[:MOST_LINKS]
        )
    return links


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
