"""Quotations: the words an article puts in quotation marks, with speaker and verb; indirect speech is left alone."""

from collections.abc import Iterator

import regex

from generator.analysis.interruptions import interrupted
from generator.analysis.marks import Stretch, stretches
from generator.analysis.quoted_names import ENDS_SENTENCE, NAME_ALONE, governed_name, is_name
from generator.analysis.sentences import sentence_bounds
from generator.analysis.speakers import attribution, spoken
from generator.analysis.speech import speech
from generator.model import Article, Block, BlockKind, Quotation, Span
from generator.record import record, replace
from generator.text import UNSPACED_START, WORD, base_language, joined, words

#: Words (characters, in scripts without spaces) that a quotation has at least: fewer are a term, not a statement.
LEAST_WORDS = 2

DASH = regex.compile(r"^(?:[—–―-]\s+|[—–―])(?=\S)")
#: Where the narrator breaks in on a line of dialogue: “… , — he said , — …”
NARRATOR = regex.compile(r"[,.!?…:]\s+[—–―-]\s+")
#: Stands for each character of what somebody said.
SILENCE = "_"
NARRATORS = " ,，、،"
CONTINUES = regex.compile(r"[,，、،]\s*$")
INNER_END = regex.compile(r"[.!?。！？]\s+\p{Lu}|[。！？]")
SMALL = regex.compile(r"^[\s,;:—–-]*\p{Ll}")
#: Letters that are neither small nor capital.
CASELESS = regex.compile(r"^[\s,;:—–-]*\p{Lo}")
MOST_BETWEEN = 140
#: Characters of a sentence after a quotation that can say no more than who spoke, in scripts without spaces.
SHORT_TAIL = 40
#: Characters before and after a quotation in which somebody can be said to speak: few sentences are longer.
REACH = 1_000


@record
class Draft:
    """A quotation with the places in its paragraph of what is in marks, and what stands around it."""

    quotation: Quotation
    stretch: Stretch
    bare: bool


def quotations(article: Article) -> tuple[Quotation, ...]:
    """The quotations of the text, in order."""
    found: list[Quotation] = []
    open_ended: list[int] = []
    last: Quotation | None = None
    searched = (0, 0)
    before_ended_open = False
    marked = stretches([_spoken(block) for block in article.blocks], article.language)
    told = _narration(article, marked)
    for number, block in enumerate(article.blocks, start=1):
        drafts = list(_paragraph(article, number, marked[number - 1]))
        for index, draft in enumerate(drafts):
            quotation = _completed(draft, last, told, follows=index > 0 or before_ended_open)
            if quotation is None:
                quotation = _named_before(draft.quotation, told, searched)
                place = quotation.spans[0]
                searched = (place.segment, place.start)
            if not draft.stretch.closed and draft.quotation.verb is None:
                open_ended.append(len(found))
            elif index == 0 and draft.quotation.speaker is not None and draft.quotation.verb:
                _speak_all(found, open_ended, draft.quotation)
            found.append(quotation)
            if quotation.speaker is not None:
                last = quotation
        before_ended_open = bool(drafts) and drafts[-1].stretch.closing >= len(block.text) - 1
    return tuple(
        item for item in found if len(words(item.text)) >= LEAST_WORDS and not is_name(item)
    )


def _speak_all(found: list[Quotation], places: list[int], quotation: Quotation) -> None:
    """Give the paragraphs that run up to a quotation without a closing mark its speaker."""
    segment = quotation.spans[0].segment
    while places and found[places[-1]].spans[-1].segment == segment - 1:
        segment -= 1
        place = places.pop()
        found[place] = replace(
            found[place], speaker=quotation.speaker, speaker_span=quotation.speaker_span
        )


def _narration(article: Article, marked: list[list[Stretch]]) -> Article:
    """The article with blanks for what stands in marks, unless that is a name: there nobody is told of."""
    blocks = []
    for block, parts in zip(article.blocks, marked, strict=True):
        pieces, place = [], 0
        for part in parts:
            if NAME_ALONE.fullmatch(block.text, part.start, part.end) is None:
                pieces += [block.text[place : part.start], SILENCE * (part.end - part.start)]
                place = part.end
        blocks.append(replace(block, text="".join([*pieces, block.text[place:]])))
    return replace(article, blocks=tuple(blocks))


