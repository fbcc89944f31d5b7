"""Any OpenAI-compatible endpoint, called once per turn under a clock of our own; every fault is one of ours.

The client's own time-out is per read (a dripping server stretches it without end), and its defaults are 600 s times
three tries: hence no retries, and a look at our clock after each piece.
"""

import time
import weakref
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from typing import Any, Protocol

import httpx2
import openai

from roteiro.errors import ModelUnavailable

__all__ = ["Endpoint", "Listener"]

_CONNECT_S = 1.0  # seconds; a host that takes longer to accept will not answer in time either
_FIRST_TOKEN_S = 2.5  # seconds to the first token, and between two reads (specs: model guard)
_LARGEST_BODY = 262_144  # bytes of a reply that are read; a real one is under 10 kB, under 100 kB as a stream
_PAUSE_S = 15.0  # seconds that a server is left alone which throttles us and does not say for how long

Ask = Callable[[openai.OpenAI], AbstractContextManager[Any]]


class Listener(Protocol):
    """Who hears a reply as it comes."""

    @property
    def has_begun(self) -> bool:
        """Say whether something of the answer itself has come."""
        ...

    def hear(self, chunk: bytes) -> None:
        """Take the next bytes; raises ModelUnavailable for nonsense."""
        ...


class Endpoint:
    """An OpenAI-compatible server; `fetch` and `listen` are one call each, never repeated."""

    def __init__(self, base_url: str, api_key: str) -> None:
        # Local servers need no key, but the client refuses an empty one.
        self._client = openai.OpenAI(api_key=api_key or "none", base_url=base_url, max_retries=0)
        # Its idle connections end with it: left to the collector, which knows no order, sockets may go unclosed.
        weakref.finalize(self, self._client.close)

    def fetch(self, ask: Ask, end: float, largest: int = _LARGEST_BODY) -> bytes:
        """Return a whole reply of at most `largest` bytes; `end` is on the monotonic clock, in seconds.

        Raises ModelUnavailable with the reason.
        """
        return b"".join(self._pieces(ask, end, _left(end), largest))

    def listen(self, ask: Ask, listener: Listener, end: float) -> None:
        """Let a listener hear a streamed reply; raises ModelUnavailable with the reason."""
        first = min(time.monotonic() + _FIRST_TOKEN_S, end)
        # Closed at once when the listener refuses: the error's own traceback would keep the connection open.
        with closing(self._pieces(ask, end, min(_FIRST_TOKEN_S, _left(end)), _LARGEST_BODY)) as pieces:
            for piece in pieces:
                listener.hear(piece)
                if not listener.has_begun and time.monotonic() > first:
                    raise ModelUnavailable("the model's first token came too late", reason="timeout")

    def _pieces(self, ask: Ask, end: float, read_s: float, largest: int) -> Generator[bytes, None, None]:
        left, size = _left(end), 0
        client = self._client.with_options(timeout=openai.Timeout(left, connect=min(_CONNECT_S, left), read=read_s))
        with _translated(), ask(client) as response:
            for chunk in response.iter_bytes():
                size += len(chunk)
                if time.monotonic() > end:  # a dripping server: leaving the block closes the connection
                    raise ModelUnavailable("the model's reply dripped past the deadline", reason="timeout")
                if size > largest:
                    raise ModelUnavailable("the model's reply is too large", reason="error")
                yield chunk


def _left(end: float) -> float:
    return max(end - time.monotonic(), 0.001)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except openai.APITimeoutError as error:
        raise ModelUnavailable("the model did not answer in time", reason="timeout") from error
    except openai.RateLimitError as error:
        pause = _pause(error.response.headers.get("Retry-After", ""))
        raise ModelUnavailable("the model's rate limit was reached", reason="rate_limited", pause_s=pause) from error
    except httpx2.TimeoutException as error:  # while the body is read, the client lets its transport speak
        raise ModelUnavailable("the model stopped in its reply", reason="timeout") from error
    except (openai.OpenAIError, httpx2.HTTPError) as error:
        raise ModelUnavailable(f"the model failed: {type(error).__name__}", reason="error") from error


def _pause(retry_after: str) -> float:
    """Return the seconds that a server asks for; a date, which none of these servers sends, counts as not said."""
    return float(retry_after) if retry_after.isdecimal() and int(retry_after) else _PAUSE_S
