"""Calls whose end is told by our own clock: whoever waits goes on at the deadline, whatever the worker still does."""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from typing import TypeVar

from roteiro.errors import ModelUnavailable

__all__ = ["Workers"]

_T = TypeVar("_T")
_MOST_CALLS = 40  # at once per process, as many as requests


class Workers:
    """Threads that are waited for no longer than agreed."""

    def __init__(self, name: str) -> None:
        self._threads = ThreadPoolExecutor(_MOST_CALLS, thread_name_prefix=name)

    def run(self, call: Callable[[float], _T], seconds: float) -> _T:
        """Return what `call` returns; it is told when to end, in seconds of the monotonic clock.

        Raises ModelUnavailable (`timeout`) at that moment.
        """
        future: Future[_T] = self._threads.submit(call, time.monotonic() + seconds)
        try:
            return future.result(timeout=seconds)
        except TooLate as error:
            future.cancel()
            raise ModelUnavailable("the model did not answer in time", reason="timeout") from error
