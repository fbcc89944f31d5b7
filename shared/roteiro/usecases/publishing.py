"""How a catalogue changes: insert immutable versions, then the compiled index, then move the pack's pointer.

The pointer moves by compare-and-set: a crash in between leaves the old catalogue whole, and of two publishes at
once one loses the revision, reads again and applies its change to what is there now. Who changed what is written to
the audit just before the pointer moves; a change that then loses leaves an entry that takes it back.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from roteiro import __version__
from roteiro.domain.canonical import checksum_of
from roteiro.domain.ids import ScriptId
from roteiro.domain.pack import Pack
from roteiro.domain.pack_document import pack_to
from roteiro.domain.script import title_of, titles_of
from roteiro.errors import Conflict, NotFound, Stale
from roteiro.matching.artifact import VERSION
from roteiro.matching.background import BACKGROUND
from roteiro.matching.compiling import compile_index
from roteiro.matching.entries import Entry
from roteiro.ports import Clock, Document, Embedder, Progress, Shelf
from roteiro.usecases.audit import Deed, record
from roteiro.usecases.parts import has_parts, write_parts
from roteiro.usecases.published import Kept, PublishedCatalogue, pointer_key, version_key
from roteiro.usecases.vectors import Taught, write_vectors

__all__ = [
    "COMPILED",
    "Act",
    "Admin",
    "Changed",
    "Plan",
    "Progress",
    "Scripts",
    "change",
    "checksum_of",
    "empty_pointer",
    "ranked_entries",
    "stamp",
    "taught",
    "withdrawn",
]

COMPILED = "compiled"  # under which an instance keeps the (name, bytes) of the index that its gate compiled last

_PUBLISHING = threading.Lock()
_ATTEMPTS = 8  # other publishes that may win the pointer before this one gives up

# "101" -> {"version": 3, "title": "…"}, and "skipped": [2] if a publish died after it wrote version 2
Scripts = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Admin:
    """Who changes the catalogue, with what."""

    shelf: Shelf
    kept: Kept
    clock: Clock
    author: str
    progress: Progress | None = None
    embedder: Embedder | None = None  # None: no second tier of matching is made
    role: str = "operator"
    counts_as: str = ""  # the person a credential was made by or for; empty: the author
    request_id: str = ""

    @property
    def person(self) -> str:
        """Return who this is when two people are asked for."""
        return self.counts_as or self.author

    def deed(self, action: str, script: ScriptId, **facts: Any) -> Deed:
        """Return what this admin does to a script, for the audit."""
        return Deed(self.author, self.role, action, self.request_id, script, **facts)

    def told(self, deeds: Sequence[Deed], pack: str) -> None:
        """Write deeds to the audit; what cannot be written must not be done."""
        record(deeds, pack, shelf=self.shelf, now=self.clock.now())

    def carry_out(self, deed: Deed, pack: str, act: Callable[[], bool]) -> bool:
        """Write a deed to the audit, then do it; if a rival was first, take the entry back and return False."""
        self.told([deed], pack)
        if done := act():
            return done
        self.told(withdrawn([deed]), pack)
        return False


@dataclass(frozen=True)
class Act:
    """What history calls a change: its word in the audit, and the notes on the versions that it makes."""

    action: str = "script.published"
    note: str = ""
    rollback_of: int | None = None
    forced: str = ""  # why it was published although the gate refused; empty: it was not forced


@dataclass(frozen=True)
class Plan:
    """One change of a pack's catalogue."""

    documents: Mapping[ScriptId, Mapping[str, Any]] = field(default_factory=dict)  # become the next versions
    check: Callable[[Scripts], None] | None = None  # raises if what is published now does not allow the change
    leaving: Sequence[ScriptId] | str = ()  # are archived; "all": all of them
    purging: Sequence[ScriptId] = ()  # archived ones that are forgotten, but for the number of their last version
    texts: Pack | None = None
    act: Act = Act()


class Changed(NamedTuple):
    """What a change made: the new versions, and the catalogue's revision."""

    versions: dict[ScriptId, int]
    revision: int


def empty_pointer(pack: str) -> dict[str, Any]:
    """Return the pointer of a pack of which nothing was published yet."""
    return {"version": 0, "pack": pack, "scripts": {}, "archived": {}}


def stamp(clock: Clock) -> str:
    """Return the time as stored documents carry it: ISO-8601 in UTC, to the second."""
    return clock.now().isoformat(timespec="seconds").replace("+00:00", "Z")


def ranked_entries(pack: str, shelf: Shelf, kept: Kept) -> list[Entry]:
    """Return the published scripts of a pack as the matcher sees them, without disabled ones."""
    pointer = shelf.get(pointer_key(pack)) or {"pack": pack, "scripts": {}}
    return _entries(pointer, _texts(pointer, shelf), shelf, kept)


