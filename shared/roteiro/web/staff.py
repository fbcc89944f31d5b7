"""People's roles over HTTP, for admins: list, give, take away. A person is the `sub` of the configured issuer."""

import re
from typing import Any

from roteiro.errors import InvalidRequest
from roteiro.ports import Document
from roteiro.usecases.keys import Maker
from roteiro.usecases.staff import Entry, list_entries, put_entry, remove_entry
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["delete_role", "get_staff", "maker_of", "put_role"]

_PAGE, _MOST = 50, 200
_SUBJECT = re.compile(r"[\x21-\x7e]{1,255}")  # source: OpenID Connect Core, 2: at most 255 ASCII characters
_CURSOR = re.compile(r"(?:[0-9a-f]{64})?")
_SHOWN = ("subject", "issuer", "name", "role", "grants", "made_by", "changed_at")


def maker_of(call: Call) -> Maker:
    """Return who changes rights by this request."""
    if call.staff is None:
        raise LookupError("an admin's route has a caller")  # the route table asks for one
    return Maker(call.staff.name, call.staff.role, call.request_id, call.staff.id)


def get_staff(call: Call, house: House) -> Reply:
    """List everybody who has a role."""
    limit = call.number("limit", _PAGE, _MOST)
    found, cursor = list_entries(call.query("cursor", _CURSOR, ""), limit, house.shelf)
    return Reply({"items": [_shown(entry) for entry in found], "next_cursor": cursor})


def put_role(call: Call, house: House) -> Reply:
    """Give a person a role, over what they had; it counts from their next request on."""
    body = call.body
    entry = Entry(house.policy.issuer, _subject(call), body.role, tuple(body.grants), body.name)
    return Reply(_shown(put_entry(entry, maker_of(call), shelf=house.shelf, now=house.clock.now())))


def delete_role(call: Call, house: House) -> Reply:
    """Take every right from a person; their next request is refused."""
    remove_entry(house.policy.issuer, _subject(call), maker_of(call), shelf=house.shelf, now=house.clock.now())
    return Reply({"message": "Role deleted successfully."})


def _subject(call: Call) -> str:
    if not _SUBJECT.fullmatch(call.path["subject"]):
        raise InvalidRequest(code="bad_id")
    return call.path["subject"]


def _shown(entry: Document) -> dict[str, Any]:
    return {name: entry[name] for name in _SHOWN}
