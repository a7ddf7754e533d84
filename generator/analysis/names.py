"""Names in other letters: transliteration, the spellings a name may take, and a key that most of them share."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import regex
from text_unidecode import unidecode

from generator.model import Entity, EntityId, LanguageCode
from generator.record import record
from generator.resources import yaml_resource
from generator.text import base_language, fold

CYRILLIC = regex.compile(r"\p{Cyrillic}")
LATIN = regex.compile(r"\p{Latin}")
WORD = regex.compile(r"[\p{L}\p{M}ʼ’']+")
VOWELS = frozenset("аеёєиіїоуыэюяъь")
#: Conventions that news in Latin letters uses for Cyrillic names.
CONVENTIONS = (
    "en",
    "uk",
    "de",
    "fr",
    "french_old",
    "pl",
    "es",
    "it",
    "cs",
    "nl",
    "fi",
    "hu",
    "tr",
    "sv",
)
#: Languages whose own convention is used for their names, whoever reads them.
OWN_CONVENTION = {"uk": "uk", "bg": "bg", "sr": "sr", "mk": "mk", "bs": "sr", "cnr": "sr"}

#: Spellings of one sound across languages, longest first, for the shared key.
SOUNDS = (
    ("schtsch", "s"), ("shch", "s"), ("szcz", "s"), ("chtch", "s"), ("tsch", "c"), ("tch", "c"), ("sch", "s"),
    ("tsj", "c"), ("sjt", "s"), ("zsch", "s"), ("cz", "c"), ("cs", "c"), ("ch", "h"), ("kh", "h"), ("gh", "g"),
    ("sh", "s"), ("sz", "s"), ("sj", "s"), ("zh", "s"), ("zs", "s"), ("zj", "s"), ("dj", "dj"), ("dzh", "dj"),
    ("ye", "e"), ("je", "e"), ("ie", "e"), ("ts", "c"), ("tz", "c"), ("ph", "f"), ("th", "t"), ("ck", "k"), ("qu", "k"), ("ff", "v"), ("oe", "u"), ("ou", "u"),
    ("x", "ks"), ("q", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("z", "s"), ("ж", "s"), ("ı", "i"), ("ł", "l"), ("đ", "dj"), ("ø", "o"), ("ß", "s"),
)  # fmt: skip
SOUND = re.compile("|".join(old for old, _ in SOUNDS))
SOUND_OF = dict(SOUNDS)
REPEATED = re.compile(r"(.)\1+")


@record
class Convention:
    """How one language writes Cyrillic; the fields are those of `data/names/cyrillic.yml`."""

    letters: Mapping[str, str]
    start: Mapping[str, str]
    after_vowel: Mapping[str, str]
    endings: Mapping[str, str]


def transliterate(text: str, language: str) -> str:
    """`text` of `language` in Latin letters, for a reader of no particular language; Latin stays as it is."""
    convention = OWN_CONVENTION.get(base_language(language), "en")
    return _converted(text, convention)


def variants(name: str, language: str) -> tuple[str, ...]:
    """Spellings that news in Latin letters may give a Cyrillic name, sorted; itself for other names.

    They are candidates to look for and to suggest, never names that are tagged by themselves.
    """
    if CYRILLIC.search(name) is None:
        return (name,)
    own = OWN_CONVENTION.get(base_language(language), "en")
    return tuple(sorted({_converted(name, item) for item in (*CONVENTIONS, own)}))


def same_name(one: str, other: str) -> bool:
    """Whether two names, in whatever script and spelling, may be one: their sounds are the same."""
    return sound_key(one) == sound_key(other) != ""


def latin_headings(entities: Iterable[Entity]) -> dict[EntityId, dict[LanguageCode, str]]:
    """The headings that are in other scripts, in Latin letters, by entity and language."""
    found: dict[EntityId, dict[LanguageCode, str]] = {}
    for entity in entities:
        for language, names in sorted(entity.names.items()):
            if LATIN.search(names[0]) is None:
                latin = transliterate(names[0], language)
                if latin != names[0]:
                    found.setdefault(entity.id, {})[language] = latin
    return found


def search_names(entity: Entity) -> tuple[str, ...]:
    """All that a reader may type for an entity: its names, and the spellings of Cyrillic ones; sorted."""
    names = {
        spelling
        for language, forms in entity.names.items()
        for name in forms
        for spelling in (name, *variants(name, language))
    }
    return tuple(sorted(names))


@lru_cache(maxsize=100_000)
def sound_key(text: str) -> str:
    """Letters that most spellings of a name share: *Lavrov*, *Lawrow*, *Lavroff* and *Лавров* give `lavrov`."""
    plain = text.isascii() and text.isalpha()
    latin = fold(text if plain else _converted(text, "sound")).replace("'", "").replace("’", "")
    found = SOUND.sub(_sound, latin)
    if not found.isalnum():
        found = "".join(c for c in found if c.isalnum() or c == " ")
    return REPEATED.sub(r"\1", found)


def _sound(match: re.Match[str]) -> str:
    return SOUND_OF[match.group()]


def _converted(text: str, convention: str) -> str:
    return WORD.sub(lambda match: _word(match.group(), convention), _unspaced(text))


def _word(word: str, convention: str) -> str:
    if CYRILLIC.search(word) is not None:
        return _cased(word, _cyrillic(word.lower(), _convention(convention)))
    if LATIN.search(word) is not None:
        return word
    for script, letters in _scripts().items():
        if script.search(word) is not None:
            return _capital("".join(_letters(fold(word), letters)))
    if "\uac00" <= word[0] <= "\ud7a3":
        return _capital(_hangul(word))
    return _capital(unidecode(word).replace(" ", "").lower()) or word


def _unspaced(text: str) -> str:
    """Middle dots between the parts of a foreign name in Han or kana become spaces."""
    return text.replace("·", " ").replace("・", " ")


def _cyrillic(word: str, rules: Convention) -> str:
    for ending, written in rules.endings.items():
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return _cyrillic_letters(word[: -len(ending)], rules) + written
    return _cyrillic_letters(word, rules)


def _cyrillic_letters(word: str, rules: Convention) -> str:
    found = []
    before = ""
    for letter in word:
        if not before and letter in rules.start:
            found.append(rules.start[letter])
        elif before in VOWELS and letter in rules.after_vowel:
            found.append(rules.after_vowel[letter])
        else:
            found.append(rules.letters.get(letter, letter))
        before = letter
    return "".join(found)


def _cased(old: str, new: str) -> str:
    if old.isupper() and len(old) > 1:
        return new.upper()
    return _capital(new) if old[:1].isupper() else new


def _capital(text: str) -> str:
    """First letter a capital; a sign before it stays."""
    for place, letter in enumerate(text):
        if letter.isalpha() and letter not in "ʾʿ":
            return text[:place] + letter.upper() + text[place + 1 :]
    return text


@cache
def _convention(name: str) -> Convention:
    chain = []
    table = yaml_resource("names/cyrillic.yml")
    while name:
        chain.append(table[name])
        name = table[name].get("like", "")
    fields: dict[str, dict[str, str]] = {}
    for field in ("letters", "start", "after_vowel"):
        fields[field] = {}
        for item in reversed(chain):
            fields[field] |= item.get(field, {})
    endings: Mapping[str, str] = next((item["endings"] for item in chain if "endings" in item), {})
    return Convention(**fields, endings=endings)


@cache
def _scripts() -> Mapping["regex.Pattern[str]", Mapping[str, str]]:
    return {
        regex.compile(rf"\p{{{script}}}"): letters
        for script, letters in yaml_resource("names/scripts.yml").items()
    }


def _letters(word: str, letters: Mapping[str, str]) -> Iterator[str]:
    place = 0
    while place < len(word):
        pair = word[place : place + 2]
        if len(pair) == 2 and pair in letters:
            yield letters[pair]
            place += 2
        else:
            yield letters.get(word[place], word[place])
            place += 1


INITIALS = [
    "g",
    "kk",
    "n",
    "d",
    "tt",
    "r",
    "m",
    "b",
    "pp",
    "s",
    "ss",
    "",
    "j",
    "jj",
    "ch",
    "k",
    "t",
    "p",
    "h",
]
MEDIALS = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
FINALS = (
    ["", *["k", "k", "ks", "n", "nj", "nh", "t", "l", "lk", "lm", "lb", "ls", "lt", "lp", "lh", "m", "p", "ps", "t", "t", "ng", "t", "t", "k", "t", "p", "t"]]
)  # fmt: skip


def _hangul(word: str) -> str:
    """Revised Romanization, syllable by syllable."""
    found = []
    for letter in word:
        place = ord(letter) - 0xAC00
        if 0 <= place < 11_172:
            first, rest = divmod(place, 588)
            middle, last = divmod(rest, 28)
            found.append(INITIALS[first] + MEDIALS[middle] + FINALS[last])
        else:
            found.append(letter)
    return "".join(found)
