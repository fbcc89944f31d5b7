"""How a script begins: for a first demand, for another one in the middle, for one that was left and is resumed."""

from collections.abc import Mapping
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Later, SlotValue, State
from roteiro.domain.ids import ScriptId
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.ending import delivered
from roteiro.domain.turn.topics import closing_text, title_of_topic
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.walking.adjusting import adjusted
from roteiro.domain.walking.cues import compares
from roteiro.domain.walking.filling import LASTING, Reading, carried, joined, read
from roteiro.domain.walking.laddering import sentence_for
from roteiro.domain.walking.walk import Occasion, Walked, arrive, begin

__all__ = ["running", "start", "start_next", "switch"]


def running(state: State, catalogue: Catalogue) -> Script:
    """Return the script that a conversation walks: the version it began with, as a person adjusted it."""
    if state.script is None:
        raise LookupError("no script is running")
    return adjusted(catalogue.script(state.script, state.version), state.edits)


def start(
    state: State,
    script: ScriptId,
    choice: Choice,
    said: str,
    occasion: Occasion,
    catalogue: Catalogue,
    kept: Mapping[str, SlotValue] | None = None,
) -> Verdict:
    """Begin a script: slots of the one before that it shares are kept, and the words fill what they tell.

    `kept`: what the script begins with instead, being gone on with.
    """
    new = catalogue.script(script)
    old = running(state, catalogue) if state.script is not None else None
    published = dict(catalogue.topics())
    later = tuple(one for one in state.later if one.step or one.script in published)
    fresh = replace(state, later=later, slots={}, asked=None, edits=(), last=_last(state, old))
    if state.is_final:  # a demand of its own, with a number of its own
        fresh = replace(fresh, protocol=occasion.protocol, rating=0)
    reading = read(fresh, new, said, occasion, asked=())
    before = _kept(state, old, new, catalogue) if kept is None else kept
    known = replace(reading.state, slots=_with_new(before, reading, said))
    verdict = _told(delivered(_begun(known, reading, new, occasion), choice, new, catalogue), reading, new)
    begun = verdict.state
    if not begun.later or begun.later[0].step or begun.is_final or verdict.reply is None:
        return verdict
    note = text("noted", state.locale, other=title_of_topic(begun.later[0], catalogue))
    return replace(verdict, reply=f"{verdict.reply}\n\n{note}")


def _with_new(before: Mapping[str, SlotValue], reading: Reading, said: str) -> dict[str, SlotValue]:
    """Return slots in which what is said now counts; beside what was there where the words compare."""
    slots = {name: value for name, value in before.items() if name not in reading.tried}
    is_beside = compares(said)
    new = reading.state.slots
    return slots | {name: joined(slots.get(name), value) if is_beside else value for name, value in new.items()}


def _last(state: State, old: Script | None) -> Later | None:
    """Return the demand that later words may go on with: the one that is left, if it asks for an entry or a period."""
    if old is None:
        return state.last
    asked = {name for step in old.steps for name in step.collect}
    lasts = {name for name in asked if old.slots[name].kind in LASTING and old.slots[name].reuse}
    slots = {name: value for name, value in state.slots.items() if value and name in lasts}
    return Later(old.id, old.version, slots=slots) if slots else state.last


def _kept(state: State, old: Script | None, new: Script, catalogue: Catalogue) -> dict[str, SlotValue]:
    """Return what a script begins with: of the one before; after a report or a status also of the one before that."""
    last = state.last
    if old is None or old.is_plain or last is None:
        return carried(state, old, new)
    left = carried(replace(state, slots=last.slots), catalogue.script(last.script, last.version), new)
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
    name = next((name for name in asked if name in reading.tried), "")
    return replace(verdict, reply=sentence_for(script, name, reading.tried[name], 1, state.locale)) if name else verdict


def switch(
    state: State, script: ScriptId, choice: Choice, said: str, occasion: Occasion, catalogue: Catalogue
) -> Verdict:
    """Begin another script now and remember where the running one was left."""
    if state.script is not None and not state.is_final:
        left = Later(state.script, state.version, state.step, dict(state.slots), state.path, state.edits)
        state = replace(state, later=(left, *state.later))
    return start(state, script, choice, said, occasion, catalogue)


def start_next(state: State, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Go on with the demand that was remembered first: from its beginning, or where it was left."""
    first, *rest = state.later
    kept = replace(state, asked=None, later=tuple(rest))
    if first.step:
        return _resume(kept, first, occasion, catalogue)
    if first.script not in dict(catalogue.topics()):
        return Verdict(kept, closing_text(kept, catalogue), Choice(Decision.WALK))
    return start(kept, first.script, Choice(Decision.MATCH), "", occasion, catalogue)


def _resume(state: State, left: Later, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    script = adjusted(catalogue.script(left.script, left.version), left.edits)
    old = running(state, catalogue) if state.script is not None else None
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
    return delivered(arrive(back, script, left.step, occasion), Choice(Decision.WALK), script, catalogue)
