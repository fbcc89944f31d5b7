"""Any OpenAI-compatible endpoint, called once per turn under a clock of our own; every fault is one of ours.

The client's own time-out is per read (a dripping server stretches it without end), and its defaults are 600 s times
three tries: hence no retries, and a worker whose answer is not waited for beyond the deadline.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

import httpx2
import openai

from roteiro.errors import ModelUnavailable
from roteiro.models.completions import completion_text
from roteiro.models.deadlines import Workers
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt

__all__ = ["Endpoint", "OpenAIModel"]

_CONNECT_S = 1.0  # seconds; a host that takes longer to accept will not answer in time either
_MOST_TOKENS = 300  # of an answer: two short sentences and some room
_LARGEST_BODY = 262_144  # bytes of a reply that are read; a real one is under 10 kB


class Endpoint:
    """An OpenAI-compatible server; `fetch` is one call, never repeated."""

    def __init__(self, base_url: str, api_key: str) -> None:
        # Local servers need no key, but the client refuses an empty one.
        self._client = openai.OpenAI(api_key=api_key or "none", base_url=base_url, max_retries=0)

    def fetch(
        self,
        ask: Callable[[openai.OpenAI], AbstractContextManager[Any]],
        end: float,
        largest: int = _LARGEST_BODY,
    ) -> bytes:
        """Return the body of a streamed reply of at most `largest` bytes; `end` is on the monotonic clock, in seconds.

        Raises ModelUnavailable with the reason.
        """
        left = max(end - time.monotonic(), 0.001)
        client = self._client.with_options(timeout=openai.Timeout(left, connect=min(_CONNECT_S, left)))
        with _translated(), ask(client) as response:
            body = b""
            for chunk in response.iter_bytes():
                body += chunk
                if time.monotonic() > end:  # a dripping server: leaving the block closes the connection
                    raise ModelUnavailable("the model's reply dripped past the deadline", reason="timeout")
                if len(body) > largest:
                    raise ModelUnavailable("the model's reply is too large", reason="error")
            return body


class OpenAIModel:
    """A Model behind an OpenAI-compatible `/chat/completions`; `deadline_s` bounds the whole call, in seconds."""

    is_remote = True

    def __init__(self, name: str, endpoint: Endpoint, deadline_s: float) -> None:
        self._name = name
        self._endpoint = endpoint
        self._deadline_s = deadline_s
        self._workers = Workers("model")

    def answer(self, prompt: Prompt) -> Wording:
        """Return the model's text; raises ModelUnavailable within the deadline."""
        return self._workers.run(lambda end: Wording(self._call(prompt, end), self._name), self._deadline_s)

    def _call(self, prompt: Prompt, end: float) -> str:
        messages: Any = [{"role": role, "content": content} for role, content in prompt.messages]
        body = self._endpoint.fetch(
            lambda client: client.chat.completions.with_streaming_response.create(
                model=self._name, messages=messages, max_tokens=_MOST_TOKENS, store=False
            ),
            end,
        )
        return completion_text(body)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except openai.APITimeoutError as error:
        raise ModelUnavailable("the model did not answer in time", reason="timeout") from error
    except openai.RateLimitError as error:
        raise ModelUnavailable("the model's rate limit was reached", reason="rate_limited") from error
    except httpx2.TimeoutException as error:  # while the body is read, the client lets its transport speak
        raise ModelUnavailable("the model stopped in its reply", reason="timeout") from error
    except (openai.OpenAIError, httpx2.HTTPError) as error:
        raise ModelUnavailable(f"the model failed: {type(error).__name__}", reason="error") from error
