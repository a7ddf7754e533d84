"""Date, authors, outlet and other facts that a web page states of its article."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import islice
from urllib.parse import urljoin, urlsplit

import htmldate
import regex
from lxml.html import HtmlElement

from generator.ingest.page_data import PageData
from generator.record import record
from generator.text import fold, normal, slug, words

DATE = regex.compile(
    r"(?P<year>(?:19|20)\d\d)[-/.]?(?P<month>0[1-9]|1[0-2])[-/.]?(?P<day>0[1-9]|[12]\d|3[01])(?!\d)"
)
TIMED = regex.compile(
    r"(?:19|20)\d\d-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?\s?(?:Z|[+-]\d\d:?\d\d)"
)
#: Meta tags of the time of publication, most telling first.
PUBLISHED = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "pubdate",
    "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date", "dc.date.issued",
    "dcterms.created", "dc.date", "dcterms.date", "date", "article.published", "cxenseparse:recs:publishtime",
    "originalpublicationdate", "published-date", "published_time", "citation_publication_date", "dateposted",
)  # fmt: skip
UPDATED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "lastmod",
    "last-modified",
    "dcterms.modified",
)
AUTHOR_METAS = (
    "author", "article:author_name", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator",
    "article:author", "twitter:data1", "citation_author", "og:article:author",
)  # fmt: skip
BYLINES = (
    "//*[@itemprop='author']//*[@itemprop='name']",
    "//*[@itemprop='author']",
    "//*[@rel='author']",
    "//*[contains(@class,'byline')]//a",
    "//*[contains(@class,'author')]//a[contains(@href,'author') or contains(@href,'autor') or contains(@href,'/by/')]",
    "//*[contains(@class,'author-name') or contains(@class,'author__name') or contains(@class,'authorName')]",
    "//*[contains(@class,'byline')]",
    "//*[@class='author' or @class='autor' or @class='post-author' or @class='entry-author' or @class='vcard']",
)
BY = regex.compile(
    r"^(?:by|von|par|por|di|door|av|af|von:|autor(?:in|es|a|:)?|author[s:]*|text(?:e)?\s?:|από|da|od|de|written by|words by|"
    r"posted by|story by|published by|escrito por|redacción|redaktion:|文[：:/]|作者[：:]|記者|记者|автор[:]?|текст[:]?|"
    r"بقلم|كتب|מאת)(?:[:：\s]+|(?<=[:：/]))",
    regex.I,
)
CONNECTIVE = regex.compile(
    r"\s*(?:,|;|/|\||&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\boch\b|\bog\b|\bи\b|、|，|\bvía\b)\s*"
)
NOT_NAMES = regex.compile(
    r"https?:|www\.|@|\d{2,}|\b(?:admin|editor|redaktion|redaction|redacción|staff|team|newsroom|contributor|posted|published|"
    r"updated|follow|more|view|posts|minutes?|share|comments?|guest|facebook|twitter|about|profile)\b",
    regex.I,
)
TAIL = regex.compile(
    r"\s*\((?:https?|www).*$|\s*[,(|•·–—-]\s*(?:[A-Z]{2,}.*|.*(?:editor|correspondent|reporter|writer|\d).*)$|\s*\(.*\)$|[,.;:|•·-]+$"
)


INITIAL = regex.compile(r"\s\p{Lu}$")
#: Characters of the longest line that is taken for a byline.
LONGEST_BYLINE = 80
#: Elements around a byline within which others are of the same article.
NEAR = 2


@record
class PageFacts:
    """What a page states, each fact as text; `places` tell where each was found."""

    date: str = ""
    updated: str = ""
    authors: tuple[str, ...] = ()
    outlet: str = ""
    section: str = ""
    canonical_url: str = ""
    language: str = ""
    places: Mapping[str, str]


def read_facts(root: HtmlElement, data: PageData, url: str) -> PageFacts:
    """All facts, each from the most telling place that has it."""
    day, date_place = _date(root, data, url)
    authors, author_place = _authors(root, data, url)
    updated = next(
        (
            iso
            for text in (*data.stated("dateModified"), data.first(*UPDATED))
            if (iso := iso_date(text))
        ),
        "",
    )
    outlet = data.first("og:site_name") or next(iter(data.stated("publisher", "name")), "")
    section = data.first("article:section", "section", "parsely-section") or next(
        iter(data.stated("articleSection")), ""
    )
    return PageFacts(
        date=day,
        updated=updated if updated > day else "",
        authors=authors,
        outlet=outlet,
        section=section,
        canonical_url=_canonical(root, data, url),
        language=_language(root, data),
        places={"date": date_place, "authors": author_place},
    )


def iso_date(text: str) -> str:
    """The ISO form of a stated time: with its offset if it has one, else the day; empty if it is none."""
    if timed := TIMED.search(text):
        try:
            moment = datetime.fromisoformat(
                regex.sub(r"\s(?=[Z+-])", "", timed.group()).replace(" ", "T")
            )
        except ValueError:
            return iso_day(text)
        return moment.replace(microsecond=0).isoformat()
    return iso_day(text)


def iso_day(text: str) -> str:
    """The day of a text that begins with one, year first."""
    match = DATE.match(text.strip())
    if match is None:
        return ""
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    except ValueError:
        return ""


def _date(root: HtmlElement, data: PageData, url: str) -> tuple[str, str]:
    found, place = next(_stated_dates(root, data), ("", ""))
    addressed = _address_day(url)
    if (
        found
        and addressed
        and found[:10] != addressed
        and found.endswith("+00:00")
        and _next_to(found, addressed)
    ):
        return addressed, "address (the page gives the time elsewhere on Earth)"
    if found.endswith("+00:00") and not addressed:
        shown = _shown_day(root, url)
        # A day later may be that of a change; the day before is that of readers west of Greenwich.
        if shown and shown < found[:10] and _next_to(found, shown):
            return shown, "text of the page (its tags give the time elsewhere on Earth)"
    if found or addressed:
        return (found, place) if found else (addressed, "address")
    guess = htmldate.find_date(root, url=url or None, original_date=True, extensive_search=True)
    return (guess, "text of the page") if guess else ("", "")


def _stated_dates(root: HtmlElement, data: PageData) -> Iterator[tuple[str, str]]:
    stated = [("JSON-LD datePublished", text) for text in data.stated("datePublished")]
    stated += [(f"meta {name}", text) for name in PUBLISHED for text in data.metas.get(name, ())]
    for element in root.xpath(
        "//*[@itemprop='datePublished'] | //time[@pubdate] | //time[@datetime]"
    ):
        text = (
            element.get("datetime") or element.get("content") or normal("".join(element.itertext()))
        )
        stated.append(("time element", text))
    for place, text in stated:
        if found := iso_date(text):
            yield found, place


def _shown_day(root: HtmlElement, url: str) -> str:
    """The day that the page shows its readers: what it states for machines left aside."""
    for element in root.xpath("//time"):
        if day := iso_day(normal("".join(element.itertext()))):
            return day
    return htmldate.find_date(root, url=url or None, original_date=False) or ""


def _address_day(url: str) -> str:
    match = regex.search(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=/|-)", url)
    return iso_day("-".join(match.groups())) if match else ""


def _next_to(one: str, other: str) -> bool:
    return abs((datetime.fromisoformat(one[:10]) - datetime.fromisoformat(other)).days) == 1


def _authors(root: HtmlElement, data: PageData, url: str) -> tuple[tuple[str, ...], str]:
    outlets = {
        fold(name)
        for name in (data.first("og:site_name"), *data.stated("publisher", "name"))
        if name
    }
    alone: tuple[tuple[str, ...], str] = ((), "")
    outlet = alone
    for place, found in _stated_authors(root, data):
        stated = dict.fromkeys(name for text in found for name in split_names(text))
        # An outlet that names itself tells nothing; a byline further down may.
        names = tuple(
            name for name in stated if fold(name) not in outlets and not _is_host(name, url)
        )
        if len(names) == 1 and len(words(names[0])) == 1:
            # A first name or a pen name: another place may tell more of the same person.
            alone = alone if alone[0] else (names, place)
        elif names and (not alone[0] or fold(alone[0][0]) in map(fold, " ".join(names).split())):
            return names[:12], place
        elif stated and not outlet[0]:
            outlet = tuple(stated), place
    return alone if alone[0] else outlet


def _is_host(name: str, url: str) -> bool:
    """Whether a name is the page's host, or what stands before its first dot."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return bool(host) and slug(name).replace("-", "") in (
        host.split(".")[0].replace("-", ""),
        host.replace(".", ""),
    )


