"""What the end of a script brings: who is told, a person if the script ends with one, the next demand, one question."""

from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice
from roteiro.domain.conversation import Asking, Outgoing, Question, State
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.topics import next_text
from roteiro.domain.turn.verdict import Verdict, hand_off
from roteiro.domain.walking.walk import Walked

__all__ = ["delivered"]


def delivered(walked: Walked, choice: Choice, script: Script, catalogue: Catalogue) -> Verdict:
    """Return a step's text; where it ends the script, with everything that the end brings, in one event."""
    state, reply, is_handoff, links = walked
    state = _unnarrowed(state, script)
    return replace(_delivered(state, reply, choice, script, catalogue, is_handoff=is_handoff), links=links)


def _delivered(
    state: State, reply: str, choice: Choice, script: Script, catalogue: Catalogue, *, is_handoff: bool
) -> Verdict:
    if is_handoff:
        return replace(hand_off(state, script.handoff.queue, "script", catalogue, reply), choice=choice)
    if not state.is_final:
        return Verdict(state, reply, choice, wording="rephrase")
    outbox = outgoing(state, script)
    if script.completion.resolution == "pending_human":
        verdict = hand_off(state, script.handoff.queue, "script", catalogue, reply)
        return replace(verdict, choice=choice, outbox=outbox)
    return replace(_and_then(state, reply, choice, script, catalogue), outbox=outbox)


def _unnarrowed(state: State, script: Script) -> State:
    """Return a state without the slots that all entries were meant for: to the end they were known, now nothing is."""
    everybody = {name for name, slot in script.slots.items() if slot.kind == "entity" and slot.many}
    slots = {name: value for name, value in state.slots.items() if value is not None or name not in everybody}
    return state if len(slots) == len(state.slots) else replace(state, slots=slots)


def outgoing(state: State, script: Script) -> tuple[Outgoing, ...]:
    """Return what other systems are told of a completed script; sensitive values only where it names them."""
    hook = script.completion.hook
    if hook is None:
        return ()
    types = ["script.completed"]
    types += ["cancellation_requested"] if script.protected == "cancel" else []
    types += ["charge_disputed"] if script.dispute == "charge" else []
    told = hook.get("send", ())
    slots = {
        name: state.slots[name]
        for name, slot in script.slots.items()
        if state.slots.get(name) is not None and (name in told or not slot.is_sensitive)
    }
    body = {
        "protocol": state.protocol,
        "script_id": script.id,
        "version": script.version,
        "slots": slots,
        "resolution": script.completion.resolution,
    }
    return tuple(Outgoing(kind, dict(hook), body) for kind in types)


def _and_then(state: State, reply: str, choice: Choice, script: Script, catalogue: Catalogue) -> Verdict:
    """Offer the demand that was remembered, if it can still be served; else ask how it went, where the script asks."""
    published = dict(catalogue.topics()) if state.later else {}
    later = tuple(one for one in state.later if one.step or one.script in published)
    state = replace(state, later=later)
    if later:
        asking = replace(state, asked=Question(Asking.NEXT, (later[0].script,)))
        return Verdict(asking, f"{reply}\n\n{next_text(state, later[0], catalogue)}", choice)
    if script.completion.csat and not state.rating:
        asking = replace(state, asked=Question(Asking.RATING))
        return Verdict(asking, f"{reply}\n\n{text('rate', state.locale)}", choice)
    return Verdict(state, reply, choice)
