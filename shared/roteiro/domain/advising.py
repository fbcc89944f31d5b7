"""What to answer to a side question: from the script's own text, or from the topics; the step never moves."""

from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Question, State
from roteiro.domain.deciding import Verdict, urgent_verdict
from roteiro.domain.passages import best_passage, first_sentences
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.topics import topics_text
from roteiro.domain.wishes import is_courtesy

__all__ = ["advise", "topic_of"]


def advise(state: State, words: str, catalogue: Catalogue) -> Verdict:
    """Answer a side question with the script's own words."""
    if verdict := urgent_verdict(state, words, catalogue):
        return verdict
    if is_courtesy(words):
        return Verdict(state, catalogue.pack().say("smalltalk", state.locale), Choice(Decision.SMALLTALK))
    script, choice = topic_of(state, words, catalogue)
    if script is None:
        is_open = choice.decision is Decision.CLARIFY
        asked = replace(state, asked=Question(Asking.WHICH, choice.offered)) if is_open else state
        return Verdict(asked, topics_text(state, choice, catalogue), choice)
    return Verdict(state, _from_script(state, script, words), choice)


def topic_of(state: State, words: str, catalogue: Catalogue) -> tuple[Script | None, Choice]:
    """Return the script that a side question is about: the running one, else the one the words match."""
    if state.script is not None:
        return catalogue.script(state.script, state.version), Choice(Decision.ANSWER)
    choice = catalogue.rank(words)
    if choice.decision is not Decision.MATCH:
        return None, choice
    return catalogue.script(choice.candidates[0].script), Choice(Decision.ANSWER, choice.candidates)


def _from_script(state: State, script: Script, words: str) -> str:
    passage = best_passage(script, words)
    if passage is None and state.script is None:
        passage = first_sentences(script.step(1).message)
    if passage is None and state.is_final:
        passage = text("no_answer", state.locale)
    return passage or script.step(state.step).message
