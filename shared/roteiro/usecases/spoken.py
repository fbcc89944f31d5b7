"""What the customer reads after a turn: the reply, or while a person owns the conversation, where they stand."""

from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Status
from roteiro.domain.texts import text
from roteiro.ports import Store
from roteiro.usecases.customer import queue_position
from roteiro.usecases.turns import Answer

__all__ = ["spoken_text"]


def spoken_text(answer: Answer, *, store: Store, catalogue: Catalogue) -> str:
    """Return the text of an answer; the place in the queue is read only where it is shown."""
    state = answer.state
    if answer.event.reply is not None:
        return answer.event.reply
    if state.status is not Status.WAITING:
        return text("with_person", state.locale)
    position = queue_position(answer.event.conversation, store=store)
    return catalogue.pack().say("waiting", state.locale, position=position)
