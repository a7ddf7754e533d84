"""The shape of a block and of its neighbourhood, as numbers that speak for or against its being article text."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from math import log2
from string import digits

import regex

from generator.ingest.blocks import RawBlock, words_of
from generator.ingest.kept import kept_around
from generator.ingest.phrases import PhraseMatch, match_phrases
from generator.record import record
from generator.resources import yaml_resource
from generator.text import UNSPACED, fold, words

#: Marks that end sentences: of most scripts, Devanagari, Burmese, Khmer, Urdu, Armenian, Ethiopic, Tibetan.
STOPS = ".!?。！？؟।॥။\u17d4\u17d5۔…\u0589\u1362\u1367\u0f0d"
SENTENCE_END = regex.compile(rf"[{STOPS}՞\u17d6:：;][\"”’»)\]」』）〉》]*$")
FULL_STOP = regex.compile(rf"[{STOPS}][\"”’»)\]」』）]*(?:\s+(?=\S)|$)|(?<=[。！？])")
#: Scripts without such marks, and the size from which on a block of them is running text.
UNMARKED = regex.compile(r"[\p{Thai}\p{Lao}]")
LONG_UNMARKED = 60
INNER = regex.compile(r"[,;:、，；：،؛]")
CUT_OFF = regex.compile(r"(?:\.\.\.?|…)$")
UNSPACED_LETTER = regex.compile(rf"[{UNSPACED}]")
#: Both begin at a word's begin, so that a long line is not searched from each of its letters.
URL = regex.compile(
    r"(?:https?://|www\.)\S+|(?<![\p{L}\d.-])[\p{L}\d.-]{1,80}\.(?:com|org|net|ru|de|fr)/\S*"
)
EMAIL = regex.compile(r"(?<!\S)(?:\S{1,80}@\S{1,200}\.\p{L}{2,}|@\w{2,})")
DATE = regex.compile(
    r"\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b|\d{4}[-./年년]\s?\d{1,2}[-./月월]|\b(?:19|20)\d\d\b|\d{1,2}[:h時시点]\d{2}"
)
#: A name or names and nothing else, in letters that have capitals.
NAME = (
    r"\p{Lu}[\p{Ll}\p{M}'’.-]+(?:\s(?:\p{Lu}\.|d[aeiu]|von|van|de la|bin))*"
    r"(?:\s\p{Lu}[\p{L}\p{M}'’-]*\p{Ll}){1,2}"
)
NAMES_ALONE = regex.compile(rf"{NAME}(?:(?:,|\s&|,?\s\p{{Ll}}{{1,3}})\s{NAME}){{0,3}}")
SEPARATOR = regex.compile(r"\s[|·•»›>/—–]\s|[|»›]")
NUMBER_ONLY = regex.compile(r"[\p{N}\p{P}\p{S}\s]+")

#: Features that decide by themselves.
PLAIN = frozenset(
    {
        "nothing but addresses",
        "announced by a label",
        "ends with a credit",
        "running header or footer",
    }
)

#: Words from which on a block with sentences counts as running text.
LONG = 18
#: Blocks looked at on either side.
NEAR = 6


@record
class Shape:
    """A block with what was measured on it: `features` are mostly 0 to 1."""

    block: RawBlock
    size: float
    phrases: tuple[PhraseMatch, ...]
    features: Mapping[str, float]

    @property
    def running(self) -> bool:
        """Whether it looks like running text by itself."""
        return bool(self.features.get("running"))


def measure_blocks(blocks: Sequence[RawBlock], titles: Sequence[int] = ()) -> tuple[Shape, ...]:
    """Every block with its features and those of its surroundings; `titles` are where the title stands."""
    own = [_measure(block) for block in blocks]
    start = _title_before_text(own, titles)
    column = _main_column(own)
    repeats = Counter(fold(shape.block.text) for shape in own)
    seen: Counter[str] = Counter()
    begun, ends = _body_begins(own, start), 0
    # What is plainly not the article does not part the text it stands in.
    places = [index for index, shape in enumerate(own) if not PLAIN & shape.features.keys()]
    present = frozenset(places)
    text = [own[index] for index in places]
    kept = kept_around([shape.block for shape in own], [shape.size for shape in own])
    result = []
    for index, shape in enumerate(own):
        key = fold(shape.block.text)
        seen[key] += 1
        around = _surroundings(text, max(0, bisect_left(places, index)), present=index in present)
        place = {
            "in the main column": float(column is not None and shape.block.indent == column),
            "left of the main column": float(column is not None and shape.block.indent < column),
            "columns known": float(column is not None),
            "said before": float(seen[key] > 1),
            "said again": float(repeats[key] > seen[key]),
        }
        if index > begun and _ends_articles(shape):
            ends += 1
        place["before any body"] = float(index < begun)
        place["behind an end mark"] = float(ends == 1)
        place["behind several end marks"] = min(1.0, max(0, ends - 1) / 3)
        features = {
            **shape.features,
            **around,
            **place,
            **_after_title(index, start, titles),
            **kept[index],
        }
        result.append(
            Shape(block=shape.block, size=shape.size, phrases=shape.phrases, features=features)
        )
    return tuple(result)


@lru_cache(maxsize=4096)  # a text is looked at several times
def _measure(block: RawBlock) -> Shape:
    text = block.text
    found = words_of(text)
    unspaced = sum(1 for word in found if UNSPACED_LETTER.match(word))
    #: Two characters of an unspaced script weigh about as much as a word.
    size = len(found) - unspaced / 2
    ends = bool(SENTENCE_END.search(text)) and not CUT_OFF.search(text)
    stops = len(FULL_STOP.findall(text))
    cased = [word for word in text.split() if word[0].isupper() or word[0].islower()]
    capital = sum(1 for word in cased if word[0].isupper()) / len(cased) if cased else 0.0
    features = {
        "size": min(6.0, log2(1 + size)) / 6,
        "3 words or fewer": float(size <= 3),
        "4 to 7 words": float(3 < size <= 7),
        "8 words or more": float(size >= 8),
        "18 words or more": float(size >= LONG),
        "40 words or more": float(size >= 40),
        "running": float(_is_running(text, size, ends=ends, stops=stops)),
        "ends a sentence": float(ends and not text.rstrip().endswith((":", "："))),
        "ends with a colon": float(text.endswith((":", "："))),
        "cut off": float(bool(CUT_OFF.search(text))),
        "several sentences": float(stops >= 2),
        "commas": min(1.0, len(INNER.findall(text)) / max(1.0, size) * 8),
        "capitalised words": capital if len(cased) >= 4 else 0.5,
        "all capitals": float(len(text) > 3 and text.isupper()),
        "list item": float(block.item),
        "heading": float(bool(block.level)),
        "first heading": float(block.level == 1),
        "table row": float(block.table),
        "links": block.links,
        # The sign first: without it the patterns would try every stretch of a long line in vain.
        "address": float(("/" in text or "www." in text) and bool(URL.search(text))),
        "mail address": float("@" in text and bool(EMAIL.search(text))),
        "short with a date": float(size < 14 and bool(DATE.search(text))),
        "separators": float(size < 25 and bool(SEPARATOR.search(text))),
        "digits": _digits(text) / max(1, len(text)),
        "no words": float(bool(NUMBER_ONLY.fullmatch(text))),
        "speaks to the reader": min(1.0, _reader_words(text, size) * 8),
        "quotation": float(text[:1] in "“\"«„「『'‘—–" and size >= 8),
    }
    features |= dict.fromkeys(block.hints, 1.0)
    phrases = match_phrases(text)
    features |= dict.fromkeys(_plain(text, size, phrases), 1.0)
    for phrase in phrases:
        short = "short" if size <= 14 else "long"
        features[f"{phrase.category} words, {short}"] = 1.0
        if phrase.place == "whole":
            features[f"{phrase.category} label"] = 1.0
    return Shape(block=block, size=size, phrases=phrases, features=features)


def _is_running(text: str, size: float, *, ends: bool, stops: int) -> bool:
    """Whether a block has sentences; in scripts that do not mark their ends, whether it is too long for a line."""
    if (size >= LONG and (ends or stops >= 1)) or (size >= 10 and ends):
        return True
    return size >= LONG_UNMARKED and UNMARKED.search(text) is not None


def _digits(text: str) -> int:
    return sum(map(text.count, digits)) if text.isascii() else sum(map(str.isdigit, text))


#: Phrases that seldom stand before an article's last word.
END_MARKS = frozenset({"comments", "related", "subscribe", "legal", "cookies"})


def _ends_articles(shape: Shape) -> bool:
    if (
        "announced by a label" in shape.features
    ):  # a line within the text that points to another article
        return False
    return shape.size <= 14 and any(
        phrase.category in END_MARKS and phrase.place != "inside" for phrase in shape.phrases
    )


def _body_begins(shapes: Sequence[Shape], title: int | None) -> int:
    """The first block, behind the title if that is known, with much running text in the next few."""
    for index in range(0 if title is None else title + 1, len(shapes)):
        near = shapes[index : index + NEAR]
        if shapes[index].running and sum(min(s.size, 60) for s in near if s.running) >= 60:
            return index
    return 0 if title is None else title + 1


def _title_before_text(shapes: Sequence[Shape], titles: Sequence[int]) -> int | None:
    """The title's place nearest before the most running text; a title may also stand in a menu."""
    best: tuple[float, int] | None = None
    for title in titles:
        following = shapes[title + 1 : title + 31]
        text = sum(min(shape.size, 60) for shape in following if shape.running)
        if best is None or text >= best[0] * 0.8:
            best = (max(text, best[0] if best else 0), title)
    return None if best is None else best[1]


