"""A turn that a model words: the words are stored under a lease, the model is called once, its reply is committed.

Whatever goes wrong, the script's own answer, decided before, is what the customer gets. Nothing is tried twice.
"""

from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import NamedTuple

from roteiro.domain.conversation import Event, Kind, Lease, State, Status, is_expired, refreshed, reply_to
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.errors import ModelUnavailable, RoteiroError, SessionNotFound
from roteiro.ports import Clock, Model, Store, Wording
from roteiro.prompting.prompt import Prompt
from roteiro.prompting.reply import checked
from roteiro.prompting.sentences import Sentences
from roteiro.usecases.answer_cache import AnswerCache
from roteiro.usecases.budgets import Budgets, Reservation
from roteiro.usecases.turns import Answer, Past, append, load, marks_of, retrying

__all__ = ["Promise", "Speaker", "Task", "accepted", "late_reply", "worded"]

_LEASE = timedelta(seconds=7)  # the model's deadline and one second
_LOOK = timedelta(seconds=1)  # between two looks at what people decide while a reply is shown; spec: streams
_FREE = ("breaker", "rate_limited")  # reasons of failure for which no token was used


class Speaker(NamedTuple):
    """A model, and what it may cost."""

    model: Model
    budgets: Budgets = Budgets()
    answers: AnswerCache | None = None  # None: every question is asked


class Task(NamedTuple):
    """What a model is asked, and the turn's event as its checked answer makes it."""

    prompt: Prompt
    understood: Callable[[str], Event]
    key: str = ""  # of an answer that any session may be given; empty: it is this one's alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise(Answer):
    """A turn as the script has decided it, while its words stand under a lease and a model is to word the reply."""

    said: Event
    task: Task
    reservation: Reservation


def accepted(scripted: Event, past: Past, task: Task, speaker: Speaker, *, store: Store) -> Answer:
    """Store the words for a model to answer, or, where none may be asked, the script's answer with the reason why.

    What a model said to the very same question a moment ago is said again.
    """
    known = speaker.answers.find(task.key, past.now) if speaker.answers else None
    if known is not None:
        return _stored(_said_again(task, known), past, store)
    promise, refusal = _promised(scripted, past, task, speaker, store)
    if promise:
        return promise
    return _stored(replace(scripted, degraded=refusal), past, store)


def _kept(task: Task, said: str, speaker: Speaker, clock: Clock) -> None:
    if speaker.answers and task.key:
        speaker.answers.keep(task.key, said, clock.now())


def _said_again(task: Task, known: str) -> Event:
    event = task.understood(checked(known, task.prompt))
    return replace(event, detail={**event.detail, "cached": True})


def _stored(event: Event, past: Past, store: Store) -> Answer:
    marks = marks_of(event, past)
    return Answer(append(event, past, store, marks), opened=bool(marks))


def worded(
    promise: Promise, speaker: Speaker, *, store: Store, clock: Clock, is_live: bool = False
) -> Generator[str, None, Answer]:
    """Keep a promise: the model is called once, and its words, or else the script's, are committed.

    `is_live`: give its sentences as they may be shown, "" in between. What was shown then stays, whatever follows.
    """
    shown: list[str] = []
    used, prompt = promise.reservation.tokens, promise.task.prompt
    try:
        told = _told(promise, speaker.model, shown, _watch(promise.said, store, clock))
        wording = (yield from told) if is_live else speaker.model.answer(prompt)
        used = wording.tokens_in + wording.tokens_out or used
        event = _as_worded(promise, wording)
        _kept(promise.task, wording.text, speaker, clock)
    except ModelUnavailable as error:
        event = _fallen_back(promise.event, "".join(shown), error.reason)
        used = 0 if error.reason in _FREE else used
    committed = _commit(promise, event, used, "".join(shown), store, clock)
    speaker.budgets.settle(promise.reservation, used)
    return replace(committed, opened=promise.opened)


def late_reply(past: Past, state: State, reply: str | None, covers: int) -> Event:
    """Return the event that answers words stored before it."""
    alive = refreshed(state, past.now) if state.status is Status.WAITING else state  # who waits for a person stays
    return replace(past.next_event("bot", Kind.REPLY, alive), reply=reply, covers=covers)


