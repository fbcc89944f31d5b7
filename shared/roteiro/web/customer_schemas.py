"""Bodies and answers of the product's own customer routes: following, calling a person, rating."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

__all__ = ["FeedAnswer", "HandoffAnswer", "HandoffBody", "RatingAnswer", "RatingBody"]

_Status = Literal["bot", "waiting", "human", "closed"]


class _Customer(BaseModel):
    """Bodies of customers: unknown fields are passed over."""

    model_config = ConfigDict(strict=True, extra="ignore")

    session_id: str | None = None


class HandoffBody(_Customer):
    """POST /api/v1/chat/handoff: nothing is asked; `reason` is for who takes over."""

    reason: Annotated[str, Field(max_length=500)] | None = None


class HandoffAnswer(BaseModel):
    """Where the customer stands; `position` 1 is next, null once a person has the conversation."""

    status: Literal["waiting", "human"]
    position: int | None
    message: str
    protocol: str


class RatingBody(_Customer):
    """POST /api/v1/chat/rating."""

    solved: bool
    score: Annotated[int, Field(ge=1, le=5)] | None = None
    comment: Annotated[str, Field(max_length=500)] | None = None


class RatingAnswer(BaseModel):
    """It was written down."""

    status: Literal["ok"]


class FeedEntry(BaseModel):
    """One thing said; `name` is a person's first name, null for anybody else."""

    seq: int
    role: Literal["user", "assistant"]
    author: Literal["customer", "bot", "human"]
    name: str | None
    content: str
    timestamp: str


class FeedAnswer(BaseModel):
    """GET /api/v1/chat/events: what was said after `after`; `seq` is the next `after`."""

    events: list[FeedEntry]
    seq: int
    status: _Status
    owner: Literal["bot", "human"]
    is_final_step: bool
    position: int | None
