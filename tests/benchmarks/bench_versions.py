"""Time and peak memory of linking versions, for archives of several sizes, and how both grow.

    python -m tests.benchmarks.bench_versions [--sizes 1000,10000,100000]

Each size runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

from generator.analysis.fingerprint import fingerprint
from generator.linking.diff import difference_pairs
from generator.linking.prints import pairs_worth_comparing
from generator.linking.versions import link_versions
from generator.model import Analysis, Article, ArticleId, VersionTable
from generator.pipeline.cache import Cache, cache_key
from generator.pipeline.evaluate.clusters import pairwise
from generator.pipeline.remember import LinkingMemory, Tokens
from tests.benchmarks.synthetic import Planted, synthetic_articles

STEPS = ("fingerprints", "candidates", "whole", "after adding one", "MB")


class Laps:
    """A stopwatch that files each lap under a name, with the peak of memory until its end."""

    def __init__(self) -> None:
        self.found: dict[str, float] = {"MB before": memory()}
        self.start = time.process_time()

    def lap(self, step: str) -> None:
        """The time since the last lap was this step's."""
        self.found[step] = time.process_time() - self.start
        self.found[f"{step}: MB"] = memory()
        self.start = time.process_time()


def measure(size: int) -> dict[str, float]:
    """Seconds of processor time of each step, peak memory in MB, and how well the planted versions were found."""
    planted = list(synthetic_articles(size))
    articles = {item.article.id: item.article for item in planted}
    tokens = Tokens(texts={item: cache_key(item) for item in articles}, provenance={})
    laps = Laps()
    analyses = {item: analysis(article) for item, article in articles.items()}
    laps.lap("fingerprints")
    with tempfile.TemporaryDirectory() as folder, Cache(Path(folder)) as cache:
        known = LinkingMemory(cache, "", tokens, None)
        everything = dict(sorted(articles.items()))
        pairs = pairs_worth_comparing(everything, analyses, known.memory)[0].size
        del known, everything
        laps.lap("candidates")
        added = next(item.article.id for item in planted[size // 2 :] if item.version_of)
        fewer = {item: article for item, article in articles.items() if item != added}
        known, _ = link(fewer, analyses, LinkingMemory(cache, "", tokens, None))
        first = compared(known)
        laps.lap("whole")
        known, table = link(articles, analyses, LinkingMemory(cache, "", tokens, None))
        laps.lap("after adding one")
        again = compared(known)
    found = {str(item): str(group.main) for item, group in table.groups.items()}
    score = pairwise(gold(planted), found)
    numbers = {"articles": size, "candidate pairs": pairs, "pairs compared": first}
    more = {"pairs looked at after adding one": again, "MB": memory()}
    return numbers | more | laps.found | {"precision": score.precision, "recall": score.recall}


def link(
    articles: Mapping[ArticleId, Article],
    analyses: Mapping[ArticleId, Analysis],
    known: LinkingMemory,
) -> tuple[LinkingMemory, VersionTable]:
    """Link versions as a build does, with their differences, and keep what was found."""
    table = link_versions(articles, analyses, {}, (), known.aid)
    groups = {group.main: group for group in table.groups.values()}
    known.differences(
        (pair for _, group in sorted(groups.items()) for pair in difference_pairs(group)), articles
    )()
    known.save()
    return known, table


def compared(known: LinkingMemory) -> int:
    """The verdicts of the families that were looked at anew."""
    return sum(map(len, known.memory.verdicts.values()))


def analysis(article: Article) -> Analysis:
    """What linking needs to know."""
    return Analysis(
        article=article.id,
        sentences=(),
        quotations=(),
        figures=(),
        fingerprint=fingerprint(article),
    )


def gold(planted: list[Planted]) -> dict[str, str]:
    """What each planted article is a version of."""

    def root(item: Planted) -> ArticleId:
        return item.version_of or item.article.id

    return {str(item.article.id): str(root(item)) for item in planted}


def memory() -> float:
    """The largest memory this process has had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print a table, and the exponents of growth between the first and the last size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--one", type=int, help="measure one size and print it as JSON")
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one)))
        return
    rows = []
    for size in options.sizes.split(","):
        command = [sys.executable, "-m", "tests.benchmarks.bench_versions", "--one", size]
        rows.append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    for name in rows[0]:
        print(f"{name:18}" + "".join(f"{row[name]:14,.2f}" for row in rows))
    growth = math.log(rows[-1]["articles"] / rows[0]["articles"])
    for step in STEPS:
        print(f"growth of {step}: {math.log(rows[-1][step] / rows[0][step]) / growth:.2f}")


if __name__ == "__main__":
    main()
