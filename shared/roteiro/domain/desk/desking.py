"""What an attendant does to a conversation, as pure changes of its state; who may do it and when.

While a person owns the conversation nothing is said by choosing a script or adjusting a step: the customer meets it at
the hand-back. Every act of these but a reply makes replies of the bot that were begun before it void.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from roteiro.domain.acting import links_kept, with_links
from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Edit, Outgoing, Owner, SlotValue, State, Status
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.ending import outgoing
from roteiro.domain.turn.heard import running
from roteiro.domain.values.parsing import Problem
from roteiro.domain.values.problems import problem_text
from roteiro.domain.walking.adjusting import adjusted, without_edits_of
from roteiro.domain.walking.filling import read, value_of
from roteiro.domain.walking.inserting import unknown_names
from roteiro.domain.walking.walk import Occasion, Walked, arrive, begin, go_on, open_slots
from roteiro.errors import Fault, InvalidRequest, NotYours, Stale, Taken

__all__ = [
    "ACTIONS",
    "Act",
    "adjust_step",
    "check_free",
    "choose_script",
    "close",
    "correct_slots",
    "hand_back",
    "read_values",
    "reply",
    "switch_bot",
    "take_over",
]

_MOST_EDITS = 30  # of one conversation: every event carries them, and more is another script
ACTIONS = ("edit", "skip", "insert", "goto", "answered", "reset")  # what may be done to a step


@dataclass(frozen=True, slots=True)
class Act:
    """What an action leads to: the state, what the customer is told (None: nothing), and what it changed."""

    action: str
    state: State
    reply: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    outbox: tuple[Outgoing, ...] = ()


def take_over(state: State, who: str, name: str = "") -> Act:
    """Give the conversation to an attendant, who is shown as `name`. Raises Taken (who holds it) if another has it."""
    if state.owner is Owner.HUMAN and state.assigned not in (None, who):
        raise Taken("a colleague holds it", who=state.holder)
    held = replace(state, status=Status.HUMAN, owner=Owner.HUMAN, assigned=who, assigned_name=name)
    mine = replace(held, asked=None, outcome="", lease=None, unheard=_still_true(state))
    return Act("takeover", _decided(mine))


def _still_true(state: State) -> tuple[int, ...]:
    """Return the texts that the customer is still to hear: not that it was closed, once somebody takes it up again."""
    said_last = state.answered if state.status is Status.CLOSED else None  # the closing was the last deed
    return tuple(seq for seq in state.unheard if seq != said_last)


def reply(state: State, who: str, message: str) -> Act:
    """Say something to the customer as a person. Raises NotYours unless the caller holds the conversation."""
    _check_holder(state, who)
    return Act("reply", state, message)


def choose_script(
    state: State, old: Script | None, script: Script, step: int | None, occasion: Occasion, said: Sequence[str] = ()
) -> Act:
    """Walk another script, or another version, from its first open step or from `step`.

    Slots of the same name and type are kept; what the customer has `said` before, newest first, fills others that it
    tells for sure. Raises InvalidRequest for a step that the script does not have.
    """
    before = old.slots if old else {}
    both = [name for name in state.slots if name in before and name in script.slots]
    kept = {name: state.slots[name] for name in both if before[name].kind == script.slots[name].kind}
    fresh = replace(state, slots=kept, edits=(), asked=None, attempts={}, failed=0, path=())
    chosen = replace(fresh, script=script.id, version=script.version, steps=len(script.steps), step=0)
    for words in said:
        chosen = read(chosen, script, words, occasion, asked=()).state
    if step is None:
        walked = begin(chosen, script, occasion)
    else:
        walked = arrive(chosen, script, _step(step, script), occasion, again=True)
    detail = {
        "from": state.script,
        "to": script.id,
        "version": script.version,
        "step": walked.state.step,
        "kept": sorted(kept),
        "read": sorted(set(chosen.slots) - set(kept)),
        "dropped": sorted(set(state.slots) - set(kept)),
    }
    return _said_or_kept("script", state, walked, script, detail)


def adjust_step(state: State, action: str, step: int, message: str, occasion: Occasion, catalogue: Catalogue) -> Act:
    """Edit, skip, insert, go to, take as answered or reset a step, for this conversation alone.

    Raises InvalidRequest for a step that does not exist or was passed, or if no script runs.
    """
    if state.script is None:
        raise InvalidRequest(faults=[Fault("step", "no_script")])
    script = running(state, catalogue)
    number = _step(step, script)
    detail = {"action": action, "step": number, "message": message}
    if action in ("goto", "answered"):
        walked = _moved(state, script, action, number, occasion)
        return _said_or_kept("step", state, walked, script, detail)
    _check_open(state, action, number)
    if strange := unknown_names(message, script):
        raise InvalidRequest(faults=[Fault("message", "place_unknown", (("found", strange[0]),))])
    master = catalogue.script(state.script, state.version)
    edits = _edits_after(state, action, number, message, len(master.steps))
    steps = len(adjusted(master, edits).steps)
    return Act("step", _decided(replace(state, edits=edits, steps=steps)), None, detail)


def _check_open(state: State, action: str, number: int) -> None:
    """Raise InvalidRequest for a step that was passed; the one the bot waits at can be reworded, but not moved."""
    is_moved = number == state.step and action in ("skip", "insert")
    if number < state.step or (is_moved and state.owner is Owner.BOT):
        raise InvalidRequest(faults=[Fault("step", "step_passed", (("found", str(number)),))])


def _edits_after(state: State, action: str, number: int, message: str, count: int) -> tuple[Edit, ...]:
    if action == "reset":
        return without_edits_of(state.edits, number, count)
    if len(state.edits) >= _MOST_EDITS:
        raise InvalidRequest(faults=[Fault("step", "too_many", (("limit", str(_MOST_EDITS)),))])
    return (*state.edits, Edit(action, number, message))


def read_values(
    given: Mapping[str, str | None], script: Script, occasion: Occasion, locale: str
) -> dict[str, SlotValue]:
    """Return values as they are stored, read as a customer's would be; None takes a value out.

    Raises InvalidRequest with what is wrong with each, in the reader's language.
    """
    values, faults = dict[str, SlotValue](), list[Fault]()
    for name, words in given.items():
        if name not in script.slots:
            faults.append(Fault(name, "unknown_slot", (("found", name),)))
        elif words is None:
            values[name] = None
        else:
            found = value_of(script.slots[name], words, occasion)
            if isinstance(found, Problem):
                reason = problem_text(script.slots[name].kind, found, script.label(name, locale), locale)
                faults.append(Fault(name, "slot_unread", (("reason", reason),)))
            else:
                values[name] = found
    if faults:
        raise InvalidRequest(faults=faults)
    return values


def correct_slots(state: State, values: Mapping[str, SlotValue], occasion: Occasion) -> Act:
    """Put checked values into slots, or take them out (None); the walk does not move."""
    kept = {name: value for name, value in state.slots.items() if values.get(name, value) is not None}
    filled = {name: value for name, value in values.items() if value is not None}
    sources = {**state.sources, **dict.fromkeys(filled, occasion.seq)}
    changed = replace(state, slots={**kept, **filled}, sources=sources)
    return Act("slots", _decided(changed), None, {"names": sorted(values)})


def hand_back(state: State, who: str, message: str, step: int | None, occasion: Occasion, catalogue: Catalogue) -> Act:
    """Give the conversation back to the bot, which says where the walk goes on. Raises NotYours."""
    _check_holder(state, who)
    status = Status.ENDED if state.is_done else Status.BOT
    free = replace(state, status=status, owner=Owner.BOT, assigned=None, is_off=False, reason="", attempts={}, failed=0)
    if state.script is None or (state.is_done and step is None):
        said = message or text("handed_back", state.locale)
        return Act("handback", _decided(free), said, {"message": message})
    script = running(state, catalogue)
    number = _step(step, script) if step is not None else _open_step(state, script)
    walked = arrive(free, script, number, occasion, again=step is not None)
    said = f"{message}\n\n{walked.reply}" if message else walked.reply
    outbox = outgoing(walked.state, script) if walked.state.is_final else ()
    detail = {"step": walked.state.step, "message": message, **links_kept(walked.links)}
    return Act("handback", _decided(walked.state), with_links(said, walked.links), detail, outbox)


def _open_step(state: State, script: Script) -> int:
    """Return the first step of the walk that waits for a value again, else the one where the walk is."""
    passed = [number for number in dict.fromkeys(state.path) if number < state.step]
    again = (number for number in passed if open_slots(script.step(number), state, script))
    return next(again, max(state.step, 1))


def switch_bot(state: State, *, is_off: bool) -> Act:
    """Keep the bot silent in this conversation, or let it speak again: who waits only for that is the bot's again."""
    changed = replace(state, is_off=is_off)
    if not is_off and state.status is Status.WAITING and state.reason == "off":
        status = Status.ENDED if state.is_done else Status.BOT
        changed = replace(changed, status=status, owner=Owner.BOT, reason="", queue="")
    return Act("mode", _decided(changed), None, {"bot": "off" if is_off else "auto"})


