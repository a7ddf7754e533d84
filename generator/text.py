"""Primitives on text that all rooms share: normal forms, words, scripts, addresses of paragraphs."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import accumulate, chain

import regex
from slugify import slugify

from generator.model import Article, BlockKind, LanguageCode

#: Scripts written without spaces between words: every character counts as a word there.
UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Myanmar}\p{Khmer}"

WORD = regex.compile(
    rf"[{UNSPACED}]\p{{M}}*"  # one character of a script without spaces, with its marks
    rf"|[[\p{{L}}\p{{N}}\p{{M}}]--[{UNSPACED}]]+(?:['’\u200c\u200d][[\p{{L}}\p{{M}}]--[{UNSPACED}]]+)*",
    regex.V1,
)

#: The same for text that has no such script: comparing sets of characters takes most of the time.
SPACED_WORD = regex.compile(r"[\p{L}\p{N}\p{M}]+(?:['’\u200c\u200d][\p{L}\p{M}]+)*", regex.V1)

UNSPACED_START = regex.compile(rf"[{UNSPACED}]")

#: The first character of those scripts; what sorts before it needs no closer look.
FIRST_UNSPACED = "\u0e01"
#: Where all of them are, and others: quicker to look for by far.
MAYBE_UNSPACED = re.compile(f"[{FIRST_UNSPACED}-\u1fff\u2e80-\U0010ffff]")

#: How much text a shingle holds; a word counts two, a character of a script without spaces one.
SHINGLE_UNITS = 8
SHINGLE_WORDS = SHINGLE_UNITS // 2

#: What stands between two blanks is remembered up to this length, without what stands around words and in none.
AROUND = '.,;:!?…"“”„«»()[]'
LONGEST_PART = 30
#: So much is remembered of what stands between two blanks before it is forgotten.
REMEMBERED = 100_000

SPACE = regex.compile(r"\s+")
JOINED = regex.compile(
    rf"(?<=[{UNSPACED}、。，．！？：；「」『』（）〈〉《》])\n(?=[{UNSPACED}、。，．！？：；「」『』（）〈〉《》])"
)

RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "ks", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)
RIGHT_TO_LEFT_SCRIPTS = frozenset({"Arab", "Hebr", "Nkoo", "Syrc", "Thaa", "Adlm", "Rohg"})

SLUG_LENGTH = 60


def normal(text: str) -> str:
    """NFC, every run of white space one space, none at the ends."""
    return SPACE.sub(" ", unicodedata.normalize("NFC", text)).strip()


def join_lines(text: str) -> str:
    """Put a hard-wrapped paragraph on one line: a newline is a space, nothing between Han, kana or Thai."""
    return normal(str(JOINED.sub("", text)))


def joined(parts: Iterable[str]) -> str:
    """Parts of a text as one: a space between two, nothing between Han, kana or Thai."""
    return str(JOINED.sub("", "\n".join(parts))).replace("\n", " ")


def fold(text: str) -> str:
    """A form for comparing: NFKC, case folded, without the marks that writers leave out.

    Latin, Greek, Cyrillic, Hebrew and Arabic lose their combining marks; other scripts need
    theirs (Indic vowel signs) and keep them.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return unicodedata.normalize("NFC", LOOSE_MARKS.sub("", text))


LOOSE_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670]")


def words(text: str) -> list[str]:
    """The words of a text, folded; single characters in scripts without spaces."""
    return list(chain.from_iterable(map(_parts.__getitem__, text.split(" "))))


class _Parts(dict[str, tuple[str, ...]]):
    """The words of what stands between two blanks: no word goes over one, and most of it has been seen before."""

    def __missing__(self, part: str) -> tuple[str, ...]:
        if len(part) > LONGEST_PART:
            return tuple(_cut(part))
        found = tuple(_cut(part.strip(AROUND)))
        if len(self) >= REMEMBERED:
            self.clear()
        self[part] = found
        return found


_parts = _Parts()


def _cut(text: str) -> list[str]:
    folded = fold(text)
    if folded.isalnum() and (folded.isascii() or not has_unspaced(folded)):
        return [folded]
    found: list[str] = (WORD if has_unspaced(folded) else SPACED_WORD).findall(folded)
    return found


