"""Every address that was published answers for ever, whatever is added, merged and parted; and no build depends on the one before."""

from pathlib import Path

import pytest

from tests.sites import Built, build_project, contents, make_project

SOURCES = "".join(
    f"- id: {name}\n  name: The {name}\n  language: en\n" for name in ("herald", "post", "times")
)

FLOOD = (
    "The Varda river burst its banks at Kelmora on Tuesday, and 1,240 people left their homes. "
    "“We have never seen such water in Kelmora,” Mayor Irena Holub said.\n\n"
    "The bridge at the mill is closed until the end of the week, and the schools of the old town stay shut. "
    "Boats carried bread and blankets to the streets along the quay."
)
REVISED = FLOOD.replace("until the end of the week", "until further notice, the council says")
AGAIN = (
    "Some 1,240 residents of Kelmora were evacuated after the Varda river flooded the old town. "
    "“We have never seen water like this in Kelmora,” said the mayor, Irena Holub."
)
WARNING = (
    "The Varda river rises at Kelmora: residents of the old town should be ready to leave their homes, Mayor Irena "
    "Holub said as the Varda flooded the first cellars of Kelmora."
)
STRIKE = (
    "Bus drivers in Ostrand walked out over pay, and 45 lines stood still. “We want a fair wage for "
    "every driver,” union leader Oto Brand said."
)
STRIKE_AGAIN = (
    "In Ostrand 45 bus lines stood still as drivers walked out over pay. “We want fair wages for "
    "every driver,” said Oto Brand of the union."
)

FIRST = {
    "2024-03-05-herald-varda-floods-kelmora": ("Varda river floods Kelmora", FLOOD),
    "2024-03-05-herald-varda-floods-kelmora-2": ("Varda river floods Kelmora", REVISED),
    "2024-03-06-post-kelmora-evacuated": ("Kelmora evacuated as Varda floods old town", AGAIN),
    "2024-03-06-post-bus-drivers-strike": ("Bus drivers strike in Ostrand", STRIKE),
    "2024-03-07-times-ostrand-buses-stop": ("Ostrand buses stop as drivers strike", STRIKE_AGAIN),
}
EARLIER = {
    "2024-03-04-times-varda-rises": ("Varda river rises at Kelmora", WARNING),
}


def write(corpus: Path, articles: dict[str, tuple[str, str]]) -> None:
    for name, (title, text) in articles.items():
        source = name.split("-")[3]
        path = corpus / "articles" / name[:4] / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        front = f'title: "{title}"\ndate: {name[:10]}\nsource: {source}\nlanguage: en\n'
        path.write_text(f"---\n{front}---\n\n{text}\n", encoding="utf-8")


def decide(corpus: Path, *decisions: tuple[str, ...]) -> None:
    """Each decision is its kind and the articles it names."""
    lines = [
        f"- decision: {kind}\n  articles: [{', '.join(articles)}]\n"
        "  who: Ann\n  when: 2024-04-01\n  why: Seen.\n"
        for kind, *articles in decisions
    ]
    path = corpus / "decisions" / "stories.yml"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(lines), encoding="utf-8")


def addresses(built: Built) -> set[str]:
    """Every address below these, of a page or of one that leads on."""
    return {
        path.parent.relative_to(built.docs).as_posix()
        for room in ("articles", "stories", "quotations")
        for path in (built.docs / room).rglob("index.*")
        if path.name in ("index.md", "index.html")
    }


def pages(built: Built, room: str) -> set[str]:
    """The pages of a room that lead nowhere else."""
    return {path.parent.name for path in (built.docs / room).glob("*/index.md")}


@pytest.fixture
def config(tmp_path: Path) -> Path:
    config = make_project(
        tmp_path / "one", archive={"encoder": "none", "languages": ["en"], "default_language": "en"}
    )
    corpus = config.parent / "corpus"
    write(corpus, FIRST)
    (corpus / "sources.yml").write_text(SOURCES, encoding="utf-8")
    return config


def test_every_address_answers_after_backfilling_merging_and_parting(
    config: Path, tmp_path: Path
) -> None:
    corpus = config.parent / "corpus"
    flood, strike = "2024-03-05-herald-varda-floods-kelmora", "2024-03-06-post-bus-drivers-strike"
    post, times = "2024-03-06-post-kelmora-evacuated", "2024-03-07-times-ostrand-buses-stop"

    built = build_project(config, docs_only=True)
    assert pages(built, "stories") == {f"{flood}-2", strike}
    quoted = pages(built, "quotations")
    assert len(quoted) == 2
    known = addresses(built)

    write(corpus, EARLIER)
    built = build_project(config, docs_only=True)
    assert pages(built, "stories") == {*EARLIER, strike}
    assert known <= addresses(built)
    known |= addresses(built)

    decide(corpus, ("same-story", *EARLIER, flood, post, strike, times))
    built = build_project(config, docs_only=True)
    assert pages(built, "stories") == set(EARLIER)
    assert known <= addresses(built)
    known |= addresses(built)

    decide(
        corpus,
        ("same-story", flood, post),
        ("not-same-story", flood, post),
        ("not-same-story", strike, times),
        ("not-same-version", flood, f"{flood}-2"),
    )
    built = build_project(config, docs_only=True)
    assert strike not in pages(built, "stories")
    assert known <= addresses(built)
    (stale,) = built.report.warnings
    assert str(stale).startswith(f"{corpus}/decisions/stories.yml:1:1: warning: same-story: ")
    report = (built.docs / "about" / "report" / "index.md").read_text(encoding="utf-8")
    assert "corpus/decisions/stories.yml:1" in report

    whole = build_project(
        make_project(
            tmp_path / "two",
            corpus,
            archive={"encoder": "none", "languages": ["en"], "default_language": "en"},
        ),
        docs_only=True,
        full=True,
    )
    assert contents(built.docs) == contents(whole.docs)
