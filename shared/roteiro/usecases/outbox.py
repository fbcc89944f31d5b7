"""What leaves the house because of an event: announced before the event is stored, sent afterwards, at least once.

An announcement is a document `delivery:<due>:<write id>:<n>`, so what is due is one short scan. It holds no words:
these are in the event, and an announcement whose event never came, or was erased, is dropped. What could not be
delivered stays as `dead:<id>`; `hook-off:<hash of the URL>` marks an address whose owner wants no more (HTTP 410).
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any, NamedTuple

from roteiro.domain.conversation import Event, Outgoing
from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import stamp
from roteiro.ports import Clock, Delivered, Document, Letter, Sender, Shelf, Store
from roteiro.usecases.parts import all_pages

__all__ = [
    "DEAD",
    "PENDING",
    "Office",
    "Tried",
    "announce",
    "deliver_due",
    "delivery_id",
    "enter",
    "event_of",
    "forget",
    "leave",
    "off_key",
]

PENDING = "delivery:"
DEAD = "dead:"
# Seconds until the next try; chosen, see decision 0017.
_DELAYS_S = (30, 5 * 60, 30 * 60, 2 * 3600, 8 * 3600, 24 * 3600)
_SPREAD = 0.2  # share by which a delay is longer or shorter, so that what failed together does not return together
_YOUNG = timedelta(seconds=60)  # how long an announcement may wait for its event: an append takes 3 s at most
_LEASE = timedelta(seconds=30)  # beyond the letter's own time-out: looking up a name may take long
_LOOKED_AT = 20  # announcements read beyond those wanted: they may be in somebody else's hands
_TRANSIENT = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})


class Office(NamedTuple):
    """The adapters of a delivery; `sender` is asked for when something is due, `chance` gives a number 0..1."""

    store: Store
    shelf: Shelf
    sender: Callable[[], Sender]
    clock: Clock
    chance: Callable[[], float]


class Tried(NamedTuple):
    """What came of one announcement: `sent`, `later`, `dead`, `off` (the receiver wants no more) or `dropped`."""

    id: str
    verdict: str
    status: int = 0
    reason: str = ""


def announce(event: Event, shelf: Shelf, clock: Clock) -> None:
    """Note what an event sends; to be called before the event is appended, so that nothing is ever forgotten."""
    now = clock.now()
    for n, outgoing in enumerate(event.outbox):
        if outgoing.hook.get("url"):
            enter(_announcement(event, n, now), now, shelf)


def enter(announcement: Mapping[str, Any], due: datetime, shelf: Shelf) -> None:
    """Put an announcement where it is found once it is due."""
    moment = stamp(due)
    key = f"{PENDING}{moment}:{announcement['write_id']}:{announcement['n']:02d}"
    shelf.create(key, {**announcement, "version": 1, "due": moment, "until": ""})


def leave(key: str, shelf: Shelf) -> None:
    """Take one document off the shelf."""
    shelf.delete_range(key, f"{key} ")  # the blank sorts before all that keys hold, so no other key is between


def forget(is_erased: Callable[[ConversationId], bool], shelf: Shelf) -> None:
    """Take away what waits to be sent, and what could not be, of erased conversations."""
    for prefix in (PENDING, DEAD):
        for document in all_pages(shelf, prefix):
            if is_erased(ConversationId(document["conversation"])):
                leave(document["_id"], shelf)


def delivery_id(event: Event, n: int) -> str:
    """Return the id of an event's effect number `n`, the same for ever; the event's own would open its conversation."""
    return "wh_" + hashlib.sha256(f"{event.id}:{n}".encode()).hexdigest()[:32]


def off_key(url: str) -> str:
    """Return the key that marks an address as switched off by its owner."""
    return "hook-off:" + hashlib.sha256(url.encode()).hexdigest()[:32]


def event_of(announcement: Document, store: Store) -> Event | None:
    """Return the event that an announcement speaks of; None if it never came or was erased."""
    found = store.find_turn(ConversationId(announcement["conversation"]), announcement["message_key"])
    return found if found and found.write_id == announcement["write_id"] else None


def deliver_due(office: Office, most: int, within: timedelta | None = None) -> list[Tried]:
    """Send up to `most` letters that are due, none begun later than `within` after the call (None: all)."""
    begun = office.clock.now()
    tried: list[Tried] = []
    for announcement in office.shelf.scan(PENDING, limit=most + _LOOKED_AT):
        now = office.clock.now()
        is_over = within is not None and now - begun > within
        if announcement["due"] > stamp(now) or len(tried) == most or (tried and is_over):
            break
        if announcement["until"] <= stamp(now) and (one := _tried(announcement, now, office)):
            tried.append(one)
    return tried


def _tried(announcement: Document, now: datetime, office: Office) -> Tried | None:
    """Send one, if it is ours to send: None means that somebody else has it, or that its event is still on its way."""
    event = event_of(announcement, office.store)
    if event is None:
        return _dropped(announcement, now, office)
    outgoing = event.outbox[announcement["n"]]
    claimed = _claimed(announcement, outgoing, now, office)
    if claimed is None:
        return None
    if office.shelf.get(off_key(outgoing.hook["url"])):
        never_sent = {**claimed, "tries": announcement["tries"]}
        return _dead(never_sent, outgoing, Delivered(0, "off"), office)
    return _settled(claimed, outgoing, office.sender().send(_letter(event, announcement["n"]), now), office)


def _claimed(announcement: Document, outgoing: Outgoing, now: datetime, office: Office) -> Document | None:
    until = stamp(now + _LEASE + timedelta(seconds=outgoing.hook.get("timeout_s", 5)))
    claimed = {
        **announcement,
        "until": until,
        "version": announcement["version"] + 1,
        "tries": announcement["tries"] + 1,
    }
    is_ours = office.shelf.replace_if_version(announcement["_id"], claimed, announcement["version"])
    return claimed if is_ours else None


def _dropped(announcement: Document, now: datetime, office: Office) -> Tried | None:
    if announcement["created_at"] > stamp(now - _YOUNG):
        return None
    leave(announcement["_id"], office.shelf)
    return Tried(announcement["id"], "dropped")


def _settled(announcement: Document, outgoing: Outgoing, outcome: Delivered, office: Office) -> Tried:
    status = outcome.status
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        leave(announcement["_id"], office.shelf)
        return Tried(announcement["id"], "sent", status)
    if status == HTTPStatus.GONE:
        office.shelf.create(off_key(outgoing.hook["url"]), {"at": stamp(office.clock.now())})
        return _dead(announcement, outgoing, outcome, office)._replace(verdict="off")
    is_final = outcome.is_forbidden or (
        HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR and status not in _TRANSIENT
    )
    delays = _DELAYS_S[: outgoing.hook.get("retries", len(_DELAYS_S))]
    if is_final or announcement["tries"] > len(delays):
        return _dead(announcement, outgoing, outcome, office)
    delay_s = delays[announcement["tries"] - 1] * (1 - _SPREAD + 2 * _SPREAD * office.chance())
    enter(announcement, office.clock.now() + timedelta(seconds=delay_s), office.shelf)
    leave(announcement["_id"], office.shelf)
    return Tried(announcement["id"], "later", status, outcome.reason)


def _dead(announcement: Document, outgoing: Outgoing, outcome: Delivered, office: Office) -> Tried:
    """Keep for the admins what could not be delivered, unless the script does not care."""
    if outgoing.hook.get("on_failure") != "ignore":
        about = {"type": outgoing.type, "status": outcome.status, "reason": outcome.reason}
        about |= {name: outgoing.body.get(name) for name in ("script_id", "protocol")}
        buried = {**announcement, **about, "version": 1, "died_at": stamp(office.clock.now())}
        key = f"{DEAD}{announcement['id']}"
        office.shelf.create(key, buried)
        if event_of(announcement, office.store) is None:  # erased while it was being sent
            leave(key, office.shelf)
    leave(announcement["_id"], office.shelf)
    return Tried(announcement["id"], "dead", outcome.status, outcome.reason)


def _announcement(event: Event, n: int, now: datetime) -> dict[str, Any]:
    return {
        "id": delivery_id(event, n),
        "n": n,
        "conversation": event.conversation,
        "message_key": event.message_key,
        "write_id": event.write_id,
        "tries": 0,
        "created_at": stamp(now),
    }


def _letter(event: Event, n: int) -> Letter:
    """Return what is told: `{"type", "id", "timestamp", "seq", …the body}`, the same bytes at every try."""
    outgoing = event.outbox[n]
    message_id = delivery_id(event, n)
    told = {"type": outgoing.type, "id": message_id, "timestamp": stamp(event.at), "seq": event.seq}
    body = json.dumps({**outgoing.body, **told}, ensure_ascii=False, separators=(",", ":")).encode()
    hook = outgoing.hook
    return Letter(message_id, hook["url"], hook["secret_ref"], body, hook.get("timeout_s", 5.0))
