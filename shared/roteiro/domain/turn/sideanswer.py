"""A side question inside a script: its own texts answer, or a polite word; the step is not lost."""

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import State
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.passages import best_passage, first_sentences, said_in
from roteiro.domain.turn.stepping import open_question
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.walking.inserting import insert_values

__all__ = ["side_answer"]


def side_answer(state: State, script: Script, words: str, *, or_step: bool = False) -> Verdict:
    """Answer a question from the script's texts, then ask again what the step waits for; the step does not move.

    `or_step`: where no text answers, the running step's own follows.
    """
    found = best_passage(script, words)
    passage = said_in(script, "", found, state.locale) if found else None
    if state.script is None:  # no script runs: the first words of the one it is about are better than nothing
        return _answered(state, passage or first_sentences(script.message(1, state.locale)), "")
    question = open_question(state, script)
    has_asked = bool(script.step(state.step).collect)  # of a step with slots only what is open is asked again
    if or_step and not (passage or question or has_asked or state.is_final):
        question = insert_values(script.message(state.step, state.locale), state, script)
    return _answered(state, passage or text("no_answer", state.locale), question)


def _answered(state: State, answer: str, question: str) -> Verdict:
    reply = f"{answer}\n\n{question}" if question else answer
    return Verdict(state, reply, Choice(Decision.ANSWER), wording="answer")
