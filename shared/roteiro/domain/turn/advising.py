"""What to answer to a side question (`/chat_ai`): from the script's own text, or from the topics; no step moves."""

from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Question, State
from roteiro.domain.script import Script
from roteiro.domain.turn.deciding import Verdict, urgent_verdict
from roteiro.domain.turn.heard import running
from roteiro.domain.turn.sideanswer import side_answer
from roteiro.domain.turn.topics import topics_text
from roteiro.domain.turn.wishes import is_courtesy
from roteiro.domain.walking.filling import read
from roteiro.domain.walking.walk import Occasion

__all__ = ["advise", "topic_of"]


def advise(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer a side question with the script's own words; what the words tell for sure fills slots on the way."""
    if verdict := urgent_verdict(state, words, occasion, catalogue):
        return verdict
    if is_courtesy(words):
        return Verdict(state, catalogue.pack().say("smalltalk", state.locale), Choice(Decision.SMALLTALK))
    script, choice = topic_of(state, words, catalogue)
    if script is None:
        is_open = choice.decision is Decision.CLARIFY
        asked = Question(Asking.WHICH, choice.offered, said=words) if is_open else state.asked
        return Verdict(replace(state, asked=asked), topics_text(state, choice, catalogue), choice)
    told = read(state, script, words, occasion, asked=()).state if state.script is not None else state
    return replace(side_answer(told, script, words, or_step=True), choice=choice)


def topic_of(state: State, words: str, catalogue: Catalogue) -> tuple[Script | None, Choice]:
    """Return the script that a side question is about: the running one, else the one the words match."""
    if state.script is not None:
        return running(state, catalogue), Choice(Decision.ANSWER)
    choice = catalogue.rank(words)
    if choice.decision is not Decision.MATCH:
        return None, choice
    return catalogue.script(choice.best), Choice(Decision.ANSWER, choice.candidates)
