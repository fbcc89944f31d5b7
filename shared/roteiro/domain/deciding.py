"""What to answer to a customer's words: the house rules, most urgent first. Pure but for the catalogue's look-ups."""

from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Later, Owner, Question, State, Status
from roteiro.domain.cues import is_question, wants_to_restart
from roteiro.domain.demands import other_demand, two_demands
from roteiro.domain.filling import Reading
from roteiro.domain.message import fold
from roteiro.domain.passages import best_passage
from roteiro.domain.questions import answered_question
from roteiro.domain.script import Script
from roteiro.domain.sideanswer import side_answer
from roteiro.domain.starting import running, start, switch
from roteiro.domain.stepping import answered, corrected, reading_of
from roteiro.domain.texts import text
from roteiro.domain.topics import closing_text, switch_text, topics_text
from roteiro.domain.verdict import Verdict, hand_off
from roteiro.domain.walk import Occasion
from roteiro.domain.wishes import (
    COMPLAINTS,
    PEOPLE,
    is_courtesy,
    is_emergency,
    is_no,
    is_yes,
    queue_wanted,
    takes_back,
    wants_to_stop,
)

__all__ = ["Verdict", "decide", "urgent_verdict"]

_FREE = frozenset({"text", "long_text"})
_SHORT_QUESTION = 12  # words; a longer text that ends with a question is the story that a free-text slot asked for


def decide(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer a customer's words, most urgent rule first."""
    if verdict := urgent_verdict(state, words, occasion, catalogue):
        return verdict
    if state.asked and (verdict := answered_question(state, words, occasion, catalogue)):
        return verdict
    calm = replace(state, asked=None)
    if state.script is not None and state.status is Status.BOT:
        return _within(calm, words, occasion, catalogue)
    if state.status is Status.ENDED:
        return _after_the_end(calm, words, occasion, catalogue)
    return _choose(calm, words, occasion, catalogue)


def urgent_verdict(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Answer what never waits: a person who owns the conversation, a customer who asks for one."""
    if state.owner is Owner.HUMAN:
        return Verdict(state, None, Choice(Decision.SILENT))
    if is_emergency(words):
        return hand_off(state, PEOPLE, catalogue, text("emergency", state.locale))
    if queue := queue_wanted(words):
        if queue == COMPLAINTS and (script := _complaint_script(catalogue)):
            return switch(state, script.id, Choice(Decision.MATCH), words, occasion, catalogue)
        return hand_off(state, queue, catalogue)
    if state.script is not None and not state.is_final:
        rule = running(state, catalogue).handoff
        if rule.keywords & set(fold(words).split()):
            return hand_off(state, rule.queue, catalogue)
    return None


def _complaint_script(catalogue: Catalogue) -> Script | None:
    scripts = (catalogue.script(script) for script, _ in catalogue.topics())
    return next((script for script in scripts if script.protected == "complaint"), None)


def _within(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer a message inside a running script: leaving it, its slots, corrections, another demand, a question."""
    script = running(state, catalogue)
    if asking := _wants_out(state, script, words):
        return asking
    choice = other_demand(state, words, catalogue)
    is_aside = _is_aside(script, words)
    if choice and not is_aside and catalogue.script(choice.candidates[0].script).protected:
        # Cancelling and complaining are rights: they are entered without asking, whatever runs.
        return switch(state, choice.candidates[0].script, choice, words, occasion, catalogue)
    reading = reading_of(state, script, words, occasion)
    if reading.changed:
        return corrected(reading, state, script, occasion, catalogue)
    if not _tells(reading, script):
        if is_aside:
            return side_answer(state, script, words)
        if choice and not is_aside:
            return _ask_to_switch(state, words, choice, catalogue)
    return answered(reading, script, words, occasion, catalogue)


def _is_aside(script: Script, words: str) -> bool:
    """Say whether the words ask something on the side; "como eu disse, foi ontem" begins like a question and is none.

    Without a question mark only what the script can answer is one.
    """
    if not is_question(words) or is_yes(words) or is_no(words) or len(words.split()) > _SHORT_QUESTION:
        return False
    return words.rstrip().endswith("?") or best_passage(script, words) is not None


def _tells(reading: Reading, script: Script) -> bool:
    """Say whether the words held a value; free text holds anything, so that alone tells nothing."""
    return any(script.slots[name].kind not in _FREE for name in reading.filled)


def _wants_out(state: State, script: Script, words: str) -> Verdict | None:
    if wants_to_restart(words):
        asking = replace(state, asked=Question(Asking.RESTART, (script.id,)))
        return Verdict(asking, text("restart", state.locale, now=script.title), Choice(Decision.CLARIFY))
    if wants_to_stop(words) or (script.protected and takes_back(words)):
        asking = replace(state, asked=Question(Asking.STOP, (script.id,)))
        return Verdict(asking, text("stop", state.locale, now=script.title), Choice(Decision.CLARIFY))
    return None


def _ask_to_switch(state: State, words: str, choice: Choice, catalogue: Catalogue) -> Verdict:
    other = choice.candidates[0].script
    asking = replace(state, asked=Question(Asking.SWITCH, (other,), said=words))
    return Verdict(asking, switch_text(state, Later(other), catalogue), replace(choice, decision=Decision.CLARIFY))


def _after_the_end(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer whoever writes on: politely, with a corrected value, or with the next demand."""
    if is_courtesy(words) or is_yes(words) or is_no(words):
        return Verdict(state, closing_text(state, catalogue), Choice(Decision.SMALLTALK))
    if state.script is not None:
        script = running(state, catalogue)
        reading = reading_of(state, script, words, occasion)
        if reading.changed and not other_demand(state, words, catalogue):
            return corrected(reading, state, script, occasion, catalogue)
    return _choose(state, words, occasion, catalogue)


def _choose(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    if is_courtesy(words):
        return Verdict(state, catalogue.pack().say("smalltalk", state.locale), Choice(Decision.SMALLTALK))
    if both := two_demands(words, catalogue):
        choice, second = both
        kept = replace(state, later=(second, *state.later))
        return start(kept, choice.candidates[0].script, choice, words, occasion, catalogue)
    choice = catalogue.rank(words)
    if choice.decision is Decision.MATCH:
        return start(state, choice.candidates[0].script, choice, words, occasion, catalogue)
    if state.status is Status.ENDED and choice.decision in (Decision.OUT_OF_SCOPE, Decision.HANDOFF):
        return Verdict(state, closing_text(state, catalogue), choice)
    if choice.decision is Decision.HANDOFF:
        return replace(hand_off(state, PEOPLE, catalogue), choice=choice)
    asked = Question(Asking.WHICH, choice.offered, said=words) if choice.decision is Decision.CLARIFY else None
    return Verdict(replace(state, asked=asked), topics_text(state, choice, catalogue), choice)
