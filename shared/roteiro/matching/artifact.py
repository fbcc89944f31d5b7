"""The compiled index as bytes: a version, a checked length, and compressed JSON plus packed numbers."""

import json
import sys
import zlib
from array import array
from collections.abc import Sequence
from struct import Struct
from typing import Any, NamedTuple

__all__ = ["FACTS", "VERSION", "Packed", "pack", "unpack"]

VERSION = 1
FACTS = frozenset({"calibration", "entries", "exact", "unit", "unseen", "vocabulary", "words"})
_HEAD = Struct("<4sHII")  # mark, version, bytes of JSON, checksum of what follows
_MARK = b"RTRM"
_NUMBERS = (("starts", "I"), ("labels", "H"), ("weights", "b"), ("rarities", "f"))


class Packed(NamedTuple):
    """The parts of an index: `facts` is JSON, the rest arrays; feature n has the postings starts[n]:starts[n + 1]."""

    facts: dict[str, Any]
    starts: Sequence[int]
    labels: Sequence[int]
    weights: Sequence[int]
    rarities: Sequence[float]


def pack(parts: Packed) -> bytes:
    """The same parts always give the same bytes."""
    text = json.dumps(parts.facts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    blobs = [_little(array(code, getattr(parts, name))) for name, code in _NUMBERS]
    body = text + b"".join(Struct("<I").pack(len(blob)) + blob for blob in blobs)
    return _HEAD.pack(_MARK, VERSION, len(text), zlib.crc32(body)) + zlib.compress(body, 9)


def unpack(artifact: bytes) -> Packed:
    """The parts again. Raises `ValueError` when the bytes are damaged or of a version this code does not know."""
    if len(artifact) < _HEAD.size or not artifact.startswith(_MARK):
        raise ValueError("expected a matching index, found something else")
    _, version, text_length, checksum = _HEAD.unpack_from(artifact)
    if version != VERSION:
        raise ValueError(f"expected index version {VERSION}, found {version}")
    try:
        body = zlib.decompress(artifact[_HEAD.size :])
    except zlib.error as damage:
        raise ValueError("the matching index is damaged") from damage
    if zlib.crc32(body) != checksum:
        raise ValueError("the matching index is damaged: its checksum does not fit")
    numbers, at = {}, text_length
    for name, code in _NUMBERS:
        length = int.from_bytes(body[at : at + 4], "little")
        numbers[name] = _native(code, body[at + 4 : at + 4 + length])
        at += 4 + length
    return Packed(facts=_facts(body[:text_length]), **numbers)


def _facts(text: bytes) -> dict[str, Any]:
    try:
        facts = json.loads(text)
    except ValueError as damage:
        raise ValueError("the facts of the matching index cannot be read") from damage
    if not isinstance(facts, dict) or not facts.keys() >= FACTS:
        raise ValueError(f"expected a matching index with {', '.join(sorted(FACTS))}")
    return facts


def _little(numbers: "array[Any]") -> bytes:
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers.tobytes()


def _native(code: str, blob: bytes) -> "array[Any]":
    numbers = array(code)
    numbers.frombytes(blob)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
