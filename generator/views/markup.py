"""Markup that is safe by its type: HTML elements, and text written as Markdown that reads as it stands."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TypeAlias

#: What is neither text nor white space: control characters and code points that no file can hold.
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Anything that HTML cannot hold as it stands, between tags and inside quotation marks.
SPECIAL = re.compile(f"[&<>\n\r{UNPRINTABLE.pattern[1:]}")
SPECIAL_INSIDE = re.compile(f'[&<>"\n\r{UNPRINTABLE.pattern[1:]}')

#: A value that needs no quotation marks.
BARE = re.compile(r"[\w#%+,./:;?@~!-]+").fullmatch

#: What stands for them; what is not listed is left out.
REFERENCES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": " "}

#: In running text, Markdown may read these. A backslash (not a reference) lets every renderer give
#: the same bytes; what opens a block needs nothing, because no block begins with contributed text.
MARKDOWN_SPECIAL = re.compile(rf"[\\`*_\[\]{{}}&<>\"\n\r{UNPRINTABLE.pattern[1:]}")
MARKDOWN_ESCAPES = {
    **{"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": " ", "\r": " "},
    **{character: f"\\{character}" for character in "\\`*_[]{}"},
}

#: The same characters inside a tag, where a backslash would stay.
MARKDOWN_REFERENCES = str.maketrans(
    {character: f"&#{ord(character)};" for character in "\\`*_[]{}"}
)

LINK_SCHEMES = ("http://", "https://", "mailto:")


class Html(str):
    """Markup to write as it stands; everything else is escaped when it becomes a child."""

    __slots__ = ()


Node: TypeAlias = "str | Html | None"
Attribute: TypeAlias = "str | int | bool | None"

#: Elements without content, and those whose end HTML reads off what follows them.
VOID = frozenset({"br", "hr", "img", "input", "link", "meta"})
ENDLESS = VOID | {"dd", "dt", "li", "tbody", "td", "th", "thead", "tr"}
#: Elements in which the end of a paragraph shows by itself: at their own end, and before another block.
BLOCKS = frozenset(
    {"article", "aside", "blockquote", "dd", "details", "div", "figure", "header", "li", "nav"}
    | {"section", "td", "th"}
)
ENDED = re.compile(r"</p>(?=\Z|<(?:details|div|dl|figure|h[1-6]|ol|p|section|table|ul)[ >])")
#: Elements of a picture; inside SVG an element without content has to be closed.
SHAPES = frozenset({"circle", "line", "path", "rect", "use"})


def escape(text: str) -> Html:
    """Text as HTML; never holds a line break, so that a block of HTML in Markdown never ends early."""
    if isinstance(text, Html):
        return text
    return Html(SPECIAL.sub(_reference, text))


def escape_inside(text: str) -> str:
    """Text as the value of an attribute, between quotation marks."""
    return SPECIAL_INSIDE.sub(_reference, text)


def _reference(sign: re.Match[str]) -> str:
    return REFERENCES.get(sign.group(), "")


def el(name: str, /, *children: Node, **attributes: Attribute) -> Html:
    """One element, in as few bytes as HTML takes. `class_` is written `class`, `data_t` `data-t`; `None` and
    `False` leave an attribute or child out, `True` writes the bare attribute."""
    opening = _opening(name, attributes)
    if name in SHAPES and not children:
        return Html(f"{opening} />")
    end = "" if name in ENDLESS else f"</{name}>"
    inside = _inside(children)
    if name in BLOCKS and "</p>" in inside:
        inside = ENDED.sub("", inside)
    return Html(f"{opening}>{inside}{end}")


def xml(name: str, /, *children: Node, **attributes: str) -> Html:
    """One element of a file in XML, where every value is quoted and every element ends."""
    parts = [
        f' {_attribute_name(key)}="{escape_inside(value)}"' for key, value in attributes.items()
    ]
    opening = f"<{name}{''.join(parts)}"
    return Html(f"{opening}>{_inside(children)}</{name}>" if children else f"{opening}/>")


def _inside(children: tuple[Node, ...]) -> str:
    return "".join(
        [
            child if child.__class__ is Html else escape(child)
            for child in children
            if child is not None
        ]
    )


def join(*children: Node, by: str = "") -> Html:
    """Children in a row, without those that are None."""
    return Html(escape(by).join([escape(child) for child in children if child is not None]))


def _opening(name: str, attributes: Mapping[str, Attribute]) -> str:
    """An opening tag without its end."""
    if not attributes:
        return f"<{name}"
    return f"<{name}{''.join([_attribute(key, value) for key, value in attributes.items()])}"


@lru_cache(maxsize=20_000, typed=True)
def _attribute(name: str, value: Attribute) -> str:
    """One attribute: most are on many pages."""
    if value is None or value is False:
        return ""
    name = _attribute_name(name)
    if value is True:
        return f" {name}"
    text = str(value)
    return f" {name}={text}" if BARE(text) else f' {name}="{escape_inside(text)}"'


@lru_cache(maxsize=1_000)
def _attribute_name(name: str) -> str:
    return name.rstrip("_").replace("_", "-")


def link(href: str, *children: Node, **attributes: Attribute) -> Html:
    """A link to an address of our own, relative and known to be good."""
    return el("a", *children, href=href, **attributes)


def outward_link(url: str | None, *children: Node, **attributes: Attribute) -> Html:
    """A link to a contributed address; only its text where the address is not one we link to."""
    safe = safe_url(url)
    if safe is None:
        return join(*children)
    return el("a", *children, href=safe, rel="nofollow", **attributes)


def safe_url(url: str | None) -> str | None:
    """The address if a reader may follow it: `http`, `https` or `mailto`, on one line."""
    if url is None or any(character.isspace() for character in url):
        return None
    return url if url.lower().startswith(LINK_SCHEMES) else None


# --- Markdown --------------------------------------------------------------------------------


def markdown_text(text: str) -> str:
    """Words as Markdown that renders as exactly these words, inside a block that has begun."""
    return MARKDOWN_SPECIAL.sub(lambda sign: MARKDOWN_ESCAPES.get(sign.group(), ""), text)


def markdown_tag(name: str, /, **attributes: Attribute) -> str:
    """An opening tag inside a line of Markdown."""
    return f"{_opening(name, attributes).translate(MARKDOWN_REFERENCES)}>"
