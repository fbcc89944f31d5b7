"""How a script begins: for a first demand, for another one in the middle, for one that was left and is resumed."""

from collections.abc import Mapping
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Later, Question, SlotValue, State
from roteiro.domain.ids import ScriptId
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.demands import other_demand
from roteiro.domain.turn.ending import delivered
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.topics import closing_text, title_of_topic
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.values.parsing import Problem
from roteiro.domain.values.problems import LISTED
from roteiro.domain.walking.adjusting import adjusted
from roteiro.domain.walking.cues import compares
from roteiro.domain.walking.filling import LASTING, Reading, carried, joined, read
from roteiro.domain.walking.laddering import sentence_for
from roteiro.domain.walking.walk import Occasion, Walked, arrive, begin

__all__ = ["lasting", "start", "start_again", "start_next", "switch"]


def start(
    heard: Heard, script: ScriptId, choice: Choice, kept: Mapping[str, SlotValue] | None = None, at: int = 1
) -> Verdict:
    """Begin a script: slots of the one before that it shares are kept, and the words fill what they tell.

    `kept`: what the script begins with instead, being gone on with. `at`: the step where it begins.
    """
    state, new = heard.state, heard.catalogue.script(script)
    old = heard.script if state.script is not None else None
    fresh = _fresh(heard, old)
    reading = read(fresh, new, heard.words, heard.occasion, asked=(), begun=True)
    before = _kept(heard, old, new) if kept is None else kept
    known = replace(reading.state, slots=_with_new(before, reading, heard.words))
    walked = begin(known, new, heard.occasion, at) if at > 1 else _begun(known, reading, new, heard.occasion)
    return _noted(_told(delivered(walked, choice, new, heard.catalogue), reading, new), heard.catalogue)


def _fresh(heard: Heard, old: Script | None) -> State:
    """Return the state without what belongs to the script before; after its end a demand has a number of its own."""
    state = heard.state
    later = tuple(one for one in state.later if one.step or one.script in heard.published)
    fresh = replace(state, later=later, slots={}, asked=None, edits=(), last=_last(state, old))
    return replace(fresh, protocol=heard.occasion.protocol, rating=0) if state.is_final else fresh


def _noted(verdict: Verdict, catalogue: Catalogue) -> Verdict:
    """Say that a second demand was heard, if it waits and has not been begun."""
    begun = verdict.state
    if not begun.later or begun.later[0].step or begun.is_final or verdict.reply is None:
        return verdict
    note = text("noted", begun.locale, other=title_of_topic(begun.later[0], begun.locale, catalogue))
    return replace(verdict, reply=f"{verdict.reply}\n\n{note}")


def _with_new(before: Mapping[str, SlotValue], reading: Reading, said: str) -> dict[str, SlotValue]:
    """Return slots in which what is said now counts; beside what was there where the words compare."""
    slots = {name: value for name, value in before.items() if name not in reading.tried}
    is_beside = compares(said)
    new = reading.state.slots
    return slots | {name: joined(slots.get(name), value) if is_beside else value for name, value in new.items()}


def lasting(state: State, script: Script) -> dict[str, SlotValue]:
    """Return what later words may go on with: the entries of lists, and periods, that the script asked for."""
    asked = {name for step in script.steps for name in step.collect if script.slots[name].kind in LASTING}
    return {name: value for name, value in state.slots.items() if value and name in asked}


def _last(state: State, old: Script | None) -> Later | None:
    """Return the demand that later words may go on with: the one that is left, if it asks for an entry or a period."""
    if old is None:
        return state.last
    slots = {name: value for name, value in lasting(state, old).items() if old.slots[name].reuse}
    return Later(old.id, old.version, slots=slots) if slots else state.last


