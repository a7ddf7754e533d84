"""Quotation groups: the same utterance as different outlets and translators render it.

What is compared is a sentence of a quotation (a statement): outlets choose their sentences, and seldom
quote the same stretch. Only articles of one story are compared, and whatever is the same word for word.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from itertools import product

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from generator.linking.components import components
from generator.linking.days import day_number
from generator.linking.grouping import average_linkage
from generator.model import (
    Analysis,
    Article,
    ArticleId,
    Decision,
    DecisionKind,
    EntityId,
    EntityKind,
    Mention,
    Quotation,
    QuotationGroup,
    QuotationGroupId,
    Reason,
    ReasonKind,
    Rights,
)
from generator.record import record
from generator.text import base_language, words

Floats = NDArray[np.float32]

#: Words of a statement from which word for word the same is the same utterance, whoever prints it.
VERBATIM = 7
#: Mean odds in a group from which nobody needs to be told that it is only probable.
CERTAIN = 3.0
#: Cosine below which two statements are two, in any languages that the encoder knows.
LEAST_MEANING = 0.3
NEVER = -12.0
#: What it adds across languages that one entity speaks, and what it takes if not at the same turn.
SAME_PERSON, OUT_OF_TURN = 2.5, 6.0
#: Characters around a quotation in which a person is beside it.
BESIDE = 120
DECIDED = 1e5


@record
class Statement:
    """A sentence of a quotation, with what it is compared by.

    `place` is where it stands among its article's statements, `turn` among those of its speaker, 0 to 1.
    """

    quotation: Quotation
    language: str
    words: tuple[str, ...]
    vector: Floats
    place: float
    numbers: frozenset[str]
    speaker: EntityId | None
    turn: float = 0.5


def statements_of(
    article: Article,
    analysis: Analysis,
    mentions: Sequence[Mention],
    kinds: Mapping[EntityId, EntityKind] | None = None,
) -> tuple[Statement, ...]:
    """The statements of an article; none where its rights keep its text back."""
    if article.rights is not Rights.FULL or not analysis.statements:
        return ()
    width = len(analysis.meanings) // len(analysis.statements)
    last = max(1, len(analysis.statements) - 1)
    speakers = [speaker_of(item, mentions, kinds or {}) for item in analysis.statements]
    return tuple(
        Statement(
            quotation=quotation,
            language=base_language(article.language),
            words=tuple(words(quotation.text)),
            vector=np.frombuffer(
                analysis.meanings[place * width : (place + 1) * width], dtype="<f2"
            ).astype(np.float32),
            place=place / last,
            numbers=frozenset(word for word in words(quotation.text) if word.isdigit()),
            speaker=speakers[place],
            turn=(speakers[:place].count(speakers[place]) + 0.5) / speakers.count(speakers[place]),
        )
        for place, quotation in enumerate(analysis.statements)
    )


def speaker_entity(quotation: Quotation, mentions: Iterable[Mention]) -> EntityId | None:
    """The entity that is mentioned where the speaker is named; the last of several (*the US minister Smith*)."""
    place = quotation.speaker_span
    if place is None:
        return None
    inside = [item for item in mentions if item.span.overlaps(place)]
    return max(inside, key=lambda item: item.span.start).entity if inside else None


def speaker_of(
    quotation: Quotation, mentions: Sequence[Mention], kinds: Mapping[EntityId, EntityKind]
) -> EntityId | None:
    """The entity that speaks: where nobody known, or only an organisation is named, the one person beside the words."""
    named = speaker_entity(quotation, mentions)
    if kinds.get(named) is EntityKind.PERSON if named is not None else quotation.verb is None:
        return named
    first, last = quotation.spans[0], quotation.spans[-1]
    people = {
        item.entity
        for item in mentions
        if kinds.get(item.entity) is EntityKind.PERSON
        and item.span.segment == first.segment
        and first.start - BESIDE <= item.span.start < last.end + BESIDE
        and not any(item.span.overlaps(span) for span in quotation.spans)
    }
    return people.pop() if len(people) == 1 else named


def group_statements(
    stories: Iterable[Sequence[Statement]],
    dates: Mapping[ArticleId, str],
    decisions: Iterable[Decision] = (),
) -> tuple[QuotationGroup, ...]:
    """The groups of two or more statements, by id; statements are given story by story, lone articles included."""
    ruled = tuple(_rulings(decisions))
    tables = [list(statements) for statements in stories]
    everything = [item for table in tables for item in table]
    ties = [*(tie for table in tables for tie in ties_within(table)), *_verbatim(everything)]
    ties += [pair for pair, same in ruled_pairs(everything, ruled).items() if same]
    by_key = {key_of(item.quotation): item for item in everything}
    groups = []
    for component in components(sorted(by_key), sorted(set(ties))):
        items = [by_key[key] for key in component]
        if len(items) > 1:
            groups += list(statement_groups(items, dates, ruled))
    return tuple(sorted(groups, key=lambda group: group.id))


Key = tuple[ArticleId, int, int]


def key_of(quotation: Quotation) -> Key:
    """Where a statement stands."""
    first = quotation.spans[0]
    return quotation.article, first.segment, first.start


def ties_within(table: Sequence[Statement]) -> Iterator[tuple[Key, Key]]:
    """Statements of one story that speak for one utterance."""
    if len({item.quotation.article for item in table}) < 2:
        return
    odds = statement_odds(table)
    for one, other in zip(*np.nonzero(np.triu(odds, 1) > 0), strict=True):
        yield key_of(table[one].quotation), key_of(table[other].quotation)


def _verbatim(statements: Iterable[Statement]) -> Iterator[tuple[Key, Key]]:
    """Statements that are the same word for word, in any article."""
    seen: dict[tuple[str, ...], Key] = {}
    for item in sorted(statements, key=lambda item: key_of(item.quotation)):
        if len(item.words) >= VERBATIM:
            first = seen.setdefault(item.words, key_of(item.quotation))
            if first != key_of(item.quotation):
                yield first, key_of(item.quotation)


def statement_odds(statements: Sequence[Statement]) -> Floats:
    """Log odds that two statements are one utterance, for every pair."""
    size = len(statements)
    width = max(item.vector.size for item in statements)
    rows = np.zeros((size, width), dtype=np.float32)
    for row, item in zip(rows, statements, strict=True):
        row[: item.vector.size] = item.vector
    meaning = rows @ rows.T
    odds = np.full((size, size), NEVER, dtype=np.float32)
    for one, other in zip(*np.nonzero(np.triu(_worthwhile(statements, meaning), 1)), strict=True):
        value = _odds(statements[one], statements[other], float(meaning[one, other]))
        odds[one, other] = odds[other, one] = value
    return odds


def _worthwhile(statements: Sequence[Statement], meaning: Floats) -> NDArray[np.bool_]:
    """The pairs that could be one utterance: a look at all others in detail would take most of the time."""
    articles = np.array([str(item.quotation.article) for item in statements])
    languages = np.array([item.language for item in statements])
    known = np.array([item.vector.size > 0 for item in statements])
    counted = np.array([bool(item.numbers) for item in statements])
    alike = np.where(known[:, None] & known, meaning >= LEAST_MEANING, counted[:, None] & counted)
    numbers = {item.speaker: number for number, item in enumerate(statements)}
    speakers = np.array(
        [-1 if item.speaker is None else numbers[item.speaker] for item in statements]
    )
    alike |= (speakers[:, None] == speakers) & (speakers >= 0)
    same = languages[:, None] == languages
    return np.asarray(
        (articles[:, None] != articles) & (alike | (same & ~(known[:, None] & known)))
    )


def _odds(one: Statement, other: Statement, meaning: float) -> float:
    if one.quotation.article == other.quotation.article:
        return NEVER
    odds = -2.0 * abs(one.place - other.place)
    shared, either = one.numbers & other.numbers, one.numbers | other.numbers
    if either:
        odds += 2.0 * len(shared) / len(either) - 1.0
    same = one.speaker is not None and one.speaker == other.speaker
    if one.speaker is not None and other.speaker is not None:
        odds += 1.0 if one.speaker == other.speaker else -2.0
    if one.language == other.language:
        return odds + 14.0 * (max(alignment(one.words, other.words), meaning * 0.9) - 0.55)
    if same:
        # One person of one story says much the same in each report, in much the same order.
        odds += SAME_PERSON - OUT_OF_TURN * abs(one.turn - other.turn)
    if one.vector.size and other.vector.size:
        return odds + 14.0 * (meaning - 0.48)
    ratio = min(len(one.words), len(other.words)) / max(len(one.words), len(other.words))
    return odds - 2.0 + ratio + (3.0 if shared else 0.0)


def alignment(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of the shorter statement that stands in the longer, in order; half of it where little of the longer is met."""
    if not one or not other:
        return 0.0
    shared = (len(one) + len(other)) * Indel.normalized_similarity(one, other) / 2
    shorter, longer = sorted((len(one), len(other)))
    return float(shared / shorter * min(1.0, 0.5 + shorter / longer))


