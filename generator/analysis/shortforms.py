"""Short forms of names that an article has in full: a surname, an acronym in brackets, a model's number."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

import regex

from generator.analysis.evidence import kind_words
from generator.analysis.lexicon import Case, Name, case_of
from generator.analysis.morphology import TOKEN, key
from generator.analysis.page import Page
from generator.analysis.scan import Hit, Reader, Tier
from generator.model import EntityKind, LanguageCode

#: What separates the parts of a person's name; Han and kana write foreign names with a middle dot.
PARTS = regex.compile(r"[\s·・･]+")
#: Words after a surname that belong to the name and are no surname.
AFTER_SURNAME = frozenset({"jr", "sr", "ii", "iii", "iv"})
#: Languages that write the family name first.
FAMILY_FIRST = frozenset({"hu", "zh", "ja", "ko", "vi", "km"})
#: Languages in which a word with a capital before a surname says nothing: titles have one there.
TITLES_WITH_CAPITALS = frozenset({"de", "lb"})
BRACKET = regex.compile(r"\s*[\(（«\"„“]?\s*")
#: A surname that is short in letters is too often another word.
SHORTEST = 3

Form = tuple[tuple[str, ...], Name, Tier]


def short_form_hits(page: Page, reader: Reader, full: Iterable[Hit]) -> Iterator[Hit]:
    """Where the short forms of names stand; `full` are the sure names of several words."""
    full = [hit for hit in full if hit.last - hit.first > 1]
    forms = _forms_by_word(full, page, reader)
    if not forms:
        return
    covered = {(hit.segment, place) for hit in full for place in range(hit.first, hit.last)}
    heads = forms.keys()
    for segment, line in enumerate(page.tokens):
        for first in line.large():
            word = line.words[first].key
            known = reader.readings(word)
            if (word not in heads and heads.isdisjoint(known)) or (segment, first) in covered:
                continue
            for reading in dict.fromkeys((word, *known)):
                for form in forms.get(reading, ()):
                    yield from _hits(page, reader, (segment, first), form)


def _forms_by_word(full: Iterable[Hit], page: Page, reader: Reader) -> dict[str, list[Form]]:
    """The short forms by their first word, each once for an entity."""
    forms: dict[str, list[Form]] = defaultdict(list)
    known: set[tuple[int, tuple[str, ...]]] = set()
    for hit in full:
        for form in _forms(hit, page, reader):
            mark = (form[1].entity, form[0])
            if form[0] and mark not in known:
                known.add(mark)
                forms[form[0][0]].append(form)
    return forms


def _forms(hit: Hit, page: Page, reader: Reader) -> Iterator[Form]:
    if reader.lexicon.entities[hit.name.entity].kind is EntityKind.PERSON:
        for part in _surnames(hit.name):
            yield _form(hit, part, Tier.SURNAME)
    else:
        for word in PARTS.split(hit.name.text):
            if any(map(str.isdigit, word)) and any(map(str.isalpha, word)) and len(word) > 2:
                yield _form(hit, word, Tier.SHORT)
    acronym = _acronym(hit, page)
    if acronym is not None:
        yield _form(hit, acronym, Tier.SHORT)


def _surnames(name: Name) -> Iterator[str]:
    parts = [part for part in PARTS.split(name.text) if key(part).strip(".") not in AFTER_SURNAME]
    if len(parts) < 2:
        return
    chosen = {parts[-1]}
    if name.language in FAMILY_FIRST and case_of(parts[0]) is not Case.NONE:
        chosen.add(parts[0])
    for part in sorted(chosen):
        if len(part) >= SHORTEST or (case_of(part) is Case.NONE and len(part) > 1):
            yield part


def _acronym(hit: Hit, page: Page) -> str | None:
    """The word in brackets after a name, if it is in capitals and starts as the name does."""
    line = page.tokens[hit.segment]
    if hit.last >= len(line):
        return None
    gap = line.gap(hit.last)
    word = line.text[line.start(hit.last) : line.end(hit.last)]
    if not {"(", "（"} & set(gap) or BRACKET.fullmatch(gap) is None or not 2 <= len(word) <= 8:
        return None
    initials = "".join(item[0] for item in line.keys(hit.first, hit.last))
    fits = word.isupper() and key(word)[0] == initials[0] and len(word) <= len(initials) + 2
    return word if fits else None


def _form(hit: Hit, text: str, tier: Tier) -> Form:
    words = TOKEN.findall(text)
    name = Name(
        entity=hit.name.entity,
        language=LanguageCode(hit.name.language),
        text=text,
        order=1,
        adjective=False,
        derived=False,
        cases=tuple(map(case_of, words)),
    )
    return tuple(map(key, words)), name, tier


def _hits(page: Page, reader: Reader, place: tuple[int, int], form: Form) -> Iterator[Hit]:
    segment, first = place
    keys, name, tier = form
    line = page.tokens[segment]
    last = first + len(keys)
    fits = last <= len(line) and all(
        word == wanted or wanted in reader.readings(word)
        for word, wanted in zip(line.keys(first, last), keys, strict=True)
    )
    if fits and not (tier is Tier.SURNAME and _of_another(page, reader, segment, first)):
        yield Hit(segment=segment, first=first, last=last, tier=tier, name=name)


def _of_another(page: Page, reader: Reader, segment: int, first: int) -> bool:
    """Whether a surname stands after a word with a capital that is no title: somebody else's first name."""
    if first == 0 or reader.language in TITLES_WITH_CAPITALS:
        return False
    line = page.tokens[segment]
    before = line.words[first - 1]
    if line.gap(first) != " " or before.case is not Case.CAPITAL or len(before.key) < 2:
        return False
    if line.opens(first - 1):
        return False
    titles = kind_words(reader.language)
    return not any(
        EntityKind.PERSON in titles.get(word, ())
        for word in (before.key, *reader.readings(before.key))
    )
