"""From a cleaned capture and what a person says of it to the article's record; what is missing is a problem."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from generator.corpus.characters import clean_characters
from generator.corpus.dates import parse_date
from generator.errors import Problem
from generator.ingest.language import UNKNOWN
from generator.ingest.read import CleanedCapture
from generator.model import (
    Article,
    ArticleDate,
    ArticleId,
    Block,
    LanguageCode,
    ParagraphOrigin,
    Provenance,
    RemovedBlock,
    Rights,
    Source,
)
from generator.record import record
from generator.text import normal, paragraph_addresses


@record
class Draft:
    """A cleaned capture with its bytes, the values a person gave, and its outlet if that is known."""

    name: str
    data: bytes
    capture: CleanedCapture
    values: dict[str, Any]
    source: Source | None

    def value(self, key: str, found: str = "") -> str | None:
        """What a person gave, else what was found; None for neither."""
        return normal(clean_characters(str(self.values.get(key) or found))) or None


def complete(draft: Draft) -> tuple[Problem, ...]:
    """What an article needs and neither the capture nor a person gives, each with how to give it."""
    capture = draft.capture
    language = draft.value("language", "" if capture.language == UNKNOWN else capture.language)
    wanted = {
        "title": (draft.value("title", capture.title), "the capture shows none: --title TITLE"),
        "date": (
            draft.value("date", capture.date),
            f"{_day(capture)}: --date YYYY-MM-DD (or --date unknown)",
        ),
        "source": (
            draft.source,
            f"{_outlet(capture)}: --source ID, an outlet of sources.yml or a new one",
        ),
        "language": (language, f"{capture.evidence.get('language', 'not sure')}: --language CODE"),
    }
    return tuple(
        Problem(
            path=draft.name,
            field=field,
            message=f"expected a {field}, got none; {cure}, or `{field}:` in --meta FILE.yml",
        )
        for field, (value, cure) in wanted.items()
        if not value
    )


def _outlet(capture: CleanedCapture) -> str:
    """What the capture says of its outlet, which no entry of `sources.yml` answers to."""
    host = urlsplit(capture.url or capture.canonical_url).hostname or ""
    stated = " at ".join(filter(None, [capture.outlet, host]))
    return (
        f"the page is of {stated}, which sources.yml lacks"
        if stated
        else "nothing tells the outlet"
    )


def _day(capture: CleanedCapture) -> str:
    month, day = capture.day
    return (
        f"the dateline has day {day} of month {month} and no year"
        if day
        else "the article's text has none"
    )


def draft_article(draft: Draft) -> Article:
    """The article's record, still without its id, path and capture; call only if `complete` finds nothing."""
    capture = draft.capture
    source = draft.source
    assert source is not None
    authors = draft.values.get("authors") or _people(capture.authors, source)
    blocks = (Block(kind=block.kind, text=_clean(block.text)) for block in capture.blocks)
    return Article(
        id=ArticleId(""),
        path="",
        title=draft.value("title", capture.title) or "",
        subtitle=draft.value("subtitle", capture.subtitle),
        date=_date(draft.value("date", capture.date)) or ArticleDate(iso="unknown"),
        updated=_date(draft.value("updated", capture.updated)),
        source=source.id,
        language=LanguageCode(draft.value("language", capture.language) or UNKNOWN),
        authors=tuple(name for author in authors if (name := _clean(str(author)))),
        agency=draft.value("agency", capture.agency),
        place=draft.value("place", capture.place),
        url=_address(draft.value("url", capture.url)),
        canonical_url=_other(
            _address(draft.value("canonical_url", capture.canonical_url)),
            draft.value("url", capture.url),
        ),
        section=draft.value("section", capture.section),
        captured=_date(draft.value("captured")),
        rights=Rights(draft.values.get("rights") or Rights.FULL),
        licence=draft.value("licence"),
        notes=draft.value("notes"),
        blocks=tuple(block for block in blocks if block.text),
    )


def _people(authors: Iterable[str], source: Source) -> list[str]:
    """Authors without the outlet itself, whose name may stand alone where a byline does."""
    own = {name.casefold() for name in (source.name, *source.names.values())}
    return [name for name in authors if name.casefold() not in own]


def provenance_of(draft: Draft, article: Article) -> Provenance:
    """Where each paragraph comes from, and what was removed."""
    capture = draft.capture
    origins = [
        origin
        for block, origin in zip(capture.blocks, capture.origins, strict=True)
        if _clean(block.text)
    ]
    return Provenance(
        capture=article.capture.path if article.capture else "",
        sha256=article.capture.sha256 if article.capture else "",
        paragraphs=tuple(
            ParagraphOrigin(paragraph=address, origin=origin)
            for address, origin in zip(paragraph_addresses(article), origins, strict=True)
        ),
        removed=tuple(
            RemovedBlock(
                text=_clean(block.text),
                kind=block.kind,
                rule=block.rule,
                evidence=tuple(_clean(text) for text in block.evidence),
                origin=block.origin,
            )
            for block in capture.removed
            if _clean(block.text)
        ),
    )


def _clean(text: str) -> str:
    return normal(clean_characters(text))


def _date(text: str | None) -> ArticleDate | None:
    """A date in its one form; a time without its offset is only good for its day."""
    parsed = parse_date(text) if text else None
    if isinstance(parsed, str):
        parsed = parse_date((text or "")[:10])
    return parsed if isinstance(parsed, ArticleDate) else None


def _address(url: str | None) -> str | None:
    return url if url and url.startswith(("http://", "https://")) and " " not in url else None


def _other(one: str | None, other: str | None) -> str | None:
    return one if one != other else None
