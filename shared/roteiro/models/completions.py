"""What a chat completion says: the text of a whole, finished one; anything else is nonsense."""

import json

from roteiro.errors import ModelUnavailable

__all__ = ["completion_text", "finished_text", "tokens_used"]


def completion_text(body: bytes) -> str:
    """Return the text of a completion. Raises ModelUnavailable (`error`)."""
    try:
        choice = json.loads(body)["choices"][0]
        text, finish, calls = choice["message"]["content"], choice["finish_reason"], choice["message"].get("tool_calls")
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ModelUnavailable("the model's reply is not a completion", reason="error") from error
    return finished_text(text, "tool_calls" if calls else finish)


def finished_text(text: object, finish: object) -> str:
    """Return the text of a completion that came to its own end. Raises ModelUnavailable (`error`)."""
    if finish != "stop" or not isinstance(text, str):
        raise ModelUnavailable(f"the model's reply ended with {str(finish)[:40]!r}", reason="error")
    return text


def tokens_used(reply: object) -> int:
    """Return the tokens that a reply says it cost; 0 when it does not say."""
    usage = reply.get("usage") if isinstance(reply, dict) else None
    total = usage.get("total_tokens") if isinstance(usage, dict) else None
    return total if isinstance(total, int) and total > 0 else 0
