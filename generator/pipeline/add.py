"""Adding captures to the corpus: read, clean, compare, complete, write; what fails leaves nothing behind."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.corpus.dates import disorder
from generator.corpus.ids import article_path, make_article_id
from generator.errors import Problem, ProblemsFound, VariorumError
from generator.ingest.clean import Context, block_key
from generator.ingest.dateline import contradiction
from generator.ingest.read import CleanedCapture
from generator.model import Article, ArticleId, Block, Provenance, Relation, Source, Status
from generator.pipeline.add_article import Draft, complete, draft_article, provenance_of
from generator.pipeline.add_files import Filed, file_article
from generator.pipeline.add_library import (
    Library,
    as_title,
    capture_text,
    fellows,
    open_library,
)
from generator.pipeline.add_meta import Values, values_for
from generator.pipeline.add_outlet import find_outlet, outlet_names
from generator.pipeline.add_reader import CaptureReader
from generator.pipeline.add_versions import Kin, find_kin
from generator.record import record, replace
from generator.settings import Settings

#: What an article of the same text is to another one.
SAME_TEXT = frozenset({Relation.IDENTICAL, Relation.RECAPTURE})


@record
class Input:
    """A capture to add: its bytes and name, the address it came from if it was fetched."""

    name: str
    data: bytes
    url: str = ""
    captured: str = ""


@record
class Plan:
    """How to add: values for all inputs and for each, whether to write and to overwrite, the folder of the cache."""

    overrides: Values
    meta: Mapping[str, Values]
    dry_run: bool = False
    replace: bool = False
    cache: Path | None = None


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


@record
class Desk:
    """What every input is worked on with."""

    root: Path
    settings: Settings
    plan: Plan
    library: Library
    reader: CaptureReader


def add_captures(
    root: Path,
    settings: Settings,
    inputs: Iterable[Callable[[], Input] | Input],
    plan: Plan,
    report: Callable[[int], None] = lambda done: None,
) -> tuple[Outcome, ...]:
    """Add every input that can be; the others are reported and leave nothing behind."""
    library = open_library(root, settings, plan.cache)
    with CaptureReader() as reader:
        desk = Desk(root=root, settings=settings, plan=plan, library=library, reader=reader)
        read = list(_read_all(desk, inputs, report))
        drafts = _agreed(desk, [item for item in read if not isinstance(item, Failed)])
    outcomes = {item.name: item for item in read if isinstance(item, Failed)}
    added = {draft.name: _add_one(desk, draft) for draft in drafts}
    return tuple({**outcomes, **added}[item.name] for item in read)


@record
class Reading:
    """A capture that was cleaned alone; `known` are articles of the corpus that it is another capture of."""

    item: Input
    draft: Draft
    known: tuple[ArticleId, ...]

    @property
    def name(self) -> str:
        """The name of the input."""
        return self.item.name


def _read_all(
    desk: Desk, inputs: Iterable[Callable[[], Input] | Input], report: Callable[[int], None]
) -> Iterator[Reading | Failed]:
    """Each input cleaned alone."""
    for done, item in enumerate(inputs, start=1):
        try:
            known = item if isinstance(item, Input) else item()
            yield _read_one(desk, known)
        except VariorumError as error:
            yield failed(
                getattr(item, "name", "") or str(getattr(item, "keywords", {}).get("name", "")),
                error,
            )
        report(done)


def _read_one(desk: Desk, item: Input) -> Reading:
    values = values_for(item.name, desk.plan.meta, desk.plan.overrides)
    if item.captured:
        values.setdefault("captured", item.captured)
    library = desk.library
    capture = desk.reader.clean(item.data, _context(library, item, values))
    source = find_outlet(tuple(library.sources.values()), str(values.get("source") or ""), capture)
    draft = Draft(name=item.name, data=item.data, capture=capture, values=values, source=source)
    same = library.same_bytes([Filed.digest(item.data)])
    known = dict.fromkeys([*([same] if same else []), *library.same_article(capture)])
    return Reading(item=item, draft=draft, known=tuple(known))


def _context(library: Library, item: Input, values: Values) -> Context:
    """What is known of a capture before it is read."""
    named = str(values.get("source") or "")
    names = [name for source in library.sources.values() for name in outlet_names(source)]
    return Context(
        title=str(values.get("title") or ""),
        url=str(values.get("url") or item.url),
        names=tuple(dict.fromkeys([*([named] if named else []), *names])),
    )


def failed(name: str, error: VariorumError) -> Failed:
    """The failure that an error of reading or cleaning means."""
    if isinstance(error, ProblemsFound):
        problems = (replace(problem, path=problem.path or name) for problem in error.problems)
        return Failed(name=name, problems=tuple(problems))
    return Failed(name=name, problems=(Problem(path=name, message=str(error)),))


def _agreed(desk: Desk, readings: Sequence[Reading]) -> list[Draft]:
    """The captures cleaned again with what others of the same article say, and the outlet's other articles."""
    alike = fellows({reading.name: reading.draft.capture for reading in readings})
    by_name = {reading.name: reading for reading in readings}
    drafts = {
        reading.name: _again(desk, reading, [by_name[name] for name in alike[reading.name]])
        for reading in readings
    }
    return [
        _titled(desk.library, draft, by_name[name].known, [drafts[other] for other in alike[name]])
        for name, draft in drafts.items()
    ]


