"""The captured files behind the articles: they are there, unchanged, and their provenance fits."""

from collections.abc import Iterable, Iterator, Mapping, Set

from generator.corpus.crosscheck import Fault
from generator.corpus.files import PROVENANCE, Folder
from generator.corpus.provenance import read_provenance
from generator.corpus.report import Report
from generator.errors import Severity
from generator.model import Article, ArticleId, Provenance
from generator.text import paragraph_addresses


def check_captures(
    folder: Folder, articles: Iterable[Article], digests: Mapping[str, str]
) -> Iterator[Fault]:
    """Each capture that an article names is there, and its bytes are the ones it was cleaned from.

    `digests` are those of the captures that are there, empty where one cannot be read.
    """
    for article in articles:
        if article.capture is None:
            continue
        digest = digests.get(article.capture.path)
        if digest is None:
            yield Fault(
                article.path, ("capture", "path"), "expected a file of the corpus, got none"
            )
            continue
        if not digest:
            report = folder.report(article.capture.path)
            folder.read(article.capture.path, report)
            for problem in report.problems:
                yield Fault(article.capture.path, (), problem.message)
        elif digest != article.capture.sha256:
            message = f"expected the SHA-256 of {article.capture.path} ({digest}), got {article.capture.sha256}"
            yield Fault(article.path, ("capture", "sha256"), message)


def read_provenances(
    folder: Folder, paths: Iterable[str], reports: list[Report]
) -> dict[ArticleId, Provenance]:
    """The good provenance files by article; `reports` takes what the others have."""
    found = {}
    for path in paths:
        report = folder.report(path)
        data = folder.read(path, report)
        provenance = None if data is None else read_provenance(data, report)
        if provenance is not None:
            found[ArticleId(path.split("/")[1])] = provenance
        if report.problems:
            reports.append(report)
    return found


def check_provenance(
    provenances: Mapping[ArticleId, Provenance], articles: Mapping[ArticleId, Article]
) -> Iterator[Fault]:
    """A provenance is about its article's capture, and about the article's present paragraphs."""
    for identifier, provenance in provenances.items():
        article = articles.get(identifier)
        if article is None:
            continue
        path = f"captures/{identifier}/{PROVENANCE}"
        if article.capture is None:
            yield Fault(
                article.path,
                (),
                "expected a capture, since there is a provenance.json; write capture: …",
            )
        elif (provenance.capture, provenance.sha256) != (
            article.capture.path,
            article.capture.sha256,
        ):
            message = (
                "expected the capture and sha256 of the article, got another file or other bytes"
            )
            yield Fault(path, (), message)
        stale = {item.paragraph for item in provenance.paragraphs} - set(
            paragraph_addresses(article)
        )
        if stale:
            listed = ", ".join(sorted(stale)[:3])
            message = f"expected paragraphs of the article, got {len(stale)} that it does not have ({listed})"
            yield Fault(path, (), message, Severity.WARNING)


def check_owners(captures: Iterable[str], articles: Set[str]) -> Iterator[Fault]:
    """Each folder of captures is named after an article."""
    for path in captures:
        if path.split("/")[1] not in articles and path.endswith(f"/{PROVENANCE}"):
            yield Fault(
                path, (), "expected a folder named after an article, got one that no article has"
            )
