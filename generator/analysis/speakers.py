"""Speakers: who is said to have spoken words that stand in quotation marks, and with which verb."""

from collections.abc import Iterator

import regex

from generator.analysis.particles import before_source, named_last, topic
from generator.analysis.rarity import frequencies, zipf
from generator.analysis.speech import LATIN_RUN, Speech, speech
from generator.analysis.uncased import (
    WORD,
    beside_verb,
    calendar,
    clauses,
    dotted_runs,
    rare_runs,
)
from generator.record import record
from generator.text import UNSPACED, fold

#: The same, with what stands together in Han, in katakana or in hiragana as one word.
RUN = regex.compile(rf"\p{{Han}}+|\p{{Hiragana}}+|[\p{{Katakana}}ー]+|{WORD.pattern}", regex.V1)
PARTICLE = (
    r"(?:de|del|della|di|da|dos|das|do|van|von|der|den|ten|ter|zu|bin|ibn|al|el|la|le|af|av|y|e)"
)
NAME = (
    r"(?:\p{Lu}\.){2,4}|[\p{Lu}\p{Lt}][\p{L}\p{M}\p{N}'’-]*"
    r"(?:(?<=\b\p{Lu}\p{L}{0,2})\.(?=\s\p{Lu}))?"  # the full stop of an initial, or of *Inc.*
)
CASED_RUN = regex.compile(
    rf"(?<![\p{{L}}\p{{N}}])(?:{NAME})(?:\s+(?:{PARTICLE}\s+){{0,2}}(?:{NAME})|[-’'](?:{NAME}))*"
)
#: An abbreviated office before a name: *CEO of*.
TITLED = regex.compile(rf"\p{{Lu}}{{2,4}}\s+(?:{PARTICLE}\s+)*(?=\p{{Lu}}\p{{Ll}})")
UNSPACED_WORD = regex.compile(rf"[{UNSPACED}]")

#: A Hebrew abbreviation is an office, or what somebody holds it in.
ABBREVIATED = regex.compile(r"\p{Hebrew}[\"״”]\p{Hebrew}")

#: A word that is commoner than this is no name in scripts without capitals, or alone at the start of a sentence.
RARE = 4.3
#: What counts as so many characters of distance: a preposition before the name, a comma between; a name of several
#: words, a name that begins its clause and a name in Latin letters among others count as nearer.
AFTER_PREPOSITION = 150
ACROSS_COMMA = 12
FULL_NAME = 25
FIRST = 30
FOREIGN = 25
#: Characters between a verb and a pronoun that is its subject.
BESIDE = 12
#: Characters between an organisation and whoever holds an office in it; what parts the two.
LONGEST_OFFICE = 40
PARTS = regex.compile(r"[,;:.()—–،、，。]")
#: Letters of a word that may be an article between a preposition and a name.
ARTICLE = 3


@record
class Found:
    """A name in a context, from `start` to `end`; `stands_for` where a pronoun points to whoever spoke before."""

    start: int
    end: int
    stands_for: bool = False


@record
class Attribution:
    """What the words around a quotation say: the place of the speaker, the verb; places count in the paragraph."""

    speaker: Found | None
    verb: str | None


def attribution(
    text: str, before: tuple[int, int], after: tuple[int, int], language: str
) -> Attribution:
    """Who speaks, by the words before and after a quotation; both are places in `text`, empty ones allowed."""
    way = speech(language)
    verb = _verb(text, before, after, way)
    source = _source(text, before, after, way, language)
    if verb is None:
        if source is not None:
            return Attribution(speaker=source, verb=None)
        if text[before[0] : before[1]].rstrip().endswith((":", "：")):
            return Attribution(speaker=subject(text, before, language), verb=None)
        return Attribution(speaker=None, verb=None)
    start, end = verb
    context = before if end <= before[1] and start >= before[0] else after
    marked = _topic(text, (context[0], max(verb[0], context[0])), way, language)
    if marked is None and context is after:
        marked = _topic(text, before, way, language) or _last(text, after, way)
    speaker = marked or _nearest(text, context, verb, way, language)
    if speaker is None and context is after:
        speaker = subject(text, before, language)
    if (speaker is None or speaker.stands_for) and source is not None:
        speaker = source
    return Attribution(speaker=speaker, verb=text[start:end])


