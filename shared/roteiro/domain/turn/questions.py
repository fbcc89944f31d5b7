"""Answers to our own questions: "A or B?", "leave this for that?", "stop?", "is this right?", "how was it?"."""

from collections.abc import Sequence
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Later, Question, State, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.texts import text
from roteiro.domain.turn.ending import delivered
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.starting import start, start_next, switch
from roteiro.domain.turn.stepping import answered, ask_change, corrected, open_question, repeated, value_answered
from roteiro.domain.turn.topics import closing_text, next_text, topics_text
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.turn.wishes import chosen_topic, is_no, is_yes, wants_all, wants_to_stop
from roteiro.domain.values.parsing import Hints, Problem, Value, parse
from roteiro.domain.values.problems import LISTED
from roteiro.domain.walking.cues import corrects, is_question
from roteiro.domain.walking.filling import Reading, value_of, with_values
from roteiro.domain.walking.laddering import question_for
from roteiro.domain.walking.walk import begin, go_on

__all__ = ["answered_question"]

_SHORT_MARK = 3  # words; "nota 5", "dou 5"; a longer text is no mark
_SHORT = 6  # words; a longer answer to "A or B?" is a demand of its own
_WALK = Choice(Decision.WALK)


def answered_question(heard: Heard) -> Verdict | None:
    """Answer the answer to our own question; None if there is none, or the words are something else."""
    question = heard.state.asked
    if question is None:
        return None
    if answer := _OPEN.get(question.kind):
        return answer(heard, question)
    if not (is_yes(heard.words) or is_no(heard.words)):
        return None
    return _decided(_calm(heard), question, agreed=is_yes(heard.words))


def _calm(heard: Heard) -> Heard:
    return heard.meeting(replace(heard.state, asked=None))


def _decided(heard: Heard, question: Question, *, agreed: bool) -> Verdict:
    """Do what was asked about, or go on as before."""
    match question.kind:
        case Asking.STOP if agreed:
            return _stopped(heard.state, heard.catalogue)
        case Asking.RESTART if agreed:
            walked = begin(replace(heard.state, slots={}, sources={}), heard.script, heard.occasion)
            return delivered(walked, _WALK, heard.script, heard.catalogue)
        case Asking.STOP | Asking.RESTART:
            return repeated(heard, heard.state)
        case Asking.SWITCH:
            return _switched(heard.saying(question.said), question.scripts[0], agreed=agreed)
        case _ if agreed:
            return start_next(heard)
        case _:
            done = replace(heard.state, later=())
            return Verdict(done, closing_text(done, heard.catalogue), _WALK)


def _switched(heard: Heard, other: ScriptId, *, agreed: bool) -> Verdict:
    """Leave for another script, or go on: a step that waits asks again, another takes the words as its answer."""
    if agreed and other in heard.published:
        return switch(heard, other, Choice(Decision.MATCH))
    if asked := open_question(heard.state, heard.script):
        return Verdict(heard.state, asked, _WALK)
    return answered(heard, heard.reading)


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


def _value_confirmed(heard: Heard, question: Question) -> Verdict | None:
    if heard.words.rstrip().endswith("?") or wants_to_stop(heard.words):
        return None
    return value_answered(heard, question)


def _changed(heard: Heard, question: Question) -> Verdict | None:
    """Take the answer to "O que você quer corrigir?" as a correction; what cannot be read brings the step again."""
    if is_question(heard.words):
        return None
    calm = _calm(heard)
    reading = _value_given(calm, question.slot) or calm.reading_of_changes
    if reading.changed or reading.filled:
        return corrected(calm, reading)
    if reading.unclear and not question.slot:
        return ask_change(reading, calm.script)
    return None if wants_to_stop(calm.words) else repeated(calm, calm.state)


def _value_given(heard: Heard, slot: str) -> Reading | None:
    """Read the words as the new value of the slot that was asked about, if one was."""
    if not slot or is_no(heard.words):
        return None
    value = value_of(heard.script.slots[slot], heard.words, heard.occasion)
    if isinstance(value, Problem):
        return None
    return Reading(with_values(heard.state, {**heard.state.slots, slot: value}, heard.occasion), (), (slot,))


def _meant(heard: Heard, question: Question) -> Verdict | None:
    """Go on with the entries that were meant, or ask which; another answer is read as one."""
    calm, script, name = replace(heard.state, asked=None), heard.script, question.slot
    if is_yes(heard.words):
        ids = question.said.split(LISTED)
        state = with_values(calm, {**calm.slots, name: ids if script.slots[name].many else ids[0]}, heard.occasion)
        return delivered(go_on(state, script, heard.occasion), _WALK, script, heard.catalogue)
    return Verdict(calm, question_for(script, name, calm.locale), _WALK) if is_no(heard.words) else None


def _rated(heard: Heard, question: Question) -> Verdict | None:
    """Take a mark of 1 to 5; another number is asked for once more, anything else is no rating."""
    state, words = heard.state, heard.words
    if corrects(words) or len(words.split()) > _SHORT_MARK or not any(map(str.isdigit, words)):
        return None
    found = parse("integer", words, Hints(heard.occasion.today, minimum="1", maximum="5"))
    if isinstance(found, Value):
        return Verdict(replace(state, asked=None, rating=int(found.stored)), text("rated", state.locale), _WALK)
    if question.said:
        return None
    asking = replace(state, asked=replace(question, said=words))
    return Verdict(asking, text("rate", state.locale), Choice(Decision.CLARIFY))


def _topic_chosen(heard: Heard, question: Question) -> Verdict | None:
    offered = [script for script in question.scripts if script in heard.published]
    if offered and (begun := _topic_named(heard.saying(question.said), offered, heard.words)):
        return begun
    if is_no(heard.words):
        refused, none = _calm(heard).state, Choice(Decision.OUT_OF_SCOPE)
        return Verdict(refused, topics_text(refused, none, heard.catalogue), none)
    return _nearest_topic(heard, offered)


def _topic_named(asked: Heard, offered: Sequence[ScriptId], answer: str) -> Verdict | None:
    """Begin what an answer names, with the words that were asked about: one of the topics, or all in their order."""
    if wants_all(answer):
        later = (*map(Later, offered[1:]), *asked.state.later)
        return start(asked.meeting(replace(asked.state, later=later)), offered[0], Choice(Decision.MATCH))
    place = chosen_topic(answer, [asked.published[script] for script in offered])
    return None if place is None else start(asked, offered[place], Choice(Decision.MATCH))


def _nearest_topic(heard: Heard, offered: Sequence[ScriptId]) -> Verdict | None:
    """Take a short answer such as "o da casa", which names one of the topics but not its title; a question is none."""
    words = heard.words
    if not offered or len(words.split()) > _SHORT or words.rstrip().endswith("?"):
        return None
    choice = heard.catalogue.rank(words, among=offered)
    if choice.decision is not Decision.MATCH:
        return None
    said = f"{heard.state.asked.said}\n{words}" if heard.state.asked else words
    return start(heard.saying(said), choice.best, choice)


# Questions that are not answered by yes or no alone.
_OPEN = {
    Asking.WHICH: _topic_chosen,
    Asking.VALUE: _value_confirmed,
    Asking.CHANGE: _changed,
    Asking.MEANT: _meant,
    Asking.RATING: _rated,
}
