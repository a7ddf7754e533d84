"""Evaluate the cleaning of web pages: text, title, date and authors, beside trafilatura as it comes."""

import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import regex
import trafilatura

from generator.errors import VariorumError
from generator.ingest.clean import Context
from generator.ingest.read import clean_capture, running_text
from generator.pipeline.evaluate.data import read_lines, read_packed
from generator.pipeline.evaluate.ngrams import harmonic, score_texts
from generator.pipeline.evaluate.result import Evaluation
from generator.record import record
from generator.settings import Settings

PLAIN = str.maketrans(
    {
        "“": '"',
        "”": '"',
        "„": '"',
        "«": '"',
        "»": '"',
        "’": "'",
        "‘": "'",
        "–": "-",
        "—": "-",
        "‑": "-",
    }
)


@record
class Extracted:
    """What one program makes of a page."""

    text: str = ""
    title: str = ""
    date: str = ""
    authors: tuple[str, ...] = ()


def evaluate(data: Path, settings: Settings) -> Evaluation:
    """Clean every page with both programs; the peer's scores stand under its name."""
    gold = list(read_lines(data, "gold"))
    pages = [read_packed(page_file(data, item["file"])) for item in gold]
    urls = [item.get("url") or "" for item in gold]
    ours = [_ours(page, url) for page, url in zip(pages, urls, strict=True)]
    peer = [_peer(page, url) for page, url in zip(pages, urls, strict=True)]
    scores = {**_scores(gold, ours)}
    scores |= {f"trafilatura: {name}": value for name, value in _scores(gold, peer).items()}
    predictions = tuple(
        {
            "id": item["id"],
            "text": found.text,
            "title": found.title,
            "date": found.date[:10] or None,
            "authors": list(found.authors),
        }
        for item, found in zip(gold, ours, strict=True)
    )
    return Evaluation(documents=len(gold), scores=scores, predictions=predictions)


def page_file(data: Path, name: str) -> Path:
    """Where a page of a set lies: beside the gold or in `pages/`."""
    return data / name if (data / name).exists() else data / "pages" / name


def _ours(page: bytes, url: str) -> Extracted:
    try:
        found = clean_capture(page, Context(url=url))
    except VariorumError:
        return Extracted()
    text = "\n\n".join(running_text(found))
    authors = found.authors or ((found.agency,) if found.agency else ())
    return Extracted(text=text, title=found.title, date=found.date, authors=authors)


def _peer(page: bytes, url: str) -> Extracted:
    text = trafilatura.extract(page, url=url or None, include_comments=False) or ""
    facts = trafilatura.extract_metadata(page, default_url=url or None)
    if facts is None:
        return Extracted(text=text)
    authors = tuple(name.strip() for name in (facts.author or "").split(";") if name.strip())
    return Extracted(text=text, title=facts.title or "", date=facts.date or "", authors=authors)


def _scores(gold: Sequence[Mapping[str, Any]], found: Sequence[Extracted]) -> dict[str, float]:
    """Every measure that the set has gold for."""
    pairs = list(zip(gold, found, strict=True))
    scores: dict[str, float] = {}
    texts = [(mine.text, item["text"]) for item, mine in pairs if item.get("text")]
    for name, characters in (("4-gram", False), ("4-gram (characters)", True)) if texts else ():
        score = score_texts(texts, characters=characters)
        scores |= {
            f"{name} precision": score.precision,
            f"{name} recall": score.recall,
            f"{name} F1": score.f1,
        }
    if any(item.get("with") for item in gold):
        scores |= _segments(pairs)
    for name in ("title", "date"):
        stated = [(item[name], getattr(mine, name)) for item, mine in pairs if item.get(name)]
        if stated:
            same = sum(
                1
                for one, other in stated
                if _plain(one) == _plain(other[:10] if name == "date" else other)
            )
            scores[f"{name} accuracy"] = same / len(stated)
    named = [
        ({_plain(n) for n in item["authors"]}, {_plain(n) for n in mine.authors})
        for item, mine in pairs
        if item.get("authors")
    ]
    if named:
        common = sum(len(one & other) for one, other in named)
        precision = common / max(1, sum(len(other) for _, other in named))
        scores["author F1"] = harmonic(precision, common / sum(len(one) for one, _ in named))
    return scores


def _segments(pairs: Sequence[tuple[Mapping[str, Any], Extracted]]) -> dict[str, float]:
    """Segments that must be kept and that must go, over all pages together."""
    kept = sum(1 for item, mine in pairs for text in item["with"] if text in mine.text)
    lost = sum(1 for item, mine in pairs for text in item["with"] if text not in mine.text)
    wrong = sum(1 for item, mine in pairs for text in item["without"] if text in mine.text)
    gone = sum(1 for item, mine in pairs for text in item["without"] if text not in mine.text)
    precision, recall = kept / max(1, kept + wrong), kept / max(1, kept + lost)
    return {
        "segment precision": precision,
        "segment recall": recall,
        "segment F1": harmonic(precision, recall),
        "segment accuracy": (kept + gone) / max(1, kept + lost + wrong + gone),
    }


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold().translate(PLAIN)
    return regex.sub(r"\s+", " ", folded).strip()
