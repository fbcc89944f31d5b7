"""What attendants do to a conversation: each deed is one audit entry and one event, or is refused and withdrawn.

The insert of event n+1 is the lock: who loses the seat reads again and decides again, and a deed that is no longer
possible then is refused with what is true now. No model is called, so nothing here can starve.
"""

import hashlib
import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from roteiro.domain.acting import Act as StepAct
from roteiro.domain.acting import nothing_done
from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event, Kind, State, Status, is_expired, refreshed
from roteiro.domain.desk.desking import Act
from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import COMPANY_ZONE, stamp
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import (
    Conflict,
    ConversationBusy,
    IdReused,
    InvalidRequest,
    NotFound,
    SeatTaken,
    SessionNotFound,
    Stale,
)
from roteiro.ports import Clock, Shelf, Store
from roteiro.usecases.audit import Deed, record
from roteiro.usecases.occasions import occasion_of
from roteiro.usecases.turns import Past, append, load

__all__ = ["Attendant", "Desk", "Doing", "Order", "act", "note_reading", "opened", "pack_of"]

_ATTEMPTS = 16  # seats a deed may lose (specs: desk actions use the same append with up to 16 tries in 2 s)
_LONGEST_PAUSE = 0.25  # seconds between two of them

Doing = Callable[[State, Occasion], Act]


@dataclass(frozen=True, slots=True)
class Order:
    """A deed and how it was asked for.

    `seen` is the newest event that the caller knows; `message_id` names the request, which is not done twice; a
    rehearsal writes nothing and only tells what would be.
    """

    doing: Doing
    reason: str = ""
    seen: int | None = None
    message_id: str = ""
    body_hash: str = ""  # tells the same request from another one under its id
    is_rehearsal: bool = False


@dataclass(frozen=True, slots=True)
class Attendant:
    """Who acts: the id that conversations are assigned to, the name that customers may read, and the role.

    `account` is how the audit names them; empty: by the id.
    """

    id: str
    name: str
    role: str
    request_id: str = ""
    account: str = ""


@dataclass(frozen=True)
class Desk:
    """What deeds need: the conversations, the audit's shelf, the time, and a pack's catalogue for its office hours."""

    store: Store
    shelf: Shelf
    clock: Clock
    catalogue: Callable[[str], Catalogue] | None = None  # of a pack; None: it is always open
    act_in: Callable[[ConversationId, str], StepAct] = lambda *_: nothing_done  # of a conversation and its pack


def opened(conversation: ConversationId, who: Attendant, desk: Desk) -> Past:
    """Return a conversation's newest event for an attendant who reads it; the reading is audited first.

    Raises SessionNotFound for one that does not exist or was erased.
    """
    past = _found(conversation, desk)
    note_reading(past.events[-1], who, desk, is_opening=True)
    return past


def note_reading(newest: Event, who: Attendant, desk: Desk, *, is_opening: bool = False) -> None:
    """Audit that somebody opens a conversation, or reads in one that they have not opened since it was erased.

    Polls by whoever has opened it are told by that entry. The mark comes after the entry: without it there is none.
    """
    mark = f"opened:{newest.conversation}:{hashlib.sha256(who.id.encode()).hexdigest()}"
    is_known = desk.shelf.get(mark) is not None
    if is_opening or not is_known:
        _audit("conversation.read", newest, who, "", desk)
    if not is_known:
        desk.shelf.create(mark, {"at": stamp(desk.clock.now())})


def act(conversation: ConversationId, who: Attendant, order: Order, desk: Desk) -> Event:
    """Do something to a conversation; return the event that holds it, or, of a rehearsal, the one that would.

    Raises SessionNotFound, Stale (with `current`), what the order's deed raises, StoreUnavailable if it cannot be
    audited, ConversationBusy after 16 lost seats.
    """
    if order.message_id and (before := desk.store.find_turn(conversation, order.message_id)):
        return _same(before, who, order)
    told: dict[str, Event] = {}
    try:
        return _done(conversation, who, order, desk, told)
    except (Conflict, NotFound, InvalidRequest, ConversationBusy):
        for action, newest in told.items():  # it was announced, and rivals then made it impossible
            _audit(f"{action}.withdrawn", newest, who, order.reason, desk)
        raise


