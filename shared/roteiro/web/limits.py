"""How often one caller may ask, per instance: a sliding window of the last minute, never more in any 60 seconds."""

import math
import threading
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from roteiro.errors import LimitReached

__all__ = ["Limits", "Meter"]

_WINDOW_S = 60.0
_MOST_CALLERS = 50_000  # windows kept at once; some 20 MB at worst, then those that are over go first


class Meter(StrEnum):
    """What is counted apart."""

    MESSAGES = "messages"
    READS = "reads"
    SESSIONS = "sessions"
    LOOKUPS = "lookups"


class Limits:
    """Counts calls per meter and caller; a limit of 0 is off."""

    def __init__(self, per_minute: Mapping[Meter, int]) -> None:
        self._per_minute = per_minute
        self._windows: dict[tuple[Meter, str], deque[float]] = {}
        self._lock = threading.Lock()

    def admit(self, meter: Meter, caller: str, now: datetime) -> None:
        """Count one call, or raise LimitReached with the whole seconds until the next place is free."""
        most = self._per_minute.get(meter, 0)
        if not most:
            return
        moment = now.timestamp()
        with self._lock:
            window = self._windows.setdefault((meter, caller), deque())
            _forget_old(window, moment)
            if len(window) >= most:
                raise LimitReached(max(1, math.ceil(window[0] + _WINDOW_S - moment)))
            window.append(moment)
            if len(self._windows) > _MOST_CALLERS:
                self._drop_idle(moment)

    def _drop_idle(self, moment: float) -> None:
        for key in [key for key, window in self._windows.items() if window[-1] <= moment - _WINDOW_S]:
            del self._windows[key]


def _forget_old(window: deque[float], moment: float) -> None:
    while window and window[0] <= moment - _WINDOW_S:
        window.popleft()
