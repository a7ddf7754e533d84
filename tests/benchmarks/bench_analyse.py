"""How fast single articles are read, analysed, encoded and tagged, by one processor.

    python -m tests.benchmarks.bench_analyse [--articles 2000] [--batch 64]

Seconds are processor time, so that other work on the machine counts less. Each stage goes through the articles twice:
a process remembers words and tokens it has seen, and in a large archive most of them have been seen.
"""

import argparse
import resource
import time
from collections.abc import Callable, Iterator, Sequence

from generator.analysis.analyse import meanings, telling, without_meaning
from generator.analysis.authority import merge_entities, seed_entities
from generator.analysis.encoder import load_encoder
from generator.analysis.figures import figures
from generator.analysis.fingerprint import fingerprint
from generator.analysis.mentions import build_tagger
from generator.analysis.quotations import quotations
from generator.analysis.sentences import sentences
from generator.analysis.topics import names, pack, terms
from generator.analysis.wording import wording
from generator.corpus.articles import read_article
from generator.corpus.report import Report
from generator.corpus.writer import write_article
from generator.model import Article
from tests.benchmarks.synthetic import LANGUAGES, synthetic_articles

Stage = Callable[[Sequence[Article]], object]


def stages(articles: Sequence[Article]) -> Iterator[tuple[str, Stage]]:
    """What is done with a batch of articles."""
    files = {article.id: write_article(article).encode() for article in articles}
    analyses = {article.id: without_meaning(article) for article in articles}
    encoder = load_encoder("builtin")
    tagger = build_tagger(merge_entities((), seed_entities(LANGUAGES), LANGUAGES))
    single: dict[str, Callable[[Article], object]] = {
        "reading": lambda article: read_article(
            files[article.id], article.path, Report(article.path)
        ),
        "sentences": sentences,
        "quotations": quotations,
        "figures": figures,
        "fingerprint": fingerprint,
        "terms": lambda article: pack(terms(wording(article))),
        "names and numbers": lambda article: pack(names(wording(article))),
        "analysis without vectors": without_meaning,
        "tagging": tagger.tag,
    }
    for name, function in single.items():
        yield name, one_by_one(function)
    yield (
        "meaning vectors",
        lambda batch: meanings([telling(item, analyses[item.id]) for item in batch], encoder),
    )


def one_by_one(function: Callable[[Article], object]) -> Stage:
    """A stage that does one article after the other."""
    return lambda batch: [function(article) for article in batch]


def measure(stage: Stage, articles: Sequence[Article], batch: int) -> float:
    """Processor seconds for all articles."""
    start = time.process_time()
    for first in range(0, len(articles), batch):
        stage(articles[first : first + batch])
    return time.process_time() - start


def main() -> None:
    """Print a table of all stages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=64)
    options = parser.parse_args()
    articles = [planted.article for planted in synthetic_articles(options.articles)]
    size = sum(len(block.text) for article in articles for block in article.blocks) / len(articles)
    print(f"{len(articles):,} articles of {size:,.0f} characters")
    print("| stage | ms an article, first | again | articles a second, again |\n|---|---|---|---|")
    for name, stage in stages(articles):
        first, again = (measure(stage, articles, options.batch) for _ in range(2))
        each = [1000 * seconds / len(articles) for seconds in (first, again)]
        print(f"| {name} | {each[0]:.2f} | {each[1]:.2f} | {len(articles) / again:,.0f} |")
    print(f"\npeak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB")


if __name__ == "__main__":
    main()