def change(pack: str, admin: Admin, plan: Plan) -> Changed:
    """Move the pack's pointer to a new set of scripts; nothing is seen of it before.

    One at a time in this process: rivals would each compile the index again for every lost attempt.
    Raises what `plan.check` raises, Stale when the catalogue keeps changing.
    """
    with _PUBLISHING:
        return _changed(pack, admin, plan)


def taught(pointer: Mapping[str, Any], admin: Admin) -> Taught:
    """Compile the pointed scripts, unless exactly these were compiled before."""
    texts = _texts(pointer, admin.shelf)
    entries = _entries(pointer, texts, admin.shelf, admin.kept)
    background = texts.get("background", ())
    name = checksum_of([__version__, VERSION, entries, background])  # another release may compile otherwise
    strangers = (*BACKGROUND, *background)
    if not has_parts(f"index:{name}", admin.shelf):
        made, artifact = admin.kept.last(COMPILED) or ("", b"")  # the publish gate has just compiled it, perhaps
        compiled = artifact if made == name else compile_index(entries, strangers, admin.progress)
        write_parts(f"index:{name}", compiled, admin.shelf)
    return Taught(name, entries, strangers)


def _changed(pack: str, admin: Admin, plan: Plan) -> Changed:
    written: dict[ScriptId, int] = {}
    deeds: list[Deed] = []
    try:
        for _ in range(_ATTEMPTS):
            before = admin.shelf.get(pointer_key(pack)) or empty_pointer(pack)
            if plan.check:
                plan.check(before["scripts"])
            after = _ready(before, _pointed(before, plan, written, admin), admin)
            if after == before:
                return Changed(written, before["version"])
            if (doing := _deeds(before, after, plan, admin)) != deeds:
                admin.told([*withdrawn(deeds), *doing], pack)
                deeds = doing
            if _point(before, after, admin):
                return Changed(written, after["version"])
        raise Stale(f"the catalogue of {pack} kept changing")
    except (Conflict, NotFound):
        admin.told(withdrawn(deeds), pack)
        raise


def withdrawn(deeds: Sequence[Deed]) -> list[Deed]:
    """Return what takes deeds back that were announced and then not done."""
    return [replace(deed, action=f"{deed.action}.withdrawn") for deed in deeds]


def _pointed(before: Document, plan: Plan, written: dict[ScriptId, int], admin: Admin) -> dict[str, Any]:
    """Return the pointer after the change, with the versions it names written; `written` holds those of this change."""
    scripts, archived, purged = dict(before["scripts"]), dict(before["archived"]), dict(before.get("purged", {}))
    for script, document in plan.documents.items():
        key = str(script)
        old = scripts.get(key) or archived.pop(key, None) or {"version": purged.pop(key, 0)}
        if written.get(script, 0) <= old["version"]:  # a rival's version is newer than what was written for this one
            written[script] = _write_version(script, document, before["pack"], old["version"] + 1, plan.act, admin)
        scripts[key] = _entry_after(old, document, written[script])
    for key in list(scripts) if plan.leaving == "all" else map(str, plan.leaving):
        archived[key] = scripts.pop(key)
    for key in map(str, plan.purging):
        purged[key] = archived.pop(key)["version"]
    after = {**before, "scripts": scripts, "archived": archived, "texts": _write_texts(plan.texts, before, admin)}
    return after | _purged_after(before, purged)


def _purged_after(before: Document, purged: Mapping[str, int]) -> dict[str, Any]:
    """Return the purged scripts as a pointer has them: a pack that never purged any has no such line."""
    return {"purged": purged} if purged or "purged" in before else {}


def _entry_after(old: Mapping[str, Any], document: Mapping[str, Any], version: int) -> dict[str, Any]:
    """Return a script's line in the pointer; numbers that nobody published are skipped, and never used again."""
    skipped = [*old.get("skipped", ()), *range(old["version"] + 1, version)]
    return {"version": version} | titles_of(document) | ({"skipped": skipped} if skipped else {})


def _ready(before: Document, after: dict[str, Any], admin: Admin) -> dict[str, Any]:
    """Return the pointer with its index and vectors made, and the next revision if anything changed."""
    if after == before and before.get("index") and not _lacks_vectors(before, admin):
        return after
    made = taught(after, admin)
    after = _with_vectors({**after, "index": made.name}, before, made, admin)
    return after if after == before else {**after, "version": before["version"] + 1}


def _point(before: Document, after: dict[str, Any], admin: Admin) -> bool:
    key = pointer_key(after["pack"])
    if before["version"] == 0:
        return admin.shelf.create(key, after)
    return admin.shelf.replace_if_version(key, after, before["version"])


