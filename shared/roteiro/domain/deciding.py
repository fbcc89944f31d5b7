"""What to answer to a customer's words: the house rules, most urgent first. Pure but for the catalogue's look-ups."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from roteiro.domain import walk
from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Owner, State, Status
from roteiro.domain.ids import ScriptId
from roteiro.domain.protocol import shown
from roteiro.domain.texts import listed, text
from roteiro.domain.wishes import PEOPLE, chosen_topic, is_courtesy, queue_wanted

__all__ = ["Verdict", "decide", "topics_text", "urgent_verdict"]

_MOST_OFFERED = 3  # topics in one question; chosen, more is a list nobody reads


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
    if state.offered and (script := _answer_to_question(state, words, catalogue)):
        return _start(state, script, Choice(Decision.MATCH), catalogue)
    if state.script is not None and state.status is Status.BOT:
        moved, reply = walk.advance(state, catalogue.script(state.script, state.version))
        return Verdict(moved, reply, Choice(Decision.WALK))
    if state.status is Status.ENDED and is_courtesy(words):
        return Verdict(state, _closing(state, catalogue), Choice(Decision.SMALLTALK))
    return _choose(state, words, catalogue)


def urgent_verdict(state: State, words: str, catalogue: Catalogue) -> Verdict | None:
    """Answer what never waits: a person who owns the conversation, a customer who asks for one."""
    if state.owner is Owner.HUMAN:
        return Verdict(state, None, Choice(Decision.SILENT))
    if queue := queue_wanted(words):
        return _hand_off(state, queue, catalogue)
    return None


def _hand_off(state: State, queue: str, catalogue: Catalogue) -> Verdict:
    asked = replace(state, status=Status.WAITING, owner=Owner.HUMAN, assigned=None, queue=queue, offered=())
    waiting = replace(asked, control=state.control + 1)
    reply = catalogue.pack().say("handed_off", state.locale, protocol=shown(state.protocol))
    return Verdict(waiting, reply, Choice(Decision.HANDOFF))


def _answer_to_question(state: State, words: str, catalogue: Catalogue) -> ScriptId | None:
    titles = dict(catalogue.topics())
    offered = [script for script in state.offered if script in titles]
    place = chosen_topic(words, [titles[script] for script in offered])
    return offered[place] if place is not None and offered else None


def _choose(state: State, words: str, catalogue: Catalogue) -> Verdict:
    if is_courtesy(words):
        return Verdict(state, catalogue.pack().say("smalltalk", state.locale), Choice(Decision.SMALLTALK))
    choice = catalogue.rank(words)
    if choice.decision is Decision.MATCH:
        return _start(state, choice.candidates[0].script, choice, catalogue)
    if state.status is Status.ENDED and choice.decision is Decision.OUT_OF_SCOPE:
        return Verdict(state, _closing(state, catalogue), choice)
    if choice.decision is Decision.HANDOFF:
        return replace(_hand_off(state, PEOPLE, catalogue), choice=choice)
    offered = choice.offered if choice.decision is Decision.CLARIFY else ()
    return Verdict(replace(state, offered=offered), topics_text(state, choice, catalogue), choice)


def _start(state: State, script: ScriptId, choice: Choice, catalogue: Catalogue) -> Verdict:
    begun, reply = walk.begin(state, catalogue.script(script))
    return Verdict(begun, reply, choice)


def topics_text(state: State, choice: Choice, catalogue: Catalogue) -> str:
    """Return the question "A or B?", or what is said to a demand that no script answers."""
    titles = dict(catalogue.topics())
    if not titles:
        return text("no_scripts", state.locale)
    if choice.decision is Decision.CLARIFY:
        topics = listed([titles[script] for script in choice.offered[:_MOST_OFFERED]], state.locale)
        return catalogue.pack().say("clarify", state.locale, topics=topics)
    topics = _with_rights(list(titles.values())[:_MOST_OFFERED], state.locale)
    return catalogue.pack().say("out_of_scope", state.locale, topics=topics)


def _with_rights(titles: Sequence[str], locale: str) -> str:
    """List topics so that complaint and cancellation are always among them."""
    rights = [text("topic_cancel", locale), text("topic_complaint", locale)]
    return listed([*(t for t in titles if not any(r in t for r in rights)), *rights], locale)


def _closing(state: State, catalogue: Catalogue) -> str:
    own = catalogue.script(state.script, state.version).closing if state.script is not None else None
    return own or catalogue.pack().say("closing", state.locale)
