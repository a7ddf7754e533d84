"""Interruptions: where the narrator breaks in on spoken words without closing their marks, as in “… — he said — …”."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import regex

from generator.analysis.marks import Stretch
from generator.analysis.speakers import CASED_RUN, speech
from generator.text import base_language

#: The narrator goes on for no more characters than this.
LONGEST = 200
DASHED = regex.compile(r"(?:(?<=[,.!?…:])|(?<=[^\s,.!?…:]))\s+[—–―-]\s*(?=\S)|(?<=\S)\s+[—–―]")
#: Back to the speaker: a dash after a pause, or, where dashes hug the narrator's words, before one.
DASHED_BACK = regex.compile(r"(?<=[,.!?…:])\s+[—–―-]\s*(?=\S)|(?<=\S)[—–―][.,;:]?(?:\s+|$)")
#: Where a comma is all that tells the narrator from the speaker: “…, a dit Name. …”
COMMA_IN = frozenset(["fr"])
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
    while (narrator := _narrator(text, start, stretch.end, language)) is not None:
        yield start, len(text[: narrator[0]].rstrip())
        start = narrator[1]
    if stretch.start < start < stretch.end:
        yield start, stretch.end


def _narrator(text: str, start: int, end: int, language: str) -> tuple[int, int] | None:
    """Where the first narrator after `start` begins, with his dash or comma, and where the speaker goes on."""
    verbs = speech(language).verbs
    for match in DASHED.finditer(text, start, end):
        if verbs.match(text, match.end(), end) is None:
            continue
        back = DASHED_BACK.search(text, match.end(), end)
        stop = end if back is None else back.end()
        if stop - match.end() <= LONGEST:
            return match.start(), stop
    if base_language(language) not in COMMA_IN:
        return None
    for match in _inverted(base_language(language)).finditer(text, start, end):
        if CASED_RUN.match(text, match.end(), end) is not None:
            back = SENTENCE_END.search(text, match.end(), end)
            stop = end if back is None else back.end()
            if stop - match.start() <= LONGEST:
                return match.start() + 1, stop
    return None


@cache
def _inverted(language: str) -> "regex.Pattern[str]":
    """A pause and a verb that goes before its subject."""
    return regex.compile(
        rf"[,!?…]\s+(?:(?:a|ont|avait)\s+)?{speech(language).verbs.pattern}\s+", regex.IGNORECASE
    )
