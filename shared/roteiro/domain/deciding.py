"""What to answer to a customer's words: the house rules, most urgent first. Pure but for the catalogue's look-ups."""

from dataclasses import dataclass, replace

from roteiro.domain import walk
from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Later, Owner, Question, State, Status
from roteiro.domain.demands import other_demand, two_demands
from roteiro.domain.ids import ScriptId
from roteiro.domain.protocol import shown
from roteiro.domain.texts import text
from roteiro.domain.topics import closing_text, next_text, switch_text, topics_text
from roteiro.domain.wishes import PEOPLE, chosen_topic, is_courtesy, is_no, is_yes, queue_wanted

__all__ = ["Verdict", "decide", "urgent_verdict"]


_SHORT = 6  # words; a longer answer to "A or B?" is a demand of its own


@dataclass(frozen=True, slots=True)
class Verdict:
    """The resulting state, the reply (None: the bot is silent) and how it came about."""

    state: State
    reply: str | None
    choice: Choice

    @property
    def is_new_demand(self) -> bool:
        """Say whether a script began with this turn."""
        return self.choice.decision is Decision.MATCH


def decide(state: State, words: str, catalogue: Catalogue) -> Verdict:
    """Answer a customer's words, most urgent rule first."""
    if verdict := urgent_verdict(state, words, catalogue):
        return verdict
    if state.asked and (verdict := _answered_question(state, words, catalogue)):
        return verdict
    calm = replace(state, asked=None)
    if state.script is not None and state.status is Status.BOT:
        return _walk_on(calm, words, catalogue)
    if state.status is Status.ENDED and (is_courtesy(words) or is_yes(words) or is_no(words)):
        return Verdict(calm, closing_text(calm, catalogue), Choice(Decision.SMALLTALK))
    return _choose(calm, words, catalogue)


def urgent_verdict(state: State, words: str, catalogue: Catalogue) -> Verdict | None:
    """Answer what never waits: a person who owns the conversation, a customer who asks for one."""
    if state.owner is Owner.HUMAN:
        return Verdict(state, None, Choice(Decision.SILENT))
    if queue := queue_wanted(words):
        return _hand_off(state, queue, catalogue)
    return None


def _hand_off(state: State, queue: str, catalogue: Catalogue) -> Verdict:
    asked = replace(state, status=Status.WAITING, owner=Owner.HUMAN, assigned=None, queue=queue, asked=None)
    waiting = replace(asked, control=state.control + 1)
    reply = catalogue.pack().say("handed_off", state.locale, protocol=shown(state.protocol))
    return Verdict(waiting, reply, Choice(Decision.HANDOFF))


def _answered_question(state: State, words: str, catalogue: Catalogue) -> Verdict | None:
    """Answer the answer to our own question; None if the words are something else."""
    question = state.asked
    if question is None:
        return None
    if question.kind is Asking.WHICH:
        return _topic_chosen(state, question, words, catalogue)
    (script,) = question.scripts
    if is_yes(words):
        return _switch(state, script, catalogue) if question.kind is Asking.SWITCH else _next(state, catalogue)
    if not is_no(words):
        return None
    if question.kind is Asking.SWITCH:  # then what was said before was meant for the step
        moved = walk.advance(replace(state, asked=None), _running(state, catalogue))
        return _delivered(*moved, Choice(Decision.WALK), catalogue)
    done = replace(state, asked=None, later=())
    return Verdict(done, closing_text(done, catalogue), Choice(Decision.WALK))


def _topic_chosen(state: State, question: Question, words: str, catalogue: Catalogue) -> Verdict | None:
    titles = dict(catalogue.topics())
    offered = [script for script in question.scripts if script in titles]
    place = chosen_topic(words, [titles[script] for script in offered])
    if place is not None and offered:
        return _start(state, offered[place], Choice(Decision.MATCH), catalogue)
    if offered and len(words.split()) <= _SHORT and not is_no(words):  # "o da casa" names one of the two, not its title
        choice = catalogue.rank(words, among=offered)
        is_chosen = choice.decision is Decision.MATCH
        return _start(state, choice.candidates[0].script, choice, catalogue) if is_chosen else None
    if not is_no(words):
        return None
    refused = replace(state, asked=None)
    none = Choice(Decision.OUT_OF_SCOPE)
    return Verdict(refused, topics_text(refused, none, catalogue), none)


