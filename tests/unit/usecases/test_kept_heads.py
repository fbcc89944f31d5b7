"""Heads that fell behind are repaired when somebody looks, swept a few at a time, and can all be made again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Event, Head, Kind, Owner, Status, head_of, refreshed
from roteiro.domain.desk.queue import Only, head_after
from roteiro.domain.ids import ConversationId
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.heads import place_in_queue, rebuild, repair, sweep
from tests.factories import a_state, an_event
from tests.shop import ShopClock

BOT: dict[str, Any] = {}
WAITS: dict[str, Any] = {"status": Status.WAITING, "owner": Owner.HUMAN, "reason": "asked"}
HELPED: dict[str, Any] = {"status": Status.HUMAN, "owner": Owner.HUMAN, "assigned": "ana"}


class SlowClock(ShopClock):
    """A clock by which every look takes 60 milliseconds."""

    def now(self) -> Any:
        self.sleep(0.06)
        return super().now()


@pytest.fixture
def store() -> SqliteStore:
    return SqliteStore(":memory:")


@pytest.fixture
def clock() -> ShopClock:
    return ShopClock()


def _lived(store: SqliteStore, clock: ShopClock, *states: dict[str, Any], name: str = "c-000001") -> list[Event]:
    """Append an event per state, each with the head that belongs to it."""
    events: list[Event] = []
    for seq, changes in enumerate(states):
        state = refreshed(a_state(**changes), clock.now())
        event = an_event(seq, state=state, conversation=ConversationId(name), at=clock.now())
        store.append(event, head=head_after(event, events[-1] if events else None))
        events.append(event)
        clock.sleep(60)
    return events


def _all_heads(store: SqliteStore) -> list[Head]:
    return store.scan_heads("", 1000)


def _lost(store: SqliteStore, conversations: Sequence[str]) -> None:
    for conversation in conversations:
        store.erase(ConversationId(conversation), 0)


@pytest.mark.parametrize(
    "states",
    [
        [BOT, BOT, BOT],
        [BOT, WAITS, WAITS, WAITS],
        [BOT, WAITS, HELPED, HELPED],
        [BOT, WAITS, HELPED, BOT, BOT],
        [BOT, WAITS, HELPED, {"status": Status.CLOSED}, WAITS],
    ],
)
def test_all_heads_are_made_again_as_they_were(
    store: SqliteStore, clock: ShopClock, states: list[dict[str, Any]]
) -> None:
    for name in ("aaaaaaaa", "bbbbbbbb"):
        _lived(store, clock, *states, name=name)
    before = _all_heads(store)
    _lost(store, ["aaaaaaaa", "bbbbbbbb"])

    written = rebuild(store=store)

    assert written == 2
    assert _all_heads(store) == before


def test_an_erased_conversation_gets_no_head_again(store: SqliteStore, clock: ShopClock) -> None:
    (*_, newest) = _lived(store, clock, BOT, WAITS)
    store.append(replace(newest, seq=2, kind=Kind.ERASED, write_id="end", state=a_state(status=Status.ERASED)))
    store.erase(newest.conversation, 2)

    assert rebuild(store=store) == 0
    assert _all_heads(store) == []


@pytest.mark.parametrize("states", [[BOT, BOT], [BOT, WAITS, WAITS], [BOT, WAITS, HELPED]])
def test_a_true_head_is_left_alone(store: SqliteStore, clock: ShopClock, states: list[dict[str, Any]]) -> None:
    (*_, newest) = _lived(store, clock, *states)
    before = _all_heads(store)

    assert not repair(newest, store=store, now=clock.now())
    assert _all_heads(store) == before


@pytest.mark.parametrize("lost", [True, False])
def test_opening_a_conversation_repairs_its_head(store: SqliteStore, clock: ShopClock, lost: bool) -> None:  # noqa: FBT001 - a table's column
    (*_, waiting, _) = _lived(store, clock, BOT, WAITS, BOT)
    _lost(store, [waiting.conversation])
    if not lost:
        store.put_head(head_of(waiting))
    newest = store.load(waiting.conversation, 1)[0]

    assert repair(newest, store=store, now=clock.now())
    assert _all_heads(store) == [head_of(newest)]


def test_the_sweep_closes_what_expired_and_hides_nobody_who_waits(store: SqliteStore, clock: ShopClock) -> None:
    _lived(store, clock, BOT, name="idle0000")
    _lived(store, clock, BOT, WAITS, name="waits000")
    clock.sleep(25 * 3600)

    sweep(store=store, shelf=store, clock=clock)

    assert [head.status for head in _all_heads(store)] == [Status.ENDED, Status.WAITING]


def test_the_sweep_ends_an_erase_that_was_cut_off(store: SqliteStore, clock: ShopClock) -> None:
    store.put_head(head_of(an_event(3, state=a_state(**WAITS))))

    sweep(store=store, shelf=store, clock=clock)

    assert _all_heads(store) == []


def test_sweeps_go_round_fifty_at_a_time(store: SqliteStore, clock: ShopClock) -> None:
    for number in range(120):
        _lived(store, clock, BOT, name=f"c-{number:06d}")

    looked_at = []
    for _ in range(4):
        looked_at.append(sweep(store=store, shelf=store, clock=clock))
        clock.sleep(31)

    assert looked_at == [50, 50, 20, 50]


def test_a_second_sweep_within_half_a_minute_does_nothing(store: SqliteStore, clock: ShopClock) -> None:
    _lived(store, clock, BOT)

    assert [sweep(store=store, shelf=store, clock=clock) for _ in range(2)] == [1, 0]


def test_a_sweep_stops_after_a_fifth_of_a_second(store: SqliteStore) -> None:
    for number in range(9):
        _lived(store, ShopClock(), BOT, name=f"c-{number:06d}")

    assert sweep(store=store, shelf=store, clock=SlowClock()) == 3


def test_a_place_in_the_queue_counts_those_before(store: SqliteStore, clock: ShopClock) -> None:
    for name in ("first000", "second00", "third000"):
        _lived(store, clock, WAITS, name=name)
    clock.sleep(timedelta(minutes=1).total_seconds())
    store.put_head(replace(_all_heads(store)[0], conversation=ConversationId("other000"), pack="outro"))

    places = [place_in_queue(ConversationId(name), store=store) for name in ("first000", "second00", "third000")]

    assert places == [1, 2, 3]
    assert store.count_heads(Status.WAITING, Only(pack="outro")) == 1


def test_who_is_not_in_the_queue_would_be_its_last(store: SqliteStore, clock: ShopClock) -> None:
    _lived(store, clock, WAITS, name="first000")

    assert place_in_queue(ConversationId("nobody00"), store=store) == 2
