"""What a build that was cut short left behind, and no later one would look at."""

import os
from contextlib import suppress
from itertools import compress
from pathlib import Path

from generator.pipeline.listing import NEW, Listing, read_list
from generator.pipeline.unchanged import LISTING
from generator.site.swap import recover

#: Bytes of the end of the list that hold its last line.
END = 8_192


def remove_leftovers(docs: Path, site: Path, *, full: bool) -> None:
    """Remove half-written files of ours from `docs/`, and what stands beside `site/` and is worth nothing.

    A build names a file in the list before it writes it: what was begun is known if the list ends in a name that
    no build has confirmed. With `full` every file of the list is looked after.
    """
    recover(site)
    listed = read_list(docs) if full or _was_cut(docs / LISTING) else Listing()
    begun = listed.paths if full else compress(listed.paths, listed.begun())
    for path in (LISTING, *begun):
        file = docs / path
        with suppress(OSError):
            file.with_name(f".{file.name}.part").unlink()


def _was_cut(listing: Path) -> bool:
    """Whether the list ends in a file that was to be written, or in half a line."""
    try:
        with listing.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - END))
            end = file.read()
    except OSError:
        return False
    last = end[:-1].rpartition(b"\n")[2]
    return bool(end) and (not end.endswith(b"\n") or last.startswith(NEW.encode()))
