"""Bodies and answers on the wire; names that existing clients expect live here alone.

"Seed 1" is the public document of Segurozinho: its names are kept letter for letter (`Name`, `Session`,
`is_final_step` as the text "True"/"False", `AI_MESSAGE`).
"""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = [
    "AiMessage",
    "BackendAnswer",
    "BackendBody",
    "ChatAiAnswer",
    "ChatAnswer",
    "ChatBody",
    "DeadLetterList",
    "Health",
    "InitialAnswer",
    "InitialBody",
    "MessageList",
    "Notice",
    "Ping",
    "ProtocolAnswer",
    "Queued",
    "RankAnswer",
    "RankBody",
    "Ready",
    "Refusal",
    "ScriptList",
    "StatusNotice",
    "TranscriptAnswer",
]


class _Customer(BaseModel):
    """Bodies of customers: unknown fields are passed over, because existing clients send more than documented."""

    model_config = ConfigDict(strict=True, extra="ignore")


class _Staff(BaseModel):
    """Bodies of staff: unknown fields are refused, so that a typo fails."""

    model_config = ConfigDict(strict=True, extra="forbid")


class InitialBody(_Customer):
    """Seed 1, POST /initial-message: `message` is the customer's name."""

    message: str


class ChatBody(_Customer):
    """Seed 1, POST /chat and /chat_ai; `session_id` as a later version of that client sends it."""

    message: str
    session_id: str | None = None
    client_message_id: str | None = None


class BackendBody(_Customer):
    """Seed 1, POST /api/v1/chat and /api/v1/chat_ai."""

    user_id: Annotated[str, Field(min_length=1, max_length=128)]
    message: str
    client_message_id: str | None = None


class RankBody(_Staff):
    """POST /api/v1/match/rank."""

    message: str
    k: Annotated[int, Field(ge=1, le=10)] = 3
    pack: str | None = None
    catalogue: Literal["published"] = "published"


class InitialAnswer(BaseModel):
    """Seed 1's answer to /initial-message: capital `Name` and `Session`."""

    answer: str
    Name: str
    Session: str


class ChatAnswer(BaseModel):
    """Seed 1's answer to /chat: `steps` is the script's total, `is_final_step` the text "True" or "False"."""

    answer: str
    steps: int
    is_final_step: Literal["True", "False"]


class AiMessage(BaseModel):
    """Seed 1's answer to /api/v1/chat_ai."""

    AI_MESSAGE: str


class ChatAiAnswer(BaseModel):
    """Seed 1's answer to /chat_ai: a text, or an object where ROTEIRO_CHAT_AI_ANSWER=object."""

    answer: str | AiMessage


class BackendMessage(BaseModel):
    """The turn inside seed 1's backend answer."""

    step: int
    user_message: str
    bot_response: str


class BackendAnswer(BaseModel):
    """Seed 1's answer to /api/v1/chat: here `is_final_step` is a boolean."""

    steps: int
    message: BackendMessage
    is_final_step: bool


class Notice(BaseModel):
    """Seed 1's answer to a change: one sentence, and what it was about."""

    message: str


class StatusNotice(BaseModel):
    """Seed 1's answer to an insert."""

    status: str


class ScriptList(BaseModel):
    """Seed 1's list: `scripts` is a JSON text of the documents; `items` the same as objects."""

    scripts: str
    items: list[dict[str, Any]]
    next_cursor: str | None


class MessageList(BaseModel):
    """Seed 1's list of messages: `messages` is a JSON text of the items."""

    messages: str
    items: list[dict[str, Any]]
    next_cursor: str | None


class RankedScript(BaseModel):
    """One candidate of a ranking; `confidence` is calibrated, 0..1."""

    script_id: int
    version: int
    title: str
    confidence: float
    evidence: list[str]
    nearest_example: str | None
    negative_hit: str | None


class RankAnswer(BaseModel):
    """POST /api/v1/match/rank; `tier` decided: the same words, words and letters, vectors, a vote."""

    decision: Literal["match", "clarify", "out_of_scope", "handoff", "smalltalk"]
    candidates: list[RankedScript]
    tier: Literal[0, 1, 2, 3]
    threshold: float
    catalogue_revision: str
    took_ms: float


class Ping(BaseModel):
    """Seed 1's health answer."""

    Ping: str


class Health(BaseModel):
    """GET /health."""

    status: str
    version: str
    function: str


class Ready(BaseModel):
    """GET /ready."""

    status: str
    store: str
    catalogue_revision: str


class Said(BaseModel):
    """One thing said; `role` is user, assistant or attendant."""

    seq: int
    role: Literal["user", "assistant", "attendant"]
    content: str
    timestamp: str
    protocol: str


class ProtocolAnswer(BaseModel):
    """GET /api/v1/protocol/{number}; `title` and `transcript` only with the number's key or its session's token."""

    protocol: str
    status: str
    opened_at: str
    answered_at: str | None
    closed_at: str | None
    due_at: str
    title: str | None = None
    transcript: list[Said] | None = None


class TranscriptAnswer(BaseModel):
    """GET /api/v1/chat/transcript/{session_id} as JSON."""

    protocol: str
    title: str
    locale: str
    opened_at: str
    status: str
    messages: list[Said]


class DeadLetter(BaseModel):
    """A webhook that could not be delivered: the receiver's last HTTP status, or 0 and the reason."""

    id: str
    type: str
    script_id: int | None
    protocol: str | None
    tries: int
    status: int
    reason: str
    created_at: str
    died_at: str


class DeadLetterList(BaseModel):
    """GET /api/v1/webhooks/dead."""

    items: list[DeadLetter]
    next_cursor: str | None


class Queued(BaseModel):
    """POST /api/v1/webhooks/dead/{id}/retry."""

    id: str
    status: Literal["queued"]


class FieldFault(BaseModel):
    """One wrong field of a body."""

    path: str
    code: str
    message: str


class Refusal(BaseModel):
    """Every error: `message` and `detail` are the same sentence, in the reader's language."""

    status: Literal["Error"]
    code: str
    message: str
    detail: str
    request_id: str
    fields: list[FieldFault] | None = None
    retry_after: int | None = None
    current: int | str | None = None  # with `stale`: the published version, or the checksum of the draft
    report: dict[str, Any] | None = None  # with `gate_failed`: what the gate found
