"""Calls whose end is told by our own clock: whoever waits goes on at the deadline, whatever the worker still does."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from typing import TypeVar

from roteiro.errors import ModelUnavailable
from roteiro.models.breaker import Breaker

__all__ = ["Workers"]

_T = TypeVar("_T")
_MOST_CALLS = 40  # at once per process, as many as requests


class Workers:
    """Threads that are waited for no longer than agreed, behind a breaker."""

    def __init__(self, name: str, breaker: Breaker | None = None) -> None:
        self._threads = ThreadPoolExecutor(_MOST_CALLS, thread_name_prefix=name)
        self.breaker = breaker or Breaker()

    def run(self, call: Callable[[float], _T], seconds: float) -> _T:
        """Return what `call` returns; it is told when to end, in seconds of the monotonic clock.

        Raises ModelUnavailable: `timeout` at that moment, `breaker` at once when too many calls failed of late.
        """
        is_probe = self.breaker.admit()
        try:
            result = self._wait(call, seconds)
        except ModelUnavailable as error:
            self.breaker.failed(is_probe=is_probe, pause_s=error.pause_s)
            raise
        self.breaker.succeeded(is_probe=is_probe)
        return result

    def _wait(self, call: Callable[[float], _T], seconds: float) -> _T:
        future: Future[_T] = self._threads.submit(call, time.monotonic() + seconds)
        try:
            return future.result(timeout=seconds)
        except TooLate as error:
            future.cancel()
            raise ModelUnavailable("the model did not answer in time", reason="timeout") from error
