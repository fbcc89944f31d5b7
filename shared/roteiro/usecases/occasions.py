"""When something happens in a conversation: the day, the seat, whether people are there, and a number for a demand."""

import secrets
from datetime import datetime

from roteiro.domain import protocol
from roteiro.domain.acting import Act, nothing_done
from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import State
from roteiro.domain.hours import is_open
from roteiro.domain.moments import COMPANY_ZONE
from roteiro.domain.values.periods import year_told
from roteiro.domain.walking.walk import Occasion
from roteiro.usecases.turns import Past

__all__ = ["begun_anew", "new_protocol", "occasion_of"]


def occasion_of(past: Past, catalogue: Catalogue, act: Act = nothing_done) -> Occasion:
    """Return the occasion of the next event; the pack is read only for a condition that asks for its hours.

    `act` does what a script's action steps name.
    """
    told = past.newest.state.slots.values() if past.newest else ()
    today = past.now.astimezone(COMPANY_ZONE).date()
    return Occasion(
        today,
        new_protocol(past.now),
        past.next_seq,
        is_open=lambda: is_open(catalogue.pack().hours, past.now),
        year=year_told(told),
        act=act,
    )


def new_protocol(now: datetime) -> str:
    """Return a protocol number that nobody had before, but for a chance that its mark catches."""
    return protocol.issue(now.astimezone(COMPANY_ZONE).date(), secrets.randbelow(protocol.RANDOM_NUMBERS))


def begun_anew(past: Past, locale: str) -> State:
    """Return the first state of a conversation, or of a new epoch of one that expired."""
    seq, newest = past.next_seq, past.newest
    control = newest.state.control + 1 if newest else 0
    return State(protocol=new_protocol(past.now), locale=locale, epoch=seq, control=control, answered=seq - 1)
