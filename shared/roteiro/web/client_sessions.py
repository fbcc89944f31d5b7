"""Which conversation a message of the second seed belongs to: the named one, the token's, or a new one.

Clients of that seed make ids themselves. One that nobody can guess opens a conversation under it; one made of the time
alone would be shared by strangers, so it opens one under an id of ours, which the answer names and those clients adopt.
"""

import hashlib
import hmac
import re
import uuid
from typing import NamedTuple

from roteiro.domain.conversation import Event, Status, is_expired
from roteiro.domain.ids import ConversationId, is_session_id
from roteiro.errors import InvalidRequest, SessionNotFound
from roteiro.web.call import Call
from roteiro.web.holding import check_places, not_found
from roteiro.web.house import House
from roteiro.web.identity.oidc import has_token_form

__all__ = ["ChatSession", "chat_session"]

# Versions 4 and 7 are random; the others are made of a time, a name, or nothing at all.
_UUID_TEXT = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[47][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"
_UUID = re.compile(_UUID_TEXT)
_WITH_RANDOM_PART = re.compile(rf"{_UUID_TEXT}|session_[0-9]{{10,16}}_[0-9a-z]{{7}}")  # as existing clients make them
_PURPOSE = "opening"


class ChatSession(NamedTuple):
    """A conversation, the pack it belongs to for life, and whether this message opens it."""

    conversation: ConversationId
    pack: str
    is_new: bool


def chat_session(call: Call, house: House) -> ChatSession:
    """Return the session of a message; a given but unknown one never falls through to the next.

    Raises InvalidRequest (`bad_session_id`), SessionNotFound, NotAllowed (`token_invalid`).
    """
    bearer = call.bearer
    token = house.tokens.read(bearer, house.clock.now()) if bearer and not has_token_form(bearer) else None
    named = call.body.session_id or ""
    if named and not is_session_id(named):
        raise InvalidRequest(code="bad_session_id")
    if token and named not in ("", token.conversation):
        raise SessionNotFound
    if token:
        return ChatSession(token.conversation, token.pack, is_new=False)
    return _named(ConversationId(named), call, house) if named else _opened(_fresh_id(call, house), call, house)


def _named(conversation: ConversationId, call: Call, house: House) -> ChatSession:
    if newest := next(iter(house.store.load(conversation, 1)), None):
        return _found(newest, call, house)
    if house.policy.refuses_client_ids:
        raise not_found(call, house)
    if _WITH_RANDOM_PART.fullmatch(conversation):
        return _opened(conversation, call, house)
    return _opened(ConversationId(str(uuid.uuid4())), call, house)


def _found(newest: Event, call: Call, house: House) -> ChatSession:
    """Return a session that exists; one that begins anew or becomes somebody's needs a place as a new one does."""
    if newest.state.status is Status.ERASED or not newest.state.is_open_to(call.customer):
        raise not_found(call, house)
    if is_expired(newest.state, house.clock.now()) or not newest.state.user:
        check_places(call.customer, house)
    return ChatSession(newest.conversation, newest.pack, is_new=False)


def _opened(conversation: ConversationId, call: Call, house: House) -> ChatSession:
    check_places(call.customer, house)
    return ChatSession(conversation, house.pack_chat(call.body.pack or ""), is_new=True)


def _fresh_id(call: Call, house: House) -> ConversationId:
    """Return a new id. One message named by a UUID opens one conversation, however often it is sent.

    Such an id is the keyed hash of the message's: as hard to guess, and the same on every instance.
    """
    if not _UUID.fullmatch(call.message_id):
        return ConversationId(str(uuid.uuid4()))
    key = house.tokens.derived(_PURPOSE)[0]
    digest = hmac.digest(key, f"{call.customer}\n{call.message_id}".encode(), hashlib.sha256)
    return ConversationId(str(uuid.UUID(bytes=digest[:16], version=4)))
