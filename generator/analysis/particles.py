"""Particles: who speaks in languages that mark the subject of a sentence behind it, as Japanese and Korean do."""

from collections.abc import Iterator
from functools import cache

import regex

from generator.analysis.rarity import zipf
from generator.analysis.speech import Speech, speech
from generator.text import UNSPACED_START, fold

#: A noun as written without spaces: its words are in Han, katakana or Latin, the grammar between them in hiragana.
JOINED = r"[\p{Han}\p{Katakana}\p{Latin}\p{N}ー々〆・･＝=.&-]"
HONORIFIC = r"(?:さん|さま|ちゃん|くん)?"
NOUN = rf"{JOINED}+(?:[ \u3000]{JOINED}+)?{HONORIFIC}"
#: An age or an office in brackets behind a name, before its title or particle.
ASIDE = rf"(?:\s?[(（][^()（）]{{1,30}}[）)](?:{JOINED}{{1,8}})?{HONORIFIC})?"
#: Who is told of last: *…と話すのは山田さん*.
LAST = regex.compile(rf"[うくすつぬむるただ]のは[、\s]*(?:{NOUN}の)*(?P<name>{NOUN})(?:だ|で|。|$)")
BEFORE_SOURCE = regex.compile(
    rf"(?P<name>{NOUN}){ASIDE}$|(?P<name>(?:[\p{{Hangul}}·]+\s){{0,2}}\p{{Hangul}}+)에\s*$"
)
#: Times, and single characters, are no speakers.
NOBODY = regex.compile(
    r"[\p{N}〇一二三四五六七八九十]+[年月日時分代].*|[今昨毎翌先本当前同][回年月日週後朝夜夏冬春秋度期時初者]|."
)
#: Where a clause ends before another one with its own subject begins.
CLAUSE_END = regex.compile(
    r"(?:[たるだい]が|一方(?:で)?|のに対して?|のに対し|지만|는데|반면|면서|며)[,、，\s]"
)
#: Korean words behind a name that end in these belong to another part of the sentence.
HANGUL = regex.compile(r"[\p{Hangul}\p{Latin}\p{Han}\p{N}.·-]+(?=[\s,(]|$)")
KOREAN = regex.compile(r"\p{Hangul}")
ENDINGS = regex.compile(r"(?:에서|에게|에|을|를|의|으로|로|와|과|도|은|는|께|고|며|서)$")
#: Words before the one with the particle that may belong to a name: *조 바이든 미국 대통령은*.
WORDS_BEFORE = 3
SPACED = regex.compile(r"[\p{L}\p{M}\p{N}.'’-]+")
#: Words of a name with its office before a particle that is a word.
PHRASE = 5
#: A word that is commoner does not begin a name.
COMMON = 4.3


def topic(
    text: str, context: tuple[int, int], way: Speech, language: str
) -> tuple[int, int] | None:
    """Whom the last clause of a context that tells of somebody is about, by the particle."""
    if UNSPACED_START.match(way.topics[0]) is not None:
        find = _nouns
    else:
        find = _words if KOREAN.match(way.topics[0]) is not None else _phrases
    if find is _phrases:
        return next(reversed([*find(text, context, way.topics, language)]), None)
    for particles in (way.topics, way.subjects):
        found = list(find(text, context, particles, language))
        if found:
            ends = [context[0], *(match.end() for match in _clause_ends(text, context, way))]
            return next(
                item
                for end in reversed(ends)
                for item in found
                if item[0] >= end or end == context[0]
            )
    return None


def named_last(text: str, context: tuple[int, int]) -> tuple[int, int] | None:
    """The noun of a sentence that keeps its speaker for the end."""
    last = LAST.search(text, *context)
    return last.span("name") if last is not None else None


def before_source(text: str, context: tuple[int, int]) -> tuple[int, int] | None:
    """The noun at the end of a context, before a word such as *によると* or *에 따르면*."""
    match = BEFORE_SOURCE.search(text, *context)
    return match.span("name") if match is not None else None


def _clause_ends(text: str, context: tuple[int, int], way: Speech) -> Iterator["regex.Match[str]"]:
    found = [*CLAUSE_END.finditer(text, *context), *way.ended.finditer(text, *context)]
    return iter(sorted(found, key=lambda match: match.end()))


def _nouns(
    text: str, context: tuple[int, int], particles: tuple[str, ...], language: str
) -> Iterator[tuple[int, int]]:
    """The nouns before a particle, in a script without spaces."""
    del language
    for match in _before(particles).finditer(text, *context):
        if NOBODY.fullmatch(match["name"]) is None:
            yield match.span("name")


@cache
def _before(particles: tuple[str, ...]) -> "regex.Pattern[str]":
    return regex.compile(rf"(?P<name>{NOUN}){ASIDE}(?:{'|'.join(particles)})(?![ずじうしの])")


def _words(
    text: str, context: tuple[int, int], particles: tuple[str, ...], language: str
) -> Iterator[tuple[int, int]]:
    """The phrases before a particle that is the end of a word; what touches a closing mark is no word."""
    words = [match.span() for match in HANGUL.finditer(text, *context)]
    if words and words[0][0] == context[0] and context[0] and not text[context[0] - 1].isspace():
        words = words[1:]
    for place, (start, end) in enumerate(words):
        ending = next((item for item in particles if text[start:end].endswith(item)), None)
        if ending is None or end - start <= len(ending):
            continue
        first = start
        for begin, stop in reversed(words[max(0, place - WORDS_BEFORE) : place]):
            if ENDINGS.search(text[begin:stop]) or text[stop:first].strip():
                break
            first = begin
        while first < start and zipf(fold(text[first:start].split()[0]), language) > COMMON:
            first += len(text[first:start].split()[0])
            first += len(text[first:start]) - len(text[first:start].lstrip())
        yield first, end - len(ending)


def _phrases(
    text: str, context: tuple[int, int], particles: tuple[str, ...], language: str
) -> Iterator[tuple[int, int]]:
    """The phrases before a particle that is a word of its own."""
    way = speech(language)
    words = [match.span() for match in SPACED.finditer(text, *context)]
    for place, (start, _) in enumerate(words):
        if text[slice(*words[place])] not in particles:
            continue
        first = start
        for begin, stop in reversed(words[max(0, place - PHRASE) : place]):
            if text[begin:stop] in way.prepositions | way.joining or text[stop:first].strip():
                break
            first = begin
        if first < start:
            yield first, words[place - 1][1]
