"""What a value of the corpus may be: for each kind its reading, its JSON Schema and its name in the documents."""

import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from math import isfinite
from typing import Any, NamedTuple

from generator.corpus.characters import faults
from generator.corpus.dates import FORM, parse_date
from generator.corpus.languages import CODE, country_fault, language_fault
from generator.corpus.nodes import Broken, Items, Node, Scalar, Table, plain_type
from generator.corpus.report import Report, shown
from generator.errors import did_you_mean
from generator.text import normal

Check = Callable[[str], str | None]
"""What is wrong with a text, None for a good one: `expected …`, to which the reader adds what it got."""


class Kind(NamedTuple):
    """A kind of value. `read` gives None for a value that it reported."""

    name: str
    read: Callable[[Node, str, Report], Any]
    schema: Mapping[str, Any]


#: No longer than leaves room for an ending in the name of a file.
ID = re.compile(r"(?=.{1,200}$)[a-z0-9]+(?:-[a-z0-9]+)*")
WIKIDATA = re.compile(r"Q[1-9][0-9]{0,11}")
SHA256 = re.compile(r"[0-9a-f]{64}")
#: A host name in any script or an IPv6 address, and a port.
HOST = re.compile(
    r'https?://(?:[^\s/?#@:\[\]<>"\\^`{|}%]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?(?=[/?#]|$)'
)
URL = re.compile(HOST.pattern + r'[^\s<>"\\^`{|}]*')
#: A file in the folder of captures, with no way out of it.
CAPTURE_PATH = re.compile(r"captures/(?:[A-Za-z0-9_][A-Za-z0-9._-]*/)*[A-Za-z0-9_][A-Za-z0-9._-]*")
NUMBER = re.compile(r"[-+]?[0-9]{1,3}(?:\.[0-9]{1,12})?")

#: The most characters of a headline or a name, and of a note or an address.
SHORT, LONG = 1_000, 20_000

#: How a message ends that advises what to do with a key without a value.
OR_DELETE = ", or delete the line"

YAML_NAMES = {
    "bool": "a truth value",
    "int": "a number",
    "float": "a number",
    "null": "nothing",
    "timestamp": "a date",
}


def read_text(
    node: Node, field: str, report: Report, expected: str = "text", *, longest: int = LONG
) -> str | None:
    """One line of text, NFC; a line break in it is a space."""
    if type(node) is not Scalar:
        _not_a(node, field, report, expected)
        return None
    kind = plain_type(node)
    if kind is not None or not node.text:
        report.add(node, field, _trap(node, kind, expected))
        return None
    text = node.text
    if text.isascii() and text.isprintable() and "  " not in text:
        text = text.strip()
    else:
        faulty = faults(text)
        for fault in faulty:
            report.add(node, field, fault.message)
        if faulty:
            return None
        text = normal(text)
    if not text:
        report.add(node, field, f"expected text, got only spaces; write it{OR_DELETE}")
        return None
    if len(text) > longest:
        told = f"expected at most {longest:,} characters, got {len(text):,}: {shown(text)}"
        report.add(node, field, told)
        return None
    return text


def text_up_to(longest: int) -> Kind:
    """A kind of text, by its greatest length in characters."""

    def read(node: Node, field: str, report: Report) -> str | None:
        return read_text(node, field, report, longest=longest)

    return Kind("text", read, {"type": "string", "pattern": r"\S", "maxLength": longest})


def checked(name: str, check: Check, schema: Mapping[str, Any], *, literal: bool = False) -> Kind:
    """A kind of text that a check decides on; a `literal` one needs no quotes, whatever YAML makes of it."""

    def read(node: Node, field: str, report: Report) -> str | None:
        if literal and type(node) is Scalar and node.text:
            node = node._replace(plain=False)
        text = read_text(node, field, report, with_article(name))
        fault = None if text is None else check(text)
        if text is None or fault is None:
            return text
        expected, semicolon, cure = fault.partition("; ")
        report.add(node, field, f"{expected}, got {shown(text)}{semicolon}{cure}")
        return None

    return Kind(name, read, {"type": "string", **schema})


def pattern(name: str, regex: re.Pattern[str], expected: str, *, literal: bool = False) -> Kind:
    """A kind of text that a pattern describes whole."""
    return checked(
        name,
        lambda text: None if regex.fullmatch(text) else f"expected {expected}",
        {"pattern": f"^{regex.pattern}$"},
        literal=literal,
    )


def choice(enum: type[StrEnum]) -> Kind:
    """One of the values of an enumeration."""
    values = {member.value: member for member in enum}
    listed = ", ".join(values)

    def read(node: Node, field: str, report: Report) -> StrEnum | None:
        if type(node) is not Scalar:
            _not_a(node, field, report, f"one of {listed}")
            return None
        if node.text not in values:
            cure = did_you_mean(node.text, values)
            report.add(node, field, f"expected one of {listed}, got {shown(node.text)}{cure}")
        return values.get(node.text)

    return Kind(" · ".join(f"`{value}`" for value in values), read, {"enum": list(values)})


def list_of(kind: Kind, *, one_alone: bool = False) -> Kind:
    """A list of at least one; with `one_alone` a single value may stand without the list."""

    def read(node: Node, field: str, report: Report) -> tuple[Any, ...] | None:
        if type(node) is Scalar and one_alone:
            node = Items([node], node.line, node.column)
        if type(node) is not Items:
            _not_a(node, field, report, f"a list ([{kind.name}, …])")
            return None
        if not node.nodes:
            report.add(node, field, "expected at least one, got an empty list; delete the line")
            return None
        values = tuple(kind.read(item, field, report) for item in node.nodes)
        return None if any(value is None for value in values) else values

    name = f"{kind.name}, or a list of them" if one_alone else f"list: {kind.name}"
    array = {"type": "array", "items": kind.schema, "minItems": 1}
    return Kind(name, read, {"anyOf": [kind.schema, array]} if one_alone else array)


