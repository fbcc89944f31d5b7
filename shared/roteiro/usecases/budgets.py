"""What language models may cost: tokens reserved before a call, settled after it, never above a cap in parallel.

A reservation that nobody settles (the process died) stays spent: the caps hold, whatever happens.
"""

import logging
from dataclasses import dataclass
from datetime import date

from roteiro.errors import StoreUnavailable
from roteiro.ports import Shelf

__all__ = ["Budgets", "Reservation"]

_WARNING = 0.8  # share of a cap from which the operator is warned (specs: model guard)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reservation:
    """Tokens taken from the counters of a pack's day and month before a model is called."""

    tokens: int
    counters: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Budgets:
    """The caps in tokens (0: none) of a conversation, and of a pack's day and month, counted on the shelf."""

    shelf: Shelf | None = None
    per_conversation: int = 0
    per_day: int = 0
    per_month: int = 0

    def reserve(self, tokens: int, pack: str, spent: int, today: date) -> Reservation | None:
        """Reserve tokens for one call of a conversation that has spent some; None if a cap would be passed.

        A counter that cannot be read has no room either.
        """
        if 0 < self.per_conversation < spent + tokens:
            return None
        taken: list[str] = []
        for counter, cap in self._caps(pack, today):
            if not self._take(counter, cap, tokens):
                self.settle(Reservation(tokens, tuple(taken)), 0)
                return None
            taken.append(counter)
        return Reservation(tokens, tuple(taken))

    def settle(self, reservation: Reservation, used: int) -> None:
        """Correct the counters to what was used; what cannot be corrected stays spent."""
        if self.shelf is None or used == reservation.tokens:
            return
        try:
            for counter in reservation.counters:
                self.shelf.next_number(counter, used - reservation.tokens)
        except StoreUnavailable:
            _log.warning("a model budget could not be settled: the reservation stays spent")

    def _caps(self, pack: str, today: date) -> list[tuple[str, int]]:
        """Return (counter, cap): the month first, because it is the day that usually ends earlier."""
        both = ((f"model-tokens:{pack}:{today:%Y-%m}", self.per_month), (f"model-tokens:{pack}:{today}", self.per_day))
        return [(counter, cap) for counter, cap in both if cap]

    def _take(self, counter: str, cap: int, tokens: int) -> bool:
        """Add to a counter, and take it back if that passes the cap: whoever reads in between sees too much."""
        if self.shelf is None:
            return True
        try:
            now = self.shelf.next_number(counter, tokens)
            if now > cap:
                self.shelf.next_number(counter, -tokens)
        except StoreUnavailable:
            return False
        if now - tokens < cap * _WARNING <= now:
            _log.warning("80 %% of a model budget is reserved: %s", counter)
        return now <= cap
