"""What a model is asked, and what its reply is checked against and completed with: a frozen value.

Rules and the script's public text come first and stay the same over turns, so that a provider's prompt cache applies;
the customer's words come last, masked, fenced, in a message of their own.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from roteiro.prompting.masking import Masks

__all__ = ["Prompt", "fenced"]

_PER_MESSAGE = 16  # tokens that a chat template writes around a message; measured: 4 to 8 in usual templates


@dataclass(frozen=True, slots=True)
class Prompt:
    """Messages (role, content) for a model, the script's own answer for when there is none, and the checks."""

    messages: tuple[tuple[str, str], ...]
    scripted: str
    fence: str = ""  # a random word of this prompt alone: a reply that holds it has leaked the prompt
    masks: Masks = field(default_factory=Masks)
    wording_of: str | None = None  # the masked text that is to be said in other words; None: a free answer
    titles: tuple[str, ...] = ()  # of other scripts: no reply speaks of them
    schema: Mapping[str, Any] | None = None  # JSON Schema of the reply; None: plain text
    longest_reply: int = 300  # tokens: two short sentences, or a step, and some room

    @property
    def most_tokens(self) -> int:
        """Return the most that a call can cost: a token is at least one byte in every tokenizer of these models."""
        texts = [content for _, content in self.messages] + ([json.dumps(self.schema)] if self.schema else [])
        return sum(len(text.encode()) + _PER_MESSAGE for text in texts) + self.longest_reply


def fenced(words: str, fence: str) -> str:
    r"""Return the customer's words as data between two marks that only this prompt knows.

    >>> fenced("oi", "k3x")
    '<cliente k3x>\noi\n</cliente k3x>'
    """
    return f"<cliente {fence}>\n{words}\n</cliente {fence}>"
