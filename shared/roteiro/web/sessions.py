"""Which conversation a customer's request belongs to: body, bearer, cookie, in this order, checked, never guessed."""

from datetime import datetime
from typing import NamedTuple

from roteiro.domain.ids import ConversationId, is_session_id
from roteiro.errors import InvalidRequest, NotAllowed, NotFound, SessionNotFound
from roteiro.web.call import Call, is_own_origin
from roteiro.web.holding import newest_named
from roteiro.web.house import House
from roteiro.web.identity.oidc import has_token_form
from roteiro.web.limits import Meter

__all__ = ["Session", "cookie_name", "front_session", "renewed_token"]


class Session(NamedTuple):
    """A conversation and the pack it belongs to for life."""

    conversation: ConversationId
    pack: str


def cookie_name(house: House, *, is_secure: bool) -> str:
    """Return the cookie's name: `__Host-` binds it to this host over https; plain http (local) cannot have it."""
    return "__Host-roteiro" if is_secure or not house.policy.is_local else "roteiro"


def front_session(call: Call, house: House) -> Session:
    """Return the session of a request to the first seed's front.

    A given but unknown one never falls through to the next. Raises SessionNotFound, NotFound (`session_required`),
    NotAllowed (`token_invalid`, `origin_refused`).
    """
    now = house.clock.now()
    if named := call.body.session_id:
        return _known(named, call, house, now)
    if (token := call.bearer) and not has_token_form(token):  # a person's ID token is no session
        return _opened(token, house, now)
    if token := call.request.cookies.get(cookie_name(house, is_secure=call.request.is_secure)):
        if not is_own_origin(call.request, house.policy.origins, is_local=house.policy.is_local):
            raise NotAllowed(code="origin_refused")
        return _opened(token, house, now)
    raise NotFound(code="session_required")


def renewed_token(session: Session, call: Call, house: House) -> tuple[str, tuple[str, str]]:
    """Return a fresh token for the answer, and the cookie that holds it."""
    token = house.tokens.sign(session.conversation, session.pack, house.clock.now())
    return token, (cookie_name(house, is_secure=call.request.is_secure), token)


def _opened(token: str, house: House, now: datetime) -> Session:
    opened = house.tokens.read(token, now)
    return Session(opened.conversation, opened.pack)


def _known(named: str, call: Call, house: House, now: datetime) -> Session:
    """Find a session named in the body: the id is all that old clients hold, so guessing is counted."""
    if not is_session_id(named):
        raise InvalidRequest(code="bad_session_id")
    newest = newest_named(named, house)
    if newest is None or not newest.state.is_open_to(call.customer):
        house.limits.admit(Meter.LOOKUPS, call.address, now)
        raise SessionNotFound
    return Session(newest.conversation, newest.pack)
