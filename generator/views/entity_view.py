"""What the page of an entity needs to know: its names and who writes them, when, where and with whom."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import combinations

from babel.languages import get_official_languages

from generator.model import Entity, EntityId, LanguageCode, SourceId, StoryId
from generator.record import read_in_lots, record
from generator.views.calendar_cut import Months, months
from generator.views.letters import script_of
from generator.views.rights import may_show
from generator.views.shelf import Card, NameCard, Shelf, entity_name
from generator.views.speech import Saying, Speech
from generator.views.story_page import leading_card

#: Lines of a list before it leads to a page of its own.
ARTICLES, STORIES, SAYINGS, COMPANY, IN_PICTURE = 20, 10, 6, 24, 12


@record
class Form:
    """A form of the name as articles write it: in a language, by each outlet how often."""

    text: str
    language: LanguageCode
    outlets: tuple[tuple[str, int], ...]
    count: int


@record
class EntityView:
    """The input of an entity's page. `company` are the names in the same articles, `ties` how many
    articles two of them share (by place in `company`)."""

    entity: Entity
    ui: str
    name: str
    own: tuple[str, LanguageCode] | None
    latin: str | None
    articles: tuple[Card, ...]
    count: int
    years: tuple[tuple[str, int], ...]
    months: Months
    forms: tuple[Form, ...]
    stories: tuple[tuple[StoryId, Card, int], ...]
    said: tuple[Saying, ...]
    said_count: int
    about: tuple[Saying, ...]
    about_count: int
    company: tuple[NameCard, ...]
    ties: tuple[tuple[int, int, int], ...]
    others: tuple[NameCard, ...]
    country_listed: bool


class Names:
    """Look-ups for the pages of names, made once for all of them."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.speech = Speech(shelf)

    @cached_property
    def countries(self) -> frozenset[str | None]:
        """The countries of the entities that articles name: those that have a list."""
        entities = self.shelf.archive.entities
        named = (item for item in self.shelf.articles_naming if item in entities)
        return frozenset(entities[item].country for item in named)

    @cached_property
    def leads(self) -> Mapping[StoryId, tuple[Card, int]]:
        """The headline of each story, and how many articles it has."""
        ui = self.shelf.settings.default_language
        found = {}
        for story in self.shelf.stories.values():
            cards = self.shelf.cards_of(story.members)
            if cards:
                found[story.id] = (leading_card(cards, ui), len(cards))
        return found


def entity_view(
    names: Names, entity: Entity, cards: Sequence[Card], years: tuple[tuple[str, int], ...]
) -> EntityView:
    """Gather what is known of an entity; `cards` are its articles, newest first, `years` the parts of their list."""
    shelf = names.shelf
    ui = shelf.settings.default_language
    own = own_name_of(entity, ui)
    company = _company(names, entity, ui)
    said = names.speech.said(entity.id)
    about = names.speech.about(entity.id)
    others = (shelf.name_card(other, ui) for other in entity.not_to_be_confused_with)
    return EntityView(
        entity=entity,
        ui=ui,
        name=entity_name(entity, ui),
        own=own,
        latin=_latin(shelf, entity, own or (entity_name(entity, ui), LanguageCode(ui))),
        articles=tuple(cards if not years else cards[:ARTICLES]),
        count=len(cards),
        years=years,
        months=months(cards),
        forms=_forms(shelf, entity),
        stories=_stories(names, cards),
        said=said[:SAYINGS],
        said_count=len(said),
        about=about[:SAYINGS],
        about_count=len(about),
        company=company,
        ties=_ties(names, entity, company[:IN_PICTURE]),
        others=tuple(card for card in others if card is not None),
        country_listed=entity.country in names.countries,
    )


def own_name_of(entity: Entity, ui: str) -> tuple[str, LanguageCode] | None:
    """The name in the script of where the entity is at home, with its language; None where that is not
    known or is the script of the interface's name."""
    if entity.country is None:
        return None
    mine = script_of(entity_name(entity, ui))
    for language in get_official_languages(entity.country):
        names = entity.names.get(LanguageCode(language))
        if names:
            return None if script_of(names[0]) == mine else (names[0], LanguageCode(language))
    return None


