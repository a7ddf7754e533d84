"""The title of a web page: what it states in several places, with the outlet's name taken off."""

import html
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import regex
from lxml.html import HtmlElement
from slugify import slugify

from generator.ingest.page_data import PageData
from generator.ingest.titles import address_words
from generator.record import record
from generator.text import normal, words

#: Between the title and the outlet's or section's name.
SEPARATOR = regex.compile(
    r"\s+[|\-–—•·:»«/<>~]+\s+|\s*[|｜»«]+\s*|(?<=\p{L}): (?=\p{Lu})|[_＿](?=\P{ASCII})|\s[-–—](?=\S)"
)
#: Longest outlet's or section's name, in words.
NAME_LENGTH = 8


@record
class StatedTitle:
    """A title, and where the page states it."""

    text: str
    place: str


def read_title(root: HtmlElement, data: PageData, url: str) -> StatedTitle | None:
    """The title as readers see it, told by what the page states elsewhere."""
    stated = [item for item in _stated(root, data) if item.text]
    outlets = _outlet_names(data, url)
    heads = [StatedTitle(text=text, place="main heading") for text in _headings(root)]
    bare = [
        StatedTitle(text=strip_outlet(item.text, outlets, heads), place=item.place)
        for item in stated
    ]
    ranked = sorted(heads, key=lambda head: -sum(_agree(head.text, item.text) for item in bare))
    for head in ranked:
        agreeing = [item for item in bare if _agree(head.text, item.text)]
        if agreeing and not _reworded(head, bare):
            return _without_kicker(head, agreeing)
    if heads and _restates(heads[0], bare):
        return heads[0]
    # The page shows no heading that any statement agrees with: only a plain statement is left.
    loose = next((item for item in stated if item.place.startswith("meta")), None)
    if loose is not None and not any(
        words(strip_outlet(loose.text, outlets)) == words(head.text) for head in heads
    ):
        return loose
    addressed = set(address_words(url))
    for head in heads:
        if addressed and len(addressed & set(slugify(head.text).split("-"))) >= 0.6 * len(
            addressed
        ):
            return head
    good = [item for item in bare if len(item.text) > 1]
    if good:
        return good[0]
    return heads[0] if len(heads) == 1 else None


def _without_kicker(head: StatedTitle, agreeing: Sequence[StatedTitle]) -> StatedTitle:
    """A heading may hold more than the title, before or behind it: what is stated twice is the title."""
    if any(_plain_words(item.text) == _plain_words(head.text) for item in agreeing):
        return head
    shorter = [
        item
        for item in agreeing
        if head.text.startswith(item.text) or head.text.endswith(item.text)
    ]
    return shorter[0] if len(shorter) >= 2 else head


def _reworded(head: StatedTitle, stated: Sequence[StatedTitle]) -> bool:
    """Whether the page's tags give the title in other words than its heading and its JSON-LD."""
    shown = _plain_words(head.text)
    if any(
        item.place.startswith("JSON-LD") and _plain_words(item.text) == shown for item in stated
    ):
        return False
    metas = [_plain_words(item.text) for item in stated if item.place == "meta og:title"]
    return bool(metas) and not any(
        " ".join(shown) in " ".join(meta) or " ".join(meta) in " ".join(shown) for meta in metas
    )


#: Share of its words from which a heading says what a statement says, in words of its own.
SAME = 0.4


def _restates(head: StatedTitle, stated: Sequence[StatedTitle]) -> bool:
    """Whether the first heading is the title, which all tags give in other words or one tag alone gives.

    Words that all tags share are written to be found; where the tags disagree, `og:title` is the one written to
    be quoted.
    """
    shown = frozenset(_plain_words(head.text))
    known = [item for item in stated if len(item.text) > 1]
    if len(shown) < 4 or any(
        _agree(head.text, item.text) or _holds(item, head) or _holds(head, item) for item in known
    ):
        return False
    if [item.place for item in known] == ["meta og:title"]:
        return True
    others = [frozenset(_plain_words(item.text)) for item in known]
    return any(len(shown & other) >= SAME * max(len(shown), len(other)) for other in others)


