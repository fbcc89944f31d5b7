"""A side question inside a script: its own texts answer, or a polite word; the step is not lost."""

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import State
from roteiro.domain.inserting import insert_values
from roteiro.domain.passages import best_passage, first_sentences
from roteiro.domain.script import Script
from roteiro.domain.stepping import open_question
from roteiro.domain.texts import text
from roteiro.domain.verdict import Verdict

__all__ = ["side_answer"]


def side_answer(state: State, script: Script, words: str, *, or_step: bool = False) -> Verdict:
    """Answer a question from the script's texts, then ask again what the step waits for; the step does not move.

    `or_step`: where no text answers, the running step's own follows.
    """
    passage = best_passage(script, words)
    if passage is None and state.script is None:
        passage = first_sentences(script.message(1, state.locale))
    answer = passage or text("no_answer", state.locale)
    question = open_question(state, script) if state.script is not None else ""
    if or_step and passage is None and not question and state.script is not None and not state.is_final:
        question = insert_values(script.message(state.step, state.locale), state, script)
    reply = f"{answer}\n\n{question}" if question else answer
    return Verdict(state, reply, Choice(Decision.ANSWER), wording="answer")
