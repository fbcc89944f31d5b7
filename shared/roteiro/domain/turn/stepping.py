"""One message inside a running script, after everything urgent: slots, corrections, the ladder, the next step."""

from dataclasses import replace

from roteiro.domain.acting import HEARD
from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Asking, Question, State, Status
from roteiro.domain.script import Script, Step
from roteiro.domain.texts import listed, text
from roteiro.domain.turn.ending import delivered
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.verdict import Verdict, hand_off
from roteiro.domain.turn.wishes import is_courtesy, is_no, is_yes
from roteiro.domain.values.parsing import Problem
from roteiro.domain.values.problems import problem_text
from roteiro.domain.walking.conditions import holds
from roteiro.domain.walking.cues import asks_repeat, wants_pause, wants_to_skip
from roteiro.domain.walking.filling import Reading, value_of, with_values
from roteiro.domain.walking.inserting import value_shown
from roteiro.domain.walking.laddering import failed, question_for
from roteiro.domain.walking.walk import Occasion, Walked, arrive, condition_names, go_on, open_slots, target_after

__all__ = [
    "answered",
    "ask_change",
    "ask_value",
    "corrected",
    "open_question",
    "repeated",
    "told_again",
    "value_answered",
]

_WALK = Choice(Decision.WALK)
_FEWEST_DIGITS = 7  # of a number that may be meant as a document or a phone
_TRIED = frozenset({"not_in_list", "out_of_order", "not_yet", "unreadable"})  # problems of an entry or a time


def answered(heard: Heard, reading: Reading) -> Verdict:
    """Answer a message that is neither urgent nor another demand nor a question: the walk goes on, or asks again."""
    state, script = reading.state, heard.script
    step, after = script.step(state.step), heard.meeting(state)
    if step.kind == "confirm":
        return _confirmed(after)
    if unsure := next((name for name in reading.filled if script.slots[name].confirm), None):
        return ask_value(state, script, unsure)
    if not open_slots(step, state, script) and not _in_vain(reading) and not _missed(step, state, script):
        return _walked(heard, go_on(state, script, heard.occasion))
    if reading.filled:
        return Verdict(replace(state, failed=0), open_question(state, script), _WALK)
    return _no_attempt(after) or _failed(after, *_worst(reading, script, heard.words))


def told_again(heard: Heard, state: State) -> Verdict:
    """Do and say the step once more at which a script has ended, by these words."""
    sources = {**state.sources, HEARD: heard.occasion.seq}
    return repeated(heard, replace(state, status=Status.BOT, sources=sources))


def repeated(heard: Heard, state: State) -> Verdict:
    """Say the running step once more."""
    return _walked(heard, arrive(state, heard.script, state.step, heard.occasion, again=True))


def _walked(heard: Heard, walked: Walked) -> Verdict:
    return delivered(walked, _WALK, heard.script, heard.catalogue)


def _missed(step: Step, state: State, script: Script) -> bool:
    """Say whether an entry was named in vain that nothing has replaced: a year is no answer to "which organ?"."""
    entries = [name for name in step.collect if script.slots[name].kind == "entity"]
    return any(state.attempts.get(name) and name not in state.slots for name in entries)


def _in_vain(reading: Reading) -> bool:
    """Say whether words only tried to name an entry or a time: going on without it would answer another question."""
    codes = {problem.code for problem in reading.problems.values()}
    return not reading.filled and not codes.isdisjoint(_TRIED)


def corrected(heard: Heard, reading: Reading) -> Verdict:
    """Confirm changed values; go back only to a step whose condition now leads elsewhere."""
    state, script = replace(reading.state, asked=None, failed=0), heard.script
    names = (*reading.changed, *(reading.filled if script.step(state.step).kind == "confirm" else ()))
    note = "\n".join(_noted(name, state, script) for name in names)
    verdict = _after_change(heard, state, is_answer=bool(reading.filled))
    return replace(verdict, reply=f"{note}\n\n{verdict.reply}" if verdict.reply else note)


def _after_change(heard: Heard, state: State, *, is_answer: bool) -> Verdict:
    """Say what comes after changed values; `is_answer`: the same words filled what the step asked for."""
    script, step = heard.script, heard.script.step(state.step)
    turned = _turning_point(heard.state, state, script, heard.occasion)
    if turned is not None:
        return _walked(heard, arrive(replace(state, status=Status.BOT), script, turned, heard.occasion))
    if heard.state.is_final:
        return told_again(heard, state)
    if step.kind == "confirm":
        return repeated(heard, state)
    if is_answer and not open_slots(step, state, script):
        return _walked(heard, go_on(state, script, heard.occasion))
    return Verdict(state, open_question(state, script), _WALK)


def ask_change(reading: Reading, script: Script) -> Verdict:
    """Ask for the value of a slot that the customer wants to change and whose new value could not be read."""
    state, name = reading.state, reading.unclear
    problem = reading.problems.get(name, Problem("none"))
    said = question_for(script, name, state.locale)
    if problem.code not in ("none", "unknown"):
        said = problem_text(script.slots[name].kind, problem, script.label(name, state.locale), state.locale)
    return Verdict(replace(state, asked=Question(Asking.CHANGE, slot=name)), said, Choice(Decision.CLARIFY))


def value_answered(heard: Heard, question: Question) -> Verdict:
    """Answer the answer to "Anotei X. Está certo?": a yes, a no, another value, or the question once more."""
    calm, script, name = replace(heard.state, asked=None), heard.script, question.slot
    if is_yes(heard.words):
        if open_slots(script.step(calm.step), calm, script):
            return Verdict(calm, open_question(calm, script), _WALK)
        return _walked(heard, go_on(calm, script, heard.occasion))
    if is_no(heard.words):
        left = {slot: value for slot, value in calm.slots.items() if slot != name}
        said = question_for(script, name, calm.locale)
        return Verdict(replace(calm, slots=left), said, _WALK)
    value = value_of(script.slots[name], heard.words, heard.occasion)
    if not isinstance(value, Problem):
        calm = with_values(calm, {**calm.slots, name: value}, heard.occasion)
    return ask_value(calm, script, name)


