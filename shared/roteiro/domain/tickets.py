"""At most so many in a while, exact over every instance: tickets, each inserted with the event that it lets in.

The tickets of a key are a chain: each holds the admissions of the window before it and its own, and only one request
can insert the next. So nobody is let in who was not counted.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

__all__ = ["WINDOW_S", "Admission", "Counted", "Stub", "Ticket"]

WINDOW_S = 60.0  # what "per minute" means: any sixty seconds, wherever they begin


@dataclass(frozen=True, slots=True)
class Admission:
    """What a request asks: to be among the `most` that may pass in any `window_s` seconds under one key."""

    key: str  # letters, digits and `-`; tells nobody who it stands for
    most: int
    of: str  # names the request, so that one whose event lost its seat has its ticket already
    is_opening: bool = False  # asked only by the event that begins a conversation
    window_s: float = WINDOW_S


class Stub(NamedTuple):
    """That a request was let in, and when."""

    at: datetime
    of: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """The newest admission of a key, and those of the window before it, oldest first; never changed."""

    key: str
    seq: int
    stubs: tuple[Stub, ...]

    @property
    def owner(self) -> str:
        """Return what stands where an event has its conversation, and begins every ticket's id: `~t:<key>`."""
        return f"~t:{self.key}"

    @property
    def id(self) -> str:
        """Return the ticket's key in a store; their order is that of the chain, up to a thousand million a day."""
        return f"{self.owner}:{self.seq:09d}"

    @property
    def at(self) -> datetime:
        """Return when the newest request was let in."""
        return self.stubs[-1].at


class Counted(NamedTuple):
    """An admission and the newest ticket of its key; None: nobody was let in of late."""

    admission: Admission
    newest: Ticket | None

    def wait_s(self, now: datetime) -> int:
        """Return after how many whole seconds the request can be let in; 0: now."""
        moment, most = self._moment(now), self.admission.most
        live = self._live(moment)
        if self._is_in or len(live) < most:
            return 0
        left = live[-most].at + timedelta(seconds=self.admission.window_s) - moment
        return math.ceil(left.total_seconds())

    def ticket(self, now: datetime) -> Ticket | None:
        """Return the ticket that lets the request in; None if an earlier try of it has inserted one."""
        if self._is_in:
            return None
        moment = self._moment(now)
        seq = self.newest.seq + 1 if self.newest else 0
        return Ticket(self.admission.key, seq, (*self._live(moment), Stub(moment, self.admission.of)))

    @property
    def _is_in(self) -> bool:
        return self.newest is not None and any(stub.of == self.admission.of for stub in self.newest.stubs)

    def _moment(self, now: datetime) -> datetime:
        """Return the time that counts: no clock that is behind can stretch the window."""
        return max(now, self.newest.at) if self.newest else now

    def _live(self, moment: datetime) -> tuple[Stub, ...]:
        since = moment - timedelta(seconds=self.admission.window_s)
        return tuple(stub for stub in self.newest.stubs if stub.at > since) if self.newest else ()
