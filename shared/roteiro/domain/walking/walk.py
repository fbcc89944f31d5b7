"""Along a script: which step comes, what it says, where the script ends. Pure, the same with and without a model."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

from roteiro.domain.acting import RECORD, Act, Outcome, nothing_done
from roteiro.domain.conversation import FileLink, SlotValue, State, Status
from roteiro.domain.script import END, HANDOFF, Script, Step
from roteiro.domain.texts import text
from roteiro.domain.walking.conditions import holds
from roteiro.domain.walking.inserting import insert_values

__all__ = ["Occasion", "Walked", "arrive", "begin", "condition_names", "go_on", "open_slots", "target_after"]

_MOST_PASSED = 20  # steps passed over in one turn (specs: walk guard); a longer way is a loop without new input
_MOST_JOINED = 3  # steps said in one reply
_LONGEST_PATH = 200  # steps that a run remembers


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and where something is said: the company's day, the number of the event, the channel, office hours.

    `protocol` is a fresh number, for a demand that may begin. `is_open` is asked only by a condition that names it;
    `act` does what a script's action step names, once a turn however often the turn is decided.
    """

    today: date
    protocol: str = ""
    seq: int = 0
    channel: str = "web"
    is_open: Callable[[], bool] = lambda: True
    year: int | None = None  # of the period that was told before: what a month alone means
    act: Act = nothing_done


class Walked(NamedTuple):
    """The state at the step that was reached and its text; `is_handoff`: the script itself asks for a person."""

    state: State
    reply: str
    is_handoff: bool = False
    links: tuple[FileLink, ...] = ()


def begin(state: State, script: Script, occasion: Occasion, at: int = 1) -> Walked:
    """Walk from the script's first step, or from a later one, pinned to its version."""
    running = replace(state, script=script.id, version=script.version, steps=len(script.steps), asked=None)
    fresh = replace(running, status=Status.BOT, step=0, path=(), attempts={}, failed=0)
    return arrive(fresh, script, at, occasion)


def go_on(state: State, script: Script, occasion: Occasion, *, confirmed: bool | None = None) -> Walked:
    """Walk on from the current step, whose answer is known."""
    target = target_after(script.step(state.step), state, script, occasion, confirmed=confirmed)
    # A step that a no leads back to is asked again even when its slots are filled.
    return arrive(replace(state, attempts={}, failed=0), script, target, occasion, again=confirmed is False)


def arrive(state: State, script: Script, target: int | str, occasion: Occasion, *, again: bool = False) -> Walked:
    """Walk to the first step from `target` on that has something to say.

    `again`: the first one is said even when it could be passed over.
    """
    way = _Way()
    for _ in range(_MOST_PASSED):
        if target == HANDOFF:
            break
        if not isinstance(target, int) or _leads_out(target, script):
            return _ended(way, state, script, occasion)
        step = script.step(target)
        state = replace(state, path=(*state.path, target)[-_LONGEST_PATH:])
        beyond = None if again else _beyond(step, state, script, occasion)
        if beyond is None:
            state = way.deliver(step, replace(state, step=target), script, occasion)
            beyond = target_after(step, state, script, occasion)
            if not _goes_on(step) or len(way.said) == _MOST_JOINED:
                is_done = _leads_out(beyond, script) and not _waits(step, state, script)
                return way.walked(_standing(state, is_done=is_done))
        target, again = beyond, False
    return way.walked(state, is_handoff=True)


@dataclass
class _Way:
    """What the steps of one walk said, and gave out."""

    said: list[str] = field(default_factory=list)
    links: list[FileLink] = field(default_factory=list)

    def deliver(self, step: Step, state: State, script: Script, occasion: Occasion) -> State:
        """Do and say a step; return the state with what it put on record."""
        state, outcome = _acted(step, state, script, occasion)
        self.said.append(insert_values(script.message(step.number, state.locale), state, script, outcome.result))
        self.links += outcome.links
        return state

    def walked(self, state: State, *, is_handoff: bool = False, instead: str = "") -> Walked:
        """Return where the walk has come to; `instead` is said where nothing was."""
        return Walked(state, "\n\n".join(self.said) or instead, is_handoff, tuple(self.links))


