"""A turn that a model words: the words are stored under a lease, the model is called once, its reply is committed.

Whatever goes wrong, the script's own answer, decided before, is what the customer gets. Nothing is tried twice.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple

from roteiro.domain.conversation import Event, Kind, Lease, State, Status, is_expired, refreshed, reply_to
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.errors import ModelUnavailable, RoteiroError, SessionNotFound
from roteiro.ports import Clock, Model, Store
from roteiro.prompting.prompt import Prompt
from roteiro.prompting.reply import checked
from roteiro.usecases.budgets import Budgets, Reservation
from roteiro.usecases.turns import Answer, Past, append, load, marks_of, retrying

__all__ = ["Speaker", "Task", "late_reply", "worded"]

_LEASE = timedelta(seconds=7)  # the model's deadline and one second
_FREE = ("breaker", "rate_limited")  # reasons of failure for which no token was used


class Speaker(NamedTuple):
    """A model, and what it may cost."""

    model: Model
    budgets: Budgets = Budgets()


class Task(NamedTuple):
    """What a model is asked, and the turn's event as its checked answer makes it."""

    prompt: Prompt
    understood: Callable[[str], Event]


class _Said(NamedTuple):
    """Words that were stored under a lease, and what was reserved for their answer."""

    event: Event
    reservation: Reservation


def worded(scripted: Event, past: Past, task: Task, speaker: Speaker, *, store: Store, clock: Clock) -> Answer:
    """Answer as the model's words make the turn, or as the script has decided it, and with the reason why."""
    said, refusal = _accepted(scripted, past, task.prompt, speaker, store)
    if said is None:
        event = replace(scripted, degraded=refusal)
        append(event, past, store, marks_of(event, past))
        return Answer(event)
    answer, used = _asked(scripted, task, speaker.model, said.reservation.tokens)
    committed = _commit(said, answer, used, store, clock)
    speaker.budgets.settle(said.reservation, used)
    return committed


def late_reply(past: Past, state: State, reply: str | None, covers: int) -> Event:
    """Return the event that answers words stored before it."""
    alive = refreshed(state, past.now) if state.status is Status.WAITING else state  # who waits for a person stays
    return replace(past.next_event("bot", Kind.REPLY, alive), reply=reply, covers=covers)


def _accepted(scripted: Event, past: Past, prompt: Prompt, speaker: Speaker, store: Store) -> tuple[_Said | None, str]:
    """Store the words without walking, with a lease and tokens reserved; or say why no model is asked."""
    if speaker.model.is_resting:
        return None, "breaker"
    met = _state_met(scripted, past)
    today = past.now.astimezone(COMPANY_ZONE).date()  # where a day's budget begins
    reservation = speaker.budgets.reserve(prompt.most_tokens, scripted.pack, met.tokens, today)
    if reservation is None:
        return None, "budget"
    lease = Lease(scripted.seq, past.now + _LEASE, scripted.write_id)
    state = replace(met, answered=scripted.seq - 1, lease=lease, tokens=met.tokens + reservation.tokens)
    event = replace(scripted, kind=Kind.SAID, reply=None, covers=None, outbox=(), detail={}, state=state)
    try:
        append(event, past, store, marks_of(event, past))
    except RoteiroError:
        speaker.budgets.settle(reservation, 0)
        raise
    return _Said(event, reservation), ""


def _state_met(scripted: Event, past: Past) -> State:
    """Return the state in which the words came: the step moves with the reply, so that no redo walks twice."""
    after, newest = scripted.state, past.newest
    if newest is None or is_expired(newest.state, past.now):
        met = State(protocol=after.protocol, locale=after.locale, epoch=after.epoch, control=after.control)
    else:
        met = newest.state
    return replace(met, count=after.count, expires_at=after.expires_at, user=after.user)


def _asked(scripted: Event, task: Task, model: Model, reserved: int) -> tuple[Event, int]:
    """Return the event to commit, and the tokens that it cost; those of a reply that never came are not known."""
    used = reserved
    try:
        wording = model.answer(task.prompt)
        used = wording.tokens_in + wording.tokens_out or reserved
        text = checked(wording.text, task.prompt)
    except ModelUnavailable as error:
        return replace(scripted, degraded=error.reason), 0 if error.reason in _FREE else used
    event = task.understood(text)
    return replace(event, model=wording.model, tokens_in=wording.tokens_in, tokens_out=wording.tokens_out), used


def _commit(said: _Said, answer: Event, used: int, store: Store, clock: Clock) -> Answer:
    """Write the reply to stored words, unless a person decided something meanwhile: then it is dropped."""
    accepted = said.event

    def attempt() -> Answer | None:
        past = load(accepted.conversation, 1, store=store, clock=clock)
        newest = past.newest
        if newest is None or newest.state.status is Status.ERASED:
            raise SessionNotFound
        if newest.state.answered >= accepted.seq:
            since = store.load(accepted.conversation, newest.seq - accepted.seq + 1)
            return Answer(reply_to(accepted, since) or replace(newest, reply=None), replayed=True)
        if newest.state.control != accepted.state.control:
            return Answer(replace(newest, reply=None))
        event = _written(answer, past, newest.state, covers=accepted.seq, spare=said.reservation.tokens - used)
        append(event, past, store, marks_of(event, past))
        return Answer(event)

    return retrying(attempt, clock)


def _written(answer: Event, past: Past, newest: State, *, covers: int, spare: int) -> Event:
    """Return the reply's event: the state of the walk, but for what later words of the customer have counted."""
    state = replace(
        answer.state,
        count=newest.count,
        expires_at=newest.expires_at,
        tokens=newest.tokens - spare,
        lease=None,
        answered=covers,
    )
    return replace(
        late_reply(past, state, answer.reply, covers),
        decision=answer.decision,
        detail=answer.detail,
        outbox=answer.outbox,
        degraded=answer.degraded,
        model=answer.model,
        tokens_in=answer.tokens_in,
        tokens_out=answer.tokens_out,
    )