def _stated_authors(root: HtmlElement, data: PageData) -> Iterator[tuple[str, list[str]]]:
    yield "JSON-LD author", list(data.stated("author", "name"))
    for name in AUTHOR_METAS:
        yield f"meta {name}", list(data.metas.get(name, ()))
    for path in BYLINES:
        yield "byline", [normal(" ".join(item.itertext())) for item in _together(root.xpath(path))]
    for element in root.iter("p", "span", "div"):
        text = _short_text(element) if len(element) <= 3 else ""
        if text and BY.match(text):
            yield "line that begins like a byline", [text]
            return


def _short_text(element: HtmlElement) -> str:
    """The text of an element if it is no longer than a byline; where it is longer, no more is read than that shows."""
    found, letters = [], 0
    for text in element.itertext():
        found.append(text)
        letters += sum(map(len, text.split()))
        if letters >= LONGEST_BYLINE:
            return ""
    line = normal("".join(found))
    return line if len(line) < LONGEST_BYLINE else ""


def _together(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    """The first byline and those right beside it: others on the page are of other articles."""
    if not elements:
        return []
    near = [elements[0], *islice(elements[0].iterancestors(), NEAR)][-1]
    return [item for item in elements if item is near or near in item.iterancestors()][:6]


def split_names(text: str) -> list[str]:
    """The names in a byline: two to five words each, or three characters and more of Han and kana."""
    text = BY.sub("", normal(text))
    found = []
    for part in CONNECTIVE.split(text):
        name = TAIL.sub("", BY.sub("", part.strip())).strip(" .,:;|-–—•\"'")
        if INITIAL.search(name) and part.rstrip().endswith(f"{name}."):
            name = f"{name}."
        if name.isupper() and len(name) > 4:
            name = name.title()
        if _is_name(name):
            found.append(name)
    return found


def _is_name(name: str) -> bool:
    if NOT_NAMES.search(name) or len(name) > 60 or not name:
        return False
    if regex.search(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]", name):
        return 2 <= len(name) <= 20
    parts = words(name)
    return (
        1 <= len(parts) <= 5 and name[0].isalpha() and (name[0].isupper() or not name[0].islower())
    )


#: A name in any script, or an address of numbers.
HOST = regex.compile(r"[\w.:-]+")


def _canonical(root: HtmlElement, data: PageData, url: str) -> str:
    links = [
        element.get("href") or ""
        for element in root.iter("link")
        if element.get("rel") == "canonical"
    ]
    for link in (*links, data.first("og:url")):
        try:
            absolute = urljoin(url, link.strip()) if link.strip() else ""
            parts = urlsplit(absolute)
        except ValueError:
            continue
        if parts.scheme in ("http", "https") and HOST.fullmatch(parts.hostname or ""):
            return absolute
    return ""


def _language(root: HtmlElement, data: PageData) -> str:
    html = root if root.tag == "html" else root.find(".//html")
    stated = [
        ""
        if html is None
        else html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        data.first("content-language", "dc.language", "language", "og:locale"),
        next(iter(data.stated("inLanguage")), ""),
    ]
    return next((text.replace("_", "-") for text in stated if text), "")
