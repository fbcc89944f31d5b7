"""What admins do with scripts: list, publish, replace, archive, load a pack folder."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from roteiro.domain.authoring import check_script
from roteiro.domain.ids import ScriptId, public_key
from roteiro.domain.pack import Pack
from roteiro.errors import DuplicateScript, Fault, InvalidRequest, NotFound
from roteiro.ports import Document, Shelf
from roteiro.usecases.published import Kept, PublishedCatalogue, all_pages, pointer_key
from roteiro.usecases.publishing import Admin, Scripts, change, checksum_of

__all__ = [
    "LOADER",
    "Listed",
    "Loaded",
    "archive",
    "archive_everything",
    "find_script",
    "list_scripts",
    "load_pack",
    "publish",
    "replace_script",
]

LOADER = "load"  # author of what a pack folder brought


class Listed(NamedTuple):
    """One version as lists show it."""

    id: ScriptId
    pack: str
    version: int
    status: str  # published or archived
    stored: Document


class Loaded(NamedTuple):
    """What loading a pack folder did."""

    changed: list[ScriptId]
    left_alone: list[ScriptId]


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


def publish(documents: Sequence[Mapping[str, Any]], pack: str, admin: Admin) -> dict[ScriptId, int]:
    """Publish new scripts, all or none; return their versions.

    Raises InvalidRequest with the faults of the first wrong document, or for an id that comes twice, DuplicateScript
    for an id that is published.
    """
    checked = _checked(documents, [f"{place}." if len(documents) > 1 else "" for place in range(len(documents))])
    everywhere = [pointer for pointer in all_pages(admin.shelf, pointer_key("")) if pointer["pack"] != pack]

    def new(scripts: Scripts) -> None:
        taken = next(
            (i for i in checked if any(str(i) in p["scripts"] for p in [{"scripts": scripts}, *everywhere])), 0
        )
        if taken:
            raise DuplicateScript(f"script {taken} is published", id=taken)

    return change(pack, admin, checked, check=new)


def replace_script(script: ScriptId, document: Mapping[str, Any], pack: str, admin: Admin) -> int:
    """Publish a document as the next version of a published script; return the version."""
    if (found := check_script(document)) != script:
        raise InvalidRequest(
            faults=[Fault("problem.id", "other_id", (("found", str(found)), ("expected", str(script))))]
        )

    def there(scripts: Scripts) -> None:
        if str(script) not in scripts:
            raise NotFound(f"script {script} is not published")

    return change(pack, admin, {script: dict(document)}, check=there)[script]


def archive(scripts: Sequence[ScriptId] | None, pack: str, admin: Admin) -> None:
    """Take scripts (None: all of the pack) out of the catalogue; running conversations finish on their version."""

    def gone(published: Scripts) -> None:
        if any(str(script) not in published for script in scripts or ()):
            raise NotFound("the script is not published")

    change(pack, admin, {}, check=gone, leaving="all" if scripts is None else scripts)


def archive_everything(admin: Admin) -> None:
    """Take every script of every pack out of the catalogue."""
    for pointer in all_pages(admin.shelf, pointer_key("")):
        archive(None, pointer["pack"], admin)


def load_pack(pack: Pack, documents: Mapping[str, Mapping[str, Any]], admin: Admin) -> Loaded:
    """Publish what changed in a pack folder; `documents` are by file name, which faults carry in front of their path.

    A script that a person edited or archived since is left alone: a folder never undoes what somebody decided.
    """
    checked = _checked(list(documents.values()), [f"{name}: " for name in documents])
    catalogue = PublishedCatalogue(pack.name, admin.shelf, admin.kept)
    pointer = admin.shelf.get(pointer_key(pack.name)) or {"scripts": {}, "archived": {}}
    changed, left = {}, []
    for script, document in checked.items():
        entry = pointer["scripts"].get(str(script))
        stored = catalogue.document(script, entry["version"]) if entry else None
        if str(script) in pointer["archived"] or (stored and stored["author"] != LOADER):
            left.append(script)
        elif stored is None or stored["checksum"] != checksum_of(document):
            changed[script] = document
    change(pack.name, admin, changed, texts=pack)
    return Loaded(sorted(changed), sorted(left))


def _checked(documents: Sequence[Mapping[str, Any]], prefixes: Sequence[str]) -> dict[ScriptId, dict[str, Any]]:
    """Return documents by id; a fault's path begins with the prefix of its document."""
    checked: dict[ScriptId, dict[str, Any]] = {}
    for prefix, document in zip(prefixes, documents, strict=True):
        try:
            script = check_script(document)
        except InvalidRequest as error:
            raise InvalidRequest(faults=[fault._replace(path=prefix + fault.path) for fault in error.faults]) from error
        if script in checked:
            raise InvalidRequest(faults=[Fault(f"{prefix}problem.id", "id_twice", (("found", str(script)),))])
        checked[script] = dict(document)
    return checked