def _again(desk: Desk, reading: Reading, others: Sequence[Reading]) -> Draft:
    """Of the corpus only what stands in an article speaks: what was removed from it is furniture here too."""
    draft, library = reading.draft, desk.library
    digest = Filed.digest(draft.data)
    texts = [
        capture_text(other.draft.capture)
        for other in others
        if Filed.digest(other.draft.data) != digest
    ]
    same = library.same_bytes([digest])  # it has nothing to say that the capture itself does not
    texts += [library.text(item) for item in reading.known if item != same]
    repeats = (
        library.repeats(draft.source.id, draft.capture.date[:10], reading.known)
        if draft.source
        else {}
    )
    said_before = any(block_key(block.text) in repeats for block in draft.capture.blocks)
    if not texts and not said_before:
        return draft
    context = _context(library, reading.item, draft.values)
    context = replace(context, captures=tuple(texts), repeats=repeats)
    try:
        return replace(draft, capture=desk.reader.clean(draft.data, context))
    except VariorumError:
        return draft  # what others say leaves nothing of it: then they are of something else


def _titled(
    library: Library, draft: Draft, known: Sequence[ArticleId], others: Sequence[Draft]
) -> Draft:
    """An untitled capture takes its title from one with the same text."""
    if draft.capture.title:
        return draft
    key = _text_key(draft.capture.blocks)
    titled = [
        *((_text_key(other.capture.blocks), other.capture.title, other.name) for other in others),
        *(
            (_text_key(article.blocks), article.title, str(article.id))
            for article in (library.articles[item] for item in known)
        ),
    ]
    for text, title, where in titled:
        if text == key and title:
            return replace(draft, capture=as_title(draft.capture, title, where))
    return draft


def _text_key(blocks: Iterable[Block]) -> str:
    return block_key("\n".join(block.text for block in blocks))


def _add_one(desk: Desk, draft: Draft) -> Outcome:
    """Complete, compare and write one; the library has it then."""
    try:
        return _file_one(desk, _with_outlet(desk.library, draft))
    except VariorumError as error:
        return failed(draft.name, error)


def _with_outlet(library: Library, draft: Draft) -> Draft:
    """The outlet is looked for again: an input before this one may have made it, or one that is nearly it."""
    named = str(draft.values.get("source") or "")
    source = find_outlet(tuple(library.sources.values()), named, draft.capture)
    return replace(draft, source=source)


def _file_one(desk: Desk, draft: Draft) -> Outcome:
    problems = complete(draft)
    if problems:
        return Failed(name=draft.name, problems=problems)
    root, library = desk.root, desk.library
    earlier = _replaceable(library, draft)
    kept = earlier if desk.plan.replace else None
    taken = {item for item in library.articles if item != kept}
    article = draft_article(draft)
    identifier = kept or make_article_id(
        article.date, article.source, article.title, taken | _on_disk(root)
    )
    article = replace(article, id=identifier, path=article_path(identifier))
    filed, article, warnings = file_article(draft, article, desk.settings)
    provenance = provenance_of(draft, article)
    kin = find_kin(article, provenance, library)
    content = filed.write(
        root, article, provenance, allowed=kept is not None, dry_run=desk.plan.dry_run
    )
    again = _again_warnings(library, kin, earlier)
    new = draft.source if draft.source and draft.source.id not in library.sources else None
    library.add(article, provenance, new)
    return Added(
        name=draft.name, article=article, provenance=provenance, capture=draft.capture, kin=kin,
        warnings=(*draft.capture.warnings, *_day_warnings(draft, article), *warnings, *again), content=content, new_source=new,
    )  # fmt: skip


def _again_warnings(library: Library, kin: Kin | None, earlier: ArticleId | None) -> list[str]:
    """That the same text is there already, where `--replace` would have put this one in its place."""
    if kin is None or kin.article != earlier or kin.relation not in SAME_TEXT:
        return []
    other = library.articles[earlier]
    if other.status is Status.WITHDRAWN:  # that somebody decided
        return []
    return [
        f"the same text is in the corpus already, at {other.path}, and this is filed as a version of it; "
        "--replace would overwrite it instead"
    ]


def _day_warnings(draft: Draft, article: Article) -> list[str]:
    """A given date is compared with the dateline, as one that a page states was when it was read, and all dates with each other."""
    order = disorder(article.date, article.updated, article.captured)
    return [
        *contradiction(str(draft.values.get("date") or ""), *draft.capture.day),
        *(f"{key}: {message}" for key, message in order),
    ]


def _replaceable(library: Library, draft: Draft) -> ArticleId | None:
    """The article that this capture may replace: cleaned from the same bytes, or from the same address."""
    if (same := library.same_bytes([Filed.digest(draft.data)])) is not None:
        return same
    url = draft.values.get("url") or draft.capture.url
    return next(
        (item for item, article in library.articles.items() if article.url and article.url == url),
        None,
    )


def _on_disk(root: Path) -> set[str]:
    """Ids that files already have, good or not."""
    return {path.stem for path in (root / "articles").glob("*/*.md")} | {
        path.name for path in (root / "captures").glob("*")
    }
