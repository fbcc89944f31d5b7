"""What a customer can do: open a conversation, say something, ask something on the side."""

from collections.abc import Callable, Generator, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from roteiro.domain.acting import Act, links_kept, nothing_done, with_links
from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import (
    MOST_MESSAGES,
    Event,
    Kind,
    Owner,
    State,
    is_expired,
    refreshed,
    unanswered,
)
from roteiro.domain.ids import ConversationId
from roteiro.domain.script import Script
from roteiro.domain.turn.advising import advise, topic_of
from roteiro.domain.turn.deciding import Verdict, decide, urgent_verdict
from roteiro.domain.turn.offhours import promised
from roteiro.domain.turn.wishes import queue_wanted
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import ConversationFull, SessionNotFound
from roteiro.ports import Clock, Store
from roteiro.usecases.heads import place_in_queue
from roteiro.usecases.occasions import begun_anew, new_protocol, occasion_of
from roteiro.usecases.speaking import Turn, task_of
from roteiro.usecases.turns import (
    Answer,
    Past,
    Words,
    append,
    before_first,
    known_turn,
    load,
    mark_of,
    marks_of,
    retrying,
    settled,
    write_id,
)
from roteiro.usecases.wording import Promise, Speaker, Task, accepted, late_reply, worded

__all__ = ["Begun", "ask", "ended", "open_conversation", "queue_position", "say", "say_live"]

_EVENTS_FOR_MODEL = 8  # the last turns that a prompt holds

Conduct = Callable[[State, str, Occasion, Catalogue], Verdict]


class Begun(NamedTuple):
    """A turn whose words are stored: its answer, or what the script promises while a model words the rest of it."""

    answer: Answer
    rest: Generator[str, None, Answer] | None = None  # sentences, "" in between, and the answer that was committed


class Ports(NamedTuple):
    """The adapters of one call, kept together on the way down."""

    store: Store
    catalogue: Catalogue
    clock: Clock
    act: Act = nothing_done


def open_conversation(words: Words, *, store: Store, catalogue: Catalogue, clock: Clock) -> Answer:
    """Begin a conversation with the pack's greeting and a protocol number of its own; the words are the name."""
    greeting = catalogue.pack().say("greeting", words.locale)

    def attempt() -> Answer:
        past = before_first(words, store=store, clock=clock)
        number = new_protocol(past.now)
        fresh = State(protocol=number, name=words.text, user=words.user, locale=words.locale, answered=0)
        state, conversation = refreshed(fresh, past.now), words.conversation
        event = Event(
            conversation, words.pack, 0, past.now, "customer", Kind.MARK, state, write_id(), reply=greeting, covers=0
        )
        mark = mark_of(state.protocol, conversation, past.now)
        return Answer(append(event, past, store, [mark]), opened=True)

    return retrying(attempt, clock)


def say(
    words: Words,
    *,
    store: Store,
    catalogue: Catalogue,
    clock: Clock,
    speaker: Speaker | None = None,
    act: Act = nothing_done,
) -> Answer:
    """Answer one message by matching it or walking one step: one read, one insert, a model only where the script says.

    Without a speaker, or with one that is no remote model, the script's own words answer, and that is normal.
    `act` does what the script's action steps name.
    """
    return ended(_begun(words, decide, Ports(store, catalogue, clock, act), speaker))


def say_live(
    words: Words,
    *,
    store: Store,
    catalogue: Catalogue,
    clock: Clock,
    speaker: Speaker | None = None,
    act: Act = nothing_done,
) -> Begun:
    """Begin to answer one message as `say` does: once this returns, the words are stored, or answered already.

    Where a model words the answer, its sentences are heard as they come. Whoever has begun goes on to the end: there
    the answer is committed.
    """
    return _begun(words, decide, Ports(store, catalogue, clock, act), speaker, is_live=True)


def ended(begun: Begun) -> Answer:
    """Take a turn to its end and return its answer."""
    if begun.rest is None:
        return begun.answer
    while True:
        try:
            next(begun.rest)
        except StopIteration as end:
            answer: Answer = end.value
            return answer


def ask(words: Words, *, store: Store, catalogue: Catalogue, clock: Clock, speaker: Speaker | None = None) -> Answer:
    """Answer a side question from the script's text, worded by the model if there is one; the step never moves."""
    return ended(_begun(words, advise, Ports(store, catalogue, clock), speaker))


