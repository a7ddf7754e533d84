"""Speed and peak memory of finding names, for authorities of growing size.

    python -m tests.benchmarks.bench_entities [--names 10000,100000,500000] [--articles 2000]

Each size runs in a process of its own, so that its peak memory is its own. Half of the names are made of
words that the articles use, so that beginnings of names are met all the time.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator

from generator.analysis.affected import Change
from generator.analysis.mentions import build_tagger
from generator.model import Article, Block, Entity, EntityId, EntityKind, LanguageCode
from generator.record import replace
from generator.text import segments
from tests.benchmarks.synthetic import synthetic_articles

KINDS = (EntityKind.PERSON, EntityKind.PLACE, EntityKind.ORGANISATION)


def measure(names: int, count: int) -> dict[str, float]:
    """Megabytes a second of processor time, seconds to build, peak memory in MB, articles a new entry touches."""
    plain = [planted.article for planted in synthetic_articles(count)]
    entities = list(synthetic_entities(names, plain))
    articles = [with_names(article, entities, place) for place, article in enumerate(plain)]
    size = sum(len("\n".join(segments(article)).encode()) for article in articles) / 1e6
    before = memory()
    start = time.process_time()
    tagger = build_tagger(entities)
    built = time.process_time() - start
    found = 0
    start = time.process_time()
    for article in articles:
        mentions, undecided = tagger.tag(article)
        found += len(mentions) + len(undecided)
    tagged = time.process_time() - start
    start = time.process_time()
    change = Change([entities[len(entities) // 2]])
    touched = sum(change.touches(article) for article in articles)
    looked = time.process_time() - start
    return {
        "names": names,
        "articles": len(articles),
        "MB of text": round(size, 1),
        "build s": round(built, 1),
        "MB/s": round(size / tagged, 2),
        "articles/s": round(len(articles) / tagged),
        "found": found,
        "peak MB": round(memory()),
        "tagger MB": round(memory() - before),
        "touched by one new entry": touched,
        "looking MB/s": round(size / looked, 1),
    }


def synthetic_entities(names: int, articles: list[Article]) -> Iterator[Entity]:
    """Seeded entries with two names each, half of them made of the articles' own words."""
    chance = random.Random(7)
    vocabulary = sorted(
        {
            word
            for article in articles[:300]
            for block in article.blocks
            for word in block.text.split()
        }
    )
    for number in range(names // 2):
        words = [chance.choice(vocabulary).strip(".,") or "x" for _ in range(2)]
        if number % 2:
            words = ["".join(chance.choices("bdfgklmnprstvaeiou", k=7)) for _ in range(2)]
        name = " ".join(word.capitalize() for word in words)
        yield Entity(
            id=EntityId(f"entity-{number:06}"),
            kind=KINDS[number % len(KINDS)],
            names={LanguageCode("en"): (name, words[-1].capitalize() + str(number))},
        )


def with_names(article: Article, entities: list[Entity], place: int) -> Article:
    """The article with the names of five entities in its second paragraph."""
    named = [entities[(place * 31 + step * 977) % len(entities)] for step in range(5)]
    words = ", ".join(entity.names[LanguageCode("en")][0] for entity in named)
    blocks = (article.blocks[0], Block(text=f"They met {words} there."), *article.blocks[1:])
    return replace(article, blocks=blocks)


def memory() -> float:
    """Peak memory of this process in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a line of JSON for every size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--names", default="10000,100000,500000")
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one is not None:
        sys.stdout.write(json.dumps(measure(options.one, options.articles)) + "\n")
        return
    for size in options.names.split(","):
        command = [sys.executable, "-m", "tests.benchmarks.bench_entities", "--one", size]
        subprocess.run([*command, "--articles", str(options.articles)], check=True)


if __name__ == "__main__":
    main()
