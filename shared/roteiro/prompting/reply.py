"""What may be believed of a model's reply: plain, short text of its own; anything else is refused."""

import re

from roteiro.errors import ModelUnavailable

__all__ = ["checked_reply"]

_LONGEST = 1200  # characters; longer answers are not what was asked for
_LINK = re.compile(r"https?:|www\.|\b[\w-]{1,63}\.(?:com|net|org|br|io|app|ru|info)\b", re.IGNORECASE)
_MARKUP = re.compile(r"<[^>]{0,200}>|!\[|\]\(|```|^#{1,6} |\*\*", re.MULTILINE)
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def checked_reply(text: str, *, fence: str) -> str:
    """Return a reply that may be shown.

    Raises ModelUnavailable (`filtered`) for an empty or long text, a link, markup or a placeholder, and for the
    prompt's own fence, which only a leaked prompt can hold.
    """
    reply = _UNSEEN.sub("", text).strip()
    for is_wrong, what in (
        (not reply, "is empty"),
        (len(reply) > _LONGEST, "is too long"),
        (bool(fence) and fence in reply, "repeats the prompt"),
        (_LINK.search(reply), "holds a link"),
        (_MARKUP.search(reply), "holds markup or a placeholder"),
    ):
        if is_wrong:
            raise ModelUnavailable(f"the model's reply {what}", reason="filtered")
    return reply