def _latin(shelf: Shelf, entity: Entity, heading: tuple[str, LanguageCode]) -> str | None:
    """A name in Latin letters under one in another script: one of its own, else its transliteration."""
    if script_of(heading[0]) == "Latn":
        return None
    given = (name for names in entity.names.values() for name in names[:1])
    found = next((name for name in given if script_of(name) == "Latn"), None)
    transliterated = shelf.archive.latin.get(entity.id, {})
    return found or transliterated.get(heading[1]) or next(iter(transliterated.values()), None)


def _forms(shelf: Shelf, entity: Entity) -> tuple[Form, ...]:
    """Every form that may be shown, by language, most frequent first."""
    found: dict[tuple[str, LanguageCode], Counter[SourceId]] = {}
    articles = shelf.articles_naming.get(entity.id, ())
    for identifier in read_in_lots(articles, shelf.archive.mentions):
        article = shelf.archive.articles[identifier]
        rights = shelf.cards[identifier].rights
        for mention in shelf.archive.mentions.get(identifier, ()):
            if mention.entity == entity.id and may_show(mention.span, article, rights):
                key = (mention.form, article.language)
                found.setdefault(key, Counter())[article.source] += 1
    forms = [
        Form(
            text=text,
            language=language,
            outlets=_outlets(shelf, counts, language),
            count=counts.total(),
        )
        for (text, language), counts in found.items()
    ]
    return tuple(sorted(forms, key=lambda form: (form.language, -form.count, form.text)))


def _outlets(
    shelf: Shelf, counts: Mapping[SourceId, int], language: LanguageCode
) -> tuple[tuple[str, int], ...]:
    sources = shelf.archive.sources
    rows = [
        (sources[source].names.get(language, sources[source].name), count)
        if source in sources
        else (str(source), count)
        for source, count in counts.items()
    ]
    return tuple(sorted(rows, key=lambda row: (-row[1], row[0])))


def _stories(names: Names, cards: Iterable[Card]) -> tuple[tuple[StoryId, Card, int], ...]:
    found = list(dict.fromkeys(card.story for card in cards if card.story is not None))
    rows = [(story, *names.leads[story]) for story in found if story in names.leads]
    return tuple(rows[:STORIES])


def _company(names: Names, entity: Entity, ui: str) -> tuple[NameCard, ...]:
    """Who stands in the same articles, most often first; their `articles` are the shared ones."""
    counts: Counter[EntityId] = Counter()
    for article in names.shelf.articles_naming.get(entity.id, ()):
        counts.update(names.shelf.named_in(article))
    del counts[entity.id]
    cards = []
    order = sorted(counts, key=lambda item: (-counts[item], item))
    often = bool(order) and counts[order[0]] > 1
    for place, other in enumerate(order[:COMPANY]):
        if counts[other] < 2 and (often or place >= IN_PICTURE):
            break  # once in one article says little of two names, and the article says it
        entry = names.shelf.archive.entities.get(other)
        if entry is not None:
            name = entity_name(entry, ui)
            cards.append(NameCard(id=other, kind=entry.kind, name=name, articles=counts[other]))
    return tuple(cards)


def _ties(
    names: Names, entity: Entity, company: tuple[NameCard, ...]
) -> tuple[tuple[int, int, int], ...]:
    """How many of the entity's articles two of its company share."""
    place = {card.id: number for number, card in enumerate(company)}
    counts: Counter[tuple[int, int]] = Counter()
    for article in names.shelf.articles_naming.get(entity.id, ()):
        here = sorted(place[other] for other in names.shelf.named_in(article) if other in place)
        counts.update(combinations(here, 2))
    return tuple((one, other, count) for (one, other), count in sorted(counts.items()))
