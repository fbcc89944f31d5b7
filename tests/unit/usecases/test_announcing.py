import pytest

from roteiro.domain.conversation import Outgoing
from roteiro.errors import SeatTaken, StoreUnavailable
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.announcing import AnnouncingStore
from roteiro.usecases.outbox import PENDING
from tests.factories import an_event
from tests.harness import TestClock

TELLING = an_event(outbox=(Outgoing("script.completed", {"url": "https://crm.example.com/", "secret_ref": "CRM"}, {}),))


def test_what_an_event_sends_is_announced_before_the_event_is_there() -> None:
    store = SqliteStore(":memory:")

    class Dying(SqliteStore):
        def append(self, *_: object) -> None:
            raise StoreUnavailable

    with pytest.raises(StoreUnavailable):
        AnnouncingStore(Dying(":memory:"), store, TestClock()).append(TELLING)

    assert len(store.scan(PENDING)) == 1


def test_an_event_that_cannot_be_announced_is_not_stored() -> None:
    store = SqliteStore(":memory:")

    class Away(SqliteStore):
        def create(self, *_: object) -> bool:
            raise StoreUnavailable

    with pytest.raises(StoreUnavailable):
        AnnouncingStore(store, Away(":memory:"), TestClock()).append(TELLING)

    assert store.load(TELLING.conversation, 1) == []


def test_everything_else_is_the_stores_own() -> None:
    store = SqliteStore(":memory:")
    announcing = AnnouncingStore(store, store, TestClock())

    announcing.append(an_event())

    assert announcing.load(an_event().conversation, 1) == [an_event()]
    assert store.scan(PENDING) == []
    with pytest.raises(SeatTaken):
        announcing.append(an_event())
