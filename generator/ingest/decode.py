"""Bytes of a capture to what they are: which kind of file, and its text."""

import gzip
import zlib
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

import regex
from charset_normalizer import from_bytes

from generator.errors import VariorumError
from generator.model import CaptureKind
from generator.record import record

#: Largest capture that is read, in bytes, also after unpacking.
LARGEST = 100_000_000
#: Largest page or text, in bytes: an article is a thousandth of it.
LARGEST_TEXT = 10_000_000

PDF = b"%PDF-"
#: What files of other kinds begin with, and what can be done with them.
OTHERS = {
    b"PK\x03\x04": "an office document or an archive of files; save it as a web page, a PDF or text",
    b"\xd0\xcf\x11\xe0": "an office document; save it as a web page, a PDF or text",
    b"{\\rtf": "a document in RTF; save it as a web page, a PDF or text",
    b"\x89PNG": "a picture; it has no text, run OCR first",
    b"\xff\xd8\xff": "a picture; it has no text, run OCR first",
    b"GIF8": "a picture; it has no text, run OCR first",
    b"RIFF": "a picture or a recording; it has no text",
}
GZIP = b"\x1f\x8b"
MHTML = regex.compile(
    rb"\A\s*(?:From:|MIME-Version:|Subject:|Snapshot-Content-Location:|Content-Type:\s*multipart/related)",
    regex.I,
)
HTML = regex.compile(
    rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]|<article[\s>]|<div[\s>]|<p[\s>]|<meta\s",
    regex.I,
)
CHARSET = regex.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w:.-]+)", regex.I)
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: Control characters that no text has; many of them mean that this is no text.
BINARY = regex.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufffd]")


class CaptureError(VariorumError):
    """A capture cannot be read; the message says why and what to do."""


@record
class Decoded:
    """A capture as what it is: `data` for a PDF, `text` for the other kinds; `url` if the file tells it."""

    kind: CaptureKind
    text: str = ""
    data: bytes = b""
    url: str = ""


def decode(data: bytes) -> Decoded:
    """Unpack a capture and tell its kind from its content, never from its name."""
    data = _unpacked(data)
    if len(data) > LARGEST:
        raise CaptureError(f"expected a capture of at most {LARGEST:,} bytes, got {len(data):,}")
    if not data.strip():
        raise CaptureError("expected a page, a PDF or a text, got an empty file")
    for mark, found in OTHERS.items():
        if data.startswith(mark):
            raise CaptureError(f"expected a page, a PDF or a text, got {found}")
    if data.lstrip()[:1024].find(PDF) >= 0 and not HTML.search(data[:1024]):
        return Decoded(kind=CaptureKind.PRINT, data=data)
    if len(data) > LARGEST_TEXT and not MHTML.match(data):
        message = f"expected a page or text of at most {LARGEST_TEXT:,} bytes, got {len(data):,}; save the article alone"
        raise CaptureError(message)
    if MHTML.match(data) and b"multipart/related" in data[:4000].lower():
        return _saved_page(data)
    head = data[:20_000]
    text = decode_text(data)
    is_page = HTML.search(head) is not None or HTML.search(text[:20_000].encode()) is not None
    return Decoded(
        kind=CaptureKind.WEB if is_page and "<" in text[:20_000] else CaptureKind.TEXT, text=text
    )


def decode_text(data: bytes, charset: str = "") -> str:
    """The text of some bytes: by its mark, as UTF-8, by what it says of itself, else by what fits best."""
    for mark, name in BOMS:
        if data.startswith(mark):
            return _checked(data.decode(name, "replace"))
    match = CHARSET.search(data[:20_000])
    stated = charset or (match.group(1).decode("ascii", "replace") if match else "")
    for name in ("utf-8", stated):
        try:
            return _checked(data.decode(name))
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    lossy = data.decode("utf-8", "replace")
    # A few bad bytes in a page that is UTF-8 otherwise: cut off, or put together by a program.
    if lossy.count("\ufffd") <= max(3, len(lossy) // 2000):
        return _checked(lossy)
    best = from_bytes(data[:200_000]).best()
    return _checked(data.decode(best.encoding, "replace") if best is not None else lossy)


def _checked(text: str) -> str:
    sample = text[:100_000]
    if len(BINARY.findall(sample)) > max(8, len(sample) // 50):
        raise CaptureError(
            "expected a page, a PDF or a text, got a file of another kind (binary data)"
        )
    return text


def _unpacked(data: bytes) -> bytes:
    if not data.startswith(GZIP):
        return data
    unpacker = zlib.decompressobj(wbits=31)
    try:
        result = unpacker.decompress(data, LARGEST + 1)
    except (zlib.error, gzip.BadGzipFile) as error:
        raise CaptureError(
            f"expected a file packed with gzip, got a broken one ({error})"
        ) from error
    if not unpacker.eof and len(result) <= LARGEST:
        raise CaptureError("expected a file packed with gzip, got one that is cut off")
    return result


def _saved_page(data: bytes) -> Decoded:
    """The page of a saved archive (MHTML): its first HTML part."""
    message = BytesParser(_class=EmailMessage, policy=policy.default).parsebytes(data)
    url = str(message.get("Snapshot-Content-Location") or "")
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            content = payload if isinstance(payload, bytes) else b""
            text = decode_text(content, part.get_content_charset() or "")
            return Decoded(
                kind=CaptureKind.WEB, text=text, url=url or str(part.get("Content-Location") or "")
            )
    raise CaptureError("expected a saved page (MHTML) with a part text/html, got none")
