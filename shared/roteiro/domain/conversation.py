"""A conversation is its events; the newest one's state is all that is needed to go on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias

from roteiro.domain.ids import ConversationId, ScriptId, event_id
from roteiro.domain.protocol import due_of

__all__ = [
    "IDLE_LIFE",
    "MOST_MESSAGES",
    "Asking",
    "Candidate",
    "Edit",
    "Event",
    "FileLink",
    "Gist",
    "Head",
    "Kind",
    "Later",
    "Lease",
    "Mark",
    "Outgoing",
    "Owner",
    "Question",
    "SlotValue",
    "State",
    "Status",
    "head_of",
    "is_expired",
    "refreshed",
    "reply_to",
    "unanswered",
]

# A collected value as it is stored: text, yes or no, a whole number, several of them; None: skipped, not to be asked.
SlotValue: TypeAlias = str | bool | int | list[str] | None

IDLE_LIFE = timedelta(hours=24)  # documented by the second seed: sessions expire after 24 h of inactivity
MOST_MESSAGES = 1000  # documented by the second seed: messages of the customer in one session


class Status(StrEnum):
    """Where a conversation stands."""

    BOT = "bot"
    WAITING = "waiting"
    HUMAN = "human"
    ENDED = "ended"
    CLOSED = "closed"
    ERASED = "erased"


class Owner(StrEnum):
    """Who answers now."""

    BOT = "bot"
    HUMAN = "human"


class Kind(StrEnum):
    """What an event is: words with their reply, words alone, a late reply, the desk's deed, the end of all text.

    A mark is the beginning, or what a customer did without words.
    """

    TURN = "turn"
    SAID = "said"
    LEASE = "lease"
    REPLY = "reply"
    DESK = "desk"
    MARK = "mark"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """An effect that leaves the house, made durable by the event that holds it.

    `hook` says where to and how, as the script's completion action wrote it: `{url, secret_ref, timeout_s, retries,
    on_failure}`. `body` is what is told but for the id and the time, which the sender adds.
    """

    type: str  # script.completed, cancellation_requested, charge_disputed
    hook: Mapping[str, Any]
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class FileLink:
    """An address that a reply gives out, and until when it opens."""

    rel: str  # report
    href: str
    type: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Lease:
    """A promise to answer the words up to event `covers`, kept by one request until a moment."""

    covers: int
    until: datetime
    write_id: str


class Asking(StrEnum):
    """What a question of ours is about."""

    WHICH = "which"  # "É sobre A ou B?"
    SWITCH = "switch"  # "Quer deixar A e tratar de B?"
    NEXT = "next"  # "Quer continuar com A?"
    STOP = "stop"  # "Quer encerrar A sem registrar nada?"
    RESTART = "restart"  # "Quer recomeçar A do início?"
    VALUE = "value"  # "Anotei 12/03/2026. Está certo?"
    CHANGE = "change"  # "O que você quer corrigir?"
    MEANT = "meant"  # "Você quer dizer o Ministério da Defesa?"; `said` is what a yes stores
    RATING = "rating"  # "De 1 a 5, como foi este atendimento?"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of ours: about scripts, best first, or about a slot's value."""

    kind: Asking
    scripts: tuple[ScriptId, ...] = ()
    slot: str = ""
    said: str = ""  # the words that raised it: whatever is answered, they are not lost


@dataclass(frozen=True, slots=True)
class Edit:
    """What a person changed in the script for one conversation: edit, skip, or insert (before the step of a number)."""

    action: str
    step: int
    message: str = ""


@dataclass(frozen=True, slots=True)
class Later:
    """A demand that waits its turn: a script to begin (step 0), or the version and step where one was left."""

    script: ScriptId
    version: int = 0
    step: int = 0
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    path: tuple[int, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class Gist:
    """What lists and pages tell of an epoch; kept with each event, so that nobody need read them all."""

    since: datetime  # when the epoch began
    said: int = 0  # messages of everybody, as a history counts them
    last: datetime | None = None  # when the newest of them was said
    title: str = ""  # how the customer's first one begins
    context: int = -1  # the newest event with which a client told its context; -1: none


@dataclass(frozen=True, slots=True)
class State:
    """Everything that is true after an event."""

    protocol: str
    status: Status = Status.BOT
    owner: Owner = Owner.BOT
    assigned: str | None = None
    assigned_name: str = ""  # as people read it; empty: there is only the id. Old while nobody is assigned: `holder`
    queue: str = ""  # which people were asked for: those who answer everybody, or those for complaints
    reason: str = ""  # why a person is needed: asked, emergency, complaint, unsure, failed, rule, script, reopened
    is_off: bool = False  # the bot is silent in this conversation although nobody took it over
    outcome: str = ""  # how a person closed it: resolved, pending, informational, duplicate
    edits: tuple[Edit, ...] = ()  # of the running script, for this conversation alone
    unheard: tuple[int, ...] = ()  # events of the desk whose texts the customer's next answer begins with
    script: ScriptId | None = None
    version: int = 0
    step: int = 0
    steps: int = 0
    is_done: bool = False  # the running script has reached its end, whoever owns the conversation since
    slots: Mapping[str, SlotValue] = field(default_factory=dict)
    sources: Mapping[str, int] = field(default_factory=dict)  # slot -> event whose words filled it
    attempts: Mapping[str, int] = field(default_factory=dict)  # slot -> times in a row that no value was found for it
    failed: int = 0  # turns in a row without progress: no slot, no step, no answered question
    path: tuple[int, ...] = ()  # steps delivered or passed over in this run, oldest first
    rating: int = 0  # 1 to 5, what the customer said of the last run; 0: nothing
    tokens: int = 0  # of language models reserved or used in this conversation
    asked: Question | None = None  # a question of ours that waits for its answer
    last: Later | None = None  # the demand that later words may go on with, although another script ran since
    later: tuple[Later, ...] = ()  # demands that come after the running one, the next one first
    name: str = ""
    user: str = ""  # whose conversation it is: `sub` of a customer who signed in; empty: whoever holds its id
    record: str = ""  # number of what was put on record last, such as INV-2026-001
    locale: str = "pt-BR"
    epoch: int = 0  # the event where the visible history begins
    control: int = 0  # grows when a person decides something; a reply begun before that is dropped
    answered: int = -1  # the last event of the customer that has its answer
    count: int = 0  # messages of the customer in this epoch
    gist: Gist | None = None  # None: begun by a release that did not count
    lease: Lease | None = None
    expires_at: datetime | None = None
    waiting_since: datetime | None = None  # when this wait for a person began

    @property
    def holder(self) -> str:
        """Return who holds the conversation as people read it: the name, else the id; empty: nobody."""
        return (self.assigned_name or self.assigned) if self.assigned else ""

    def is_open_to(self, user: str) -> bool:
        """Say whether a customer (empty: nobody who signed in) may have the conversation; one without owner is open."""
        return self.user in ("", user)

    @property
    def is_final(self) -> bool:
        """Say whether the script's last step has been delivered."""
        return self.status is Status.ENDED


@dataclass(frozen=True, slots=True)
class Candidate:
    """A script that was considered, with calibrated confidence 0..1 and what spoke for it."""

    script: ScriptId
    title: str
    confidence: float
    evidence: tuple[str, ...] = ()
    nearest: str | None = None
    against: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """One immutable thing that happened, with the state it led to; `seq` counts from 0 without gaps."""

    conversation: ConversationId
    pack: str
    seq: int
    at: datetime
    by: str  # customer, bot, or the attendant's id
    kind: Kind
    state: State
    write_id: str  # of the writer; tells it after an unknown outcome "that one is mine"
    client_message_id: str = ""  # the client's; empty: none was sent
    body_hash: str = ""
    text: str | None = None
    reply: str | None = None
    covers: int | None = None  # the last customer event that `reply` answers
    decision: str = ""
    confidence: float = 0.0
    candidates: tuple[Candidate, ...] = ()
    catalogue: int = 0  # revision of the catalogue the script was chosen from
    tier: int = 0  # of matching that decided, 0 to 3
    match_ms: int = 0  # milliseconds that matching took
    match_tokens: int = 0  # of models that were asked for it
    action: str = ""  # takeover, reply, note, script, step, slots, handback, close, mode; a customer's handoff, rating
    note: str | None = None  # for colleagues; never shown to the customer, never in a prompt
    detail: Mapping[str, Any] = field(default_factory=dict)  # what an action changed; `heard`: events told late
    outbox: tuple[Outgoing, ...] = ()  # what is to be told to other systems because of this event
    degraded: str = ""  # why a wanted model did not word this; empty: it did, or none was wanted
    model: str = ""
    tokens_in: int = 0  # of the model that worded this, as its server counted them
    tokens_out: int = 0

    @property
    def id(self) -> str:
        """Return the key that only one writer can insert."""
        return event_id(self.conversation, self.seq)

    @property
    def message_key(self) -> str:
        """Return what is unique in a conversation: the client's id of the message, else the event's own number."""
        return self.client_message_id or f"#{self.seq}"


@dataclass(frozen=True, slots=True)
class Mark:
    """A name that may be taken once in the whole deployment, such as a protocol number, inserted with its event."""

    id: str  # `~p:<number>`; no conversation id can contain ~ or :
    conversation: ConversationId
    at: datetime


@dataclass(frozen=True, slots=True)
class Head:
    """What queues and lists show of a conversation. Never trusted for state; rebuilt from the newest event."""

    conversation: ConversationId
    pack: str
    seq: int
    status: Status
    owner: Owner
    assigned: str | None
    protocol: str
    locale: str
    at: datetime
    waiting_since: datetime | None = None
    queue: str = ""
    reason: str = ""
    due_at: datetime | None = None  # until when the demand must be answered
    user: str = ""  # whose conversation it is; empty: whoever holds its id

    @property
    def place(self) -> str:
        """Return what queues are sorted by, as text: the deadline, then the beginning of the wait, then the id.

        >>> Head(ConversationId("8a6e"), "seguros", 0, Status.BOT, Owner.BOT, None, "1", "pt-BR", datetime.min).place
        'z_z_8a6e'
        """
        moments = (self.due_at, self.waiting_since)
        # Thirteen digits of milliseconds until the year 2286; a look-alike takes text that begins like a date for one.
        parts = [f"{moment.timestamp() * 1000:013.0f}" if moment else "z" for moment in moments]
        return "_".join([*parts, self.conversation])


def head_of(event: Event, before: Head | None = None) -> Head:
    """Return the head that belongs to an event; a customer who already waits keeps their place."""
    state = event.state
    waiting_since = None
    if state.status is Status.WAITING:
        waiting_since = state.waiting_since or (before.waiting_since if before else None) or event.at
    return Head(
        conversation=event.conversation,
        pack=event.pack,
        seq=event.seq,
        status=state.status,
        owner=state.owner,
        assigned=state.assigned,
        protocol=state.protocol,
        locale=state.locale,
        at=event.at,
        waiting_since=waiting_since,
        queue=state.queue,
        reason=state.reason,
        due_at=due_of(state.protocol),
        user=state.user,
    )


def is_expired(state: State, now: datetime) -> bool:
    """Say whether nobody may go on with this conversation; who waits for a person never expires."""
    return state.expires_at is not None and now >= state.expires_at


def refreshed(state: State, now: datetime) -> State:
    """Return the state after somebody's word: alive for another day, for ever while a person is awaited."""
    awaited = state.status in (Status.WAITING, Status.HUMAN)
    since = (state.waiting_since or now) if state.status is Status.WAITING else None
    return replace(state, expires_at=None if awaited else now + IDLE_LIFE, waiting_since=since)


def unanswered(events: Sequence[Event]) -> list[Event]:
    """Return the customer's events, oldest first, that no reply covers yet."""
    answered = events[-1].state.answered if events else -1
    return [event for event in events if event.text is not None and event.seq > answered]


def reply_to(said: Event, events: Sequence[Event]) -> Event | None:
    """Return the event whose reply covers the customer's words in `said`; None if there is none among `events`."""
    later = (e for e in events if e.seq >= said.seq and e.reply is not None and e.covers is not None)
    return next((event for event in later if event.covers is not None and event.covers >= said.seq), None)
