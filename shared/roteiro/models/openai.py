"""Any OpenAI-compatible model, called once per turn under a clock of our own; every fault is one of ours.

The client's own time-out is per read (a dripping server stretches it without end), and its defaults are 600 s times
three tries: hence no retries, and a worker whose answer is not waited for beyond the deadline.
"""

import json
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from contextlib import contextmanager
from typing import Any

import httpx2
import openai

from roteiro.errors import ModelUnavailable
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt

__all__ = ["OpenAIModel"]

_CONNECT_S = 1.0  # seconds; a host that takes longer to accept will not answer in time either
_MOST_TOKENS = 300  # of an answer: two short sentences and some room
_LARGEST_BODY = 262_144  # bytes of a reply that are read; a real one is under 10 kB
_MOST_CALLS = 40  # at once per process, as many as requests


class OpenAIModel:
    """A Model behind an OpenAI-compatible `/chat/completions`; `deadline_s` bounds the whole call, in seconds."""

    is_remote = True

    def __init__(self, name: str, base_url: str, api_key: str, deadline_s: float) -> None:
        self._name = name
        self._deadline_s = deadline_s
        timeout = openai.Timeout(deadline_s, connect=min(_CONNECT_S, deadline_s))
        # Local servers need no key, but the client refuses an empty one.
        self._client = openai.OpenAI(api_key=api_key or "none", base_url=base_url, max_retries=0, timeout=timeout)
        self._workers = ThreadPoolExecutor(_MOST_CALLS, thread_name_prefix="model")

    def answer(self, prompt: Prompt) -> Wording:
        """Return the model's text; raises ModelUnavailable within the deadline."""
        end = time.monotonic() + self._deadline_s
        call: Future[str] = self._workers.submit(self._call, prompt, end)
        try:
            return Wording(call.result(timeout=self._deadline_s), self._name)
        except TooLate as error:
            call.cancel()
            raise ModelUnavailable("the model did not answer in time", reason="timeout") from error

    def _call(self, prompt: Prompt, end: float) -> str:
        messages: Any = [{"role": role, "content": content} for role, content in prompt.messages]
        with (
            _translated(),
            self._client.chat.completions.with_streaming_response.create(
                model=self._name, messages=messages, max_tokens=_MOST_TOKENS, store=False
            ) as response,
        ):
            body = b""
            for chunk in response.iter_bytes():
                body += chunk
                if time.monotonic() > end:  # a dripping server: leaving the block closes the connection
                    raise ModelUnavailable("the model's reply dripped past the deadline", reason="timeout")
                if len(body) > _LARGEST_BODY:
                    raise ModelUnavailable("the model's reply is too large", reason="error")
            return _text_of(body)


def _text_of(body: bytes) -> str:
    """Return the text of a whole, finished completion; anything else is nonsense."""
    try:
        choice = json.loads(body)["choices"][0]
        text, finish, calls = choice["message"]["content"], choice["finish_reason"], choice["message"].get("tool_calls")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelUnavailable("the model's reply is not a completion", reason="error") from error
    if finish != "stop" or calls or not isinstance(text, str):
        raise ModelUnavailable(f"the model's reply ended with {str(finish)[:40]!r}", reason="error")
    return text


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
