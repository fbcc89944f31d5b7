"""How it went, as the customer says it: solved or not, 1 to 5, a comment."""

from roteiro.domain.message import clean
from roteiro.errors import SessionNotFound
from roteiro.usecases.calling import Rating, rate
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.holding import held_conversation, not_found
from roteiro.web.house import House
from roteiro.web.limits import Meter

__all__ = ["rating"]


def rating(call: Call, house: House) -> Reply:
    """Write a rating down; a later one of the same run takes its place."""
    conversation = held_conversation(call.body.session_id, call, house)
    house.limits.admit(Meter.MESSAGES, call.address, house.clock.now())
    comment = clean(call.body.comment) if (call.body.comment or "").strip() else ""
    given = Rating(call.body.solved, call.body.score or 0, comment)
    try:
        rate(conversation, given, call.customer, store=house.store, clock=house.clock)
    except SessionNotFound:
        raise not_found(call, house) from None
    return Reply({"status": "ok"})
