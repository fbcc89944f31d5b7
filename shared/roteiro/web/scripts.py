"""The first seed's script routes: list, insert, replace, archive. Inserting publishes at once, as it did there."""

import json
import re
from collections.abc import Mapping
from typing import Any

from roteiro.domain.ids import ScriptId, public_key, script_id
from roteiro.errors import Fault, InvalidRequest
from roteiro.usecases.catalogue import (
    Listed,
    archive,
    archive_everything,
    find_script,
    list_scripts,
    publish,
    replace_script,
)
from roteiro.usecases.publishing import Admin
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.reading import MIB, read_json

__all__ = ["delete_all_scripts", "delete_script", "get_scripts", "insert_script", "insert_scripts", "update_script"]

_MOST_SCRIPTS = 500  # in one insert-many
_PAGE = 200
_HEX_KEY = re.compile(r"[0-9a-f]{24}")
_SCRIPT_DEPTH = 16
_STATUSES = re.compile("published|archived")
_CURSOR = re.compile(r"[0-9]{1,9}")  # the last id of the page before


def get_scripts(call: Call, house: House) -> Reply:
    """List scripts; `scripts` is the JSON text that the first seed's clients parse, `items` the same as objects."""
    status, query = call.query("status", _STATUSES, "published"), call.request.args.get("q", "")
    after = call.query("cursor", _CURSOR, "0")
    limit = call.number("limit", _PAGE, _PAGE)
    found = [s for s in list_scripts(house.shelf, house.kept, status=status, query=query) if s.id > int(after)]
    page = found[:limit]
    documents = [{"_id": {"$oid": public_key(one.id)}, **_document(one)} for one in page]
    items = [{"_id": public_key(one.id), **_document(one), "meta": _meta(one)} for one in page]
    cursor = str(page[-1].id) if len(found) > limit else None
    return Reply({"scripts": json.dumps(documents, ensure_ascii=False), "items": items, "next_cursor": cursor})


def insert_script(call: Call, house: House) -> Reply:
    """Validate and publish one script."""
    document, pack = _script(read_json(call.request, MIB, _SCRIPT_DEPTH), house)
    ((script, version),) = publish([document], pack, _admin(call, house)).items()
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
        document, pack = _script(item, house)
        by_pack.setdefault(pack, []).append(document)
    if len(by_pack) > 1:
        raise InvalidRequest(faults=[Fault("pack", "bad_value")])
    ((pack, documents),) = by_pack.items()
    ids = publish(documents, pack, _admin(call, house))
    return Reply({"status": "Scripts inserted successfully.", "ids": sorted(ids)})


def update_script(call: Call, house: House) -> Reply:
    """Publish a document as the next version."""
    document, _ = _script(read_json(call.request, MIB, _SCRIPT_DEPTH), house)
    pack, script = find_script(_key(call), house.shelf)
    version = replace_script(script, document, pack, _admin(call, house))
    return Reply({"message": "Script updated successfully.", "id": script, "version": version})


def delete_script(call: Call, house: House) -> Reply:
    """Archive a script: running conversations finish on the version they began with."""
    pack, script = find_script(_key(call), house.shelf)
    archive([script], pack, _admin(call, house))
    return Reply({"message": "Script deleted successfully."})


def delete_all_scripts(call: Call, house: House) -> Reply:
    """Archive every script of every pack."""
    archive_everything(_admin(call, house))
    return Reply({"message": "All scripts deleted successfully."})


def _admin(call: Call, house: House) -> Admin:
    return house.admin(call.staff.name if call.staff else "")


def _key(call: Call) -> ScriptId | str:
    """Return the id of the path: 24 hex characters or the number. Raises InvalidRequest (`bad_id`)."""
    given = call.path["key"]
    number = script_id(given)
    if number is None and not _HEX_KEY.fullmatch(given):
        raise InvalidRequest(code="bad_id")
    return given if number is None else number


def _script(body: object, house: House) -> tuple[dict[str, Any], str]:
    """Unwrap `{"args": script}`, drop the seed's `_id`, and return the document with the pack it goes to."""
    script = body["args"] if isinstance(body, dict) and set(body) == {"args"} else body
    if not isinstance(script, dict):
        raise InvalidRequest(faults=[Fault("", "wrong_type_object")])
    document = {key: value for key, value in script.items() if key != "_id"}
    pack = document.get("pack")
    return document, pack if isinstance(pack, str) and pack else house.pack_front()


def _document(one: Listed) -> dict[str, Any]:
    return dict(one.stored["script"])


def _meta(one: Listed) -> dict[str, Any]:
    stored = one.stored
    return {
        **stored["script"].get("meta", {}),
        "pack": one.pack,
        "version": one.version,
        "status": one.status,
        "checksum": stored["checksum"],
        "author": stored["author"],
        "created_at": stored["created_at"],
    }
