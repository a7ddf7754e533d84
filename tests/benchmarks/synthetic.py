"""A seeded archive of invented words, with versions, stories and bulletins planted in it.

    python -m tests.benchmarks.synthetic N FOLDER [--people P] [--hugo SITE] [--seed S]

writes it as a corpus folder, and as a Hugo site of the same articles. Five languages in three scripts; words follow Zipf's
law, so that texts share what real ones share, and so do the names of people, who are entities and whom the articles mention. The
same seed gives the same archive.
"""

import argparse
import random
from bisect import bisect
from collections.abc import Iterator
from itertools import accumulate
from operator import attrgetter
from pathlib import Path

import yaml

from generator.corpus.writer import write_article
from generator.model import (
    Article,
    ArticleDate,
    ArticleId,
    Block,
    Entity,
    EntityId,
    EntityKind,
    LanguageCode,
    SourceId,
)
from generator.record import record, replace
from tests.benchmarks.hugo_site import add_page, begin_site

#: How often each language is written, and the syllables its words are made of.
LANGUAGES = {
    "en": (
        0.4,
        [
            c + v
            for c in ["b", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "w", "th", "st"]
            for v in ["a", "e", "i", "o", "oo", "ai"]
        ],
    ),
    "es": (
        0.2,
        [
            c + v
            for c in ["b", "c", "d", "l", "m", "n", "p", "r", "s", "t", "v", "ll"]
            for v in ["a", "e", "i", "o", "ue", "ía"]
        ],
    ),
    "de": (
        0.15,
        [
            c + v
            for c in ["b", "d", "g", "h", "k", "m", "n", "r", "s", "w", "z", "sch"]
            for v in ["a", "e", "i", "ei", "ü", "au"]
        ],
    ),
    "ru": (0.15, [c + v for c in "бвгдзклмнпрст" for v in "аеиоуя"]),
    "zh": (0.1, [chr(0x4E00 + 13 * number) for number in range(1200)]),
}
WORDS = 20_000
OUTLETS = 40
DAYS = 720

#: Shares of the archive that are versions of an earlier article, members of a story, and bulletins of one template.
VERSIONS, STORIES, BULLETINS = 0.1, 0.25, 0.03


@record
class Planted:
    """An article with what was planted: the article it is a version of, its event, its template."""

    article: Article
    version_of: ArticleId | None = None
    event: int | None = None
    template: int | None = None


@record
class Event:
    """What the articles of a story share: names, a number, words that were said, a day."""

    number: int
    names: tuple[str, ...]
    figure: int
    day: int


