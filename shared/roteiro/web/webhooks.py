"""Webhooks that could not be delivered: admins see which and why, and send them again."""

import re
from typing import Any

from roteiro.errors import InvalidRequest
from roteiro.ports import Document
from roteiro.usecases.deadletters import list_dead, send_again
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["get_dead_letters", "retry_dead_letter"]

_PAGE, _MOST = 50, 200
_ID = re.compile(r"wh_[0-9a-f]{32}")
_CURSOR = re.compile(rf"(?:{_ID.pattern})?")
_SHOWN = ("id", "type", "script_id", "protocol", "tries", "status", "reason", "created_at", "died_at")


def get_dead_letters(call: Call, house: House) -> Reply:
    """List what could not be delivered, by id; neither the body nor the conversation's id leaves."""
    limit = call.number("limit", _PAGE, _MOST)
    found, cursor = list_dead(call.query("cursor", _CURSOR, ""), limit, shelf=house.shelf)
    return Reply({"items": [_shown(letter) for letter in found], "next_cursor": cursor})


def retry_dead_letter(call: Call, house: House) -> Reply:
    """Put one back among what is due; it is tried as soon as this answer has left."""
    letter = call.path["letter"]
    if not _ID.fullmatch(letter):
        raise InvalidRequest(code="bad_id")
    send_again(letter, store=house.store, shelf=house.shelf, clock=house.clock)
    return Reply({"id": letter, "status": "queued"}, has_errands=True)


def _shown(letter: Document) -> dict[str, Any]:
    return {name: letter.get(name) for name in _SHOWN}
