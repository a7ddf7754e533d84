"""What a page says of itself to machines: JSON-LD, meta tags, links; every value with the place it stands in."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import regex
from lxml.html import HtmlElement

from generator.record import record
from generator.text import normal

ARTICLE_TYPES = regex.compile(
    r"Article|BlogPosting|Posting|Report(?:age)?$|Review$|Recipe$|CreativeWork$"
)
#: Deepest JSON-LD that is read.
DEEPEST = 12
#: What wraps a script's text where a page is XHTML or fears old browsers.
WRAPPING = regex.compile(
    r"^\s*(?:<!--|(?://|/\*)?\s*<!\[CDATA\[(?:\s*\*/)?)|(?:-->|(?://|/\*)?\s*\]\]>(?:\s*\*/)?|;)\s*$"
)
CONTROLS = regex.compile(r"[\x00-\x1f]+")


@record
class PageData:
    """JSON-LD nodes of articles, and the meta tags by lower-case name, in order."""

    articles: tuple[Mapping[str, Any], ...]
    metas: Mapping[str, tuple[str, ...]]

    def first(self, *names: str) -> str:
        """The first meta tag of these names that is not empty."""
        for name in names:
            for value in self.metas.get(name, ()):
                if value:
                    return value
        return ""

    def stated(self, *path: str) -> Iterator[str]:
        """The texts at a path of the article nodes, such as `publisher`, `name`."""
        for node in self.articles:
            yield from _texts(node, path)


def read_page_data(root: HtmlElement) -> PageData:
    """Collect what a page states; what is broken is left out."""
    metas: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = normal(element.get("content") or "")
        if name and content:
            metas.setdefault(name.strip().lower(), []).append(content)
    return PageData(
        articles=tuple(_article_nodes(root)),
        metas={name: tuple(values) for name, values in metas.items()},
    )


def _article_nodes(root: HtmlElement) -> Iterator[Mapping[str, Any]]:
    """Article nodes, those with a headline first."""
    nodes = []
    for element in root.iter("script"):
        if "ld+json" in (element.get("type") or "").lower():
            value = _load(element.text or "")
            nodes += [node for node in _nodes(value, 0) if _is_article(node)]
    yield from sorted(nodes, key=lambda node: not node.get("headline"))


def _load(text: str) -> Any:
    text = WRAPPING.sub("", text)
    for candidate in (text, CONTROLS.sub(" ", text)):
        try:
            return json.loads(candidate)
        except (ValueError, RecursionError):
            continue
    return None


def _nodes(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > DEEPEST:
        return
    if isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "itemListElement"):
            yield from _nodes(value.get(key), depth + 1)
    elif isinstance(value, list):
        for item in value:
            yield from _nodes(item, depth + 1)


def _is_article(node: Mapping[str, Any]) -> bool:
    kinds = node.get("@type")
    listed = kinds if isinstance(kinds, list) else [kinds]
    return any(isinstance(kind, str) and ARTICLE_TYPES.search(kind) for kind in listed)


def _texts(value: Any, path: Sequence[str]) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _texts(item, path)
    elif not path:
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield normal(str(value))
    elif isinstance(value, dict):
        yield from _texts(value.get(path[0]), path[1:])
    elif isinstance(value, str) and path == ("name",):
        yield normal(value)
