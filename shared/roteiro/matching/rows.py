"""Facts and small vectors as bytes: a mark, a checked length, JSON, then eight bits per number."""

import json
import zlib
from array import array
from collections.abc import Sequence
from struct import Struct
from typing import Any

from roteiro.matching.lanes import Small

__all__ = ["pack_rows", "unpack_rows"]

VERSION = 1
_HEAD = Struct("<4sHII")  # mark, version, bytes of JSON, checksum of what follows
_MARK = b"RTRV"


def pack_rows(facts: dict[str, Any], rows: Sequence[Small]) -> bytes:
    """Return the bytes of facts (JSON values) and vectors of one length; the same always give the same."""
    facts = facts | {"units": [row.unit for row in rows], "length": len(rows[0].numbers) if rows else 0}
    text = json.dumps(facts, sort_keys=True, separators=(",", ":")).encode()
    body = text + b"".join(row.numbers.tobytes() for row in rows)
    return _HEAD.pack(_MARK, VERSION, len(text), zlib.crc32(body)) + body


def unpack_rows(packed: bytes) -> tuple[dict[str, Any], list[Small]]:
    """Return the facts and vectors. Raises ValueError for damaged bytes or a version that this code does not know."""
    if len(packed) < _HEAD.size or not packed.startswith(_MARK):
        raise ValueError("expected sentence vectors, found something else")
    _, version, text_length, checksum = _HEAD.unpack_from(packed)
    body = packed[_HEAD.size :]
    if version != VERSION or zlib.crc32(body) != checksum:
        raise ValueError("the sentence vectors are damaged or of another version")
    facts = json.loads(body[:text_length])
    length, blob = facts["length"], body[text_length:]
    rows = [array("b", blob[at : at + length]) for at in range(0, length * len(facts["units"]), length or 1)]
    return facts, [Small(numbers, unit) for numbers, unit in zip(rows, facts["units"], strict=True)]
