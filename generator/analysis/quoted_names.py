"""Names in quotation marks: of a ship, a book or a newspaper; nobody says them."""

import regex

from generator.analysis.marks import Stretch
from generator.analysis.speech import speech
from generator.model import Quotation
from generator.text import base_language

ENDS_SENTENCE = regex.compile(r"[.!?…。！？۔।]$")
#: Up to four words with capitals, or numbers.
NAME_ALONE = regex.compile(
    r"(?:\p{Lu}[\p{L}\p{M}\p{N}'’-]*|\p{N}+)(?:[\s-](?:\p{Lu}[\p{L}\p{M}\p{N}'’-]*|\p{N}+)){0,3}"
)
#: Up to four words, of which only the first need have a capital.
CAPITAL_FIRST = regex.compile(
    r"\p{Lu}[\p{L}\p{M}\p{N}'’-]*(?:\s[\p{L}\p{M}\p{N}][\p{L}\p{M}\p{N}'’-]*){0,3}"
)
#: Slavic languages in Cyrillic letters: a colon goes before what somebody says, or one of these words.
COLON_BEFORE = frozenset(["be", "bg", "mk", "ru", "sr", "uk"])
THAT = frozenset([
    "что", "чтобы", "будто", "якобы", "що", "щоб", "ніби", "нібито", "як",
    "што", "каб", "нібыта", "че", "да", "дека", "дали", "иако", "как",
])  # fmt: skip
#: A word in Cyrillic letters with no pause behind it.
CYRILLIC_BEFORE = regex.compile(r"(?<![\p{L}\p{N}])(\p{Cyrillic}[\p{Cyrillic}\p{M}'’-]*)\s+$")
#: Characters before a mark in which to look for that word.
LONGEST_WORD = 40


def is_name(quotation: Quotation) -> bool:
    """Whether nobody is said to say what the marks are around, and it looks like a name."""
    return (
        quotation.speaker is None
        and quotation.verb is None
        and ENDS_SENTENCE.search(quotation.text) is None
        and NAME_ALONE.fullmatch(quotation.text) is not None
    )


def governed_name(text: str, part: Stretch, language: str) -> bool:
    """Whether a stretch is the name of what the word before it tells: of a ship, an outlet, in Slavic languages that
    are written in Cyrillic letters, where only the first word of such a name has a capital."""
    code = base_language(language)
    if code not in COLON_BEFORE or not part.closed:
        return False
    if CAPITAL_FIRST.fullmatch(text, part.start, part.end) is None:
        return False
    before = CYRILLIC_BEFORE.search(text, max(0, part.opening - LONGEST_WORD), part.opening)
    return before is not None and before.group(1).casefold() not in THAT | speech(code).joining
