"""Answers of the second seed's history and session routes; both spellings of the pages' keys are of its clients."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

__all__ = ["EraseAnswer", "EraseBody", "HistoryAnswer", "HistoryPage", "NoticeAnswer", "SessionAnswer", "SessionList"]


class AuthorAnswer(BaseModel):
    """Who said it, where it was a person."""

    author: Literal["human"]


class MessageLine(BaseModel):
    """One thing said; agents sign what the bot says, a person's first name stands where an agent's would."""

    id: str
    session_id: str
    seq: int
    role: Literal["user", "assistant", "system"]
    content: str
    timestamp: str
    agent_id: str | None = None
    agent_name: str | None = None
    metadata: AuthorAnswer | None = None


class HistoryAnswer(BaseModel):
    """GET /api/v1/chat/history/{session_id}: the newest messages, oldest first; the total is the conversation's."""

    session_id: str
    messages: list[MessageLine]
    total_messages: int
    current_investigation_id: str | None


class PageFacts(BaseModel):
    """About the conversation that a page is of."""

    session_id: str
    created_at: str
    investigation_id: str | None


class HistoryPage(BaseModel):
    """GET /api/v1/chat/history/{session_id}/paginated; `has_more` is about the direction that was asked for."""

    items: list[MessageLine]
    next_cursor: str | None
    previous_cursor: str | None
    prev_cursor: str | None
    has_next: bool
    has_previous: bool
    has_more: bool
    total_count: int
    total_items: int
    metadata: PageFacts


class NoticeAnswer(BaseModel):
    """What was done, in the seed's own words."""

    message: str


class SessionAnswer(BaseModel):
    """A conversation in a list; `title` is what the customer said first."""

    id: str
    session_id: str
    user_id: str | None
    title: str
    agent_id: str
    status: Literal["bot", "waiting", "human", "closed"]
    message_count: int
    created_at: str
    updated_at: str
    last_message_at: str | None
    last_activity: str
    current_investigation_id: str | None
    context: dict[str, Any]


class SessionList(BaseModel):
    """GET /api/v1/chat/sessions: a signed-in customer's own, newest first; `count` is of this page."""

    sessions: list[SessionAnswer]
    count: int
    limit: int
    offset: int


class EraseBody(BaseModel):
    """POST /api/v1/chat/erase: one conversation, or without one all of the customer who signed in."""

    model_config = ConfigDict(strict=True, extra="ignore")

    session_id: str | None = None


class EraseAnswer(BaseModel):
    """What was erased is gone; the receipt proves when, and that we wrote it."""

    status: Literal["erased"]
    kept: Literal["register", "nothing"]
    receipt: str
