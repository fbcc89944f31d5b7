"""Help for an attendant over HTTP that changes no conversation: a drafted reply, a proposal to the script's editors."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from roteiro.domain.ids import ConversationId
from roteiro.domain.message import clean
from roteiro.usecases.desk import Desk, pack_of
from roteiro.usecases.proposing import propose_step
from roteiro.usecases.review import newest_of
from roteiro.usecases.suggesting import suggest as draft_reply
from roteiro.web.admission import attendant_of
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.house import House
from roteiro.web.script_calls import admin_of

__all__ = ["ProposeAnswer", "ProposeBody", "SuggestAnswer", "SuggestBody", "propose", "suggest"]

_LONGEST_NOTE = 500  # characters; what other reasons in the audit may have


class SuggestBody(BaseModel):
    """POST …/suggest says nothing besides the conversation."""

    model_config = ConfigDict(strict=True, extra="forbid")


class SuggestAnswer(BaseModel):
    """A drafted reply and who worded it."""

    message: str
    source: Literal["model", "script"]


class ProposeBody(BaseModel):
    """A step that was changed for this conversation, and why its script should be so for everybody."""

    model_config = ConfigDict(strict=True, extra="forbid")

    step: Annotated[int, Field(ge=1, le=1000)]
    note: Annotated[str, Field(min_length=1, max_length=_LONGEST_NOTE)]


class ProposeAnswer(BaseModel):
    """The draft that editors will find."""

    id: int
    checksum: str
    base_version: int
    saved_at: str


def suggest(call: Call, house: House) -> Reply:
    """Return a draft of an answer to the customer's last words."""
    conversation = ConversationId(call.path["conversation"])
    catalogue = house.catalogue(pack_of(conversation, house.store), may_vote=False)
    desk = Desk(house.store, house.shelf, house.clock)
    return Reply(draft_reply(conversation, attendant_of(call), desk, catalogue, house.speaker)._asdict())


def propose(call: Call, house: House) -> Reply:
    """Save what was changed in a step as a draft of the script."""
    conversation, note = ConversationId(call.path["conversation"]), clean(call.body.note, _LONGEST_NOTE)
    state = newest_of(conversation, house.store).state
    draft = propose_step(state, conversation, call.body.step, note, admin_of(call, house))
    facts = {"id": draft["id"], "checksum": draft["checksum"]}
    return Reply({**facts, "base_version": draft["base"], "saved_at": draft["saved_at"]})
