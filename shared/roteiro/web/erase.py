"""A customer erases what they said: one conversation, or all of their own; the receipt is ours and can be checked."""

import base64
import hmac
import json

from roteiro.domain.moments import stamp
from roteiro.errors import SessionNotFound
from roteiro.usecases.records import erase, erase_all_of
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.holding import held_conversation, not_found
from roteiro.web.house import House

__all__ = ["erase_own"]

_PURPOSE = "receipt"
_KEPT = "nothing"  # no register outlives a conversation in this release


def erase_own(call: Call, house: House) -> Reply:
    """Erase a conversation, also one that expired; without one named, all of the customer who signed in."""
    if call.customer and not call.body.session_id:
        erased = erase_all_of(call.customer, store=house.store, shelf=house.shelf, clock=house.clock)
    else:
        erased = _erase_one(call, house)
    return Reply({"status": "erased", "kept": _KEPT, "receipt": _receipt(erased, house)})


def _erase_one(call: Call, house: House) -> int:
    conversation = held_conversation(call.body.session_id, call, house)
    try:
        erase(conversation, call.customer, store=house.store, shelf=house.shelf, clock=house.clock)
    except SessionNotFound:
        raise not_found(call, house) from None
    return 1


def _receipt(erased: int, house: House) -> str:
    """Return `er1.<payload>.<mac>`: base64url JSON `{"at", "conversations", "kept"}` and its HMAC-SHA256."""
    facts = {"at": stamp(house.clock.now()), "conversations": erased, "kept": _KEPT}
    payload = _base64(json.dumps(facts, separators=(",", ":")).encode())
    return f"er1.{payload}.{_base64(hmac.digest(house.tokens.derived(_PURPOSE)[0], payload.encode(), 'sha256'))}"


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
