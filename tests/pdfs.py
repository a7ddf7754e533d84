"""Small PDF files, made by hand, so that they can be as wrong as a test needs."""

import zlib
from collections.abc import Mapping, Sequence

FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def stream(data: bytes, entries: str = "", *, packed: bool = False) -> bytes:
    """A stream object; `packed` with Flate."""
    data = zlib.compress(data, 9) if packed else data
    packing = "/Filter/FlateDecode" if packed else ""
    return f"<<{entries}{packing}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream\n"


def form(content: bytes, forms: Mapping[str, int]) -> bytes:
    """A form, which may draw the objects of these numbers as forms, also itself."""
    entries = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]"
    return stream(content, f"{entries}/Resources{_resources(forms)}")


def pdf(
    drawn: bytes,
    forms: Mapping[str, int],
    objects: Sequence[bytes],
    *,
    content: bytes = b"",
    kids: str = "3 0 R",
) -> bytes:
    """A document of one page that draws `drawn`, or the stream `content`; `objects` are numbered from 5."""
    page = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources{_resources(forms)}>>"
    found = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count 1>>".encode(),
        page.encode(),
        content or stream(drawn),
        *objects,
    ]
    body = b"".join(f"{n} 0 obj".encode() + text + b"endobj\n" for n, text in enumerate(found, 1))
    return b"%PDF-1.4\n" + body + b"trailer<</Root 1 0 R>>\n%%EOF\n"


def _resources(forms: Mapping[str, int]) -> str:
    drawn = "".join(f"/{name} {number} 0 R" for name, number in forms.items())
    return f"<</Font<</F1 {FONT.decode()}>>/XObject<<{drawn}>>>>"
