"""Statements: the sentences of quotations, which is what other outlets take over, each with its own choice."""

from collections.abc import Iterable, Iterator

import regex

from generator.analysis.sentences import sentence_bounds
from generator.model import Article, Quotation, Span
from generator.record import replace
from generator.text import joined, segments, words

#: Words of a statement; fewer say nothing that only one person could have said.
LEAST_WORDS = 3
#: The narrator has ended his sentence before the speaker goes on.
ENDED = regex.compile(r"[.!?…]\s*[—–―-]?\s*$")
#: Statements kept of one article, in order: an interview has hundreds.
MOST = 40


def statements(article: Article, quotations: Iterable[Quotation]) -> tuple[Quotation, ...]:
    """The sentences of quotations, in order; one that the narrator interrupts stays whole, unless he ends it."""
    texts = segments(article)
    found = [
        statement
        for quotation in quotations
        for statement in _sentences(quotation, texts)
        if len(words(statement.text)) >= LEAST_WORDS
    ]
    return tuple(found[:MOST])


def _sentences(quotation: Quotation, texts: tuple[str, ...]) -> Iterator[Quotation]:
    open_spans: list[Span] = []
    for number, span in enumerate(quotation.spans):
        text = texts[span.segment][span.start : span.end]
        bounds = list(sentence_bounds(text)) or [(0, len(text))]
        last_span = number == len(quotation.spans) - 1
        for place, (start, end) in enumerate(bounds):
            open_spans.append(
                Span(segment=span.segment, start=span.start + start, end=span.start + end)
            )
            if place < len(bounds) - 1 or last_span or _ended(quotation, number, texts):
                yield _cut(quotation, tuple(open_spans), texts)
                open_spans = []


def _ended(quotation: Quotation, number: int, texts: tuple[str, ...]) -> bool:
    """Whether the narrator ends a sentence between a span and the next."""
    span, following = quotation.spans[number : number + 2]
    between = texts[span.segment][span.end : following.start]
    return span.segment == following.segment and ENDED.search(between) is not None


def _cut(quotation: Quotation, spans: tuple[Span, ...], texts: tuple[str, ...]) -> Quotation:
    text = joined(texts[span.segment][span.start : span.end] for span in spans)
    return replace(quotation, spans=spans, text=text)
