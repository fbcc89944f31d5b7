"""The first seed's script routes: list, insert, replace, archive. Inserting publishes at once, as it did there.

`?draft=1` only saves a draft; what the gate refuses is kept as one.
"""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from roteiro.domain.ids import ScriptId, public_key
from roteiro.errors import DuplicateScript, Fault, InvalidRequest, NotAllowed, NotFound
from roteiro.usecases.catalogue import (
    Listed,
    archive,
    archive_everything,
    checked,
    find_script,
    is_published,
    list_scripts,
)
from roteiro.usecases.drafts import save_draft
from roteiro.usecases.lifecycle import publish, purge, replace_script
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.identity import Scope
from roteiro.web.reading import MIB, read_json
from roteiro.web.script_calls import admin_of, check_names, key_of, place_of, read_script, seen_of, shown, unwrapped

__all__ = ["delete_all_scripts", "delete_script", "get_scripts", "insert_script", "insert_scripts", "update_script"]

_MOST_SCRIPTS = 500  # in one insert-many
_PAGE = 200
_SCRIPT_DEPTH = 16
_STATUSES = re.compile("published|archived|draft")
_CURSOR = re.compile(r"[0-9]{1,9}")  # the last id of the page before
_YES_OR_NO = re.compile("[01]")


def get_scripts(call: Call, house: House) -> Reply:
    """List scripts; `scripts` is the JSON text that the first seed's clients parse, `items` the same as objects."""
    status, query = call.query("status", _STATUSES, "published"), call.request.args.get("q", "")
    after = call.query("cursor", _CURSOR, "0")
    limit = call.number("limit", _PAGE, _PAGE)
    found = [s for s in list_scripts(house.shelf, house.kept, status=status, query=query) if s.id > int(after)]
    page = found[:limit]
    documents = [{"_id": {"$oid": public_key(one.id)}, **one.stored["script"]} for one in page]
    cursor = str(page[-1].id) if len(found) > limit else None
    return Reply(
        {
            "scripts": json.dumps(documents, ensure_ascii=False),
            "items": [_item(one) for one in page],
            "next_cursor": cursor,
        }
    )


def insert_script(call: Call, house: House) -> Reply:
    """Validate and publish one script."""
    document, pack = read_script(call, house)
    if _only_drafts(call):
        script, version = _draft_new([document], pack, call, house)[0], 0
    else:
        admin = admin_of(call, house)
        ((script, version),) = publish([document], pack, admin, house.conditions(admin)).items()
    return Reply(
        {"status": "Script inserted successfully.", "_id": public_key(script), "id": script, "version": version}
    )


def insert_scripts(call: Call, house: House) -> Reply:
    """Validate and publish many scripts, all or none."""
    body = read_json(call.request, 5 * MIB, _SCRIPT_DEPTH)
    if not isinstance(body, list) or not body:
        raise InvalidRequest(faults=[Fault("", "wrong_type_list")])
    if len(body) > _MOST_SCRIPTS:
        raise InvalidRequest(code="too_many_scripts", limit=_MOST_SCRIPTS)
    by_pack: dict[str, list[Mapping[str, Any]]] = {}
    for item in body:
        document, pack = unwrapped(item, house)
        by_pack.setdefault(pack, []).append(document)
    if len(by_pack) > 1:
        raise InvalidRequest(faults=[Fault("pack", "bad_value")])
    ((pack, documents),) = by_pack.items()
    if _only_drafts(call):
        ids = _draft_new(documents, pack, call, house)
    else:
        admin = admin_of(call, house)
        ids = sorted(publish(documents, pack, admin, house.conditions(admin)))
    return Reply({"status": "Scripts inserted successfully.", "ids": ids})


def update_script(call: Call, house: House) -> Reply:
    """Publish a document as the next version."""
    document, _ = read_script(call, house)
    place, admin, seen = place_of(call, house), admin_of(call, house), seen_of(call)
    if place.status != "published":
        raise NotFound(f"script {place.id} is not published", missing="published")
    if _only_drafts(call):
        check_names(document, place.id)
        save_draft(document, place.pack, admin, seen=seen)
        version = place.version
    else:
        named = "" if seen in (None, "*") else str(seen)
        version = replace_script(place, document, admin, house.conditions(admin), seen=named)
    return Reply({"message": "Script updated successfully.", "id": place.id, "version": version})


def delete_script(call: Call, house: House) -> Reply:
    """Archive a script: running conversations finish on the version they began with. `?purge=1` deletes it for ever."""
    admin = admin_of(call, house)
    if call.query("purge", _YES_OR_NO, "0") == "1":
        if call.staff is None or Scope.ADMIN not in call.staff.scopes:
            raise NotAllowed(code="forbidden")
        purge(place_of(call, house), admin, house.store)
    else:
        pack, script = find_script(key_of(call), house.shelf)
        archive([script], pack, admin)
    return Reply({"message": "Script deleted successfully."})


def delete_all_scripts(call: Call, house: House) -> Reply:
    """Archive every script of every pack."""
    archive_everything(admin_of(call, house))
    return Reply({"message": "All scripts deleted successfully."})


def _only_drafts(call: Call) -> bool:
    return call.query("draft", _YES_OR_NO, "0") == "1"


def _draft_new(documents: Sequence[Mapping[str, Any]], pack: str, call: Call, house: House) -> list[ScriptId]:
    """Save drafts of scripts that are not published, if every document may be stored; return their ids."""
    wanted = checked(documents, [f"{place}." if len(documents) > 1 else "" for place in range(len(documents))])
    for script in wanted:
        if is_published(script, house.shelf):
            raise DuplicateScript(f"script {script} is published", id=script)
    admin, seen = admin_of(call, house), seen_of(call)
    for document in wanted.values():
        save_draft(document, pack, admin, seen=seen)
    return sorted(wanted)


def _item(one: Listed) -> dict[str, Any]:
    stored = one.stored
    at = stored.get("created_at") or stored["saved_at"]  # of a version, of a draft
    return shown(stored, pack=one.pack, version=one.version, status=one.status, created_at=at)
