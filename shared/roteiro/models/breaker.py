"""Leaves a server alone that keeps failing: the script answers at once, and one probe finds out when it is well."""

import threading
import time
from collections import deque
from collections.abc import Callable

from roteiro.errors import ModelUnavailable

__all__ = ["Breaker"]

_REMEMBERED, _MOST_FAILURES = 10, 5  # 5 failures of the last 10 calls open it (specs: model guard)
_REST_S = 15.0  # seconds until a probe
_LONGEST_REST_S = 300.0  # seconds; a server that asks for more gets a probe all the same


class Breaker:
    """One per server and instance; `clock` gives seconds that only grow."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._outcomes: deque[bool] = deque(maxlen=_REMEMBERED)
        self._rests_until: float | None = None  # None: closed, calls go through

    @property
    def is_open(self) -> bool:
        """Say whether a call would be refused now."""
        return self._rests_until is not None and self._clock() < self._rests_until

    def admit(self) -> bool:
        """Let a call through; True if it is the probe after a rest. Raises ModelUnavailable (`breaker`)."""
        with self._lock:
            if self._rests_until is None:
                return False
            if self._clock() < self._rests_until:
                raise ModelUnavailable("the model failed too often and rests", reason="breaker")
            self._rests_until = self._clock() + _REST_S  # for everybody else, until the probe has told
            return True

    def succeeded(self, *, is_probe: bool) -> None:
        """Count a good call; a good probe ends the rest."""
        with self._lock:
            if is_probe:
                self._rests_until = None
            self._outcomes.append(True)

    def failed(self, *, is_probe: bool, pause_s: float = 0.0) -> None:
        """Count a bad call; a pause that the server asks for begins at once."""
        with self._lock:
            self._outcomes.append(False)
            if is_probe or pause_s or self._outcomes.count(False) >= _MOST_FAILURES:
                self._rest(pause_s or _REST_S)

    def _rest(self, seconds: float) -> None:
        until = self._clock() + min(seconds, _LONGEST_REST_S)
        self._rests_until = max(until, self._rests_until or 0.0)
        self._outcomes.clear()
