"""The house rules about people: who is hurt, who asks for a person, who waits for one, whose a conversation is."""

from dataclasses import replace

from roteiro.domain.choice import Catalogue, Choice, Decision
from roteiro.domain.conversation import Owner, State, Status
from roteiro.domain.message import fold
from roteiro.domain.script import Script
from roteiro.domain.texts import text
from roteiro.domain.turn.emergencies import alarm_of
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.starting import switch
from roteiro.domain.turn.stepping import open_question
from roteiro.domain.turn.verdict import Verdict, hand_off
from roteiro.domain.turn.wishes import COMPLAINTS, PEOPLE, is_courtesy, queue_wanted, wants_bot

__all__ = [
    "alarmed",
    "alarmed_while_waiting",
    "called_by_script",
    "left_to_people",
    "person_wanted",
    "reopened",
    "silent",
    "taken_back",
]


def reopened(heard: Heard) -> Verdict | None:
    """Bring a customer who writes to a closed conversation back to the people, in silence: the words wait for them.

    Who only says thanks needs nobody.
    """
    if heard.state.status is not Status.CLOSED:
        return None
    if is_courtesy(heard.words):
        return Verdict(heard.state, heard.catalogue.pack().say("closing", heard.locale), Choice(Decision.SMALLTALK))
    return _queued_in_silence(replace(heard.state, outcome=""), "reopened", heard.state.queue)


def alarmed_while_waiting(heard: Heard) -> Verdict | None:
    """Tell somebody who is hurt whom to call, and the queue that it is urgent, while nobody is there yet to say it."""
    if heard.state.status is not Status.WAITING or not (alarm := alarm_of(heard.words)):
        return None
    urgent = replace(heard.state, reason="emergency", control=heard.state.control + 1)
    return Verdict(urgent, text(alarm, heard.locale), Choice(Decision.HANDOFF))


def taken_back(heard: Heard) -> Verdict | None:
    """Give the bot back to a customer who waits for a person and no longer wants one: nobody has taken over yet."""
    state = heard.state
    if state.status is not Status.WAITING or not wants_bot(heard.words):
        return None
    status = Status.ENDED if state.is_done else Status.BOT
    free = replace(state, status=status, owner=Owner.BOT, queue="", reason="", is_off=False, attempts={}, failed=0)
    question = open_question(free, heard.script) if free.script is not None else ""
    said = f"{text('back_to_bot', heard.locale)}\n\n{question}".strip()
    return Verdict(replace(free, control=state.control + 1), said, Choice(Decision.WALK))


def silent(heard: Heard) -> Verdict | None:
    """Say nothing while a person has the conversation, or is waited for."""
    return Verdict(heard.state, None, Choice(Decision.SILENT)) if heard.state.owner is Owner.HUMAN else None


def alarmed(heard: Heard) -> Verdict | None:
    """Tell somebody who is hurt whom to call, and call a person."""
    alarm = alarm_of(heard.words)
    return hand_off(heard.state, PEOPLE, "emergency", heard.catalogue, text(alarm, heard.locale)) if alarm else None


def person_wanted(heard: Heard) -> Verdict | None:
    """Hand over to the person that is asked for; a complaint has a script of its own, where the pack has one."""
    queue = queue_wanted(heard.words)
    if not queue:
        return None
    if queue == COMPLAINTS and (script := _complaint_script(heard.catalogue)):
        return switch(heard, script.id, Choice(Decision.MATCH))
    return hand_off(heard.state, queue, "complaint" if queue == COMPLAINTS else "asked", heard.catalogue)


def called_by_script(heard: Heard) -> Verdict | None:
    """Hand over at a word at which the running script calls a person."""
    if heard.state.script is None or heard.state.is_final:
        return None
    rule = heard.script.handoff
    is_called = not rule.keywords.isdisjoint(fold(heard.words).split())
    return hand_off(heard.state, rule.queue, "rule", heard.catalogue) if is_called else None


def left_to_people(heard: Heard) -> Verdict | None:
    """Put a customer in the queue who writes while a person has the bot switched off: somebody must read it."""
    return _queued_in_silence(heard.state, "off", heard.state.queue or PEOPLE) if heard.state.is_off else None


def _queued_in_silence(state: State, reason: str, queue: str) -> Verdict:
    waiting = replace(state, status=Status.WAITING, owner=Owner.HUMAN, assigned=None, queue=queue, reason=reason)
    return Verdict(replace(waiting, control=state.control + 1), None, Choice(Decision.SILENT))


def _complaint_script(catalogue: Catalogue) -> Script | None:
    scripts = (catalogue.script(script) for script, _ in catalogue.topics())
    return next((script for script in scripts if script.protected == "complaint"), None)
