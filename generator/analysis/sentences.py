"""Sentences: where they begin and end, in any script."""

from collections.abc import Iterator

import regex

from generator.model import Article, BlockKind, Span
from generator.text import segments

#: A sentence ends at these, with the marks and brackets that close after it.
ENDS = "!?…‽۔؟।॥።፧၊။។៕"
WIDE_ENDS = "。！？｡"
CLOSING = "\"'”’»›」』）)\\]】"

BOUNDARY = regex.compile(
    rf"(?:[{WIDE_ENDS}]+[{CLOSING}]*)"  # full width: no space follows
    rf"|(?:[.{ENDS}]+[{CLOSING}]*(?=\s|$))"
)
#: Before a full stop: an initial, a day of a month, a title such as *Mr* or *Gen*, a shortened word.
SHORTENED = regex.compile(
    r"(?:^|[\s(\"“«'])(?:\p{L}|\d{1,2}|\p{Lu}\p{Ll}{1,3}|(?:\p{L}\.)+\p{L}|vs|etc|ca|cf|al|ст|им|ул|тыс|млн|млрд|руб|approx|bzw|usw)$"
)
#: So many letters in a row are no shortened word.
LONG = 7
#: Short words with a capital that end sentences all the same.
ORDINARY = frozenset(
    ["yes", "no", "it", "he", "me", "we", "us", "so", "him", "her", "you", "them", "i"]
)
NEXT_SMALL = regex.compile(r"\s*[\p{Ll}\d,;]")
NEXT_OPEN = regex.compile(r"\s*[\"“«„'‘(\[—–-]*\s*[\p{Lu}\p{Lt}\p{Lo}\d]")


def sentences(article: Article) -> tuple[Span, ...]:
    """The sentences of the text, in order; a heading is one, the title is none."""
    found: list[Span] = []
    for number, text in enumerate(segments(article)):
        if number == 0:
            continue
        kind = article.blocks[number - 1].kind
        if kind in (BlockKind.HEADING, BlockKind.SUBHEADING):
            found.append(Span(segment=number, start=0, end=len(text)))
            continue
        found += [Span(segment=number, start=a, end=b) for a, b in sentence_bounds(text)]
    return tuple(found)


def sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every sentence of a paragraph."""
    start = 0
    for match in BOUNDARY.finditer(text):
        if _ends(text, match.start(), match.end()):
            yield start, match.end()
            start = match.end()
            while text[start : start + 1].isspace():
                start += 1
    if text[start:].strip():
        yield start, len(text.rstrip())


def _ends(text: str, stop: int, after: int) -> bool:
    """Whether a full stop at `stop` ends the sentence; `after` is the place behind it."""
    if text[stop] in WIDE_ENDS:
        return True
    rest = text[after : after + 40]
    if NEXT_SMALL.match(rest) and not rest[:2].strip().isdigit():
        return False
    if text[stop] != "." or text[stop : stop + 2] == "..":
        return NEXT_OPEN.match(rest) is not None or not rest.strip()
    if stop >= LONG and text[stop - LONG : stop].isalpha():
        return True
    match = SHORTENED.search(text[max(0, stop - 12) : stop])
    if match is None:
        return True
    word = match.group().strip(" (\"“«'")
    return word.casefold() in ORDINARY or not rest.strip()
