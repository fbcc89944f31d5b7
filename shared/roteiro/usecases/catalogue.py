"""What admins do with scripts: list, publish, replace, archive, load a pack. Publishing is validate + compile + point.

A publish inserts immutable versions, then the compiled index, then moves the pack's pointer by compare-and-set: a crash
in between leaves the old catalogue whole, and two at once cannot both win the same revision.
"""

import base64
import hashlib
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from roteiro.domain.authoring import check_script
from roteiro.domain.ids import ScriptId, public_key
from roteiro.domain.pack import Pack
from roteiro.domain.script import title_of
from roteiro.errors import DuplicateScript, Fault, InvalidRequest, NotFound, Stale
from roteiro.matching.background import BACKGROUND
from roteiro.matching.compiling import compile_index
from roteiro.matching.entries import Entry
from roteiro.ports import Clock, Document, Shelf
from roteiro.usecases.published import Kept, PublishedCatalogue, all_pages, pointer_key, version_key

__all__ = [
    "Admin",
    "Listed",
    "archive",
    "archive_everything",
    "find_script",
    "list_scripts",
    "load_pack",
    "publish",
    "replace_script",
]

LOADER = "load"  # author of what a pack folder brought
_ATTEMPTS = 8  # other publishes that may win the pointer before this one gives up
_PART = 900_000  # characters of one index document; Firestore's documents end at 1 MiB

Progress = Callable[[float], None]
Scripts = dict[str, dict[str, Any]]  # "101" -> {"version": 3, "title": "…"}


@dataclass(frozen=True)
class Admin:
    """Who changes the catalogue, with what; every act of this file takes one."""

    shelf: Shelf
    kept: Kept
    clock: Clock
    author: str
    progress: Progress | None = None


class Listed(NamedTuple):
    """One version as lists show it."""

    id: ScriptId
    pack: str
    version: int
    status: str  # published or archived
    stored: Document


def list_scripts(shelf: Shelf, kept: Kept, *, status: str = "published", query: str = "") -> list[Listed]:
    """Return the scripts of every pack by id, published ones unless `status` is archived."""
    listed = []
    for pointer in all_pages(shelf, pointer_key("")):
        catalogue = PublishedCatalogue(pointer["pack"], shelf, kept)
        for key, entry in pointer["archived" if status == "archived" else "scripts"].items():
            if query.casefold() in entry["title"].casefold():
                stored = catalogue.document(ScriptId(int(key)), entry["version"])
                listed.append(Listed(ScriptId(int(key)), pointer["pack"], entry["version"], status, stored))
    return sorted(listed)


def find_script(key: ScriptId | str, shelf: Shelf) -> tuple[str, ScriptId]:
    """Return the pack and id of a published script named by number or by its 24 hex characters. Raises NotFound."""
    for pointer in all_pages(shelf, pointer_key("")):
        for number in map(int, pointer["scripts"]):
            if key in (number, public_key(ScriptId(number))):
                return pointer["pack"], ScriptId(number)
    raise NotFound(f"there is no published script {key}")


def publish(documents: Sequence[Mapping[str, Any]], pack: str, admin: Admin, note: str = "") -> dict[ScriptId, int]:
    """Publish new scripts, all or none; return their versions.

    Raises InvalidRequest with the faults of the first wrong document, or for an id that comes twice, DuplicateScript
    for an id that is published.
    """
    checked = _checked(documents)
    everywhere = [pointer for pointer in all_pages(admin.shelf, pointer_key("")) if pointer["pack"] != pack]

    def new(scripts: Scripts) -> None:
        taken = next(
            (i for i in checked if any(str(i) in p["scripts"] for p in [{"scripts": scripts}, *everywhere])), 0
        )
        if taken:
            raise DuplicateScript(f"script {taken} is published", id=taken)

    return _change(pack, admin, checked, note, check=new)


def replace_script(script: ScriptId, document: Mapping[str, Any], pack: str, admin: Admin, note: str = "") -> int:
    """Publish a document as the next version of a published script; return the version."""
    if (found := check_script(document)) != script:
        raise InvalidRequest(
            faults=[Fault("problem.id", "other_id", (("found", str(found)), ("expected", str(script))))]
        )

    def there(scripts: Scripts) -> None:
        if str(script) not in scripts:
            raise NotFound(f"script {script} is not published")

    return _change(pack, admin, {script: dict(document)}, note, check=there)[script]


def archive(scripts: Sequence[ScriptId] | None, pack: str, admin: Admin) -> None:
    """Take scripts (None: all of the pack) out of the catalogue; running conversations finish on their version."""

    def gone(published: Scripts) -> None:
        if any(str(script) not in published for script in scripts or ()):
            raise NotFound("the script is not published")

    _change(pack, admin, {}, "archived", check=gone, leaving="all" if scripts is None else scripts)


def archive_everything(admin: Admin) -> None:
    """Take every script of every pack out of the catalogue."""
    for pointer in all_pages(admin.shelf, pointer_key("")):
        archive(None, pointer["pack"], admin)


