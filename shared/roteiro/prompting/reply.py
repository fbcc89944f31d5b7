"""What may be believed of a model's reply: plain, short text of its own, or the JSON that was asked for.

A refusal never repeats the model's words, and never costs more than one look at them.
"""

import json
import re
from typing import Any

from roteiro.domain.message import fold
from roteiro.errors import ModelUnavailable
from roteiro.prompting.identifiers import identifiers
from roteiro.prompting.prompt import Prompt
from roteiro.prompting.survival import what_is_added, what_is_lost

__all__ = ["checked", "checked_reply", "checked_so_far", "visible"]

_LONGEST = 1200  # characters; longer answers are not what was asked for
_LINK = re.compile(r"https?:|www\.|\b[\w-]{1,63}\.(?:com|net|org|br|io|app|ru|info)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]{0,200}>|!\[|\]\(|```|^#{1,6} |\*\*", re.MULTILINE)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_NUMBER = re.compile(r"\d(?:[.,]?\d)+")  # of two digits or more: a model may count to nine by itself


def checked(text: str, prompt: Prompt) -> str:
    """Return the reply to a prompt with the customer's data put back. Raises ModelUnavailable (`filtered`)."""
    if prompt.schema is not None:
        return _checked_json(text, prompt)
    reply = visible(text).strip()
    restored = checked_so_far(reply, prompt)
    is_changed = prompt.wording_of is not None and what_is_lost(prompt.wording_of, reply)
    _refuse("changes what was to be said", is_wrong=bool(is_changed))
    return restored


def checked_so_far(reply: str, prompt: Prompt) -> str:
    """Return the beginning of a reply with the customer's data put back, if nothing of it need be taken back later.

    What the whole must still hold is not asked of it. Raises ModelUnavailable (`filtered`).
    """
    own_words = _without_placeholders(reply, prompt)
    checked_reply(own_words, fence=prompt.fence)
    for is_wrong, what in (
        (_names_another(own_words, prompt), "names another script"),
        (prompt.wording_of is None and _makes_up_numbers(own_words, prompt), "holds a number that was not told"),
        (_makes_up_data(own_words, prompt), "holds personal data that was not told"),
        (prompt.wording_of is not None and what_is_added(prompt.wording_of, reply), "changes what was to be said"),
    ):
        _refuse(what, is_wrong=bool(is_wrong))
    return prompt.masks.restore(reply)


def visible(text: str) -> str:
    """Return a text without the characters that nobody sees."""
    return _UNSEEN.sub("", text)


def checked_reply(text: str, *, fence: str) -> str:
    """Return a reply that may be shown.

    Raises ModelUnavailable (`filtered`) for an empty or long text, a link, markup or a placeholder, and for the
    prompt's own fence, which only a leaked prompt can hold.
    """
    reply = visible(text).strip()
    for is_wrong, what in (
        (not reply, "is empty"),
        (len(reply) > _LONGEST, "is too long"),
        (bool(fence) and fence in reply, "repeats the prompt"),
        (_LINK.search(reply), "holds a link"),
        (_MARKUP.search(reply), "holds markup or a placeholder"),
    ):
        _refuse(what, is_wrong=bool(is_wrong))
    return reply


def _refuse(what: str, *, is_wrong: bool) -> None:
    if is_wrong:
        raise ModelUnavailable(f"the model's reply {what}", reason="filtered")


def _without_placeholders(reply: str, prompt: Prompt) -> str:
    """Return what the model said itself; what stands for data that this prompt never held is nonsense."""
    unknown = [one for one in prompt.masks.placeholders(reply) if not prompt.masks.knows(one)]
    _refuse("holds a placeholder of nothing", is_wrong=bool(unknown))
    return prompt.masks.without_placeholders(reply)


def _names_another(reply: str, prompt: Prompt) -> bool:
    folded = f" {fold(reply)} "
    return any(f" {fold(title)} " in folded for title in prompt.titles)


def _makes_up_numbers(reply: str, prompt: Prompt) -> bool:
    """A price, a term or a percentage comes from the script or from the customer, never from a model."""
    told = {match[0] for _, content in prompt.messages for match in _NUMBER.finditer(content)}
    return any(match[0] not in told for match in _NUMBER.finditer(reply))


def _makes_up_data(reply: str, prompt: Prompt) -> bool:
    """Find an e-mail, a document, a phone that no public text holds: the customer's own stand as placeholders."""
    told = "".join(fold(content) for _, content in prompt.messages).replace(" ", "")
    return any(fold(reply[one.start : one.end]).replace(" ", "") not in told for one in identifiers(reply))


def _parsed(text: str) -> Any:
    try:
        return json.loads(text[:_LONGEST])
    except ValueError as error:
        raise ModelUnavailable("the model's reply is not the JSON that was asked for", reason="filtered") from error


def _checked_json(text: str, prompt: Prompt) -> str:
    """Return the JSON with data put back, if it has the schema's keys with texts or nulls and nothing else."""
    wanted = set((prompt.schema or {})["properties"])
    said = _parsed(text)
    fits = isinstance(said, dict) and set(said) == wanted and all(isinstance(v, str | None) for v in said.values())
    _refuse("is not the JSON that was asked for", is_wrong=not fits)
    _refuse("repeats the prompt", is_wrong=bool(prompt.fence) and prompt.fence in text)
    _without_placeholders(text, prompt)
    restored = {name: None if value is None else prompt.masks.restore(value) for name, value in said.items()}
    return json.dumps(restored, ensure_ascii=False)