def has_unspaced(text: str) -> bool:
    """Whether a text has characters of scripts without spaces."""
    return MAYBE_UNSPACED.search(text) is not None and UNSPACED_START.search(text) is not None


def shingles(tokens: Sequence[str]) -> list[str]:
    """Overlapping runs of four words, or of eight characters in scripts without spaces.

    One run starts at each word that has enough words after it; a shorter text is its only run.
    """
    if len(tokens) >= SHINGLE_WORDS and max(tokens) < FIRST_UNSPACED:
        return list(map(" ".join, zip(*(tokens[n:] for n in range(SHINGLE_WORDS)), strict=False)))
    ends = list(
        accumulate(
            1 if token >= FIRST_UNSPACED and UNSPACED_START.match(token) else 2 for token in tokens
        )
    )
    runs, end = [], 0
    for start in range(len(tokens)):
        reach = (ends[start - 1] if start else 0) + SHINGLE_UNITS
        while end < len(tokens) and ends[end] < reach:
            end += 1
        if end == len(tokens):
            break
        runs.append(" ".join(tokens[start : end + 1]))
    return runs or ([" ".join(tokens)] if tokens else [])


def word_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every word of a text as it stands."""
    return [match.span() for match in WORD.finditer(text)]


@lru_cache(maxsize=10_000)
def base_language(code: LanguageCode | str) -> str:
    """The first subtag: `pt` of `pt-BR`."""
    return code.split("-", 1)[0].lower()


def direction(code: LanguageCode | str) -> str:
    """`rtl` or `ltr`, by the script subtag where there is one, else by the language."""
    for subtag in code.split("-")[1:]:
        if len(subtag) == 4:
            return "rtl" if subtag.title() in RIGHT_TO_LEFT_SCRIPTS else "ltr"
    return "rtl" if base_language(code) in RIGHT_TO_LEFT else "ltr"


@lru_cache(maxsize=4096)
def paragraph_address(text: str) -> str:
    """`p-` and six hex digits of the text, so that it lives as long as the words do."""
    return words_address(words(text))


def words_address(words: Iterable[str]) -> str:
    """The address of a paragraph of these words, folded."""
    return "p-" + blake2b(" ".join(words).encode(), digest_size=3).hexdigest()


def paragraph_addresses(article: Article) -> tuple[str, ...]:
    """The address of each block, in order."""
    return text_addresses(block.text for block in article.blocks)


def text_addresses(texts: Iterable[str]) -> tuple[str, ...]:
    """The addresses of paragraphs that stand one after the other, from the first on."""
    return set_apart(map(paragraph_address, texts))


def set_apart(addresses: Iterable[str]) -> tuple[str, ...]:
    """Addresses in order; the second of equal ones gets `-2`, and so on."""
    seen: dict[str, int] = {}
    apart = []
    for address in addresses:
        seen[address] = seen.get(address, 0) + 1
        apart.append(address if seen[address] == 1 else f"{address}-{seen[address]}")
    return tuple(apart)


def segments(article: Article) -> tuple[str, ...]:
    """The title and the blocks: what the spans of an analysis count in."""
    return (article.title, *(block.text for block in article.blocks))


def body_text(article: Article) -> str:
    """The text as written in the corpus: blocks separated by an empty line, without their marks."""
    return "\n\n".join(block.text for block in article.blocks)


def shortened(text: str, length: int) -> str:
    """The beginning of a text, cut at a word where there are spaces."""
    if len(text) <= length:
        return text
    head, _, _ = text[:length].rpartition(" ")
    return (head if len(head) > length // 2 else text[: length - 1]).rstrip(" ,;:") + "…"


def lead(article: Article, length: int = 400) -> str:
    """The first `length` characters of the text, headings apart, cut at a word."""
    plain = " ".join(
        block.text
        for block in article.blocks
        if block.kind not in (BlockKind.HEADING, BlockKind.SUBHEADING)
    )
    if len(plain) <= length:
        return plain
    return plain[:length].rsplit(" ", 1)[0]


def slug(text: str) -> str:
    """A slug of at most `SLUG_LENGTH` ASCII characters, cut between words; `untitled` for none."""
    return str(slugify(text, max_length=SLUG_LENGTH, word_boundary=True)) or "untitled"
