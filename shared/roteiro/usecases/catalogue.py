"""The catalogue as admins see it: list scripts, find one, archive, load a pack folder."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.ids import ScriptId, public_key
from roteiro.domain.pack import Pack
from roteiro.domain.script import title_of
from roteiro.errors import Fault, InvalidRequest, NotFound, Stale
from roteiro.ports import Document, Shelf
from roteiro.usecases.published import Kept, PublishedCatalogue, all_pages, pointer_key
from roteiro.usecases.publishing import Admin, Plan, Scripts, change, checksum_of, empty_pointer

__all__ = [
    "LOADER",
    "Listed",
    "Loaded",
    "Place",
    "archive",
    "archive_everything",
    "checked",
    "draft_key",
    "find_script",
    "is_published",
    "list_scripts",
    "load_pack",
    "locate",
]

LOADER = "load"  # author of what a pack folder brought
_STANDINGS = (("published", "scripts"), ("archived", "archived"), ("purged", "purged"))  # status, its part of a pointer
_ATTEMPTS = 8  # publishes of people that may come between while a pack folder is compared


def draft_key(script: ScriptId | str = "") -> str:
    """Return the key of a script's draft, without a script the prefix of all of them."""
    return f"draft:{script}"


class Listed(NamedTuple):
    """One version as lists show it."""

    id: ScriptId
    pack: str
    version: int
    status: str  # published, archived or draft
    stored: Document


class Loaded(NamedTuple):
    """What loading a pack folder did."""

    changed: list[ScriptId]
    left_alone: list[ScriptId]


class Place(NamedTuple):
    """Where a script stands: `version` is its newest published one, 0 if it never was."""

    id: ScriptId
    pack: str
    status: str  # published, archived, purged, or draft: nothing but one
    version: int = 0
    skipped: Sequence[int] = ()  # version numbers that nobody published


def list_scripts(shelf: Shelf, kept: Kept, *, status: str = "published", query: str = "") -> list[Listed]:
    """Return the scripts of every pack by id: published ones, unless `status` is archived or draft."""
    listed = _drafts(shelf) if status == "draft" else _versions(status, shelf, kept)
    return sorted(one for one in listed if query.casefold() in title_of(one.stored["script"]).casefold())


def _versions(status: str, shelf: Shelf, kept: Kept) -> Iterator[Listed]:
    for pointer in all_pages(shelf, pointer_key("")):
        catalogue = PublishedCatalogue(pointer["pack"], shelf, kept)
        for key, entry in pointer["archived" if status == "archived" else "scripts"].items():
            stored = catalogue.document(ScriptId(int(key)), entry["version"])
            yield Listed(ScriptId(int(key)), pointer["pack"], entry["version"], status, stored)


def _drafts(shelf: Shelf) -> Iterator[Listed]:
    for draft in all_pages(shelf, draft_key()):
        if not draft.get("gone"):
            yield Listed(ScriptId(draft["id"]), draft["pack"], draft["base"], "draft", draft)


def is_published(script: ScriptId, shelf: Shelf) -> bool:
    """Say whether any pack has published this script."""
    return any(str(script) in pointer["scripts"] for pointer in all_pages(shelf, pointer_key("")))


def find_script(key: ScriptId | str, shelf: Shelf) -> tuple[str, ScriptId]:
    """Return the pack and id of a published script named by number or by its 24 hex characters. Raises NotFound."""
    place = locate(key, shelf)
    if place.status != "published":
        raise NotFound(f"there is no published script {key}", missing="published")
    return place.pack, place.id


def locate(key: ScriptId | str, shelf: Shelf) -> Place:
    """Return where a script stands that is named by number or by its 24 hex characters.

    A published one is found before an archived one of another pack. Raises NotFound.
    """
    place = _in_a_catalogue(key, shelf) or _among_drafts(key, shelf)
    if place is None:
        raise NotFound(f"there is no script {key}", missing="script")
    return place


def _in_a_catalogue(key: ScriptId | str, shelf: Shelf) -> Place | None:
    pointers = list(all_pages(shelf, pointer_key("")))
    for status, part in _STANDINGS:
        for pointer in pointers:
            entries = pointer.get(part, {})
            if script := _named(key, entries):
                return _place(script, pointer["pack"], status, entries[str(script)])
    return None


