"""Investigations on record: numbers that nobody shares, work that any call takes up, an end with the conversation."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from roteiro.domain.contracts.records import DEMO
from roteiro.domain.ids import ConversationId
from roteiro.domain.script import Record
from roteiro.errors import StoreUnavailable
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import investigating
from roteiro.usecases.inquiries import Inquiry, claim, create, find, forget_all_records, forget_records, go_on
from tests.bureau import ANA, BIA, Bureau, many, told

INV = Record("INV")
NOW = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)


@pytest.fixture
def bureau(monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """A bureau that reads 60 contracts in pages of ten, one page a turn."""
    monkeypatch.setattr(investigating, "PAGE", 10)
    one = Bureau()
    one.bought(*many(60))
    one.clock.step = 2.5
    return one


def test_records_that_are_opened_at_once_have_numbers_of_their_own(tmp_path: Path) -> None:
    def numbered(place: int) -> str:
        with closing(SqliteStore(str(tmp_path / "a.db"))) as store:
            return claim(ConversationId(f"c-{place:06}"), "x", INV, store, NOW)

    numbered(0)  # the file is there
    with ThreadPoolExecutor(8) as people:
        numbers = list(people.map(numbered, range(1, 25)))

    assert sorted(numbers) == [f"INV-2026-{n:03}" for n in range(2, 26)]


def test_one_place_that_is_claimed_at_once_has_one_number(tmp_path: Path) -> None:
    def numbered(_: int) -> str:
        with closing(SqliteStore(str(tmp_path / "a.db"))) as store:
            return claim(ANA, "x", INV, store, NOW)

    with ThreadPoolExecutor(8) as copies:
        numbers = set(copies.map(numbered, range(8)))

    assert len(numbers) == 1


def test_each_prefix_and_year_counts_for_itself() -> None:
    store = SqliteStore(":memory:")
    wanted = [(INV, 2026), (INV, 2027), (Record("PED"), 2026), (INV, 2027)]

    numbers = [claim(ANA, f"{n}", record, store, NOW.replace(year=year)) for n, (record, year) in enumerate(wanted)]

    assert numbers == ["INV-2026-001", "INV-2027-001", "PED-2026-001", "INV-2027-002"]


def test_the_thousandth_record_has_four_digits() -> None:
    store = SqliteStore(":memory:")
    store.next_number("records:INV-2026", 999)

    assert claim(ANA, "x", INV, store, NOW) == "INV-2026-1000"


def test_a_number_that_was_claimed_before_a_kill_is_used_by_the_next_try(bureau: Bureau) -> None:
    made = bureau.does("create_record")
    bureau.store.delete_range("record:", "record;")  # killed between the claim and the record

    assert bureau.does("create_record").record == made.record
    assert find(made.record, ANA, bureau.store)


def test_who_comes_second_to_a_record_takes_up_what_the_first_one_read(bureau: Bureau) -> None:
    made = bureau.does("create_record")
    first = find(made.record, ANA, bureau.store)
    assert first

    second = create(Inquiry(made.record, first.about), bureau.store)

    assert second == first


def test_two_instances_take_turns_at_one_investigation(bureau: Bureau) -> None:
    made = bureau.does("create_record")
    inquiry = find(made.record, ANA, bureau.store)
    assert inquiry
    here, there = bureau.deeds().reader, bureau.deeds().reader

    further = go_on(inquiry, here)
    late = go_on(inquiry, there)  # it looked before the other one wrote

    assert late == further == find(made.record, ANA, bureau.store)
    assert further.subjects[0].case.tally.contracts > inquiry.subjects[0].case.tally.contracts


def test_reading_of_an_erased_conversation_is_not_stored_again(bureau: Bureau) -> None:
    made = bureau.does("create_record")
    inquiry = find(made.record, ANA, bureau.store)
    assert inquiry
    forget_records(ANA, bureau.store)

    go_on(inquiry, bureau.deeds().reader)

    assert bureau.store.scan("record") == []


def test_an_erased_conversation_leaves_the_records_of_others(bureau: Bureau) -> None:
    for conversation in (ANA, BIA):
        bureau.does("create_record", conversation=conversation)

    forget_records(ANA, bureau.store)

    assert [kept["_id"] for kept in bureau.store.scan("record:")] == ["record:INV-2026-002"]
    assert [kept["number"] for kept in bureau.store.scan("record-of:")] == ["INV-2026-002"]


def test_a_number_is_never_given_out_again_after_an_erase(bureau: Bureau) -> None:
    bureau.does("create_record")
    forget_all_records(bureau.store)

    assert bureau.does("create_record").record == "INV-2026-002"


def test_an_unfinished_reading_begins_again_when_real_contracts_take_the_samples_place(bureau: Bureau) -> None:
    made = bureau.does("create_record")
    before = find(made.record, ANA, bureau.store)
    bureau.bought(*many(5, organ="26000"), source="202501_Compras.csv")

    bureau.does("lookup:progress", told(record=made.record))

    after = find(made.record, ANA, bureau.store)
    assert before
    assert after
    assert after.subjects[0].case.sources == ("202412_Compras.csv", "202501_Compras.csv")
    assert after.subjects[0].case.tally == before.subjects[0].case.tally  # a page of it, as after the first call


def test_what_found_no_contracts_looks_again_once_some_are_imported() -> None:
    bureau = Bureau()
    made = bureau.does("create_record")
    bureau.bought(*many(4))

    said = bureau.does("lookup:progress", told(record=made.record)).result

    assert "Contratos lidos: 4" in said


def test_what_was_finished_stays_as_it_was_read() -> None:
    bureau = Bureau()
    bureau.bought(*many(4), is_demo=True)
    made = bureau.does("create_record")
    bureau.store.ledger().forget(DEMO)
    bureau.bought(*many(9), source="202501_Compras.csv")

    said = bureau.does("lookup:progress", told(record=made.record)).result

    assert "Contratos lidos: 4" in said


def test_a_store_that_fails_is_told_as_everywhere(bureau: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    made = bureau.does("create_record")

    def away(*_: object) -> None:
        raise StoreUnavailable

    monkeypatch.setattr("roteiro.stores.sqlite_ledger.SqliteLedger.purchases", away)

    with pytest.raises(StoreUnavailable):
        bureau.does("lookup:progress", told(record=made.record))