def _after_title(index: int, start: int | None, titles: Sequence[int]) -> dict[str, float]:
    if start is None:
        return {"title not known": 1.0}
    return {
        "before the title": float(index < start),
        "the title": float(index in titles),
        "just after the title": float(0 < index - start <= 4),
        "soon after the title": float(4 < index - start <= 20),
        "long after the title": float(index - start > 80),
    }


#: Categories whose words, with a colon, announce what is not the article.
ANNOUNCING = frozenset({"related", "credit", "share", "subscribe", "advert"})
#: A credit stands in the last words of a caption: in so many characters, and in scripts without spaces.
CREDIT_LENGTH, CREDIT_LENGTH_UNSPACED = 45, 15


def _plain(text: str, size: float, phrases: Sequence[PhraseMatch]) -> list[str]:
    """The names of what a block says so plainly that nothing speaks against it."""
    folded = fold(text)
    found = []
    if text and all(URL.fullmatch(part) for part in text.split()):
        found.append("nothing but addresses")
    for phrase in phrases:
        label = folded.find(phrase.phrase) + len(phrase.phrase)
        colon = folded[label - 1 : label + 2].strip()[:2]
        if (
            phrase.place == "start"
            and phrase.category in ANNOUNCING
            and (":" in colon or "：" in colon)
        ):
            found.append("announced by a label")
        if (
            phrase.category == "credit"
            and size <= 60
            and folded.rfind(phrase.phrase) >= len(folded) - _credit_length(phrase.phrase)
        ):
            found.append("ends with a credit")
    return found


