"""What a page shows of a turn besides its words: the intent, who signs it, what may be said next, what is asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from roteiro.domain.acting import OF_RECORDS, RECORD
from roteiro.domain.cast import Cast
from roteiro.domain.choice import Catalogue, Decision
from roteiro.domain.conversation import Asking, Event, Owner, SlotValue, State, Status
from roteiro.domain.script import Script
from roteiro.domain.walking.collected import collected
from roteiro.domain.walking.walk import open_slots

__all__ = ["Presented", "presented", "shown_slots", "shown_status"]

_UNKNOWN = "unknown"  # no script was chosen
_NO_RECORD = "no_record"  # what a pack suggests where there is nothing to look up
_RECORDED = "recorded"  # and once a script has put something on record
_LEFT_OPEN = frozenset({Decision.CLARIFY, Decision.OUT_OF_SCOPE})


@dataclass(frozen=True, slots=True)
class Presented:
    """How a turn is shown; `requires_input` is slot -> question, empty if nothing is asked for."""

    intent: str
    agent_id: str = ""
    agent_name: str = ""
    suggested_actions: tuple[str, ...] = ()
    follow_ups: tuple[str, ...] = ()  # the topics that a question of ours offers
    requires_input: Mapping[str, str] = field(default_factory=dict)


def shown_status(state: State) -> str:
    """Return the documented status: bot, waiting, human, closed; a script at its end is the bot's."""
    return str(Status.BOT if state.status is Status.ENDED else state.status)


def shown_slots(state: State, script: Script | None) -> dict[str, SlotValue]:
    """Return what was collected so far, as it is stored; sensitive values are masked."""
    told = collected(state, script, sees_all=False) if script else []
    return {
        one.name: one.shown if one.is_masked else one.value for one in told if state.slots.get(one.name) is not None
    }


def presented(event: Event, catalogue: Catalogue) -> Presented:
    """Return how a turn's event is shown, by its state, its decision and the pack's cast."""
    state, cast = event.state, catalogue.pack().cast
    script = None if state.script is None else catalogue.script(state.script, state.version)
    intent = _intent(event, script)
    is_scripts = script is not None and intent == script.intent
    own = _signature(event, script) if is_scripts else ""
    agent = cast.agent(intent, own, str(event.detail.get("agent_wish", "")))
    suggested = _suggested(event, script, cast) if script and is_scripts else cast.suggested.get(intent, ())
    return Presented(
        intent,
        agent.id if agent else "",
        agent.name if agent else "",
        tuple(suggested),
        _follow_ups(event, catalogue),
        _required(event, script),
    )


def _suggested(event: Event, script: Script, cast: Cast) -> tuple[str, ...]:
    """Return a script's actions, or the pack's where there is nothing yet to look up, or something on record now."""
    does = {step.action for step in script.steps}
    instead: tuple[str, ...] | None = None
    if not event.state.record:
        instead = cast.suggested.get(_NO_RECORD) if does & OF_RECORDS else None
    elif event.state.is_final and RECORD in does:
        instead = cast.suggested.get(_RECORDED)
    return instead or script.suggested_actions


def _intent(event: Event, script: Script | None) -> str:
    """Return the started or running script's intent; a turn that chose none has its own."""
    if event.state.status in (Status.WAITING, Status.HUMAN) or event.decision == Decision.HANDOFF:
        return "handoff"
    is_about_scripts = event.state.asked is None or event.state.asked.kind is Asking.WHICH
    if event.decision in _LEFT_OPEN and is_about_scripts:
        return _UNKNOWN
    if script is None:
        return "greeting" if event.decision == Decision.SMALLTALK else _UNKNOWN
    return script.intent or _UNKNOWN


def _signature(event: Event, script: Script | None) -> str:
    """Return the agent that a script names for the step, or for itself."""
    if script is None:
        return ""
    step = event.state.step
    own = script.step(step).agent if 0 < step <= len(script.steps) else ""
    return own or script.agent


def _follow_ups(event: Event, catalogue: Catalogue) -> tuple[str, ...]:
    asked = event.state.asked
    if asked is None or asked.kind is not Asking.WHICH:
        return ()
    titles = dict(catalogue.topics(event.state.locale))
    return tuple(titles[script] for script in asked.scripts if script in titles)


def _required(event: Event, script: Script | None) -> dict[str, str]:
    """Return the unfilled required slots of the step that waits, each with its question; none if a person answers."""
    state = event.state
    if script is None or state.owner is Owner.HUMAN or state.is_final or not 0 < state.step <= len(script.steps):
        return {}
    waiting = open_slots(script.step(state.step), state, script)
    return {name: script.prompt(name, state.locale) or script.label(name, state.locale) for name in waiting}
