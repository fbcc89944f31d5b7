"""What a model is asked in a turn: the script's `llm` allows it, the law and health data forbid it, code has decided.

One task a turn at most: to answer a side question, to say a step in other words, or to look for the values of a step
whose answer our own parsers could not read.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event, State
from roteiro.domain.script import Script, Slot
from roteiro.domain.turn.stepping import open_question
from roteiro.domain.walking.walk import Occasion, open_slots
from roteiro.prompting.asking import side_question
from roteiro.prompting.extraction import believed, extraction
from roteiro.prompting.rewording import rewording
from roteiro.prompting.talk import Talk
from roteiro.usecases.answer_cache import cache_key
from roteiro.usecases.turns import write_id
from roteiro.usecases.wording import Task

__all__ = ["Turn", "task_of"]

_FREE = frozenset({"text", "long_text"})  # slots that take what was said as it was said: nothing to look for
_BY_A_VOTE = 3  # the tier of matching that asked a model: its call is this turn's only one


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that the script has decided: the state before it, what may be worded, and how else it may be decided."""

    scripted: Event
    before: State
    wording: str  # as the verdict says: rephrase, answer; empty: nothing
    turns: Sequence[tuple[str, str]]  # the last ones, (who, what), oldest first
    occasion: Occasion
    again: Callable[[str], Event]  # the same turn, had the customer said these words

    @property
    def words(self) -> str:
        """Return what the customer said."""
        return self.scripted.text or ""


def task_of(turn: Turn, topic: Script | None, catalogue: Catalogue, *, is_aside: bool) -> Task | None:
    """Return what a model is asked in this turn; None if it is none of its business.

    `topic` is the script that the words are about; `is_aside`: they came as a side question (`/chat_ai`), which a
    model may answer unless the step says `off`; elsewhere the step must say `rephrase` or `assist`.
    """
    state = turn.scripted.state
    mode = _mode(topic, state, catalogue)
    if turn.scripted.tier == _BY_A_VOTE or mode == "off":
        return None
    if turn.wording == "answer" and (is_aside or mode == "assist"):
        return _answering(turn, _talk(turn, state, topic, catalogue))
    return None if topic is None or is_aside else _at_the_step(turn, topic, catalogue, mode)


def _at_the_step(turn: Turn, script: Script, catalogue: Catalogue, mode: str) -> Task | None:
    """Return what a model is asked about an answer to the script: values to find, or other words for the next step."""
    if mode == "assist" and (slots := _sought(turn, script)):
        return _extracting(turn, _talk(turn, turn.before, script, catalogue), slots)
    if turn.wording == "rephrase" and mode in ("rephrase", "assist"):
        return _rewording(turn, _talk(turn, turn.scripted.state, script, catalogue))
    return None


def _mode(script: Script | None, state: State, catalogue: Catalogue) -> str:
    """Return the running step's `llm`, else the pack's; off where the law protects the demand or a slot is health's.

    A plain script's own words are all that it says, unless a step wants otherwise.
    """
    if script is None:
        return ""
    if script.protected or any(slot.is_health for slot in script.slots.values()):
        return "off"
    own = script.step(state.step).llm if 0 < state.step <= len(script.steps) else ""
    return own if own or script.is_plain else catalogue.pack().llm


def _talk(turn: Turn, state: State, script: Script | None, catalogue: Catalogue) -> Talk:
    return Talk(script, state, turn.turns, [title for _, title in catalogue.topics()])


def _answering(turn: Turn, talk: Talk) -> Task:
    """Have the answer worded; the question that the step waits for follows as the script asks it."""
    question = open_question(talk.state, talk.script) if talk.script and talk.state.script is not None else ""
    prompt = side_question(talk, turn.words, turn.scripted.reply or "", write_id())
    key = cache_key(turn.scripted, prompt)
    return Task(prompt, lambda text: replace(turn.scripted, reply=f"{text}\n\n{question}" if question else text), key)


def _rewording(turn: Turn, talk: Talk) -> Task:
    prompt = rewording(talk, turn.words, turn.scripted.reply or "", write_id())
    return Task(prompt, lambda text: replace(turn.scripted, reply=text))


def _sought(turn: Turn, script: Script) -> Mapping[str, Slot]:
    """Return the slots that the step before asked for in vain."""
    before, after = turn.before, turn.scripted.state
    if before.script != after.script or before.step != after.step or after.failed <= before.failed:
        return {}
    names = open_slots(script.step(before.step), before, script)
    return {name: script.slots[name] for name in names if script.slots[name].kind not in _FREE}


def _extracting(turn: Turn, talk: Talk, slots: Mapping[str, Slot]) -> Task:
    """Have values looked for; what our parsers read in them is taken as if the customer had written just that."""

    def understood(text: str) -> Event:
        told = believed(text, slots, turn.words, turn.occasion.today)
        return turn.again("\n".join(told.values())) if told else turn.scripted

    return Task(extraction(talk, slots, turn.words, write_id()), understood)
