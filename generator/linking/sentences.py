"""Which version has which sentence: the sentences that not all versions of a group have."""

from collections.abc import Mapping, Sequence

from generator.linking.tokens import plain_words
from generator.model import Analysis, Article, ArticleId, SentenceRow, Span
from generator.text import segments


def sentence_table(
    versions: Sequence[Article], analyses: Mapping[ArticleId, Analysis]
) -> tuple[SentenceRow, ...]:
    """The rows of some versions, the main one first: its sentences in their order, others where they come in.

    Sentences are the same when their words are. Where an analysis has none, paragraphs stand for them.
    """
    texts = {
        article.id: sentence_texts(article, analyses[article.id].sentences) for article in versions
    }
    holders: dict[str, list[ArticleId]] = {}
    for item, found in texts.items():
        for key in found:
            holders.setdefault(key, []).append(item)
    rows = []
    for key in merged_order([list(found) for found in texts.values()]):
        if len(holders[key]) < len(versions):
            text = texts[holders[key][0]][key]
            rows.append(SentenceRow(text=text, articles=tuple(holders[key])))
    return tuple(rows)


def sentence_texts(article: Article, spans: Sequence[Span]) -> dict[str, str]:
    """The sentences of the text as they stand, by their words, in order."""
    parts = segments(article)
    texts = [parts[span.segment][span.start : span.end] for span in spans if span.segment]
    keyed = {" ".join(plain_words(text)): text for text in reversed(texts or parts[1:])}
    return {key: keyed[key] for key in reversed(keyed) if key}


def merged_order(lists: Sequence[Sequence[str]]) -> list[str]:
    """One order of all keys: each list's new keys follow the key that they follow there."""
    order: list[str] = list(lists[0])
    place: dict[str, tuple[int, ...]] = {key: (index,) for index, key in enumerate(order)}
    for number, keys in enumerate(lists[1:], start=1):
        previous: tuple[int, ...] = (-1,)
        for index, key in enumerate(keys):
            if key not in place:
                place[key] = (*previous[:1], number, index)
            previous = place[key]
    return sorted(place, key=lambda key: place[key])
