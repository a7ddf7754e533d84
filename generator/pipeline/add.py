"""Adding captures to the corpus: read, clean, compare, complete, write; what fails leaves nothing behind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from generator.corpus.ids import article_path, make_article_id
from generator.corpus.reader import read_corpus
from generator.errors import Problem, ProblemsFound, UsageError, VariorumError
from generator.ingest.clean import Context, block_key
from generator.ingest.read import CleanedCapture, clean_capture
from generator.model import Article, ArticleId, Corpus, Provenance, Relation, Source, record
from generator.pipeline.add_article import Draft, complete, draft_article, provenance_of
from generator.pipeline.add_files import Filed, file_article
from generator.pipeline.add_meta import Values, values_for
from generator.pipeline.add_outlet import find_outlet
from generator.pipeline.add_versions import Kin, find_kin
from generator.settings import Settings

#: Share of a capture's text that another must have to count as a capture of the same article.
SAME_ARTICLE = 0.6


@record
class Input:
    """A capture to add: its bytes and name, the address it came from if it was fetched."""

    name: str
    data: bytes
    url: str = ""
    captured: str = ""


@record
class Plan:
    """How to add: values for all inputs and for each, and whether to write and to overwrite."""

    overrides: Values
    meta: Mapping[str, Values]
    dry_run: bool = False
    replace: bool = False


@record
class Added:
    """A capture that became an article: the article with its provenance, its kin in the corpus, what to look at."""

    name: str
    article: Article
    provenance: Provenance
    capture: CleanedCapture
    kin: Kin | None
    warnings: tuple[str, ...]
    content: str
    new_source: Source | None = None


@record
class Failed:
    """A capture that was not added, and every reason why."""

    name: str
    problems: tuple[Problem, ...]


Outcome = Added | Failed


def add_captures(
    root: Path,
    settings: Settings,
    inputs: Iterable[Callable[[], Input] | Input],
    plan: Plan,
    report: Callable[[int], None] = lambda done: None,
) -> tuple[Outcome, ...]:
    """Add every input that can be; the others are reported and leave nothing behind."""
    corpus = _corpus(root, settings)
    read = list(_read_all(inputs, report))
    drafts = _drafts(corpus, [item for item in read if isinstance(item, Input)], plan)
    outcomes: list[Outcome] = [item for item in read if isinstance(item, Failed)]
    for draft in drafts:
        if isinstance(draft, Failed):
            outcomes.append(draft)
            continue
        outcome, corpus = _add_one(root, settings, corpus, draft, plan)
        outcomes.append(outcome)
    order = {item.name: index for index, item in reversed(list(enumerate(read)))}
    return tuple(sorted(outcomes, key=lambda outcome: order[outcome.name]))


def _corpus(root: Path, settings: Settings) -> Corpus:
    """The good records of the corpus; what is wrong with others is for `check` to say."""
    if not root.exists():
        return Corpus(articles=())
    if not root.is_dir():
        raise UsageError(f"{root}: expected the folder of the corpus, got a file")
    return read_corpus(root, settings)[0]


def _read_all(
    inputs: Iterable[Callable[[], Input] | Input], report: Callable[[int], None]
) -> Iterator[Input | Failed]:
    for done, item in enumerate(inputs, start=1):
        try:
            yield item if isinstance(item, Input) else item()
        except VariorumError as error:
            yield failed(
                getattr(item, "name", "") or str(getattr(item, "keywords", {}).get("name", "")),
                error,
            )
        report(done)


def failed(name: str, error: VariorumError) -> Failed:
    """The failure that an error of reading or cleaning means."""
    if isinstance(error, ProblemsFound):
        return Failed(name=name, problems=error.problems)
    return Failed(name=name, problems=(Problem(path=name, message=str(error)),))


def _drafts(corpus: Corpus, inputs: Sequence[Input], plan: Plan) -> list[Draft | Failed]:
    """Clean every input alone, then again with what the others of the same article say."""
    first: list[Draft | Failed] = [_clean(corpus, item, plan, ()) for item in inputs]
    result: list[Draft | Failed] = []
    texts = [_whole_text(draft) if isinstance(draft, Draft) else "" for draft in first]
    stored = {article.id: _stored_text(corpus, article) for article in corpus.articles}
    for index, draft in enumerate(first):
        if isinstance(draft, Failed):
            result.append(draft)
            continue
        others = [text for position, text in enumerate(texts) if position != index]
        agreeing = tuple(
            text for text in (*others, *stored.values()) if _is_of_same_article(draft.capture, text)
        )
        if agreeing:
            again = _clean(corpus, inputs[index], plan, agreeing)
            draft = again if isinstance(again, Draft) else draft
        result.append(draft)
    return _with_titles(result, corpus)


def _clean(corpus: Corpus, item: Input, plan: Plan, captures: tuple[str, ...]) -> Draft | Failed:
    values = values_for(item.name, plan.meta, plan.overrides)
    url = str(values.get("url") or item.url)
    context = Context(title=str(values.get("title") or ""), url=url, captures=captures)
    try:
        capture = clean_capture(item.data, context)
        source = find_outlet(corpus.sources, str(values.get("source") or ""), capture)
        repeats = _repeats(corpus, source, capture)
        if repeats:
            capture = clean_capture(item.data, replace(context, repeats=repeats))
    except VariorumError as error:
        return failed(item.name, error)
    if item.captured:
        values.setdefault("captured", item.captured)
    return Draft(name=item.name, data=item.data, capture=capture, values=values, source=source)


def _repeats(corpus: Corpus, source: Source | None, capture: CleanedCapture) -> dict[str, int]:
    """How many of the outlet's other articles have a block in their captures: learned from what is filed."""
    counts: dict[str, int] = {}
    for article in corpus.articles:
        if source is None or article.source != source.id:
            continue
        text = _stored_text(corpus, article)
        if _is_of_same_article(capture, text):
            continue
        removed = corpus.provenance[article.id].removed if article.id in corpus.provenance else ()
        texts = [*(block.text for block in article.blocks), *(block.text for block in removed)]
        for key in {block_key(text) for text in texts}:
            counts[key] = counts.get(key, 0) + 1
    return counts


