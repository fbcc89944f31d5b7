"""Long bytes on the shelf: documents that every store can hold, and a last one that says they are all there."""

import base64
from collections.abc import Iterator

from roteiro.ports import Document, Shelf

__all__ = ["all_pages", "has_parts", "read_parts", "write_parts"]

_PART = 900_000  # characters of one document; Firestore's documents end at 1 MiB


def all_pages(shelf: Shelf, prefix: str) -> Iterator[Document]:
    """Read every document under a prefix, page by page."""
    after = ""
    while page := shelf.scan(prefix, after):
        yield from page
        after = page[-1]["_id"]


def write_parts(name: str, content: bytes, shelf: Shelf) -> None:
    """Write `<name>:000000` and so on, and `<name>:end` when all of them are there."""
    data = base64.b64encode(content).decode()
    for number, start in enumerate(range(0, len(data), _PART)):
        shelf.create(f"{name}:{number:06d}", {"data": data[start : start + _PART]})
    shelf.create(f"{name}:end", {"data": ""})


def has_parts(name: str, shelf: Shelf) -> bool:
    """Say whether this name was written whole."""
    return shelf.get(f"{name}:end") is not None


def read_parts(name: str, shelf: Shelf) -> bytes:
    """Return what was written under a name; nothing if nothing was."""
    return base64.b64decode("".join(document["data"] for document in all_pages(shelf, f"{name}:")))
