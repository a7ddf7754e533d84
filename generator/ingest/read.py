"""From the bytes of a capture to a cleaned article that still lacks its outlet and id: the way of ingest."""

from collections.abc import Mapping, Sequence

import regex

from generator.ingest.blocks import RawBlock
from generator.ingest.bylines import part_byline
from generator.ingest.clean import Cleaned, Context, clean_blocks
from generator.ingest.dateline import Dateline, agency_name, contradiction, read_dateline
from generator.ingest.decode import CaptureError, Decoded, decode
from generator.ingest.judge import block_key, name_keys
from generator.ingest.language import UNKNOWN, LanguageGuess, identify, reads_like, same_language
from generator.ingest.page import Page, read_web_page
from generator.ingest.pdf import read_pdf
from generator.ingest.plain_text import read_plain
from generator.model import Block, CaptureKind, LanguageCode, Origin, RemovedBlock
from generator.record import record, replace

#: Blocks that a capture of an article may have.
MOST_BLOCKS = 20_000
LETTER = regex.compile(r"\p{L}")
#: Letters from which a paragraph's own language is told.
TELLING = 80
#: Probability from which a paragraph is said to be in another language.
CERTAIN = 0.9


@record
class CleanedCapture:
    """A cleaned capture: what it says of the article, each paragraph with its origin, what was removed.

    Empty texts are facts that were not found; `evidence` says of each found one where it was. `date` is as
    precise as found, and `day` is the month and day of a dateline without a year (0, 0: none). `foreign` maps the
    index of a paragraph to its language where that is not the article's; `subtitle_in_text` says that the page has
    its standfirst in its text.
    """

    kind: CaptureKind
    title: str = ""
    subtitle: str = ""
    subtitle_in_text: bool = False
    date: str = ""
    day: tuple[int, int] = (0, 0)
    updated: str = ""
    language: LanguageCode = UNKNOWN
    confidence: float = 0.0
    authors: tuple[str, ...] = ()
    agency: str = ""
    place: str = ""
    url: str = ""
    canonical_url: str = ""
    section: str = ""
    outlet: str = ""
    blocks: tuple[Block, ...] = ()
    origins: tuple[Origin, ...] = ()
    removed: tuple[RemovedBlock, ...] = ()
    foreign: Mapping[int, LanguageCode]
    warnings: tuple[str, ...] = ()
    evidence: Mapping[str, str]


def clean_capture(data: bytes, context: Context) -> CleanedCapture:
    """Read and clean a capture of any kind; `CaptureError` says why one cannot be read."""
    decoded = decode(data)
    url = context.url or decoded.url
    if decoded.kind is CaptureKind.WEB:
        return _clean_page(decoded, replace(context, url=url, page=True))
    blocks = (
        read_pdf(decoded.data) if decoded.kind is CaptureKind.PRINT else read_plain(decoded.text)
    )
    _check_size(blocks)
    found = part_byline(blocks, clean_blocks(blocks, replace(context, url=url)))
    result = _by(_result(decoded.kind, found.cleaned, url), found.authors)
    if found.authors:
        result = replace(result, evidence={**result.evidence, "authors": "line below the title"})
    return _with_text_facts(result, found.cleaned.kept, "")


def _by(result: CleanedCapture, authors: Sequence[str]) -> CleanedCapture:
    """A capture with the authors of its byline; an agency is none."""
    return replace(
        result,
        authors=tuple(name for name in authors if not agency_name(name)),
        agency=next((name for author in authors if (name := agency_name(author))), ""),
    )


def running_text(capture: CleanedCapture) -> tuple[str, ...]:
    """The text as the page has it: its paragraphs, and before them the standfirst where the page has that in its text."""
    paragraphs = tuple(block.text for block in capture.blocks)
    return (capture.subtitle, *paragraphs) if capture.subtitle_in_text else paragraphs


def clean_text(text: str, context: Context) -> Cleaned:
    """Clean a plain text: what is kept, what is removed and why."""
    blocks = read_plain(text)
    return part_byline(blocks, clean_blocks(blocks, context)).cleaned


def _clean_page(decoded: Decoded, context: Context) -> CleanedCapture:
    page = read_web_page(decoded.text, context.url)
    _check_size(page.blocks)
    known = page_context(page, context)
    title = known.title
    cleaned = without_title(clean_blocks(page.blocks, known), title)
    result = _result(decoded.kind, cleaned, context.url)
    facts = page.facts
    evidence = {**result.evidence, **{name: place for name, place in facts.places.items() if place}}
    if page.title is not None and title and not context.title:
        evidence["title"] = page.title.place
    result = replace(
        _by(result, facts.authors),
        title=title or result.title,
        date=facts.date,
        updated=facts.updated,
        section=facts.section,
        outlet=facts.outlet,
        canonical_url=facts.canonical_url,
        url=context.url or facts.canonical_url,
        evidence=evidence,
    )
    return _with_text_facts(result, cleaned.kept, facts.language)


