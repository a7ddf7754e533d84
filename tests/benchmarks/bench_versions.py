"""Time and peak memory of linking versions, for a small and a large archive, and how both grow.

    python -m tests.benchmarks.bench_versions [--sizes 10000,100000]

Each size runs in a process of its own, so that its peak memory is its own.
"""

import argparse
import json
import math
import resource
import subprocess
import sys
import time

from generator.analysis.fingerprint import fingerprint
from generator.linking.groups import Wishes, partition
from generator.linking.versions import Judge, Memo, link_versions, worth_comparing
from generator.model import Analysis, Article, ArticleId
from generator.pipeline.evaluate.clusters import pairwise
from tests.benchmarks.synthetic import Planted, synthetic_articles

STEPS = ("fingerprints", "candidates", "comparing", "grouping", "whole", "after adding one")


class Laps:
    """A stopwatch that files each lap under a name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self.start = time.process_time()

    def lap(self, step: str) -> None:
        """The time since the last lap was this step's."""
        now = time.process_time()
        self.seconds[step] = now - self.start
        self.start = time.process_time()


def measure(size: int) -> dict[str, float]:
    """Seconds of processor time of each step, peak memory in MB, and how well the planted versions were found."""
    planted = list(synthetic_articles(size))
    articles = {item.article.id: item.article for item in planted}
    before, laps = memory(), Laps()
    analyses = {item: analysis(article) for item, article in articles.items()}
    laps.lap("fingerprints")
    pairs = list(worth_comparing(articles, analyses))
    laps.lap("candidates")
    judge = Judge(articles, {})
    verdicts = {pair: judge.verdict(pair) for pair in pairs}
    laps.lap("comparing")
    partition(articles, verdicts, Wishes(), judge.verdict)
    laps.lap("grouping")
    numbers = {"articles": size, "pairs": len(pairs), "MB before": before, "MB": memory()}
    del judge, verdicts, pairs
    memo: Memo = {}
    last = planted[-1].article.id
    fewer = {item: article for item, article in articles.items() if item != last}
    link_versions(fewer, analyses, {}, (), memo=memo)
    laps.lap("whole")
    table = link_versions(articles, analyses, {}, (), memo=memo)
    laps.lap("after adding one")
    found = {str(item): str(group.main) for item, group in table.groups.items()}
    score = pairwise(gold(planted), found)
    return numbers | laps.seconds | {"precision": score.precision, "recall": score.recall}


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
    parser.add_argument("--sizes", default="10000,100000")
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
