"""Answers to our own questions: "A or B?", "leave this for that?", "stop?", "is this right?", "how was it?"."""

from collections.abc import Sequence
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Later, Question, State, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.texts import text
from roteiro.domain.turn.ending import delivered
from roteiro.domain.turn.starting import running, start, start_next, switch
from roteiro.domain.turn.stepping import (
    answered,
    ask_change,
    corrected,
    open_question,
    reading_of,
    repeated,
    value_answered,
)
from roteiro.domain.turn.topics import closing_text, next_text, topics_text
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.turn.wishes import chosen_topic, is_no, is_yes, wants_all, wants_to_stop
from roteiro.domain.values.parsing import Hints, Problem, Value, parse
from roteiro.domain.walking.cues import corrects, is_question
from roteiro.domain.walking.filling import Reading, value_of, with_values
from roteiro.domain.walking.walk import Occasion, begin

__all__ = ["answered_question"]

_SHORT_MARK = 3  # words; "nota 5", "dou 5"; a longer text is no mark
_SHORT = 6  # words; a longer answer to "A or B?" is a demand of its own
_WALK = Choice(Decision.WALK)


def answered_question(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Answer the answer to our own question; None if the words are something else."""
    question = state.asked
    if question is None:
        return None
    if answer := _OPEN.get(question.kind):
        return answer(state, question, words, occasion, catalogue)
    if not (is_yes(words) or is_no(words)):
        return None
    return _decided(replace(state, asked=None), question, occasion, catalogue, agreed=is_yes(words))


def _decided(state: State, question: Question, occasion: Occasion, catalogue: Catalogue, *, agreed: bool) -> Verdict:
    """Do what was asked about, or go on as before."""
    match question.kind:
        case Asking.STOP if agreed:
            return _stopped(state, catalogue)
        case Asking.RESTART if agreed:
            script = running(state, catalogue)
            return delivered(begin(replace(state, slots={}, sources={}), script, occasion), _WALK, script, catalogue)
        case Asking.STOP | Asking.RESTART:
            return repeated(state, running(state, catalogue), occasion, catalogue)
        case Asking.SWITCH:
            return _switched(state, question, occasion, catalogue, agreed=agreed)
        case _ if agreed:
            return start_next(state, occasion, catalogue)
        case _:
            done = replace(state, later=())
            return Verdict(done, closing_text(done, catalogue), _WALK)


def _switched(state: State, question: Question, occasion: Occasion, catalogue: Catalogue, *, agreed: bool) -> Verdict:
    """Leave for another script, or go on: a step that waits asks again, another takes the words as its answer."""
    other = question.scripts[0]
    if agreed and other in dict(catalogue.topics()):
        return switch(state, other, Choice(Decision.MATCH), question.said, occasion, catalogue)
    script = running(state, catalogue)
    if asked := open_question(state, script):
        return Verdict(state, asked, _WALK)
    reading = reading_of(state, script, question.said, occasion)
    return answered(reading, script, question.said, occasion, catalogue)


def _stopped(state: State, catalogue: Catalogue) -> Verdict:
    """End the script without its last step; nothing of it was registered."""
    quiet = replace(state, script=None, version=0, step=0, steps=0, slots={}, sources={}, attempts={}, path=())
    said = text("stopped", state.locale)
    published = dict(catalogue.topics()) if quiet.later else {}
    later = tuple(one for one in quiet.later if one.step or one.script in published)
    quiet = replace(quiet, later=later, status=Status.BOT)
    if not later:
        return Verdict(quiet, said, _WALK)
    asking = replace(quiet, asked=Question(Asking.NEXT, (later[0].script,)))
    return Verdict(asking, f"{said}\n\n{next_text(quiet, later[0], catalogue)}", _WALK)


def _value_confirmed(
    state: State, question: Question, words: str, occasion: Occasion, catalogue: Catalogue
) -> Verdict | None:
    if words.rstrip().endswith("?") or wants_to_stop(words):
        return None
    return value_answered(state, running(state, catalogue), question, words, occasion, catalogue)


def _changed(state: State, question: Question, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Take the answer to "O que você quer corrigir?" as a correction; what cannot be read brings the step again."""
    script = running(state, catalogue)
    calm = replace(state, asked=None)
    if is_question(words):
        return None
    if question.slot and not is_no(words):
        value = value_of(script.slots[question.slot], words, occasion)
        if not isinstance(value, Problem):
            kept = with_values(calm, {**calm.slots, question.slot: value}, occasion)
            return corrected(Reading(kept, (), (question.slot,)), calm, script, occasion, catalogue)
    reading = reading_of(calm, script, words, occasion, cued=True)
    if reading.changed or reading.filled:
        return corrected(reading, calm, script, occasion, catalogue)
    if reading.unclear and not question.slot:
        return ask_change(reading, script)
    return None if wants_to_stop(words) else repeated(calm, script, occasion, catalogue)


def _rated(state: State, question: Question, words: str, occasion: Occasion, _: Catalogue) -> Verdict | None:
    """Take a mark of 1 to 5; another number is asked for once more, anything else is no rating."""
    if corrects(words) or len(words.split()) > _SHORT_MARK or not any(map(str.isdigit, words)):
        return None
    found = parse("integer", words, Hints(occasion.today, minimum="1", maximum="5"))
    if isinstance(found, Value):
        return Verdict(replace(state, asked=None, rating=int(found.stored)), text("rated", state.locale), _WALK)
    return (
        None
        if question.said
        else Verdict(
            replace(state, asked=replace(question, said=words)), text("rate", state.locale), Choice(Decision.CLARIFY)
        )
    )


def _topic_chosen(
    state: State, question: Question, words: str, occasion: Occasion, catalogue: Catalogue
) -> Verdict | None:
    titles = dict(catalogue.topics())
    offered = [script for script in question.scripts if script in titles]
    if offered and wants_all(words):
        kept = replace(state, later=(*map(Later, offered[1:]), *state.later))
        return start(kept, offered[0], Choice(Decision.MATCH), question.said, occasion, catalogue)
    place = chosen_topic(words, [titles[script] for script in offered])
    if place is not None and offered:
        return start(state, offered[place], Choice(Decision.MATCH), question.said, occasion, catalogue)
    if is_no(words):
        refused, none = replace(state, asked=None), Choice(Decision.OUT_OF_SCOPE)
        return Verdict(refused, topics_text(refused, none, catalogue), none)
    return _nearest_topic(state, offered, words, occasion, catalogue)


def _nearest_topic(
    state: State, offered: Sequence[ScriptId], words: str, occasion: Occasion, catalogue: Catalogue
) -> Verdict | None:
    """Take a short answer such as "o da casa", which names one of the topics but not its title; a question is none."""
    if not offered or len(words.split()) > _SHORT or words.rstrip().endswith("?"):
        return None
    choice = catalogue.rank(words, among=offered)
    if choice.decision is not Decision.MATCH:
        return None
    said = f"{state.asked.said}\n{words}" if state.asked else words
    return start(state, choice.candidates[0].script, choice, said, occasion, catalogue)


# Questions that are not answered by yes or no alone.
_OPEN = {
    Asking.WHICH: _topic_chosen,
    Asking.VALUE: _value_confirmed,
    Asking.CHANGE: _changed,
    Asking.RATING: _rated,
}