def _credit_length(phrase: str) -> int:
    return CREDIT_LENGTH_UNSPACED if UNSPACED_LETTER.search(phrase) else CREDIT_LENGTH


QUOTED = regex.compile(r"“[^”]*”?|\"[^\"]*\"?|«[^»]*»?|„[^“”]*[“”]?|「[^」]*」?")


def _reader_words(text: str, size: float) -> float:
    """The share of words such as *we*, *our*, *you* outside quotations: an outlet speaking, not reporting."""
    if size < 5:
        return 0.0
    plain = words(QUOTED.sub(" ", text))
    return sum(1 for word in plain if word in _pronouns()) / max(1.0, size)


@cache
def _pronouns() -> frozenset[str]:
    lists = yaml_resource("ingest/reader_words.yml").values()
    return frozenset(fold(word) for found in lists for word in found)


def _main_column(shapes: Sequence[Shape]) -> int | None:
    """The indentation of most running text, where the layout uses indentation."""
    weights: Counter[int] = Counter()
    for shape in shapes:
        if shape.running and not shape.block.item:
            weights[shape.block.indent] += round(shape.size)
    if len({shape.block.indent for shape in shapes}) < 4 or not weights:
        return None
    return min(weights, key=lambda indent: (-weights[indent], indent))


def _surroundings(shapes: Sequence[Shape], index: int, *, present: bool) -> dict[str, float]:
    """What stands before and behind: running text, furniture, how far it is to the next.

    `index` is the block's place among `shapes`, or the place it would have if it is not `present`.
    """
    before = shapes[max(0, index - NEAR) : index][::-1]
    behind = shapes[index + present : index + present + NEAR]
    gap_before, gap_behind = _gap(before), _gap(behind)
    furniture = [sum(1 for shape in side[:3] if _furniture(shape)) / 3 for side in (before, behind)]
    listed = [sum(1 for shape in side[:3] if shape.block.item) / 3 for side in (before, behind)]
    return {
        "running text just before": float(gap_before == 0),
        "running text just behind": float(gap_behind == 0),
        "running text near before": float(0 < gap_before <= 3),
        "running text near behind": float(0 < gap_behind <= 3),
        "between running text": float(gap_before <= 3 and gap_behind <= 3),
        "amid running text": float(gap_before == 0 and gap_behind == 0),
        "no running text near": float(gap_before > NEAR - 1 and gap_behind > NEAR - 1),
        "running text around": min(
            1.0, sum(min(s.size, 60) for s in [*before, *behind] if s.running) / 300
        ),
        "furniture before": furniture[0],
        "furniture behind": furniture[1],
        "list before": listed[0],
        "list behind": listed[1],
        "short blocks around": sum(1 for s in [*before[:4], *behind[:4]] if s.size <= 6) / 8,
    }


def _gap(side: Sequence[Shape]) -> int:
    """Blocks until the next running text on one side; `NEAR` if there is none."""
    return next((gap for gap, shape in enumerate(side) if shape.running), NEAR)


def _furniture(shape: Shape) -> bool:
    return any(
        f"{phrase.category} label" in shape.features or shape.size <= 14 for phrase in shape.phrases
    )
