"""API keys over HTTP, for admins: list, make (the secret is shown once), take away."""

import re
import secrets
from typing import Any

from roteiro.errors import InvalidRequest
from roteiro.ports import Document
from roteiro.usecases.keys import KeyOrder, list_keys, make_key, remove_key
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.identity import key_hash
from roteiro.web.staff import maker_of

__all__ = ["delete_key", "get_keys", "post_key"]

_PAGE, _MOST = 50, 200
_ID = re.compile(r"[0-9a-f]{12}")
_CURSOR = re.compile(rf"(?:{_ID.pattern})?")
_SHOWN = ("id", "name", "scopes", "made_by", "created_at", "expires_at", "last_used_at")


def get_keys(call: Call, house: House) -> Reply:
    """List keys by id, without what could open anything."""
    limit = call.number("limit", _PAGE, _MOST)
    found, cursor = list_keys(call.query("cursor", _CURSOR, ""), limit, house.shelf)
    return Reply({"items": [_shown(key) for key in found], "next_cursor": cursor})


def post_key(call: Call, house: House) -> Reply:
    """Make a key that counts as the caller."""
    secret = secrets.token_urlsafe(32)
    order = KeyOrder(call.body.name, tuple(call.body.scopes), key_hash(secret), call.body.expires_at)
    made = make_key(order, maker_of(call), shelf=house.shelf, now=house.clock.now())
    facts = {name: made[name] for name in ("id", "name", "scopes", "expires_at")}
    return Reply({**facts, "key": f"rk_{made['id']}_{secret}"})


def delete_key(call: Call, house: House) -> Reply:
    """Take a key away; its next use is refused."""
    if not _ID.fullmatch(call.path["key"]):
        raise InvalidRequest(code="bad_id")
    remove_key(call.path["key"], maker_of(call), shelf=house.shelf, now=house.clock.now())
    return Reply({"message": "Key deleted successfully."})


def _shown(key: Document) -> dict[str, Any]:
    return {name: key.get(name) for name in _SHOWN}