def statement_groups(
    items: Sequence[Statement], dates: Mapping[ArticleId, str], ruled: Sequence[Decision]
) -> Iterator[QuotationGroup]:
    """The groups of connected statements."""
    odds = statement_odds(items)
    for one, first in enumerate(items):
        for other, second in enumerate(items):
            if one != other and first.words == second.words:
                odds[one, other] = max(odds[one, other], 2 * CERTAIN)
    places = {key_of(item.quotation): place for place, item in enumerate(items)}
    for (one_key, other_key), same in ruled_pairs(items, ruled).items():
        one, other = places[one_key], places[other_key]
        odds[one, other] = odds[other, one] = DECIDED if same else -DECIDED
    for group in average_linkage(odds):
        if len(group) > 1:
            members = [items[place] for place in group]
            inner = odds[np.ix_(group, group)]
            yield _group(members, inner, dates, ruled)


def _group(
    members: Sequence[Statement],
    odds: Floats,
    dates: Mapping[ArticleId, str],
    ruled: Sequence[Decision],
) -> QuotationGroup:
    ordered = sorted(
        members, key=lambda item: (dates.get(item.quotation.article, ""), key_of(item.quotation))
    )
    quotations = tuple(item.quotation for item in ordered)
    upper = odds[np.triu_indices(len(odds), 1)]
    decision = next((item for item in ruled if _decides(item, quotations)), None)
    speakers = [item.speaker for item in ordered if item.speaker is not None]
    return QuotationGroup(
        id=group_id(quotations[0]),
        members=quotations,
        speaker=max(sorted(set(speakers)), key=speakers.count) if speakers else None,
        certain=decision is not None or float(upper.mean()) >= CERTAIN,
        reasons=tuple(_reasons(ordered)),
        decision=decision,
    )


