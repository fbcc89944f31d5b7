"""What to answer to a customer's words: the house rules, most urgent first. Pure but for the catalogue's look-ups."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, State, Status
from roteiro.domain.turn import bounding, choosing, going_on, looking, people
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.questions import answered_question
from roteiro.domain.turn.ready import pressed, told_aside
from roteiro.domain.turn.stepping import open_question
from roteiro.domain.turn.topics import closing_text
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.turn.wishes import is_courtesy, is_no, is_yes
from roteiro.domain.turn.within import left, right_taken, said_again, within
from roteiro.domain.walking.walk import Occasion

__all__ = ["Verdict", "decide", "urgent_verdict"]

_Rule = Callable[[Heard], Verdict | None]  # None: the words are none of its business


def decide(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer a customer's words, most urgent rule first."""
    heard = Heard(state, words, occasion, catalogue)
    if verdict := _first((*_URGENT, answered_question), heard):
        return verdict
    calm = heard.meeting(replace(state, asked=None))
    if state.script is not None and state.status is Status.BOT:
        return _still_asking(_first(_AMID, calm) or within(calm), state)
    rules = _AFTER + _AT_FIRST if state.status is Status.ENDED else _AT_FIRST
    return _first(rules, calm) or choosing.chosen(calm)


def urgent_verdict(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Answer what never waits: a person who owns the conversation, a customer who asks for one."""
    return _first(_URGENT, Heard(state, words, occasion, catalogue))


def _first(rules: Iterable[_Rule], heard: Heard) -> Verdict | None:
    verdicts = (rule(heard) for rule in rules)
    return next((verdict for verdict in verdicts if verdict), None)


def _still_asking(verdict: Verdict, before: State) -> Verdict:
    """Keep a question of ours about a value open over a question of theirs."""
    is_about_value = before.asked is not None and before.asked.kind in (Asking.VALUE, Asking.CHANGE)
    if not is_about_value or verdict.choice.decision is not Decision.ANSWER:
        return verdict
    return replace(verdict, state=replace(verdict.state, asked=before.asked))


def _goodbye(heard: Heard) -> Verdict | None:
    return choosing.own_courtesy(heard, {choosing.GOODBYE})


def _asked_anew(heard: Heard) -> Verdict | None:
    """Ask again if the words only demand once more what already runs, as a button pressed twice does."""
    question = open_question(heard.state, heard.script)
    if not question or heard.choice.decision is not Decision.MATCH or heard.choice.tier:
        return None
    is_same = heard.choice.best == heard.script.id and not (heard.reading.filled or heard.reading.tried)
    return Verdict(heard.state, question, Choice(Decision.WALK)) if is_same else None


def _thanks(heard: Heard) -> Verdict | None:
    return choosing.own_courtesy(heard, {choosing.THANKS, choosing.GOODBYE})


def _closing(heard: Heard) -> Verdict | None:
    """Close politely where nothing more is wanted."""
    if not (is_courtesy(heard.words) or is_yes(heard.words) or is_no(heard.words)):
        return None
    return Verdict(heard.state, closing_text(heard.state, heard.catalogue), Choice(Decision.SMALLTALK))


_URGENT: tuple[_Rule, ...] = (
    people.reopened,  # the conversation was closed
    people.alarmed_while_waiting,
    people.taken_back,  # who waits for a person no longer wants one
    people.silent,  # a person has it
    people.alarmed,
    people.person_wanted,
    people.called_by_script,
    people.left_to_people,  # the bot is switched off
)
_AMID: tuple[_Rule, ...] = (  # before what the words say to the running script
    _goodbye,
    _asked_anew,
    pressed,  # one of the pack's buttons
    told_aside,  # an answer is ready for these very words
    left,
    said_again,
    right_taken,  # cancelling and complaining are entered without asking
)
_AFTER: tuple[_Rule, ...] = (
    _thanks,
    _closing,
    bounding.bounded,  # "só acima de 500 mil"
    going_on.gone_on,  # "e a defesa?"
    going_on.about_what_ended,  # a correction, or a question about it
)
_AT_FIRST: tuple[_Rule, ...] = (  # before the catalogue is asked what the words mean
    choosing.courteous,
    looking.one_looked_up,  # "contrato 7/2025"
    choosing.begun_with_the_answer,
    looking.by_name_looked_up,  # "contratos da empresa Alfa"
    choosing.begun_with_two,
)
