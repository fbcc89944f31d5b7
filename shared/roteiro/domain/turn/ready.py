"""What is said where an answer is ready: beside a running script, instead of one, and what a pack's buttons mean."""

from dataclasses import replace

from roteiro.domain.acting import OF_RECORDS
from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.ids import ScriptId
from roteiro.domain.turn.demands import matched
from roteiro.domain.turn.heard import Heard, running
from roteiro.domain.turn.knowing import Known, house_knows, known, least_for, only_answers
from roteiro.domain.turn.passages import best_passage
from roteiro.domain.turn.starting import start
from roteiro.domain.turn.stepping import open_question
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.turn.wishes import queue_wanted
from roteiro.domain.walking.cues import is_question

__all__ = ["begun_or_aside", "begun_with", "informed", "pressed", "told_aside"]


def pressed(heard: Heard) -> Verdict | None:
    """Do what one of the pack's buttons says, whatever runs: it means what it means, and is no answer to a question.

    What only tells something is told aside; any other script begins instead of the running one.
    """
    is_button = heard.words in heard.catalogue.pack().cast.buttons
    other = matched(heard, besides=heard.state.script) if is_button else None
    if other is None:
        return None
    return begun_or_aside(heard, other)


def begun_or_aside(heard: Heard, other: ScriptId) -> Verdict:
    """Begin another script instead of the running one; what that only tells is told aside."""
    begun = start(heard, other, heard.choice)
    return begun if len(heard.catalogue.script(other).steps) > 1 else _aside(heard, begun, begun.reply or "")


def told_aside(heard: Heard) -> Verdict | None:
    """Answer what the running script, or else one that only answers, has ready for these very words."""
    words, script = heard.words, heard.script
    if heard.is_called_off or queue_wanted(words):
        return None
    least = least_for(words)
    told = known(script, words, heard.locale, least) or house_knows(words, heard.catalogue, heard.locale, least)
    if told is None:
        return _told_by_another(heard)
    if heard.reading.filled or heard.reading.changed:
        return None
    wording = "answer" if told.script == script.id else ""
    return _aside(heard, Verdict(heard.state, None, Choice(Decision.ANSWER), wording=wording), told.answer)


def _told_by_another(heard: Heard) -> Verdict | None:
    """Let a script that only answers say its text to a question that means it, if the running one knows nothing."""
    if not is_question(heard.words) or best_passage(heard.script, heard.words, heard.locale):
        return None
    other = matched(heard)
    if other is None or not only_answers(heard.catalogue.script(other)):
        return None
    begun = start(heard, other, heard.choice)
    return _aside(heard, begun, begun.reply or "")


def _aside(heard: Heard, verdict: Verdict, said: str) -> Verdict:
    """Say something on the side, then what the running script waits for; the walk stays where it is."""
    question = open_question(heard.state, heard.script)
    reply = f"{said}\n\n{question}".strip()
    return replace(verdict, state=heard.state, reply=reply, choice=Choice(Decision.ANSWER))


def begun_with(heard: Heard, least: float, choice: Choice) -> Verdict | None:
    """Begin the script that only answers and has this answer ready; None if none is like enough."""
    told = house_knows(heard.words, heard.catalogue, heard.locale, least)
    if told is None:
        return None
    begun = start(heard, told.script, replace(choice, decision=Decision.MATCH))
    return replace(begun, reply=_with_answer(told, begun.reply or "", heard.catalogue))


def _with_answer(told: Known, reply: str, catalogue: Catalogue) -> str:
    """Say an answer instead of its script's own text; what that looked up of the conversation's record follows it."""
    looks_up = any(step.action in OF_RECORDS for step in catalogue.script(told.script).steps)
    return f"{told.answer}\n\n{reply}" if looks_up else told.answer


def informed(verdict: Verdict, words: str, catalogue: Catalogue) -> Verdict:
    """Answer a question from what the script knows that it started, if that one asked nothing and ended at once."""
    script, locale = running(verdict.state, catalogue), verdict.state.locale
    told = None
    if verdict.state.is_final and only_answers(script):
        told = known(script, words, locale) or house_knows(words, catalogue, locale)
    elif verdict.state.is_final and script.is_plain:
        told = known(script, words, locale)
    return replace(verdict, reply=_with_answer(told, verdict.reply or "", catalogue)) if told else verdict