def _named(key: ScriptId | str, numbers: Collection[str]) -> ScriptId | None:
    """Return which of these numbers a key names. Its hex characters cannot be turned back: they are searched for."""
    if not isinstance(key, str):
        return key if str(key) in numbers else None
    return next((script for number in numbers if public_key(script := ScriptId(int(number))) == key), None)


def _place(script: ScriptId, pack: str, status: str, entry: Mapping[str, Any] | int) -> Place:
    """Return a script's place by its line in the pointer; of a purged one that is its last version alone."""
    known: Mapping[str, Any] = {"version": entry} if isinstance(entry, int) else entry
    return Place(script, pack, status, known["version"], tuple(known.get("skipped", ())))


def _among_drafts(key: ScriptId | str, shelf: Shelf) -> Place | None:
    """Look a number up, for an import asks a thousand times; search for hex characters."""
    drafts = all_pages(shelf, draft_key()) if isinstance(key, str) else filter(None, [shelf.get(draft_key(key))])
    living = {str(draft["id"]): draft for draft in drafts if not draft.get("gone")}
    script = _named(key, living)
    return Place(script, living[str(script)]["pack"], "draft") if script else None


def archive(scripts: Sequence[ScriptId] | None, pack: str, admin: Admin) -> None:
    """Take scripts (None: all of the pack) out of the catalogue; running conversations finish on their version."""

    def gone(published: Scripts) -> None:
        if any(str(script) not in published for script in scripts or ()):
            raise NotFound("the script is not published", missing="published")

    change(pack, admin, Plan(check=gone, leaving="all" if scripts is None else scripts))


def archive_everything(admin: Admin) -> None:
    """Take every script of every pack out of the catalogue."""
    for pointer in all_pages(admin.shelf, pointer_key("")):
        archive(None, pointer["pack"], admin)


def load_pack(pack: Pack, documents: Mapping[str, Mapping[str, Any]], admin: Admin) -> Loaded:
    """Publish what changed in a pack folder; `documents` are by file name, which faults carry in front of their path.

    A script that a person edited or archived since is left alone: a folder never undoes what somebody decided.
    """
    wanted = checked(list(documents.values()), [f"{name}: " for name in documents])
    for _ in range(_ATTEMPTS):
        pointer = admin.shelf.get(pointer_key(pack.name)) or empty_pointer(pack.name)
        changed, left = _compared(pack.name, wanted, pointer, admin)
        try:
            change(pack.name, admin, Plan(changed, check=_as_read(pointer), texts=pack))
        except Stale:  # a person published while we compared: what they did decides what is left alone
            continue
        return Loaded(sorted(changed), sorted(left))
    raise Stale(f"the catalogue of {pack.name} kept changing")


def _compared(
    pack: str, wanted: Mapping[ScriptId, dict[str, Any]], pointer: Document, admin: Admin
) -> tuple[dict[ScriptId, dict[str, Any]], list[ScriptId]]:
    """Return what a folder changes, and what it leaves alone because a person had a hand in it."""
    catalogue = PublishedCatalogue(pack, admin.shelf, admin.kept)
    changed, left = {}, []
    for script, document in wanted.items():
        entry = pointer["scripts"].get(str(script))
        stored = catalogue.document(script, entry["version"]) if entry else None
        if str(script) in pointer["archived"] or (stored and stored["author"] != LOADER):
            left.append(script)
        elif stored is None or stored["checksum"] != checksum_of(document):
            changed[script] = document
    return changed, left


def _as_read(pointer: Document) -> Callable[[Scripts], None]:
    def unmoved(scripts: Scripts) -> None:
        if scripts != pointer["scripts"]:
            raise Stale("the catalogue moved while the folder was compared")

    return unmoved


def checked(documents: Sequence[Mapping[str, Any]], prefixes: Sequence[str]) -> dict[ScriptId, dict[str, Any]]:
    """Return documents by id; a fault's path begins with the prefix of its document. Raises InvalidRequest."""
    found: dict[ScriptId, dict[str, Any]] = {}
    for prefix, document in zip(prefixes, documents, strict=True):
        try:
            script = check_script(document)
        except InvalidRequest as error:
            raise InvalidRequest(faults=[fault._replace(path=prefix + fault.path) for fault in error.faults]) from error
        if script in found:
            raise InvalidRequest(faults=[Fault(f"{prefix}problem.id", "id_twice", (("found", str(script)),))])
        found[script] = dict(document)
    return found
