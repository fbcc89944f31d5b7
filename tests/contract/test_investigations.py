"""An investigation on every store: numbered once, taken up by other calls, forgotten with its conversation."""

import pytest

from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import investigating
from roteiro.usecases.inquiries import find, forget_records
from tests.bureau import ANA, Bureau, many, told
from tests.ledgers import a_purchase


@pytest.fixture
def bureau(store: SqliteStore | MongoStore, monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """A bureau on this store that reads a page of ten contracts a turn."""
    store.prepare()
    monkeypatch.setattr(investigating, "PAGE", 10)
    one = Bureau(store)
    one.clock.step = 2.5
    return one


def test_a_large_organ_ends_in_a_report_after_some_calls(bureau: Bureau) -> None:
    bureau.bought(*many(40), *(a_purchase(f"twin{n}", supplier="9", object="Pães", initial=500) for n in range(2)))
    made = bureau.does("create_record")

    links = [bureau.does("lookup:report", told(record=made.record)).links for _ in range(8)]

    inquiry = find(made.record, ANA, bureau.store)
    assert inquiry
    assert (links[0], len(links[-1])) == ((), 3)
    assert (inquiry.subjects[0].case.tally.contracts, inquiry.subjects[0].case.by_rule) == (42, {"duplicate": 1})


def test_a_turn_that_is_decided_again_makes_one_record_on_every_store(bureau: Bureau) -> None:
    def decided(message: str, count: int) -> str:
        bureau.message = message
        return bureau.does("create_record", told(count=count)).record

    numbers = [decided("m-1", 1), decided("m-1", 2), decided("m-2", 3)]

    assert numbers == ["INV-2026-001", "INV-2026-001", "INV-2026-002"]


def test_an_erased_conversation_leaves_no_record_on_any_store(bureau: Bureau) -> None:
    bureau.does("create_record")

    forget_records(ANA, bureau.store)

    assert list(bureau.store.scan("record")) == []
