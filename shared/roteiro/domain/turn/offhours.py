"""What a hand-off adds while nobody is there: when people are back; the place in the queue is kept all the same."""

from dataclasses import replace
from datetime import datetime

from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import State, Status
from roteiro.domain.hours import is_open, opening_text
from roteiro.domain.turn.verdict import Verdict

__all__ = ["later_text", "promised"]


def promised(verdict: Verdict, before: State, catalogue: Catalogue, now: datetime) -> Verdict:
    """Return a verdict that, where it calls a person off hours, says when one comes."""
    if verdict.reply is None or verdict.state.status is not Status.WAITING or before.status is Status.WAITING:
        return verdict
    later = later_text(verdict.state, catalogue, now)
    return replace(verdict, reply=f"{verdict.reply}\n\n{later}") if later else verdict


def later_text(state: State, catalogue: Catalogue, now: datetime) -> str:
    """Return the running script's own words for it, else the pack's; empty in office hours."""
    pack = catalogue.pack()
    if pack.hours is None or is_open(pack.hours, now):
        return ""
    script = catalogue.script(state.script, state.version) if state.script is not None else None
    if script and script.handoff.offline_message:
        return script.say("handoff.offline_message", state.locale, script.handoff.offline_message)
    return pack.say("handed_off_later", state.locale, when=opening_text(pack.hours, now, state.locale))