def _reasons(members: Sequence[Statement]) -> Iterator[Reason]:
    speakers = {item.speaker for item in members}
    if len(speakers) == 1 and None not in speakers:
        yield Reason(kind=ReasonKind.SAME_SPEAKER, items=tuple(str(item) for item in speakers))
    shared = frozenset.intersection(*(item.numbers for item in members))
    if shared:
        yield Reason(kind=ReasonKind.SHARED_FIGURES, value=len(shared), items=tuple(sorted(shared)))
    vectors = [item.vector for item in members if item.vector.size]
    if len(vectors) > 1:
        rows = np.stack(vectors)
        upper = (rows @ rows.T)[np.triu_indices(len(rows), 1)]
        yield Reason(kind=ReasonKind.MEANING, value=round(float(upper.mean()), 3))


def group_id(quotation: Quotation) -> QuotationGroupId:
    """The id of a group, from its earliest statement: its article and a digest of its words."""
    digest = blake2b(" ".join(words(quotation.text)).encode(), digest_size=4).hexdigest()
    return QuotationGroupId(f"{quotation.article}-q-{digest}")


def _rulings(decisions: Iterable[Decision]) -> Iterator[Decision]:
    for decision in decisions:
        if decision.kind in (DecisionKind.SAME_QUOTATION, DecisionKind.NOT_SAME_QUOTATION):
            yield decision


def ruled_pairs(
    statements: Sequence[Statement], ruled: Sequence[Decision]
) -> dict[tuple[Key, Key], bool]:
    """The pairs of statements that a decision names, and whether they are the same; the later counts."""
    found: dict[tuple[Key, Key], bool] = {}
    for decision in ruled:
        named = [
            [item for item in statements if _names(decision, place, item.quotation)]
            for place in range(len(decision.quotations))
        ]
        for place, firsts in enumerate(named):
            for others in named[place + 1 :]:
                same = decision.kind is DecisionKind.SAME_QUOTATION
                pairs = _likest(firsts, others) if same else product(firsts, others)
                for pair in pairs:
                    low, high = sorted(key_of(item.quotation) for item in pair)
                    found[low, high] = same
    return found


def _likest(
    firsts: Sequence[Statement], others: Sequence[Statement]
) -> Iterator[tuple[Statement, Statement]]:
    """The statements of two passages, paired by how alike they are, each once: a passage may hold several sentences."""
    taken: set[Key] = set()
    ranked = [(-_odds(*pair, _meaning(*pair)), pair) for pair in product(firsts, others)]
    for _, pair in sorted(ranked, key=lambda item: item[0]):
        keys = {key_of(item.quotation) for item in pair}
        if taken.isdisjoint(keys):
            taken |= keys
            yield pair


def _meaning(one: Statement, other: Statement) -> float:
    known = one.vector.size and other.vector.size
    return float(one.vector @ other.vector) if known else 0.0


def _names(decision: Decision, place: int, quotation: Quotation) -> bool:
    """Whether a decision means this statement: its words are in the words of the decision, or the other way round."""
    reference = decision.quotations[place]
    if reference.article != quotation.article:
        return False
    said, meant = " ".join(words(quotation.text)), " ".join(words(reference.text))
    return bool(said) and bool(meant) and (said in meant or meant in said)


def _decides(decision: Decision, quotations: Sequence[Quotation]) -> bool:
    if decision.kind is not DecisionKind.SAME_QUOTATION:
        return False
    return (
        sum(
            any(_names(decision, place, item) for item in quotations)
            for place in range(len(decision.quotations))
        )
        > 1
    )


def stale_quotations(
    statements: Sequence[Statement], decisions: Iterable[Decision]
) -> Iterator[tuple[Decision, str]]:
    """Decisions on quotations that name no statement there is, with what is wrong, which a page tells: without the words."""
    for decision in _rulings(decisions):
        for place, reference in enumerate(decision.quotations):
            if not any(_names(decision, place, item.quotation) for item in statements):
                told = f"expected words that {reference.article} quotes and whose rights allow to show them"
                message = f"{told}, got others"
                yield decision, message


def date_order(article: Article) -> str:
    """Where an article stands in time, for ordering; those without a day come last."""
    return article.date.iso if day_number(article.date.iso) is not None else "~"
