"""Events and heads for the contract suite, with everything that a test does not speak about filled in."""

from datetime import UTC, datetime, timedelta
from typing import Any

from roteiro.domain.conversation import Event, Head, Kind, Mark, Owner, State, Status
from roteiro.domain.ids import ConversationId

__all__ = ["CONVERSATION", "MOMENT", "a_head", "a_mark", "an_event", "events_of"]

CONVERSATION = ConversationId("8a6e0804")
MOMENT = datetime(2026, 11, 20, 18, 0, 0, 123_000, tzinfo=UTC)


def an_event(seq: int = 0, conversation: str = CONVERSATION, **given: Any) -> Event:
    """Return event `seq`, one second after the one before it."""
    fields: dict[str, Any] = {
        "pack": "seguros",
        "at": MOMENT + timedelta(seconds=seq),
        "by": "customer",
        "kind": Kind.TURN,
        "state": State(protocol="20261120-0001"),
        "write_id": f"write-{seq}",
        "text": "Bati o carro",
    }
    return Event(conversation=ConversationId(conversation), seq=seq, **(fields | given))


def events_of(conversation: str, count: int) -> list[Event]:
    """Return the first events of a conversation."""
    return [an_event(seq, conversation) for seq in range(count)]


def a_head(seq: int = 0, conversation: str = CONVERSATION, **given: Any) -> Head:
    """Return the head of a conversation that the bot answers, as it is after event `seq`."""
    fields: dict[str, Any] = {
        "pack": "seguros",
        "status": Status.BOT,
        "owner": Owner.BOT,
        "assigned": None,
        "protocol": "20261120-0001",
        "locale": "pt-BR",
        "at": MOMENT + timedelta(seconds=seq),
    }
    return Head(conversation=ConversationId(conversation), seq=seq, **(fields | given))


def a_mark(number: str = "20261120-0001", conversation: str = CONVERSATION) -> Mark:
    """Return the mark that takes a protocol number."""
    return Mark(f"~p:{number}", ConversationId(conversation), MOMENT)