def _completed(
    draft: Draft, last: Quotation | None, article: Article, *, follows: bool
) -> Quotation | None:
    """The quotation with the speaker of the one before, where a pronoun or nothing at all stands for him.

    None where a pronoun stands for somebody whom no quotation shortly before names.
    """
    quotation = draft.quotation
    if quotation.speaker is not None and quotation.speaker_span is not None:
        return quotation
    pronoun = quotation.verb is not None
    if pronoun and (last is None or quotation.spans[0].segment - last.spans[-1].segment > 1):
        return None
    if pronoun and last is not None and quotation.spans[0].segment > last.spans[-1].segment:
        told = _named_in(quotation.spans[0].segment, 0, quotation.spans[0].start, article)
        if told is not None:
            return _said_by(quotation, told, article)
    if last is None or not (pronoun or (draft.bare and follows)):
        return quotation
    return replace(quotation, speaker=last.speaker, speaker_span=last.speaker_span)


def _named_before(quotation: Quotation, article: Article, searched: tuple[int, int]) -> Quotation:
    """The quotation with whoever speaks in the sentence before it as its speaker.

    Up to the place `searched`, a segment and a character, is nobody.
    """
    place = quotation.spans[0]
    for number in (place.segment, place.segment - 1):
        limit = place.start if number == place.segment else None
        told = _named_in(number, searched[1] if searched[0] == number else 0, limit, article)
        if told is not None:
            return _said_by(quotation, told, article)
        if searched[0] == number:
            break
    return quotation


def _named_in(number: int, floor: int, limit: int | None, article: Article) -> Span | None:
    """Whoever speaks in the last sentence of a stretch of a block that tells of somebody."""
    text = article.blocks[number - 1].text if number else ""
    for start, end in reversed(list(sentence_bounds(text[floor:limit]))):
        found = spoken(text, (floor + start, floor + end), article.language)
        if found is not None:
            return Span(segment=number, start=found.start, end=found.end)
    return None


def _said_by(quotation: Quotation, place: Span, article: Article) -> Quotation:
    name = article.blocks[place.segment - 1].text[place.start : place.end]
    return replace(quotation, speaker=name, speaker_span=place)


def _spoken(block: Block) -> str:
    """The text of a block; headings have marks around what is no speech."""
    return "" if block.kind in (BlockKind.HEADING, BlockKind.SUBHEADING) else block.text


def _paragraph(article: Article, number: int, marked: list[Stretch]) -> Iterator[Draft]:
    text, language = article.blocks[number - 1].text, article.language
    marked = list(_dialogue(_spoken(article.blocks[number - 1]), language)) or [
        item for item in marked if not governed_name(text, item, language)
    ]
    marked = [part for item in marked for part in interrupted(text, item, language)]
    for first, last in _joined(text, marked, language):
        floor = marked[first - 1].closing if first else 0
        roof = marked[last + 1].opening if last + 1 < len(marked) else len(text)
        yield _draft(article, number, marked[first : last + 1], (floor, roof))


def _draft(article: Article, number: int, parts: list[Stretch], between: tuple[int, int]) -> Draft:
    """A quotation of the `number`-th block; no other one is `between` these places."""
    text, language = article.blocks[number - 1].text, article.language
    before, after = _around(text, parts, between, language)
    told = attribution(text, before, after, language)
    speaker = told.speaker if told.speaker is not None and not told.speaker.stands_for else None
    ends = [*(item.end for item in parts[:-1]), _said_up_to(text, parts[-1])]
    spans = tuple(
        Span(segment=number, start=item.start, end=end)
        for item, end in zip(parts, ends, strict=True)
    )
    return Draft(
        quotation=Quotation(
            article=article.id,
            spans=spans,
            text=joined(text[span.start : span.end] for span in spans),
            speaker=text[speaker.start : speaker.end] if speaker else None,
            speaker_span=Span(segment=number, start=speaker.start, end=speaker.end)
            if speaker
            else None,
            verb=told.verb,
        ),
        stretch=parts[-1],
        bare=not WORD.search(text[slice(*before)]) and not WORD.search(text[slice(*after)]),
    )


def _said_up_to(text: str, part: Stretch) -> int:
    """Where what was said ends: the comma before the closing mark is the narrator's."""
    return part.start + len(text[part.start : part.end].rstrip(NARRATORS))


