"""An investigation: in one call or in many, with the same outcome and never more than one document."""

import json
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from roteiro.domain.anomalies.finding import MOST_CONTRACTS, Finding, Rule, Severity
from roteiro.domain.anomalies.investigation import (
    MOST_FINDINGS,
    Investigation,
    investigation_from,
    investigation_to,
)
from roteiro.domain.contracts.records import Aggregate, Source
from roteiro.ports import Ledger
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import investigating
from roteiro.usecases.investigating import begin, investigate
from tests.ledgers import a_note, a_purchase, an_item

YEAR = ("36000", "2024-01-01", "2024-12-31")


@pytest.fixture
def ledger(monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """A ledger that is read in pages of ten."""
    monkeypatch.setattr(investigating, "PAGE", 10)
    with closing(SqliteStore(":memory:")) as store:
        yield store.ledger()


def never() -> bool:
    return False


def at_once() -> bool:
    return True


def filled(ledger: Ledger) -> None:
    """Put 60 contracts of 7 suppliers; each ninth grew, and the last supplier was written twice."""
    ledger.put_many(
        [a_purchase(n, supplier=f"{n % 7}", initial=10**6, final=10**6 + n % 9 // 8 * 900_000) for n in range(60)]
    )
    ledger.put_many([a_purchase(f"twin{n}", supplier="8", object="Pães", initial=500) for n in range(2)])
    ledger.put_many([an_item(n, f"250005-{n}", price=6000 if n == 20 else 1000, quantity=100_000) for n in range(60)])
    ledger.put_many([a_note(1, "250005-8", text="Prorrogação")])
    ledger.note_source(Source("a.csv", "2024", 62, is_demo=True))


def run(ledger: Ledger, is_late: Callable[[], bool]) -> list[Investigation]:
    """Return the investigation after each call, written and read in between."""
    calls = [begin(*YEAR, ledger)]
    while not calls[-1].is_done:
        kept = json.loads(json.dumps(investigation_to(calls[-1])))
        calls.append(investigate(investigation_from(kept), ledger, is_late))
    return calls


def test_many_calls_find_what_one_call_finds(ledger: Ledger) -> None:
    filled(ledger)

    pieces, whole = run(ledger, at_once), run(ledger, never)

    assert len(whole) == 2
    assert len(pieces) > 6
    assert investigation_to(pieces[-1]) == investigation_to(whole[-1])


def test_each_rule_is_asked_in_an_investigation(ledger: Ledger) -> None:
    filled(ledger)

    found = run(ledger, never)[-1]

    assert found.by_rule == {"growth": 5, "duplicate": 1, "price": 1}
    assert (found.is_demo, found.sources, found.whole.contracts) == (True, ("a.csv",), 62)


def test_a_price_is_compared_with_those_of_all_units_not_of_the_first(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(investigating, "_PEERS", 40)
    for unit, count, price in (("1", 40, 2000), ("2", 120, 6000)):
        bought = [a_purchase(n, id=f"{unit}-{n}", unit=unit, supplier=f"{n}", initial=10**6) for n in range(count)]
        ledger.put_many(bought)
        ledger.put_many([an_item(1, one.id, price=price, quantity=100_000) for one in bought])

    found = run(ledger, never)[-1]

    assert (found.tally.contracts, found.by_rule.get("price", 0)) == (160, 0)


def test_no_more_items_are_looked_up_than_there_is_time_for(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    ledger.put_many([a_purchase(n, supplier=f"{n}") for n in range(9)])
    ledger.put_many([an_item(1, f"250005-{n}", kind=f"item {n % 8}") for n in range(9)])
    asked: list[str] = []

    def prices(kind: str, _limit: int) -> list[int]:
        asked.append(kind)
        return []

    monkeypatch.setattr(ledger, "prices", prices)

    found = investigate(begin(*YEAR, ledger), ledger, lambda: len(asked) >= 3)

    assert asked == ["item 0", "item 1", "item 2"]
    assert (found.seen, found.is_done) == (3, False)


def test_progress_grows_with_each_call_and_ends_at_one(ledger: Ledger) -> None:
    filled(ledger)

    shares = [case.progress for case in run(ledger, at_once)]

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert all(share < 1 for share in shares[:-1])


def test_a_supplier_that_fills_a_page_is_read_in_pieces(ledger: Ledger) -> None:
    ledger.put_many([a_purchase(n, supplier="1") for n in range(45)])

    found = run(ledger, at_once)[-1]

    assert (found.tally.contracts, found.tally.suppliers, found.tally.cents) == (45, 1, 45 * 100_000)


def test_an_organ_without_contracts_is_done_at_once(ledger: Ledger) -> None:
    found = investigate(begin(*YEAR, ledger), ledger, at_once)

    assert (found.is_done, found.progress, found.findings) == (True, 1.0, ())


def test_what_is_done_is_not_done_again(ledger: Ledger) -> None:
    filled(ledger)
    done = run(ledger, never)[-1]

    assert investigate(done, ledger, never) == done


def test_the_greatest_findings_are_kept_all_are_counted_and_one_document_holds_them() -> None:
    ids = tuple(f"demo-999999-{'9' * 30}{n}" for n in range(MOST_CONTRACTS))
    figures: dict[str, int | str] = dict.fromkeys(("supplier", "item", "year", "price", "median"), "x" * 200)
    found = [Finding(Rule.PRICE, list(Severity)[n % 3], ids, n, figures) for n in range(1000)]
    case = Investigation(*YEAR, is_demo=False, sources=(), whole=Aggregate(0, 0, 0))

    for start in range(0, 1000, 100):
        case = case.with_found(found[start : start + 100])

    assert (len(case.findings), case.by_rule) == (MOST_FINDINGS, {"price": 1000})
    assert {one.severity for one in case.findings} == {Severity.HIGH}
    assert case.findings[0].cents == 998
    assert len(json.dumps(investigation_to(case))) < 900_000
