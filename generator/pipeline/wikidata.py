"""Entries of the authority file from Wikidata: asking it, and reading what it answers."""

import json
from collections.abc import Iterable, Iterator, Mapping
from http.client import HTTPException
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import regex

from generator.errors import UsageError, VariorumError, shown
from generator.model import ArticleDate, Entity, EntityId, EntityKind, LanguageCode
from generator.record import record
from generator.resources import yaml_resource
from generator.text import normal, slug

SERVER = "https://www.wikidata.org"
#: Wikimedia's policy wants a name and a way to reach whoever runs the program.
USER_AGENT = "variorum/0.1 (static news archive; {contact})"
TIMEOUT = 20.0  # seconds
LARGEST = 20_000_000  # bytes of an answer
ITEM = regex.compile(r"Q[1-9]\d{0,11}")
#: Aliases beyond this many in a language are left to people: they are nicknames and misspellings.
MOST_ALIASES = 12
CONTROL = regex.compile(r"[\p{Cc}\p{Cf}\p{Co}\p{Cs}--[\u200c\u200d]]", regex.V1)


@record
class Found:
    """A hit of a search: an item with its label and description."""

    item: str
    label: str
    description: str


@record
class Server:
    """Where Wikidata answers, and who asks: an address where the archive's people can be reached."""

    address: str = SERVER
    contact: str = "no contact given"

    def ask(self, **query: str) -> Mapping[str, Any]:
        """The answer of its API to a query; what goes wrong is a `VariorumError`."""
        url = f"{self.address}/w/api.php?{urlencode({**query, 'format': 'json', 'maxlag': '5'})}"
        if not url.startswith(("https://", "http://")):
            told = f"expected an address that starts with https://, got {shown(self.address)}"
            raise UsageError(f"--server: {told}")
        request = Request(url, headers={"User-Agent": USER_AGENT.format(contact=self.contact)})
        try:
            with urlopen(request, timeout=TIMEOUT) as answer:
                data = answer.read(LARGEST + 1)
        except (HTTPError, URLError, HTTPException, OSError) as error:
            raise VariorumError(
                f"{self.address}: expected an answer, got {error}; try again, or save the answer and use --from-file"
            ) from error
        if len(data) > LARGEST:
            raise VariorumError(
                f"{self.address}: expected an answer under {LARGEST:,} bytes, got more"
            )
        return read_answer(data, self.address)


def read_answer(data: bytes, origin: str) -> Mapping[str, Any]:
    """The JSON object that an answer or a saved file holds."""
    try:
        values = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise VariorumError(
            f"{origin}: expected JSON of Wikidata, got something else ({error})"
        ) from error
    if not isinstance(values, dict):
        raise VariorumError(
            f"{origin}: expected a JSON object of Wikidata, got {type(values).__name__}"
        )
    if "error" in values:
        info = _table(values, "error").get("info", "an error without a text")
        raise VariorumError(f"{origin}: expected an answer, got: {normal(str(info))}")
    return values


def search(server: Server, name: str, language: str) -> tuple[Found, ...]:
    """Items that bear a name, best first."""
    answer = server.ask(
        action="wbsearchentities",
        search=name,
        language=language,
        uselang=language,
        type="item",
        limit="7",
    )
    hits = answer.get("search")
    return tuple(
        Found(
            item=str(hit["id"]),
            label=_clean(hit.get("label")),
            description=_clean(hit.get("description")),
        )
        for hit in (hits if isinstance(hits, list) else ())
        if isinstance(hit, dict) and ITEM.fullmatch(str(hit.get("id")))
    )


def fetch(server: Server, item: str, languages: Iterable[str]) -> Mapping[str, Any]:
    """What Wikidata knows of an item, in some languages."""
    codes = "|".join(sorted({wiki for code in languages for wiki in _wiki_codes(code)}))
    answer = server.ask(
        action="wbgetentities",
        ids=item,
        languages=codes,
        props="labels|aliases|descriptions|claims",
    )
    return item_of(answer, item, server.address)


