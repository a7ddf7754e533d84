"""How rare a word is: from tables of frequent words that ship with the package, never from the archive."""

from collections.abc import Mapping
from functools import cache

from generator.resources import resource
from generator.text import base_language

#: Zipf value given to words that a table does not hold, and where there is no table.
UNLISTED = 2.75
UNTABLED = 4.0

#: Tables that serve further languages, or go by another code.
OTHER_CODES = {"no": "nb", "nn": "nb", "fil": "tl", "sr": "hr", "bs": "hr", "prs": "fa"}


@cache
def frequencies(language: str) -> Mapping[str, float]:
    """Zipf values of the frequent words of a language, folded; empty where no table ships."""
    code = base_language(language)
    try:
        text = resource(f"frequency/{OTHER_CODES.get(code, code)}.txt.gz").decode()
    except FileNotFoundError:
        return {}
    table: dict[str, float] = {}
    for line in text.splitlines():
        value, *listed = line.split(" ")
        table |= dict.fromkeys(listed, float(value))
    return table


def zipf(word: str, language: str) -> float:
    """The Zipf value of a folded word: 7 for the commonest, 3 for one in a million words."""
    table = frequencies(language)
    return table.get(word, UNLISTED) if table else UNTABLED