def _kept(heard: Heard, old: Script | None, new: Script) -> dict[str, SlotValue]:
    """Return what a script begins with: of the one before; after a report or a status also of the one before that."""
    state, last = heard.state, heard.state.last
    if old is None or old.is_plain or last is None:
        return carried(state, old, new)
    left = carried(replace(state, slots=last.slots), heard.catalogue.script(last.script, last.version), new)
    return left | carried(state, old, new)


def _begun(known: State, reading: Reading, script: Script, occasion: Occasion) -> Walked:
    """Begin, but stand still at a step that needs any of its values while one of them was tried in vain."""
    unsure = [step for step in script.steps if step.need == "any" and reading.tried.keys() & set(step.collect)]
    withheld = {name for step in unsure for name in step.collect}
    sure = {name: value for name, value in known.slots.items() if name not in withheld}
    walked = begin(replace(known, slots=sure), script, occasion)
    return walked._replace(state=replace(walked.state, slots=known.slots))


def _told(verdict: Verdict, reading: Reading, script: Script) -> Verdict:
    """Say what was wrong in place of the question, if the walk stands where that value is asked for."""
    state = verdict.state
    asked = script.step(state.step).collect if state.step and not state.is_final else ()
    name = next((name for name in asked if name in reading.tried and reading.tried[name].code != "all"), "")
    if not name:
        return verdict
    said = sentence_for(script, name, reading.tried[name], 1, state.locale)
    asking, attempts = _whether_meant(name, reading.tried[name], script), {**state.attempts, name: 1}
    return replace(verdict, reply=said, state=replace(state, asked=asking, attempts=attempts))


def _whether_meant(name: str, problem: Problem, script: Script) -> Question | None:
    """Return the question whether a name was meant, if a yes can answer it."""
    ids = dict(problem.facts).get("ids", "")
    is_one = LISTED not in ids
    return Question(Asking.MEANT, slot=name, said=ids) if ids and (is_one or script.slots[name].many) else None


def start_again(heard: Heard, reading: Reading) -> Verdict:
    """Begin what runs or ran once more without the values that words tried to replace in vain, or what they ask for."""
    other = other_demand(heard)
    state = heard.state
    slots = {name: value for name, value in state.slots.items() if name not in reading.tried}
    without = heard.meeting(replace(state, slots=slots, last=None))
    if other and reading.tried.keys() & heard.catalogue.script(other.best).slots.keys():
        return start(without, other.best, other)
    said = {name: reading.state.slots[name] for name in reading.filled}
    return start(without, heard.script.id, Choice(Decision.WALK), kept={**lasting(without.state, heard.script), **said})


def switch(heard: Heard, script: ScriptId, choice: Choice) -> Verdict:
    """Begin another script now and remember where the running one was left."""
    state = heard.state
    if state.script is not None and not state.is_final:
        left = Later(state.script, state.version, state.step, dict(state.slots), state.path, state.edits)
        state = replace(state, later=(left, *state.later))
    return start(heard.meeting(state), script, choice)


def start_next(heard: Heard) -> Verdict:
    """Go on with the demand that was remembered first: from its beginning, or where it was left."""
    first, *rest = heard.state.later
    kept = replace(heard.state, asked=None, later=tuple(rest))
    if first.step:
        return _resume(heard, kept, first)
    if first.script not in heard.published:
        return Verdict(kept, closing_text(kept, heard.catalogue), Choice(Decision.WALK))
    return start(heard.meeting(kept).saying(""), first.script, Choice(Decision.MATCH))


def _resume(heard: Heard, state: State, left: Later) -> Verdict:
    script = adjusted(heard.catalogue.script(left.script, left.version), left.edits)
    old = heard.script if state.script is not None else None
    back = replace(
        state,
        script=script.id,
        version=script.version,
        steps=len(script.steps),
        slots={**left.slots, **carried(state, old, script)},
        path=left.path,
        edits=left.edits,
        attempts={},
        failed=0,
    )
    walked = arrive(back, script, left.step, heard.occasion)
    return delivered(walked, Choice(Decision.WALK), script, heard.catalogue)
