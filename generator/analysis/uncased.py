"""Names in scripts without capitals: told by rare words, by where they stand beside the verb, or by the clause."""

from collections.abc import Iterator
from functools import cache

import regex
from babel import Locale, UnknownLocaleError

from generator.analysis.rarity import frequencies, zipf
from generator.analysis.speech import Speech
from generator.text import UNSPACED, base_language, fold

Place = tuple[int, int]

#: A Hebrew abbreviation has its mark inside.
WORD = regex.compile(
    rf"[{UNSPACED}]|[[\p{{L}}\p{{M}}\p{{N}}]--[{UNSPACED}]]+"
    rf"(?:(?:[-'’.\u200c]|(?<=\p{{Hebrew}})[\"״”](?=\p{{Hebrew}}))[[\p{{L}}\p{{M}}]--[{UNSPACED}]]+)*",
    regex.V1,
)
HAN_CLAUSE = regex.compile(r"[^，。、；：！？,.;:!?\s“”「」『』（）()]{2,20}$")
DOTTED_RUN = regex.compile(
    r"[\p{Han}\p{Katakana}ー]+(?:[·・＝=][\p{Han}\p{Katakana}ー]+)+|[\p{Katakana}ー]{3,}"
)
#: A word that is commoner is no name.
RARE = 4.3
#: What is left of a word without its preposition is a word of its own from here on.
WORD_OF_ITS_OWN = 3.5
#: Characters, and words at most, of an office before a name; words of a name beside its verb.
LONGEST_OFFICE = 40
BEHIND, AHEAD = 2, 3
PAUSE = regex.compile(r"[^\p{L}\p{M}\p{N}\u200c'’״\"\s-]")
#: Letters of a word that may stand between a preposition of Chinese and the verb without being a place.
PLACE = 2


def rare_runs(text: str, context: Place, way: Speech, language: str) -> Iterator[Place]:
    """Runs of rare words; one that is alone takes the word before it, which may be a common given name."""
    runs: list[list[Place]] = [[]]
    before: list[Place | None] = [None]
    last: Place | None = None
    for match in WORD.finditer(text, *context):
        apart = last is not None and bool(text[last[1] : match.start()].strip())
        named = _rare(match.group(), way, language)
        if runs[-1] and (apart or not named):
            runs.append([])
            before.append(None)
        if named:
            if not runs[-1] and last is not None and not apart:
                before[-1] = last
            runs[-1].append(match.span())
        last = match.span()
    for run, given in zip(runs, before, strict=True):
        alone = len(run) == 1 and given is not None and way.never
        if alone and given and not _grammar(text[slice(*given)], way, language):
            yield given[0], run[-1][1]
        elif run:
            yield run[0][0], run[-1][1]


def beside_verb(text: str, context: Place, verb: Place, way: Speech, language: str) -> Place | None:
    """The words right behind a verb that can be its subject, else, without a rarer name, those its clause begins with."""
    if not way.never:
        return None
    behind = _phrase(text, (verb[1], context[1]), BEHIND, way, language)
    if behind is not None:
        return None if _holds_name(text, (behind[0], context[1]), way, language) else behind
    start = _clause_start(text, (context[0], verb[0]), way)
    for rare, _ in rare_runs(text, (start, verb[0]), way, language):
        *_, word = ["", *WORD.findall(text, start, rare)]
        if word not in way.prepositions:
            return None
    return _phrase(text, (start, verb[0]), AHEAD, way, language)


def _clause_start(text: str, context: Place, way: Speech) -> int:
    """Where the last clause of a context begins, behind its conjunction."""
    start = max([context[0], *(match.end() for match in PAUSE.finditer(text, *context))])
    first = WORD.search(text, start, context[1])
    return first.end() if first is not None and first.group() in way.joining else start


