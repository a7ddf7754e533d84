"""Speech: how each language says who said something, from the tables that ship with the package."""

from collections.abc import Mapping, Sequence
from functools import cache

import regex

from generator.record import record
from generator.resources import yaml_resource
from generator.text import base_language

LATIN_RUN = regex.compile(r"\p{Latin}[\p{Latin}\p{N}.'’-]*(?:[\s·]\p{Latin}[\p{Latin}\p{N}.'’-]*)*")
CASED = regex.compile(r"[\p{Latin}\p{Cyrillic}\p{Greek}\p{Armenian}]")


@record
class Speech:
    """How a language says who said something; patterns match in the text as it stands.

    `follow`: its prepositions stand after their noun; `before`: so do words such as *according to*. `topics` and
    `subjects` are particles behind the subject; `ended` is a verb of speech that ends its
    clause; `quoting` words before a verb say that somebody else quotes the speaker;
    `verbal` ends tell a verb from an office behind a name, where offices stand there;
    `oblique` is the ending of a name that is no subject.
    """

    verbs: "regex.Pattern[str]"
    sources: "regex.Pattern[str] | None"
    pronouns: frozenset[str]
    prepositions: frozenset[str]
    joining: frozenset[str]
    topics: tuple[str, ...]
    subjects: tuple[str, ...]
    ended: "regex.Pattern[str]"
    articles: tuple[str, ...]
    attached: tuple[str, ...]
    never: frozenset[str]
    adverbs: "regex.Pattern[str] | None"
    quoting: frozenset[str]
    verbal: tuple[str, ...]
    oblique: "regex.Pattern[str]"
    follow: bool
    before: bool
    cased: bool
    latin: bool


@cache
def speech(language: str) -> Speech:
    """The speech of a language; what no table says is taken from English, which many outlets quote in."""
    tables = yaml_resource("quotations/speech.yml")
    code = {"no": "nb", "nn": "nb", "prs": "fa", "bs": "hr"}.get(
        base_language(language), base_language(language)
    )
    table: Mapping[str, Sequence[str]] = tables.get(code, {})
    unspaced = code in ("zh", "ja", "th", "km", "lo", "my", "ko")
    sources = _pattern(table.get("sources", ()), unspaced=True)
    sample = "".join([*table.get("verbs", ["a"])][:3])
    nouns = tables["nouns"].get(code, ())
    verbs = _pattern(table.get("verbs", ()), unspaced=unspaced, nouns=nouns) or regex.compile(
        r"(?!)"
    )
    return Speech(
        verbs=verbs,
        sources=sources,
        pronouns=frozenset(table.get("pronouns", ())),
        prepositions=frozenset(table.get("prepositions", ())),
        joining=frozenset(table.get("joining", ())),
        topics=tuple(table.get("topics", ())),
        subjects=tuple(table.get("subjects", ())),
        articles=tuple(table.get("articles", ())),
        attached=tuple(table.get("attached", ())),
        never=frozenset(table.get("never", ())),
        adverbs=_pattern(table.get("adverbs", ()), unspaced=True),
        ended=regex.compile(rf"{verbs.pattern}\p{{Hiragana}}{{0,3}}[,、，]"),
        quoting=frozenset(tables["quoting"].get(code, ())),
        verbal=tuple(tables["verbal"].get(code, ())),
        oblique=regex.compile(rf"['’](?:{tables['oblique'].get(code, '(?!)')})(?![\p{{L}}'’])"),
        follow=code in tables["postpositional"],
        before=code in tables["sources_after"],
        cased=CASED.search(sample) is not None,
        latin=LATIN_RUN.search(sample) is not None,
    )


def _pattern(
    words: Sequence[str], *, unspaced: bool, nouns: Sequence[str] = ()
) -> "regex.Pattern[str] | None":
    """A pattern of words; those with a star may end as they like, but not as `nouns` do."""
    if not words:
        return None
    anything = r"[\p{L}\p{M}]*" + (f"(?<!{'|'.join(nouns)})" if nouns else "")
    parts = sorted(
        (
            regex.escape(word.rstrip("*")) + (anything if word.endswith("*") else "")
            for word in words
        ),
        key=len,
        reverse=True,
    )
    body = "|".join(parts)
    if unspaced:
        return regex.compile(f"(?:{body})", regex.IGNORECASE)
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}\p{{N}}])(?:{body})(?![\p{{L}}\p{{M}}\p{{N}}])", regex.IGNORECASE
    )
