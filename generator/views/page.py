"""A page becomes a Markdown file: flat front matter for the skeleton, then the body."""

import json
import re
from collections.abc import Mapping

from generator.record import record
from generator.text import direction
from generator.views import addresses
from generator.views.interface import Interface, interface
from generator.views.markup import UNPRINTABLE, Attribute, Html, Node, el, escape, link

QUOTE = json.JSONEncoder(ensure_ascii=False).encode

#: YAML reads these as line breaks or not at all, JSON writes them as they are.
NOT_IN_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\U00010000-\U0010ffff]")


@record
class Page:
    """A page of the site.

    `address` is relative to the root; `kind` is the class that the style sheet knows; `ui` is the
    interface language, `language` that of the article (that of the interface where there is none).
    `head` is ready-made markup, `body` are blocks of Markdown or of HTML without blank lines.
    `everywhere` is the address without the prefix of its language, for a page that exists once in each.
    """

    address: str
    kind: str
    title: str
    ui: str
    body: tuple[str, ...]
    language: str | None = None
    description: str = ""
    head: str = ""
    index: bool = True
    everywhere: str | None = None


def write_page(page: Page) -> bytes:
    """The Markdown file of a page."""
    language = page.language or page.ui
    fields: dict[str, str] = {
        "title": page.title,
        "kind": page.kind,
        "ui": page.ui,
        "lang": language,
        "dir": direction(language),
    }
    if page.description:
        fields["description"] = page.description
    if page.everywhere is not None:
        fields["everywhere"] = page.everywhere
    if page.head:
        fields["head"] = page.head
    if not page.index:
        fields["robots"] = "noindex"
    lines = [f"{name}: {_scalar(value)}" for name, value in fields.items()]
    front = "\n".join(("---", *lines, "---"))
    return f"{front}\n\n{chr(10).join(block + chr(10) for block in page.body)}".encode()


def _scalar(value: str) -> str:
    """A text that is JSON and YAML alike, on one line."""
    quoted = QUOTE(UNPRINTABLE.sub("", value))
    return str(NOT_IN_YAML.sub(_yaml_escape, quoted))


def _yaml_escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


@record
class Frame:
    """Where furniture stands: the page's address, the ways to the root and to the home page in the
    interface's language, the interface, and the attributes that mark interface words inside an
    article of another language."""

    address: str
    root: str
    home: str
    ui: Interface
    marked: Mapping[str, str]

    def link(self, address: str, *children: Node, **attributes: Attribute) -> Html:
        """A link to another page or file of the site."""
        return link(self.to(address), *children, **attributes)

    def to(self, address: str) -> str:
        """The shortest relative way to an address."""
        return addresses.way(self.address, address)


def frame(
    address: str, ui: str, language: str | None = None, *, home: str = addresses.HOME
) -> Frame:
    """The frame of a page; `language` is that of its article, if it has one; `home` the address of the
    home page in the interface's language."""
    words = interface(ui)
    marked = {} if language in (None, ui) else {"lang": ui, "dir": words.direction}
    root = addresses.root(address)
    return Frame(address=address, root=root, home=root + home, ui=words, marked=marked)


def foreign(language: str, ui: str) -> dict[str, str]:
    """The attributes of words in a language other than the interface's: none where it is the same."""
    if language in (ui, "und"):
        return {}
    here, there = direction(language), direction(ui)
    return {"lang": language} if here == there else {"lang": language, "dir": here}


def run(text: str, language: str, here: Frame, name: str = "span") -> Html:
    """Words of another language inside the interface, marked with it; as they stand where it is the same."""
    marks = foreign(language, here.ui.language)
    return el(name, text, **marks) if marks else escape(text)
