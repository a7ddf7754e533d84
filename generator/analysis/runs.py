"""Whether a name in Han is a word of its own in a longer run of it: told by the frequent words that the run may be cut into."""

from collections.abc import Mapping

import regex

from generator.analysis.rarity import UNLISTED, frequencies

HAN = regex.compile(r"[\p{Han}々]+")
#: What sorts before it is no Han.
FIRST = "\u2e80"
#: Characters around a name that are looked at, and those of the longest word.
REACH, LONGEST = 8, 6
#: The Zipf value of a word that needs nothing to be believed, and the least that a name has.
SURE, NAME = 9.0, 4.0


def within_word(text: str, start: int, end: int, language: str) -> bool:
    """Whether a run of Han is likelier cut into words of which one ends within the name at this place, or holds it and begins
    before it: *Japan* within *East Japan*. A word that goes on behind the name (*the Japanese*) still names it."""
    if text[start] < FIRST:
        return False
    low, high = _run(text, start, end)
    table = frequencies(language) if high - low > end - start else {}
    if not table or not _crossed(text, (low, start, end, high), table):
        return False
    ahead, behind = _least(text[low:high], table), _least(text[low:high][::-1], table, -1)[::-1]
    start, end, run = start - low, end - low, text[low:high]
    longer = (
        SURE - table[run[start:last]] + behind[last]
        for last in range(end, min(start + LONGEST, len(run)) + 1)
        if run[start:last] in table
    )
    name = SURE - max(table.get(run[start:end], 0.0), NAME) + behind[end]
    return ahead[-1] < ahead[start] + min((name, *longer))


def _run(text: str, start: int, end: int) -> tuple[int, int]:
    """The run of Han around a name, as far as it is looked at; the name alone if it is no Han."""
    if HAN.fullmatch(text, start, end) is None:
        return start, end
    before = HAN.search(text[max(0, start - REACH) : start][::-1])
    after = HAN.match(text, end, min(len(text), end + REACH))
    led = before.end() if before is not None and before.start() == 0 else 0
    return start - led, after.end() if after is not None else end


def _crossed(text: str, places: tuple[int, int, int, int], table: Mapping[str, float]) -> bool:
    """Whether a frequent word begins before the name or within it, and ends within or behind it."""
    low, start, end, high = places
    return any(
        text[first:last] in table
        for first in range(max(low, start - LONGEST + 1), end)
        for last in range(max(first + 2, start + 1), min(first + LONGEST, high) + 1)
        if first < start or (first > start and last > end)
    )


def _least(run: str, table: Mapping[str, float], step: int = 1) -> list[float]:
    """How unlikely what stands before each place is at least; the run may be given backwards."""
    found = [0.0]
    for last in range(1, len(run) + 1):
        found.append(
            min(
                found[first] + SURE - _value(run[first:last][::step], table)
                for first in range(max(0, last - LONGEST), last)
                if last - first == 1 or run[first:last][::step] in table
            )
        )
    return found


def _value(word: str, table: Mapping[str, float]) -> float:
    return table.get(word, UNLISTED)
