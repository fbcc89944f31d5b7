"""A person, in one action: the button of a page. No data is asked, and who already waits keeps their place."""

from roteiro.domain.conversation import Status
from roteiro.domain.ids import ConversationId
from roteiro.domain.message import clean
from roteiro.domain.protocol import shown
from roteiro.usecases.calling import call_person
from roteiro.usecases.customer import queue_position
from roteiro.usecases.spoken import standing_text
from roteiro.usecases.turns import Answer
from roteiro.web.answers import Reply
from roteiro.web.call import Call
from roteiro.web.front import turn_headers
from roteiro.web.holding import held_conversation, not_found
from roteiro.web.house import House
from roteiro.web.limits import Meter
from roteiro.web.protocols import key_headers

__all__ = ["handoff"]


def handoff(call: Call, house: House) -> Reply:
    """Hand the conversation to a person; say the place in the queue, and off hours when people are back."""
    conversation = held_conversation(call.body.session_id, call, house)
    house.limits.admit(Meter.MESSAGES, call.address, house.clock.now())
    why = clean(call.body.reason) if (call.body.reason or "").strip() else ""
    answer = _called(conversation, why, call, house)
    event, state = answer.event, answer.state
    waits = state.status is Status.WAITING
    catalogue = house.catalogue(event.pack)
    said = None if answer.replayed else event.reply
    body = {
        "status": state.status,
        "position": queue_position(conversation, store=house.store) if waits else None,
        "message": said or standing_text(event, store=house.store, catalogue=catalogue),
        "protocol": shown(state.protocol),
    }
    return Reply(body, headers=turn_headers(answer) | (key_headers(event, house) if answer.opened else {}))


def _called(conversation: ConversationId, why: str, call: Call, house: House) -> Answer:
    """Call a person in the conversation's own pack, which its newest event names."""
    newest = next(iter(house.store.load(conversation, 1)), None)
    if newest is None or newest.state.status is Status.ERASED or not newest.state.is_open_to(call.customer):
        raise not_found(call, house)
    catalogue, user = house.catalogue(newest.pack), call.customer
    return call_person(conversation, call.locale, why, user, store=house.store, catalogue=catalogue, clock=house.clock)