def page_context(page: Page, context: Context) -> Context:
    """What is known of a page's text: its title, else the texts of the page that begin with it."""
    title = context.title or (page.title.text if page.title else "")
    if not context.title and block_key(title) in name_keys(context.names, context.url):
        title = ""
    captures = context.captures if title else (*context.captures, *page.captures)
    return replace(context, title=title, captures=captures)


def _check_size(blocks: Sequence[RawBlock]) -> None:
    if not blocks:
        raise CaptureError("expected a text, got no words")
    if len(blocks) > MOST_BLOCKS:
        raise CaptureError(
            f"expected an article, got {len(blocks):,} blocks of text; save the article alone"
        )


def without_title(cleaned: Cleaned, title: str) -> Cleaned:
    """The text without a first block that only says the title again; the title stays found."""
    kept = cleaned.kept
    if len(kept) > 1 and title and kept[0].text.casefold() == title.casefold():
        kept = kept[1:]
    return replace(cleaned, kept=kept)


def _result(kind: CaptureKind, cleaned: Cleaned, url: str) -> CleanedCapture:
    if not cleaned.kept:
        raise CaptureError(
            "expected a text, got nothing but short lines and page furniture; if that is all of it, write the article by"
            " hand (corpus/_template.md)"
        )
    if not any(LETTER.search(block.text) for block in cleaned.kept):
        raise CaptureError("expected a text, got no words")
    evidence = {"title": cleaned.title_evidence} if cleaned.title else {}
    return CleanedCapture(
        kind=kind,
        title=cleaned.title or "",
        subtitle=cleaned.subtitle or "",
        subtitle_in_text=cleaned.in_text,
        url=url,
        blocks=tuple(Block(kind=block.kind, text=block.text) for block in cleaned.kept),
        origins=tuple(block.origin for block in cleaned.kept),
        removed=cleaned.removed,
        foreign={},
        evidence=evidence,
    )


def _with_text_facts(
    result: CleanedCapture, kept: Sequence[RawBlock], stated: str
) -> CleanedCapture:
    """Add what the kept text itself says: its language, and its dateline; nothing is taken from removed blocks."""
    guess = identify("\n".join(block.text for block in kept))
    warnings = list(result.warnings)
    language, confidence = guess.language, guess.confidence
    evidence = {**result.evidence, "language": guess.evidence}
    if stated and language != UNKNOWN and not same_language(stated, language):
        warnings.append(
            f"the page says its language is {stated}, its text reads like {language} ({confidence:.0%})"
        )
    elif stated and (region := _regional(stated, language)):
        language = LanguageCode(region)
    dateline = _dateline(kept)
    if dateline is not None:
        evidence["agency"] = evidence["place"] = f"dateline “{dateline.text}”"
        warnings += contradiction(result.date, dateline.month, dateline.day)
    return replace(
        result,
        language=language,
        confidence=confidence,
        agency=(dateline.agency if dateline else "") or result.agency,
        place=dateline.place if dateline else "",
        day=(dateline.month, dateline.day) if dateline else (0, 0),
        foreign=_foreign(kept, guess),
        warnings=tuple(warnings),
        evidence=evidence,
    )


def _regional(stated: str, language: str) -> str:
    """A stated code such as `pt-BR` where the text agrees with its language; only in a form of letters."""
    parts = stated.replace("_", "-").split("-")
    if (
        len(parts) == 2
        and len(parts[1]) == 2
        and parts[1].isalpha()
        and same_language(parts[0], language)
    ):
        return f"{language}-{parts[1].upper()}" if language in ("pt", "zh") else ""
    return ""


def _dateline(kept: Sequence[RawBlock]) -> Dateline | None:
    """A dateline opens the text: it stands in one of the first two blocks."""
    found = (read_dateline(block.text) for block in kept[:2])
    return next((dateline for dateline in found if dateline is not None), None)


def _foreign(kept: Sequence[RawBlock], guess: LanguageGuess) -> dict[int, LanguageCode]:
    """Paragraphs that are surely in another language than the article."""
    found = {}
    for index, block in enumerate(kept):
        if len(block.text) < TELLING or guess.language == UNKNOWN:
            continue
        if reads_like(block.text, guess.language):
            continue
        own = identify(block.text)
        if (
            own.confidence >= CERTAIN
            and own.language != UNKNOWN
            and not same_language(own.language, guess.language)
        ):
            found[index] = own.language
    return found