def _whole_text(draft: Draft) -> str:
    """All the words of a capture: the article's and what was removed."""
    capture = draft.capture
    kept, removed = (
        (block.text for block in capture.blocks),
        (block.text for block in capture.removed),
    )
    return "\n\n".join([capture.title, capture.subtitle, *kept, *removed])


def _stored_text(corpus: Corpus, article: Article) -> str:
    provenance = corpus.provenance.get(article.id)
    removed = [block.text for block in provenance.removed] if provenance else []
    return "\n\n".join(
        [article.title, article.subtitle or "", *(block.text for block in article.blocks), *removed]
    )


def _is_of_same_article(capture: CleanedCapture, text: str) -> bool:
    """Whether another text has most of a capture's words, paragraph by paragraph."""
    whole = f" {block_key(text)} "
    sizes = [
        (len(key), f" {key} " in whole)
        for block in capture.blocks
        if len(key := block_key(block.text)) > 30
    ]
    total = sum(size for size, _ in sizes)
    return total > 0 and sum(size for size, found in sizes if found) >= SAME_ARTICLE * total


def _with_titles(drafts: Sequence[Draft | Failed], corpus: Corpus) -> list[Draft | Failed]:
    """An untitled capture takes its title from one with the same text."""
    titled = {
        block_key("\n".join(block.text for block in draft.capture.blocks)): (
            draft.capture.title,
            draft.name,
        )
        for draft in drafts
        if isinstance(draft, Draft) and draft.capture.title
    }
    titled |= {
        block_key("\n".join(block.text for block in article.blocks)): (article.title, article.id)
        for article in corpus.articles
    }
    result: list[Draft | Failed] = []
    for draft in drafts:
        if isinstance(draft, Draft) and not draft.capture.title:
            key = block_key("\n".join(block.text for block in draft.capture.blocks))
            title, where = titled.get(key, ("", ""))
            if title:
                evidence = {**draft.capture.evidence, "title": f"{where} has the same text"}
                draft = replace(
                    draft, capture=replace(draft.capture, title=title, evidence=evidence)
                )
        result.append(draft)
    return result


def _add_one(
    root: Path, settings: Settings, corpus: Corpus, draft: Draft, plan: Plan
) -> tuple[Outcome, Corpus]:
    """Complete, compare and write one; the corpus that comes back has it."""
    problems = complete(draft)
    if problems:
        return Failed(name=draft.name, problems=problems), corpus
    kept = _replaced(corpus, draft) if plan.replace else None
    taken = {article.id for article in corpus.articles if article.id != kept}
    article = draft_article(draft)
    identifier = kept or make_article_id(
        article.date, article.source, article.title, taken | _on_disk(root)
    )
    article = replace(article, id=identifier, path=article_path(identifier))
    filed, article, warnings = file_article(draft, article, settings)
    provenance = provenance_of(draft, article)
    kin = find_kin(article, provenance, corpus)
    try:
        content = filed.write(
            root, article, provenance, allowed=kept is not None, dry_run=plan.dry_run
        )
    except VariorumError as error:
        return failed(draft.name, error), corpus
    new = (
        draft.source
        if draft.source is not None and draft.source.id not in {s.id for s in corpus.sources}
        else None
    )
    outcome = Added(
        name=draft.name, article=article, provenance=provenance, capture=draft.capture, kin=kin,
        warnings=(*draft.capture.warnings, *warnings), content=content, new_source=new,
    )  # fmt: skip
    others = tuple(item for item in corpus.articles if item.id != identifier)
    return outcome, replace(
        corpus,
        articles=(*others, article),
        sources=(*corpus.sources, new) if new else corpus.sources,
        provenance={**corpus.provenance, identifier: provenance},
    )


def _replaced(corpus: Corpus, draft: Draft) -> ArticleId | None:
    """The article that this capture replaces: cleaned from the same bytes, or from the same address."""
    digest = Filed.digest(draft.data)
    for article in corpus.articles:
        same_bytes = article.capture is not None and article.capture.sha256 == digest
        same_page = bool(article.url) and article.url == (
            draft.values.get("url") or draft.capture.url
        )
        if same_bytes or same_page:
            return article.id
    return None


def _on_disk(root: Path) -> set[str]:
    """Ids that files already have, good or not."""
    return {path.stem for path in (root / "articles").glob("*/*.md")} | {
        path.name for path in (root / "captures").glob("*")
    }


def is_known(kin: Kin | None) -> bool:
    """Whether the corpus has this very text already."""
    return kin is not None and kin.relation in (Relation.IDENTICAL, Relation.RECAPTURE)
