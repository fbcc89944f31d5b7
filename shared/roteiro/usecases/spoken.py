"""What the customer reads after a turn: what people said meanwhile, then the reply or the place in the queue."""

from collections.abc import Iterable, Sequence

from roteiro.domain.choice import Catalogue
from roteiro.domain.conversation import Event, Owner, Status
from roteiro.domain.texts import text
from roteiro.domain.turn.offhours import later_text
from roteiro.ports import Store
from roteiro.usecases.customer import queue_position
from roteiro.usecases.turns import Answer

__all__ = ["spoken_text", "standing_text"]


def spoken_text(answer: Answer, *, store: Store, catalogue: Catalogue) -> str:
    """Return the text of an answer; the place in the queue is read only where it is shown.

    It begins with what the desk said since the customer's last turn, which is read only if there is any.
    """
    event = answer.event
    told = _told(event, event.detail.get("heard", ()), store)
    own = event.reply if event.reply is not None else _instead(event, store, catalogue)
    return "\n\n".join([*told, own])


def standing_text(event: Event, *, store: Store, catalogue: Catalogue) -> str:
    """Return where a customer stands who waits for a person or has one."""
    state = event.state
    if state.status is not Status.WAITING:
        return text("with_person", state.locale)
    position = queue_position(event.conversation, store=store)
    place = catalogue.pack().say("waiting", state.locale, position=position)
    return f"{place} {later_text(state, catalogue, event.at)}".strip()


def _instead(event: Event, store: Store, catalogue: Catalogue) -> str:
    """Return what is said where the bot is silent; of a reply that a person's choice has made void, that choice."""
    state = event.state
    if state.owner is Owner.BOT and not state.is_off and (told := _told(event, state.unheard, store)):
        return "\n\n".join(told)
    if state.owner is Owner.BOT and not state.is_off:  # the words were cleared while their answer was made
        return text("cleared", state.locale)
    return standing_text(event, store=store, catalogue=catalogue)


def _told(event: Event, seqs: Iterable[int], store: Store) -> Sequence[str]:
    """Return the texts of desk events, in order."""
    wanted = sorted(seqs)
    if not wanted:
        return []
    since = store.page(event.conversation, wanted[0] - 1, wanted[-1] - wanted[0] + 1)
    return [one.reply for one in since if one.seq in wanted and one.reply]
