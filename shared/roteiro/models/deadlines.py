"""Calls whose end is told by our own clock: whoever waits goes on at the deadline, whatever the worker still does."""

import threading
import time
from collections.abc import Callable, Generator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import closing
from queue import Empty, SimpleQueue
from typing import TypeVar

from roteiro.errors import ModelUnavailable
from roteiro.models.breaker import Breaker

__all__ = ["Workers"]

_T = TypeVar("_T")
_MOST_CALLS = 256  # at once per process; a thread is made when it is needed, so many cost nothing until then
_SILENCE_S = 0.5  # seconds without a word after which who listens is told so, and may look around

Tell = Callable[[str], None]


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

    def stream(self, call: Callable[[Tell, float], _T], seconds: float) -> Generator[str, None, _T]:
        """Give what `call` tells as it tells it, "" while it is silent, and return what it returns.

        Raises ModelUnavailable as `run` does. Who stops listening ends the call, which then counts as a good one.
        """
        is_probe = self.breaker.admit()
        try:
            result = yield from self._listen(call, seconds)
        except ModelUnavailable as error:
            self.breaker.failed(is_probe=is_probe, pause_s=error.pause_s)
            raise
        except GeneratorExit:
            self.breaker.succeeded(is_probe=is_probe)
            raise
        self.breaker.succeeded(is_probe=is_probe)
        return result

    def _listen(self, call: Callable[[Tell, float], _T], seconds: float) -> Generator[str, None, _T]:
        end = time.monotonic() + seconds
        said: SimpleQueue[str | Future[_T]] = SimpleQueue()
        with closing(_Ear(said.put)) as ear:
            future: Future[_T] = self._threads.submit(call, ear.hear, end)
            future.add_done_callback(said.put)  # after all that was told, hence at the end of the queue
            while True:
                try:
                    piece = said.get(timeout=min(_SILENCE_S, max(0.0, end - time.monotonic())))
                except Empty:
                    piece = ""
                if isinstance(piece, Future):
                    return piece.result()
                if time.monotonic() > end:
                    future.cancel()
                    raise ModelUnavailable("the model did not answer in time", reason="timeout")
                yield piece


class _Ear:
    """Where a worker tells what it hears, until nobody listens any more: then the worker is to stop."""

    def __init__(self, pass_on: Tell) -> None:
        self._pass_on = pass_on
        self._is_gone = threading.Event()

    def hear(self, text: str) -> None:
        if self._is_gone.is_set():
            raise ModelUnavailable("nobody listens any more", reason="error")
        self._pass_on(text)

    def close(self) -> None:
        self._is_gone.set()