def open_question(state: State, script: Script) -> str:
    """Return the question of the running step's first open required slot; empty if it waits for none."""
    if state.is_final or not 0 < state.step <= len(script.steps):
        return ""
    step = script.step(state.step)
    waiting = open_slots(step, state, script)
    if not waiting:
        return _question_left(step, state, script)
    if step.need == "any" and len(waiting) > 1:
        labels = listed([script.label(name, state.locale) for name in waiting], state.locale)
        return text("ask_any", state.locale, labels=labels)
    return question_for(script, waiting[0], state.locale)


def _question_left(step: Step, state: State, script: Script) -> str:
    """Return the question for what a step that any value satisfies still stands at: it was named in vain."""
    left = [name for name in step.collect if name not in state.slots] if step.need == "any" else []
    return question_for(script, left[0], state.locale) if left else ""


def _noted(name: str, state: State, script: Script) -> str:
    """Name the new value as it was just written, unmasked: the customer must see that it was read right."""
    value = value_shown(name, state.slots[name], state, script, is_open=True)
    return text("noted_value", state.locale, label=script.label(name, state.locale), value=value)


def ask_value(state: State, script: Script, name: str) -> Verdict:
    """Repeat a value and ask whether it is right."""
    value = value_shown(name, state.slots[name], state, script, is_open=True)
    asking = replace(state, asked=Question(Asking.VALUE, slot=name), failed=0)
    reply = text("confirm_value", state.locale, label=script.label(name, state.locale), value=value)
    return Verdict(asking, reply, Choice(Decision.CLARIFY))


def _confirmed(heard: Heard) -> Verdict:
    """Answer the answer to a summary: yes goes on, no leads where the script says or asks what to change."""
    state, script = heard.state, heard.script
    agreed, refused = is_yes(heard.words), is_no(heard.words)
    if agreed or (refused and script.step(state.step).next):
        return _walked(heard, go_on(state, script, heard.occasion, confirmed=agreed))
    if refused:
        asking = replace(state, asked=Question(Asking.CHANGE), failed=0)
        return Verdict(asking, text("what_to_change", state.locale), Choice(Decision.CLARIFY))
    again = replace(state, failed=state.failed + 1)
    rule = script.handoff.after_failed_turns
    if rule is not None and again.failed >= rule:
        return hand_off(again, script.handoff.queue, "failed", heard.catalogue)
    return Verdict(again, text("yes_or_no", state.locale), _WALK)


def _no_attempt(heard: Heard) -> Verdict | None:
    """Answer what is no try at the question: a pause, a greeting, "pode repetir?"."""
    if wants_pause(heard.words):
        return Verdict(heard.state, text("take_your_time", heard.locale), _WALK)
    if is_courtesy(heard.words) or asks_repeat(heard.words):
        return Verdict(heard.state, open_question(heard.state, heard.script), _WALK)
    return None


def _worst(reading: Reading, script: Script, words: str) -> tuple[str, Problem]:
    """Return the open slot that the words tried to fill, as far as can be told, and what is wrong with it."""
    step = script.step(reading.state.step)
    waiting = open_slots(step, reading.state, script) or [name for name in step.collect if name in reading.problems]
    if wants_to_skip(words):
        return waiting[0], Problem("unknown")
    tried = (name for name in waiting if _looks_tried(reading.problems.get(name), words))
    name = next(tried, waiting[0])
    return name, reading.problems.get(name, Problem("none"))


def _looks_tried(problem: Problem | None, words: str) -> bool:
    """Say whether a problem speaks of a value that was written; four digits are no attempt at a CPF."""
    if problem is None or problem.code in ("none", "unknown"):
        return False
    digits = sum(character.isdigit() for character in words)
    return problem.code != "wrong_length" or digits >= _FEWEST_DIGITS


def _failed(heard: Heard, name: str, problem: Problem) -> Verdict:
    script = heard.script
    after, reply, then = failed(heard.state, script, name, problem, heard.occasion)
    if not then:
        return Verdict(after, reply, _WALK)
    if then == "handoff":
        return hand_off(after, script.handoff.queue, "failed", heard.catalogue, text("could_not_read", heard.locale))
    if then == "skip":
        skipped = replace(after, slots={**after.slots, name: None})
        return _walked(heard, go_on(skipped, script, heard.occasion))
    quiet = replace(after, script=None, version=0, step=0, steps=0, attempts={}, failed=0)
    return Verdict(quiet, text("given_up", heard.locale), _WALK)


def _turning_point(before: State, after: State, script: Script, occasion: Occasion) -> int | str | None:
    """Return where the walk must go because a passed step's condition changed; None if none did."""
    was, now = (condition_names(state, script, occasion) for state in (before, after))
    if was == now:
        return None
    for number in dict.fromkeys(before.path):
        step = script.step(number)
        if step.when and holds(step.when, was) != holds(step.when, now):
            return number
        if number != before.step and (led := _led_elsewhere(step, before, after, script, occasion)):
            return led
    return None


def _led_elsewhere(step: Step, before: State, after: State, script: Script, occasion: Occasion) -> int | str | None:
    """Return where a step leads now, if it led elsewhere before; where a summary leads is the customer's to say."""
    if step.kind == "confirm":
        return None
    old, new = (target_after(step, state, script, occasion) for state in (before, after))
    return new if new != old else None
