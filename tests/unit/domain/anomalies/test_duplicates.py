"""Contracts alike: which of them look like one written twice, and which are lots of one purchase."""

from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.anomalies.duplicates import duplicates
from roteiro.domain.anomalies.finding import Severity
from roteiro.domain.anomalies.rules import found_in_supplier
from roteiro.domain.contracts.records import Item
from tests.ledgers import a_purchase, an_item

PURCHASE = "25000505000112024"  # unit, kind, number and year of a purchase


def coded(*codes: str) -> dict[str, list[Item]]:
    """Return an item for each of the contracts 1, 2, …, with the code of its line."""
    return {f"250005-{n}": [replace(an_item(), id=f"250005-{n}-{code}")] for n, code in enumerate(codes, 1)}


@pytest.mark.parametrize(
    ("second", "is_found"),
    [
        ({}, True),
        ({"object": "PAES do  lote 1"}, True),
        ({"signed": "2024-04-14"}, True),
        ({"signed": "2024-04-15"}, False),
        ({"initial": 100_001}, False),
        ({"unit": "250006"}, False),
        ({"object": "Bolos"}, False),
    ],
)
def test_alike_in_all_and_within_thirty_days_is_a_duplicate(
    second: dict[str, Any],
    is_found: bool,  # noqa: FBT001 - what a row of the table expects
) -> None:
    contracts = [a_purchase(1), a_purchase(2, **({"object": "Pães do lote 1"} | second))]

    assert bool(list(duplicates(contracts, {}))) == is_found


def test_three_alike_are_one_finding_and_stand_out_more() -> None:
    (found,) = duplicates([a_purchase(n, object="Pães") for n in range(3)], {})

    assert (found.severity, found.cents, found.figures["contracts"]) == (Severity.HIGH, 200_000, 3)


@pytest.mark.parametrize(
    ("first", "second", "is_found"),
    [
        (f"{PURCHASE}00001", f"{PURCHASE}00002", False),  # two lots of one purchase
        (f"{PURCHASE}00001", f"{PURCHASE}00001", True),  # one line, written twice
        (f"{PURCHASE}00001", "2500050500099202400002", True),  # bought twice
        ("1", "2", True),  # codes that name no purchase
        ("a1b2c3d4e5f60001", "a1b2c3d4e5f60002", True),  # ours, where the source has no code
    ],
)
def test_equal_lots_of_one_purchase_are_no_duplicate(
    first: str,
    second: str,
    is_found: bool,  # noqa: FBT001 - what a row of the table expects
) -> None:
    contracts = [a_purchase(n, object="Pães") for n in (1, 2)]

    assert bool(list(duplicates(contracts, coded(first, second)))) == is_found


def test_a_lot_among_duplicates_is_left_out_alone() -> None:
    items = coded(*(f"{PURCHASE}{line}" for line in ("00001", "00002", "00001")))

    (found,) = duplicates([a_purchase(n, object="Pães") for n in (1, 2, 3)], items)

    assert (found.contracts, found.severity) == (("250005-1", "250005-3"), Severity.MEDIUM)


def test_contracts_without_items_may_be_duplicates_of_any() -> None:
    items = coded(f"{PURCHASE}00001")

    assert list(duplicates([a_purchase(n, object="Pães") for n in (1, 2)], items))


def test_what_lies_far_apart_makes_two_findings() -> None:
    days = ("2024-01-01", "2024-01-02", "2024-08-01", "2024-08-02")

    found = list(duplicates([a_purchase(n, object="Pães", signed=day) for n, day in enumerate(days)], {}))

    assert [one.contracts for one in found] == [("250005-0", "250005-1"), ("250005-2", "250005-3")]


@pytest.mark.parametrize("same", [{"object": " "}, {"initial": 0}])
def test_contracts_that_tell_nothing_are_not_compared(same: dict[str, Any]) -> None:
    assert not list(duplicates([a_purchase(n, **({"object": "Pães"} | same)) for n in range(2)], {}))


def test_contracts_with_secret_suppliers_are_not_taken_for_one_supplier() -> None:
    assert not list(found_in_supplier([a_purchase(n, object="Pães", supplier="") for n in range(2)], {}))