def _done(conversation: ConversationId, who: Attendant, order: Order, desk: Desk, told: dict[str, Event]) -> Event:
    """Decide and write until a seat is won; `told` keeps what the audit was told, and the newest event then."""
    for _ in range(_ATTEMPTS):
        past = _found(conversation, desk)
        if is_expired(past.events[-1].state, past.now):
            raise SessionNotFound  # nothing brings an expired conversation back but a word of the customer
        event = _decided(order, past, who, _occasion(order, past, desk))
        action = f"conversation.{event.action}"
        if not (order.is_rehearsal or action in told):
            _audit(action, past.events[-1], who, order.reason, desk)
            told[action] = past.events[-1]
        if order.is_rehearsal or _is_written(event, past, desk):
            return event
        desk.clock.sleep(random.uniform(0, _LONGEST_PAUSE))  # noqa: S311 - spreads rivals, guards nothing
    raise ConversationBusy


def _decided(order: Order, past: Past, who: Attendant, occasion: Occasion) -> Event:
    newest = past.events[-1]
    if order.seen is not None and newest.seq != order.seen:
        raise Stale("the conversation has moved on", current=newest.seq)
    done = order.doing(newest.state, occasion)
    return replace(_event(done, past, who), client_message_id=order.message_id, body_hash=order.body_hash)


def _same(before: Event, who: Attendant, order: Order) -> Event:
    """Return the event of the same request sent before; raises IdReused if the id came with anything else."""
    if (before.kind, before.by, before.body_hash) != (Kind.DESK, who.id, order.body_hash):
        raise IdReused(order.message_id)
    return before


def _is_written(event: Event, past: Past, desk: Desk) -> bool:
    try:
        append(event, past, desk.store)
    except SeatTaken:
        return False
    return True


def pack_of(conversation: ConversationId, store: Store) -> str:
    """Return the pack that a conversation belongs to. Raises SessionNotFound."""
    newest = store.load(conversation, 1)
    if not newest:
        raise SessionNotFound
    return newest[-1].pack


def _found(conversation: ConversationId, desk: Desk) -> Past:
    past = load(conversation, 1, store=desk.store, clock=desk.clock)
    newest = past.newest
    if newest is None or newest.state.status is Status.ERASED:
        raise SessionNotFound
    return past


def _occasion(order: Order, past: Past, desk: Desk) -> Occasion:
    newest = past.events[-1]
    if desk.catalogue:
        act = nothing_done if order.is_rehearsal else desk.act_in(newest.conversation, newest.pack)
        return occasion_of(past, desk.catalogue(newest.pack), act)
    return Occasion(past.now.astimezone(COMPANY_ZONE).date(), seq=past.next_seq)


def _event(done: Act, past: Past, who: Attendant) -> Event:
    detail = dict(done.detail)
    note = detail.pop("note", None)
    event = past.next_event(who.id, Kind.DESK, _state_after(done, past))
    return replace(
        event,
        reply=done.reply,
        covers=event.seq if done.reply is not None else None,
        action=done.action,
        note=note,
        detail=_described(detail, who),
        outbox=done.outbox,
    )


def _state_after(done: Act, past: Past) -> State:
    """Return the state of a deed: what was said before is the person's now, and the idle life begins again."""
    state, before = done.state, past.events[-1].state
    if done.reply is not None:
        state = replace(state, unheard=(*state.unheard, past.next_seq))
    if state.control != before.control:
        state = replace(state, answered=past.next_seq)
    return refreshed(state, past.now)


def _described(detail: dict[str, Any], who: Attendant) -> dict[str, Any]:
    return {**detail, "name": who.name} if who.name else detail


def _audit(action: str, newest: Event, who: Attendant, reason: str, desk: Desk) -> None:
    deed = Deed(
        who=who.account or who.id,
        role=who.role,
        action=action,
        request_id=who.request_id,
        conversation=newest.conversation,
        protocol=newest.state.protocol,
        reason=reason,
    )
    record([deed], newest.pack, shelf=desk.shelf, now=desk.clock.now())
