"""How a catalogue changes: insert immutable versions, then the compiled index, then move the pack's pointer.

The pointer moves by compare-and-set: a crash in between leaves the old catalogue whole, and of two publishes at
once one loses the revision, reads again and applies its change to what is there now.
"""

import hashlib
import json
import threading
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from roteiro import __version__
from roteiro.domain.ids import ScriptId
from roteiro.domain.pack import Pack
from roteiro.domain.script import title_of
from roteiro.errors import Stale
from roteiro.matching.artifact import VERSION
from roteiro.matching.background import BACKGROUND
from roteiro.matching.compiling import compile_index
from roteiro.matching.entries import Entry
from roteiro.ports import Clock, Document, Embedder, Progress, Shelf
from roteiro.usecases.parts import has_parts, write_parts
from roteiro.usecases.published import Kept, PublishedCatalogue, pointer_key, version_key
from roteiro.usecases.vectors import Taught, write_vectors

__all__ = ["Admin", "Progress", "Scripts", "change", "checksum_of", "ranked_entries"]

_PUBLISHING = threading.Lock()
_ATTEMPTS = 8  # other publishes that may win the pointer before this one gives up

Scripts = dict[str, dict[str, Any]]  # "101" -> {"version": 3, "title": "…"}


@dataclass(frozen=True)
class Admin:
    """Who changes the catalogue, with what."""

    shelf: Shelf
    kept: Kept
    clock: Clock
    author: str
    progress: Progress | None = None
    embedder: Embedder | None = None  # None: no second tier of matching is made