def _promised(scripted: Event, past: Past, task: Task, speaker: Speaker, store: Store) -> tuple[Promise | None, str]:
    """Store the words without walking, with a lease and tokens reserved; or say why no model is asked."""
    if speaker.model.is_resting:
        return None, "breaker"
    met = _state_met(scripted, past)
    today = past.now.astimezone(COMPANY_ZONE).date()  # where a day's budget begins
    reservation = speaker.budgets.reserve(task.prompt.most_tokens, scripted.pack, met.tokens, today)
    if reservation is None:
        return None, "budget"
    lease = Lease(scripted.seq, past.now + _LEASE, scripted.write_id)
    state = replace(met, answered=scripted.seq - 1, lease=lease, tokens=met.tokens + reservation.tokens)
    said = replace(scripted, kind=Kind.SAID, reply=None, covers=None, outbox=(), detail={}, state=state)
    marks = marks_of(said, past)
    try:
        said = append(said, past, store, marks)
    except RoteiroError:
        speaker.budgets.settle(reservation, 0)
        raise
    return Promise(scripted, opened=bool(marks), said=said, task=task, reservation=reservation), ""


def _state_met(scripted: Event, past: Past) -> State:
    """Return the state in which the words came: the step moves with the reply, so that no redo walks twice."""
    after, newest = scripted.state, past.newest
    if newest is None or is_expired(newest.state, past.now):
        met = State(protocol=after.protocol, locale=after.locale, epoch=after.epoch, control=after.control)
    else:
        met = newest.state
    return replace(met, count=after.count, expires_at=after.expires_at, user=after.user)


def _told(
    promise: Promise, model: Model, shown: list[str], is_over: Callable[[], bool]
) -> Generator[str, None, Wording]:
    """Give the model's sentences while nobody has decided anything else; raises ModelUnavailable."""
    sentences = Sentences(promise.task.prompt)
    with closing(model.stream(promise.task.prompt)) as pieces:
        while True:
            try:
                sentence = sentences.hear(next(pieces))
            except StopIteration as end:
                wording: Wording = end.value
                return wording
            if sentence and is_over():
                raise ModelUnavailable("the reply was overtaken", reason="error")
            shown += [sentence] if sentence else []
            yield sentence


def _watch(said: Event, store: Store, clock: Clock) -> Callable[[], bool]:
    """Return what tells whether the words have been answered or decided upon by others, with one look a second."""
    looks_again, is_over = said.at, False

    def look() -> bool:
        nonlocal looks_again, is_over
        if is_over or clock.now() < looks_again:
            return is_over
        looks_again = clock.now() + _LOOK
        newest = store.load(said.conversation, 1)[-1:]
        is_over = not newest or _is_overtaken(said, newest[0].state)
        return is_over

    return look


def _is_overtaken(said: Event, state: State) -> bool:
    return state.answered >= said.seq or state.control != said.state.control or state.status is Status.ERASED


def _as_worded(promise: Promise, wording: Wording) -> Event:
    """Return the turn's event as a model's checked words make it; raises ModelUnavailable."""
    event = promise.task.understood(checked(wording.text, promise.task.prompt))
    return replace(event, model=wording.model, tokens_in=wording.tokens_in, tokens_out=wording.tokens_out)


def _fallen_back(scripted: Event, shown: str, reason: str) -> Event:
    """Return the script's answer, below what the customer has read already."""
    reply = f"{shown}\n\n{scripted.reply}" if shown else scripted.reply
    return replace(scripted, reply=reply, degraded=reason)


def _commit(promise: Promise, answer: Event, used: int, shown: str, store: Store, clock: Clock) -> Answer:
    """Write the reply to stored words, unless a person decided something meanwhile: then it is dropped."""
    said = promise.said

    def attempt() -> Answer | None:
        past = load(said.conversation, 1, store=store, clock=clock)
        newest = past.newest
        if newest is None or newest.state.status is Status.ERASED:
            raise SessionNotFound
        if _is_overtaken(said, newest.state):
            return _dropped(said, shown, past, store)
        event = _written(answer, past, newest.state, covers=said.seq, spare=promise.reservation.tokens - used)
        return Answer(append(event, past, store, marks_of(event, past)))

    return retrying(attempt, clock)


def _dropped(said: Event, shown: str, past: Past, store: Store) -> Answer:
    """Answer words with what others made of them; what the customer has read until then is put on record."""
    newest = past.events[-1]
    since = store.load(said.conversation, newest.seq - said.seq + 1)
    found, is_here = reply_to(said, since), bool(since) and since[0].write_id == said.write_id
    if shown and is_here:  # else the words were erased, and so is what was said to them
        newest = replace(past.next_event("bot", Kind.REPLY, newest.state), reply=shown, detail={"cut": True})
        newest = append(newest, past, store)
    return Answer(found or replace(newest, reply=None), replayed=newest.state.answered >= said.seq)


def _written(answer: Event, past: Past, newest: State, *, covers: int, spare: int) -> Event:
    """Return the reply's event: the state of the walk, but for what later words of the customer have counted."""
    state = replace(
        answer.state,
        count=newest.count,
        user=newest.user,
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
