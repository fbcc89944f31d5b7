"""The history of a conversation (second seed): its newest messages, page by page, and the end of them."""

import re
from typing import Any

from roteiro.domain.cast import Agent
from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event
from roteiro.domain.moments import stamp
from roteiro.domain.presenting import presented
from roteiro.domain.protocol import shown
from roteiro.domain.texts import text
from roteiro.errors import Fault, InvalidRequest, NotFound
from roteiro.usecases.history import Said, said_in, window
from roteiro.usecases.lookup import epoch_of
from roteiro.usecases.records import clear
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.holding import held_event
from roteiro.web.house import House
from roteiro.web.protocols import key_headers

__all__ = ["clear_history", "history", "history_page", "signed"]

_LATEST, _MOST = 50, 1000  # documented by the second seed
_LARGEST_PAGE = 100
_CURSOR = re.compile(r"(?:[A-Za-z0-9._-]{8,128}:[0-9]{1,6}(?:r2?)?)?")  # the id of a message
_DIRECTION = re.compile("prev|next")


def history(call: Call, house: House) -> Reply:
    """Return the newest messages of a conversation, oldest first."""
    limit = call.number("limit", _LATEST, _MOST)
    newest, told = _held(call, house)
    body = {
        "session_id": newest.conversation,
        "messages": _lines(window(told, limit).said, newest, house),
        "total_messages": len(told),
        "current_investigation_id": newest.state.record or None,
    }
    return Reply(body)


def history_page(call: Call, house: House) -> Reply:
    """Return the messages before or after a cursor, which is the id of a message; without one the newest."""
    limit = call.number("limit", _LATEST, _LARGEST_PAGE)
    is_newer = call.query("direction", _DIRECTION, "prev") == "next"
    cursor = call.query("cursor", _CURSOR, "")
    newest, told = _held(call, house)
    if cursor and cursor.rpartition(":")[0] != newest.conversation:
        raise InvalidRequest(faults=[Fault("cursor", "bad_form")])
    said, has_older, has_newer = window(told, limit, cursor, is_newer=is_newer)
    older, newer = (said[0].id if has_older and said else None), (said[-1].id if has_newer and said else None)
    facts = {
        "session_id": newest.conversation,
        "created_at": stamp(told[0].event.at if told else newest.at),
        "investigation_id": newest.state.record or None,
    }
    body = {
        "items": _lines(said, newest, house),
        "next_cursor": newer,
        "previous_cursor": older,
        "prev_cursor": older,
        "has_next": newer is not None,
        "has_previous": older is not None,
        "has_more": (newer if is_newer else older) is not None,
        "total_count": len(told),
        "total_items": len(told),
        "metadata": facts,
    }
    return Reply(body)


def clear_history(call: Call, house: House) -> Reply:
    """Erase what was said; the id stays usable, for a conversation that begins anew, under a number of its own."""
    newest = held_event(call.path["session_id"], call, house)
    user = call.customer
    begun = clear(newest.conversation, user, store=house.store, shelf=house.shelf, clock=house.clock)
    headers = {"Roteiro-Protocol": shown(begun.state.protocol), **key_headers(begun, house)}
    return Reply({"message": "Histórico limpo com sucesso"}, headers=headers)


def signed(event: Event, catalogue: Catalogue) -> tuple[str, str]:
    """Return the id and the name of the agent that signs an event's reply."""
    try:
        shows = presented(event, catalogue)
    except NotFound:  # the script's versions were removed since
        cast = catalogue.pack().cast
        agent = cast.agent("") or Agent("", "", "", "", "")
        return agent.id, agent.name
    return shows.agent_id, shows.agent_name


def _held(call: Call, house: House) -> tuple[Event, list[Said]]:
    newest = held_event(call.path["session_id"], call, house)
    return newest, said_in(epoch_of(newest, store=house.store))


def _lines(told: Any, newest: Event, house: House) -> list[dict[str, Any]]:
    catalogue = house.catalogue(newest.pack)
    return [_line(said, newest.state.locale, catalogue) for said in told]


def _line(said: Said, locale: str, catalogue: Catalogue) -> dict[str, Any]:
    entry, event = said.entry, said.event
    line: dict[str, Any] = {
        "id": said.id,
        "session_id": event.conversation,
        "seq": entry.seq,
        "role": "user" if entry.author == "customer" else "assistant",
        "content": entry.content,
        "timestamp": stamp(entry.at),
    }
    if entry.author == "human":
        name = entry.name or text("transcript.attendant", locale)
        return line | {"agent_id": None, "agent_name": name, "metadata": {"author": "human"}}
    if entry.author == "bot":
        agent, name = signed(event, catalogue)
        return line | {"agent_id": agent, "agent_name": name}
    return line
