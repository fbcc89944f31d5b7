"""Heads are tidied after an answer has left, and a store that is away is only noted."""

import logging
import random
from typing import Any

import pytest

from roteiro.domain.conversation import Head, Status, head_of
from roteiro.domain.ids import ConversationId
from roteiro.errors import StoreUnavailable
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.outbox import Office
from roteiro.web.errands import tidy_heads
from tests.factories import a_state, an_event
from tests.shop import ShopClock


def _office(store: SqliteStore) -> Office:
    return Office(store, store, lambda: pytest.fail("nothing is sent"), ShopClock(), random.random)


def _stale_head() -> Head:
    return head_of(an_event(3, state=a_state(status=Status.WAITING), conversation=ConversationId("erased00")))


def test_a_head_without_a_conversation_goes() -> None:
    store = SqliteStore(":memory:")
    store.put_head(_stale_head())

    tidy_heads(_office(store))

    assert store.scan_heads("", 10) == []


def test_a_store_that_is_away_fails_nobody(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    store = SqliteStore(":memory:")

    def away(*_: Any) -> None:
        raise StoreUnavailable("gone")

    monkeypatch.setattr(store, "scan_heads", away)
    monkeypatch.setattr(logging.getLogger("roteiro"), "propagate", True)

    tidy_heads(_office(store))

    assert {getattr(record, "code", "") for record in caplog.records} == {"store_unavailable"}