def queue_position(conversation: ConversationId, *, store: Store) -> int:
    """Return a waiting customer's place in the queue; 1 is next."""
    return place_in_queue(conversation, store=store)


def _begun(words: Words, conduct: Conduct, ports: Ports, speaker: Speaker | None, *, is_live: bool = False) -> Begun:
    """Accept words or answer them by script, which is tried again; asking a model, which never is, is what is left."""
    talker = speaker if speaker and speaker.model.is_remote else None
    answer = retrying(lambda: _accepted(words, conduct, ports, talker), ports.clock)
    if talker is None or not isinstance(answer, Promise):
        return Begun(answer)
    return Begun(answer, worded(answer, talker, store=ports.store, clock=ports.clock, is_live=is_live))


def _accepted(words: Words, conduct: Conduct, ports: Ports, talker: Speaker | None) -> Answer:
    """Answer words from the store if they are known, else by script; or store them for a model to word the answer."""
    last = _EVENTS_FOR_MODEL if talker else 1
    past = load(words.conversation, last, store=ports.store, clock=ports.clock, admissions=words.admissions)
    if known := known_turn(words, past, ports.store):
        return _replay(known, ports)
    if said := _said_while_busy(words, past, Decision.ANSWER if conduct is advise else Decision.WALK):
        return _settle(append(said, past, ports.store, marks_of(said, past)), ports)
    event, wording = _scripted_turn(words, past, conduct, ports)
    task = _task(words, past, conduct, (event, wording), ports) if talker else None
    if talker and task:
        return accepted(event, past, task, talker, store=ports.store)
    marks = marks_of(event, past)
    event = append(event, past, ports.store, marks)
    return _settle(event, ports) if event.kind is Kind.SAID else Answer(event, opened=bool(marks))


def _task(words: Words, past: Past, conduct: Conduct, decided: tuple[Event, str], ports: Ports) -> Task | None:
    """Return what a model is asked about a decided turn. Words that once waited for one are never sent again."""
    event, wording = decided
    if event.kind is not Kind.TURN or unanswered(past.events):
        return None

    def again(said: str) -> Event:
        return _scripted_turn(replace(words, text=said), past, conduct, ports)[0]

    before = past.newest.state if past.newest else event.state
    topic, _ = topic_of(event.state, words.text, ports.catalogue) if event.state.script or wording else (None, None)
    occasion = occasion_of(past, ports.catalogue)
    turn = Turn(event, before, wording, _turns(past, event.state.epoch, topic), occasion, again)
    return task_of(turn, topic, ports.catalogue, is_aside=conduct is advise)


def _scripted_turn(words: Words, past: Past, conduct: Conduct, ports: Ports) -> tuple[Event, str]:
    """Decide by script: the words and their reply in one event, and what a model may do with the reply."""
    state = _state_met(words, past)
    verdict = _decided(state, words, past, conduct, ports)
    return _event_of(verdict, state, words, past), verdict.wording if verdict.reply is not None else ""


def _decided(state: State, words: Words, past: Past, conduct: Conduct, ports: Ports) -> Verdict:
    """Decide about words, together with those that were left without an answer."""
    left_over = [event.text or "" for event in unanswered(past.events)] if state.owner is Owner.BOT else []
    catalogue, occasion = ports.catalogue, occasion_of(past, ports.catalogue, ports.act)
    urgent = urgent_verdict(state, words.text, occasion, catalogue) if left_over else None  # else the conduct sees it
    verdict = urgent or conduct(state, "\n".join([*left_over, words.text]), occasion, catalogue)
    return promised(verdict, state, catalogue, past.now)


def _event_of(verdict: Verdict, before: State, words: Words, past: Past) -> Event:
    """Return the words, what was decided about them, and the reply if there is one, as one event."""
    seq, choice = past.next_seq, verdict.choice
    is_for_people = verdict.reply is None and verdict.state.owner is Owner.HUMAN
    after = replace(
        refreshed(verdict.state, past.now),
        count=before.count + 1,
        answered=before.answered if is_for_people else seq,
        lease=None,
        unheard=(),
    )
    detail = {**words.extra, **_heard(before)}
    event = replace(_said(words, past, after), detail=detail, decision=choice.decision)
    if verdict.reply is None:
        return event
    return replace(
        event,
        kind=Kind.TURN,
        reply=with_links(verdict.reply, verdict.links),
        detail={**detail, **links_kept(verdict.links)},
        covers=seq,
        confidence=choice.confidence,
        candidates=choice.candidates,
        catalogue=choice.revision,
        tier=choice.tier,
        match_ms=choice.match_ms,
        match_tokens=choice.match_tokens,
        outbox=verdict.outbox,
    )


