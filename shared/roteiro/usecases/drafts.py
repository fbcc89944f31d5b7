"""Drafts: at most one per script, changed as often as people like, each write saying what it was made from.

`draft:<id>` = {"version": 3, "id", "pack", "script": document, "checksum", "author", "person", "saved_at", "base": the
published version it was written beside, 0 without one, and once approved "approved_by", "approver"}. A draft that was
published or deleted leaves {"version", "gone": true}: its number goes on, so that nobody overwrites a later draft.
"""

from collections.abc import Mapping
from typing import Any

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.canonical import checksum_of
from roteiro.domain.ids import ScriptId
from roteiro.errors import Conflict, InvalidRequest, NotFound, Stale
from roteiro.ports import Document, Shelf
from roteiro.usecases.catalogue import Place, draft_key, locate
from roteiro.usecases.published import PublishedCatalogue
from roteiro.usecases.publishing import Admin, stamp

__all__ = ["ANYTHING", "NOTHING", "approve", "drop_draft", "find_draft", "get_draft", "retire_draft", "save_draft"]

ANYTHING = "*"  # the writer has seen whatever is there
NOTHING = ""  # the writer has seen that there is no draft
_ATTEMPTS = 8  # other writers who may come between reading a draft and replacing it


def find_draft(script: ScriptId, shelf: Shelf) -> Document | None:
    """Return a script's draft, or None."""
    stored = shelf.get(draft_key(script))
    return None if stored is None or stored.get("gone") else stored


def get_draft(script: ScriptId, shelf: Shelf) -> Document:
    """Return a script's draft. Raises NotFound."""
    if (draft := find_draft(script, shelf)) is None:
        raise NotFound(f"script {script} has no draft", missing="draft")
    return draft


def save_draft(document: Mapping[str, Any], pack: str, admin: Admin, *, seen: str | None = None) -> Document:
    """Check and keep a document as its script's draft; return the draft. `pack` is for an id that no pack has yet.

    `seen` is the checksum of what the writer saw (the draft; without one the published version), ANYTHING or NOTHING;
    None writes over nothing but the same person's draft. Raises InvalidRequest with the document's faults, or
    `precondition_failed`; Stale over another person's draft.
    """
    script = check_script(document)
    for _ in range(_ATTEMPTS):
        place = _place_of(script, pack, admin)
        stored = admin.shelf.get(draft_key(script)) or {"version": 0, "gone": True}
        before = _checksum_before(stored, place, admin)
        _agree(stored, before, seen, admin)
        draft = {
            "version": stored["version"] + 1,
            "id": script,
            "pack": place.pack,
            "script": dict(document),
            "checksum": checksum_of(document),
            "author": admin.author,
            "person": admin.person,
            "saved_at": stamp(admin.clock),
            "base": place.version if place.status == "published" else 0,
        }
        if _write(draft, admin, "draft.saved", before=before, after=draft["checksum"]):
            return draft
    raise Stale(f"the draft of script {script} kept changing")


def drop_draft(script: ScriptId, admin: Admin, *, seen: str = ANYTHING) -> None:
    """Delete a draft. Raises NotFound, InvalidRequest (`precondition_failed`), Stale if it was just edited."""
    draft = get_draft(script, admin.shelf)
    if seen not in (ANYTHING, draft["checksum"]):
        raise InvalidRequest(code="precondition_failed")
    if not _write(_gone(draft), admin, "draft.deleted", before=draft["checksum"]):
        raise Stale(f"the draft of script {script} was just edited")


def retire_draft(script: ScriptId, checksum: str, admin: Admin) -> None:
    """Take away the draft that was just published, unless somebody went on editing it."""
    draft = find_draft(script, admin.shelf)
    if draft and draft["checksum"] == checksum:
        admin.shelf.replace_if_version(draft_key(script), _gone(draft), draft["version"])


def approve(script: ScriptId, admin: Admin, *, seen: str = ANYTHING) -> Document:
    """Approve exactly this draft, as another person than its last author; any later edit voids it.

    Raises NotFound, Conflict (`approval_required`) for the author, Stale if the draft is not the one that was `seen`.
    """
    draft = get_draft(script, admin.shelf)
    if seen not in (ANYTHING, draft["checksum"]):
        raise Stale(f"the draft of script {script} was edited", current=draft["checksum"])
    if admin.person == draft["person"]:
        raise Conflict("the author cannot approve", code="approval_required")
    approved = {**draft, "version": draft["version"] + 1, "approved_by": admin.author, "approver": admin.person}
    if not _write(approved, admin, "draft.approved", after=draft["checksum"]):
        raise Stale(f"the draft of script {script} was just edited")
    return approved


def _agree(stored: Document, before: str, seen: str | None, admin: Admin) -> None:
    is_gone = bool(stored.get("gone"))
    if seen is None and not is_gone and stored["person"] != admin.person:
        raise Stale("the draft is another person's", current=stored["checksum"])
    is_as_seen = is_gone if seen == NOTHING else seen in (None, ANYTHING, before)
    if not is_as_seen:
        raise InvalidRequest(code="precondition_failed")


def _write(draft: Document, admin: Admin, action: str, **checksums: str) -> bool:
    """Put a draft in the place of the version before it, if that is still there."""
    script, version = ScriptId(draft["id"]), draft["version"]

    def put() -> bool:
        if version == 1:
            return admin.shelf.create(draft_key(script), draft)
        return admin.shelf.replace_if_version(draft_key(script), draft, version - 1)

    return admin.carry_out(admin.deed(action, script, **checksums), draft["pack"], put)


def _gone(draft: Document) -> dict[str, Any]:
    return {"version": draft["version"] + 1, "id": draft["id"], "pack": draft["pack"], "gone": True}


def _checksum_before(stored: Document, place: Place, admin: Admin) -> str:
    """Return the checksum of what is there to be seen: the draft, else the published version, else nothing."""
    if not stored.get("gone"):
        return str(stored["checksum"])
    if place.status != "published":
        return ""
    catalogue = PublishedCatalogue(place.pack, admin.shelf, admin.kept)
    return str(catalogue.document(place.id, place.version)["checksum"])


def _place_of(script: ScriptId, pack: str, admin: Admin) -> Place:
    try:
        return locate(script, admin.shelf)
    except NotFound:
        return Place(script, pack, "draft")
