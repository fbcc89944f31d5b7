"""Everything Roteiro refuses, as one tree: a stable code for programs and the facts a reader's sentence needs.

RoteiroError
├── InvalidRequest      wrong shape, too long, unknown value; `code` says which of the documented kinds
├── NotAllowed          no credential, a bad one, or not this role
├── NotFound            conversation, script, version: missing and forbidden look the same
├── Conflict            SeatTaken, Stale, DuplicateScript, IdReused, ConversationFull, Taken, NotYours, TurnInProgress
├── LimitReached        rate, length, TooManyConversations; carries retry_after (seconds)
├── Unavailable         StoreUnavailable, OutcomeUnknown, ConversationBusy, ModelUnavailable, FilesUnavailable,
│                       IssuerUnavailable
└── InvalidSetting      which variables, what was found, what would be right
"""

from collections.abc import Sequence
from typing import NamedTuple

__all__ = [
    "Conflict",
    "ConversationBusy",
    "ConversationFull",
    "DuplicateScript",
    "Fault",
    "FilesUnavailable",
    "IdReused",
    "InvalidRequest",
    "InvalidSetting",
    "IssuerUnavailable",
    "LimitReached",
    "ModelUnavailable",
    "NotAllowed",
    "NotFound",
    "NotYours",
    "OutcomeUnknown",
    "RoteiroError",
    "SeatTaken",
    "SessionNotFound",
    "Stale",
    "StoreUnavailable",
    "Taken",
    "TooManyConversations",
    "TurnInProgress",
    "Unavailable",
]


class Fault(NamedTuple):
    """One thing wrong in a document: where, which kind, and what the sentence about it needs.

    `path` is dotted (`script.2.message`), `code` names a text `fault.<code>`, `facts` fill its placeholders.
    """

    path: str
    code: str
    facts: tuple[tuple[str, str], ...] = ()


class RoteiroError(Exception):
    """Anything refused or broken. `code` is stable; `facts` fill the placeholders of the text `error.<code>`."""

    code = "internal"

    def __init__(self, message: str = "", *, code: str = "", faults: Sequence[Fault] = (), **facts: object) -> None:
        super().__init__(message or code or self.code)
        if code:
            self.code = code
        self.faults = tuple(faults)
        self.facts = facts


class InvalidRequest(RoteiroError):
    """What was sent cannot be used as it is."""

    code = "invalid"


class NotAllowed(RoteiroError):
    """The caller is nobody, or lacks the scope."""

    code = "credential_required"


class NotFound(RoteiroError):
    """There is no such thing, or not for this caller."""

    code = "not_found"


class SessionNotFound(NotFound):
    """No such conversation: unknown, expired, erased and somebody else's are one answer."""

    code = "session_not_found"


class Conflict(RoteiroError):
    """Somebody else was first, or the state no longer allows it."""

    code = "stale"


class SeatTaken(Conflict):
    """Another writer became event n; load again and decide again."""


class Stale(Conflict):
    """The document is no longer the version the caller read."""


class DuplicateScript(Conflict):
    """A published script already has this problem.id."""

    code = "duplicate_script"


class IdReused(Conflict):
    """A client_message_id came back with another text."""

    code = "id_reused"


class ConversationFull(Conflict):
    """The customer reached the greatest number of messages in one conversation."""

    code = "conversation_full"


class Taken(Conflict):
    """Another attendant holds the conversation; `who` names them."""

    code = "taken"


class NotYours(Conflict):
    """The caller does not hold the conversation; `who` names the one who does, if anybody."""

    code = "not_yours"


class TurnInProgress(Conflict):
    """The words are stored and the answer is still being made: ask again with the same id."""

    code = "turn_in_progress"


class LimitReached(RoteiroError):
    """Too many in too short a time; `retry_after` is in whole seconds, `meter` what was counted (empty: messages)."""

    code = "rate_limited"

    def __init__(self, retry_after: int, meter: str = "") -> None:
        super().__init__(retry_after=retry_after)
        self.retry_after = retry_after
        self.meter = meter


class TooManyConversations(LimitReached):
    """A customer who signed in has as many open conversations as there may be; `retry_after`: until one expires."""

    code = "too_many_conversations"


class Unavailable(RoteiroError):
    """Something we depend on does not answer; `retry_after` is in whole seconds."""

    code = "store_unavailable"
    retry_after = 2


class StoreUnavailable(Unavailable):
    """The database did not answer in time, or refused."""


class OutcomeUnknown(StoreUnavailable):
    """The database did not say whether it wrote: look for the write_id."""


class ConversationBusy(Unavailable):
    """The seat was lost to other writers every time."""

    code = "busy"
    retry_after = 1


class ModelUnavailable(Unavailable):
    """The language model was slow, refused, or answered nonsense; `reason` is a documented degraded_reason.

    `pause_s` is how long its server asks to be left alone, in seconds; 0: it did not say.
    """

    code = "model_unavailable"

    def __init__(self, message: str, *, reason: str, pause_s: float = 0.0) -> None:
        super().__init__(message)
        self.reason = reason
        self.pause_s = pause_s


class IssuerUnavailable(Unavailable):
    """The keys of who signs ID tokens cannot be fetched, so that nobody can say who this is."""

    code = "issuer_unavailable"
    retry_after = 10


class FilesUnavailable(Unavailable):
    """The place of files did not answer, refused, or was never chosen."""

    code = "files_unavailable"
    retry_after = 5


class InvalidSetting(RoteiroError):
    """One or more settings are wrong; the message lists each with its remedy and never shows a secret."""

    code = "invalid_setting"
