"""How often one caller may ask in any 60 seconds: messages exact over instances, reads and look-ups per instance."""

import hmac
import math
import secrets
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from roteiro.domain.tickets import WINDOW_S, Admission
from roteiro.errors import LimitReached

__all__ = ["Limits", "Meter"]

_MOST_CALLERS = 50_000  # windows kept at once; some 20 MB at worst, then who was quiet longest is forgotten
_MOST_EXACT = 1000  # a ticket holds so many times at most, 40 kB; above it each instance counts for itself
_OVERLAP = timedelta(seconds=2 * WINDOW_S)  # of two days' keys: a window, and as much for clocks that differ

DayKey = Callable[[date], bytes]


class Meter(StrEnum):
    """What is counted apart."""

    MESSAGES = "messages"
    READS = "reads"
    SESSIONS = "sessions"
    LOOKUPS = "lookups"


class Limits:
    """Counts calls per meter and caller; a limit of 0 is off.

    With a secret for each day, `day_key`, admissions are counted in the store, under keys that tell no address.
    """

    def __init__(self, per_minute: Mapping[Meter, int], day_key: DayKey | None = None) -> None:
        self._per_minute = per_minute
        self._day_key = day_key
        self._windows: OrderedDict[tuple[Meter, str], deque[float]] = OrderedDict()  # who called last is the last
        self._lock = threading.Lock()

    def admissions(self, meter: Meter, caller: str, now: datetime) -> tuple[Admission, ...]:
        """Return what a turn must have to be stored; counted here and empty where instances count for themselves.

        Those of SESSIONS are asked only by a turn that begins a conversation. Raises LimitReached.
        """
        most = self._per_minute.get(meter, 0)
        if self._day_key is None or not 0 < most <= _MOST_EXACT:
            self.admit(meter, caller, now)
            return ()
        keys = [_key(self._day_key(day), meter, caller) for day in _days(now)]
        request, is_opening = secrets.token_hex(4), meter is Meter.SESSIONS
        return tuple(Admission(key, most, request, is_opening) for key in keys)

    def admit(self, meter: Meter, caller: str, now: datetime) -> None:
        """Count one call, or raise LimitReached with the whole seconds until the next place is free."""
        most = self._per_minute.get(meter, 0)
        if not most:
            return
        moment = now.timestamp()
        with self._lock:
            window = self._windows.setdefault((meter, caller), deque())
            self._windows.move_to_end((meter, caller))
            _forget_old(window, moment)
            if len(window) >= most:
                raise LimitReached(max(1, math.ceil(window[0] + WINDOW_S - moment)), meter)
            window.append(moment)
            if len(self._windows) > _MOST_CALLERS:
                self._windows.popitem(last=False)


def _days(now: datetime) -> list[date]:
    """Return the days whose keys count: just after midnight (UTC) also the one before."""
    today = now.astimezone(UTC).date()
    before = (now.astimezone(UTC) - _OVERLAP).date()
    return [today] if before == today else [today, before]


def _key(secret: bytes, meter: Meter, caller: str) -> str:
    return hmac.digest(secret, f"{meter}:{caller}".encode(), "sha256").hex()[:32]


def _forget_old(window: deque[float], moment: float) -> None:
    while window and window[0] <= moment - WINDOW_S:
        window.popleft()
