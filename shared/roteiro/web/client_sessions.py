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
from roteiro.domain.ids import ConversationId
from roteiro.domain.protocol import is_strong
from roteiro.web.call import Call
from roteiro.web.holding import check_places, named_conversation, newest_named, not_found, shown_token
from roteiro.web.house import House

__all__ = ["ChatSession", "chat_session"]

# As existing clients make them; of UUIDs versions 4 and 7 are random, the others made of a time, a name, or nothing.
_WITH_RANDOM_PART = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[47][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}|session_[0-9]{10,16}_[0-9a-z]{7}"
)
_PURPOSE = "opening"
_FEWEST_SIGNS = 7  # different ones of a UUID, hyphen included; one of 10**11 random UUIDs has fewer, typed ones do


class ChatSession(NamedTuple):
    """A conversation, the pack it belongs to for life, whether this message opens it; how the client writes its id."""

    conversation: ConversationId
    pack: str
    is_new: bool
    written: str = ""

    @property
    def shown_id(self) -> str:
        """Return the id as an answer names it: as the client wrote it, unless it is one of ours."""
        return self.written or self.conversation


def chat_session(call: Call, house: House) -> ChatSession:
    """Return the session of a message; a given but unknown one never falls through to the next.

    Raises InvalidRequest (`bad_session_id`), SessionNotFound, NotAllowed (`token_invalid`).
    """
    token, named = shown_token(call, house), call.body.session_id
    conversation = named_conversation(named, token) if named else None
    if token:
        return ChatSession(token.conversation, token.pack, is_new=False, written=named or "")
    if not (named and conversation):
        return _fresh(call, house)
    found = _named(named, conversation, call, house)
    return found._replace(written=named) if found.conversation in (conversation, named) else found


def _named(named: str, conversation: ConversationId, call: Call, house: House) -> ChatSession:
    if newest := newest_named(named, house):
        return _found(newest, call, house)
    if house.policy.refuses_client_ids:
        raise not_found(call, house)
    if _WITH_RANDOM_PART.fullmatch(conversation):
        return _opened(conversation, call, house)
    return _opened(_new_id(), call, house)


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


def _fresh(call: Call, house: House) -> ChatSession:
    """Return a conversation of a new id. One message named by a UUID opens one, however often it is sent.

    Such an id is the keyed hash of the message's, of the caller and of the pack: as hard to guess, and the same on
    every instance. A UUID that stands in a public document, or was typed, names none: strangers would meet in it.
    """
    opened = _opened(_new_id(), call, house)
    message = call.message_id
    if not is_strong(ConversationId(message)) or len(set(message.lower())) < _FEWEST_SIGNS:
        return opened
    key = house.tokens.derived(_PURPOSE)[0]
    digest = hmac.digest(key, f"{call.customer}\n{opened.pack}\n{message}".encode(), hashlib.sha256)
    return opened._replace(conversation=ConversationId(str(uuid.UUID(bytes=digest[:16], version=4))))


def _new_id() -> ConversationId:
    return ConversationId(str(uuid.uuid4()))
