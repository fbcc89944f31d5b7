"""What a customer can do: open a conversation, say something, ask something on the side."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from roteiro.domain import protocol
from roteiro.domain.advising import advise, topic_of
from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.collecting import with_values
from roteiro.domain.conversation import (
    MOST_MESSAGES,
    Event,
    Kind,
    Lease,
    Owner,
    State,
    Status,
    is_expired,
    refreshed,
    unanswered,
)
from roteiro.domain.deciding import Verdict, decide, urgent_verdict
from roteiro.domain.ids import ConversationId
from roteiro.domain.wishes import queue_wanted
from roteiro.errors import ConversationFull, ModelUnavailable, SessionNotFound
from roteiro.ports import Clock, Model, Store, Wording
from roteiro.prompting.prompt import Prompt, side_question
from roteiro.prompting.reply import checked_reply
from roteiro.usecases.turns import (
    Answer,
    Past,
    Words,
    append,
    known_turn,
    load,
    mark_of,
    marks_of,
    retrying,
    settled,
    write_id,
)

__all__ = ["ask", "open_conversation", "queue_position", "say"]

_COMPANY_ZONE = timezone(timedelta(hours=-3))  # America/Sao_Paulo; Brazil has had no summer time since 2019
_LEASE = timedelta(seconds=7)  # the model's deadline and one second
_EVENTS_FOR_MODEL = 8  # the last turns that a prompt holds
_LONGEST_QUEUE = 1000  # heads read to tell a place in the queue

Conduct = Callable[[State, str, Catalogue], Verdict]


class Ports(NamedTuple):
    """The adapters of one call, kept together on the way down."""

    store: Store
    catalogue: Catalogue
    clock: Clock


def open_conversation(
    conversation: ConversationId, pack: str, name: str, locale: str, *, store: Store, catalogue: Catalogue, clock: Clock
) -> Answer:
    """Begin a conversation with the pack's greeting and a protocol number of its own."""
    greeting = catalogue.pack().say("greeting", locale)

    def attempt() -> Answer:
        past = Past((), clock.now())
        state = refreshed(State(protocol=_new_protocol(past.now), name=name, locale=locale, answered=0), past.now)
        event = Event(
            conversation, pack, 0, past.now, "customer", Kind.MARK, state, write_id(), reply=greeting, covers=0
        )
        append(event, past, store, [mark_of(state.protocol, conversation, past.now)])
        return Answer(event)

    return retrying(attempt, clock)


def say(words: Words, *, store: Store, catalogue: Catalogue, clock: Clock) -> Answer:
    """Answer one message by matching it or walking one step: one read, one insert, no model."""
    ports = Ports(store, catalogue, clock)

    def attempt() -> Answer:
        past = load(words.conversation, 1, store=store, clock=clock)
        if known := known_turn(words, past, store):
            return _replay(known, ports)
        event = _said_while_busy(words, past, Decision.WALK) or _scripted_turn(words, past, decide, catalogue)
        append(event, past, store, marks_of(event, past))
        return _settle(event, ports) if event.kind is Kind.SAID else Answer(event)

    return retrying(attempt, clock)


def ask(words: Words, *, store: Store, catalogue: Catalogue, clock: Clock, model: Model) -> Answer:
    """Answer a side question from the script's text, worded by the model if there is one; the step never moves."""
    ports = Ports(store, catalogue, clock)

    def attempt() -> Answer:
        past = load(words.conversation, _EVENTS_FOR_MODEL if model.is_remote else 1, store=store, clock=clock)
        if known := known_turn(words, past, store):
            return _replay(known, ports)
        event = _said_while_busy(words, past, Decision.ANSWER) or _scripted_turn(words, past, advise, catalogue)
        wants_model = model.is_remote and event.kind is Kind.TURN and event.decision == Decision.ANSWER
        if not wants_model or unanswered(past.events):
            append(event, past, store, marks_of(event, past))
            return _settle(event, ports) if event.kind is Kind.SAID else Answer(event)
        return _ask_model(words, past, event, model, ports)

    return retrying(attempt, clock)