def _verb(
    text: str, before: tuple[int, int], after: tuple[int, int], way: Speech
) -> tuple[int, int] | None:
    """The verb of speech that stands nearest to the quotation."""
    found: list[tuple[int, tuple[int, int]]] = []
    colon = text[before[0] : before[1]].rstrip().endswith((":", "：", ",", "，"))
    for match in _verbs(text, before, way):
        distance = before[1] - match.end()
        found.append((distance // 2 if colon else distance, match.span()))
    first = next(iter(_verbs(text, after, way)), None)
    if first is not None and not _joins(text[after[0] : first.start()], way):
        found.append((first.start() - after[0], first.span()))
    return min(found)[1] if found else None


def _verbs(text: str, context: tuple[int, int], way: Speech) -> Iterator["regex.Match[str]"]:
    """The verbs of speech in a context; with a capital they are names, but for the first word."""
    first = True
    for match in way.verbs.finditer(text, *context):
        begins = first and not text[context[0] : match.start()].strip()
        if begins or not match.group()[0].isupper():
            yield match
        first = False


def spoken(text: str, context: tuple[int, int], language: str) -> Found | None:
    """Who speaks in a sentence without a quotation, or what it is about."""
    way = speech(language)
    verbs = list(_verbs(text, context, way))
    found = _topic(text, context, way, language)
    if found is None and verbs:
        found = _nearest(text, context, verbs[-1].span(), way, language)
    found = subject(text, context, language) if found is None else found
    return None if found is not None and found.stands_for else found


def _joins(between: str, way: Speech) -> bool:
    """Whether the verb after a quotation belongs to another clause."""
    found = [word.casefold() for word in RUN.findall(between)]
    return bool(way.joining.intersection(found[:2])) or len(found) > 12


def _source(
    text: str, before: tuple[int, int], after: tuple[int, int], way: Speech, language: str
) -> Found | None:
    """The name after words such as *according to*."""
    if way.sources is None:
        return None
    for context in (after, before):
        matches = list(way.sources.finditer(text, *context))
        for match in matches if way.before else ():
            found = _before_source(text, (context[0], match.start()), way, language)
            if found is not None:
                return found
        names = list(_names(text, context, way, language)) if matches else []
        for match in matches:
            near = [found for found in names if -1 <= found.start - match.end() < 60]
            foreign = [found for found in near if LATIN_RUN.match(text, found.start)]
            if near:
                return foreign[0] if foreign and not way.latin else near[0]
    return None


def _before_source(text: str, context: tuple[int, int], way: Speech, language: str) -> Found | None:
    """The name at the end of a context, before words such as *according to* where these follow it."""
    if way.topics and (noun := before_source(text, context)) is not None:
        return Found(start=noun[0], end=noun[1], stands_for=text[slice(*noun)] in way.pronouns)
    near = [
        found for found in _names(text, context, way, language) if context[1] - found.end <= BESIDE
    ]
    return near[-1] if near else None


def _topic(text: str, context: tuple[int, int], way: Speech, language: str) -> Found | None:
    """Whom a particle marks as the subject."""
    place = topic(text, context, way, language) if way.topics else None
    if place is None:
        return None
    stands_for = text[slice(*place)] in way.pronouns
    return Found(start=place[0], end=place[1], stands_for=stands_for)


def _last(text: str, context: tuple[int, int], way: Speech) -> Found | None:
    """Whom a sentence names at its end: *…と話すのは山田さんだ*."""
    place = named_last(text, context) if way.topics else None
    return Found(start=place[0], end=place[1]) if place is not None else None


def subject(text: str, context: tuple[int, int], language: str) -> Found | None:
    """The first name of a clause that no preposition goes before."""
    way = speech(language)
    marked = _topic(text, context, way, language)
    if marked is not None:
        return marked
    first = WORD.search(text, *context)
    if way.cased and first is not None and first.group().casefold() in way.pronouns:
        return Found(start=first.start(), end=first.end(), stands_for=True)
    candidates = list(_names(text, context, way, language))
    free = [found for found in candidates if not _after_preposition(text, found, way)]
    return next(iter(free or candidates), None)


def _nearest(
    text: str, context: tuple[int, int], verb: tuple[int, int], way: Speech, language: str
) -> Found | None:
    """The name, or the word that stands for one, that is nearest to the verb."""
    people = list(_people(text, context, way, language))
    if not way.quoting.isdisjoint(text[context[0] : verb[0]].casefold().split()[-1:]):
        free = [found for found in people if not _after_preposition(text, found, way)]
        people = (
            free[1:2] or free[:1] or people
        )  # the first one quotes the second, if there are two
    ranked: list[tuple[int, int, Found]] = []
    for index, found in enumerate(people):
        if found.start < verb[1] and found.end > verb[0]:
            continue
        distance = _distance(text, found, verb, way)
        if not index and found.start < verb[0] and distance < AFTER_PREPOSITION:
            distance -= FIRST
        ranked.append((distance, found.start, found))
    ranked += list(_stand_ins(text, context, verb, way))
    beside = None if way.cased else beside_verb(text, context, verb, way, language)
    if beside is not None:
        ranked.append((-FIRST, beside[0], Found(start=beside[0], end=beside[1])))
    if not ranked:
        return None
    best = min(ranked, key=lambda item: item[:2])[2]
    if best.stands_for:
        # “Smith agreed when he said …”: the name is at the head of the same sentence.
        heads = [item[2] for item in ranked if not item[2].stands_for and item[2].end < best.start]
        return next((item for item in heads if not _after_preposition(text, item, way)), best)
    return best


def _people(text: str, context: tuple[int, int], way: Speech, language: str) -> Iterator[Found]:
    """The names without those that only say what the one after them is: *WHO chief Ann Lee*."""
    kept: list[Found] = []
    within = False
    for found in reversed(list(_names(text, context, way, language))):
        name = text[found.start : found.end]
        office = (
            within
            or bool(kept and _office(text[found.end : kept[-1].start], way))
            or name.isupper()
            or ABBREVIATED.search(name)
            or zipf(fold(name), language) > RARE
        )
        within = bool(kept) and office and _introduces(text, found, kept[-1], way)
        if not within:
            kept.append(found)
    yield from reversed(kept)


def _introduces(text: str, found: Found, following: Found, way: Speech) -> bool:
    """Whether a single word, or an outlet with an office, stands right before a full name, with nothing that parts them."""
    between = text[found.end : following.start]
    if " " not in text[following.start : following.end]:
        return False
    if " " in text[found.start : found.end] and not _office(between, way):
        return False
    if len(between) > LONGEST_OFFICE or PARTS.search(between) or way.verbs.search(between):
        return False
    return way.follow or not _after_preposition(text, following, way)


def _office(between: str, way: Speech) -> bool:
    """Whether small words that may be an office, and no grammar, stand between two names: *Example Bank economist*."""
    found = WORD.findall(between)
    grammar = way.prepositions | way.joining | way.pronouns
    return (
        bool(way.verbal)
        and any(len(word) > ARTICLE for word in found)
        and not found[-1].endswith(way.verbal)
        and all(word.islower() and word not in grammar for word in found)
        and way.verbs.search(between) is None
    )


def _stand_ins(
    text: str, context: tuple[int, int], verb: tuple[int, int], way: Speech
) -> Iterator[tuple[int, int, Found]]:
    """Pronouns right beside the verb, ranked as `_nearest` ranks names."""
    for match in WORD.finditer(text, *context):
        distance = max(match.start() - verb[1], verb[0] - match.end())
        if distance <= BESIDE and match.group().casefold() in way.pronouns:
            stand_in = Found(start=match.start(), end=match.end(), stands_for=True)
            yield distance - FIRST, match.start(), stand_in


def _distance(text: str, found: Found, verb: tuple[int, int], way: Speech) -> int:
    """How far a name is from a verb, in characters, less what speaks for its being the subject."""
    between = text[found.end : verb[0]] if found.end <= verb[0] else text[verb[1] : found.start]
    distance = len(between) + ACROSS_COMMA * between.count(",")
    name = text[found.start : found.end]
    apart = way.follow or found.end <= verb[0] or len(between) > 6
    if apart and _after_preposition(text, found, way):
        distance += AFTER_PREPOSITION
    if " " in name:
        distance -= FULL_NAME
    if not way.latin and LATIN_RUN.match(name):
        distance -= FOREIGN
    return distance


def _after_preposition(text: str, found: Found, way: Speech) -> bool:
    """Whether the word before the name, or before its article, is a preposition; the word after it, where such follow.

    So is the ending of a name: *Port Hale's mayor* is not Port Hale.
    """
    if way.oblique.match(text, found.end) is not None:
        return True
    if way.follow:
        after = WORD.search(text, found.end, found.end + BESIDE)
        return after is not None and after.group().casefold() in way.prepositions
    words = [word.casefold() for word in WORD.findall(text[max(0, found.start - 30) : found.start])]
    near = words[-1:] if words and len(words[-1]) > ARTICLE else words[-2:]
    return not way.prepositions.isdisjoint(near)


def _names(text: str, context: tuple[int, int], way: Speech, language: str) -> Iterator[Found]:
    """What may be the name of a speaker, in order."""
    if way.cased or not frequencies(language):
        for match in CASED_RUN.finditer(text, *context):
            start, end = _bare(text, match.span(), way)
            if _name_like(text[start:end], text, start, language):
                yield Found(start=start, end=end, stands_for=_described(text, (start, end), way))
        if way.cased:
            return
    found = [(match.start(), match.end()) for match in LATIN_RUN.finditer(text, *context)]
    if UNSPACED_WORD.search(text[slice(*context)]):
        found += dotted_runs(text, context, way)
        found += [] if found else clauses(text, context, way)
    else:
        found += rare_runs(text, context, way, language)
    for start, end in sorted(found):
        yield Found(start=start, end=end)


def _bare(text: str, place: tuple[int, int], way: Speech) -> tuple[int, int]:
    """Words with capitals without an office or a preposition before the name, and without the ending of a genitive."""
    start, end = place
    title = TITLED.match(text, start, end)
    start = title.end() if title is not None else start
    first, _, rest = text[start:end].partition(" ")
    if rest and first.casefold() in way.prepositions | way.joining | way.pronouns:
        start = end - len(rest.lstrip())
    endings = list(way.oblique.finditer(text, start, end))
    if not endings or (endings[-1].end() == end and _goes_on(text, end, way)):
        return start, end
    last = endings[-1]
    rest = text[last.end() : end].lstrip()
    if not rest:
        return start, last.start()
    # *McExample's Corporation* is one name.
    return (end - len(rest), end) if " " in rest or way.follow else (start, end)


def _goes_on(text: str, place: int, way: Speech) -> bool:
    """Whether grammar follows a name that ends like a genitive: *McExample's said*."""
    following = WORD.match(text, place + 1)
    if following is None or text[place : place + 1] != " ":
        return True
    word = following.group()
    grammar = way.prepositions | way.joining
    return word.casefold() in grammar or way.verbs.fullmatch(word) is not None


def _described(text: str, place: tuple[int, int], way: Speech) -> bool:
    """Whether a name with an article only describes who speaks, whom the text has named: *the Larnum mayor said*."""
    start, end = place
    words = [
        *WORD.findall(text, max(0, start - BESIDE), start),
        *WORD.findall(text, start, end)[:-1],
    ]
    if not words or words[-1].casefold() not in way.articles:
        return False
    verb = way.verbs.search(text, end, end + LONGEST_OFFICE)
    return verb is not None and _office(text[end : verb.start()], way)


def _name_like(run: str, text: str, start: int, language: str) -> bool:
    """Whether words with capitals are a name, and not the start of a sentence, a weekday or a month."""
    words = run.rstrip(".").split()
    if len(words) == 1:
        word = fold(words[0])
        if word in calendar(language):
            return False
        if words[0].isupper() and len(words[0]) > 1:
            return True
        before = text[max(0, start - 2) : start].rstrip()
        at_start = not before or before[-1] in ".!?:"
        return zipf(word, language) <= (RARE if at_start else 5.3)
    return True
