"""What the search costs: building the index, and what a reader waits for and fetches on a mobile network.

    python -m tests.benchmarks.bench_search 10000 [--lunr] [--folder FOLDER]

The archive is synthetic and seeded, in five languages; the page is the one that a build makes. A reader's network
is slowed to 9 Mbit/s and 170 ms a request, of which six are under way at once (HTTP/1.1). Times are those from the
last key, or from the opening of the address, to the moment at which the results are on the page. `--lunr` builds Material's own index in the same browser, for comparison.
"""

import argparse
import gzip
import json
import os
import random
import resource
import shutil
import statistics
import threading
import time
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.model import ArticleId, SearchKind, SearchRecord
from generator.pipeline.workers import job_count, processes
from generator.record import replace
from generator.site.search_index import index_size
from tests.benchmarks.synthetic import Archive, write_corpus
from tests.browser import Browser, Served, open_browser, serve
from tests.search_site import write_search_site
from tests.sites import build_project, make_project

MEGABITS, LATENCY = 9, 170
SEED = 20261121

#: How a reader asks, and what is told of it.
WAYS = {
    "typed": "typed into the open page, a key every 150 ms, the page's own pause counted",
    "pasted": "put into the open page at once",
    "opened": "an address with the query opened, nothing cached",
}

#: Seconds between two keys: a quick writer, which leaves little time to fetch what will be needed.
KEY = 0.15

#: Seconds that a reader looks at the open page, the box chosen, before writing.
LOOK = 2.5

WATCH = """
window.shownAt = [];
let page;
const asked = () => page?.state?.q === document.getElementById("vs-q").value.trim();
new MutationObserver(() => {
  if (!page) globalThis.variorumSearch?.then((found) => { page = found; });
  if (page && !asked()) return;  // what is shown belongs to the letters before
  const hits = document.querySelectorAll(".vs-hit").length;
  for (let count = 0; count <= hits; count += 1) window.shownAt[count] ??= performance.now();
  if (document.querySelector(".vs-none > *")) window.noneAt ??= performance.now();
}).observe(document, { childList: true, subtree: true });
addEventListener("input", () => { window.lastKey = performance.now(); window.shownAt = []; }, true);
"""

#: When the first result and the first ten were on the page (all, when there are fewer), and what had come by then.
OUTCOME = """
const size = (await variorumSearch).search.size();
const wanted = Math.min(size, 10);
const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
const first = size ? shownAt[1] : noneAt, ten = size ? shownAt[wanted] : noneAt;
const came = all.filter((one) => one.responseEnd <= ten && one.startTime >= given[0]);
return [first, ten, came.reduce((sum, one) => sum + one.encodedBodySize, 0), size];
"""

SETTLED = "if (!window.variorumSearch) return false; const page = await variorumSearch; return page.settled === page.run && !page.filling && page.state.q === given[0]"

#: What is measured of a query, as it is told.
MEASURES = {
    "first": "ms to the first result",
    "ten": "ms to the first ten, or to all if there are fewer",
    "ten_kb": "kB to the first ten",
    "page_kb": "kB of the page before it",
    "all": "ms until all is counted",
    "all_kb": "kB until all is counted, the page with it",
}


def records(count: int) -> Iterator[SearchRecord]:
    """The synthetic archive as search records, one an article."""
    archive = Archive(SEED)
    for _ in range(count):
        article = archive.planted().article
        yield SearchRecord(
            id=article.id,
            url=f"articles/{article.id}/",
            kind=SearchKind.ARTICLE,
            language=article.language,
            title=article.title,
            content="\n".join(block.text for block in article.blocks),
            source=article.source,
            source_name=article.source.title(),
            date=article.date.iso,
            sort_date=article.date.iso,
        )


