"""The script that an article is written in."""

from collections import Counter
from functools import cache

import regex

from generator.model import Article
from generator.text import lead

SCRIPT = regex.compile(
    r"(\p{Latin})|(\p{Cyrillic})|(\p{Arabic})|(\p{Han})|([\p{Hiragana}\p{Katakana}])|(\p{Hangul})|(\p{Devanagari})"
    r"|(\p{Hebrew})|(\p{Greek})|(\p{Thai})|(\p{Bengali})|(\p{Tamil})|(\p{Ethiopic})|(\p{Khmer})|(\p{Myanmar})|(\p{L})"
)

#: Characters of the text that are looked at with the title.
LEAD = 200


def script(article: Article) -> int:
    """The number of the script, among those of `SCRIPT`, that most letters of the title and the beginning are in; 0: there are none."""
    counts = [0] * (SCRIPT.groups + 1)
    for sign, count in Counter(f"{article.title} {lead(article, LEAD)}").items():
        counts[_script_of(sign)] += count
    counts[0] = 0
    return counts.index(max(counts))


@cache
def _script_of(sign: str) -> int:
    match = SCRIPT.match(sign)
    return 0 if match is None else match.lastindex or 0
