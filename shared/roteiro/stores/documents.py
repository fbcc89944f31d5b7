"""Events, marks and heads as the plain documents that every database keeps: JSON values, defaults left out.

A stored event: `{"_id": "<conversation>:000003", "conversation", "client_message_id", "pack", "seq": 3, "at":
"2026-11-20T18:00:00.123Z", "by": "customer", "kind": "turn", "write_id", "text", "reply", "covers": 3, "decision",
"candidates": [...], "state": {"protocol", "status", "owner", "script", "version", "step", …}}`.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from roteiro.domain.conversation import (
    Asking,
    Candidate,
    Edit,
    Event,
    Gist,
    Head,
    Kind,
    Later,
    Lease,
    Mark,
    Outgoing,
    Owner,
    Question,
    State,
    Status,
)
from roteiro.domain.tickets import Stub, Ticket

__all__ = [
    "as_time",
    "event_from",
    "event_to",
    "head_from",
    "head_to",
    "mark_to",
    "ticket_from",
    "time_from",
]

Document = dict[str, Any]
_Readers = Mapping[str, Callable[[Any], Any]]
_PLAIN = frozenset({str, int, bool, float, type(None)})  # written as they are; a subclass, as an enum's, is not


def as_time(moment: datetime | None) -> str | None:
    """Write a moment as ISO-8601 in UTC with milliseconds and Z, so that text order is time order."""
    if moment is None:
        return None
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def time_from(text: str | None) -> datetime | None:
    """Read a moment written by `as_time`."""
    return datetime.fromisoformat(text) if text else None


def event_to(event: Event) -> Document:
    """Write an event with the fields that the unique keys need."""
    document = _written(event)
    document |= {"_id": event.id, "client_message_id": event.message_key, "state": _state_to(event.state)}
    return document


def event_from(document: Mapping[str, Any]) -> Event:
    """Read an event; fields that a newer release added are passed over."""
    return Event(**_read(Event, document, _EVENT_READERS))


def mark_to(mark: Mark | Ticket) -> Document:
    """Write a mark or a ticket; what stands where events have a conversation is its own, so no unique key can clash."""
    if isinstance(mark, Ticket):
        return _ticket_to(mark)
    return {
        "_id": mark.id,
        "conversation": mark.id,
        "client_message_id": "#0",
        "holds": mark.conversation,
        "at": as_time(mark.at),
    }


def ticket_from(document: Mapping[str, Any]) -> Ticket:
    """Read a ticket."""
    stubs = (Stub(datetime.fromisoformat(at), of) for at, of in document["stubs"])
    return Ticket(document["key"], document["seq"], tuple(stubs))


def head_to(head: Head) -> Document:
    """Write a head; its key is the conversation, and lists are sorted by its place."""
    return _written(head) | {"_id": head.conversation, "status": head.status.value, "place": head.place}


def head_from(document: Mapping[str, Any]) -> Head:
    """Read a head."""
    return Head(**_read(Head, document, _HEAD_READERS))


def _ticket_to(ticket: Ticket) -> Document:
    return {
        "_id": ticket.id,
        "conversation": ticket.owner,
        "client_message_id": f"#{ticket.seq}",
        "key": ticket.key,
        "seq": ticket.seq,
        "at": as_time(ticket.at),
        "stubs": [[as_time(stub.at), stub.of] for stub in ticket.stubs],
    }


def _state_to(state: State) -> Document:
    document = _written(state)
    if state.lease:
        document["lease"] = _written(state.lease)
    return document


def _state_from(document: Mapping[str, Any]) -> State:
    return State(**_read(State, document, _STATE_READERS))


def _written(thing: Any) -> Document:
    """Return what differs from a field's default: a document is read again with the same defaults."""
    given = ((name, getattr(thing, name), default) for name, default in _defaults(thing.__class__))
    return {name: _plain(value) for name, value, default in given if value != default}


@cache
def _defaults(kind: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (one.name, one.default_factory() if one.default_factory is not MISSING else one.default) for one in fields(kind)
    )


def _plain(value: Any) -> Any:
    if type(value) in _PLAIN:
        return value
    if isinstance(value, datetime):
        return as_time(value)
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value):
        return _written(value)
    if isinstance(value, Mapping):
        return dict(value)
    return str(value) if isinstance(value, str) else value


def _read(kind: Any, document: Mapping[str, Any], readers: _Readers) -> Document:
    names = _names(kind)
    given = {name: value for name, value in document.items() if name in names}
    return {name: readers[name](value) if name in readers else value for name, value in given.items()}


@cache
def _names(kind: Any) -> frozenset[str]:
    return frozenset(one.name for one in fields(kind))


def _message_id_from(key: str) -> str:
    return "" if key.startswith("#") else key


def _lease_from(document: Mapping[str, Any]) -> Lease:
    return Lease(document["covers"], datetime.fromisoformat(document["until"]), document["write_id"])


def _question_from(document: Mapping[str, Any]) -> Question:
    return Question(**_read(Question, document, {"kind": Asking, "scripts": tuple}))


def _gist_from(document: Mapping[str, Any]) -> Gist:
    return Gist(**_read(Gist, document, {"since": time_from, "last": time_from}))


def _later_from(documents: list[Mapping[str, Any]]) -> tuple[Later, ...]:
    return tuple(map(_one_later_from, documents))


def _one_later_from(document: Mapping[str, Any]) -> Later:
    return Later(**_read(Later, document, {"path": tuple, "edits": _edits_from}))


def _edits_from(documents: list[Mapping[str, Any]]) -> tuple[Edit, ...]:
    return tuple(Edit(**_read(Edit, document, {})) for document in documents)


def _candidates_from(documents: list[Mapping[str, Any]]) -> tuple[Candidate, ...]:
    return tuple(Candidate(**_read(Candidate, document, {"evidence": tuple})) for document in documents)


def _outbox_from(documents: list[Mapping[str, Any]]) -> tuple[Outgoing, ...]:
    return tuple(Outgoing(**_read(Outgoing, document, {})) for document in documents)


_STATE_READERS: _Readers = {
    "edits": _edits_from,
    "unheard": tuple,
    "path": tuple,
    "status": Status,
    "owner": Owner,
    "asked": _question_from,
    "last": _one_later_from,
    "later": _later_from,
    "lease": _lease_from,
    "gist": _gist_from,
    "expires_at": time_from,
    "waiting_since": time_from,
}
_EVENT_READERS: _Readers = {
    "client_message_id": _message_id_from,
    "at": time_from,
    "kind": Kind,
    "state": _state_from,
    "candidates": _candidates_from,
    "outbox": _outbox_from,
}
_HEAD_READERS: _Readers = {
    "status": Status,
    "owner": Owner,
    "at": time_from,
    "waiting_since": time_from,
    "due_at": time_from,
}
