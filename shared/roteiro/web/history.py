"""The history of a conversation (second seed): its newest messages, page by page, and the end of them."""

import re
from typing import Any

from roteiro.domain.cast import Agent
from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event
from roteiro.domain.ids import conversation_of
from roteiro.domain.moments import stamp
from roteiro.domain.presenting import presented
from roteiro.domain.protocol import shown
from roteiro.domain.texts import text
from roteiro.errors import Fault, InvalidRequest, NotFound
from roteiro.usecases.gists import gist_of
from roteiro.usecases.history import Said, read_window
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
    newest = held_event(call.path["session_id"], call, house)
    told = read_window(newest, limit, store=house.store)
    body = {
        "session_id": call.path["session_id"],
        "messages": _lines(told.said, newest, house),
        "total_messages": told.total,
        "current_investigation_id": newest.state.record or None,
    }
    return Reply(body)


def history_page(call: Call, house: House) -> Reply:
    """Return the messages before or after a cursor, which is the id of a message; without one the newest or the oldest.

    Beside a page that is empty there is no message to go on from: without a cursor the page at that end is given.
    """
    limit = call.number("limit", _LATEST, _LARGEST_PAGE)
    is_newer = call.query("direction", _DIRECTION, "prev") == "next"
    cursor = call.query("cursor", _CURSOR, "")
    newest = held_event(call.path["session_id"], call, house)
    if cursor and conversation_of(cursor.rpartition(":")[0]) != conversation_of(newest.conversation):
        raise InvalidRequest(faults=[Fault("cursor", "bad_form")])
    page = read_window(newest, limit, cursor, is_newer=is_newer, store=house.store)
    facts = {
        "session_id": call.path["session_id"],
        "created_at": stamp(gist_of(newest, store=house.store).since),
        "investigation_id": newest.state.record or None,
    }
    body = {
        "items": _lines(page.said, newest, house),
        "next_cursor": page.newer,
        "previous_cursor": page.older,
        "prev_cursor": page.older,
        "has_next": page.has_newer,
        "has_previous": page.has_older,
        "has_more": page.has_newer if is_newer else page.has_older,
        "total_count": page.total,
        "total_items": page.total,
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
