"""Throughput of cleaning web pages on one core, and its peak memory, next to trafilatura alone.

`python tests/benchmarks/bench_ingest.py DATA`, where DATA is the folder of labelled sets. Processor seconds are counted, so
that other work on the machine changes little.
"""

import argparse
import gzip
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import htmldate
import trafilatura

from generator.ingest.clean import Context
from generator.ingest.read import clean_capture

DATED = "<html><body><p>Publicado el 3 de mayo de 2022</p></body></html>"
SETS = ("trafilatura", "readability", "newspaper")


def pages(data: Path) -> list[bytes]:
    """Every page of the sets, unpacked."""
    found = [
        path for name in SETS for path in sorted((data / "clean-html" / name / "pages").iterdir())
    ]
    return [gzip.decompress(path.read_bytes()) for path in found]


def ours(page: bytes) -> object:
    """All that `variorum add` does to a page before it is compared and written."""
    return clean_capture(page, Context())


def peer(page: bytes) -> object:
    """Text and facts by trafilatura."""
    return trafilatura.extract(page, include_comments=False), trafilatura.extract_metadata(page)


def measure(clean: Callable[[bytes], object], data: Path) -> None:
    """Print pages per second and peak memory of this process."""
    found = pages(data)
    clean(
        found[0]
    )  # models and tables are loaded once, and those of dates only where one is in words
    htmldate.find_date(DATED)
    start = time.process_time()
    for page in found:
        clean(page)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{clean.__name__:<6} {len(found) / seconds:7.1f} pages a processor second  {peak:7.0f} MB peak\n"
    )


def main() -> None:
    """Run both, each in a process of its own, so that neither's memory counts for the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--only", choices=("ours", "peer"))
    options = parser.parse_args()
    if options.only:
        measure({"ours": ours, "peer": peer}[options.only], options.data)
        return
    for name in ("peer", "ours"):
        subprocess.run([sys.executable, __file__, str(options.data), "--only", name], check=True)


if __name__ == "__main__":
    main()