def close(state: State, who: str, outcome: str, message: str, detail: Mapping[str, Any]) -> Act:
    """End the conversation with an outcome; the message tells the customer. Raises NotYours for another's."""
    check_free(state, who)
    closed = replace(state, status=Status.CLOSED, owner=Owner.BOT, assigned=None, asked=None, outcome=outcome, later=())
    return Act("close", _decided(closed), message, {"outcome": outcome, **detail})


def check_free(state: State, who: str) -> None:
    """Raise NotYours if a colleague holds the conversation, Stale if it was closed: take it over first."""
    if state.owner is Owner.HUMAN and state.assigned not in (None, who):
        raise NotYours("a colleague holds it", who=state.holder)
    if state.status is Status.CLOSED:
        raise Stale("the conversation is closed: take it over to go on")


def _check_holder(state: State, who: str) -> None:
    if state.owner is not Owner.HUMAN or state.assigned != who:
        raise NotYours("somebody else holds it", who=state.holder)


def _decided(state: State) -> State:
    """Make replies begun before void."""
    return replace(state, control=state.control + 1, lease=None)


def _step(step: int, script: Script) -> int:
    if not 1 <= step <= len(script.steps):
        raise InvalidRequest(faults=[Fault("step", "unknown_step", (("found", str(step)),))])
    return step


def _moved(state: State, script: Script, action: str, number: int, occasion: Occasion) -> Walked:
    if action == "goto":
        return arrive(replace(state, asked=None), script, number, occasion, again=True)
    # "Answered" by other means, such as a phone call: what the step waited for is not asked for any more.
    step = script.step(number)
    told = {**dict.fromkeys((name for name in step.collect if name not in state.slots), None), **state.slots}
    return go_on(replace(state, step=number, slots=told, asked=None), script, occasion, confirmed=True)


def _said_or_kept(action: str, before: State, walked: Walked, script: Script, detail: Mapping[str, Any]) -> Act:
    """Let the bot say the step that was reached, or, while a person owns the conversation, only remember it."""
    if before.owner is Owner.HUMAN or before.is_off:
        there = replace(walked.state, status=before.status, owner=before.owner, assigned=before.assigned, is_done=False)
        return Act(action, _decided(there), None, detail)
    outbox = outgoing(walked.state, script) if walked.state.is_final else ()
    said, kept = with_links(walked.reply, walked.links), {**detail, **links_kept(walked.links)}
    return Act(action, _decided(walked.state), said, kept, outbox)
