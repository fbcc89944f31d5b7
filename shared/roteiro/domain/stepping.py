"""One message inside a running script, after everything urgent: slots, corrections, the ladder, the next step."""

from collections.abc import Mapping
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conditions import holds
from roteiro.domain.conversation import Asking, Question, State, Status
from roteiro.domain.cues import asks_repeat, wants_pause, wants_to_skip
from roteiro.domain.ending import delivered
from roteiro.domain.filling import Reading, read, reread
from roteiro.domain.inserting import value_shown
from roteiro.domain.laddering import failed, question_for
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.values.parsing import Hints, Problem, Value, parse
from roteiro.domain.verdict import Verdict, hand_off
from roteiro.domain.walk import Occasion, arrive, condition_names, go_on, open_slots, target_after
from roteiro.domain.wishes import is_courtesy, is_no, is_yes

__all__ = ["answered", "corrected", "open_question", "reading_of", "repeated", "value_answered"]

_WALK = Choice(Decision.WALK)
_SHORT_ANSWER = 4  # words; in a longer text a "confirmo" may be denied or be about something else


def reading_of(state: State, script: Script, words: str, occasion: Occasion, *, cued: bool = False) -> Reading:
    """Read what a message fills and corrects while a step waits for its answer."""
    step = script.step(state.step)
    asked = [name for name in step.collect if name not in state.slots or not script.slots[name].required]
    reading = read(state, script, words, occasion, asked)
    return reread(reading, state, script, words, occasion, cued=cued)