def measure_index(count: int, folder: Path) -> dict[str, Any]:
    """Build the index; seconds, megabytes and files."""
    start = time.perf_counter()
    made = list(records(count))
    generated = time.perf_counter()
    jobs = job_count(0)
    with Memory() as memory, processes(jobs) as executor:
        report = write_search_site(folder, made, pages=False, executor=executor)
        built = time.perf_counter()
        write_search_site(folder, made, pages=False, executor=executor)
        unchanged = time.perf_counter()
        more = [*made, replace(made[-1], id=ArticleId(f"{made[-1].id}-more"))]
        one = write_search_site(folder, more, pages=False, executor=executor)
        added = time.perf_counter()
        write_search_site(
            folder, more, executor=executor
        )  # with the pages that results are read off
    files, size = index_size(folder / "search" / "index")
    return {
        "records": count,
        "processes": jobs,
        "records made, s": round(generated - start, 1),
        "index built, s": round(built - generated, 1),
        "unchanged, s": round(unchanged - built, 2),
        "one added, s": round(added - unchanged, 2),
        "shards built for it": len(one.built),
        "shards": len(report.built),
        "index, MB": round(size / 1e6, 1),
        "files": files,
        "memory of all processes together, MB": memory.most >> 20,
        "of it this one, with all records, MB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        >> 10,
    }


class Memory:
    """The most memory that this process group had at once, in bytes, looked at every fifth of a second."""

    def __init__(self) -> None:
        self.most = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "Memory":
        os.setpgrp()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.2):
            self.most = max(self.most, sum(map(_resident, Path("/proc").glob("[0-9]*"))))


def _resident(process: Path) -> int:
    """What a process of this group has in memory, less what it shares; 0 for others."""
    try:
        if os.getpgid(int(process.name)) != os.getpgrp():
            return 0
        _, resident, shared, *_ = (process / "statm").read_text(encoding="ascii").split()
    except OSError:  # it has ended meanwhile
        return 0
    return (int(resident) - int(shared)) * resource.getpagesize()


def draw_words(count: int) -> list[str]:
    """For each language two words from the middle of articles, and one that few articles have."""
    rng = random.Random(SEED)
    texts: dict[str, list[str]] = {}
    for item in records(min(count, 2000)):
        texts.setdefault(item.language, []).append(item.content)
    words = []
    for language, found in sorted(texts.items()):
        words += [rng.choice(_words(rng.choice(found), language)) for _ in range(2)]
        known = Counter(word for text in found for word in set(_words(text, language)))
        words.append(rng.choice(sorted(word for word, number in known.items() if number == 1)))
    return words


def _words(text: str, language: str) -> list[str]:
    """The words of a text; of Chinese stretches of two letters."""
    text = text.replace("\n", " ")
    if language == "zh":
        pairs = map("".join, pairwise(text))
        return [pair for pair in pairs if pair.isalpha()]
    return [word.lower() for word in text.split()[3:] if word.isalpha()]


def measure_query(browser: Browser, served: Served, word: str, way: str) -> dict[str, float]:
    """One query with an empty cache, asked in one of the `WAYS`."""
    browser.driver.execute_cdp_cmd("Network.clearBrowserCache", {})
    browser.open("about:blank")
    served.requests.clear()
    begun, page = 0.0, 0
    if way == "opened":
        browser.open(f"{served.url}search/?q={word}")
    else:
        browser.open(served.url + "search/")
        browser.wait_for("#vs-q")
        browser.run("document.getElementById('vs-q').focus()")
        time.sleep(LOOK)
        begun, page = browser.run("return performance.now()"), served.bytes_sent()
        type_keys(browser, list(word) if way == "typed" and word.isascii() else [word])
    browser.wait(lambda: browser.call(SETTLED, word), seconds=120)
    settled = browser.run("return performance.now()")
    asked = 0.0 if way == "opened" else browser.run("return window.lastKey")
    first, ten, received, size = browser.call(OUTCOME, begun)
    return {
        "first": first - asked,
        "ten": ten - asked,
        "ten_kb": received / 1000,
        "page_kb": page / 1000,
        "all": settled - asked,
        "all_kb": served.bytes_sent() / 1000,
        "results": size,
    }


def type_keys(browser: Browser, keys: list[str]) -> None:
    """Write into the box that has the focus."""
    start = time.monotonic()
    for number, key in enumerate(keys):
        time.sleep(max(0, start + number * KEY - time.monotonic()))
        browser.driver.execute_cdp_cmd("Input.insertText", {"text": key})


