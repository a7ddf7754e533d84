"""The authority file's beginnings: countries and languages in every language, and names that entries lack."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, lru_cache

import regex
from babel import Locale, UnknownLocaleError

from generator.analysis.morphology import key
from generator.model import Entity, EntityId, EntityKind, LanguageCode
from generator.record import record, replace
from generator.resources import yaml_resource
from generator.text import base_language

#: CLDR lists these beside the countries: unions, test regions, remote islands without inhabitants.
NOT_COUNTRIES = frozenset(
    [
        "AC",
        "AQ",
        "BV",
        "CP",
        "CQ",
        "DG",
        "EA",
        "EU",
        "EZ",
        "HM",
        "IC",
        "QO",
        "TA",
        "UM",
        "UN",
        "XA",
        "XB",
        "ZZ",
    ]
)
#: Languages that get an entry: those that a large number of people write news in.
SEEDED_LANGUAGES = [
    "af",
    "am",
    "ar",
    "az",
    "be",
    "bg",
    "bn",
    "bs",
    "ca",
    "ceb",
    "cs",
    "cy",
    "da",
    "de",
    "el",
    "en",
    "eo",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fil",
    "fr",
    "ga",
    "gl",
    "gu",
    "ha",
    "he",
    "hi",
    "hr",
    "hu",
    "hy",
    "id",
    "ig",
    "is",
    "it",
    "ja",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "ku",
    "ky",
    "la",
    "lb",
    "lo",
    "lt",
    "lv",
    "mg",
    "mk",
    "ml",
    "mn",
    "mr",
    "ms",
    "mt",
    "my",
    "ne",
    "nl",
    "no",
    "or",
    "pa",
    "pl",
    "ps",
    "pt",
    "ro",
    "ru",
    "rw",
    "sa",
    "sd",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "su",
    "sv",
    "sw",
    "ta",
    "te",
    "tg",
    "th",
    "ti",
    "tk",
    "tr",
    "tt",
    "ug",
    "uk",
    "ur",
    "uz",
    "vi",
    "wo",
    "xh",
    "yi",
    "yo",
    "zh",
    "zu",
]
#: What CLDR adds to tell territories apart: *Congo - Kinshasa*, *Hong Kong SAR China*, *Myanmar (Burma)*.
ADDITION = regex.compile(r"\s*[（(].*?[)）]|\s+[-–—]\s+.*$")
#: Territories whose name in CLDR few people write: the hand-kept variants come instead where there are any.
REPLACED = frozenset({"CD", "CG", "HK", "MO", "PS"})

Names = Mapping[LanguageCode, tuple[str, ...]]


@record
class Known:
    """Something that has a name in many languages, and the kinds of entries that may be it."""

    code: str
    names: Names
    kinds: frozenset[EntityKind]


def seed_entities(languages: Iterable[str]) -> tuple[Entity, ...]:
    """Countries (`country-fr`) and languages (`language-fr`), named in `languages`, by id."""
    codes = tuple(sorted(set(languages)))
    return tuple(sorted((*_countries(codes), *_languages(codes)), key=lambda entity: entity.id))


def merge_entities(
    entries: Iterable[Entity], seeds: Iterable[Entity], languages: Iterable[str]
) -> tuple[Entity, ...]:
    """The corpus's own entries, completed, and the seeds that none of them stands for, by id."""
    own = complete_entities(entries, languages)
    taken = {entity.id for entity in own}
    for entity in own:
        found = _same_country(entity)
        if found is not None:
            taken.add(EntityId(f"country-{found.lower()}"))
    by_id = {seed.id: seed for seed in seeds}
    merged = [_filled(entity, by_id.get(entity.id)) for entity in own]
    merged += [seed for name, seed in by_id.items() if name not in taken]
    return tuple(sorted(merged, key=lambda entity: entity.id))


def complete_entities(entries: Iterable[Entity], languages: Iterable[str]) -> tuple[Entity, ...]:
    """Entries for a country, a part of the world or a well-known city get its names in `languages` they lack.

    An entry is taken for one of these if its heading is the thing's name in that language,
    no language contradicts, and neither `country` nor `not_to_be_confused_with` says otherwise.
    """
    codes = tuple(sorted(set(languages)))
    index = _index(_known(codes))
    return tuple(_completed(entity, index) for entity in entries)


def _countries(languages: tuple[str, ...]) -> Iterator[Entity]:
    adjectives = yaml_resource("countries/adjectives.yml")
    for code in sorted(Locale("en").territories):
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES:
            yield Entity(
                id=EntityId(f"country-{code.lower()}"),
                kind=EntityKind.PLACE,
                names=_territory_names(code, languages),
                adjectives=_kept(adjectives.get(code, {}), languages),
                country=code,
            )


def _languages(languages: tuple[str, ...]) -> Iterator[Entity]:
    for code in SEEDED_LANGUAGES:
        names = {
            LanguageCode(language): (name,)
            for language in languages
            if (locale := _locale(language)) is not None
            and (name := locale.languages.get(code)) is not None
        }
        if names:
            yield Entity(id=EntityId(f"language-{code}"), kind=EntityKind.WORK, names=names)


