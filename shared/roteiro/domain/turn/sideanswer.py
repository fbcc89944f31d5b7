"""A side question inside a script: its own texts answer, or a polite word; the step is not lost."""

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import State
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.passages import best_passage, first_sentences
from roteiro.domain.turn.stepping import open_question
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.walking.inserting import insert_values

__all__ = ["side_answer"]


def side_answer(state: State, script: Script, words: str, *, or_step: bool = False) -> Verdict:
    """Answer a question from the script's texts, then ask again what the step waits for; the step does not move.

    `or_step`: where no text answers, the running step's own follows.
    """
    found = best_passage(script, words, state.locale)
    passage = insert_values(found, state, script) if found else None  # it may be a step's text, with slots in it
    if state.script is None:  # no script runs: the first words of the one it is about are better than nothing
        return _answered(state, passage or first_sentences(script.message(1, state.locale)), "")
    question = open_question(state, script)
    if or_step and not (passage or question):
        question = _step_text(state, script)
    return _answered(state, passage or text("no_answer", state.locale), question)


def _step_text(state: State, script: Script) -> str:
    """Return what the running step says; of one with slots only what is open is asked again."""
    if state.is_final or script.step(state.step).collect:
        return ""
    return insert_values(script.message(state.step, state.locale), state, script)


def _answered(state: State, answer: str, question: str) -> Verdict:
    reply = f"{answer}\n\n{question}" if question else answer
    return Verdict(state, reply, Choice(Decision.ANSWER), wording="answer")
