"""Cutting texts into the words that are indexed; the search page cuts queries by the same rules."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from typing import Any, NamedTuple

import regex

from generator.resources import json_resource

#: A piece of a run without spaces is written as this letter and five digits a UTF-16 unit, so that neither
#: Pagefind's removal of marks nor a stemmer can touch it; `GAP` fills the pieces at the end of a run.
MARK, GAP = "q", "00000"

#: How much of what stands between two spaces is remembered with its words, and how long it is at most.
REMEMBERED, LONGEST_PART = 1 << 17, 24


class Token(NamedTuple):
    """A word or piece of a text: what is indexed, and where it stands (code points)."""

    form: str
    start: int
    end: int


def segmentation_rules() -> dict[str, Any]:
    """The rules that the search page is given, as plain values."""
    rules: dict[str, Any] = json_resource("segmentation.json")
    return {name: value for name, value in rules.items() if name not in ("about", "stemmed")}


def tokens(text: str) -> Iterator[Token]:
    """The words of a text in order; runs of scripts without spaces give one piece a character."""
    return _plain_tokens(text) if _UNUSUAL.search(text) is None else _all_tokens(text)


def forms(text: str) -> list[str]:
    """The words of a text as they are indexed, without their places."""
    return list(chain.from_iterable(map(_parts.__getitem__, text.split())))


class _Parts(dict[str, tuple[str, ...]]):
    """The words of what stands between two spaces: no word goes over one, and most of it has been seen before."""

    def __missing__(self, part: str) -> tuple[str, ...]:
        word = part.strip(_SIGNS)
        plain = word.isascii() and word.isalnum()
        found = (word.lower(),) if plain else tuple(_forms(part))
        if len(part) <= LONGEST_PART:
            if len(self) >= REMEMBERED:
                self.clear()
            self[part] = found
        return found


_parts = _Parts()

#: What is no part of a word in any place, nor of a run without spaces.
_SIGNS = '.,;:!?"()[]'


def _forms(part: str) -> Iterable[str]:
    if _UNUSUAL.search(part) is None:
        return filter(None, map(_form, _PLAIN.findall(part)))
    found: list[str] = []
    for match in _pattern().finditer(part):
        size = _gram_size(match)
        found += _piece_forms(match.group(), size) if size else (_form(match.group()),)
    return filter(None, found)


def common_trigrams(texts: Iterable[str], count: int = 120) -> str:
    """The commonest stretches of three letters of the words of texts, one after the other, commonest first."""
    found: Counter[str] = Counter()
    for text in texts:
        for form in forms(text):
            if not form.startswith(MARK):
                found.update(form[at : at + 3] for at in range(len(form) - 2))
    ordered = sorted(found, key=lambda three: (-found[three], three))
    return "".join(ordered[:count])


def _all_tokens(text: str) -> Iterator[Token]:
    for match in _pattern().finditer(text):
        size = _gram_size(match)
        if size:
            yield from _pieces(match.group(), match.start(), size)
        else:
            form = _form(match.group())
            if form:
                yield Token(form, match.start(), match.end())


#: Latin, Greek, Cyrillic and common punctuation: no marks, no invisible characters, nothing cut into
#: pieces. Such texts, most of all, go a way that is ten times as fast and gives the same.
_UNUSUAL = re.compile(
    r"[^\x00-\xac\xae-\u02af\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]"
)
_PLAIN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


def _plain_tokens(text: str) -> Iterator[Token]:
    for match in _PLAIN.finditer(text):
        form = _form(match.group())
        if form:
            yield Token(form, match.start(), match.end())


def _pieces(run: str, offset: int, size: int) -> Iterator[Token]:
    """Every stretch of `size` characters of a run; the last ones are filled up with gaps."""
    ignored = json_resource("segmentation.json")["ignored"]
    places = [place for place, character in enumerate(run) if character not in ignored]
    last = len(places) - 1
    for index, form in enumerate(_piece_forms(run, size)):
        end = places[min(index + size - 1, last)] + 1
        yield Token(form, offset + places[index], offset + end)


def _piece_forms(run: str, size: int) -> list[str]:
    ignored = json_resource("segmentation.json")["ignored"]
    numbers = [_digits[character] for character in run if character not in ignored]
    numbers += [GAP] * (size - 1)
    following = [numbers[start:] for start in range(size)]
    following[0] = [MARK + number for number in numbers]
    return list(map("".join, zip(*following, strict=False)))


class _Digits(dict[str, str]):
    """Five digits for each UTF-16 unit of a character."""

    def __missing__(self, character: str) -> str:
        units = character.encode("utf-16-be")
        pairs = (units[at : at + 2] for at in range(0, len(units), 2))
        self[character] = digits = "".join(f"{int.from_bytes(pair):05d}" for pair in pairs)
        return digits


_digits = _Digits()


@lru_cache(maxsize=1 << 16)
def _form(word: str) -> str:
    """A word as indexed: its plain letters, with one kind of apostrophe inside."""
    if word.isascii() and word.isalnum():
        return word.lower()
    plain = plain_letters(word).translate(_inner())
    return plain if plain.isalnum() else str(_OUTSIDE.sub("", plain)).strip("'")


def plain_letters(text: str) -> str:
    """Compatibility forms and interchangeable letters made one, digits of all scripts ASCII, small letters."""
    plain = unicodedata.normalize("NFKC", text).lower().translate(_letters())
    pattern, signs = _nasals()
    return pattern.sub(lambda match: signs[(match.lastindex or 0) - 1], plain)


_OUTSIDE = regex.compile(r"[^\p{L}\p{M}\p{N}']")


@cache
def _letters() -> dict[int, str]:
    rules = json_resource("segmentation.json")
    table = dict(rules["letters"])
    for zero in rules["zeros"]:
        for value in range(10):
            table[chr(ord(zero) + value)] = str(value)
    return str.maketrans(table)


@cache
def _nasals() -> tuple[re.Pattern[str], tuple[str, ...]]:
    """One group for the nasals of each script, and the signs that stand for them."""
    rules: dict[str, str] = json_resource("segmentation.json")["nasals"]
    return re.compile("|".join(f"({nasals})" for nasals in rules.values())), tuple(rules)


@cache
def _inner() -> dict[int, str]:
    inner = json_resource("segmentation.json")["inner"]
    return str.maketrans(dict.fromkeys(inner, "'"))


@cache
def _pattern() -> regex.Pattern[str]:
    """One named group a rule of `grams`, then words of all other scripts."""
    rules = json_resource("segmentation.json")
    ignored, inner = regex.escape(rules["ignored"]), regex.escape(rules["inner"])
    runs, cut = [], ""
    for rule in rules["grams"]:
        members = _members(rule)
        cut += members
        runs.append(rf"([{members}](?:[{members}\p{{M}}{ignored}]*[{members}\p{{M}}])?)")
    splits = rules["splits"]
    joiner = rf"(?!(?<=\p{{Script={splits['script']}}}){splits['joiner']})[{ignored}]"
    letter = rf"(?![{cut}])[\p{{L}}\p{{M}}\p{{N}}]"
    word = rf"{letter}(?:{letter}|(?:{joiner}|[{inner}])(?={letter}))*"
    return regex.compile("|".join([*runs, word]), regex.V0)


def _members(rule: dict[str, Any]) -> str:
    scripts: str = "".join(rf"\p{{Script={script}}}" for script in rule["scripts"])
    extra: str = regex.escape(rule["extra"])
    return scripts + extra


def _gram_size(match: regex.Match[str]) -> int:
    """The size of the pieces of a run, 0 for a word."""
    if match.lastindex is None:
        return 0
    size: int = json_resource("segmentation.json")["grams"][match.lastindex - 1]["size"]
    return size
