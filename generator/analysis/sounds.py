"""Names that an article writes as they sound, because the authority file has them in other languages only."""

from collections.abc import Iterator

import regex

from generator.analysis.lexicon import Case, Lexicon, Name
from generator.analysis.morphology import bases
from generator.analysis.names import sound_key
from generator.analysis.page import Page
from generator.analysis.scan import Hit, Reader, Tier, names_at
from generator.model import EntityKind

#: Scripts that write vowels, so that a sound says enough.
SCRIPT_NAMES = ("Cyrillic", "Greek", "Georgian", "Armenian", "Latin")
SCRIPTS = tuple(regex.compile(rf"\p{{{name}}}") for name in SCRIPT_NAMES)
SOUNDED = regex.compile("[" + "".join(rf"\p{{{name}}}" for name in SCRIPT_NAMES) + "]+")
#: An authority with more names than this is not sounded out: it takes as much memory again.
MOST_NAMES = 200_000
#: Letters of a name of one word, and of one of several words, that sound alike by more than chance.
SINGLE, SEVERAL = 5, 7

KINDS = frozenset({EntityKind.PERSON, EntityKind.PLACE, EntityKind.ORGANISATION})


class SoundReader(Reader):
    """Reads words by their sound; its lexicon is `sound_lexicon`'s.

    `needed` is whether there is an entity without a name in the language, which alone are sounded out.
    """

    def __init__(self, lexicon: Lexicon, language: str) -> None:
        super().__init__(lexicon, language)
        entities = {name.entity for names in lexicon.names.values() for name in names}
        self.needed = any(self.language not in lexicon.languages[item] for item in entities)

    def _read(self, word: str) -> tuple[str, ...]:
        if SOUNDED.fullmatch(word) is None:
            return ()
        known = self.lexicon.words
        sounds = dict.fromkeys(map(sound_key, (word, *bases(word, self.language))))
        return tuple([sound for sound in sounds if sound in known])


def sound_lexicon(lexicon: Lexicon) -> Lexicon:
    """The names of a lexicon by their sounds: only of headings that are capitals throughout."""
    names: dict[str, tuple[Name, ...]] = {}
    starts: dict[str, int] = {}
    words: set[str] = set()
    beginnings: set[str] = set()
    for joined, items in lexicon.names.items() if len(lexicon.names) <= MOST_NAMES else ():
        kept = tuple(name for name in items if _is_sounded(name, lexicon))
        keys = joined.split(" ") if kept else ()
        if not keys or not all(map(SOUNDED.fullmatch, keys)):
            continue
        sounds = [sound_key(word) for word in keys]
        if not all(sounds) or sum(map(len, sounds)) < SINGLE:
            continue
        sound = " ".join(sounds)
        names[sound] = (*names.get(sound, ()), *kept)
        starts[sounds[0]] = max(starts.get(sounds[0], 0), len(sounds))
        words.update(sounds)
        beginnings.update(" ".join(sounds[:n]) for n in range(2, len(sounds)))
    return Lexicon(
        lexicon.entities,
        lexicon.languages,
        names,
        starts,
        frozenset(words),
        frozenset(beginnings),
    )


def _is_sounded(name: Name, lexicon: Lexicon) -> bool:
    return (
        name.order == 0
        and not name.adjective
        and min(name.cases) is not Case.SMALL
        and lexicon.entities[name.entity].kind in KINDS
    )


def sound_hits(page: Page, reader: SoundReader) -> Iterator[Hit]:
    """Names that sound like the text, of entities that have no name in the article's language.

    Words in small letters are not looked at. A single word must be in another script than the name: within a script it
    would be a spelling, which is somebody else's as often as not.
    """
    for hit in _heard(page, reader) if reader.needed else ():
        if reader.language in reader.lexicon.languages[hit.name.entity]:
            continue
        keys = page.tokens[hit.segment].keys(hit.first, hit.last)
        length = sum(map(len, keys))
        if len(keys) == 1:
            same = _script(keys[0]) == _script(hit.name.text)
            fits = length >= SINGLE and not same
        else:
            fits = length >= SEVERAL
        if fits:
            yield hit._replace(tier=Tier.TRANSLITERATED)


def _heard(page: Page, reader: SoundReader) -> Iterator[Hit]:
    beginning = reader.lexicon.starts
    for segment, line in enumerate(page.tokens):
        for first in line.large():
            starts = [item for item in reader.readings(line.words[first].key) if item in beginning]
            if starts:
                yield from names_at(line, (segment, first), starts, reader, small=False)


def _script(text: str) -> int:
    """Which of the sounded scripts a text is in, by the first of them that it has."""
    return next((n for n, script in enumerate(SCRIPTS) if script.search(text)), len(SCRIPTS))
