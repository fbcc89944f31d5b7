"""One message inside a running script: leaving it, slots, corrections, another demand, a question, or the next step."""

from dataclasses import replace

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Asking, Later, Question
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.demands import other_demand
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.passages import best_passage
from roteiro.domain.turn.sideanswer import side_answer
from roteiro.domain.turn.starting import start, start_again, switch
from roteiro.domain.turn.stepping import answered, ask_change, corrected, repeated
from roteiro.domain.turn.switching import denies, taken_up
from roteiro.domain.turn.topics import switch_text
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.turn.wishes import is_no, is_yes, takes_back
from roteiro.domain.walking.cues import (
    asks_repeat,
    changes_subject,
    is_question,
    wants_something,
    wants_to_restart,
)
from roteiro.domain.walking.filling import FREE, Reading
from roteiro.domain.walking.walk import open_slots

__all__ = ["left", "right_taken", "said_again", "within"]

_SHORT_QUESTION = 12  # words; a longer text that ends with a question is the story that a free-text slot asked for


def within(heard: Heard) -> Verdict:
    """Answer what the words say to the running script: its slots, corrections, another demand, a question."""
    reading = heard.reading_of_changes if _awaits_agreement(heard) else heard.reading
    if reading.tried.keys() & heard.state.slots.keys():
        return start_again(heard, reading)
    first = taken_up(heard, reading) or _corrected(heard, reading)
    return first or _digression(heard, reading) or answered(heard, reading)


def left(heard: Heard) -> Verdict | None:
    """Ask whether the script shall really be left, or begun anew, if the words want so."""
    if wants_to_restart(heard.words):
        return _ask_first(heard, Asking.RESTART, "restart")
    if heard.is_called_off or (heard.script.protected and takes_back(heard.words)):
        return _ask_first(heard, Asking.STOP, "stop")
    return None


def said_again(heard: Heard) -> Verdict | None:
    """Say a step again that waits for nothing, if the words ask so; where one waits, its question is said again."""
    if heard.script.slots or not asks_repeat(heard.words) or is_yes(heard.words):
        return None
    return repeated(heard, heard.state)


def right_taken(heard: Heard) -> Verdict | None:
    """Enter cancelling or complaining without asking, whatever runs: they are rights."""
    other = _other(heard)
    if other is None or not heard.catalogue.script(other.best).protected:
        return None
    return switch(heard, other.best, other)


def _other(heard: Heard) -> Choice | None:
    return None if _is_aside(heard) else other_demand(heard)


def _digression(heard: Heard, reading: Reading) -> Verdict | None:
    """Answer words that hold no value and speak of something else: another demand, or a question on the side."""
    other = _other(heard)
    if other and _takes_several(reading, heard.catalogue.script(other.best)):
        return start(heard, other.best, other)
    if _tells(reading, heard.script):
        return None
    if other and _is_wish(heard):
        return _ask_to_switch(heard, other)
    is_aside = _is_aside(heard) or changes_subject(heard.words)
    return side_answer(heard.state, heard.script, heard.words) if is_aside else None


def _takes_several(reading: Reading, other: Script) -> bool:
    """Say whether words name several values of a slot that takes one, and the script they match takes them all."""
    several = [name for name, problem in reading.problems.items() if problem.code == "ambiguous"]
    return any(name in other.slots and other.slots[name].many for name in several)


def _awaits_agreement(heard: Heard) -> bool:
    """Say whether a summary waits for yes or no: whatever else is said there is about what is wrong with it."""
    is_summed_up = heard.script.step(heard.state.step).kind == "confirm"
    return is_summed_up and not (is_yes(heard.words) or is_no(heard.words))


def _corrected(heard: Heard, reading: Reading) -> Verdict | None:
    """Answer a correction, or ask for the value that somebody wants to change; None if it is neither."""
    is_added = bool(reading.filled) and _awaits_agreement(heard)
    if reading.changed or is_added:
        return corrected(heard, reading)
    return ask_change(reading, heard.script) if reading.unclear and not reading.filled else None


def _is_wish(heard: Heard) -> bool:
    """Say whether words that match another script are meant as a demand.

    While a value is waited for, "não tenho o número" and "meu nome é Carlos" are answers, whatever they resemble.
    """
    words, script = heard.words, heard.script
    if denies(words):
        return False
    is_waited_for = bool(open_slots(script.step(heard.state.step), heard.state, script))
    return not is_waited_for or wants_something(words) or changes_subject(words)


def _is_aside(heard: Heard) -> bool:
    """Say whether the words ask something on the side; "como eu disse, foi ontem" begins like a question and is none.

    Without a question mark only what the script can answer is one.
    """
    words = heard.words
    if not is_question(words) or is_yes(words) or is_no(words) or len(words.split()) > _SHORT_QUESTION:
        return False
    return words.rstrip().endswith("?") or best_passage(heard.script, words, heard.locale) is not None


def _tells(reading: Reading, script: Script) -> bool:
    """Say whether the words held a value; free text holds anything, so that alone tells nothing."""
    return any(script.slots[name].kind not in FREE for name in reading.filled)


def _ask_first(heard: Heard, asking: Asking, key: str) -> Verdict:
    """Ask whether the running script shall really be left, or begun anew."""
    asked = replace(heard.state, asked=Question(asking, (heard.script.id,)))
    return Verdict(asked, text(key, heard.locale, now=heard.script.titled(heard.locale)), Choice(Decision.CLARIFY))


def _ask_to_switch(heard: Heard, choice: Choice) -> Verdict:
    other = choice.best
    asking = replace(heard.state, asked=Question(Asking.SWITCH, (other,), said=heard.words))
    said = switch_text(heard.state, Later(other), heard.catalogue)
    return Verdict(asking, said, replace(choice, decision=Decision.CLARIFY))
