"""What lists show of conversations: when a head is written, which heads are asked for, what a line of the queue says.

Heads may only err by showing too much; what a line says besides comes from the events, never from the head.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Event, Head, Kind, Owner, State, Status, head_of, is_expired
from roteiro.domain.turn.wishes import is_courtesy, queue_wanted

__all__ = [
    "ALL",
    "LAST_PLACE",
    "MOST_COUNTED",
    "Only",
    "choice_of",
    "demands_of",
    "head_after",
    "head_now",
    "is_match_of",
    "last_words",
    "unread_of",
]

LAST_PLACE = "~"  # sorts after every place of a head
MOST_COUNTED = 1000  # chosen: above it a count says "1000 or more", so that no poll reads a whole year


@dataclass(frozen=True, slots=True)
class Only:
    """Which heads are asked for; an empty field lets all pass."""

    pack: str = ""
    queue: str = ""
    assigned: str = ""
    reason: str = ""
    locale: str = ""


ALL = Only()


def head_after(event: Event, before: Event | None) -> Head | None:
    """Return the head to write with an event; None: lists go on showing what they show.

    While a person is awaited or answers, every event is written: polls see by the heads alone that something is new.
    That of a signed-in customer is written once an hour: their list tells by it what has expired, late by that much.
    """
    old = head_of(before) if before else None
    head = head_of(event, old)
    is_same = old is not None and replace(old, seq=head.seq, at=head.at) == head
    is_news = bool(head.user) and old is not None and _hour(old) != _hour(head)
    return None if is_same and head.owner is Owner.BOT and not is_news else head


def _hour(head: Head) -> datetime:
    return head.at.replace(minute=0, second=0, microsecond=0)


def head_now(newest: Event, now: datetime) -> Head:
    """Return the head that a conversation should have; one that expired is over, though no event says so."""
    head = head_of(newest)
    return replace(head, status=Status.ENDED) if is_expired(newest.state, now) else head


def choice_of(events: Sequence[Event], state: State) -> Event | None:
    """Return the event that holds what was weighed when the running script was chosen, of events oldest first.

    That is the newest match of the script that runs; a script that a person or an answer to our question chose has
    none, so the newest event that weighed anything stands for it. What was weighed since a script ended is the demand
    that it did not answer: a greeting's candidates help nobody.
    """
    weighed = [event for event in reversed(events) if event.candidates]
    newest = weighed[0] if weighed else None
    return newest if state.is_done else next((event for event in weighed if is_match_of(event, state)), newest)


def is_match_of(event: Event, state: State) -> bool:
    """Say whether the running script was chosen by matching in this event."""
    return bool(event.candidates) and event.decision == Decision.MATCH and event.state.script == state.script


def last_words(events: Sequence[Event]) -> str:
    """Return what the customer said last among these events."""
    return next((event.text for event in reversed(events) if event.text), "")


def demands_of(events: Sequence[Event]) -> list[str]:
    """Return what the customer wanted of these events' last demand, newest first: no courtesy, no call for a person."""
    said = [event.text for event in reversed(events) if event.state.protocol == events[-1].state.protocol]
    return [words for words in said if words and not is_courtesy(words) and not queue_wanted(words)]


def unread_of(events: Sequence[Event]) -> int:
    """Return how many messages the customer sent since somebody of the desk last did anything."""
    by_people = [place for place, event in enumerate(events) if event.kind is Kind.DESK]
    since = events[by_people[-1] + 1 :] if by_people else events
    return sum(event.text is not None for event in since)
