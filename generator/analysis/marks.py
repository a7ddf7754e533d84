"""Quotation marks: which stretches of a paragraph stand in marks, whatever the convention."""

from collections.abc import Iterator

import regex

from generator.model import record
from generator.text import base_language

#: What may close a stretch that a mark opened.
CLOSERS = {
    "“": "”“\"", "„": "“”\"", "«": "»", "»": "«»", "‹": "›", "”": "”", "「": "」", "『": "』", "＂": "＂", "״": "״", "〝": "〟", "‟": "”",
    '"': '"”', "‘": "’", "‚": "‘’", "'": "'",
}  # fmt: skip
#: Marks that open in some languages only: elsewhere they close.
OPENS_IN = {
    "»": frozenset(["da", "de", "sl", "hr", "sr", "cs", "sk", "hu"]),
    "”": frozenset(["sv", "fi", "he", "hu", "nb", "bs"]),
}
SINGLE = frozenset("‘‚'")
STRAIGHT = frozenset('"＂״')
#: A stretch in single marks must be this many words: shorter ones are apostrophes more often than not.
SINGLE_WORDS = 3
BEFORE_OPENING = regex.compile(r"[\s(\[{—–:/¿¡-]|[\"“„«]")
WORD_CHARACTER = regex.compile(r"[\p{L}\p{N}]")
UNCLOSED_LIMIT = 800


@record
class Stretch:
    """The words between two marks: from `start` to `end`, the marks themselves from `opening` to `closing`."""

    opening: int
    start: int
    end: int
    closing: int


def stretches(text: str, language: str) -> Iterator[Stretch]:
    """The outermost stretches in marks, in order, trimmed of spaces; what is nested stays inside."""
    place = 0
    while place < len(text):
        mark = text[place]
        if mark in CLOSERS and _opens(text, place, base_language(language)):
            end = _closing(text, place)
            if end is not None:
                found = _trimmed(text, place, end)
                if found is not None:
                    yield found
                    place = end + 1
                    continue
        place += 1


def _opens(text: str, place: int, language: str) -> bool:
    """Whether the mark at `place`, met outside of any stretch, opens one."""
    mark = text[place]
    if mark in OPENS_IN and (language not in OPENS_IN[mark]):
        return False
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if mark in SINGLE:
        return BEFORE_OPENING.match(before) is not None and WORD_CHARACTER.match(after) is not None
    if mark in STRAIGHT:
        return before.isspace() or not (after.isspace() or after in ".,;:!?)") or not place
    return True


def _closing(text: str, place: int) -> int | None:
    """Where the stretch that opens at `place` closes; the end of the paragraph for one that runs on."""
    mark, depth = text[place], 0
    closers = CLOSERS[mark]
    for index in range(place + 1, len(text)):
        character = text[index]
        if character == mark and mark not in closers:
            depth += 1
        elif mark in STRAIGHT and character == mark and _clearly_opens(text, index):
            return None
        elif character in closers and _closes(text, index, mark):
            if not depth:
                return index
            depth -= 1
    running = mark not in SINGLE and mark not in STRAIGHT and len(text) - place < UNCLOSED_LIMIT
    return len(text) if running and not depth else None


def _clearly_opens(text: str, index: int) -> bool:
    """Whether a straight mark can only open: the one before it was never closed."""
    after = text[index + 1] if index + 1 < len(text) else " "
    return text[index - 1].isspace() and WORD_CHARACTER.match(after) is not None


def _closes(text: str, index: int, mark: str) -> bool:
    """Whether a mark that could close does: an apostrophe does not, nor a straight mark before a word."""
    after = text[index + 1] if index + 1 < len(text) else " "
    before = text[index - 1]
    if mark in SINGLE or mark == "״":
        return WORD_CHARACTER.match(after) is None and not before.isspace()
    if mark == "“" and text[index] == "“":
        return WORD_CHARACTER.match(after) is None
    return True


def _trimmed(text: str, opening: int, closing: int) -> Stretch | None:
    start, end = opening + 1, min(closing, len(text))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    inner = text[start:end]
    if WORD_CHARACTER.search(inner) is None:
        return None
    if text[opening] in SINGLE and len(inner.split()) < SINGLE_WORDS:
        return None
    return Stretch(opening=opening, start=start, end=end, closing=min(closing + 1, len(text)))
