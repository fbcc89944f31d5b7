"""What every route about one script reads of its request, and how a stored script is shown."""

import re
from collections.abc import Mapping
from typing import Any

from roteiro.domain.authoring.checking import check_script
from roteiro.domain.ids import ScriptId, public_key, script_id
from roteiro.errors import Fault, InvalidRequest
from roteiro.ports import Document
from roteiro.usecases.catalogue import Place, locate
from roteiro.usecases.publishing import Admin
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.reading import MIB, read_json

__all__ = ["admin_of", "check_names", "etag", "key_of", "place_of", "read_script", "seen_of", "shown", "unwrapped"]

_HEX_KEY = re.compile(r"[0-9a-f]{24}")
_ETAG = re.compile(r'(?:W/)?"([0-9a-f]{64})"')
_SCRIPT_DEPTH = 16


def admin_of(call: Call, house: House) -> Admin:
    """Return who changes the catalogue by this request."""
    return house.admin_of(call.staff, call.request_id)


def key_of(call: Call) -> ScriptId | str:
    """Return the id of the path: 24 hex characters or the number. Raises InvalidRequest (`bad_id`)."""
    given = call.path["key"]
    number = script_id(given)
    if number is None and not _HEX_KEY.fullmatch(given):
        raise InvalidRequest(code="bad_id")
    return given if number is None else number


def place_of(call: Call, house: House) -> Place:
    """Return where the script of the path stands. Raises NotFound, InvalidRequest (`bad_id`)."""
    return locate(key_of(call), house.shelf)


def read_script(call: Call, house: House) -> tuple[dict[str, Any], str]:
    """Return the script in the body and the pack that it goes to."""
    return unwrapped(read_json(call.request, MIB, _SCRIPT_DEPTH), house)


def unwrapped(body: object, house: House) -> tuple[dict[str, Any], str]:
    """Unwrap `{"args": script}`, drop the seed's `_id`, and return the document with the pack it goes to."""
    script = body["args"] if isinstance(body, dict) and set(body) == {"args"} else body
    if not isinstance(script, dict):
        raise InvalidRequest(faults=[Fault("", "wrong_type_object")])
    document = {key: value for key, value in script.items() if key != "_id"}
    pack = document.get("pack")
    return document, pack if isinstance(pack, str) and pack else house.pack_front()


def check_names(document: Mapping[str, Any], key: ScriptId | str) -> None:
    """Raise InvalidRequest unless a document may be stored and is that of the script named by number or 24 hex."""
    found = check_script(document)
    if key not in (found, public_key(found)):
        raise InvalidRequest(faults=[Fault("problem.id", "other_id", (("found", str(found)), ("expected", str(key))))])


def etag(stored: Document) -> dict[str, str]:
    """Return the header that names a stored script's content."""
    return {"ETag": f'"{stored["checksum"]}"'}


def seen_of(call: Call) -> str | None:
    """Return the checksum in If-Match, `*`, empty for `If-None-Match: *`, None if the request has neither.

    Raises InvalidRequest (`precondition_failed`) for a tag that no content of ours can have.
    """
    given = call.request.headers.get("If-Match", "").strip()
    if not given:
        return "" if call.request.headers.get("If-None-Match", "").strip() == "*" else None
    found = _ETAG.fullmatch(given)
    if found is None and given != "*":
        raise InvalidRequest(code="precondition_failed")
    return found[1] if found else "*"


def shown(stored: Document, **facts: Any) -> dict[str, Any]:
    """Return a stored script as one object: `_id`, the document's own keys, and in `meta` what we know of it."""
    known: Mapping[str, Any] = stored["script"].get("meta") or {}
    meta = {**known, "checksum": stored["checksum"], "author": stored["author"], **facts}
    return {"_id": public_key(ScriptId(stored["id"])), **stored["script"], "meta": meta}
