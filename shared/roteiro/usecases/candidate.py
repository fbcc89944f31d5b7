"""The catalogue as it would be after a publish: compiled in memory, over a shelf to which nothing is written."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from roteiro.domain.ids import ScriptId
from roteiro.domain.script import titles_of
from roteiro.ports import Document, Shelf
from roteiro.usecases.parts import read_parts
from roteiro.usecases.published import Kept, PublishedCatalogue, pointer_key, version_key
from roteiro.usecases.publishing import COMPILED, Admin, empty_pointer, taught

__all__ = ["Candidate", "Overlay", "make_candidate"]


class Overlay:
    """A shelf whose changes stay in memory; what it does not hold is read from the one below."""

    def __init__(self, below: Shelf) -> None:
        self._below = below
        self._own: dict[str, Document] = {}

    def get(self, key: str) -> Document | None:
        """Return the document, or None."""
        return self._own.get(key) or self._below.get(key)

    def put(self, key: str, document: Document) -> None:
        """Keep a document, whatever lies below."""
        self._own[key] = {**document, "_id": key}

    def added(self, name: str) -> bytes:
        """Return what was written in parts to this layer under a name; nothing if all of it lies below."""
        return read_parts(name, self) if f"{name}:end" in self._own else b""

    def create(self, key: str, document: Document) -> bool:
        """Keep a document; False if the key exists."""
        if self.get(key) is not None:
            return False
        self.put(key, document)
        return True

    def replace_if_version(self, key: str, document: Document, version: int) -> bool:
        """Keep a document in place of the one whose `version` is this one; False if it is not."""
        if (self.get(key) or {}).get("version") != version:
            return False
        self.put(key, document)
        return True

    def scan(self, prefix: str, after: str = "", limit: int = 200) -> list[Document]:
        """Return documents whose key begins with `prefix`, by key, beginning after the key `after`."""
        found = {str(document["_id"]): document for document in self._below.scan(prefix, after, limit)}
        found |= {key: own for key, own in self._own.items() if key.startswith(prefix) and key > after}
        return [found[key] for key in sorted(found)][:limit]

    def delete_range(self, first: str, last: str) -> int:
        """Forget the documents of this layer with `first` <= key < `last`; what lies below stays."""
        gone = [key for key in self._own if first <= key < last]
        for key in gone:
            del self._own[key]
        return len(gone)

    def next_number(self, name: str, by: int = 1) -> int:
        """Count on from the number below, in memory alone."""
        value = int((self._own.get(f"number:{name}") or {"value": 0})["value"]) + by
        self.put(f"number:{name}", {"value": value})
        return value


class Candidate(NamedTuple):
    """A pack's catalogue before a change and as it would be after it; `fit_s` are the seconds that compiling took."""

    before: PublishedCatalogue
    after: PublishedCatalogue
    fit_s: float

    @property
    def is_rerouting(self) -> bool:
        """Say whether the change concerns anything that the matcher sees."""
        return self.before.index.entries != self.after.index.entries


def make_candidate(
    pack: str, changed: Mapping[ScriptId, Mapping[str, Any]], leaving: Sequence[ScriptId], admin: Admin
) -> Candidate:
    """Compile the catalogue that a change would make; the documents must be valid ones.

    The compiled index is noted where the publish that follows in this process looks for it, so that it fits only once.
    """
    overlay = Overlay(admin.shelf)
    pointer = _pointed(admin.shelf.get(pointer_key(pack)) or empty_pointer(pack), changed, leaving, overlay)
    began = time.perf_counter()
    name = taught(pointer, replace(admin, shelf=overlay, kept=Kept())).name
    fit_s = time.perf_counter() - began
    if artifact := overlay.added(f"index:{name}"):
        admin.kept.note(COMPILED, (name, artifact))
    overlay.put(pointer_key(pack), {**pointer, "index": name})
    after = PublishedCatalogue(pack, overlay, Kept())
    return Candidate(PublishedCatalogue(pack, admin.shelf, admin.kept), after, fit_s)


def _pointed(
    before: Document, changed: Mapping[ScriptId, Mapping[str, Any]], leaving: Sequence[ScriptId], overlay: Overlay
) -> dict[str, Any]:
    """Return the pointer after the change, with the versions that it names put into the overlay."""
    scripts = dict(before["scripts"])
    for script, document in changed.items():
        version = (before["archived"] | before["scripts"]).get(str(script), {"version": 0})["version"] + 1
        overlay.put(version_key(script, version), {"script": dict(document), "version": version})
        scripts[str(script)] = {"version": version} | titles_of(document)
    for script in leaving:
        scripts.pop(str(script), None)
    return {**before, "scripts": scripts, "texts": before.get("texts", ""), "version": before["version"] + 1}
