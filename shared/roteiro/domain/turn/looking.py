"""Which words are a look-up whatever the matcher makes of them: they name one contract or company, or ask for figures.

What a pack calls its look-up is its own: it is the script with an action that is told by words (`acting.BY_WORDS`).
"""

from collections.abc import Collection
from dataclasses import replace
from typing import NamedTuple

from roteiro.domain.acting import BY_WORDS
from roteiro.domain.choice import Choice, Decision
from roteiro.domain.contracts.asked import SURE, Topic, asked_in
from roteiro.domain.contracts.unfiltered import company_in
from roteiro.domain.conversation import State
from roteiro.domain.script import Script
from roteiro.domain.turn.heard import Heard
from roteiro.domain.turn.starting import start
from roteiro.domain.turn.verdict import Verdict
from roteiro.domain.walking.filling import LASTING, read

__all__ = ["by_name_looked_up", "is_looked_up", "looked_up", "one_looked_up"]


class _Place(NamedTuple):
    """A script that tells by words, and the number of the step that does."""

    script: Script
    step: int


def is_looked_up(script: Script) -> bool:
    """Say whether a script tells what the words of the turn ask."""
    return any(step.action in BY_WORDS for step in script.steps)


def one_looked_up(heard: Heard) -> Verdict | None:
    """Look up the one contract or company that is named by its number; nothing more has to be asked for that."""
    asked = asked_in(heard.words)
    return _told(heard) if asked is not None and asked.names_one else None


def by_name_looked_up(heard: Heard) -> Verdict | None:
    """Take up a company that is named by its name alone: whatever else would be begun would pass over it."""
    asked = asked_in(heard.words)
    if asked is None or asked.topic is not Topic.SUPPLIERS or not company_in(heard.words):
        return None
    return _told(heard)


def looked_up(heard: Heard, choice: Choice) -> Verdict | None:
    """Look up what is asked for in so many words where the matcher is in doubt; None where it is not asked so."""
    asked = asked_in(heard.words)
    if asked is None or asked.topic not in SURE:
        return None
    place = _place(heard)
    kinds = LASTING if choice.decision is Decision.CLARIFY else {"entity"}
    if place is None or not _narrows(heard, place.script, kinds):
        return None
    return start(heard, place.script.id, replace(choice, decision=Decision.MATCH, offered=()))


def _narrows(heard: Heard, script: Script, kinds: Collection[str]) -> bool:
    """Say whether words name a value of these kinds, or try to."""
    blank = State(protocol=heard.state.protocol, locale=heard.locale)
    reading = read(blank, script, heard.words, heard.occasion, asked=())
    named = {script.slots[name].kind for name in (*reading.filled, *reading.tried)}
    return not named.isdisjoint(kinds)


def _told(heard: Heard) -> Verdict | None:
    """Begin at the step that tells: what comes before only asks."""
    place = _place(heard)
    return start(heard, place.script.id, Choice(Decision.MATCH), at=place.step) if place else None


def _place(heard: Heard) -> _Place | None:
    scripts = (heard.catalogue.script(script) for script in heard.published)
    places = (_Place(one, step.number) for one in scripts for step in one.steps if step.action in BY_WORDS)
    return next(places, None)