def _holds(one: StatedTitle, other: StatedTitle) -> bool:
    return " ".join(_plain_words(other.text)) in " ".join(_plain_words(one.text))


def _plain_words(text: str) -> list[str]:
    """Words, with one kind of apostrophe."""
    return words(text.replace("’", "'").replace("‘", "'"))


def strip_outlet(title: str, outlets: Sequence[str], heads: Sequence[StatedTitle] = ()) -> str:
    """A title without the names of outlet and section that pages put around it."""
    parts = [part.strip() for part in SEPARATOR.split(title) if part and part.strip()]
    if len(parts) < 2:
        return title
    for head in heads:
        if normal(head.text) in (parts[0], title):
            return normal(head.text)
    for position in (-1, 0):
        rest = title
        part = parts[position]
        if _is_outlet(part, outlets) and len(part) < len(title) - 1:
            rest = title.removesuffix(part) if position else title.removeprefix(part)
            rest = _trim(rest)
            if len(words(rest)) >= 2 or len(rest) > 6:
                return strip_outlet(rest, outlets, heads)
    return title


def _trim(title: str) -> str:
    return title.strip(" |-–—•·:»«/<>~｜_＿\t")


def _stated(root: HtmlElement, data: PageData) -> Iterator[StatedTitle]:
    for text in data.stated("headline"):
        yield StatedTitle(text=_plain(text), place="JSON-LD headline")
    for name in (
        "og:title",
        "twitter:title",
        "dc.title",
        "dcterms.title",
        "parsely-title",
        "sailthru.title",
        "title",
        "headline",
    ):
        for text in data.metas.get(name, ())[:1]:
            yield StatedTitle(text=_plain(text), place=f"meta {name}")
    for element in root.iter("title"):
        if element.getparent() is None or element.getparent().tag != "svg":
            yield StatedTitle(text=_plain("".join(element.itertext())), place="title element")
            break


def _plain(text: str) -> str:
    return normal(regex.sub(r"<[^>]{1,80}>", "", html.unescape(text)))


def _headings(root: HtmlElement) -> list[str]:
    """Texts of first-rank headings, then of others that are named as titles."""
    found = [normal("".join(element.itertext())) for element in root.iter("h1")]
    named = root.xpath(
        "//*[contains(@itemprop,'headline')] | //h2[contains(@class,'title')] | //h2[contains(@class,'headline')]"
    )
    found += [normal("".join(element.itertext())) for element in named]
    unique = dict.fromkeys(text for text in found if 1 < len(text) < 300)
    return list(unique)


def _outlet_names(data: PageData, url: str) -> list[str]:
    names = [
        data.first("og:site_name"),
        data.first("application-name"),
        data.first("twitter:site").lstrip("@"),
        data.first("author"),
    ]
    names += list(data.stated("publisher", "name"))
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return [name for name in (*names, host, host.split(".")[0]) if name]


def _is_outlet(part: str, outlets: Sequence[str]) -> bool:
    key = slugify(part).replace("-", "") or part.casefold()
    if len(part.split()) > NAME_LENGTH or not key:
        return False
    for outlet in outlets:
        other = slugify(outlet).replace("-", "") or outlet.casefold()
        if not other:
            continue
        if key == other or (len(key) >= 3 and key in other) or (len(other) >= 4 and other in key):
            return True
    return bool(
        regex.fullmatch(
            r"[\w.-]+\.(?:com|org|net|de|fr|es|it|ru|ch|at|co\.uk|jp|cn|pt|br)", part.lower()
        )
    )


def _agree(one: str, other: str) -> bool:
    """Whether two statements give the same title, one perhaps with names around it."""
    first, second = _plain_words(one), _plain_words(other)
    if len(first) < 2 and first != second:
        return False
    short, long = sorted((first, second), key=len)
    return (
        bool(short)
        and f" {' '.join(short)} " in f" {' '.join(long)} "
        and 2 * len(short) > len(long)
    )