def checksum_of(document: object) -> str:
    """Return the SHA-256 of a document's canonical JSON: sorted keys, no blanks, NFC."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", canonical).encode()).hexdigest()


def ranked_entries(pack: str, shelf: Shelf, kept: Kept) -> list[Entry]:
    """Return the published scripts of a pack as the matcher sees them, without disabled ones."""
    return _entries(shelf.get(pointer_key(pack)) or {"pack": pack, "scripts": {}}, shelf, kept)


def change(
    pack: str,
    admin: Admin,
    documents: Mapping[ScriptId, dict[str, Any]],
    *,
    check: Callable[[Scripts], None] | None = None,
    leaving: Sequence[ScriptId] | str = (),
    texts: Pack | None = None,
) -> dict[ScriptId, int]:
    """Move the pack's pointer to a new set of scripts; nothing is seen of it before.

    One at a time in this process: rivals would each compile the index again for every lost attempt.
    """
    with _PUBLISHING:
        return _changed(pack, admin, documents, check=check, leaving=leaving, texts=texts)


def _changed(
    pack: str,
    admin: Admin,
    documents: Mapping[ScriptId, dict[str, Any]],
    *,
    check: Callable[[Scripts], None] | None,
    leaving: Sequence[ScriptId] | str,
    texts: Pack | None,
) -> dict[ScriptId, int]:
    written: dict[ScriptId, int] = {}
    for _ in range(_ATTEMPTS):
        before = admin.shelf.get(pointer_key(pack)) or {"version": 0, "pack": pack, "scripts": {}, "archived": {}}
        scripts, archived = dict(before["scripts"]), dict(before["archived"])
        if check:
            check(scripts)
        for script, document in documents.items():
            if script not in written:
                last = (scripts | archived).get(str(script), {"version": 0})["version"]
                written[script] = _write_version(script, document, pack, last + 1, admin)
            scripts[str(script)] = {"version": written[script], "title": title_of(document)}
            archived.pop(str(script), None)
        for key in list(scripts) if leaving == "all" else [str(script) for script in leaving]:
            archived[key] = scripts.pop(key)
        after = {**before, "scripts": scripts, "archived": archived, "texts": _write_texts(texts, before, admin)}
        if _point(before, after, admin):
            return written
    raise Stale(f"the catalogue of {pack} kept changing")


def _point(before: Document, after: dict[str, Any], admin: Admin) -> bool:
    if after == before and before.get("index") and not _lacks_vectors(before, admin):
        return True
    key = pointer_key(after["pack"])
    taught = _taught(after, admin)
    after = _with_vectors({**after, "index": taught.name}, before, taught, admin)
    if after == before:
        return True
    after["version"] = before["version"] + 1
    if before["version"] == 0:
        return admin.shelf.create(key, after)
    return admin.shelf.replace_if_version(key, after, before["version"])


def _lacks_vectors(pointer: Document, admin: Admin) -> bool:
    return admin.embedder is not None and pointer.get("vectors", {}).get("model") != admin.embedder.name


def _with_vectors(after: dict[str, Any], before: Document, taught: Taught, admin: Admin) -> dict[str, Any]:
    """Return the pointer with vectors of exactly this index, or without any."""
    if admin.embedder is None:
        is_same = before.get("index") == taught.name
        return after if is_same else {name: value for name, value in after.items() if name != "vectors"}
    model = admin.embedder.name
    name = checksum_of([taught.name, model])
    after = {name: value for name, value in after.items() if name != "vectors"}
    if write_vectors(taught, name, admin.embedder, admin.shelf, admin.progress or (lambda _: None)):
        after["vectors"] = {"name": name, "model": model}
    return after


def _write_version(script: ScriptId, document: dict[str, Any], pack: str, version: int, admin: Admin) -> int:
    """Insert the next free version from `version` on; a leftover of a publish that died keeps its number."""
    stored = {
        "id": script,
        "pack": pack,
        "script": document,
        "checksum": checksum_of(document),
        "author": admin.author,
        "created_at": admin.clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    while not admin.shelf.create(version_key(script, version), {**stored, "version": version}):
        version += 1
    return version


def _write_texts(pack: Pack | None, before: Document, admin: Admin) -> str:
    if pack is None:
        return str(before.get("texts", ""))
    stored = {
        "title": pack.title,
        "texts": {locale: dict(texts) for locale, texts in pack.texts.items()},
        "background": list(pack.background),
    }
    checksum = checksum_of(stored)
    admin.shelf.create(f"pack:{pack.name}:{checksum}", stored)
    return checksum


def _taught(pointer: Mapping[str, Any], admin: Admin) -> Taught:
    """Compile the pointed scripts, unless exactly these were compiled before."""
    entries = _entries(pointer, admin.shelf, admin.kept)
    texts = admin.shelf.get(f"pack:{pointer['pack']}:{pointer['texts']}") if pointer["texts"] else None
    background = (texts or {}).get("background", ())
    name = checksum_of([__version__, VERSION, entries, background])  # another release may compile otherwise
    strangers = (*BACKGROUND, *background)
    if not has_parts(f"index:{name}", admin.shelf):
        write_parts(f"index:{name}", compile_index(entries, strangers, admin.progress), admin.shelf)
    return Taught(name, entries, strangers)


def _entries(pointer: Mapping[str, Any], shelf: Shelf, kept: Kept) -> list[Entry]:
    catalogue = PublishedCatalogue(pointer["pack"], shelf, kept)
    stored = [catalogue.document(ScriptId(int(key)), e["version"]) for key, e in sorted(pointer["scripts"].items())]
    return [_entry(document["script"]) for document in stored if _is_ranked(document["script"])]


def _is_ranked(document: Mapping[str, Any]) -> bool:
    return bool(document.get("match", {}).get("enabled", True))


def _entry(document: Mapping[str, Any]) -> Entry:
    match = document.get("match", {})
    return Entry(
        script_id=int(document["problem"]["id"]),
        title=title_of(document),
        description=document["problem"]["description"],
        examples=tuple(match.get("examples", ())),
        negative_examples=tuple(match.get("negative_examples", ())),
        keywords=tuple(match.get("keywords", ())),
        priority=match.get("priority", 0),
        min_confidence=match.get("min_confidence", 0.0),
    )
