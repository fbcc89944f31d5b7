"""Bodies and answers of the desk's deeds; unknown fields are refused, so that a typo fails."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

__all__ = [
    "AdjustBody",
    "ChooseBody",
    "CloseBody",
    "Conclusion",
    "DeedAnswer",
    "DeedBody",
    "HandBackBody",
    "ModeBody",
    "NoteBody",
    "ReplyBody",
    "SlotsBody",
]

_Words = Annotated[str, Field(min_length=1, max_length=2000)]
_Reason = Annotated[str, Field(max_length=500)]


class DeedBody(BaseModel):
    """What every deed may say: the newest event that the attendant has seen, an id of the request, and why."""

    model_config = ConfigDict(strict=True, extra="forbid")

    expected_seq: Annotated[int, Field(ge=0)] | None = None
    client_message_id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")] | None = None
    reason: _Reason = ""


class ReplyBody(DeedBody):
    """A person's message to the customer."""

    message: _Words


class NoteBody(DeedBody):
    """A note for colleagues."""

    text: _Words


class ChooseBody(DeedBody):
    """Another script; `dry_run` only tells what moves and what drops."""

    script_id: Annotated[int, Field(ge=1, le=999_999_999)]
    version: Annotated[int, Field(ge=1)] | None = None
    step: Annotated[int, Field(ge=1, le=1000)] | None = None
    dry_run: bool = False


class AdjustBody(DeedBody):
    """A change of one step for this conversation alone."""

    action: Literal["edit", "skip", "insert", "goto", "answered", "reset"]
    step: Annotated[int, Field(ge=1, le=1000)]
    message: _Words | None = None


def _described(schema: dict[str, Any]) -> None:
    """Describe values by name too, which a model that refuses unknown fields would deny."""
    schema["additionalProperties"] = schema["properties"]["values"]["additionalProperties"]
    schema.pop("required")


class SlotsBody(DeedBody):
    """Corrected data: each value as somebody would write it, null to take one out.

    Values stand under `values`, or beside the other fields by name: a slot that is called like one of them needs
    `values`.
    """

    model_config = ConfigDict(json_schema_extra=_described)

    values: Annotated[dict[str, Annotated[str, Field(max_length=1000)] | None], Field(min_length=1, max_length=40)]

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, given: Any) -> Any:
        if not isinstance(given, dict) or "values" in given:
            return given
        own = {name: given[name] for name in given if name in cls.model_fields}
        loose = {name: given[name] for name in given if name not in own}
        return own | ({"values": loose} if loose else {})


class HandBackBody(DeedBody):
    """What the customer is told before the bot goes on, where it goes on, and a note."""

    message: _Words | None = None
    step: Annotated[int, Field(ge=1, le=1000)] | None = None
    note: _Words | None = None


class ModeBody(DeedBody):
    """Whether the bot may speak in this conversation."""

    bot: Literal["auto", "off"]


class Conclusion(BaseModel):
    """What was asked, what was decided, what happens next and by when, how to contest it."""

    model_config = ConfigDict(strict=True, extra="forbid")

    asked: _Words
    decided: _Words
    next: _Words
    contest: _Words


class CloseBody(DeedBody):
    """The end of a conversation, with its outcome."""

    outcome: Literal["resolved", "pending", "informational", "duplicate"]
    conclusion: Conclusion | None = None
    note: _Words | None = None


class DeedAnswer(BaseModel):
    """What a deed led to; `detail` says what it changed, `message` what the customer is told."""

    seq: int | None
    action: str
    status: str
    owner: str
    assignee: str | None
    script_id: int | None
    version: int
    step: int
    steps: int
    message: str | None
    detail: dict[str, Any]