def target_after(
    step: Step, state: State, script: Script, occasion: Occasion, *, confirmed: bool | None = None
) -> int | str:
    """Return where a step leads: its first branch whose condition holds, else the next number."""
    names = condition_names(state, script, occasion, confirmed=confirmed)
    for branch in step.next:
        if not branch.when or holds(branch.when, names):
            return branch.goto
    return step.number + 1


def open_slots(step: Step, state: State, script: Script) -> list[str]:
    """Return the required slots that a step still waits for; with `need: any` none once one is filled."""
    required = [name for name in step.collect if script.slots[name].required]
    unfilled = [name for name in required if name not in state.slots]
    return [] if step.need == "any" and len(unfilled) < len(required) else unfilled


def condition_names(
    state: State, script: Script, occasion: Occasion, *, confirmed: bool | None = None
) -> dict[str, object]:
    """Return what conditions may ask about, by name."""
    slots: Mapping[str, SlotValue] = {name: state.slots.get(name) for name in script.slots}
    return {
        **slots,
        "confirmed": confirmed,
        "channel": occasion.channel,
        "business_hours": occasion.is_open,
        "attempts": max(state.attempts.values(), default=0),
        "locale": state.locale,
    }


def _beyond(step: Step, state: State, script: Script, occasion: Occasion) -> int | str | None:
    """Return where the walk goes on when a step is passed over; None if it has something to say."""
    if step.is_skipped:
        return target_after(step, state, script, occasion)
    if step.when and not holds(step.when, condition_names(state, script, occasion)):
        return step.number + 1
    if step.skip_if_filled and _is_filled(step, state):
        return target_after(step, state, script, occasion)
    return None


def _is_filled(step: Step, state: State) -> bool:
    """Say whether what a step asks for is known; a step that asks for nothing is never filled."""
    known = [name in state.slots for name in step.collect]
    return any(known) if step.need == "any" else bool(known) and all(known)


def _goes_on(step: Step) -> bool:
    """Say whether a step's text is followed by the next one's at once: nobody answers an action."""
    return step.auto_advance or step.kind == "action"


def _leads_out(target: int | str, script: Script) -> bool:
    return target == END or (isinstance(target, int) and target > len(script.steps))


def _waits(step: Step, state: State, script: Script) -> bool:
    return step.kind == "confirm" or bool(open_slots(step, state, script))


def _acted(step: Step, state: State, script: Script, occasion: Occasion) -> tuple[State, Outcome]:
    """Do what a step names, or at the last one put the script on record, so that its own text can say the number."""
    action = step.action
    if not action and _leads_out(target_after(step, state, script, occasion), script):
        action = RECORD if _records_at_end(script) and not _waits(step, state, script) else ""
    outcome = occasion.act(action, state, script) if action else Outcome()
    return replace(state, record=outcome.record or state.record), outcome


def _records_at_end(script: Script) -> bool:
    return script.completion.record is not None and all(step.action != RECORD for step in script.steps)


def _ended(way: _Way, state: State, script: Script, occasion: Occasion) -> Walked:
    """End after an answer: what was said on the way, else the script's own closing words."""
    if _records_at_end(script):
        state = replace(state, record=occasion.act(RECORD, state, script).record or state.record)
    own = script.completion.message or text("completed", state.locale)
    last = insert_values(script.say("completion.message", state.locale, own), state, script)
    return way.walked(_standing(state, is_done=True), instead=last)


def _standing(state: State, *, is_done: bool) -> State:
    return replace(state, status=Status.ENDED if is_done else Status.BOT, is_done=is_done)
