"""One message inside a running script, after everything urgent: slots, corrections, the ladder, the next step."""

from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Question, State, Status
from roteiro.domain.script import Script
from roteiro.domain.texts import listed, text
from roteiro.domain.turn.ending import delivered
from roteiro.domain.turn.verdict import Verdict, hand_off
from roteiro.domain.turn.wishes import is_courtesy, is_no, is_yes
from roteiro.domain.values.parsing import Problem
from roteiro.domain.values.problems import problem_text
from roteiro.domain.walking.conditions import holds
from roteiro.domain.walking.correcting import reread
from roteiro.domain.walking.cues import asks_repeat, corrects, wants_pause, wants_to_skip
from roteiro.domain.walking.filling import Reading, read, value_of, with_values
from roteiro.domain.walking.inserting import value_shown
from roteiro.domain.walking.laddering import failed, question_for
from roteiro.domain.walking.walk import Occasion, arrive, condition_names, go_on, open_slots, target_after

__all__ = [
    "answered",
    "ask_change",
    "ask_value",
    "corrected",
    "open_question",
    "reading_of",
    "repeated",
    "told_again",
    "value_answered",
]

_WALK = Choice(Decision.WALK)
_FEWEST_DIGITS = 7  # of a number that may be meant as a document or a phone


def reading_of(state: State, script: Script, words: str, occasion: Occasion, *, cued: bool = False) -> Reading:
    """Read what a message fills and corrects while a step waits for its answer."""
    step = script.step(state.step)
    again = not corrects(words)  # a correction of what was told a moment ago is no answer: it takes no step
    asked = [n for n in step.collect if n not in state.slots or (again and not script.slots[n].required)]
    reading = read(state, script, words, occasion, asked)
    return reread(reading, state, script, words, occasion, cued=cued)


