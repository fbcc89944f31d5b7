"""What the public pages of a pack answer; suggestions and agents as the second seed writes them, all keys always."""

from typing import Any

from pydantic import BaseModel, RootModel

__all__ = ["AgentList", "ConfigAnswer", "SuggestionList"]


class SuggestionAnswer(BaseModel):
    """A button of a page: `action` is the message that it sends."""

    id: str
    label: str
    icon: str
    action: str


class AgentAnswer(BaseModel):
    """A name that signs replies."""

    id: str
    name: str
    avatar: str
    role: str
    description: str
    status: str


class SuggestionList(RootModel[list[SuggestionAnswer]]):
    """GET /api/v1/chat/suggestions."""


class AgentList(RootModel[list[AgentAnswer]]):
    """GET /api/v1/chat/agents."""


class EntryAnswer(BaseModel):
    """A button that every page has; label and message by language."""

    id: str
    label: dict[str, str]
    action: dict[str, str]


class LimitsAnswer(BaseModel):
    """What a message and a session may have."""

    message_characters: int
    name_characters: int
    messages_per_session: int
    idle_hours: float


class ConfigAnswer(BaseModel):
    """GET /api/v1/chat/config: texts and the privacy notice by language; `hours` null: people are always there."""

    pack: str
    title: str
    texts: dict[str, dict[str, str]]
    suggestions: list[SuggestionAnswer]
    entries: list[EntryAnswer]
    hours: dict[str, Any] | None
    limits: LimitsAnswer
    privacy: dict[str, str]
