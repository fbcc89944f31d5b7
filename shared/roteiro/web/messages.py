"""The first seed's message routes: every message of every conversation, for admins; and the end of them all."""

import json
import re
from typing import Any

from roteiro.domain.conversation import Event
from roteiro.domain.moments import stamp
from roteiro.errors import Conflict
from roteiro.usecases.records import erase_everything, list_events
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House

__all__ = ["delete_messages", "get_messages", "lines_of"]

_PAGE, _MOST = 50, 1000
_CURSOR = re.compile(r"(?:[A-Za-z0-9._-]{8,128}:[0-9]{6})?")  # an event's id


def get_messages(call: Call, house: House) -> Reply:
    """List messages in the order of their events, page by page."""
    limit = call.number("limit", _PAGE, _MOST)
    events, cursor = list_events(call.query("cursor", _CURSOR, ""), limit, store=house.store)
    items = [line for event in events for line in lines_of(event)]
    return Reply({"messages": json.dumps(items, ensure_ascii=False), "items": items, "next_cursor": cursor})


def delete_messages(call: Call, house: House) -> Reply:
    """Erase every conversation; outside local runs only with ?confirm=all."""
    if not house.policy.is_local and call.request.args.get("confirm") != "all":
        raise Conflict(code="confirmation_required")
    erase_everything(store=house.store, shelf=house.shelf, clock=house.clock)
    return Reply({"message": "All messages deleted successfully."})


def lines_of(event: Event) -> list[dict[str, Any]]:
    """Return an event as the messages that a history shows: what was said, what was answered."""
    common = {"session_id": event.conversation, "seq": event.seq, "timestamp": stamp(event.at)}
    lines: list[dict[str, Any]] = []
    if event.text is not None:
        lines.append({"id": event.id, **common, "role": "user", "content": event.text})
    if event.reply is not None:
        lines.append({"id": f"{event.id}r", **common, "role": "assistant", "content": event.reply})
    return [{**line, "conversation": event.conversation, "pack": event.pack} for line in lines]
