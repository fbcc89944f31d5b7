"""What to answer to a customer's words: the house rules, most urgent first. Pure but for the catalogue's look-ups."""

from collections.abc import Collection
from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Asking, Owner, Question, State, Status
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.demands import other_demand, two_demands
from roteiro.domain.turn.emergencies import alarm_of
from roteiro.domain.turn.going_on import goes_on, gone_on
from roteiro.domain.turn.knowing import SAME, known, least_for, only_answers
from roteiro.domain.turn.questions import answered_question
from roteiro.domain.turn.ready import begun_with, informed, pressed, told_aside
from roteiro.domain.turn.starting import running, start, switch
from roteiro.domain.turn.stepping import corrected, open_question, reading_of
from roteiro.domain.turn.topics import closing_text, topics_text
from roteiro.domain.turn.verdict import Verdict, hand_off
from roteiro.domain.turn.wishes import COMPLAINTS, PEOPLE, is_courtesy, is_no, is_yes, queue_wanted, wants_bot
from roteiro.domain.turn.within import within
from roteiro.domain.walking.cues import corrects
from roteiro.domain.walking.walk import Occasion

__all__ = ["Verdict", "decide", "urgent_verdict"]

_GREETING, _THANKS, _GOODBYE = "greeting", "thanks", "goodbye"  # intents of scripts that answer a mere courtesy


