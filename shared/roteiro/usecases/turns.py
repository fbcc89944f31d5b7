"""How one turn is written so that nothing is lost or doubled: load, look whether it is known, append, or wait.

The newest event's state is the conversation's; the insert of event n+1 is the lock. Who loses the seat loads again and
decides again. Words that wait for a model are stored first, under a lease; who finds a dead lease answers by script.
"""

import hashlib
import random
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from roteiro.domain.conversation import Event, Kind, Mark, Owner, State, Status, reply_to, unanswered
from roteiro.domain.desk.queue import head_after
from roteiro.domain.ids import ConversationId
from roteiro.domain.tickets import Admission, Counted, Ticket
from roteiro.errors import (
    ConversationBusy,
    IdReused,
    LimitReached,
    OutcomeUnknown,
    SeatTaken,
    SessionNotFound,
    TurnInProgress,
)
from roteiro.ports import Clock, Store
from roteiro.usecases.gists import with_gist

__all__ = [
    "Answer",
    "Past",
    "Words",
    "append",
    "before_first",
    "known_turn",
    "load",
    "mark_of",
    "marks_of",
    "retrying",
    "settled",
    "write_id",
]

_ATTEMPTS = 8  # seats a turn may lose before it answers "busy"; spec'd with full jitter, 1 s in all
_TURN_LIFE = timedelta(seconds=6)  # what a request waits for somebody else's answer
_FIRST_WAIT, _LONGEST_WAIT = 0.15, 0.5  # seconds between two looks at a running turn