def clauses(text: str, context: Place, way: Speech) -> Iterator[Place]:
    """What stands before each verb back to the last punctuation mark, in scripts without spaces."""
    for verb in way.verbs.finditer(text, *context):
        match = HAN_CLAUSE.search(text, context[0], verb.start())
        if match is not None:
            start, end = cut(text, match.span(), way)
            if text[start:end] not in way.pronouns and end > start:
                yield start, end


def dotted_runs(text: str, context: Place, way: Speech) -> Iterator[Place]:
    """Names from other scripts, which a dot parts, up to a verb; and runs of katakana."""
    for match in DOTTED_RUN.finditer(text, *context):
        verb = way.verbs.search(text, *match.span())
        end = verb.start() if verb is not None and verb.start() > match.start() else match.end()
        owner = match.group().partition("·")[0].rfind("的") + 1
        yield cut(text, (match.start() + owner, end), way)


def cut(text: str, place: Place, way: Speech) -> Place:
    """A Chinese clause without what stands between its subject and the verb: adverbs, times, prepositions with theirs."""
    start, end = place
    if way.adverbs is None:
        return place
    for word in way.prepositions:
        found = text.find(word, start + 2, end)
        if found > 0 and end - found - len(word) >= PLACE and word not in way.joining:
            end = found
    last = regex.search(f"(?:{way.adverbs.pattern})+$", text, pos=start, endpos=end)
    return start, last.start() if last is not None else end


def _rare(word: str, way: Speech, language: str) -> bool:
    folded = fold(word)
    return (
        zipf(folded, language) <= RARE
        and not word[0].isdigit()
        and folded not in calendar(language)
        and way.verbs.fullmatch(word) is None
        and not _attached(word, way, language)
    )


def _attached(word: str, way: Speech, language: str) -> bool:
    """Whether a word is another one with its preposition, perhaps an article between: *to the press* in one word."""
    table = frequencies(language)
    return any(
        table.get(fold(article + word[len(item) :]), 0.0) > WORD_OF_ITS_OWN
        for item in way.attached
        if word.startswith(item)
        for article in ("", *way.articles[:1])
    )


def _grammar(word: str, way: Speech, language: str) -> bool:
    """Whether a word is no part of a name, for its meaning or because it has an article."""
    return _function(word, way, language) or word.startswith(way.articles)


def _function(word: str, way: Speech, language: str) -> bool:
    small = word.casefold()
    return (
        len(word) < 2
        or word[0].isdigit()
        or way.verbs.fullmatch(word) is not None
        or any(small in group for group in (way.prepositions, way.pronouns, way.joining, way.never))
        or fold(word) in calendar(language)
        or _attached(word, way, language)
    )


def _phrase(text: str, context: Place, most: int, way: Speech, language: str) -> Place | None:
    """The first words of a stretch that can be a name; none where the first has an article or is grammar."""
    place: Place | None = None
    for count, match in enumerate(WORD.finditer(text, *context)):
        apart = text[place[1] if place else context[0] : match.start()].strip()
        test = _function if place else _grammar
        if count == most or apart or test(match.group(), way, language):
            break
        place = (place[0] if place else match.start(), match.end())
    return place


def _holds_name(text: str, context: Place, way: Speech, language: str) -> bool:
    """Whether nothing but an office stands before a rarer name."""
    start, end = next(rare_runs(text, context, way, language), (0, 0))
    between = text[context[0] : start]
    return (
        end > 0
        and len(between) <= LONGEST_OFFICE
        and PAUSE.search(between) is None
        and not any(_function(match.group(), way, language) for match in WORD.finditer(between))
    )


@cache
def calendar(language: str) -> frozenset[str]:
    """The names of months and weekdays, folded."""
    try:
        locale = Locale.parse(base_language(language))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    tables = (locale.months, locale.days)
    return frozenset(
        fold(str(name)).rstrip(".")
        for table in tables
        for context in table.values()
        for width in ("wide", "abbreviated")
        for name in context.get(width, {}).values()
    )
