"""A reply drafted for an attendant, by the running script or, where it may, by a model; nothing is sent or stored."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from roteiro.domain.choice import Catalogue, Decision
from roteiro.domain.conversation import Event
from roteiro.domain.desk.queue import demands_of
from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.script import Script
from roteiro.domain.turn.advising import topic_of
from roteiro.domain.turn.passages import best_passage
from roteiro.domain.turn.sideanswer import side_answer
from roteiro.domain.turn.topics import topics_text
from roteiro.domain.walking.inserting import insert_values
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import ModelUnavailable
from roteiro.prompting.reply import checked
from roteiro.usecases.desk import Attendant, Desk, note_reading
from roteiro.usecases.review import newest_of
from roteiro.usecases.speaking import Turn, task_of
from roteiro.usecases.wording import Speaker, Task

__all__ = ["Suggestion", "suggest"]

_FITS = (Decision.MATCH, Decision.CLARIFY)
_EVENTS = 8  # the last ones, as in a turn: what was said last, and what a prompt may hold


class Suggestion(NamedTuple):
    """A draft, and who worded it: `script` or `model`."""

    message: str
    source: str


def suggest(
    conversation: ConversationId, who: Attendant, desk: Desk, catalogue: Catalogue, speaker: Speaker
) -> Suggestion:
    """Return what might be answered to the customer's last words; who never opened them is audited.

    A model is asked once, within its budget and deadline, and never where the script forbids it.
    Raises SessionNotFound, StoreUnavailable if it cannot be audited.
    """
    newest = newest_of(conversation, desk.store)
    note_reading(newest, who, desk)
    events = [event for event in desk.store.load(conversation, _EVENTS) if event.seq >= newest.state.epoch]
    newest, words = _meant(newest, events, catalogue)
    topic, scripted = _from_script(newest, words, catalogue)
    today = desk.clock.now().astimezone(COMPANY_ZONE).date()
    if topic is None or not words or not speaker.model.is_remote or speaker.model.is_resting:
        return Suggestion(scripted, "script")
    task = _task(replace(newest, text=words, reply=scripted, tier=0), events, topic, catalogue, today)
    worded = _worded(task, newest, speaker, today) if task else None
    return Suggestion(worded, "model") if worded else Suggestion(scripted, "script")


def _meant(newest: Event, events: Sequence[Event], catalogue: Catalogue) -> tuple[Event, str]:
    """Return the words to answer, and the event as they meet it: a script that is done is answered only if it knows.

    A call for a person and thanks are no question; of other demands without a script the newest that one fits.
    """
    state, said = newest.state, demands_of(events)
    last = next((event.text for event in reversed(events) if event.text), "")
    if not said:
        return newest, last
    if state.script is None or not state.is_done:
        return newest, said[0]
    if best_passage(catalogue.script(state.script, state.version), said[0], state.locale):
        return newest, said[0]
    free = replace(newest, state=replace(state, script=None))
    fits = (words for words in said if catalogue.glance(words).decision in _FITS)
    return free, next(fits, said[0])


def _from_script(newest: Event, words: str, catalogue: Catalogue) -> tuple[Script | None, str]:
    """Return the script that the words are about, and its answer to them; without one, the step that is due."""
    state = newest.state
    topic, choice = topic_of(state, words, catalogue)
    if topic is None:
        return None, topics_text(state, choice, catalogue)
    if state.script is not None and best_passage(topic, words, state.locale) is None:
        return topic, insert_values(topic.message(max(state.step, 1), state.locale), state, topic)
    return topic, side_answer(state, topic, words).reply or ""


def _task(turn: Event, events: Sequence[Event], topic: Script, catalogue: Catalogue, today: date) -> Task | None:
    """Return what a model is asked, as if the words were a side question; None where it may not be."""
    here = [event for event in events if event.state.script in (None, topic.id)]
    said = [(("customer", event.text), ("company", event.reply)) for event in here]
    turns = [(who, what) for both in said for who, what in both if what]
    asked = Turn(turn, turn.state, "answer", turns, Occasion(today), lambda _: turn)
    return task_of(asked, topic, catalogue, is_aside=True)


def _worded(task: Task, newest: Event, speaker: Speaker, today: date) -> str | None:
    """Return the model's checked words; None if it is over budget, or failed: what was reserved is spent then."""
    budgets = speaker.budgets
    reservation = budgets.reserve(task.prompt.most_tokens, newest.pack, newest.state.tokens, today)
    if reservation is None:
        return None
    try:
        wording = speaker.model.answer(task.prompt)
        budgets.settle(reservation, wording.tokens_in + wording.tokens_out or reservation.tokens)
        return task.understood(checked(wording.text, task.prompt)).reply
    except ModelUnavailable:
        return None