def answered(reading: Reading, script: Script, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer a message that is neither urgent nor another demand nor a question: the walk goes on, or asks again."""
    state = reading.state
    step = script.step(state.step)
    if step.kind == "confirm":
        return _confirmed(reading, script, words, occasion, catalogue)
    if unsure := next((name for name in reading.filled if script.slots[name].confirm), None):
        return ask_value(state, script, unsure)
    waiting = open_slots(step, state, script)
    if not waiting and not _in_vain(reading):
        return delivered(go_on(state, script, occasion), _WALK, script, catalogue)
    if reading.filled:
        return Verdict(replace(state, failed=0), open_question(state, script), _WALK)
    if calm := _no_attempt(state, script, words):
        return calm
    name, problem = _worst(reading, script, words)
    return _failed(state, script, name, problem, occasion, catalogue)


def told_again(state: State, script: Script, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Do and say the step once more at which a script has ended."""
    again = arrive(replace(state, status=Status.BOT), script, state.step, occasion, again=True)
    return delivered(again, _WALK, script, catalogue)


def _in_vain(reading: Reading) -> bool:
    """Say whether words only tried to name an entry or a time: going on without it would answer another question."""
    codes = {problem.code for problem in reading.problems.values()}
    return not reading.filled and not codes.isdisjoint({"not_in_list", "out_of_order", "not_yet", "unreadable"})


def corrected(reading: Reading, before: State, script: Script, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Confirm changed values; go back only to a step whose condition now leads elsewhere."""
    state = replace(reading.state, asked=None, failed=0)
    names = (*reading.changed, *(reading.filled if script.step(state.step).kind == "confirm" else ()))
    note = "\n".join(_noted(name, state, script) for name in names)
    turned = _turning_point(before, state, script, occasion)
    if turned is not None:
        there = arrive(replace(state, status=Status.BOT), script, turned, occasion)
        return _after(note, delivered(there, _WALK, script, catalogue))
    if before.is_final:
        return _after(note, told_again(state, script, occasion, catalogue))
    step = script.step(state.step)
    if reading.filled and step.kind != "confirm" and not open_slots(step, state, script):
        return _after(note, delivered(go_on(state, script, occasion), _WALK, script, catalogue))
    if step.kind == "confirm":
        return _after(note, repeated(state, script, occasion, catalogue))
    question = open_question(state, script)
    return Verdict(state, f"{note}\n\n{question}" if question else note, _WALK)


def ask_change(reading: Reading, script: Script) -> Verdict:
    """Ask for the value of a slot that the customer wants to change and whose new value could not be read."""
    state, name = reading.state, reading.unclear
    problem = reading.problems.get(name, Problem("none"))
    said = question_for(script, name, state.locale)
    if problem.code not in ("none", "unknown"):
        said = problem_text(script.slots[name].kind, problem, script.label(name, state.locale), state.locale)
    return Verdict(replace(state, asked=Question(Asking.CHANGE, slot=name)), said, Choice(Decision.CLARIFY))


def value_answered(
    state: State, script: Script, question: Question, words: str, occasion: Occasion, catalogue: Catalogue
) -> Verdict:
    """Answer the answer to "Anotei X. Está certo?": a yes, a no, another value, or the question once more."""
    calm = replace(state, asked=None)
    if is_yes(words):
        if open_slots(script.step(state.step), calm, script):
            return Verdict(calm, open_question(calm, script), _WALK)
        return delivered(go_on(calm, script, occasion), _WALK, script, catalogue)
    value = value_of(script.slots[question.slot], words, occasion)
    if not isinstance(value, Problem) and value != calm.slots.get(question.slot) and not is_no(words):
        return ask_value(with_values(calm, {**calm.slots, question.slot: value}, occasion), script, question.slot)
    if is_no(words):
        left = {name: value for name, value in calm.slots.items() if name != question.slot}
        return Verdict(replace(calm, slots=left), question_for(script, question.slot, state.locale), _WALK)
    return ask_value(calm, script, question.slot)


def repeated(state: State, script: Script, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Say the running step once more."""
    return delivered(arrive(state, script, state.step, occasion, again=True), _WALK, script, catalogue)


def open_question(state: State, script: Script) -> str:
    """Return the question of the running step's first open required slot; empty if it waits for none."""
    if state.is_final or not 0 < state.step <= len(script.steps):
        return ""
    step = script.step(state.step)
    waiting = open_slots(step, state, script)
    if not waiting:
        return ""
    if step.need == "any" and len(waiting) > 1:
        return text(
            "ask_any", state.locale, labels=listed([script.label(n, state.locale) for n in waiting], state.locale)
        )
    return question_for(script, waiting[0], state.locale)


def _after(note: str, verdict: Verdict) -> Verdict:
    return replace(verdict, reply=f"{note}\n\n{verdict.reply}" if verdict.reply else note)


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


def _confirmed(reading: Reading, script: Script, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer the answer to a summary: yes goes on, no leads where the script says or asks what to change."""
    state = reading.state
    agreed = is_yes(words)
    if agreed or (is_no(words) and script.step(state.step).next):
        return delivered(go_on(state, script, occasion, confirmed=agreed), _WALK, script, catalogue)
    if is_no(words):
        asking = replace(state, asked=Question(Asking.CHANGE), failed=0)
        return Verdict(asking, text("what_to_change", state.locale), Choice(Decision.CLARIFY))
    again = replace(state, failed=state.failed + 1)
    rule = script.handoff.after_failed_turns
    if rule is not None and again.failed >= rule:
        return hand_off(again, script.handoff.queue, "failed", catalogue)
    return Verdict(again, text("yes_or_no", state.locale), _WALK)


def _no_attempt(state: State, script: Script, words: str) -> Verdict | None:
    """Answer what is no try at the question: a pause, a greeting, "pode repetir?"."""
    question = open_question(state, script)
    if wants_pause(words):
        return Verdict(state, text("take_your_time", state.locale), _WALK)
    if is_courtesy(words) or asks_repeat(words):
        return Verdict(state, question, _WALK)
    return None


def _worst(reading: Reading, script: Script, words: str) -> tuple[str, Problem]:
    """Return the open slot that the words tried to fill, as far as can be told, and what is wrong with it."""
    step = script.step(reading.state.step)
    waiting = open_slots(step, reading.state, script) or [name for name in step.collect if name in reading.problems]
    if wants_to_skip(words):
        return waiting[0], Problem("unknown")
    tried = [name for name in waiting if _looks_tried(reading.problems.get(name), words)]
    name = tried[0] if tried else waiting[0]
    return name, reading.problems.get(name, Problem("none"))


def _looks_tried(problem: Problem | None, words: str) -> bool:
    """Say whether a problem speaks of a value that was written; four digits are no attempt at a CPF."""
    if problem is None or problem.code in ("none", "unknown"):
        return False
    digits = sum(character.isdigit() for character in words)
    return problem.code != "wrong_length" or digits >= _FEWEST_DIGITS


def _failed(
    state: State, script: Script, name: str, problem: Problem, occasion: Occasion, catalogue: Catalogue
) -> Verdict:
    after, reply, then = failed(state, script, name, problem, occasion)
    if not then:
        return Verdict(after, reply, _WALK)
    if then == "handoff":
        return hand_off(after, script.handoff.queue, "failed", catalogue, text("could_not_read", state.locale))
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