class Tongue:
    """A language: its words, the common ones first."""

    def __init__(self, code: str, rng: random.Random) -> None:
        self.code = code
        self.blank = "" if code == "zh" else " "
        self.stop = "。" if code == "zh" else ". "
        syllables = LANGUAGES[code][1]
        seen: dict[str, None] = {}
        while len(seen) < WORDS:
            most = 3 if code == "zh" else 4
            length = 1 + min(most - 1, len(seen) // (len(syllables) * 4) + rng.randrange(2))
            seen["".join(rng.choices(syllables, k=length))] = None
        self.words = list(seen)
        self.weights = list(accumulate(1 / (rank + 3) for rank in range(WORDS)))

    def draw(self, rng: random.Random, count: int) -> list[str]:
        """Some words as they come in a text."""
        top = self.weights[-1]
        return [self.words[bisect(self.weights, rng.random() * top)] for _ in range(count)]

    def sentence(self, rng: random.Random, *more: str) -> str:
        """A sentence with some given words in it."""
        words = self.draw(rng, rng.randint(8, 22))
        for word in more:
            words.insert(rng.randrange(len(words)), word)
        text = self.blank.join(words)
        return text[:1].upper() + text[1:] + self.stop.strip()

    def paragraph(self, rng: random.Random, *more: str) -> Block:
        """Two to four sentences."""
        sentences = [
            self.sentence(rng, *more),
            *(self.sentence(rng) for _ in range(rng.randint(1, 3))),
        ]
        return Block(text=self.blank.join(sentences))


class Archive:
    """Makes articles one after the other; remembers only what later ones refer to."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.tongues = {code: Tongue(code, self.rng) for code in LANGUAGES}
        self.latest: list[Planted] = []
        self.events: list[Event] = []
        self.templates: list[tuple[str, list[str]]] = []
        self.made = 0

    def planted(self) -> Planted:
        """The next article: a version, a member of a story, a bulletin, or one of its own."""
        chance = self.rng.random()
        if chance < VERSIONS and self.latest:
            found = self.version(self.rng.choice(self.latest))
        elif chance < VERSIONS + STORIES:
            found = self.member()
        elif chance < VERSIONS + STORIES + BULLETINS:
            found = self.bulletin()
        else:
            found = Planted(article=self.article(self.tongue(), self.rng.randrange(DAYS)))
        if found.version_of is None:
            self.latest = [*self.latest[-199:], found]
        self.made += 1
        return found

    def tongue(self) -> Tongue:
        """A language, as often as it is written."""
        weights = [share for share, _ in LANGUAGES.values()]
        return self.tongues[self.rng.choices(list(LANGUAGES), weights)[0]]

    def article(self, tongue: Tongue, day: int, *more: str) -> Article:
        """An article of its own, with some given words in the title and in every other paragraph."""
        rng = self.rng
        blocks = tuple(
            tongue.paragraph(rng, *(more if number % 2 == 0 else ()))
            for number in range(rng.randint(3, 9))
        )
        title = tongue.blank.join([*more[:2], *tongue.draw(rng, 6)])
        return self.dressed(tongue, day, title, blocks)

    def dressed(self, tongue: Tongue, day: int, title: str, blocks: tuple[Block, ...]) -> Article:
        """A text with an outlet, a date and an id."""
        source = SourceId(f"outlet-{self.rng.randrange(OUTLETS):02}")
        return Article(
            id=self.identifier(day, source),
            path=f"articles/{2023 + day // 360}/{self.identifier(day, source)}.md",
            title=title,
            date=ArticleDate(iso=calendar(day)),
            source=source,
            language=LanguageCode(tongue.code),
            blocks=blocks,
        )

    def identifier(self, day: int, source: SourceId) -> ArticleId:
        """The id of the next article."""
        return ArticleId(f"{calendar(day)}-{source}-a{self.made:06}")

    def member(self) -> Planted:
        """An article about an event, new or one of the last."""
        rng = self.rng
        if not self.events or rng.random() < 0.3:
            english = self.tongues["en"]
            names = tuple(word.title() for word in rng.sample(english.words[2000:], 3))
            event = Event(
                number=len(self.events),
                names=names,
                figure=rng.randrange(100, 100_000),
                day=rng.randrange(DAYS - 2),
            )
            self.events = [*self.events, event]
        event = rng.choice(self.events[-6:])
        article = self.article(
            self.tongue(), event.day + rng.randrange(2), *event.names, str(event.figure)
        )
        return Planted(article=article, event=event.number)

    def bulletin(self) -> Planted:
        """An announcement from a template: only the numbers and a name are new."""
        rng = self.rng
        if not self.templates or rng.random() < 0.02:
            tongue = self.tongue()
            lines = [tongue.sentence(rng, "{}", "{}") for _ in range(rng.randint(4, 9))]
            self.templates.append((tongue.code, lines))
        number = rng.randrange(len(self.templates))
        code, lines = self.templates[number]
        tongue = self.tongues[code]
        values = [[str(rng.randrange(10, 99_999)) for _ in range(2)] for _ in lines]
        blocks = tuple(
            Block(text=line.format(*pair)) for line, pair in zip(lines, values, strict=True)
        )
        words = (
            [word for word in lines[0].split() if word != "{}"] if tongue.blank else [lines[0][:4]]
        )
        title = " ".join([*words[:4], values[0][0]])
        return Planted(
            article=self.dressed(tongue, rng.randrange(DAYS), title, blocks), template=number
        )

    def version(self, of: Planted) -> Planted:
        """Another version: a copy, a syndicated one, a revision, or one with a passage taken out."""
        rng, old = self.rng, of.article
        day = (int(old.date.iso[:4]) - 2023) * 360 + int(old.date.iso[5:7]) * 30 - 30
        day += int(old.date.iso[8:]) - 1
        blocks = tuple(old.blocks)
        kind = rng.randrange(4)
        if kind >= 2:
            blocks = tuple(self.edited(block, old.language) for block in blocks)
        if kind == 3 and len(blocks) > 3:
            gone = rng.randrange(1, len(blocks))
            blocks = blocks[:gone] + blocks[gone + 1 :]
        made = self.dressed(self.tongues[old.language], day, old.title, blocks)
        source = made.source if kind == 1 else old.source
        identifier = self.identifier(day, source)
        made = replace(
            made, source=source, id=identifier, path=f"articles/{identifier[:4]}/{identifier}.md"
        )
        return replace(of, article=made, version_of=of.version_of or old.id)

    def edited(self, block: Block, language: str) -> Block:
        """A paragraph with one word in fifty replaced."""
        rng, tongue = self.rng, self.tongues[language]
        if not tongue.blank:
            place = rng.randrange(len(block.text))
            word = tongue.draw(rng, 1)[0]
            return Block(text=block.text[:place] + word + block.text[place + len(word) :])
        words = block.text.split(" ")
        for place in range(len(words)):
            if rng.random() < 0.02 and words[place].isalpha():
                words[place] = tongue.draw(rng, 1)[0]
        return Block(text=" ".join(words))


class People:
    """People with invented names, some of whom are mentioned in very many articles."""

    def __init__(self, count: int, seed: int) -> None:
        rng = random.Random(seed)
        words = Tongue("en", rng).words[500:]
        names: dict[str, None] = {}
        while len(names) < count:
            names[" ".join(word.title() for word in rng.sample(words, rng.choice((2, 2, 3))))] = (
                None
            )
        self.seed = seed
        self.entries = [
            Entity(
                id=EntityId(name.lower().replace(" ", "-")),
                kind=EntityKind.PERSON,
                names={LanguageCode("en"): (name,)},
            )
            for name in names
        ]
        self.weights = list(accumulate(1 / (rank + 3) ** 0.9 for rank in range(count)))

    def mentioned(self, planted: Planted) -> tuple[Article, tuple[Entity, ...]]:
        """An article that names three to eight people, those that its other versions name, and who they are."""
        article = planted.article
        if not self.entries:
            return article, ()
        rng = random.Random(f"{self.seed} {planted.version_of or article.id}")
        chosen = {
            bisect(self.weights, rng.random() * self.weights[-1]) for _ in range(rng.randint(3, 8))
        }
        named = tuple(self.entries[number] for number in sorted(chosen))
        chinese = article.language == "zh"
        blocks = list(article.blocks)
        for number, entity in enumerate(named):
            place = number % len(blocks)
            told = f"{entity.names[LanguageCode('en')][0]}{'。' if chinese else '.'}"
            blocks[place] = Block(text=f"{blocks[place].text}{'' if chinese else ' '}{told}")
        return replace(article, blocks=tuple(blocks)), named


def calendar(day: int) -> str:
    """A day of two years of twelve months of thirty days, February's shortened."""
    month, rest = day % 360 // 30 + 1, day % 30 + 1
    return f"{2023 + day // 360}-{month:02}-{min(rest, 28):02}"


def synthetic_articles(count: int, seed: int = 1) -> Iterator[Planted]:
    """So many articles, one at a time."""
    archive = Archive(seed)
    for _ in range(count):
        yield archive.planted()


def write_corpus(
    folder: Path, count: int, seed: int = 1, people: int = 0, hugo: Path | None = None
) -> None:
    """Write the articles, their outlets and so many people as a corpus folder, and as a Hugo site if a folder for it is given."""
    outlets = [
        {
            "id": f"outlet-{number:02}",
            "name": f"Outlet {number}",
            "homepage": f"https://o{number}.example/",
        }
        for number in range(OUTLETS)
    ]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sources.yml").write_text(yaml.safe_dump(outlets, sort_keys=False), encoding="utf-8")
    known = People(people, seed)
    if people:
        told = [
            {
                "id": str(item.id),
                "kind": "person",
                "names": {"en": list(item.names[LanguageCode("en")])},
            }
            for item in sorted(known.entries, key=attrgetter("id"))
        ]
        (folder / "entities").mkdir(exist_ok=True)
        text = yaml.safe_dump(told, sort_keys=False, allow_unicode=True)
        (folder / "entities" / "people.yml").write_text(text, encoding="utf-8")
    if hugo:
        begin_site(hugo)
    for article, named in map(known.mentioned, synthetic_articles(count, seed)):
        path = folder / article.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write_article(article), encoding="utf-8")
        if hugo:
            add_page(hugo, article, named)


def main() -> None:
    """Write a corpus folder as asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--people", type=int, default=0)
    parser.add_argument("--hugo", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    write_corpus(options.folder, options.count, options.seed, options.people, options.hugo)


if __name__ == "__main__":
    main()
