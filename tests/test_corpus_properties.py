"""What is written is read back, and no bytes whatever break the reader."""

import json
from pathlib import Path

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from generator.corpus import nodes
from generator.corpus.articles import read_article
from generator.corpus.characters import clean_characters, faults
from generator.corpus.dates import parse_date
from generator.corpus.ids import article_path
from generator.corpus.lists import (
    read_decisions,
    read_entities,
    read_redirects,
    read_sources,
)
from generator.corpus.provenance import read_provenance, write_provenance
from generator.corpus.reader import read_corpus
from generator.corpus.report import Report
from generator.corpus.simple_lines import simple_lines
from generator.corpus.writer import append_entity, write_article
from generator.model import (
    Article,
    ArticleDate,
    ArticleId,
    Block,
    BlockKind,
    Capture,
    CaptureKind,
    Entity,
    EntityId,
    EntityKind,
    LanguageCode,
    Origin,
    ParagraphOrigin,
    Provenance,
    RemovedBlock,
    RemovedKind,
    Rights,
    SourceId,
    Status,
)
from generator.settings import Settings
from generator.text import join_lines, normal

PATH = "articles/2024/2024-01-02-herald-a-title.md"

raw_texts = st.one_of(
    st.text(max_size=60),
    st.text(alphabet="\\#->: '\"[]{}&*!|%@`,?~=yno0123456789.\n\t", max_size=20),
    st.sampled_from(
        ["no", "1984", "012", "~", "null", "12:30", "2024-01-02", "=", "<<", "- x", "\\"]
    ),
)
texts = raw_texts.map(lambda text: normal(clean_characters(text))).filter(bool)
optional_texts = st.none() | texts
dates = st.sampled_from(["2024-01-02", "2024-01-02T10:00:00+03:00", "2024-01", "2024"]).map(
    lambda iso: ArticleDate(iso=iso)
)
languages = st.sampled_from(["en", "no", "pt-BR", "zh-Hant", "und", "yue"]).map(LanguageCode)
blocks = st.builds(Block, kind=st.sampled_from(BlockKind), text=texts)
captures = st.builds(
    Capture,
    path=st.just("captures/a/page.html"),
    sha256=st.sampled_from(["0" * 64, "12e4" * 16, "ab" * 32]),
    kind=st.sampled_from(CaptureKind),
)
articles = st.builds(
    Article,
    id=st.just(ArticleId("2024-01-02-herald-a-title")),
    path=st.just(PATH),
    title=texts,
    date=st.just(ArticleDate(iso="2024-01-02")),
    source=st.just(SourceId("herald")),
    language=languages,
    blocks=st.lists(blocks, max_size=6).map(tuple),
    subtitle=optional_texts,
    updated=st.none() | dates,
    authors=st.lists(texts, max_size=3).map(tuple),
    agency=optional_texts,
    place=optional_texts,
    url=st.none() | st.just("https://example.org/?a=b#c"),
    section=optional_texts,
    captured=st.none() | dates,
    capture=st.none() | captures,
    rights=st.sampled_from(Rights),
    licence=optional_texts,
    notes=optional_texts,
)
names = st.dictionaries(
    languages, st.lists(texts, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3
)
entities = st.builds(
    Entity,
    id=st.just(EntityId("ana")),
    kind=st.sampled_from(EntityKind),
    names=names,
    adjectives=st.just({}) | names,
    description=st.dictionaries(languages, texts, max_size=2),
    wikidata=st.none() | st.just("Q42"),
    country=st.none() | st.just("NO"),
    born=st.none() | dates,
    coordinates=st.none()
    | st.tuples(st.integers(-90, 90).map(float), st.floats(-180, 180).map(lambda x: round(x, 4))),
    hints=st.lists(texts, max_size=2).map(tuple),
)


@given(articles)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_written_article_is_read_back(article: Article) -> None:
    report = Report(PATH)
    assert read_article(write_article(article).encode(), PATH, report) == article
    assert report.problems == []


@given(articles)
@settings(max_examples=50, deadline=None, derandomize=True)
def test_a_written_front_matter_means_the_same_to_other_readers(article: Article) -> None:
    values = yaml.safe_load(write_article(article).split("\n---\n")[0].removeprefix("---\n"))
    assert values["title"] == article.title
    assert values["language"] == article.language
    assert tuple(values.get("authors", ())) == article.authors


def test_a_withdrawn_article_is_read_back_without_a_text() -> None:
    article = Article(
        id=ArticleId("2024-01-02-herald-a-title"), path=PATH, title="A", date=ArticleDate(iso="2024-01-02"),
        source=SourceId("herald"), language=LanguageCode("en"), blocks=(), status=Status.WITHDRAWN, reason="An error",
    )  # fmt: skip
    assert read_article(write_article(article).encode(), PATH, Report(PATH)) == article


@given(
    entities,
    st.sampled_from(
        [
            "",
            "# note\n",
            "# é\r\n- id: bo\r\n  kind: person\r\n  names: {en: Bo}\r\n",
            "- id: bo\n  kind: person\n  names: {en: Bo}",
        ]
    ),
)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_an_appended_entity_is_read_back_and_leaves_the_rest(entity: Entity, before: str) -> None:
    after = append_entity(before, entity)
    report = Report("people.yml")
    assert after.startswith(before)
    assert read_entities(after.encode(), "people.yml", report).entries[-1].record == entity
    assert report.problems == []


@given(st.lists(raw_texts, max_size=3), st.none() | st.tuples(st.integers(1, 9), st.integers(1, 9)))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_written_provenance_is_read_back(raw: list[str], lines: tuple[int, int] | None) -> None:
    origin = Origin(lines=lines, page=2)
    provenance = Provenance(
        capture="captures/a/page.html", sha256="0" * 64,
        paragraphs=(ParagraphOrigin(paragraph="p-000000", origin=origin),),
        removed=tuple(
            RemovedBlock(text=clean_characters(text), kind=RemovedKind.LINKS, rule="r", evidence=("e",), origin=origin)
            for text in raw
        ),
    )  # fmt: skip
    report = Report("provenance.json")
    assert read_provenance(write_provenance(provenance), report) == provenance
    assert report.problems == []


simple = st.lists(
    st.tuples(
        st.sampled_from(["title", "no", "y", "a_b", "x"]),
        st.one_of(
            st.text(max_size=12),
            st.text(max_size=12).map(lambda text: f'"{text}"'),
            st.text(alphabet="ab1:# -'\"[],{}?é/\t", max_size=12),
            st.text(alphabet="ab:# -'é", max_size=8).map(lambda text: f'"{text}"'),
        ),
    ).map(": ".join),
    min_size=1,
    max_size=4,
).map(lambda lines: "".join(f"{line}\n" for line in lines))


@given(simple)
@settings(max_examples=800, deadline=None, derandomize=True)
def test_the_quick_way_gives_what_yaml_gives_or_nothing(text: str) -> None:
    lines = simple_lines(text)
    if lines is not None:
        table = nodes._document(text, Report(""), 1)
        assert isinstance(table, nodes.Table)
        assert table == nodes._table(lines, 1)


@given(raw_texts)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_what_is_cleaned_has_no_faults(text: str) -> None:
    cleaned = clean_characters(text)
    assert faults(cleaned.replace("\n", " ").replace("\t", " ").replace("\r", " ")) == ()
    assert clean_characters(cleaned) == cleaned


@given(raw_texts)
@settings(max_examples=200, deadline=None, derandomize=True)
def test_one_paragraph_is_one_block_of_joined_lines(text: str) -> None:
    text = clean_characters(text).replace("\n\n", "\n")
    lines = "\n".join(f"\\{line}" for line in text.split("\n"))
    report = Report(PATH)
    file = f"---\ntitle: A\ndate: 2024-01-02\nsource: herald\nlanguage: en\n---\n{lines}"
    article = read_article(file.encode(), PATH, report)
    assert article is not None
    stripped = "\n".join(line.strip() for line in text.split("\n"))
    assert [block.text for block in article.blocks] == [join_lines(stripped)][
        : bool(join_lines(stripped))
    ]


@given(
    st.text(max_size=30)
    | st.from_regex(r"[0-9]{1,4}[-./ T:]+[0-9]{1,2}[-./ T:]*[0-9]{0,2}", fullmatch=True)
)
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_date_is_read_or_refused_and_never_breaks(text: str) -> None:
    date = parse_date(text)
    if not isinstance(date, str):
        assert parse_date(date.iso) == date
    else:
        assert date.startswith("expected ")


yaml_ish = st.lists(
    st.sampled_from(
        ["title", "id", "names", ": ", "- ", "\n", "  ", "[", "]", "{", "}", '"', "'", "&a ", "*a", "!!x ", "|", ">",
         "? ", "no", "---\n", "...\n", "#", "\t", "%", "\x00", "\u202e", "é", "Ana", ",", "en", "decision: is-entity\n"]
    ),
    max_size=40,
).map("".join)  # fmt: skip
provenance_keys = st.sampled_from(
    ["capture", "sha256", "paragraphs", "removed", "text", "origin", "x"]
)
json_values = st.recursive(
    st.none() | st.text(max_size=5) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(provenance_keys, inner, max_size=4),
)
anything = st.binary(max_size=200) | yaml_ish.map(str.encode)


@given(anything)
@example(b"[" * 100_000)
@example(b"- " * 100_000)
@example(b"? " * 100_000)
@example(b"a: &a [*a, *a]")
@settings(max_examples=500, deadline=None, derandomize=True)
def test_no_bytes_break_a_reader(data: bytes) -> None:
    head = b"---\ntitle: A title\n"
    for article in (data, b"---\n" + data + b"\n---\n", head + data + b"\n---\nText"):
        report = Report("a-path")
        read_article(article, PATH, report)
        assert all(problem.path == "a-path" for problem in report.problems)
    for read in (read_sources, read_entities, read_decisions, read_redirects):
        report = Report("a-path")
        read(data, "x.yml", report)
        assert all(problem.message and problem.path == "a-path" for problem in report.problems)


@given(st.binary(max_size=100) | json_values.map(lambda value: json.dumps(value).encode()))
@example(b"[" * 100_000)
@example(b'{"a":' * 100_000)
@example(b"1" * 5000)
@example(b'{"capture": "\\ud800"}')
@settings(max_examples=300, deadline=None, derandomize=True)
def test_no_bytes_break_the_reading_of_provenance(data: bytes) -> None:
    report = Report("a-path")
    assert (read_provenance(data, report) is None) == bool(report.problems)


def test_a_corpus_of_hostile_files_gives_problems_and_no_traceback(tmp_path: Path) -> None:
    identifier = ArticleId("2024-01-02-herald-a-title")
    for name in (
        article_path(identifier),
        "sources.yml",
        "redirects.yml",
        "entities/a.yml",
        "decisions/a.yml",
        f"captures/{identifier}/provenance.json",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"\xff\x00[&a *a !!python/x {")
    corpus, problems = read_corpus(tmp_path, Settings())
    assert corpus.articles == ()
    assert len({problem.path for problem in problems}) == 6
