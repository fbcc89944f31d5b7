"""A chat completion that arrives piece by piece: heard as it comes, believed only when it is whole and finished."""

import json
from collections.abc import Callable
from typing import Any

from roteiro.errors import ModelUnavailable
from roteiro.models.completions import finished_text

__all__ = ["Heard"]

_DATA = b"data:"
_END = b"[DONE]"
_FIELDS = (_DATA, b":", b"event:", b"id:", b"retry:")  # of server-sent events, WHATWG HTML 9.2.6


class Heard:
    """What has come of a completion so far; `tell` hears each piece of its text as it comes."""

    def __init__(self, tell: Callable[[str], object] = lambda _: None) -> None:
        self._tell = tell
        self._rest = b""
        self._text: list[str] = []
        self._finish: str | None = None
        self._usage: tuple[int, int] = (0, 0)

    @property
    def has_begun(self) -> bool:
        """Say whether the first token has come."""
        return bool(self._text) or self._finish is not None

    @property
    def usage(self) -> tuple[int, int]:
        """Return the tokens (in, out) that the server counted; 0 when it does not say."""
        return self._usage

    def hear(self, chunk: bytes) -> None:
        """Take the next bytes. Raises ModelUnavailable (`error`) for what is no part of a completion."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        for line in lines:
            self._line(line.strip())

    def text(self) -> str:
        """Return the whole text. Raises ModelUnavailable (`error`) if it was cut, or finished in another way."""
        self._line(self._rest.strip())
        return finished_text("".join(self._text), self._finish)

    def _line(self, line: bytes) -> None:
        if line and not line.startswith(_FIELDS):
            raise _nonsense("is no stream")
        data = line.removeprefix(_DATA).strip() if line.startswith(_DATA) else b""
        if data and data != _END:
            self._piece(data)

    def _piece(self, data: bytes) -> None:
        try:
            piece = json.loads(data)
            choices, usage = piece["choices"], piece.get("usage")
            for choice in choices[:1]:
                self._choice(choice)
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise _nonsense("is not a completion") from error
        if isinstance(usage, dict):
            self._usage = (_count(usage, "prompt_tokens"), _count(usage, "completion_tokens"))

    def _choice(self, choice: dict[str, Any]) -> None:
        delta = choice.get("delta") or {}
        if delta.get("tool_calls") or delta.get("function_call"):
            raise _nonsense("calls a tool")
        text = delta.get("content")
        if text is not None and not isinstance(text, str):
            raise _nonsense("is no text")
        if text:
            self._text.append(text)
            self._tell(text)
        self._finish = choice.get("finish_reason") or self._finish


def _nonsense(what: str) -> ModelUnavailable:
    return ModelUnavailable(f"the model's reply {what}", reason="error")


def _count(usage: dict[str, Any], name: str) -> int:
    number = usage.get(name)
    return number if isinstance(number, int) and number > 0 else 0
