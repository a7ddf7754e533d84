"""The small part of CBOR (RFC 8949) that Pagefind's files use: whole numbers, text and lists."""

from typing import Any

_UNSIGNED, _NEGATIVE, _TEXT, _LIST = 0, 1, 3, 4
_LENGTHS = {24: 1, 25: 2, 26: 4, 27: 8}


def decode(data: bytes) -> Any:
    """The value that `data` begins with; raises ValueError for any other kind of value."""
    value, _ = _decode(data, 0)
    return value


def encode(value: Any) -> bytes:
    """The shortest form of a value."""
    if isinstance(value, int):
        return _head(_NEGATIVE, -1 - value) if value < 0 else _head(_UNSIGNED, value)
    if isinstance(value, str):
        text = value.encode()
        return _head(_TEXT, len(text)) + text
    return _head(_LIST, len(value)) + b"".join(map(encode, value))


def _head(kind: int, number: int) -> bytes:
    if number < 24:
        return bytes([kind << 5 | number])
    for mark, length in _LENGTHS.items():
        if number < 1 << 8 * length:
            return bytes([kind << 5 | mark]) + number.to_bytes(length)
    raise ValueError(f"{number} is too large")


def _decode(data: bytes, at: int) -> tuple[Any, int]:
    kind, number = data[at] >> 5, data[at] & 31
    at += 1
    if number in _LENGTHS:
        end = at + _LENGTHS[number]
        number, at = int.from_bytes(data[at:end]), end
    elif number > 23:
        raise ValueError(f"unknown length {number} at byte {at}")
    if kind == _UNSIGNED:
        return number, at
    if kind == _NEGATIVE:
        return -1 - number, at
    if kind == _TEXT:
        return data[at : at + number].decode(), at + number
    if kind != _LIST:
        raise ValueError(f"unknown kind {kind} at byte {at}")
    items = []
    for _ in range(number):
        item, at = _decode(data, at)
        items.append(item)
    return items, at
