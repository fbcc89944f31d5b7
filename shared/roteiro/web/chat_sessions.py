"""The second seed's sessions: those of a customer who signed in, one of them, and its end."""

import re
from typing import Any

from roteiro.domain.conversation import Event
from roteiro.domain.moments import stamp
from roteiro.domain.presenting import shown_status
from roteiro.errors import SessionNotFound
from roteiro.usecases.feed import newest_event
from roteiro.usecases.history import said_in
from roteiro.usecases.lookup import epoch_of
from roteiro.usecases.own_sessions import live_heads
from roteiro.usecases.records import erase
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.history import signed
from roteiro.web.holding import held_event
from roteiro.web.house import House

__all__ = ["delete_session", "session", "sessions"]

_PAGE, _MOST = 20, 50  # documented: a greater limit is taken for 50
_ANY_LIMIT = 999_999_999
_OFFSET = re.compile(r"[0-9]{1,4}")
_TITLE = 60  # characters of the first message


def sessions(call: Call, house: House) -> Reply:
    """Return a page of a customer's own conversations, newest first; nobody who has not signed in has any."""
    limit = min(call.number("limit", _PAGE, _ANY_LIMIT), _MOST)
    offset = int(call.query("offset", _OFFSET, "0"))
    user = call.customer
    heads = live_heads(user, store=house.store, clock=house.clock) if user else []
    found = [_found(head.conversation, user, house) for head in heads[offset : offset + limit]]
    shown = sorted((one for one in found if one), key=lambda one: str(one["last_activity"]), reverse=True)
    return Reply({"sessions": shown, "count": len(shown), "limit": limit, "offset": offset})


def session(call: Call, house: House) -> Reply:
    """Return one conversation."""
    return Reply(_shown(held_event(call.path["session_id"], call, house), house))


def delete_session(call: Call, house: House) -> Reply:
    """Erase a conversation for good."""
    newest = held_event(call.path["session_id"], call, house)
    erase(newest.conversation, call.customer, store=house.store, shelf=house.shelf, clock=house.clock)
    return Reply({"message": "Sessão excluída com sucesso"})


def _found(conversation: Any, user: str, house: House) -> dict[str, Any] | None:
    """Return a conversation that a list names; None if it is over by now, or somebody else's after all."""
    try:
        newest = newest_event(conversation, user, store=house.store, clock=house.clock)
        return _shown(newest, house) if newest.state.user else None
    except SessionNotFound:
        return None


def _shown(newest: Event, house: House) -> dict[str, Any]:
    events = epoch_of(newest, store=house.store)
    told = said_in(events)
    first = next((said.entry.content for said in told if said.entry.author == "customer"), "")
    answered = next((event for event in reversed(events) if event.reply), newest)
    return {
        "id": newest.conversation,
        "session_id": newest.conversation,
        "user_id": newest.state.user or None,
        "title": first[:_TITLE],
        "agent_id": signed(answered, house.catalogue(newest.pack))[0],
        "status": shown_status(newest.state),
        "message_count": len(told),
        "created_at": stamp(events[0].at),
        "updated_at": stamp(newest.at),
        "last_message_at": stamp(told[-1].entry.at) if told else None,
        "last_activity": stamp(newest.at),
        "current_investigation_id": newest.state.record or None,
        "context": next((event.detail["context"] for event in reversed(events) if "context" in event.detail), {}),
    }
