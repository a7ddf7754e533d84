"""The units in which texts are compared, words, whole numbers, blanks and signs, and what of them is mere typography."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import regex

from generator.text import UNSPACED, words

#: Signs that nobody sees: soft hyphens, joiners, marks of direction; and what stretches Arabic words.
UNSEEN = r"\u00ad\u034f\u0640\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"

#: What the characters of words are, where spaces are between words; digits of all scripts are numbers.
SPACED = rf"[[\p{{L}}\p{{M}}\p{{N}}]--[{UNSPACED}\p{{Nd}}]]"

BLANK = r"[ \u00a0\u2009\u202f]"
#: What stands inside numbers and times; the wide comma is the comma of sentences, too.
INSIDE = r"[.,:'’٫٬．：・·]|，(?=\p{Nd}{3}(?!\p{Nd}))"
NUMBER = (
    r"(?:(?<![\p{L}\p{N}])[-+−±%٪％])?"
    rf"(?:\p{{Nd}}{{1,3}}(?:{BLANK}\p{{Nd}}{{3}})+(?!\p{{Nd}})|\p{{Nd}}+)"
    rf"(?:(?:{INSIDE})\p{{Nd}}+)*(?:{BLANK}?[%٪％‰])?"
)
#: The same in Han characters, if there are more than one.
HAN_NUMBER = "[〇零一二三四五六七八九十百千万萬億亿兆]{2,}"
WHOLE_NUMBER = regex.compile(rf"\s*(?:{NUMBER}|{HAN_NUMBER})\s*")

QUOTES = "\"'`´ʼ“”„‟«»‹›‘’‚‛「」『』〝〞〟״׳"
DASH = r"[[\p{Pd}−]--[〜〰゠]]"

TOKEN = regex.compile(
    rf"{NUMBER}|{HAN_NUMBER}"
    rf"|[{UNSPACED}][\p{{M}}{UNSEEN}]*"
    rf"|{SPACED}(?:[{UNSEEN}]*{SPACED}|['’ʼ]{SPACED})*"
    rf"|\s+|{DASH}+|''|``|´´|’’|‘‘|,,|\.\.\.|.",
    regex.V1 | regex.DOTALL,
)

#: Forms of letters and signs that are another width or another shape of the same.
FORMS = regex.compile(r"[…ﬀ-ﭏﭐ-﷿ﹰ-\ufefc\uff01-\uffee]")
UNSEEN_SIGN = regex.compile(rf"[{UNSEEN}]")
QUOTE = regex.compile(rf"''|``|´´|’’|‘‘|,,|[{QUOTES}]")
DASHES = regex.compile(rf"{DASH}+", regex.V1)
SPACE = regex.compile(r"\s+")

APOSTROPHE = regex.compile("[’ʼ]")
GROUPING = regex.compile(rf"(?<=\p{{Nd}})(?<!\p{{Nd}}{{4}}){BLANK}(?=\p{{Nd}}{{3}}(?!\p{{Nd}}))")

LETTERS = regex.compile(rf"[[\p{{L}}\p{{M}}]--[{UNSPACED}]]", regex.V1)
DIGITS = regex.compile(r"\p{Nd}")
WORDY = regex.compile(r"[\p{L}\p{N}]")
UNSPACED_CHARACTER = regex.compile(rf"[[{UNSPACED}]--\p{{Nd}}][\p{{M}}{UNSEEN}]*", regex.V1)

#: What a word weighs, in characters of a script without spaces.
WORD_WEIGHT = 2


def tokens(text: str) -> list[str]:
    """Words, numbers, blanks and marks; joined they are the text."""
    return TOKEN.findall(text)


@lru_cache(maxsize=50_000)
def key(token: str) -> str:
    """What two tokens share that differ in nothing but typography: the signs for quoting and the dashes are one,
    as are all blanks; widths, joined letters and what nobody sees do not count."""
    if token.isascii() and token.isalnum():
        return token
    if token.isspace():
        return " "
    plain = FORMS.sub(lambda form: unicodedata.normalize("NFKC", form.group()), token)
    plain = UNSEEN_SIGN.sub("", SPACE.sub("", unicodedata.normalize("NFC", plain)))
    return str(DASHES.sub("-", QUOTE.sub('"', plain.replace("〜", "~"))))


def is_loose(side: Sequence[str], index: int) -> bool:
    """Whether a token may be there or not without changing what is said: nobody sees it, or it is a blank that
    parts neither two words nor two numbers."""
    token = side[index]
    if not token.isspace():
        return not key(token)
    if not 0 < index < len(side) - 1:
        return True
    before, after = side[index - 1][-1], side[index + 1][0]
    return not any(part.match(before) and part.match(after) for part in (LETTERS, DIGITS))


def wording(text: str) -> str:
    """A text without its typography: the same for texts that differ in nothing else."""
    parts = tokens(text)
    return "".join(key(part) for index, part in enumerate(parts) if not is_loose(parts, index))


def plain_words(text: str) -> list[str]:
    """The words of a text, folded, whatever its apostrophes, its soft hyphens and the blanks inside its numbers."""
    return words(GROUPING.sub("", UNSEEN_SIGN.sub("", APOSTROPHE.sub("'", text))))


def weight(text: str) -> int:
    """How much there is to read."""
    return sum(
        1 if UNSPACED_CHARACTER.fullmatch(token) else WORD_WEIGHT
        for token in tokens(text)
        if WORDY.search(token)
    )