@dataclass(frozen=True, slots=True)
class Words:
    """What a customer sent: to which conversation, and how the client names the message."""

    conversation: ConversationId
    pack: str
    text: str
    message_id: str = ""  # the client's; empty: none
    locale: str = "pt-BR"
    may_open: bool = False  # begins the conversation, or a new epoch of an expired one
    user: str = ""  # `sub` of a customer who signed in: whose the conversation is from then on
    extra: Mapping[str, Any] = field(default_factory=dict)  # what the event keeps besides: context, agent_wish
    admissions: tuple[Admission, ...] = ()  # what it counts against, exactly; empty: nothing
    seen_seq: int = -1  # the newest event that the client has shown already; its texts are not told again
    tongue: str = ""  # the language asked for with this very message; empty: none, the conversation keeps its own

    @property
    def body_hash(self) -> str:
        """Return what tells the same message from another one under the same id."""
        return hashlib.sha256(self.text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Answer:
    """The event that answers a customer; `reply` is None while a person owns the conversation."""

    event: Event
    replayed: bool = False
    opened: bool = False  # issued a protocol number

    @property
    def state(self) -> State:
        """Return the state after the turn."""
        return self.event.state


@dataclass(frozen=True, slots=True)
class Past:
    """The newest events, oldest first, and the time of this decision, which never runs backwards."""

    events: tuple[Event, ...]
    now: datetime
    counted: tuple[Counted, ...] = ()  # what the next event counts against

    @property
    def newest(self) -> Event | None:
        """Return the event whose state counts; None before the first."""
        return self.events[-1] if self.events else None

    @property
    def next_seq(self) -> int:
        """Return the seat that the next event takes."""
        return self.events[-1].seq + 1 if self.events else 0

    @property
    def wait_s(self) -> int:
        """Return after how many whole seconds the next event may be written; 0: now."""
        return max((one.wait_s(self.now) for one in self._asked), default=0)

    @property
    def full_meter(self) -> str:
        """Return what there were too many of: new conversations, or as `LimitReached` has it messages."""
        is_openings = any(one.admission.is_opening and one.wait_s(self.now) for one in self._asked)
        return "sessions" if is_openings else ""

    @property
    def tickets(self) -> list[Ticket]:
        """Return the tickets that are inserted before the next event."""
        tickets = [one.ticket(self.now) for one in self._asked]
        return [ticket for ticket in tickets if ticket]

    @property
    def _asked(self) -> list[Counted]:
        return [one for one in self.counted if not (self.events and one.admission.is_opening)]

    def next_event(self, by: str, kind: Kind, state: State) -> Event:
        """Return the event after the newest one, of the same conversation and with a write id of its own."""
        newest = self.events[-1]
        return Event(newest.conversation, newest.pack, self.next_seq, self.now, by, kind, state, write_id())


def load(
    conversation: ConversationId, last: int, *, store: Store, clock: Clock, admissions: Sequence[Admission] = ()
) -> Past:
    """Read the newest events, and as many more as hold words that nobody answered; beside them, who was let in."""
    events, counted = _read(conversation, last, admissions, store)
    if events and events[-1].state.owner is Owner.BOT:
        needed = events[-1].seq - events[-1].state.answered
        if needed > len(events):
            events = store.load(conversation, needed)
    now = clock.now()
    return Past(tuple(events), max(now, events[-1].at) if events else now, counted)


def before_first(words: Words, *, store: Store, clock: Clock) -> Past:
    """Return the past of a conversation that nobody can have begun; raises LimitReached."""
    _, counted = _read(words.conversation, 1, words.admissions, store) if words.admissions else ([], ())
    past = Past((), clock.now(), counted)
    _check_limits(past)
    return past


def _read(
    conversation: ConversationId, last: int, admissions: Sequence[Admission], store: Store
) -> tuple[list[Event], tuple[Counted, ...]]:
    if not admissions:
        return store.load(conversation, last), ()
    events, tickets = store.load_with_tickets(conversation, last, [one.key for one in admissions])
    return events, tuple(map(Counted, admissions, tickets))


def _check_limits(past: Past) -> None:
    if past.wait_s:
        raise LimitReached(past.wait_s, past.full_meter)


def known_turn(words: Words, past: Past, store: Store) -> Event | None:
    """Return the event that already holds these words.

    Raises IdReused if the id came with another text, SessionNotFound if the conversation is another pack's, another
    customer's or erased, LimitReached if the words are new and too many.
    """
    newest = past.newest
    if newest and not newest.state.is_open_to(words.user):
        raise SessionNotFound
    if newest and (newest.pack != words.pack or newest.state.status is Status.ERASED):
        raise SessionNotFound
    found = _by_message_id(words, past, store) if words.message_id else _same_words_unanswered(words, past)
    if found and found.body_hash != words.body_hash:
        raise IdReused(words.message_id)
    if found is None:
        _check_limits(past)
    return found


def _by_message_id(words: Words, past: Past, store: Store) -> Event | None:
    """Look among the loaded events first: only an older copy costs a read."""
    found = next((event for event in past.events if event.client_message_id == words.message_id), None)
    if found is None and past.events and past.events[0].seq > 0:
        return store.find_turn(words.conversation, words.message_id)
    return found


def append(event: Event, past: Past, store: Store, marks: Sequence[Mark] = ()) -> Event:
    """Insert tickets, marks, an event that tells its epoch's gist, and the head when it changes; return that event.

    Raises SeatTaken, also when an unknown outcome was not ours.
    """
    event = with_gist(event, past.newest)
    try:
        store.append(event, [*past.tickets, *marks], head_after(event, past.newest))
    except OutcomeUnknown:
        if not any(found.write_id == event.write_id for found in store.load(event.conversation, _ATTEMPTS)):
            raise SeatTaken(event.id) from None
    return event


def retrying(attempt: Callable[[], Answer | None], clock: Clock) -> Answer:
    """Try until a seat is won; raises ConversationBusy after 8 lost ones."""
    for tries in range(_ATTEMPTS):
        try:
            if answer := attempt():
                return answer
        except SeatTaken:
            clock.sleep(random.uniform(0, 0.02 * 2**tries))  # noqa: S311 - spreads rivals, guards nothing
    raise ConversationBusy


def settled(said: Event, answer_by_script: Callable[[Past], Event], *, store: Store, clock: Clock) -> Answer:
    """Return the answer to stored words: the one that covers them, the running one's, or the script's.

    Raises TurnInProgress when somebody else is still answering after 6 s.
    """
    deadline = clock.now() + _TURN_LIFE
    wait = _FIRST_WAIT

    def attempt() -> Answer:
        nonlocal wait
        past = load(said.conversation, 1, store=store, clock=clock)
        while (found := _covering(said, past, store)) is None and _is_leased(past):
            if clock.now() + timedelta(seconds=wait) > deadline:
                raise TurnInProgress
            clock.sleep(wait)
            wait = min(wait * 1.5, _LONGEST_WAIT)
            past = load(said.conversation, 1, store=store, clock=clock)
        if found:
            return Answer(found)
        event = answer_by_script(past)
        return Answer(append(event, past, store, marks_of(event, past)))

    return retrying(attempt, clock)


def mark_of(protocol: str, conversation: ConversationId, at: datetime) -> Mark:
    """Return the mark that makes a protocol number unique in the deployment."""
    return Mark(f"~p:{protocol}", conversation, at)


def marks_of(event: Event, past: Past) -> list[Mark]:
    """Return the mark of a protocol number that an event issues."""
    before = past.newest.state.protocol if past.newest else ""
    is_new = event.state.protocol != before
    return [mark_of(event.state.protocol, event.conversation, event.at)] if is_new else []


def write_id() -> str:
    """Return 96 random bits that name one append."""
    return secrets.token_hex(12)


def _same_words_unanswered(words: Words, past: Past) -> Event | None:
    """Find the copy of a message whose first request is still running: a client without ids asks again."""
    newest = past.newest
    if newest is None or newest.state.owner is Owner.HUMAN or newest.kind is not Kind.SAID:
        return None
    return newest if newest.text == words.text and unanswered(past.events) else None


def _is_leased(past: Past) -> bool:
    lease = past.events[-1].state.lease if past.events else None
    return lease is not None and lease.until > past.now


def _covering(said: Event, past: Past, store: Store) -> Event | None:
    newest = past.newest
    if newest is None or newest.state.status is Status.ERASED:
        raise SessionNotFound
    if said.reply is not None or said.state.owner is Owner.HUMAN or said.state.is_off:
        return said
    if newest.state.answered < said.seq:
        return None
    since = store.load(said.conversation, newest.seq - said.seq + 1)
    return reply_to(said, since) or replace(newest, reply=None)
