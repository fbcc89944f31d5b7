"""Bodies and answers of the second seed's chat; its names are kept letter for letter, ours stand beside them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["MessageAnswer", "MessageBody"]


class MessageBody(BaseModel):
    """Seed 2, POST /api/v1/chat/message and /stream: unknown fields are passed over, existing clients send more."""

    model_config = ConfigDict(strict=True, extra="ignore")

    message: str
    session_id: str | None = None
    context: dict[str, Any] | None = None  # at most 4 KiB, 4 levels; only keys that the pack lists are kept
    agent_id: Annotated[str, Field(max_length=60)] | None = None  # a wish: who signs where the routing leaves it open
    client_message_id: str | None = None
    seen_seq: Annotated[int, Field(ge=-1)] | None = None  # of /events: what was shown up to there is not told again
    pack: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")] | None = None
    locale: str | None = None  # as in Accept-Language; one that we do not speak changes nothing


class LinkAnswer(BaseModel):
    """A file that a reply gives out."""

    rel: str
    href: str
    type: str
    expires_at: str


class OrganAnswer(BaseModel):
    """An organ that the message named; `siafi_code` as the transparency portal has it, null until checked."""

    name: str
    code: str
    siafi_code: str | None


class EntitiesAnswer(BaseModel):
    """What this message alone tells: organs, a period (both ends included), amounts of money in R$."""

    organs: list[OrganAnswer]
    period: dict[str, Any] | None
    values: list[float]
    amounts: list[dict[str, Any]]


class MetadataAnswer(BaseModel):
    """About the turn; `is_demo_mode`: contracts are a made-up sample. `processing_time` is in seconds."""

    intent_type: str
    processing_time: float
    is_demo_mode: bool
    timestamp: str
    cached: bool
    entities: EntitiesAnswer
    degraded_reason: str | None = None


class MessageAnswer(BaseModel):
    """Seed 2's answer to /message; the token and the protocol's key stand only in the answer that issues them."""

    session_id: str
    message_id: str
    agent_id: str
    agent_name: str
    message: str
    response: str
    confidence: Annotated[float, Field(ge=0, le=1)]
    suggested_actions: list[str]
    suggestions: list[str]
    follow_up_questions: list[str]
    requires_input: dict[str, str] | None
    degraded: bool
    replayed: bool
    seq: int
    status: Literal["bot", "waiting", "human", "closed"]
    owner: Literal["bot", "human"]
    script_id: int | None
    step: int
    steps: int
    is_final_step: bool
    slots: dict[str, Any]
    links: list[LinkAnswer]
    protocol: str
    session_token: str | None = None
    protocol_key: str | None = None
    metadata: MetadataAnswer
