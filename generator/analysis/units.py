"""What a number counts: the words after it, up to where the thing has its name."""

from collections.abc import Iterator, Mapping
from functools import cache

import regex

from generator.analysis.speech import speech
from generator.record import record
from generator.resources import yaml_resource

CURRENCY = r"\p{Sc}"
SIGN = regex.compile(rf"\s?[%٪％]|\s?{CURRENCY}")
#: A word behind a number or behind another word, with what hyphens join to it.
WORD = regex.compile(
    r"(?P<joint>[\s\u00a0]|['’-])?(?P<word>\p{L}[\p{L}\p{M}\u200c]*(?:[-‑][\p{L}\p{M}]{2,})*)"
)
UNSPACED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"
)
#: Scripts in which one letter is a word; and scripts in which it is never what is counted.
BRIEF = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
NO_LETTER = regex.compile(r"[\p{Arabic}\p{Hebrew}]")
#: What is joined to a number by a hyphen and no longer is an ending: *14-ig*.
ENDING = 3
APOSTROPHES = ("'", "’")
PERCENT = "%"
#: English: a word in the plural; words that look like one, or are one without the ending.
PLURAL = regex.compile(r"\p{Ll}{2,}(?<!ss|us|is)(?<=s)")
ALREADY_PLURAL = frozenset(["people", "men", "women", "children", "feet", "dead", "percent"])


@record
class Words:
    """What a language says between a number and what it counts, and of it."""

    joined: Mapping[str, int]
    multipliers: Mapping[str, int]
    linking: frozenset[str]
    none: frozenset[str]
    clock: frozenset[str]
    percent: tuple[str, ...]
    kinds: frozenset[str]
    adjectives: tuple[str, ...]
    classifiers: tuple[str, ...]


@record
class Counted:
    """Where a figure ends, the power of ten that multiplies it, what it counts."""

    end: int
    power: int
    unit: str | None


def counted(text: str, start: int, language: str) -> Counted:
    """What the number that ends at `start` counts."""
    known = _words(language)
    power, end = _power(text, start, known)
    sign = SIGN.match(text, end)
    if sign:
        return Counted(end=sign.end(), power=power, unit=sign.group().strip())
    for phrase in known.percent:
        stop = end + 1 + len(phrase)
        if text[end : end + 1].isspace() and text[end + 1 : stop].casefold() == phrase:
            return Counted(end=stop, power=power, unit=PERCENT)
    first = WORD.match(text, end)
    if first is None or _is_ending(first):
        return Counted(end=end, power=power, unit=None)
    if power and first["word"].casefold() in known.linking:
        first = WORD.match(text, first.end()) or first
    if UNSPACED.match(first["word"]):
        unit = _classifier(first["word"], known)
        place = first.start("word") + len(unit)
    else:
        place = _last(text, first, language)
        unit = text[first.start("word") : place]
    if not unit or not _countable(first, known) or _of_a_clock(text, place, known):
        return Counted(end=end, power=power, unit=None)
    return Counted(end=place, power=power, unit=unit)


def _power(text: str, start: int, known: Words) -> tuple[int, int]:
    """The power of ten that words after a number stand for, and where they end."""
    power, end = 0, start
    while match := WORD.match(text, end):
        word = match["word"]
        joined = next((item for item in known.joined if word.startswith(item)), None)
        if joined and match["joint"] is None:
            power, end = power + known.joined[joined], end + len(joined)
        elif word.casefold() in known.multipliers and not power:
            power, end = known.multipliers[word.casefold()], match.end()
            end += text[end : end + 1] == "."
        else:
            break
    return power, end


def _countable(word: "regex.Match[str]", known: Words) -> bool:
    """Whether a word after a number can be what it counts."""
    return word["word"].casefold() not in known.none and NO_LETTER.fullmatch(word["word"]) is None


def _is_ending(word: "regex.Match[str]") -> bool:
    """Whether what follows a number is the ending that a language writes after its digits: *14-ig*, *12'si*."""
    if word["joint"] == "-":
        return len(word["word"]) <= ENDING
    return word["joint"] in APOSTROPHES


def _of_a_clock(text: str, place: int, known: Words) -> bool:
    """Whether the number is a time: *9.20 British time*."""
    following = next(_following(text, place), None)
    return following is not None and following["word"].casefold() in known.clock


def _last(text: str, first: "regex.Match[str]", language: str) -> int:
    """Where what is counted ends: with the first word, or after adjectives with the noun."""
    match = first
    for following in _following(text, first.end()):
        if not _goes_on(match["word"], following["word"], language):
            break
        match = following
    return match.end()


def _following(text: str, place: int) -> Iterator["regex.Match[str]"]:
    """The next two words, if but a space is before each."""
    for _ in range(2):
        match = WORD.match(text, place)
        if match is None or match["joint"] is None or not match["joint"].isspace():
            return
        yield match
        place = match.end()


def _goes_on(word: str, following: str, language: str) -> bool:
    """Whether what is counted has its name only with the following word."""
    known = _words(language)
    if following.casefold() in known.none:
        return False
    if word.casefold() in known.kinds or following.casefold() in known.kinds:
        return True
    if language == "de":
        return word.islower() and following[0].isupper()
    if language == "en":
        noun = word in ALREADY_PLURAL or PLURAL.fullmatch(word) is not None
        return not noun and word.islower() and PLURAL.fullmatch(following) is not None
    return word.endswith(known.adjectives) if known.adjectives else False


def _classifier(word: str, known: Words) -> str:
    """What is counted where no spaces part words: the longest known one, or one character where that may be a word."""
    found = next((item for item in known.classifiers if word.startswith(item)), "")
    return found or (word[0] if BRIEF.match(word) else "")


@cache
def _words(language: str) -> Words:
    multipliers = yaml_resource("figures/multipliers.yml")
    units = yaml_resource("figures/units.yml")
    way = speech(language)
    own = (
        way.prepositions | way.joining if language in yaml_resource("quotations/speech.yml") else ()
    )
    return Words(
        joined=dict(sorted(multipliers["joined"].items(), key=lambda item: -len(item[0]))),
        multipliers=multipliers["words"].get(language, {}),
        linking=frozenset(units["linking"].get(language, ())),
        none=frozenset([*own, *units["none"].get(language, ()), *units["clock"]]),
        clock=frozenset(units["clock"]),
        percent=tuple(units["percent"].get(language, ())),
        kinds=frozenset(units["kinds"].get(language, ())),
        adjectives=tuple(units["adjectives"].get(language, ())),
        classifiers=tuple(sorted(units["classifiers"].get(language, ()), key=len, reverse=True)),
    )
