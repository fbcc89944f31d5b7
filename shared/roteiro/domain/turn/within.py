"""One message inside a running script: leaving it, slots, corrections, another demand, a question, or the next step."""

import re
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Later, Question, State
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.demands import other_demand
from roteiro.domain.turn.passages import best_passage
from roteiro.domain.turn.sideanswer import side_answer
from roteiro.domain.turn.starting import running, start, switch
from roteiro.domain.turn.stepping import answered, ask_change, corrected, reading_of, repeated
from roteiro.domain.turn.topics import switch_text
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.turn.wishes import is_no, is_yes, takes_back, wants_to_stop
from roteiro.domain.values.texts import is_unknown
from roteiro.domain.walking.cues import (
    asks_repeat,
    calls_off,
    changes_subject,
    declines,
    is_question,
    wants_something,
    wants_to_restart,
)
from roteiro.domain.walking.filling import FREE, Reading
from roteiro.domain.walking.walk import Occasion, open_slots

__all__ = ["within"]

_SHORT_QUESTION = 12  # words; a longer text that ends with a question is the story that a free-text slot asked for
_DENIAL = re.compile(r"(?:eu )?nao (?:sei|tenho|lembro|possuo|uso|achei|encontrei|estou com|me lembro)\b")


def within(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer a message inside a running script: leaving it, its slots, corrections, another demand, a question."""
    script = running(state, catalogue)
    if asking := _wants_out(state, script, words):
        return asking
    if _asks_again(script, words):
        return repeated(state, script, occasion, catalogue)
    other = None if _is_aside(script, words) else other_demand(state, words, catalogue)
    if other and catalogue.script(other.candidates[0].script).protected:
        # Cancelling and complaining are rights: they are entered without asking, whatever runs.
        return switch(state, other.candidates[0].script, other, words, occasion, catalogue)
    reading = reading_of(state, script, words, occasion, cued=_awaits_agreement(state, script, words))
    return (
        _corrected(reading, state, script, words, occasion, catalogue)
        or _digression(reading, state, script, words, other, occasion, catalogue)
        or answered(reading, script, words, occasion, catalogue)
    )


def _asks_again(script: Script, words: str) -> bool:
    """Say whether the words ask to hear a step that waits for nothing; where one waits, its question is said again."""
    return not script.slots and asks_repeat(words) and not is_yes(words)


def _digression(
    reading: Reading,
    state: State,
    script: Script,
    words: str,
    other: Choice | None,
    occasion: Occasion,
    catalogue: Catalogue,
) -> Verdict | None:
    """Answer words that hold no value and speak of something else: another demand, or a question on the side."""
    if other and _takes_several(reading, catalogue.script(other.candidates[0].script)):
        return start(state, other.candidates[0].script, other, words, occasion, catalogue)
    if _tells(reading, script):
        return None
    if other and _is_wish(state, script, words):
        return _ask_to_switch(state, words, other, catalogue)
    return side_answer(state, script, words) if _is_aside(script, words) or changes_subject(words) else None


def _takes_several(reading: Reading, other: Script) -> bool:
    """Say whether words name several values of a slot that takes one, and the script they match takes them all."""
    several = [name for name, problem in reading.problems.items() if problem.code == "ambiguous"]
    return any(name in other.slots and other.slots[name].many for name in several)


def _awaits_agreement(state: State, script: Script, words: str) -> bool:
    """Say whether a summary waits for yes or no: whatever else is said there is about what is wrong with it."""
    return script.step(state.step).kind == "confirm" and not (is_yes(words) or is_no(words))


def _corrected(
    reading: Reading, state: State, script: Script, words: str, occasion: Occasion, catalogue: Catalogue
) -> Verdict | None:
    """Answer a correction, or ask for the value that somebody wants to change; None if it is neither."""
    is_added = bool(reading.filled) and _awaits_agreement(state, script, words)
    if reading.changed or is_added:
        return corrected(reading, state, script, occasion, catalogue)
    return ask_change(reading, script) if reading.unclear and not reading.filled else None


def _is_wish(state: State, script: Script, words: str) -> bool:
    """Say whether words that match another script are meant as a demand.

    While a value is waited for, "não tenho o número" and "meu nome é Carlos" are answers, whatever they resemble.
    """
    if is_unknown(words) or declines(words) or _DENIAL.match(fold(words)):
        return False
    is_waited_for = bool(open_slots(script.step(state.step), state, script))
    return not is_waited_for or wants_something(words) or changes_subject(words)


def _is_aside(script: Script, words: str) -> bool:
    """Say whether the words ask something on the side; "como eu disse, foi ontem" begins like a question and is none.

    Without a question mark only what the script can answer is one.
    """
    if not is_question(words) or is_yes(words) or is_no(words) or len(words.split()) > _SHORT_QUESTION:
        return False
    return words.rstrip().endswith("?") or best_passage(script, words) is not None


def _tells(reading: Reading, script: Script) -> bool:
    """Say whether the words held a value; free text holds anything, so that alone tells nothing."""
    return any(script.slots[name].kind not in FREE for name in reading.filled)


def _wants_out(state: State, script: Script, words: str) -> Verdict | None:
    if wants_to_restart(words):
        asking = replace(state, asked=Question(Asking.RESTART, (script.id,)))
        return Verdict(asking, text("restart", state.locale, now=script.title), Choice(Decision.CLARIFY))
    if wants_to_stop(words) or calls_off(words, script.title) or (script.protected and takes_back(words)):
        asking = replace(state, asked=Question(Asking.STOP, (script.id,)))
        return Verdict(asking, text("stop", state.locale, now=script.title), Choice(Decision.CLARIFY))
    return None


def _ask_to_switch(state: State, words: str, choice: Choice, catalogue: Catalogue) -> Verdict:
    other = choice.candidates[0].script
    asking = replace(state, asked=Question(Asking.SWITCH, (other,), said=words))
    return Verdict(asking, switch_text(state, Later(other), catalogue), replace(choice, decision=Decision.CLARIFY))
