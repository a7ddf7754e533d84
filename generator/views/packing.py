"""Files that are published packed, because nobody reads them in a browser."""

import deflate

#: The ending of their names.
PACKED = ".gz"

#: How hard to pack: a higher level takes twice as long for a hundredth less.
EFFORT = 6


def packed(content: bytes) -> bytes:
    """A gzip file without a time, by libdeflate: the same content gives the same bytes on every machine."""
    return bytes(deflate.gzip_compress(content, EFFORT))
