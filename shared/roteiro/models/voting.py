"""A language model's choice among scripts: one label out of those on the ballot, or nothing at all."""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from roteiro.errors import ModelUnavailable
from roteiro.models.completions import completion_text, tokens_used
from roteiro.models.deadlines import Workers
from roteiro.ports import Vote
from roteiro.prompting.ballot import Ballot

if TYPE_CHECKING:
    from roteiro.models.openai import Endpoint

__all__ = ["OpenAIVoter"]

_MOST_TOKENS = 30  # {"script": "1234567890"} and room for blanks


class OpenAIVoter:
    """A Voter; `make` gives the endpoint and runs inside the deadline, because it imports the vendor's client."""

    def __init__(self, name: str, make: "Callable[[], Endpoint]", deadline_s: float) -> None:
        self._name = name
        self._make = make
        self._deadline_s = deadline_s
        self._workers = Workers("voter")

    def vote(self, ballot: Ballot) -> Vote:
        """Return the label that the model chose; raises ModelUnavailable within the deadline."""
        return self._workers.run(lambda end: self._call(ballot, end), self._deadline_s)

    def _call(self, ballot: Ballot, end: float) -> Vote:
        messages: Any = [{"role": role, "content": content} for role, content in ballot.messages]
        wanted: Any = {
            "type": "json_schema",
            "json_schema": {"name": "choice", "strict": True, "schema": ballot.schema},
        }
        body = self._make().fetch(
            lambda client: client.chat.completions.with_streaming_response.create(
                model=self._name,
                messages=messages,
                response_format=wanted,
                max_tokens=_MOST_TOKENS,
                temperature=0,
                store=False,
            ),
            end,
        )
        return Vote(_label(completion_text(body), ballot), tokens_used(json.loads(body)))


def _label(text: str, ballot: Ballot) -> str:
    try:
        label = json.loads(text)["script"]
    except (ValueError, LookupError, TypeError) as error:
        raise ModelUnavailable("the vote is not the JSON that was asked for", reason="error") from error
    if label not in ballot.labels:  # not every server enforces the schema
        raise ModelUnavailable("the vote is for nobody on the ballot", reason="error")
    return str(label)
