"""Quotation marks: which stretches of a paragraph stand in marks, whatever the convention."""

import re
from collections.abc import Sequence

import regex

from generator.record import record, replace
from generator.text import base_language

#: What may close a stretch that a mark opened.
CLOSERS = {
    "“": "”“\"", "„": "“”\"", "«": "»", "»": "«»", "‹": "›", "”": "”", "「": "」", "『": "』", "＂": "＂", "״": "״", "〝": "〟", "‟": "”",
    '"': '"”', "‘": "’", "‚": "‘’", "'": "'",
}  # fmt: skip
OPENER = re.compile(f"[{re.escape(''.join(CLOSERS))}]")
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
#: Between Hebrew letters such a mark makes an abbreviation of a word, unless only prefixes stand before it and a word after it.
ABBREVIATES = regex.compile(
    r"(?<=\p{Hebrew})[\"״”“](?=\p{Hebrew})(?!(?<=(?<![\p{Hebrew}])[ובהלכמש]{1,3}.)\p{Hebrew}{2})"
)
WORD_CHARACTER = regex.compile(r"[\p{L}\p{N}]")
#: Before a mark that could open: inside a stretch such a mark closes it, whatever the spaces say.
PAUSES = (",", ".", "!", "?", "…")
#: A plain mark that is never closed opens a stretch up to the end of the paragraph, if that has no more characters.
UNCLOSED_LIMIT = 800
#: Paragraphs after which a stretch that was opened is no longer looked for.
REACH = 5


@record
class Stretch:
    """The words between two marks: from `start` to `end`, the marks themselves from `opening` to `closing`.

    `mark` opened it; `closed` is False where the paragraph ends first; `interrupted` where the same words go on
    in the next stretch, after the narrator.
    """

    opening: int
    start: int
    end: int
    closing: int
    mark: str = ""
    closed: bool = True
    interrupted: bool = False


def stretches(texts: Sequence[str], language: str) -> list[list[Stretch]]:
    """For each paragraph its outermost stretches in marks, trimmed of spaces; what is nested stays inside.

    A stretch that one paragraph opens and a later one closes gives a stretch in each of them.
    """
    code = base_language(language)
    found: list[list[Stretch]] = []
    running: list[Stretch] = []
    for place, text in enumerate(texts):
        first = running.pop(0) if running else None
        inside = [first] if first is not None else []
        if first is None or first.closed:
            inside += _in_paragraph(text, first.closing if first is not None else 0, code)
        last = inside[-1] if inside else None
        if last is not None and last is not first and not last.closed:
            running = _continued(texts[place + 1 : place + 1 + REACH], last.mark, code)
            if not running and not _reopened(texts, place, last):
                inside.pop()
        found.append(inside)
    return found


def _continued(texts: Sequence[str], mark: str, language: str) -> list[Stretch]:
    """The stretches of the paragraphs that follow an open one, up to the mark that closes it; none if nothing does."""
    found: list[Stretch] = []
    for text in texts:
        if text[:1] == mark:
            return []
        for index, character in enumerate(text):
            if character == mark and mark in STRAIGHT and _clearly_opens(text, index):
                return []
            if character in CLOSERS[mark] and _closes(text, index, mark):
                end = _trimmed(text, -1, index)
                return [*found, replace(end, mark=mark)] if end is not None else []
            if character in CLOSERS and character not in STRAIGHT and _opens(text, index, language):
                return []
        whole = _trimmed(text, -1, len(text))
        if whole is None:
            return []
        found.append(replace(whole, mark=mark, closed=False))
    return []


def _reopened(texts: Sequence[str], place: int, stretch: Stretch) -> bool:
    """Whether a stretch that is never closed is one all the same: the next paragraph opens it anew, or the mark is plain."""
    following = texts[place + 1] if place + 1 < len(texts) else ""
    short = stretch.end - stretch.start < UNCLOSED_LIMIT
    return following[:1] == stretch.mark or (stretch.mark not in STRAIGHT and short)


def _in_paragraph(text: str, place: int, language: str) -> list[Stretch]:
    """The stretches of one paragraph from `place` on; the last may be open."""
    found: list[Stretch] = []
    dangling: Stretch | None = None
    closings: dict[str, dict[int, int]] = {}
    while (met := OPENER.search(text, place)) is not None:
        place, mark = met.start(), met.group()
        if _opens(text, place, language):
            if mark not in closings:
                closings[mark] = _closings(text, mark)
            end = closings[mark].get(place)
            if end is not None:
                whole = _trimmed(text, place, end)
                if whole is not None:
                    found.append(replace(whole, mark=mark))
                    dangling = None
                place = end
            elif mark not in SINGLE and dangling is None:
                rest = _trimmed(text, place, len(text))
                dangling = replace(rest, mark=mark, closed=False) if rest is not None else None
        place += 1
    return [*found, dangling] if dangling is not None else found


def _opens(text: str, place: int, language: str) -> bool:
    """Whether the mark at `place`, met outside of any stretch, opens one."""
    mark = text[place]
    if ABBREVIATES.match(text, place) is not None:
        return False
    if mark in OPENS_IN and (language not in OPENS_IN[mark]):
        return False
    before = text[place - 1] if place else " "
    after = text[place + 1] if place + 1 < len(text) else " "
    if mark in SINGLE:
        return BEFORE_OPENING.match(before) is not None and WORD_CHARACTER.match(after) is not None
    if mark in STRAIGHT:
        return before.isspace() or not (after.isspace() or after in ".,;:!?)") or not place
    return True


def _closings(text: str, mark: str) -> dict[int, int]:
    """Where a stretch closes that a mark of this kind opens, by the place of the mark; found in one pass over the text.

    A mark that closes as well is met by the next one that closes; others nest.
    """
    closers, nests = CLOSERS[mark], mark not in CLOSERS[mark]
    found: dict[int, int] = {}
    waiting: list[int] = []
    for index, character in enumerate(text):
        if character in closers and index and _closes(text, index, mark):
            if nests:
                found.update([(waiting.pop(), index)] if waiting else [])
            else:
                if not (mark in STRAIGHT and character == mark and _clearly_opens(text, index)):
                    found.update(dict.fromkeys(waiting, index))
                waiting.clear()
        if character == mark:
            waiting.append(index)
    return found


def _clearly_opens(text: str, index: int) -> bool:
    """Whether a straight mark can only open: the one before it was never closed."""
    after = text[index + 1] if index + 1 < len(text) else " "
    alone = index == 0 or text[index - 1].isspace()
    return (
        alone
        and WORD_CHARACTER.match(after) is not None
        and text[max(0, index - 2) : index].rstrip()[-1:] not in PAUSES
    )


def _closes(text: str, index: int, mark: str) -> bool:
    """Whether a mark that could close does: an apostrophe does not, nor a straight mark before a word, or in one."""
    if ABBREVIATES.match(text, index) is not None:
        return False
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