def queue_position(conversation: ConversationId, *, store: Store) -> int:
    """Return a waiting customer's place in the queue; 1 is next."""
    waiting = [head.conversation for head in store.heads(Status.WAITING, _LONGEST_QUEUE)]
    return waiting.index(conversation) + 1 if conversation in waiting else len(waiting) + 1


def _ask_model(words: Words, past: Past, scripted: Event, model: Model, ports: Ports) -> Answer:
    """Store the words under a lease, call the model once, store its reply or the script's."""
    lease = Lease(scripted.seq, past.now + _LEASE, scripted.write_id)
    before = replace(scripted.state, answered=scripted.seq - 1, lease=lease)
    accepted = replace(scripted, kind=Kind.SAID, reply=None, covers=None, state=before)
    append(accepted, past, ports.store, marks_of(accepted, past))
    script, _ = topic_of(scripted.state, words.text, ports.catalogue)
    prompt = side_question(script, scripted.state, _turns(past), words.text, scripted.reply or "", scripted.write_id)
    wording, reason = _worded(model, prompt, fence=scripted.write_id)
    return _commit(accepted, replace(scripted, reply=wording.text, model=wording.model, degraded=reason), ports)


def _worded(model: Model, prompt: Prompt, fence: str) -> tuple[Wording, str]:
    """Return the model's checked words, or the script's and the reason why."""
    try:
        wording = model.answer(prompt)
        return Wording(checked_reply(wording.text, fence=fence), wording.model), ""
    except ModelUnavailable as error:
        return Wording(prompt.scripted), error.reason


def _commit(accepted: Event, answer: Event, ports: Ports) -> Answer:
    """Write the reply to accepted words, unless a person decided something meanwhile: then it is dropped."""

    def attempt() -> Answer | None:
        past = load(accepted.conversation, 1, store=ports.store, clock=ports.clock)
        newest = past.newest
        if newest is None or newest.state.status is Status.ERASED:
            raise SessionNotFound
        if newest.state.answered >= accepted.seq:
            return _replay(accepted, ports)
        if newest.state.control != accepted.state.control:
            return Answer(replace(newest, reply=None))
        state = replace(newest.state, lease=None, answered=accepted.seq)
        event = _reply(past, state, answer.reply, covers=accepted.seq)
        event = replace(event, decision=answer.decision, degraded=answer.degraded, model=answer.model)
        append(event, past, ports.store)
        return Answer(event)

    return retrying(attempt, ports.clock)


def _scripted_turn(words: Words, past: Past, conduct: Conduct, catalogue: Catalogue) -> Event:
    """Decide by script: the words and their reply in one event."""
    seq = past.next_seq
    state = _state_before(words, past)
    left_over = [event.text or "" for event in unanswered(past.events)] if state.owner is Owner.BOT else []
    urgent = urgent_verdict(state, words.text, catalogue)
    verdict = urgent or conduct(state, "\n".join([*left_over, words.text]), catalogue)
    verdict = _begun_anew(verdict, state, past.now)
    verdict = with_values(verdict, state, words.text, _today(past.now), catalogue)
    after = verdict.state
    is_silent = verdict.reply is None
    after = refreshed(after, past.now)
    after = replace(after, count=state.count + 1, answered=state.answered if is_silent else seq, lease=None)
    event = _said(words, past, after)
    if is_silent:
        return replace(event, decision=verdict.choice.decision)
    return replace(
        event,
        kind=Kind.TURN,
        reply=verdict.reply,
        covers=seq,
        decision=verdict.choice.decision,
        confidence=verdict.choice.confidence,
        candidates=verdict.choice.candidates,
        catalogue=verdict.choice.revision,
        tier=verdict.choice.tier,
        match_ms=verdict.choice.match_ms,
        match_tokens=verdict.choice.match_tokens,
    )


def _conducted(conduct: Conduct, state: State, texts: Sequence[str], now: datetime, catalogue: Catalogue) -> Verdict:
    """Decide about words that waited, together; without any, nothing changes."""
    if not texts:
        return Verdict(state, None, Choice(Decision.SILENT))
    words = "\n".join(texts)
    verdict = _begun_anew(conduct(state, words, catalogue), state, now)
    return with_values(verdict, state, words, _today(now), catalogue)