def _conducted(conduct: Conduct, state: State, texts: Sequence[str], past: Past, ports: Ports) -> Verdict:
    """Decide about words that waited, together; without any, nothing changes."""
    if not texts:
        return Verdict(state, None, Choice(Decision.SILENT))
    verdict = conduct(state, "\n".join(texts), occasion_of(past, ports.catalogue, ports.act), ports.catalogue)
    return promised(verdict, state, ports.catalogue, past.now)


def _heard(before: State) -> dict[str, Any]:
    """Return which texts of people an answer begins with, as the event keeps it: a replay says the same."""
    return {"heard": list(before.unheard)} if before.unheard else {}


def _state_met(words: Words, past: Past) -> State:
    """Return the state that the words meet: with who says them, in which language, and what was read since."""
    state = _state_before(words, past)
    unheard = tuple(told for told in state.unheard if told > words.seen_seq)
    return replace(state, user=words.user or state.user, locale=words.tongue or state.locale, unheard=unheard)


def _state_before(words: Words, past: Past) -> State:
    """Return the state the words meet: the newest, or a fresh one for a new conversation or a new epoch."""
    newest = past.newest
    gone = newest is None or is_expired(newest.state, past.now)
    if gone and not words.may_open:
        raise SessionNotFound
    if newest is None or gone:
        return begun_anew(past, words.locale)
    if newest.state.count >= MOST_MESSAGES and not (newest.state.owner is Owner.BOT and queue_wanted(words.text)):
        raise ConversationFull  # a person can be asked for all the same
    return newest.state


def _said_while_busy(words: Words, past: Past, route: Decision) -> Event | None:
    """Return the words as an event without reply when another request holds a live lease and they can wait."""
    newest = past.newest
    lease = newest.state.lease if newest else None
    if newest is None or lease is None or lease.until <= past.now or queue_wanted(words.text):
        return None
    if newest.state.count >= MOST_MESSAGES:
        raise ConversationFull
    user = words.user or newest.state.user
    event = _said(words, past, replace(refreshed(newest.state, past.now), count=newest.state.count + 1, user=user))
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


def _replay(known: Event, ports: Ports) -> Answer:
    return replace(_settle(known, ports), replayed=True)


def _settle(said: Event, ports: Ports) -> Answer:
    """Answer stored words that may still wait: by script if whoever promised an answer is gone."""

    def by_script(past: Past) -> Event:
        return _late_by_script(unanswered(past.events) or [said], past, ports)

    return settled(said, by_script, store=ports.store, clock=ports.clock)


def _late_by_script(waiting: Sequence[Event], past: Past, ports: Ports) -> Event:
    """Answer words that waited together: the side questions first, then the walk."""
    state = past.events[-1].state
    asked = [event.text or "" for event in waiting if event.decision == Decision.ANSWER]
    told = [event.text or "" for event in waiting if event.decision != Decision.ANSWER]
    aside = _conducted(advise, state, asked, past, ports)
    verdict = _conducted(decide, aside.state, told, past, ports)
    said = with_links(verdict.reply, verdict.links) if verdict.reply else None
    reply = "\n\n".join(part for part in (aside.reply, said) if part) or None
    after = replace(verdict.state, lease=None, answered=waiting[-1].seq, unheard=())
    event = late_reply(past, after, reply, waiting[-1].seq)
    return replace(
        event,
        detail=_heard(state) | links_kept(verdict.links),
        outbox=aside.outbox + verdict.outbox,
        decision=(verdict if told else aside).choice.decision,
        degraded="error" if _were_promised(waiting) else "",
    )


def _were_promised(waiting: Sequence[Event]) -> bool:
    """Say whether a model was to answer: then words stand under a lease of their own, and it has not worded them."""
    return any(one.state.lease and one.state.lease.covers == one.seq for one in waiting)


def _turns(past: Past, epoch: int, topic: Script | None) -> list[tuple[str, str]]:
    """Return the last turns as (who, what), oldest first: none of a cleared history, none of another script's."""
    here = (None, topic.id if topic else None)
    kept = [event for event in past.events if event.seq >= epoch and event.state.script in here]
    said = [(("customer", event.text), ("company", event.reply)) for event in kept]
    return [(who, what) for turn in said for who, what in turn if what]
