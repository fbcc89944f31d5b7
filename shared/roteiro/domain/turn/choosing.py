"""What to answer where no script runs: begin the one that is meant, ask which, or say what is handled here."""

from collections.abc import Collection
from dataclasses import replace

from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import Asking, Question, Status
from roteiro.domain.turn.demands import GOODBYE, GREETING, THANKS, two_demands
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.knowing import SAME, least_for
from roteiro.domain.turn.looking import looked_up
from roteiro.domain.turn.ready import begun_with, informed
from roteiro.domain.turn.starting import start
from roteiro.domain.turn.topics import closing_text, topics_text
from roteiro.domain.turn.verdict import Verdict, hand_off
from roteiro.domain.turn.wishes import PEOPLE, is_courtesy

__all__ = [
    "GOODBYE",
    "GREETING",
    "THANKS",
    "begun_with_the_answer",
    "begun_with_two",
    "chosen",
    "courteous",
    "own_courtesy",
]


def own_courtesy(heard: Heard, intents: Collection[str]) -> Verdict | None:
    """Begin the script that a pack has of its own for a courtesy of these intents; None if it has none."""
    if not is_courtesy(heard.words) or heard.choice.decision not in (Decision.MATCH, Decision.CLARIFY):
        return None
    first = heard.choice.best
    if first not in heard.published or heard.catalogue.script(first).intent not in intents:
        return None
    return start(heard, first, replace(heard.choice, decision=Decision.MATCH))


def courteous(heard: Heard) -> Verdict | None:
    """Answer a mere courtesy: with the pack's script for it, or with a word."""
    if not is_courtesy(heard.words):
        return None
    said = heard.catalogue.pack().say("smalltalk", heard.locale)
    own = own_courtesy(heard, {GREETING, THANKS, GOODBYE})
    return own or Verdict(heard.state, said, Choice(Decision.SMALLTALK))


def begun_with_the_answer(heard: Heard) -> Verdict | None:
    """Begin the script that only answers and knows this very question."""
    return begun_with(heard, SAME, Choice(Decision.MATCH))


def begun_with_two(heard: Heard) -> Verdict | None:
    """Begin the first of two demands in one message, and remember the second."""
    both = two_demands(heard.words, heard.catalogue)
    if both is None:
        return None
    choice, second = both
    kept = heard.meeting(replace(heard.state, later=(second, *heard.state.later)))
    return start(kept, choice.best, choice)


def chosen(heard: Heard) -> Verdict:
    """Begin the script that the catalogue ranks first, if it is sure; else what has an answer ready, or ask."""
    choice = heard.catalogue.rank(heard.words)
    if choice.decision is Decision.MATCH:
        return informed(start(heard, choice.best, choice), heard.words, heard.catalogue)
    told = begun_with(heard, least_for(heard.words), choice) or looked_up(heard, choice)
    return told or _unclear(heard, choice)


def _unclear(heard: Heard, choice: Choice) -> Verdict:
    """Answer words that begin nothing: ask which of two is meant, call a person, or say what is handled here."""
    state, catalogue = heard.state, heard.catalogue
    if state.status is Status.ENDED and choice.decision in (Decision.OUT_OF_SCOPE, Decision.HANDOFF):
        return Verdict(state, closing_text(state, catalogue), choice)
    if choice.decision is Decision.HANDOFF:
        return replace(hand_off(state, PEOPLE, "unsure", catalogue), choice=choice)
    asked = Question(Asking.WHICH, choice.offered, said=heard.words) if choice.decision is Decision.CLARIFY else None
    return Verdict(replace(state, asked=asked), topics_text(state, choice, catalogue), choice)
