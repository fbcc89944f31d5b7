"""The canned replies of a pack over HTTP: read as a list, written as a list."""

import re
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from roteiro.domain.message import clean
from roteiro.usecases.canned import canned_replies, save_canned
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.script_calls import admin_of

__all__ = ["CannedAnswer", "CannedBody", "CannedReply", "get_canned", "put_canned"]

_PACK = re.compile(r"(?:[a-z0-9][a-z0-9_-]{0,59})?")
_LONGEST_TITLE, _LONGEST_TEXT = 80, 2000  # characters; a text as long as what an attendant may write
_MOST = 200  # canned replies of a pack; chosen, more than anybody finds by searching


class CannedReply(BaseModel):
    """What attendants say often; `{nome}`, `{protocolo}` and slots by name stand for what is known when it is sent."""

    model_config = ConfigDict(strict=True, extra="forbid")

    title: Annotated[str, Field(min_length=1, max_length=_LONGEST_TITLE)]
    text: Annotated[str, Field(min_length=1, max_length=_LONGEST_TEXT)]


class CannedBody(BaseModel):
    """PUT /api/v1/desk/canned: the whole list."""

    model_config = ConfigDict(strict=True, extra="forbid")

    items: Annotated[list[CannedReply], Field(max_length=_MOST)]


class CannedAnswer(BaseModel):
    """A pack's canned replies; there is never a next page."""

    items: list[CannedReply]
    next_cursor: str | None


def get_canned(call: Call, house: House) -> Reply:
    """Return the canned replies of a pack: the front's, or `?pack=`."""
    return Reply({"items": canned_replies(_pack(call, house), house.shelf), "next_cursor": None})


def put_canned(call: Call, house: House) -> Reply:
    """Put a list in the place of a pack's canned replies, and return it."""
    pack = _pack(call, house)
    items = [
        {"title": clean(one.title, _LONGEST_TITLE), "text": clean(one.text, _LONGEST_TEXT)} for one in call.body.items
    ]
    save_canned(pack, items, admin_of(call, house))
    return Reply({"items": canned_replies(pack, house.shelf), "next_cursor": None})


def _pack(call: Call, house: House) -> str:
    return call.query("pack", _PACK, "") or house.pack_front()
