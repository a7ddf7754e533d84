"""Who reports what: the names, figures and quotations of a story against its articles."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from generator.model import (
    Analysis,
    Article,
    ArticleId,
    FactKind,
    FactRow,
    Figure,
    Mention,
    QuotationGroup,
    Rights,
)
from generator.record import record
from generator.text import base_language, fold, segments

#: Rows of one kind that a table has at most; those that most articles have come first.
MOST_ROWS = 40
#: Mentions of an entity from which it counts though only one article has it.
SOLE_MENTIONS = 3
#: Figures of one unit are the same thing counted differently while the largest is at most so many times the smallest.
SPREAD = 3
#: Letters that words for one thing share at their beginning: endings differ by case and number.
UNIT_LETTERS = 5


@record
class Count:
    """A figure of an article, as it stands there."""

    article: ArticleId
    language: str
    value: Decimal
    unit: str
    form: str


def story_facts(
    members: Sequence[Article],
    analyses: Mapping[ArticleId, Analysis],
    mentions: Mapping[ArticleId, Sequence[Mention]],
    quotations: Iterable[QuotationGroup],
) -> tuple[FactRow, ...]:
    """The table of a story; nothing of an article whose rights keep its text back."""
    free = [article for article in members if article.rights is Rights.FULL]
    if len(free) < 2:
        return ()
    order = {article.id: place for place, article in enumerate(free)}
    return (
        *_entities(free, mentions),
        *_figures([count for article in free for count in _counts(article, analyses[article.id])]),
        *_quotations(order, quotations),
    )


def _ranked(rows: Iterable[FactRow]) -> list[FactRow]:
    """The rows that most articles have, first."""
    return sorted(rows, key=lambda row: (-len(row.values), row.key))[:MOST_ROWS]


def _entities(
    articles: Sequence[Article], mentions: Mapping[ArticleId, Sequence[Mention]]
) -> Iterator[FactRow]:
    forms: dict[str, dict[ArticleId, Counter[str]]] = defaultdict(dict)
    for article in articles:
        for mention in mentions.get(article.id, ()):
            counter = forms[mention.entity].setdefault(article.id, Counter())
            counter[mention.form] += 1
    rows = (
        FactRow(
            kind=FactKind.ENTITY,
            key=entity,
            values={item: _commonest(counter) for item, counter in found.items()},
        )
        for entity, found in forms.items()
        if len(found) > 1 or max(map(Counter.total, found.values())) >= SOLE_MENTIONS
    )
    yield from _ranked(rows)


def _commonest(counter: Counter[str]) -> str:
    return min(counter, key=lambda form: (-counter[form], form))


def _counts(article: Article, analysis: Analysis) -> Iterator[Count]:
    texts = segments(article)
    language = base_language(article.language)
    for figure in analysis.figures:
        if figure.unit is None:
            continue
        span = figure.span
        yield Count(
            article=article.id,
            language=language,
            value=Decimal(figure.value),
            unit=f"{language} {_unit(figure)}",
            form=texts[span.segment][span.start : span.end],
        )


def _unit(figure: Figure) -> str:
    return " ".join(word[:UNIT_LETTERS] for word in fold(figure.unit or "").split())


def _figures(counts: Sequence[Count]) -> Iterator[FactRow]:
    """Rows for one thing counted by several articles, then for one number in several articles, then for the rest."""
    by_unit: dict[str, list[Count]] = defaultdict(list)
    for count in counts:
        by_unit[count.unit].append(count)
    things = [found for _, found in sorted(by_unit.items()) if _one_each(found)]
    used = {(count.article, count.value) for found in things for count in found}
    by_value: dict[Decimal, list[Count]] = defaultdict(list)
    for count in counts:
        if (count.article, count.value) not in used and _telling(count):
            by_value[count.value].append(count)
    left = [_without_translated(found, things) for _, found in sorted(by_value.items())]
    yield from _ranked(_row(found) for found in [*things, *left] if found)


def _without_translated(found: list[Count], things: Iterable[list[Count]]) -> list[Count]:
    """One number in several articles, without those that join the only thing of this number in other languages."""
    owners = [thing for thing in things if found[0].value in {count.value for count in thing}]
    if len(owners) != 1:
        return found
    languages = {count.language for count in owners[0]}
    articles = {count.article for count in owners[0]}
    translated = [
        count
        for count in found
        if count.language not in languages and count.article not in articles
    ]
    owners[0] += translated
    return [count for count in found if count not in translated]


def _one_each(found: Sequence[Count]) -> bool:
    """Whether several articles count the same thing: each gives one value, and none is far from the others."""
    values: dict[ArticleId, set[Decimal]] = defaultdict(set)
    for count in found:
        values[count.article].add(count.value)
    numbers = [count.value for count in found]
    alike = min(numbers) > 0 and max(numbers) <= SPREAD * min(numbers)
    return len(values) > 1 and alike and all(len(item) == 1 for item in values.values())


def _telling(count: Count) -> bool:
    """Whether the same number elsewhere is hardly chance: it is large, or has a fraction."""
    return count.value >= 100 or count.value != count.value.to_integral_value()


def _row(found: Sequence[Count]) -> FactRow:
    values: dict[ArticleId, str] = {}
    differs = len({count.value for count in found}) > 1
    for count in found:
        values.setdefault(count.article, count.form)
    return FactRow(kind=FactKind.FIGURE, key=found[0].form, values=values, differs=differs)


def _quotations(
    order: Mapping[ArticleId, int], groups: Iterable[QuotationGroup]
) -> Iterator[FactRow]:
    rows = []
    for group in groups:
        values: dict[ArticleId, str] = {}
        for member in group.members:
            if member.article in order:
                values.setdefault(member.article, member.text)
        if len(values) > 1:
            differs = len(set(values.values())) > 1
            rows.append(
                FactRow(kind=FactKind.QUOTATION, key=group.id, values=values, differs=differs)
            )
    yield from _ranked(rows)
