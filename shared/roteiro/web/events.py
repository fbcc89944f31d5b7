"""The customer's feed: what was said since an event that the page knows, cheap to ask for every two seconds."""

from typing import Any

from roteiro.domain.conversation import Event, Status
from roteiro.domain.moments import stamp
from roteiro.domain.presenting import shown_status
from roteiro.usecases.customer import queue_position
from roteiro.usecases.feed import Entry, follow
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.holding import held_event
from roteiro.web.house import House

__all__ = ["events"]

_LARGEST_AFTER = 999_999  # above the seq of any event
_UNCHANGED = 304


def events(call: Call, house: House) -> Reply:
    """Return what was said after `after`, and where the customer stands; 304 where nothing has changed."""
    after = call.number("after", -1, _LARGEST_AFTER, least=-1)
    newest = held_event(call.request.args.get("session_id"), call, house)
    place = _place(newest, house)
    tag = _tag(newest, newest.seq, place)
    if call.request.headers.get("If-None-Match") == tag:
        return Reply("", _UNCHANGED, {"ETag": tag}, content_type="text/plain; charset=utf-8")
    entries, seq = follow(newest, after, store=house.store)
    state = newest.state
    body = {
        "events": [_shown(entry) for entry in entries],
        "seq": seq,
        "status": shown_status(state),
        "owner": state.owner,
        "is_final_step": state.is_final,
        "position": place,
    }
    return Reply(body, headers={"ETag": _tag(newest, seq, place)})


def _tag(newest: Event, seq: int, place: int | None) -> str:
    """Return what names an answer: whose it is, how far it reaches, the place in the queue."""
    return f'"{newest.state.protocol}-{seq}-{place or 0}"'


def _place(newest: Event, house: House) -> int | None:
    """Return the place of a customer who waits."""
    if newest.state.status is not Status.WAITING:
        return None
    return queue_position(newest.conversation, store=house.store)


def _shown(entry: Entry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "role": "user" if entry.author == "customer" else "assistant",
        "author": entry.author,
        "name": entry.name or None,
        "content": entry.content,
        "timestamp": stamp(entry.at),
    }
