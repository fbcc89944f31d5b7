"""What to answer to a customer's words: the house rules, most urgent first. Pure but for the catalogue's look-ups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roteiro.domain import walk
from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Later, Owner, Question, State, Status
from roteiro.domain.demands import other_demand, two_demands
from roteiro.domain.ids import ScriptId
from roteiro.domain.protocol import shown
from roteiro.domain.texts import text
from roteiro.domain.topics import closing_text, next_text, switch_text, title_of_topic, topics_text
from roteiro.domain.wishes import (
    PEOPLE,
    chosen_topic,
    is_courtesy,
    is_emergency,
    is_no,
    is_yes,
    queue_wanted,
    takes_back,
    wants_all,
    wants_to_stop,
)

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
    if is_emergency(words):
        verdict = _hand_off(state, PEOPLE, catalogue)
        return replace(verdict, reply=f"{text('emergency', state.locale)}\n\n{verdict.reply}")
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
    if question and question.kind is Asking.WHICH:
        return _topic_chosen(state, question, words, catalogue)
    if question is None or not (is_yes(words) or is_no(words)):
        return None
    agreed = is_yes(words)
    if question.kind is Asking.STOP:
        return _stopped(state, catalogue) if agreed else _again(state, catalogue)
    if question.kind is Asking.SWITCH:
        return _switched(state, question.scripts[0], catalogue, agreed=agreed)
    return _next(state, catalogue) if agreed else _done(state, catalogue)


def _done(state: State, catalogue: Catalogue) -> Verdict:
    done = replace(state, asked=None, later=())
    return Verdict(done, closing_text(done, catalogue), Choice(Decision.WALK))


def _switched(state: State, script: ScriptId, catalogue: Catalogue, *, agreed: bool) -> Verdict:
    """Leave for another script, or take what was said before as the answer to the step."""
    if agreed and script in dict(catalogue.topics()):
        return _switch(state, script, catalogue)
    moved = walk.advance(replace(state, asked=None), _running(state, catalogue))
    return _delivered(*moved, Choice(Decision.WALK), catalogue)


def _stopped(state: State, catalogue: Catalogue) -> Verdict:
    """End the script without its last step; nothing of it was registered."""
    quiet = replace(state, asked=None, script=None, version=0, step=0, steps=0)
    topics = text("stopped", state.locale)
    if not quiet.later:
        return Verdict(quiet, topics, Choice(Decision.WALK))
    asking = replace(quiet, status=Status.ENDED)
    verdict = _delivered(asking, topics, Choice(Decision.WALK), catalogue)
    return replace(verdict, state=replace(verdict.state, status=Status.BOT))


def _again(state: State, catalogue: Catalogue) -> Verdict:
    """Say the running step once more."""
    return Verdict(*walk.resume(state, _running(state, catalogue), state.step), Choice(Decision.WALK))


def _topic_chosen(state: State, question: Question, words: str, catalogue: Catalogue) -> Verdict | None:
    titles = dict(catalogue.topics())
    offered = [script for script in question.scripts if script in titles]
    if offered and wants_all(words):
        kept = replace(state, later=(*map(Later, offered[1:]), *state.later))
        return _start(kept, offered[0], Choice(Decision.MATCH), catalogue)
    place = chosen_topic(words, [titles[script] for script in offered])
    if place is not None and offered:
        return _start(state, offered[place], Choice(Decision.MATCH), catalogue)
    if is_no(words):
        refused, none = replace(state, asked=None), Choice(Decision.OUT_OF_SCOPE)
        return Verdict(refused, topics_text(refused, none, catalogue), none)
    return _nearest_topic(state, offered, words, catalogue)


def _nearest_topic(state: State, offered: Sequence[ScriptId], words: str, catalogue: Catalogue) -> Verdict | None:
    """Take a short answer such as "o da casa", which names one of the topics but not its title."""
    if not offered or len(words.split()) > _SHORT:
        return None
    choice = catalogue.rank(words, among=offered)
    return _start(state, choice.candidates[0].script, choice, catalogue) if choice.decision is Decision.MATCH else None


def _walk_on(state: State, words: str, catalogue: Catalogue) -> Verdict:
    """Go one step along the script, unless the words want to stop it or clearly ask for another one."""
    script = _running(state, catalogue)
    if wants_to_stop(words) or (script.protected and takes_back(words)):
        asking = replace(state, asked=Question(Asking.STOP, (script.id,)))
        return Verdict(asking, text("stop", state.locale, now=script.title), Choice(Decision.CLARIFY))
    choice = other_demand(state, words, catalogue)
    if choice is None:
        return _delivered(*walk.advance(state, script), Choice(Decision.WALK), catalogue)
    other = choice.candidates[0].script
    if catalogue.script(other).protected:  # cancelling is a right: it is entered without asking, whatever runs
        return _switch(state, other, catalogue, choice)
    asking = replace(state, asked=Question(Asking.SWITCH, (other,)))
    return Verdict(asking, switch_text(state, Later(other), catalogue), replace(choice, decision=Decision.CLARIFY))


def _switch(state: State, script: ScriptId, catalogue: Catalogue, choice: Choice | None = None) -> Verdict:
    """Begin another script now and remember the running one."""
    left = Later(state.script, state.version, state.step) if state.script is not None else None
    kept = replace(state, later=(left, *state.later) if left else state.later)
    return _start(kept, script, choice or Choice(Decision.MATCH), catalogue)


def _next(state: State, catalogue: Catalogue) -> Verdict:
    """Go on with the demand that was remembered first: from its beginning, or where it was left."""
    first, *rest = state.later
    kept = replace(state, asked=None, later=tuple(rest))
    if not first.step and first.script not in dict(catalogue.topics()):
        return Verdict(kept, closing_text(kept, catalogue), Choice(Decision.WALK))
    if not first.step:
        return _start(kept, first.script, Choice(Decision.MATCH), catalogue)
    script = catalogue.script(first.script, first.version)
    return Verdict(*walk.resume(kept, script, first.step), Choice(Decision.WALK))


def _choose(state: State, words: str, catalogue: Catalogue) -> Verdict:
    if is_courtesy(words):
        return Verdict(state, catalogue.pack().say("smalltalk", state.locale), Choice(Decision.SMALLTALK))
    if both := two_demands(words, catalogue):
        choice, second = both
        return _start(replace(state, later=(second, *state.later)), choice.candidates[0].script, choice, catalogue)
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
    published = dict(catalogue.topics())
    kept = tuple(one for one in state.later if one.step or one.script in published)
    begun, reply = walk.begin(replace(state, later=kept), catalogue.script(script))
    verdict = _delivered(begun, reply, choice, catalogue)
    if not begun.later or begun.later[0].step or begun.is_final:
        return verdict
    note = text("noted", state.locale, other=title_of_topic(begun.later[0], catalogue))
    return replace(verdict, reply=f"{reply}\n\n{note}")


def _delivered(state: State, reply: str, choice: Choice, catalogue: Catalogue) -> Verdict:
    """Return a step's text; after the last one, offer the demand that was remembered, if it can still be served."""
    if not state.is_final:
        return Verdict(state, reply, choice)
    published = dict(catalogue.topics()) if state.later else {}
    later = tuple(one for one in state.later if one.step or one.script in published)
    if not later:
        return Verdict(replace(state, later=()), reply, choice)
    asking = replace(state, later=later, asked=Question(Asking.NEXT, (later[0].script,)))
    return Verdict(asking, f"{reply}\n\n{next_text(state, later[0], catalogue)}", choice)


def _running(state: State, catalogue: Catalogue) -> walk.Script:
    if state.script is None:
        raise LookupError("no script is running")
    return catalogue.script(state.script, state.version)
