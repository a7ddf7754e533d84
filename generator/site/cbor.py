"""The small part of CBOR (RFC 8949) that Pagefind's files use: whole numbers, text and lists."""

from typing import Any

UNSIGNED, NEGATIVE, TEXT, LIST = 0, 1, 3, 4
_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}


def decode(data: bytes) -> Any:
    """The value that `data` begins with; raises ValueError for any other kind of value."""
    value, _ = read(data, 0)
    return value


def encode(value: Any) -> bytes:
    """The shortest form of a value."""
    if isinstance(value, int):
        return head(NEGATIVE, -1 - value) if value < 0 else head(UNSIGNED, value)
    if isinstance(value, str):
        text = value.encode()
        return head(TEXT, len(text)) + text
    return head(LIST, len(value)) + b"".join(map(encode, value))


def head(kind: int, number: int) -> bytes:
    """What a value begins with: its kind, and the number, the bytes of the text or the items of the list."""
    if number < 24:
        return bytes([kind << 5 | number])
    for mark, length in _LENGTHS.items():
        if number < 1 << 8 * length:
            return bytes([kind << 5 | mark]) + number.to_bytes(length)
    raise ValueError(f"{number} is too large")


def read_head(data: bytes, at: int) -> tuple[int, int, int]:
    """Kind and number of the value that begins at a byte, and the byte after them."""
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number in _LENGTHS:
        end = at + _LENGTHS[number]
        return kind, int.from_bytes(data[at:end]), end
    if number > 23:
        raise ValueError(f"unknown length {number} at byte {at}")
    return kind, number, at


def read(data: bytes, at: int) -> tuple[Any, int]:
    """The value that begins at a byte, and the byte after it; raises ValueError for other kinds of value."""
    kind, number, at = read_head(data, at)
    if kind == UNSIGNED:
        return number, at
    if kind == NEGATIVE:
        return -1 - number, at
    if kind == TEXT:
        return data[at : at + number].decode(), at + number
    if kind != LIST:
        raise ValueError(f"unknown kind {kind} at byte {at}")
    items = []
    for _ in range(number):
        item, at = read(data, at)
        items.append(item)
    return items, at
