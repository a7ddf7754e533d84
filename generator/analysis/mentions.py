"""Mentions: the names of the authority file found in an article, inflected and in any script."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.analysis.lexicon import Lexicon, make_lexicon
from generator.analysis.mention_decisions import (
    about,
    apply_decisions,
    barred,
    decided_mentions,
)
from generator.analysis.namesakes import Choice, choose
from generator.analysis.page import Page, Words, read_page
from generator.analysis.scan import Reader
from generator.analysis.sounds import SoundReader, sound_lexicon
from generator.model import (
    Article,
    Decision,
    Entity,
    Mention,
    Span,
    UndecidedMention,
)
from generator.text import base_language, segments

#: So much is remembered of what stands between two blanks, in all languages, before it is forgotten.
REMEMBERED = 100_000


class Tagger:
    """Finds the names of entities in articles; make it with `build_tagger`.

    It remembers the words it has read, so keep one for many articles. It can be pickled.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self._sounds: Lexicon | None = None
        self._means: dict[str, Means] = {}

    def __reduce__(self) -> tuple[type["Tagger"], tuple[Lexicon]]:
        return Tagger, (self.lexicon,)

    def tag(
        self, article: Article, *, decisions: Sequence[Decision] = ()
    ) -> tuple[tuple[Mention, ...], tuple[UndecidedMention, ...]]:
        """The mentions of an article and the names that nothing decides, both by place.

        `decisions` may be those of all articles; the ones about this article win.
        """
        means = self._means_of(article.language)
        page = read_page(segments(article), means.words)
        own = about(article.id, decisions)
        choices = choose(page, means.reader, means.sounds, barred(own))
        mentions, undecided = [], []
        for choice in choices:
            span = _span(page, choice)
            form = page.segments[choice.segment][span.start : span.end]
            if choice.reason:
                mentions.append(
                    Mention(
                        article=article.id,
                        entity=choice.entities[0],
                        span=span,
                        form=form,
                        reason=choice.reason,
                    )
                )
            else:
                undecided.append(
                    UndecidedMention(
                        article=article.id, span=span, form=form, candidates=choice.entities
                    )
                )
        found = tuple(mentions), tuple(undecided)
        return apply_decisions(found, tuple(decided_mentions(article, own)))

    def _means_of(self, language: str) -> "Means":
        language = base_language(language)
        if sum(len(means.words) for means in self._means.values()) >= REMEMBERED:
            for means in self._means.values():
                means.words.clear()
        if language not in self._means:
            if self._sounds is None:
                self._sounds = sound_lexicon(self.lexicon)
            reader, sounds = Reader(self.lexicon, language), SoundReader(self._sounds, language)
            self._means[language] = Means(reader, sounds, Words(reader.starts))
        return self._means[language]


class Means(NamedTuple):
    """What articles of one language are read with."""

    reader: Reader
    sounds: SoundReader
    words: Words


def build_tagger(entities: Iterable[Entity]) -> Tagger:
    """A tagger for all names of `entities`, in whatever order they come."""
    return Tagger(make_lexicon(entities))


def _span(page: Page, choice: Choice) -> Span:
    line = page.tokens[choice.segment]
    start, end = line.start(choice.first), line.end(choice.last - 1)
    return Span(segment=choice.segment, start=start, end=end)