def _walk_on(state: State, words: str, catalogue: Catalogue) -> Verdict:
    """Go one step along the script, unless the words clearly ask for another one: then ask, or obey a right."""
    choice = other_demand(state, words, catalogue)
    if choice is None:
        return _delivered(*walk.advance(state, _running(state, catalogue)), Choice(Decision.WALK), catalogue)
    script = choice.candidates[0].script
    if catalogue.script(script).protected:  # cancelling is a right: it is entered without asking, whatever runs
        return _switch(state, script, catalogue, choice)
    asking = replace(state, asked=Question(Asking.SWITCH, (script,)))
    return Verdict(asking, switch_text(state, script, catalogue), replace(choice, decision=Decision.CLARIFY))


def _switch(state: State, script: ScriptId, catalogue: Catalogue, choice: Choice | None = None) -> Verdict:
    """Begin another script now and remember the running one."""
    left = Later(state.script, state.version, state.step) if state.script is not None else None
    kept = replace(state, later=(left, *state.later) if left else state.later)
    return _start(kept, script, choice or Choice(Decision.MATCH), catalogue)


def _next(state: State, catalogue: Catalogue) -> Verdict:
    """Go on with the demand that was remembered first: from its beginning, or where it was left."""
    first, *rest = state.later
    kept = replace(state, later=tuple(rest))
    if not first.step:
        return _start(kept, first.script, Choice(Decision.MATCH), catalogue)
    script = catalogue.script(first.script, first.version)
    return Verdict(*walk.resume(kept, script, first.step), Choice(Decision.WALK))


def _choose(state: State, words: str, catalogue: Catalogue) -> Verdict:
    if is_courtesy(words):
        return Verdict(state, catalogue.pack().say("smalltalk", state.locale), Choice(Decision.SMALLTALK))
    if both := two_demands(words, catalogue):
        choice, second = both
        return _start(replace(state, later=(second,)), choice.candidates[0].script, choice, catalogue)
    choice = catalogue.rank(words)
    if choice.decision is Decision.MATCH:
        return _start(state, choice.candidates[0].script, choice, catalogue)
    if state.status is Status.ENDED and choice.decision in (Decision.OUT_OF_SCOPE, Decision.HANDOFF):
        return Verdict(state, closing_text(state, catalogue), choice)
    if choice.decision is Decision.HANDOFF:
        return replace(_hand_off(state, PEOPLE, catalogue), choice=choice)
    asked = Question(Asking.WHICH, choice.offered) if choice.decision is Decision.CLARIFY else None
    return Verdict(replace(state, asked=asked), topics_text(state, choice, catalogue), choice)


def _start(state: State, script: ScriptId, choice: Choice, catalogue: Catalogue) -> Verdict:
    begun, reply = walk.begin(state, catalogue.script(script))
    verdict = _delivered(begun, reply, choice, catalogue)
    if not begun.later or begun.later[0].step or begun.is_final:
        return verdict
    note = text("noted", state.locale, other=catalogue.script(begun.later[0].script).title)
    return replace(verdict, reply=f"{reply}\n\n{note}")


def _delivered(state: State, reply: str, choice: Choice, catalogue: Catalogue) -> Verdict:
    """Return a step's text; after the last one, offer the demand that was remembered."""
    if not (state.is_final and state.later):
        return Verdict(state, reply, choice)
    script = state.later[0].script
    asking = replace(state, asked=Question(Asking.NEXT, (script,)))
    return Verdict(asking, f"{reply}\n\n{next_text(state, script, catalogue)}", choice)


def _running(state: State, catalogue: Catalogue) -> walk.Script:
    if state.script is None:
        raise LookupError("no script is running")
    return catalogue.script(state.script, state.version)