def by_language(kind: Kind) -> Kind:
    """A table from language codes to values."""

    def read(node: Node, field: str, report: Report) -> dict[str, Any] | None:
        if type(node) is not Table:
            _not_a(node, field, report, f"a table (language: {kind.name})")
            return None
        values: dict[str, Any] = {}
        failed = not node.pairs
        if failed:
            report.add(node, field, "expected at least one language, got none; delete the line")
        for key, value in node.pairs:
            code = LANGUAGE.read(key, field, report)
            if code in values:
                report.add(key, field, f"expected each language once, got {shown(code)} again")
                code = None
            read_value = kind.read(value, f"{field}.{code}" if code else field, report)
            failed = failed or code is None or read_value is None
            values[code or ""] = read_value
        return None if failed else values

    schema = {
        "type": "object",
        "additionalProperties": False,
        "patternProperties": {f"^{CODE.pattern}$": kind.schema},
        "minProperties": 1,
    }
    return Kind(f"by language: {kind.name}", read, schema)


def _read_date(node: Node, field: str, report: Report) -> Any:
    if type(node) is not Scalar:
        _not_a(node, field, report, "a date")
        return None
    date = parse_date(node.text)
    if not isinstance(date, str):
        return date
    expected, semicolon, cure = date.partition("; ")
    report.add(node, field, f"{expected}, got {shown(node.text)}{semicolon}{cure}")
    return None


def _read_number(node: Node, field: str, report: Report) -> float | None:
    if (
        type(node) is Scalar
        and node.plain
        and NUMBER.fullmatch(node.text)
        and isfinite(float(node.text))
    ):
        return float(node.text)
    _not_a(node, field, report, "a number of degrees such as 55.75")
    return None


def _read_coordinates(node: Node, field: str, report: Report) -> tuple[float, float] | None:
    if type(node) is not Items or len(node.nodes) != 2:
        _not_a(node, field, report, "[latitude, longitude]")
        return None
    latitude, longitude = (_read_number(item, field, report) for item in node.nodes)
    if latitude is None or longitude is None:
        return None
    if abs(latitude) > 90 or abs(longitude) > 180:
        got = f"[{latitude:g}, {longitude:g}]"
        report.add(
            node,
            field,
            f"expected a latitude of at most 90 and a longitude of at most 180 degrees, got {got}",
        )
        return None
    return latitude, longitude


def url_fault(text: str) -> str | None:
    """What is wrong with an address; only `http` and `https` may be linked."""
    if URL.fullmatch(text):
        return None
    if not text.startswith(("http://", "https://")):
        return "expected an address that starts with https:// or http://"
    if HOST.match(text):
        return 'expected an address without spaces and signs such as < and "; write %20, %3C, %22'
    return "expected an address with a host and without a user name"


def _date_schema() -> dict[str, Any]:
    form = re.sub(r"\?P<[a-z]+>", "?:", FORM.pattern)
    text = {"type": "string", "pattern": f"^(?:unknown|{form})$"}
    return {"anyOf": [text, {"type": "integer", "minimum": 1, "maximum": 9999}]}


TEXT = text_up_to(SHORT)
LONG_TEXT = text_up_to(LONG)
DATE = Kind("date", _read_date, _date_schema())
LANGUAGE = checked("language code", language_fault, {"pattern": f"^{CODE.pattern}$"})
COUNTRY = checked("country code", country_fault, {"pattern": "^[A-Z]{2}$"})
ADDRESS = checked("web address", url_fault, {"pattern": f"^{URL.pattern}$"})
IDENTIFIER = pattern(
    "id", ID, "an id of at most 200 lower-case letters a-z, digits and single hyphens"
)
WIKIDATA_ID = pattern("Wikidata id", WIKIDATA, "a Wikidata id such as Q42")
SHA256_HEX = pattern("SHA-256", SHA256, "a SHA-256 of 64 lower-case hex digits", literal=True)
CAPTURE_FILE = pattern(
    "path",
    CAPTURE_PATH,
    "a path inside captures/ of letters a-z, digits, dots, hyphens and underscores",
)
COORDINATES = Kind(
    "[latitude, longitude]",
    _read_coordinates,
    {
        "type": "array",
        "prefixItems": [
            {"type": "number", "minimum": -90, "maximum": 90},
            {"type": "number", "minimum": -180, "maximum": 180},
        ],
        "minItems": 2,
        "maxItems": 2,
    },
)


def with_article(name: str) -> str:
    """A name with *a* or *an*."""
    return f"{'an' if name[0] in 'aeio' else 'a'} {name}"


def _not_a(node: Node, field: str, report: Report, expected: str) -> None:
    if type(node) is not Broken:
        report.add(node, field, f"expected {expected}, got {got(node)}")


def got(node: Node) -> str:
    """What stands there, for a message."""
    if type(node) is Items:
        return "a list"
    if type(node) is Table:
        return "a table (key: value)"
    if type(node) is Scalar and node.text:
        return shown(node.text)
    return "nothing"


def _trap(node: Scalar, kind: str | None, expected: str) -> str:
    if not node.text:
        return f"expected {expected}, got nothing; write it{OR_DELETE}"
    reading = YAML_NAMES.get(kind or "", "a sign of its own")
    return (
        f'expected {expected}, got {node.text}, which YAML reads as {reading}; write "{node.text}"'
    )
