"""What is said where an answer is ready: beside a running script, instead of one, and what a pack's buttons mean."""

from dataclasses import replace

from roteiro.domain.acting import OF_RECORDS
from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import State
from roteiro.domain.turn.demands import matched
from roteiro.domain.turn.knowing import Known, house_knows, known, least_for, only_answers
from roteiro.domain.turn.passages import best_passage
from roteiro.domain.turn.starting import running, start
from roteiro.domain.turn.stepping import open_question, reading_of
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.turn.wishes import queue_wanted, wants_to_stop
from roteiro.domain.walking.cues import calls_off, is_question
from roteiro.domain.walking.walk import Occasion

__all__ = ["begun_with", "informed", "pressed", "told_aside"]


def pressed(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Do what one of the pack's buttons says, whatever runs: it means what it means, and is no answer to a question.

    What only tells something is told aside; any other script begins instead of the running one.
    """
    if words not in catalogue.pack().cast.buttons:
        return None
    choice = catalogue.glance(words)
    other = matched(choice, catalogue)
    if other is None or other == state.script:
        return None
    begun = start(state, other, choice, words, occasion, catalogue)
    return begun if len(catalogue.script(other).steps) > 1 else _aside(begun, state, begun.reply or "", catalogue)


def told_aside(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Answer what the running script, or else one that only answers, has ready for these very words."""
    script = running(state, catalogue)
    if wants_to_stop(words) or calls_off(words, script.title) or queue_wanted(words):
        return None
    least = least_for(words)
    told = known(script, words, state.locale, least) or house_knows(words, catalogue, state.locale, least)
    if told is None:
        return _told_by_another(state, words, occasion, catalogue)
    reading = reading_of(state, script, words, occasion)
    if reading.filled or reading.changed:
        return None
    wording = "answer" if told.script == script.id else ""
    return _aside(Verdict(state, None, Choice(Decision.ANSWER), wording=wording), state, told.answer, catalogue)


def _told_by_another(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Let a script that only answers say its text to a question that means it, if the running one knows nothing."""
    if not is_question(words) or best_passage(running(state, catalogue), words):
        return None
    choice = catalogue.glance(words)
    other = matched(choice, catalogue)
    if other is None or not only_answers(catalogue.script(other)):
        return None
    begun = start(state, other, choice, words, occasion, catalogue)
    return _aside(begun, state, begun.reply or "", catalogue)


def _aside(verdict: Verdict, state: State, said: str, catalogue: Catalogue) -> Verdict:
    """Say something on the side, then what the running script waits for; the walk stays where it is."""
    question = open_question(state, running(state, catalogue))
    return replace(verdict, state=state, reply=f"{said}\n\n{question}".strip(), choice=Choice(Decision.ANSWER))


def begun_with(
    state: State, words: str, least: float, choice: Choice, occasion: Occasion, catalogue: Catalogue
) -> Verdict | None:
    """Begin the script that only answers and has this answer ready; None if none is like enough."""
    told = house_knows(words, catalogue, state.locale, least)
    if told is None:
        return None
    begun = start(state, told.script, replace(choice, decision=Decision.MATCH), words, occasion, catalogue)
    return replace(begun, reply=_with_answer(told, begun.reply or "", catalogue))


def _with_answer(told: Known, reply: str, catalogue: Catalogue) -> str:
    """Say an answer instead of its script's own text; what that looked up of the conversation's record follows it."""
    looks_up = any(step.action in OF_RECORDS for step in catalogue.script(told.script).steps)
    return f"{told.answer}\n\n{reply}" if looks_up else told.answer


def informed(verdict: Verdict, words: str, catalogue: Catalogue) -> Verdict:
    """Answer a question from what the script knows that it started, if that one asked nothing and ended at once."""
    script = running(verdict.state, catalogue)
    if not verdict.state.is_final or not (script.is_plain or only_answers(script)):
        return verdict
    told = known(script, words, verdict.state.locale)
    if told is None and only_answers(script):
        told = house_knows(words, catalogue, verdict.state.locale)
    return replace(verdict, reply=_with_answer(told, verdict.reply or "", catalogue)) if told else verdict