def load_pack(
    pack: Pack, documents: Sequence[Mapping[str, Any]], admin: Admin
) -> tuple[list[ScriptId], list[ScriptId]]:
    """Publish what changed in a pack folder; return the changed ids and those left alone since a person edited them."""
    checked = {check_script(document): dict(document) for document in documents}
    catalogue = PublishedCatalogue(pack.name, admin.shelf, admin.kept)
    pointed: Scripts = (admin.shelf.get(pointer_key(pack.name)) or {}).get("scripts", {})
    changed, left = {}, []
    for script, document in checked.items():
        entry = pointed.get(str(script))
        stored = catalogue.document(script, entry["version"]) if entry else None
        if stored and stored["checksum"] == checksum_of(document):
            continue
        if stored and stored["author"] != LOADER:
            left.append(script)
            continue
        changed[script] = document
    _change(pack.name, admin, changed, "", texts=pack)
    return sorted(changed), sorted(left)


def checksum_of(document: object) -> str:
    """Return the SHA-256 of a document's canonical JSON: sorted keys, no blanks, NFC."""
    canonical = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(unicodedata.normalize("NFC", canonical).encode()).hexdigest()


def _checked(documents: Sequence[Mapping[str, Any]]) -> dict[ScriptId, dict[str, Any]]:
    """Return documents by id; a fault names the document by its place, unless there is but one."""
    checked: dict[ScriptId, dict[str, Any]] = {}
    for place, document in enumerate(documents):
        prefix = f"{place}." if len(documents) > 1 else ""
        try:
            script = check_script(document)
        except InvalidRequest as error:
            raise InvalidRequest(faults=[fault._replace(path=prefix + fault.path) for fault in error.faults]) from error
        if script in checked:
            raise InvalidRequest(faults=[Fault(f"{prefix}problem.id", "id_twice", (("found", str(script)),))])
        checked[script] = dict(document)
    return checked


def _change(
    pack: str,
    admin: Admin,
    documents: Mapping[ScriptId, dict[str, Any]],
    note: str,
    *,
    check: Callable[[Scripts], None] | None = None,
    leaving: Sequence[ScriptId] | str = (),
    texts: Pack | None = None,
) -> dict[ScriptId, int]:
    """Move the pack's pointer to a new set of scripts; nothing is seen of it before."""
    written: dict[ScriptId, int] = {}
    for _ in range(_ATTEMPTS):
        before = admin.shelf.get(pointer_key(pack)) or {"version": 0, "pack": pack, "scripts": {}, "archived": {}}
        scripts, archived = dict(before["scripts"]), dict(before["archived"])
        if check:
            check(scripts)
        for script, document in documents.items():
            if script not in written:
                written[script] = _write_version(script, document, pack, note, admin)
            scripts[str(script)] = {"version": written[script], "title": title_of(document)}
            archived.pop(str(script), None)
        for key in list(scripts) if leaving == "all" else [str(script) for script in leaving]:
            archived[key] = scripts.pop(key)
        after = {**before, "scripts": scripts, "archived": archived, "texts": _write_texts(texts, before, admin)}
        if _point(before, after, admin):
            return written
    raise Stale(f"the catalogue of {pack} kept changing")


def _point(before: Document, after: dict[str, Any], admin: Admin) -> bool:
    if after == before and before.get("index"):
        return True
    key = pointer_key(after["pack"])
    after |= {"index": _write_index(after, admin), "version": before["version"] + 1}
    if before["version"] == 0:
        return admin.shelf.create(key, after)
    return admin.shelf.replace_if_version(key, after, before["version"])


def _write_version(script: ScriptId, document: dict[str, Any], pack: str, note: str, admin: Admin) -> int:
    """Insert the next free version; a leftover of a publish that died keeps its number."""
    stored = {
        "id": script,
        "pack": pack,
        "script": document,
        "checksum": checksum_of(document),
        "author": admin.author,
        "note": note,
        "created_at": admin.clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    version = 1
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


def _write_index(pointer: Mapping[str, Any], admin: Admin) -> str:
    """Compile the pointed scripts, unless exactly these were compiled before; return the index's name."""
    catalogue = PublishedCatalogue(pointer["pack"], admin.shelf, admin.kept)
    stored = [catalogue.document(ScriptId(int(key)), e["version"]) for key, e in sorted(pointer["scripts"].items())]
    entries = [_entry(document["script"]) for document in stored if _is_ranked(document["script"])]
    texts = admin.shelf.get(f"pack:{pointer['pack']}:{pointer['texts']}") if pointer["texts"] else None
    background = (texts or {}).get("background", ())
    name = checksum_of([entries, background])
    if admin.shelf.get(f"index:{name}:end"):
        return name
    artifact = compile_index(entries, (*BACKGROUND, *background), admin.progress)
    data = base64.b64encode(artifact).decode()
    for number, start in enumerate(range(0, len(data), _PART)):
        admin.shelf.create(f"index:{name}:{number:06d}", {"data": data[start : start + _PART]})
    admin.shelf.create(f"index:{name}:end", {"data": ""})
    return name


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
