"""When the asked value is not there: say what is wrong, offer a person, then pass on, skip or end (reprompt ladder)."""

from dataclasses import replace
from typing import NamedTuple

from roteiro.domain.conversation import State
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.values.parsing import Problem
from roteiro.domain.values.problems import problem_text
from roteiro.domain.walking.conditions import holds
from roteiro.domain.walking.walk import Occasion, condition_names

__all__ = ["Rung", "failed", "question_for", "sentence_for"]

_SAYS_MORE = frozenset({"ambiguous", "out_of_order", "not_yet", "unsure"})  # more than any reprompt of theirs


class Rung(NamedTuple):
    """The state after a failed attempt, what to say, and what the script does now: nothing, handoff, skip or end."""

    state: State
    reply: str = ""
    then: str = ""


def failed(state: State, script: Script, name: str, problem: Problem, occasion: Occasion) -> Rung:
    """Count one more failed attempt at a slot and say the next sentence of its ladder."""
    slot = script.slots[name]
    count = state.attempts.get(name, 0) + 1
    after = replace(state, attempts={**state.attempts, name: count}, failed=state.failed + 1)
    if _wants_a_person(after, script, occasion):
        return Rung(after, then="handoff")
    if count >= slot.max_attempts:
        return Rung(after, then=slot.on_max_attempts)
    reply = sentence_for(script, name, problem, count, state.locale)
    is_last = count == slot.max_attempts - 1 or problem.code == "unknown"
    return Rung(after, f"{reply} {text('offer_person', state.locale)}" if is_last else reply)


def question_for(script: Script, name: str, locale: str) -> str:
    """Return the question for one slot alone."""
    return script.prompt(name, locale) or text("ask_slot", locale, label=script.label(name, locale))


def sentence_for(script: Script, name: str, problem: Problem, count: int, locale: str) -> str:
    """Return what is said at the attempt `count` to fill a slot in vain."""
    slot = script.slots[name]
    if slot.reprompts and not (slot.kind in ("entity", "period") and problem.code in _SAYS_MORE):
        place = min(count, len(slot.reprompts)) - 1
        return script.say(f"slots.{name}.reprompts.{place}", locale, slot.reprompts[place])
    return problem_text(slot.kind, problem, script.label(name, locale), locale)


def _wants_a_person(state: State, script: Script, occasion: Occasion) -> bool:
    rule = script.handoff
    if rule.after_failed_turns is not None and state.failed >= rule.after_failed_turns:
        return True
    names = condition_names(state, script, occasion)
    return any(holds(condition, names) for condition in rule.when)
