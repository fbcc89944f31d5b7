"""One way to write a document, so that equal documents have equal checksums wherever they were made."""

import hashlib
import json
import unicodedata

__all__ = ["canonical", "checksum_of"]


def canonical(document: object) -> str:
    """Return a document's canonical JSON: sorted keys, no blanks, NFC.

    >>> canonical({"b": 1, "a": "é"})
    '{"a":"é","b":1}'
    """
    written = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return unicodedata.normalize("NFC", written)


def checksum_of(document: object) -> str:
    """Return the SHA-256 of a document's canonical JSON, as 64 hex characters."""
    return hashlib.sha256(canonical(document).encode()).hexdigest()
