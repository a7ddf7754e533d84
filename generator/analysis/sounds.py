"""Names that an article writes as they sound, because the authority file has them in other languages only."""

from collections.abc import Iterator

import regex

from generator.analysis.lexicon import Case, Lexicon, Name
from generator.analysis.morphology import bases
from generator.analysis.names import sound_key
from generator.analysis.scan import Hit, Page, Reader, Tier, find_names
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
    """Reads words by their sound; its lexicon is `sound_lexicon`'s."""

    def _read(self, word: str) -> tuple[str, ...]:
        if SOUNDED.fullmatch(word) is None:
            return ()
        sounds = dict.fromkeys(sound_key(item) for item in (word, *bases(word, self.language)))
        return tuple(sound for sound in sounds if sound in self.lexicon.words)


def sound_lexicon(lexicon: Lexicon) -> Lexicon:
    """The names of a lexicon by their sounds."""
    names: dict[str, tuple[Name, ...]] = {}
    starts: dict[str, int] = {}
    words: set[str] = set()
    beginnings: set[str] = set()
    for joined, items in lexicon.names.items() if len(lexicon.names) <= MOST_NAMES else ():
        keys = joined.split(" ")
        if not all(map(SOUNDED.fullmatch, keys)):
            continue
        sounds = [sound_key(word) for word in keys]
        kept = tuple(n for n in items if lexicon.entities[n.entity].kind in KINDS)
        if not kept or not all(sounds) or sum(map(len, sounds)) < SINGLE:
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


def sound_hits(page: Page, reader: SoundReader) -> Iterator[Hit]:
    """Names that sound like the text, of entities that have no name in the article's language.

    Only headings that are capitals throughout are sounded out. A single word must be in another script
    than the name: within a script it would be a spelling, which is somebody else's as often as not.
    """
    for hit in find_names(page, reader, small=False) if reader.lexicon.names else ():
        if reader.language in reader.lexicon.languages[hit.name.entity] or hit.name.adjective:
            continue
        if min(hit.name.cases) is Case.SMALL or hit.name.order > 0:
            continue
        tokens = page.tokens[hit.segment][hit.first : hit.last]
        length = sum(len(token.key) for token in tokens)
        if len(tokens) == 1:
            same = _script(tokens[0].key) == _script(hit.name.text)
            fits = length >= SINGLE and not same
        else:
            fits = length >= SEVERAL
        if fits:
            yield hit._replace(tier=Tier.TRANSLITERATED)


def _script(text: str) -> int:
    """Which of the sounded scripts a text is in, by the first of them that it has."""
    return next((n for n, script in enumerate(SCRIPTS) if script.search(text)), len(SCRIPTS))
