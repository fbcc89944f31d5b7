"""Ids as types of their own, so that a swapped argument is a type error, and the forms they take."""

import hashlib
import re
from typing import NewType

__all__ = [
    "ConversationId",
    "ScriptId",
    "backend_conversation",
    "conversation_of",
    "event_id",
    "is_backend_conversation",
    "is_session_id",
    "public_key",
    "script_id",
]

ConversationId = NewType("ConversationId", str)
ScriptId = NewType("ScriptId", int)

_SESSION_ID = re.compile(r"[A-Za-z0-9._-]{8,128}")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_SCRIPT_NUMBER = re.compile(r"[1-9][0-9]{0,8}")


def event_id(conversation: ConversationId, seq: int) -> str:
    """Return the key of event `seq`; the order of these strings is the order of the conversation."""
    return f"{conversation}:{seq:06d}"


def is_session_id(text: str) -> bool:
    """Say whether a text has the form of a conversation id that may come from outside."""
    return _SESSION_ID.fullmatch(text) is not None and not text.startswith("u-")


def conversation_of(text: str) -> ConversationId:
    """Return the conversation that an id from outside names: a UUID is the same in upper and lower case.

    >>> conversation_of("6B46E25A-0C4F-4D67-9D3F-0F5A8F1F8A11")
    '6b46e25a-0c4f-4d67-9d3f-0f5a8f1f8a11'
    """
    return ConversationId(text.lower() if _UUID.fullmatch(text) else text)


def backend_conversation(user_id: str) -> ConversationId:
    """Return the conversation of a backend's `user_id`, in a name space that no other route can reach."""
    return ConversationId("u-" + hashlib.sha256(user_id.encode()).hexdigest()[:32])


def is_backend_conversation(conversation: ConversationId) -> bool:
    """Say whether a conversation was named by a backend's `user_id`."""
    return conversation.startswith("u-")


def script_id(text: str) -> ScriptId | None:
    """Read a `problem.id` from text: 1 to 9 digits; None for anything else."""
    return ScriptId(int(text)) if _SCRIPT_NUMBER.fullmatch(text) else None


def public_key(script: ScriptId) -> str:
    """Return the 24 hex characters that clients of the first seed know as `_id`: the same everywhere and for ever."""
    return hashlib.sha256(f"script:{script}".encode()).hexdigest()[:24]