def _begun_anew(verdict: Verdict, before: State, now: datetime) -> Verdict:
    """Return a demand that begins after another has ended with a protocol and slots of its own."""
    if not (verdict.is_new_demand and before.status is Status.ENDED):
        return verdict
    return replace(verdict, state=replace(verdict.state, protocol=_new_protocol(now), slots={}))


def _state_before(words: Words, past: Past) -> State:
    """Return the state the words meet: the newest, or a fresh one for a new conversation or a new epoch."""
    newest = past.newest
    gone = newest is None or is_expired(newest.state, past.now)
    if gone and not words.may_open:
        raise SessionNotFound
    if newest is None or gone:
        control = newest.state.control + 1 if newest else 0
        protocol_number, seq = _new_protocol(past.now), past.next_seq
        return State(protocol=protocol_number, locale=words.locale, epoch=seq, control=control, answered=seq - 1)
    if newest.state.count >= MOST_MESSAGES:
        raise ConversationFull
    return newest.state


def _said_while_busy(words: Words, past: Past, route: Decision) -> Event | None:
    """Return the words as an event without reply when another request holds a live lease and they can wait."""
    newest = past.newest
    lease = newest.state.lease if newest else None
    if newest is None or lease is None or lease.until <= past.now or queue_wanted(words.text):
        return None
    if newest.state.count >= MOST_MESSAGES:
        raise ConversationFull
    event = _said(words, past, replace(refreshed(newest.state, past.now), count=newest.state.count + 1))
    return replace(event, decision=route)  # tells, when it is answered, whether the step may move


def _said(words: Words, past: Past, state: State) -> Event:
    return Event(
        conversation=words.conversation,
        pack=words.pack,
        seq=past.next_seq,
        at=past.now,
        by="customer",
        kind=Kind.SAID,
        state=state,
        write_id=write_id(),
        client_message_id=words.message_id,
        body_hash=words.body_hash,
        text=words.text,
    )


def _reply(past: Past, state: State, reply: str | None, covers: int) -> Event:
    newest = past.events[-1]
    return Event(
        newest.conversation,
        newest.pack,
        past.next_seq,
        past.now,
        "bot",
        Kind.REPLY,
        state,
        write_id(),
        reply=reply,
        covers=covers,
    )


def _replay(known: Event, ports: Ports) -> Answer:
    return replace(_settle(known, ports), replayed=True)


def _settle(said: Event, ports: Ports) -> Answer:
    """Answer stored words that may still wait: by script if whoever promised an answer is gone."""

    def by_script(past: Past) -> Event:
        waiting = unanswered(past.events) or [said]
        state = past.events[-1].state
        asked = [event.text or "" for event in waiting if event.decision == Decision.ANSWER]
        told = [event.text or "" for event in waiting if event.decision != Decision.ANSWER]
        aside = _conducted(advise, state, asked, past.now, ports.catalogue)
        verdict = _conducted(decide, aside.state, told, past.now, ports.catalogue)
        reply = "\n\n".join(part for part in (aside.reply, verdict.reply) if part) or None
        event = _reply(past, replace(verdict.state, lease=None, answered=waiting[-1].seq), reply, waiting[-1].seq)
        # A side question waits only where a model was wanted for it, and none worded this.
        return replace(event, decision=(verdict if told else aside).choice.decision, degraded="error" if asked else "")

    return settled(said, by_script, store=ports.store, clock=ports.clock)


def _turns(past: Past) -> list[tuple[str, str]]:
    """Return the last turns as (who, what), oldest first."""
    said = [(("customer", event.text), ("company", event.reply)) for event in past.events]
    return [(who, what) for turn in said for who, what in turn if what]


def _today(now: datetime) -> date:
    return now.astimezone(_COMPANY_ZONE).date()


def _new_protocol(now: datetime) -> str:
    return protocol.issue(_today(now), secrets.randbelow(protocol.RANDOM_NUMBERS))