def answered(reading: Reading, script: Script, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer a message that is neither urgent nor another demand nor a question: the walk goes on, or asks again."""
    state = reading.state
    step = script.step(state.step)
    waiting = open_slots(step, state, script)
    if step.kind == "confirm":
        return _confirmed(state, script, words, occasion, catalogue)
    if unsure := next((name for name in reading.filled if script.slots[name].confirm), None):
        return _ask_value(state, script, unsure)
    if not waiting:
        return delivered(go_on(state, script, occasion), _WALK, script, catalogue)
    if reading.filled:
        fresh = replace(state, failed=0)
        return Verdict(fresh, question_for(script, waiting[0], state.locale), _WALK)
    if calm := _no_attempt(state, script, words):
        return calm
    return _failed(state, script, waiting[0], _problem(reading.problems, waiting[0], words), occasion, catalogue)


def corrected(reading: Reading, before: State, script: Script, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Confirm a changed value; go back only to a step whose condition now leads elsewhere."""
    state = reading.state
    note = " ".join(_noted(name, state, script) for name in reading.changed)
    if before.is_final:
        again = arrive(replace(state, status=Status.BOT), script, state.step, occasion, again=True)
        return _after(note, delivered(again, _WALK, script, catalogue))
    turned = _turning_point(before, state, script, occasion)
    if turned is not None:
        return _after(note, delivered(arrive(state, script, turned, occasion), _WALK, script, catalogue))
    step = script.step(state.step)
    is_satisfied = bool(reading.filled) and not open_slots(step, state, script)
    if is_satisfied:
        return _after(note, delivered(go_on(state, script, occasion), _WALK, script, catalogue))
    if step.kind == "confirm":
        return _after(note, repeated(replace(state, asked=None), script, occasion, catalogue))
    question = open_question(state, script)
    return Verdict(replace(state, failed=0), f"{note}\n\n{question}" if question else note, _WALK)


def value_answered(
    state: State, script: Script, question: Question, words: str, occasion: Occasion, catalogue: Catalogue
) -> Verdict | None:
    """Answer the answer to "Anotei X. Está certo?"; None if it is neither a yes nor a no."""
    calm = replace(state, asked=None)
    if is_yes(words):
        if waiting := open_slots(script.step(state.step), calm, script):
            return Verdict(calm, question_for(script, waiting[0], state.locale), _WALK)
        return delivered(go_on(calm, script, occasion), _WALK, script, catalogue)
    if is_no(words):
        left = {name: value for name, value in calm.slots.items() if name != question.slot}
        return Verdict(replace(calm, slots=left), question_for(script, question.slot, state.locale), _WALK)
    return None


def repeated(state: State, script: Script, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Say the running step once more."""
    return delivered(arrive(state, script, state.step, occasion, again=True), _WALK, script, catalogue)


def open_question(state: State, script: Script) -> str:
    """Return the question of the running step's first open required slot; empty if it waits for none."""
    if state.is_final or not 0 < state.step <= len(script.steps):
        return ""
    waiting = open_slots(script.step(state.step), state, script)
    return question_for(script, waiting[0], state.locale) if waiting else ""


def _after(note: str, verdict: Verdict) -> Verdict:
    return replace(verdict, reply=f"{note}\n\n{verdict.reply}" if verdict.reply else note)


def _noted(name: str, state: State, script: Script) -> str:
    """Name the new value as it was just written, unmasked: the customer must see that it was read right."""
    value = value_shown(name, state.slots[name], state, script, is_open=True)
    return text("noted_value", state.locale, label=script.label(name, state.locale), value=value)


def _ask_value(state: State, script: Script, name: str) -> Verdict:
    value = value_shown(name, state.slots[name], state, script, is_open=True)
    asking = replace(state, asked=Question(Asking.VALUE, slot=name), failed=0)
    reply = text("confirm_value", state.locale, label=script.label(name, state.locale), value=value)
    return Verdict(asking, reply, Choice(Decision.CLARIFY))


def _confirmed(state: State, script: Script, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer the answer to a summary: yes goes on, no leads where the script says or asks what to change."""
    agreed = _agreement(words, occasion)
    if agreed or (agreed is False and script.step(state.step).next):
        return delivered(go_on(state, script, occasion, confirmed=agreed), _WALK, script, catalogue)
    if agreed is False:
        asking = replace(state, asked=Question(Asking.CHANGE), failed=0)
        return Verdict(asking, text("what_to_change", state.locale), Choice(Decision.CLARIFY))
    again = replace(state, failed=state.failed + 1)
    rule = script.handoff.after_failed_turns
    if rule is not None and again.failed >= rule:
        return hand_off(again, script.handoff.queue, catalogue)
    return Verdict(again, text("yes_or_no", state.locale), _WALK)


def _agreement(words: str, occasion: Occasion) -> bool | None:
    """Return what a short answer to a yes-or-no question says; None if neither."""
    if is_yes(words) or is_no(words):
        return is_yes(words)
    said = parse("bool", words, Hints(occasion.today)) if len(words.split()) <= _SHORT_ANSWER else None
    return bool(said.stored) if isinstance(said, Value) else None


def _no_attempt(state: State, script: Script, words: str) -> Verdict | None:
    """Answer what is no try at the question: a pause, a greeting, "pode repetir?"."""
    question = open_question(state, script)
    if wants_pause(words):
        return Verdict(state, text("take_your_time", state.locale), _WALK)
    if is_courtesy(words) or asks_repeat(words):
        return Verdict(state, question, _WALK)
    return None


def _problem(problems: Mapping[str, Problem], name: str, words: str) -> Problem:
    return Problem("unknown") if wants_to_skip(words) else problems.get(name, Problem("none"))


def _failed(
    state: State, script: Script, name: str, problem: Problem, occasion: Occasion, catalogue: Catalogue
) -> Verdict:
    after, reply, then = failed(state, script, name, problem, occasion)
    if not then:
        return Verdict(after, reply, _WALK)
    if then == "handoff":
        return hand_off(after, script.handoff.queue, catalogue, text("could_not_read", state.locale))
    if then == "skip":
        skipped = replace(after, slots={**after.slots, name: None})
        return delivered(go_on(skipped, script, occasion), _WALK, script, catalogue)
    quiet = replace(after, script=None, version=0, step=0, steps=0, attempts={}, failed=0)
    return Verdict(quiet, text("given_up", state.locale), _WALK)


def _turning_point(before: State, after: State, script: Script, occasion: Occasion) -> int | str | None:
    """Return where the walk must go because a passed step's condition changed; None if none did."""
    was, now = (condition_names(state, script, occasion) for state in (before, after))
    if was == now:
        return None
    for number in dict.fromkeys(before.path):
        step = script.step(number)
        if step.when and holds(step.when, was) != holds(step.when, now):
            return number
        if number == before.step or step.kind == "confirm":
            continue
        old, new = (target_after(step, state, script, occasion) for state in (before, after))
        if old != new:
            return new
    return None
