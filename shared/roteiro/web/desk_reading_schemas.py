"""Answers of the desk's reading routes."""

from typing import Any, Literal

from pydantic import BaseModel

__all__ = ["ConversationAnswer", "QueueAnswer"]

_Status = Literal["bot", "waiting", "human", "closed", "erased"]


class CandidateLine(BaseModel):
    """A script that was weighed; `confidence` is calibrated, 0..1, and all of it is as it was then."""

    script_id: int
    title: str
    confidence: float
    evidence: list[str]
    nearest_example: str | None
    negative_hit: str | None


class EventLine(BaseModel):
    """One event; `text` is the customer's, `reply` what they were told, `note` is for colleagues alone."""

    seq: int
    at: str
    by: str
    kind: str
    text: str | None
    reply: str | None
    action: str | None
    note: str | None
    detail: dict[str, Any]
    decision: str | None
    degraded: str | None
    status: _Status
    script_id: int | None
    step: int


class InHands(BaseModel):
    """Whose a conversation is, and since when somebody waits for it."""

    status: _Status
    owner: Literal["bot", "human"]
    assignee: str | None
    assignee_name: str | None
    queue: str | None
    reason: str | None
    waiting_since: str | None
    due_at: str | None


class QueueItem(InHands):
    """One conversation in the queue.

    `last_text` is masked; `unread` counts messages since the desk's last deed, among the newest 20 events;
    `confidence` is that of the running script, null if a person chose it.
    """

    id: str
    pack: str
    protocol: str
    title: str | None
    script_id: int | None
    step: int
    steps: int
    confidence: float | None
    candidates: list[CandidateLine]
    last_text: str
    locale: str
    unread: int
    seq: int


class QueueCounts(BaseModel):
    """The length of each column under the same filters; 1000 stands for that many and more."""

    waiting: int
    mine: int
    team: int
    bot: int
    closed: int


class QueueAnswer(BaseModel):
    """GET /api/v1/desk/queue; `events` are those of `open` after the number `after`."""

    items: list[QueueItem]
    counts: QueueCounts
    next_cursor: str | None
    events: list[EventLine]


class ConversationState(InHands):
    """What is true now; `version` is the pinned one, `bot` says whether it may speak."""

    bot: Literal["auto", "off"]
    outcome: str | None
    script_id: int | None
    version: int | None
    title: str | None
    step: int
    steps: int
    is_done: bool
    rating: int | None


class SlotLine(BaseModel):
    """One slot; `seq` is the event whose words filled it, `value` is null while `is_masked`."""

    name: str
    label: str
    kind: str
    value: str | bool | int | list[str] | None
    shown: str
    seq: int | None
    is_filled: bool
    is_masked: bool


class ChoiceLine(BaseModel):
    """When and how the running script was chosen; the alternatives are in `candidates`."""

    seq: int
    at: str
    decision: str
    confidence: float
    tier: int
    catalogue_revision: str


class EditLine(BaseModel):
    """One change of the script for this conversation alone."""

    action: str
    step: int
    message: str


class ConversationAnswer(BaseModel):
    """GET /api/v1/desk/conversations/{conversation}; `seq` is the newest event, `events` a window of at most 50."""

    id: str
    pack: str
    protocol: str
    name: str
    locale: str
    seq: int
    state: ConversationState
    version: int | None
    slots: list[SlotLine]
    edits: list[EditLine]
    choice: ChoiceLine | None
    candidates: list[CandidateLine]
    summary: str
    events: list[EventLine]