def _joined(text: str, marked: list[Stretch], language: str) -> Iterator[tuple[int, int]]:
    """The places of the first and the last part of each quotation: “… ,” he said, “…” is one."""
    index = 0
    while index < len(marked):
        last = index
        while last + 1 < len(marked) and (
            marked[last].interrupted or _continues(text, marked[last], marked[last + 1], language)
        ):
            last += 1
        yield index, last
        index = last + 1


def _continues(text: str, one: Stretch, other: Stretch, language: str) -> bool:
    between = text[one.closing : other.opening]
    if (
        len(between) > MOST_BETWEEN
        or CONTINUES.search(between) is None
        or INNER_END.search(between)
    ):
        return False
    verbs = speech(language).verbs
    inside = text[one.start : one.end]
    if verbs.search(between) is None:
        return False
    if CONTINUES.search(inside) is not None:
        return True
    if ENDS_SENTENCE.search(inside) is not None:
        return False
    first = text[other.start : other.start + 2]
    return SMALL.match(first) is not None or (
        CASELESS.match(first) is not None and _told_between(text, one, other, language)
    )


def _told_between(text: str, one: Stretch, other: Stretch, language: str) -> bool:
    """Whether only the words between two stretches say who speaks: what capitals tell elsewhere.

    Neither is there a verb of speech before the first in its sentence, nor one after the second.
    """
    verbs = speech(language).verbs
    comma = CONTINUES.match(text[one.closing : other.opening].lstrip()[:1]) is not None
    lead = _lead(text, max(0, one.opening - REACH), one.opening)
    tail = _tail(text, other.closing, other.closing + REACH)
    return comma and verbs.search(text, *lead) is None and verbs.search(text, *tail) is None


def _lead(text: str, floor: int, opening: int) -> tuple[int, int]:
    """The place of what stands before a quotation in its sentence, from `floor` on."""
    sentences = list(sentence_bounds(text[floor:opening]))
    if not sentences:
        return floor, opening
    start, end = sentences[-1]
    complete = ENDS_SENTENCE.search(text[floor + start : floor + end].rstrip()) is not None
    return (opening, opening) if complete else (floor + start, opening)


def _tail(text: str, closing: int, roof: int) -> tuple[int, int]:
    """The place of what stands behind a quotation in its sentence, up to `roof`."""
    sentence = next(iter(sentence_bounds(text[closing:roof])), None)
    return closing, closing + sentence[1] if sentence is not None else roof


def _around(
    text: str, parts: list[Stretch], between: tuple[int, int], language: str
) -> tuple[tuple[int, int], tuple[int, int]]:
    """The places of the words before and after a quotation that belong to its sentence and to no other quotation."""
    first, last = parts[0], parts[-1]
    floor = max(between[0], first.opening - REACH)
    roof = min(between[1], last.closing + REACH)
    before = _lead(text, floor, max(floor, first.opening))
    if len(parts) > 1:
        return (parts[0].closing, parts[1].opening), (roof, roof)
    after = _tail(text, last.closing, roof)
    inside, rest = text[last.start : last.end], text[last.closing : after[1]]
    if ENDS_SENTENCE.search(inside) and _new_sentence(rest, language):
        after = (last.closing, last.closing)
    return before, after


def _new_sentence(rest: str, language: str) -> bool:
    """Whether what follows a full stop inside the marks has nothing to do with the quotation."""
    if UNSPACED_START.match(rest) or base_language(language) in ("zh", "ja"):
        ends = ENDS_SENTENCE.search(rest.rstrip()) is not None
        return not ends or len(rest) > SHORT_TAIL or speech(language).verbs.search(rest) is None
    return bool(rest.strip()) and SMALL.match(rest) is None


def _dialogue(text: str, language: str) -> Iterator[Stretch]:
    """The spoken parts of a line that begins with a dash, if the narrator says that somebody speaks."""
    opening = DASH.match(text)
    if opening is None:
        return
    start = opening.end()
    line = Stretch(opening=start, start=start, end=len(text), closing=len(text))
    parts = list(interrupted(text, line, language))
    if parts != [line]:
        yield from parts
        return
    breaks = list(NARRATOR.finditer(text, start))
    if not breaks or speech(language).verbs.search(text, breaks[0].end()) is None:
        return
    spoken = True
    for match in [*breaks, None]:
        end = len(text) if match is None else match.start() + 1
        if spoken and text[start:end].strip():
            yield Stretch(opening=start, start=start, end=end, closing=end)
        spoken = not spoken
        start = len(text) if match is None else match.end()
