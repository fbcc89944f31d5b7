"""What could not be delivered: admins see it and send it again."""

from roteiro.errors import NotFound
from roteiro.ports import Clock, Document, Shelf, Store
from roteiro.usecases.outbox import DEAD, enter, event_of, leave, off_key

__all__ = ["list_dead", "send_again"]


def list_dead(after: str, limit: int, *, shelf: Shelf) -> tuple[list[Document], str | None]:
    """Return dead letters by id, after the id `after`, and the cursor of the next page (None at the end)."""
    found = shelf.scan(DEAD, f"{DEAD}{after}" if after else "", limit + 1)
    page = found[:limit]
    return page, page[-1]["id"] if len(found) > limit else None


def send_again(letter: str, *, store: Store, shelf: Shelf, clock: Clock) -> None:
    """Put a dead letter back among what is due, with all its tries, and switch its address on again.

    Raises NotFound if there is no such letter, or its conversation was erased.
    """
    key = f"{DEAD}{letter}"
    dead = shelf.get(key)
    event = event_of(dead, store) if dead else None
    if dead is None or event is None:
        leave(key, shelf)
        raise NotFound(f"there is no dead letter {letter}", missing="dead_letter")
    leave(off_key(event.outbox[dead["n"]].hook["url"]), shelf)
    kept = ("id", "n", "conversation", "message_key", "write_id", "created_at")
    enter({**{name: dead[name] for name in kept}, "tries": 0}, clock.now(), shelf)
    leave(key, shelf)
