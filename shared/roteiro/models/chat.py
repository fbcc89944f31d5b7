"""A Model behind an OpenAI-compatible `/chat/completions`: one streamed call a turn, watched from its first token."""

from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from roteiro.models.deadlines import Workers
from roteiro.models.streaming import Heard
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt

if TYPE_CHECKING:
    from roteiro.models.openai import Endpoint

__all__ = ["OpenAIModel"]


class OpenAIModel:
    """A Model; `make` gives the endpoint and runs inside `deadline_s`, because it imports the vendor's client."""

    is_remote = True

    def __init__(self, name: str, make: "Callable[[], Endpoint]", deadline_s: float) -> None:
        self._name = name
        self._make = make
        self._deadline_s = deadline_s
        self._workers = Workers("model")

    @property
    def is_resting(self) -> bool:
        """Say whether it failed so often of late that it is not called now."""
        return self._workers.breaker.is_open

    def answer(self, prompt: Prompt) -> Wording:
        """Return the model's text; raises ModelUnavailable within the deadline."""
        return self._workers.run(lambda end: self._call(prompt, Heard(), end), self._deadline_s)

    def stream(self, prompt: Prompt) -> Generator[str, None, Wording]:
        """Give the text as it comes, as `answer` returns it at the end; raises ModelUnavailable within the deadline."""
        return self._workers.stream(lambda tell, end: self._call(prompt, Heard(tell), end), self._deadline_s)

    def _call(self, prompt: Prompt, heard: Heard, end: float) -> Wording:
        asked = {"model": self._name, "messages": _messages(prompt), "max_tokens": prompt.longest_reply}
        options: Any = {**asked, "store": False, "stream": True, "stream_options": {"include_usage": True}}
        if prompt.schema is not None:
            shape = {"name": "reply", "strict": True, "schema": prompt.schema}
            options |= {"response_format": {"type": "json_schema", "json_schema": shape}, "temperature": 0}
        self._make().listen(
            lambda client: client.chat.completions.with_streaming_response.create(**options), heard, end
        )
        return Wording(heard.text(), self._name, *heard.usage)


def _messages(prompt: Prompt) -> list[dict[str, str]]:
    return [{"role": role, "content": content} for role, content in prompt.messages]