def _deeds(before: Document, after: Mapping[str, Any], plan: Plan, admin: Admin) -> list[Deed]:
    """Return what the change does, script by script."""
    catalogue = PublishedCatalogue(after["pack"], admin.shelf, admin.kept)

    known = before["archived"] | before["scripts"]

    def checksum(key: str) -> str:
        stored = catalogue.document(ScriptId(int(key)), known[key]["version"]) if key in known else {}
        return str(stored.get("checksum", ""))

    deeds = [
        admin.deed(
            plan.act.action,
            script,
            version=after["scripts"][str(script)]["version"],
            reason=plan.act.forced,
            before=checksum(str(script)),
            after=checksum_of(document),
        )
        for script, document in plan.documents.items()
    ]
    for action, keys in (
        ("script.archived", before["scripts"].keys() - after["scripts"].keys()),
        ("script.purged", before["archived"].keys() & after.get("purged", {}).keys()),
    ):
        deeds += [admin.deed(action, ScriptId(int(key)), before=checksum(key)) for key in sorted(keys, key=int)]
    if after["texts"] != before.get("texts", ""):
        texts = Deed(admin.author, admin.role, "pack.loaded", admin.request_id, before=before.get("texts", ""))
        deeds.append(replace(texts, after=after["texts"]))
    return deeds


def _lacks_vectors(pointer: Document, admin: Admin) -> bool:
    return admin.embedder is not None and pointer.get("vectors", {}).get("model") != admin.embedder.name


def _with_vectors(after: dict[str, Any], before: Document, made: Taught, admin: Admin) -> dict[str, Any]:
    """Return the pointer with vectors of exactly this index, or without any."""
    if admin.embedder is None:
        is_same = before.get("index") == made.name
        return after if is_same else {name: value for name, value in after.items() if name != "vectors"}
    model = admin.embedder.name
    name = checksum_of([made.name, model])
    after = {name: value for name, value in after.items() if name != "vectors"}
    if write_vectors(made, name, admin.embedder, admin.shelf, admin.progress or (lambda _: None)):
        after["vectors"] = {"name": name, "model": model}
    return after


def _write_version(
    script: ScriptId, document: Mapping[str, Any], pack: str, version: int, act: Act, admin: Admin
) -> int:
    """Insert the next free version from `version` on; a leftover of a publish that died keeps its number."""
    stored = {
        "id": script,
        "pack": pack,
        "script": dict(document),
        "checksum": checksum_of(document),
        "author": admin.author,
        "created_at": stamp(admin.clock),
        "note": act.note,
    }
    stored |= {"rollback_of": act.rollback_of} if act.rollback_of else {}
    stored |= {"forced": act.forced} if act.forced else {}
    while not admin.shelf.create(version_key(script, version), {**stored, "version": version}):
        version += 1
    return version


def _write_texts(pack: Pack | None, before: Document, admin: Admin) -> str:
    if pack is None:
        return str(before.get("texts", ""))
    stored = pack_to(pack)
    checksum = checksum_of(stored)
    admin.shelf.create(f"pack:{pack.name}:{checksum}", stored)
    return checksum


def _texts(pointer: Mapping[str, Any], shelf: Shelf) -> Document:
    """Return what the pointed pack says besides its scripts; nothing of a pack without texts."""
    return shelf.get(f"pack:{pointer['pack']}:{pointer['texts']}") or {} if pointer.get("texts") else {}


def _entries(pointer: Mapping[str, Any], texts: Document, shelf: Shelf, kept: Kept) -> list[Entry]:
    catalogue = PublishedCatalogue(pointer["pack"], shelf, kept)
    lists = texts.get("lists", {})
    stored = [catalogue.document(ScriptId(int(key)), e["version"]) for key, e in sorted(pointer["scripts"].items())]
    return [_entry(document["script"], lists) for document in stored if _is_ranked(document["script"])]


def _is_ranked(document: Mapping[str, Any]) -> bool:
    return bool(document.get("match", {}).get("enabled", True))


def _entry(document: Mapping[str, Any], lists: Mapping[str, Any]) -> Entry:
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
        readily=match.get("readily", False),
        names=_names(document, lists),
    )


def _names(document: Mapping[str, Any], lists: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the names of all that a script's slots take from lists, as far as they need no context."""
    listed = {slot.get("list", "").removesuffix(".yaml") for slot in document.get("slots", {}).values()}
    entries = [entry for one in sorted(listed) for entry in lists.get(one, ())]
    return tuple(dict.fromkeys(name for entry in entries for name in _clear(entry)))


def _clear(entry: Mapping[str, Any]) -> list[str]:
    """Return the names of a list's entry that mean it wherever they stand: "defesa" alone does not."""
    aliases = [alias for alias in entry["aliases"] if not alias.startswith("=")]
    plain = aliases if entry["needs"] == "none" else [alias for alias in aliases if " " in alias]
    return [entry["name"], *plain, *entry.get("bodies", ())]
