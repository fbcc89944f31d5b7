"""What a customer does without words: call a person, say how it went. Neither counts as a message."""

from dataclasses import replace
from typing import NamedTuple

from roteiro.domain.choice import Catalogue, Decision
from roteiro.domain.conversation import Asking, Event, Kind, Owner, State, Status, is_expired, refreshed
from roteiro.domain.ids import ConversationId
from roteiro.domain.protocol import owner_of
from roteiro.domain.turn.offhours import promised
from roteiro.domain.turn.verdict import hand_off
from roteiro.domain.turn.wishes import PEOPLE
from roteiro.errors import SessionNotFound
from roteiro.ports import Clock, Store
from roteiro.usecases.occasions import begun_anew
from roteiro.usecases.turns import Answer, Past, append, load, marks_of, retrying

__all__ = ["Rating", "call_person", "rate"]


class Rating(NamedTuple):
    """What a customer says of a run: whether it solved their problem, 1 to 5 (0: not said), and why."""

    is_solved: bool
    score: int = 0
    comment: str = ""


def call_person(
    conversation: ConversationId,
    locale: str,
    why: str,
    user: str = "",
    *,
    store: Store,
    catalogue: Catalogue,
    clock: Clock,
) -> Answer:
    """Hand the conversation to a person, whatever state it is in; who has or awaits one already keeps their place.

    An expired one begins anew, in the language given. It is the customer's `user` from then on, if one signed in.
    Raises SessionNotFound for an erased or unknown one, or somebody else's.
    """

    def attempt() -> Answer:
        past = _found(conversation, user, store, clock)
        newest = past.events[-1]
        if newest.state.owner is Owner.HUMAN:
            return Answer(newest, replayed=True)
        before = begun_anew(past, locale) if is_expired(newest.state, past.now) else newest.state
        before = replace(before, user=owner_of(conversation, user))
        verdict = promised(hand_off(before, PEOPLE, "asked", catalogue), before, catalogue, past.now)
        state = replace(refreshed(verdict.state, past.now), answered=past.next_seq, lease=None)
        event = _done("handoff", past, state, {"why": why} if why else {})
        event = replace(event, reply=verdict.reply, covers=event.seq, decision=Decision.HANDOFF)
        marks = marks_of(event, past)
        return Answer(append(event, past, store, marks), opened=bool(marks))

    return retrying(attempt, clock)


def rate(conversation: ConversationId, rating: Rating, user: str = "", *, store: Store, clock: Clock) -> Answer:
    """Write down how it went; of a run's ratings the last one counts. It is the customer's `user` from then on.

    Raises SessionNotFound for an erased, unknown or expired conversation, or somebody else's.
    """

    def attempt() -> Answer:
        past = _found(conversation, user, store, clock)
        state = past.events[-1].state
        if is_expired(state, past.now):
            raise SessionNotFound
        asked = None if state.asked and state.asked.kind is Asking.RATING else state.asked
        rated = replace(refreshed(state, past.now), asked=asked, rating=rating.score or state.rating)
        rated = replace(rated, user=owner_of(conversation, user))
        said = {"solved": rating.is_solved, "score": rating.score, "comment": rating.comment}
        event = _done("rating", past, rated, {name: value for name, value in said.items() if value not in (0, "")})
        return Answer(append(event, past, store))

    return retrying(attempt, clock)


def _found(conversation: ConversationId, user: str, store: Store, clock: Clock) -> Past:
    past = load(conversation, 1, store=store, clock=clock)
    if past.newest is None or past.newest.state.status is Status.ERASED or not past.newest.state.is_open_to(user):
        raise SessionNotFound
    return past


def _done(action: str, past: Past, state: State, detail: dict[str, object]) -> Event:
    return replace(past.next_event("customer", Kind.MARK, state), action=action, detail=detail)
