"""How long a build takes, beside Hugo's on the same articles; prints a table and the ratios.

    python -m tests.benchmarks.bench_build CORPUS WORK [--hugo FOLDER --hugo-command hugo] [--rounds 3] [--cold-rounds 1] [--jobs 2] [--everything]

CORPUS is a corpus folder, FOLDER a Hugo site of the same articles: `python -m tests.benchmarks.synthetic 10000 CORPUS --people 3000
--hugo FOLDER` makes both. WORK should lie in memory (`/dev/shm`). The two are run in turn, and medians are compared, so
that a machine that does other things besides is no great harm. The settings are those that hold where none are given;
with `--everything` the site has the export, and the record and the plain text beside each page, as well.
"""

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.sites import make_project

ROOT = Path(__file__).resolve().parent.parent.parent

#: What is set against Hugo's build of everything.
COMPARED = ("ours: site from docs: render", "ours: one article added: render", "ours: cold")


#: Articles from which on bytes are told for a number of words.
MANY = 1_000

#: What the names of added articles have, and how many articles lie between those that they are made from.
ADDED, STRIDE = "-more", 101


@dataclass
class Run:
    """What one command took: seconds on the wall, and the peak of memory of its main process in MB."""

    wall: float
    memory: float


@dataclass
class Bench:
    """The folders of a benchmark and the runs by name."""

    corpus: Path
    work: Path
    jobs: int
    hugo: Path | None = None
    hugo_command: str = "hugo"
    everything: bool = False
    runs: dict[str, list[Run]] = field(default_factory=dict)

    def ours(self, name: str, *more: str) -> list[dict[str, float]]:
        """One build; gives the times of its steps."""
        timings = self.work / "timings.json"
        places = [f"--{place}={self.work / place}" for place in ("docs", "site", "cache")]
        command = [sys.executable, "-m", "generator", "build", f"--corpus={self.work / 'corpus'}"]
        command.append(f"--config={self.config}")
        self.time(
            name, [*command, *places, f"--jobs={self.jobs}", f"--timings={timings}", *more], ROOT
        )
        found: list[dict[str, float]] = json.loads(timings.read_text(encoding="utf-8"))
        for step in found:
            self.runs.setdefault(f"{name}: {step['step']}", []).append(Run(step["seconds"], 0))
        return found

    @cached_property
    def config(self) -> Path:
        """The configuration, with the settings that hold where none are given."""
        names = ("data_export", "article_files")
        archive = {"demonstration": False} | dict.fromkeys(names, self.everything)
        return make_project(self.work / "project", archive=archive)

    def theirs(self) -> None:
        """One build with Hugo."""
        if self.hugo is not None:
            shutil.rmtree(self.hugo / "public", ignore_errors=True)
            self.time("Hugo: everything", [self.hugo_command, "--quiet"], self.hugo)

    def time(self, name: str, command: list[str], folder: Path) -> None:
        """Run a command and note what it took."""
        start = time.perf_counter()
        with (self.work / "output").open("wb") as output:
            process = subprocess.Popen(command, cwd=folder, stdout=output, stderr=output)
            _, status, used = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        if status:
            raise SystemExit((self.work / "output").read_text(encoding="utf-8", errors="replace"))
        self.runs.setdefault(name, []).append(Run(wall, used.ru_maxrss / 1024))

    def clear(self, *names: str) -> None:
        """Remove what an earlier build made."""
        for name in names:
            shutil.rmtree(self.work / name, ignore_errors=True)


def one_round(bench: Bench, number: int, *, cold: bool) -> None:
    """Everything once: cold, nothing changed, one article added, rendering alone, Hugo.

    The first change after a build from nothing is told apart: some pages learn then what later builds know.
    """
    if cold:
        bench.clear("docs", "site", "cache", "corpus")
        shutil.copytree(bench.corpus, bench.work / "corpus")
        bench.theirs()
        bench.ours("ours: cold")
    bench.ours("ours: nothing changed")
    bench.theirs()
    add_article(bench.work / "corpus", f"{number}a")
    bench.ours("ours: first article added")
    add_article(bench.work / "corpus", f"{number}b")
    bench.ours("ours: one article added")
    bench.clear("site", "cache/sites")
    (bench.work / "cache" / "last-build").unlink()
    bench.ours("ours: site from docs")