def _territory_names(code: str, languages: Iterable[str]) -> Names:
    variants = yaml_resource("countries/variants.yml").get(code, {})
    names = {}
    for language in languages:
        locale = _locale(language)
        name = None if locale is None else locale.territories.get(code)
        found = list(variants.get(language, ()))
        if name is not None and not (found and code in REPLACED):
            found = [_plain(name), *found]
        if found:
            names[LanguageCode(language)] = tuple(dict.fromkeys(found))
    return names


def _plain(name: str) -> str:
    """A CLDR name as people write it."""
    short = ADDITION.sub("", name).strip()
    return short.replace(" & ", " and ")


def _kept(by_language: Mapping[str, Iterable[str]], languages: Iterable[str]) -> Names:
    return {
        LanguageCode(language): tuple(by_language[language])
        for language in languages
        if language in by_language
    }


@cache
def _locale(language: str) -> Locale | None:
    """What CLDR knows of a language; None where it does not know it."""
    if base_language(language) == "und":
        return None
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return None


@cache
def _known(languages: tuple[str, ...]) -> tuple[Known, ...]:
    everywhere = tuple(sorted({*languages, "en", "de", "es", "fr", "ru", "zh"}))
    found = []
    for code in sorted(Locale("en").territories):
        if code in ("EU", "UN", "EZ") or code not in NOT_COUNTRIES:
            kinds = {EntityKind.PLACE}
            if code in ("EU", "UN", "EZ"):
                kinds.add(EntityKind.ORGANISATION)
            names = _territory_names(code, everywhere)
            found.append(Known(code=code, names=names, kinds=frozenset(kinds)))
    return (*found, *_cities(everywhere))


def _cities(languages: Iterable[str]) -> Iterator[Known]:
    """The cities that CLDR names time zones by."""
    names: dict[str, dict[LanguageCode, tuple[str, ...]]] = defaultdict(dict)
    for language in languages:
        locale = _locale(language)
        for zone, entry in () if locale is None else locale.time_zones.items():
            if "city" in entry:
                names[zone][LanguageCode(language)] = (str(entry["city"]),)
    for zone in sorted(names):
        english = zone.rsplit("/", 1)[-1].replace("_", " ")
        names[zone].setdefault(LanguageCode("en"), (english,))
        yield Known(code=zone, names=names[zone], kinds=frozenset({EntityKind.PLACE}))


Index = Mapping[tuple[str, str], tuple[Known, ...]]


def _index(known: Iterable[Known]) -> Index:
    found: dict[tuple[str, str], tuple[Known, ...]] = defaultdict(tuple)
    for item in known:
        for language, names in item.names.items():
            for name in names:
                place = (language, key(name))
                found[place] = (*found[place], item)
    return found


@lru_cache(maxsize=64)
def _index_of(languages: tuple[str, ...]) -> Index:
    """The index in some languages: most entries are named in the same few."""
    return _index(_known(languages))


def _completed(entity: Entity, index: Index) -> Entity:
    item = _identify(entity, index)
    return entity if item is None else replace(entity, names=_joined(entity.names, item.names))


def _identify(entity: Entity, index: Index) -> Known | None:
    """What an entry is of the known things, by its headings; None where two fit or a language contradicts."""
    votes: dict[str, int] = defaultdict(int)
    items = {}
    for language, names in entity.names.items():
        for item in index.get((language, key(names[0])), ()):
            if entity.kind in item.kinds and _compatible(entity, item):
                votes[item.code] += 1
                items[item.code] = item
    if not votes:
        return None
    best = max(votes.values())
    winners = [code for code in sorted(votes) if votes[code] == best]
    return items[winners[0]] if len(winners) == 1 else None


def _compatible(entity: Entity, item: Known) -> bool:
    if f"country-{item.code.lower()}" in entity.not_to_be_confused_with:
        return False
    if entity.country is not None and entity.country != item.code:
        return False
    for language, names in item.names.items():
        own = entity.names.get(language)
        if own is not None and not _letters(own) & _letters(names):
            return False
    return True


def _letters(names: Iterable[str]) -> set[str]:
    """Names by their letters alone: *V. S.* is *VS*."""
    return {"".join(filter(str.isalnum, key(name))) for name in names}


def _same_country(entity: Entity) -> str | None:
    languages = tuple(sorted(entity.names))
    item = _identify(entity, _index_of(languages))
    return item.code if item is not None and len(item.code) == 2 else None


def _joined(own: Names, other: Names) -> Names:
    """The own names, and the other's after them."""
    return {
        language: tuple(dict.fromkeys((*own.get(language, ()), *other.get(language, ()))))
        for language in sorted({*own, *other})
    }


def _filled(entity: Entity, seed: Entity | None) -> Entity:
    if seed is None:
        return entity
    return replace(
        entity,
        names=_joined(entity.names, seed.names),
        adjectives=_joined(entity.adjectives, seed.adjectives),
        country=entity.country or seed.country,
    )
