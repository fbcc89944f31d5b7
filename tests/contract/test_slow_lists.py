"""Lists of many conversations on a database that is slow to answer: turns go on beside them, each list ends in time."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pymongo
import pytest
from pymongo.monitoring import CommandFailedEvent, CommandListener, CommandStartedEvent, CommandSucceededEvent

from roteiro.domain.ids import ConversationId
from roteiro.errors import StoreUnavailable
from roteiro.stores.mongo import MongoStore
from tests.contract.builders import CONVERSATION, an_event

LISTED = [ConversationId(f"listed-{number:03}") for number in range(200)]
_MOST_AT_ONCE = 12  # reads for lists, of all requests together


class SlowTrips(CommandListener):
    """A server far away: each read of a listed conversation holds its connection until `answers`, `trip_s` at most."""

    def __init__(self) -> None:
        self.trip_s = 2.0
        self.answers = threading.Event()
        self.under_way = threading.Semaphore(0)

    def started(self, event: CommandStartedEvent) -> None:
        """Hold a read of a list."""
        if "listed-" in str(event.command.get("filter", "")):
            self.under_way.release()
            self.answers.wait(self.trip_s)

    def count_under_way(self) -> int:
        """Return how many reads are held once no further one comes."""
        count = 0
        while self.under_way.acquire(timeout=0.3):
            count += 1
        return count

    def succeeded(self, event: CommandSucceededEvent) -> None:
        """Nothing to learn."""

    def failed(self, event: CommandFailedEvent) -> None:
        """Nothing to learn."""


@pytest.fixture
def trips() -> SlowTrips:
    return SlowTrips()


@pytest.fixture
def far_store(nx_url: str, trips: SlowTrips) -> Iterator[MongoStore]:
    """A store with a conversation of its own and one listed."""
    store = MongoStore(nx_url, event_listeners=[trips])
    store.append(an_event(0))
    store.append(an_event(0, LISTED[7]))
    yield store
    store.close()


def test_a_turn_reads_its_tickets_while_four_lists_are_read(far_store: MongoStore, trips: SlowTrips) -> None:
    with ThreadPoolExecutor(4) as customers:
        lists = [customers.submit(far_store.newest_of, LISTED) for _ in range(4)]
        at_once = trips.count_under_way()
        turn = far_store.load_with_tickets(CONVERSATION, 1, ["a", "b"])
        still_read = [one for one in lists if not one.done()]
        trips.answers.set()
        found = [one.result() for one in lists]

    assert at_once == _MOST_AT_ONCE
    assert turn == ([an_event(0)], [None, None])
    assert len(still_read) == 4
    assert found == [[an_event(0, LISTED[7])]] * 4


def test_a_list_has_one_deadline_for_all_it_reads(far_store: MongoStore, trips: SlowTrips) -> None:
    trips.trip_s = 0.1  # 200 of these, so many at once, are 1.7 s
    began = time.monotonic()

    with pymongo.timeout(0.3), pytest.raises(StoreUnavailable):
        far_store.newest_of(LISTED)

    assert time.monotonic() - began < 1