def add_article(corpus: Path, number: str) -> None:
    """One more article, with the words of one of the others turned around: of another one each time, else it would be a
    version of what was added before."""
    there = sorted((corpus / "articles").rglob("*.md"))
    others = [path for path in there if ADDED not in path.stem]
    other = others[STRIDE * (len(there) - len(others)) % len(others)]
    head, _, body = other.read_text(encoding="utf-8").partition("\n---\n")
    words = " ".join(reversed(body.split()))
    other.with_name(f"{other.stem}{ADDED}{number}.md").write_text(
        f"{head}\n---\n\n{words}\n", "utf-8"
    )


def table(bench: Bench) -> str:
    """Medians of all runs."""
    rows = ["| what | seconds | peak MB |", "|---|---|---|"]
    for name, runs in bench.runs.items():
        memory = median(runs, lambda run: run.memory)
        rows.append(f"| {name} | {median(runs, wall):.2f} | {memory:.0f} |")
    if bench.hugo is not None:
        hugo = median(bench.runs["Hugo: everything"], wall)
        rows += [
            f"| {name} ÷ Hugo | {median(bench.runs[name], wall) / hugo:.2f} | |"
            for name in COMPARED
        ]
    return "\n".join(rows)


def wall(run: Run) -> float:
    """Seconds on the wall."""
    return run.wall


def median(runs: list[Run], pick: Callable[[Run], float]) -> float:
    """The middle one of some runs."""
    return statistics.median(pick(run) for run in runs)


def sizes(work: Path) -> str:
    """Files and bytes of the site and of its article pages."""
    files = [
        (str(p.relative_to(work / "site")), p.stat().st_size)
        for p in (work / "site").rglob("*")
        if p.is_file()
    ]
    kinds: dict[str, list[int]] = {}
    for path, size in files:
        kinds.setdefault(f"{path.split('/')[0]} {path.rpartition('.')[2]}", []).append(size)
    biggest = sorted(kinds.items(), key=lambda item: -sum(item[1]))[:15]
    rows = ["| files of the site | number | MB |", "|---|---|---|"]
    rows.append(f"| all | {len(files):,} | {sum(size for _, size in files) / 1e6:.1f} |")
    rows += [f"| {kind} | {len(found):,} | {sum(found) / 1e6:.1f} |" for kind, found in biggest]
    texts = [path.read_text("utf-8") for path in (work / "corpus" / "articles").rglob("*.md")]
    words = sum(len(text.partition("\n---\n")[2].split()) for text in texts)
    size = sum(size for _, size in files)
    told = f"\n{size / len(texts):,.0f} bytes an article of {words / len(texts):.0f} words between blanks"
    # In a small archive what all articles share would be told as theirs.
    rows.append(f"{told}, {500 * size / words:,.0f} for 500" if len(texts) >= MANY else told)
    return "\n".join(rows)


def main() -> None:
    """Run the benchmark as asked on the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--hugo", type=Path)
    parser.add_argument("--hugo-command", default="hugo")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--cold-rounds", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--everything", action="store_true")
    options = parser.parse_args()
    options.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(
        corpus=options.corpus,
        work=options.work,
        jobs=options.jobs,
        hugo=options.hugo,
        hugo_command=options.hugo_command,
        everything=options.everything,
    )
    for number in range(options.rounds):
        one_round(bench, number, cold=number < options.cold_rounds)
    load = os.getloadavg()
    print(f"{platform.machine()}, {os.cpu_count()} processors, load {load[0]:.1f} at the end")
    print(table(bench))
    print()
    print(sizes(options.work))


if __name__ == "__main__":
    main()