def load(path: Path, item: str | None) -> Mapping[str, Any]:
    """An item of a saved answer; the only one, if `item` is None."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path}: expected a saved answer of Wikidata, got {error.strerror}"
        ) from error
    return item_of(read_answer(data, str(path)), item, str(path))


def item_of(answer: Mapping[str, Any], item: str | None, origin: str) -> Mapping[str, Any]:
    """One item of an answer; follows a redirect of Wikidata, where the only item has another number."""
    items = _table(answer, "entities")
    found = items.get(item) if item is not None else None
    if found is None and len(items) == 1:
        found = next(iter(items.values()))
    if (
        not isinstance(found, dict)
        or "missing" in found
        or not ITEM.fullmatch(str(found.get("id")))
    ):
        raise VariorumError(f"{origin}: expected the item {item or 'of one entity'}, got none")
    return found


def to_entity(item: Mapping[str, Any], languages: Iterable[str], kind: EntityKind | None) -> Entity:
    """An entry for review: names in `languages`, kind, dates and place as far as Wikidata has them."""
    codes = sorted(set(languages))
    names = {LanguageCode(code): found for code in codes if (found := tuple(_names(item, code)))}
    if not names:
        raise VariorumError(f"{item['id']}: expected a name in one of {', '.join(codes)}, got none")
    chosen = kind or kind_of(item)
    if chosen is None:
        raise UsageError(
            f"{item['id']}: expected a kind that its classes tell, got none; give --kind"
        )
    heading = names.get(LanguageCode("en")) or next(iter(names.values()))
    return Entity(
        id=EntityId(slug(heading[0])),
        kind=chosen,
        names=names,
        wikidata=str(item["id"]),
        description={
            LanguageCode(code): text
            for code in codes
            if (text := _text(item, "descriptions", code))
        },
        country=_country(item),
        born=_date(item, "P569") or _date(item, "P571"),
        died=_date(item, "P570") or _date(item, "P576"),
        coordinates=_coordinates(item) if chosen is EntityKind.PLACE else None,
    )


def kind_of(item: Mapping[str, Any]) -> EntityKind | None:
    """The kind that the classes of an item tell; a thing with coordinates is a place."""
    classes = {str(value.get("id")) for value in _values(item, "P31") if isinstance(value, dict)}
    for name, members in yaml_resource("names/wikidata_kinds.yml").items():
        if classes & set(members):
            return EntityKind(name)
    return EntityKind.PLACE if _coordinates(item) else None


def _names(item: Mapping[str, Any], code: str) -> Iterator[str]:
    names = [_text(item, "labels", code)]
    for wiki in _wiki_codes(code):
        aliases = _table(item, "aliases").get(wiki)
        listed = (aliases if isinstance(aliases, list) else [])[:MOST_ALIASES]
        names += [
            _clean(alias.get("value") if isinstance(alias, dict) else None) for alias in listed
        ]
    yield from dict.fromkeys(name for name in names if name)


def _text(item: Mapping[str, Any], field: str, code: str) -> str:
    for wiki in _wiki_codes(code):
        value = _table(item, field).get(wiki)
        if isinstance(value, dict) and (text := _clean(value.get("value"))):
            return text
    return ""


def _wiki_codes(code: str) -> tuple[str, ...]:
    """Wikidata's codes for a language, first choice first."""
    special = {
        "zh": ("zh-hans", "zh"),
        "zh-Hant": ("zh-hant", "zh-tw", "zh"),
        "no": ("nb", "no"),
        "sr": ("sr", "sr-ec"),
    }
    return special.get(code, (code.lower(), code.split("-")[0].lower()))


def _clean(value: object) -> str:
    """Contributed text on one line, without controls."""
    return normal(CONTROL.sub("", normal(value))) if isinstance(value, str) else ""


def _table(values: Mapping[str, Any], field: str) -> Mapping[str, Any]:
    """A field that should be an object; Wikidata writes an empty one as a list."""
    found = values.get(field)
    return found if isinstance(found, dict) else {}


def _values(item: Mapping[str, Any], claim: str) -> Iterator[Any]:
    """The values of a property, preferred ones first; withdrawn ones left out."""
    claims = _table(item, "claims").get(claim)
    found = [
        entry for entry in (claims if isinstance(claims, list) else []) if isinstance(entry, dict)
    ]
    for entry in sorted(found, key=lambda entry: entry.get("rank") != "preferred"):
        value = _table(_table(entry, "mainsnak"), "datavalue").get("value")
        if entry.get("rank") != "deprecated" and value is not None:
            yield value


def _country(item: Mapping[str, Any]) -> str | None:
    for value in _values(item, "P297"):
        if isinstance(value, str) and regex.fullmatch(r"[A-Z]{2}", value):
            return value
    return None


def _date(item: Mapping[str, Any], claim: str) -> ArticleDate | None:
    """A date as precisely as Wikidata says; dates before our era are left out."""
    length = {9: 4, 10: 7, 11: 10}
    for value in _values(item, claim):
        if isinstance(value, dict) and (cut := length.get(value.get("precision", 0))):
            match = regex.fullmatch(r"\+(\d{4}-\d\d-\d\d)T.*", str(value.get("time")))
            if match is not None:
                return ArticleDate(iso=match.group(1)[:cut])
    return None


def _coordinates(item: Mapping[str, Any]) -> tuple[float, float] | None:
    for value in _values(item, "P625"):
        if isinstance(value, dict):
            latitude, longitude = value.get("latitude"), value.get("longitude")
            if isinstance(latitude, int | float) and isinstance(longitude, int | float):
                return round(float(latitude), 4), round(float(longitude), 4)
    return None
