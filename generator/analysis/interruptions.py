"""Interruptions: where the narrator breaks in on spoken words without closing their marks, as in “… — he said — …”."""

from collections.abc import Iterator
from functools import cache

import regex

from generator.analysis.marks import Stretch
from generator.analysis.speakers import CASED_RUN
from generator.analysis.speech import speech
from generator.record import replace
from generator.text import base_language

#: The narrator goes on for no more characters than this.
LONGEST = 200
#: Characters in which to look for where he ends.
REACH = LONGEST + 20
DASHED = regex.compile(r"(?:(?<=[,.!?…:])|(?<=[^\s,.!?…:]))\s+[—–―-]\s*(?=\S)|(?<=\S)\s+[—–―]")
#: Back to the speaker: a dash after a pause, or, where dashes hug the narrator's words, before one.
DASHED_BACK = regex.compile(r"(?<=[,.!?…:])\s+[—–―-]\s*(?=\S)|(?<=\S)[—–―][.,;:]?(?:\s+|$)")
#: Where a comma is all that tells the narrator from the speaker: “…, a dit Name. …”
COMMA_IN = frozenset(["fr"])
#: The same where no pause tells which is which: “… – he said – …”.
SPACED_BACK = regex.compile(r"\s+[—–―-]\s+")
SPACED_IN = regex.compile(r"(?<=[^\s,.!?…:])\s+[—–―-]\s+")
SENTENCE_END = regex.compile(r"[.!?…]\s+(?=\p{Lu})")


def interrupted(text: str, stretch: Stretch, language: str) -> Iterator[Stretch]:
    """The spoken parts of a stretch: the stretch itself if no narrator who says that somebody speaks breaks in."""
    parts = list(_parts(text, stretch, language))
    if not parts:
        yield stretch
        return
    for place, (start, end) in enumerate(parts):
        yield replace(
            stretch,
            opening=stretch.opening if not place else start,
            start=start,
            end=end,
            closing=stretch.closing if end == stretch.end else end,
            interrupted=place < len(parts) - 1,
        )


def _parts(text: str, stretch: Stretch, language: str) -> Iterator[tuple[int, int]]:
    """The places of the parts; none if there is but one."""
    start = stretch.start
    for find in (_dashed, _after_comma):
        for begin, stop in find(text, start, stretch.end, language):
            yield start, start + len(text[start:begin].rstrip())
            start = stop
    if stretch.start < start < stretch.end:
        yield start, stretch.end


def _dashed(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Where a narrator breaks in with a dash, and where the speaker goes on."""
    verbs = speech(language).verbs
    place = start
    while (match := DASHED.search(text, place, end)) is not None:
        place = match.end()
        if verbs.match(text, place, end) is None:
            continue
        spaced = SPACED_IN.match(text, match.start()) is not None
        stop = _back(SPACED_BACK if spaced else DASHED_BACK, text, place, end)
        if stop - place <= LONGEST:
            yield match.start(), stop
            place = stop


def _after_comma(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int]]:
    """Where a narrator breaks in with no more than a comma, and where the speaker goes on."""
    place = start if base_language(language) in COMMA_IN else end
    while (match := _inverted(base_language(language)).search(text, place, end)) is not None:
        place = match.end()
        if CASED_RUN.match(text, place, end) is None:
            continue
        stop = _back(SENTENCE_END, text, place, end)
        if stop - match.start() <= LONGEST:
            yield match.start() + 1, stop
            place = stop


def _back(pattern: "regex.Pattern[str]", text: str, start: int, end: int) -> int:
    """Where the speaker goes on; the end of his words if he does not, or too far away."""
    match = pattern.search(text, start, min(end, start + REACH))
    return end if match is None else match.end()


@cache
def _inverted(language: str) -> "regex.Pattern[str]":
    """A pause and a verb that goes before its subject."""
    return regex.compile(
        rf"[,!?…]\s+(?:(?:a|ont|avait)\s+)?{speech(language).verbs.pattern}\s+", regex.IGNORECASE
    )