def write_page(folder: Path) -> None:
    """Put the search page as a build makes it, with all that it loads, into a folder with an index."""
    with TemporaryDirectory(prefix="search-page-") as scratch:
        write_corpus(Path(scratch) / "corpus", 20)
        built = build_project(make_project(Path(scratch) / "project", Path(scratch) / "corpus"))
        for path in ("search/index.html", "search/search.js"):
            shutil.copy(built.site / path, folder / path)
        shutil.copytree(built.site / "assets", folder / "assets", dirs_exist_ok=True)


def measure_page(folder: Path, words: list[str]) -> None:
    """Ask every word in every way, and print what it cost."""
    binaries = (str(shutil.which("chromium")), str(shutil.which("chromedriver")))
    with serve(folder) as served, open_browser(binaries) as browser:
        browser.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": WATCH})
        browser.throttle(megabits=MEGABITS, latency=LATENCY)
        for way, told in WAYS.items():
            rows = [measure_query(browser, served, word, way) for word in words]
            print(f"\n{told}:")
            for word, row in zip(words, rows, strict=True):
                print(f"  {word:14}", {name: round(value) for name, value in row.items()})
            print("\n| what | median | worst |\n|---|---|---|")
            for name, text in MEASURES.items():
                values = [row[name] for row in rows]
                print(f"| {text} | {statistics.median(values):,.0f} | {max(values):,.0f} |")


def measure_lunr(folder: Path, count: int) -> None:
    """Material's own index of the same texts, built in the browser by its own worker."""
    docs = [
        {"location": item.url, "title": item.title, "text": item.content} for item in records(count)
    ]
    fields = {"title": {"boost": 1000}, "text": {"boost": 1}, "tags": {"boost": 1_000_000}}
    config = {
        "lang": ["en", "es", "de", "ru"],
        "separator": r"[\s\-]+",
        "pipeline": ["stemmer"],
        "fields": fields,
    }
    index = json.dumps({"config": config, "docs": docs}).encode()
    target = folder / "lunr"
    target.mkdir(exist_ok=True)
    (target / "search_index.json").write_bytes(index)
    (target / "index.html").write_text(
        "<!doctype html><link rel=icon href=data:,>", encoding="utf-8"
    )
    scripts = Path(str(files("material"))) / "templates" / "assets" / "javascripts"
    shutil.copytree(scripts, target / "javascripts", dirs_exist_ok=True)
    (worker,) = (target / "javascripts" / "workers").glob("search.*.min.js")
    print(f"lunr: {len(index) / 1e6:.1f} MB, {len(gzip.compress(index, 6)) / 1e6:.1f} MB packed")
    binaries = (str(shutil.which("chromium")), str(shutil.which("chromedriver")))
    with serve(folder) as served, open_browser(binaries) as browser:
        browser.open(served.url + "lunr/")
        browser.run(
            "window.__md_scope = new URL('.', location.href);"
            "fetch('search_index.json').then((answer) => answer.json()).then((index) => {"
            " const worker = new Worker(arguments[0]); const start = performance.now();"
            " worker.onmessage = () => { window.taken = performance.now() - start; };"
            " worker.postMessage({ type: 0, data: { ...index, options: { suggest: false } } }); });",
            f"javascripts/workers/{worker.name}",
        )
        taken = browser.wait(lambda: browser.run("return window.taken ?? null"), seconds=600)
        print(f"lunr: {taken / 1000:.1f} s to build in the browser")


def main() -> None:
    """Measure one size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--lunr", action="store_true")
    parser.add_argument("--folder", type=Path, help="keep the index here, or use the one that is")
    options = parser.parse_args()
    with TemporaryDirectory(prefix="search-") as scratch:
        folder = options.folder or Path(scratch)
        if not (folder / "search" / "index" / "manifest.json").is_file():
            print(json.dumps(measure_index(options.count, folder), indent=1))
        write_page(folder)
        measure_page(folder, draw_words(options.count))
        if options.lunr:
            measure_lunr(folder, options.count)


if __name__ == "__main__":
    main()
