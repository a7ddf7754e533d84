"""Characters that no corpus file may hold, and bytes that are no text."""

import re
import unicodedata
from typing import NamedTuple

from generator.corpus.report import WHOLE_FILE, Place, Report, shown

#: Faulty characters of one file that are listed; a binary file would have thousands.
LISTED = 20

CONTROL = re.compile(
    "["
    "\x00-\x08\x0b-\x1f"  # controls but tab and line feed; carriage returns are gone by then
    "\x7f-\x9f"  # delete and the controls of Latin-1
    "\u2028\u2029"  # separators that YAML counts as lines and editors do not
    "\ufeff\ufffe\uffff"  # byte order mark, and what is no character
    "\ud800-\udfff"  # halves of a surrogate pair
    "]"
)

ASCII_CONTROLS = bytes(code for code in (*range(32), 127) if code not in b"\t\n\r")

OPENERS = {
    "\u202a": "\u202c",  # left-to-right embedding
    "\u202b": "\u202c",  # right-to-left embedding
    "\u202d": "\u202c",  # left-to-right override
    "\u202e": "\u202c",  # right-to-left override
    "\u2066": "\u2069",  # left-to-right isolate
    "\u2067": "\u2069",  # right-to-left isolate
    "\u2068": "\u2069",  # first strong isolate
}
BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


class Fault(NamedTuple):
    """A character at `at` of a text, and what is wrong with it."""

    at: int
    message: str


def decode(data: bytes, report: Report) -> str | None:
    """The text of a file with line feeds only; None where it is no UTF-8.

    Characters that are not allowed are reported and stand as spaces, so that all else keeps its place.
    """
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        report.add(_byte_place(data, error.start), "", _encoding_message(data, error.start))
        return None
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("\ufeff"):
        report.add(
            Place(1, 1), "", "expected UTF-8 without a byte order mark, got U+FEFF; save without it"
        )
        text = text[1:]
    if _is_clean(text, data):
        return text
    _report_controls(text, report)
    return CONTROL.sub(" ", text)


def faults(text: str) -> tuple[Fault, ...]:
    """What is wrong with the characters of one value or paragraph: controls and unbalanced bidi marks."""
    if text.isprintable():
        return ()
    controls = (
        Fault(match.start(), _control_message(match.group())) for match in CONTROL.finditer(text)
    )
    unbalanced = unbalanced_bidi(text)
    return (*controls, *(() if unbalanced is None else (unbalanced,)))


def unbalanced_bidi(text: str) -> Fault | None:
    """The first bidi control of a paragraph that opens without an end or ends without a start."""
    waiting: list[tuple[str, int]] = []
    for match in BIDI.finditer(text):
        mark = match.group()
        if mark in OPENERS:
            waiting.append((OPENERS[mark], match.start()))
        elif waiting and waiting[-1][0] == mark:
            waiting.pop()
        else:
            return Fault(match.start(), _bidi_message(mark, "without the mark that starts it"))
    if not waiting:
        return None
    start = waiting[0][1]
    return Fault(
        start, _bidi_message(text[start], f"without U+{ord(waiting[0][0]):04X} that ends it")
    )


def clean_characters(text: str) -> str:
    """A text without the characters that the reader refuses; bidi controls go where they are unbalanced."""
    text = CONTROL.sub("", text)
    return text if unbalanced_bidi(text) is None else BIDI.sub("", text)


def place_of(text: str, index: int) -> Place:
    """Line and column of a character of a text."""
    start = text.rfind("\n", 0, index) + 1
    return Place(text.count("\n", 0, index) + 1, index - start + 1)


def _is_clean(text: str, data: bytes) -> bool:
    """Whether no character is refused; the cheapest test first."""
    if text.isascii():
        return len(data.translate(None, ASCII_CONTROLS)) == len(data)
    return text.replace("\n", "").isprintable() or CONTROL.search(text) is None


def _report_controls(text: str, report: Report) -> None:
    matches = list(CONTROL.finditer(text))
    for match in matches[:LISTED]:
        report.add(place_of(text, match.start()), "", _control_message(match.group()))
    if len(matches) > LISTED:
        report.add(
            WHOLE_FILE, "", f"expected text, got {len(matches)} characters that are not allowed"
        )


def _control_message(character: str) -> str:
    name = unicodedata.name(character, "a control character").lower()
    return f"expected text, got U+{ord(character):04X} ({name}); delete it"


def _bidi_message(mark: str, lacking: str) -> str:
    return f"expected balanced bidi controls, got U+{ord(mark):04X} ({unicodedata.name(mark).lower()}) {lacking}"


def _byte_place(data: bytes, index: int) -> Place:
    start = data.rfind(b"\n", 0, index) + 1
    column = len(data[start:index].decode("utf-8", "replace")) + 1
    return Place(data.count(b"\n", 0, index) + 1, column)


def _encoding_message(data: bytes, index: int) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "expected UTF-8, got UTF-16; save the file as UTF-8"
    near = shown(data[max(0, index - 10) : index + 10].decode("latin-1"))
    return f"expected UTF-8, got the byte 0x{data[index]:02X} near {near}; save the file as UTF-8"
