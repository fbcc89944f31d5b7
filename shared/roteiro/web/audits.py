"""The audit as auditors read it: who did what, newest first, with no word of any customer."""

from typing import Any

from roteiro.domain.ids import ScriptId
from roteiro.ports import Document
from roteiro.usecases.audit import CURSOR, read_audit
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.identity import Scope
from roteiro.web.script_calls import place_of

__all__ = ["get_audit", "get_script_audit"]

_PAGE = 50
_MOST = 200
_HIDDEN = ("_id", "day", "seq", "previous", "follows")  # how the chain is kept, not what was done


def get_audit(call: Call, house: House) -> Reply:
    """List every entry of the deployment."""
    return _page(call, house, None)


def get_script_audit(call: Call, house: House) -> Reply:
    """List the entries of one script; a page may be short and still have a next one."""
    return _page(call, house, place_of(call, house).id)


def _page(call: Call, house: House, script: ScriptId | None) -> Reply:
    cursor, limit = call.query("cursor", CURSOR, ""), call.number("limit", _PAGE, _MOST)
    found, following = read_audit(house.shelf, script=script, cursor=cursor, limit=limit)
    is_auditor = call.staff is not None and Scope.DESK not in call.staff.scopes
    return Reply({"items": [_line(entry, is_auditor=is_auditor) for entry in found], "next_cursor": following})


def _line(entry: Document, *, is_auditor: bool) -> dict[str, Any]:
    """Return an entry; whoever may not open conversations sees their protocol numbers alone."""
    hidden = (*_HIDDEN, "conversation") if is_auditor else _HIDDEN
    return {"id": entry["_id"].removeprefix("audit:"), **{k: v for k, v in entry.items() if k not in hidden}}