def decide(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer a customer's words, most urgent rule first."""
    if verdict := urgent_verdict(state, words, occasion, catalogue):
        return verdict
    if state.asked and (verdict := answered_question(state, words, occasion, catalogue)):
        return verdict
    calm = replace(state, asked=None)
    if state.script is not None and state.status is Status.BOT:
        return _still_asking(_amid(calm, words, occasion, catalogue), state)
    if state.status is Status.ENDED:
        return _after_the_end(calm, words, occasion, catalogue)
    return _choose(calm, words, occasion, catalogue)


def _amid(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer words in the middle of a script: a goodbye, the running demand once more, or what they say to it."""
    if verdict := _own_courtesy(state, words, occasion, catalogue, {_GOODBYE}):
        return verdict
    if question := _asked_anew(state, words, occasion, catalogue):
        return Verdict(state, question, Choice(Decision.WALK))
    if verdict := pressed(state, words, occasion, catalogue) or told_aside(state, words, occasion, catalogue):
        return verdict
    return within(state, words, occasion, catalogue)


def _still_asking(verdict: Verdict, before: State) -> Verdict:
    """Keep a question of ours about a value open over a question of theirs."""
    is_about_value = before.asked is not None and before.asked.kind in (Asking.VALUE, Asking.CHANGE)
    if not is_about_value or verdict.choice.decision is not Decision.ANSWER:
        return verdict
    return replace(verdict, state=replace(verdict.state, asked=before.asked))


def urgent_verdict(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Answer what never waits: a person who owns the conversation, a customer who asks for one."""
    if state.status is Status.CLOSED:
        return _reopened(state, words, catalogue)
    if state.status is Status.WAITING and (alarm := alarm_of(words)):  # nobody is there yet to say it
        urgent = replace(state, reason="emergency", control=state.control + 1)
        return Verdict(urgent, text(alarm, state.locale), Choice(Decision.HANDOFF))
    if state.status is Status.WAITING and wants_bot(words):
        return _taken_back(state, catalogue)
    if state.owner is Owner.HUMAN:
        return Verdict(state, None, Choice(Decision.SILENT))
    if verdict := _person_wanted(state, words, occasion, catalogue):
        return verdict
    return _left_to_people(state) if state.is_off else None


def _taken_back(state: State, catalogue: Catalogue) -> Verdict:
    """Give the bot back to a customer who waits for a person and no longer wants one: nobody has taken over yet."""
    status = Status.ENDED if state.is_done else Status.BOT
    free = replace(state, status=status, owner=Owner.BOT, queue="", reason="", is_off=False, attempts={}, failed=0)
    question = open_question(free, running(free, catalogue)) if free.script is not None else ""
    said = f"{text('back_to_bot', state.locale)}\n\n{question}".strip()
    return Verdict(replace(free, control=state.control + 1), said, Choice(Decision.WALK))


def _left_to_people(state: State) -> Verdict:
    """Put a customer in the queue who writes while a person has the bot switched off: somebody must read it."""
    waiting = replace(state, status=Status.WAITING, owner=Owner.HUMAN, assigned=None, queue=state.queue or PEOPLE)
    return Verdict(replace(waiting, reason="off", control=state.control + 1), None, Choice(Decision.SILENT))


def _person_wanted(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Hand over to a person: for somebody hurt, on the customer's wish, or at a word of the running script."""
    if alarm := alarm_of(words):
        return hand_off(state, PEOPLE, "emergency", catalogue, text(alarm, state.locale))
    if queue := queue_wanted(words):
        if queue == COMPLAINTS and (script := _complaint_script(catalogue)):
            return switch(state, script.id, Choice(Decision.MATCH), words, occasion, catalogue)
        return hand_off(state, queue, "complaint" if queue == COMPLAINTS else "asked", catalogue)
    rule = running(state, catalogue).handoff if state.script is not None and not state.is_final else None
    if rule and rule.keywords & set(fold(words).split()):
        return hand_off(state, rule.queue, "rule", catalogue)
    return None


def _reopened(state: State, words: str, catalogue: Catalogue) -> Verdict:
    """Bring a customer who writes to a closed conversation back to the people, in silence: the words wait for them.

    Who only says thanks needs nobody.
    """
    if is_courtesy(words):
        return Verdict(state, catalogue.pack().say("closing", state.locale), Choice(Decision.SMALLTALK))
    waiting = replace(state, status=Status.WAITING, owner=Owner.HUMAN, assigned=None, reason="reopened", outcome="")
    return Verdict(replace(waiting, control=state.control + 1), None, Choice(Decision.SILENT))


def _complaint_script(catalogue: Catalogue) -> Script | None:
    scripts = (catalogue.script(script) for script, _ in catalogue.topics())
    return next((script for script in scripts if script.protected == "complaint"), None)


def _after_the_end(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    """Answer whoever writes on: politely, with a corrected value, or with the next demand."""
    if verdict := _own_courtesy(state, words, occasion, catalogue, {_THANKS, _GOODBYE}):
        return verdict
    if is_courtesy(words) or is_yes(words) or is_no(words):
        return Verdict(state, closing_text(state, catalogue), Choice(Decision.SMALLTALK))
    if verdict := gone_on(state, words, occasion, catalogue):
        return verdict
    about = _about_what_ended(state, words, occasion, catalogue) if state.script is not None else None
    return about or _choose(state, words, occasion, catalogue)


def _about_what_ended(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict | None:
    """Answer a correction of a script that has ended, or a question that it knows the answer to."""
    script = running(state, catalogue)
    reading = reading_of(state, script, words, occasion)
    if reading.changed:
        is_more = corrects(words) or goes_on(words) or not other_demand(state, words, catalogue)
        return corrected(reading, state, script, occasion, catalogue) if is_more else None
    own = None if only_answers(script) else known(script, words, state.locale)
    return Verdict(state, own.answer, Choice(Decision.ANSWER)) if own else None


def _own_courtesy(
    state: State, words: str, occasion: Occasion, catalogue: Catalogue, intents: Collection[str]
) -> Verdict | None:
    """Begin the script that a pack has of its own for a courtesy of these intents; None if it has none."""
    if not is_courtesy(words):
        return None
    choice = catalogue.glance(words)
    first = choice.candidates[0].script if choice.decision in (Decision.MATCH, Decision.CLARIFY) else None
    if first is None or first not in dict(catalogue.topics()) or catalogue.script(first).intent not in intents:
        return None
    return start(state, first, replace(choice, decision=Decision.MATCH), words, occasion, catalogue)


def _asked_anew(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> str:
    """Return the open question if the words only demand once more what already runs, as a button pressed twice does."""
    script = running(state, catalogue)
    question = open_question(state, script)
    choice = catalogue.glance(words) if question else Choice(Decision.WALK)
    is_same = choice.decision is Decision.MATCH and choice.tier == 0 and choice.candidates[0].script == script.id
    if not is_same or reading_of(state, script, words, occasion).filled:
        return ""
    return question


def _choose(state: State, words: str, occasion: Occasion, catalogue: Catalogue) -> Verdict:
    if is_courtesy(words):
        own = _own_courtesy(state, words, occasion, catalogue, {_GREETING, _THANKS, _GOODBYE})
        said = catalogue.pack().say("smalltalk", state.locale)
        return own or Verdict(state, said, Choice(Decision.SMALLTALK))
    if same := begun_with(state, words, SAME, Choice(Decision.MATCH), occasion, catalogue):
        return same
    if both := two_demands(words, catalogue):
        choice, second = both
        kept = replace(state, later=(second, *state.later))
        return start(kept, choice.candidates[0].script, choice, words, occasion, catalogue)
    choice = catalogue.rank(words)
    if choice.decision is Decision.MATCH:
        begun = start(state, choice.candidates[0].script, choice, words, occasion, catalogue)
        return informed(begun, words, catalogue)
    alike = begun_with(state, words, least_for(words), choice, occasion, catalogue)
    return alike or _unclear(state, words, choice, catalogue)


def _unclear(state: State, words: str, choice: Choice, catalogue: Catalogue) -> Verdict:
    """Answer words that begin nothing: ask which of two is meant, call a person, or say what is handled here."""
    if state.status is Status.ENDED and choice.decision in (Decision.OUT_OF_SCOPE, Decision.HANDOFF):
        return Verdict(state, closing_text(state, catalogue), choice)
    if choice.decision is Decision.HANDOFF:
        return replace(hand_off(state, PEOPLE, "unsure", catalogue), choice=choice)
    asked = Question(Asking.WHICH, choice.offered, said=words) if choice.decision is Decision.CLARIFY else None
    return Verdict(replace(state, asked=asked), topics_text(state, choice, catalogue), choice)
