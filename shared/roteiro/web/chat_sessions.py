"""The second seed's sessions: those of a customer who signed in, one of them, and its end."""

from typing import Any

from roteiro.domain.conversation import Event, Gist
from roteiro.domain.moments import stamp
from roteiro.domain.presenting import shown_status
from roteiro.errors import SessionNotFound
from roteiro.usecases.gists import gist_of
from roteiro.usecases.own_sessions import live_sessions
from roteiro.usecases.records import erase
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.history import signed
from roteiro.web.holding import held_event
from roteiro.web.house import House

__all__ = ["delete_session", "session", "sessions"]

_PAGE, _MOST = 20, 50  # documented: a greater limit is taken for 50
_ANY_LIMIT = 999_999_999
_LARGEST_OFFSET = 9999


def sessions(call: Call, house: House) -> Reply:
    """Return a page of a customer's own conversations, newest first; nobody who has not signed in has any."""
    limit = min(call.number("limit", _PAGE, _ANY_LIMIT), _MOST)
    offset = call.number("offset", 0, _LARGEST_OFFSET, least=0)
    own = live_sessions(call.customer, offset + limit, store=house.store, clock=house.clock) if call.customer else []
    found = (_found(newest, house) for newest in own[offset:])
    shown = [one for one in found if one]
    return Reply({"sessions": shown, "count": len(shown), "limit": limit, "offset": offset})


def session(call: Call, house: House) -> Reply:
    """Return one conversation."""
    return Reply(_shown(held_event(call.path["session_id"], call, house), house))


def delete_session(call: Call, house: House) -> Reply:
    """Erase a conversation for good."""
    newest = held_event(call.path["session_id"], call, house)
    erase(newest.conversation, call.customer, store=house.store, shelf=house.shelf, clock=house.clock)
    return Reply({"message": "Sessão excluída com sucesso"})


def _found(newest: Event, house: House) -> dict[str, Any] | None:
    """Return a conversation of a list; None if it was erased meanwhile."""
    try:
        return _shown(newest, house)
    except SessionNotFound:
        return None


def _shown(newest: Event, house: House) -> dict[str, Any]:
    gist = gist_of(newest, store=house.store)
    return {
        "id": newest.conversation,
        "session_id": newest.conversation,
        "user_id": newest.state.user or None,
        "title": gist.title,
        "agent_id": signed(newest, house.catalogue(newest.pack))[0],
        "status": shown_status(newest.state),
        "message_count": gist.said,
        "created_at": stamp(gist.since),
        "updated_at": stamp(newest.at),
        "last_message_at": stamp(gist.last) if gist.last else None,
        "last_activity": stamp(newest.at),
        "current_investigation_id": newest.state.record or None,
        "context": _context(newest, gist, house),
    }


def _context(newest: Event, gist: Gist, house: House) -> dict[str, Any]:
    """Return what a client told last beside a message."""
    if gist.context in (-1, newest.seq):
        return dict(newest.detail.get("context", {}))
    told = house.store.page(newest.conversation, gist.context - 1, 1)
    return next((dict(event.detail.get("context", {})) for event in told), {})
