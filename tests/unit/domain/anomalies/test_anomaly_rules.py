"""Each rule beside its references: just within, exactly at, just beyond."""

from typing import Any

import pytest

from roteiro.domain.anomalies.concentration import concentrated
from roteiro.domain.anomalies.finding import MOST_CONTRACTS, Severity
from roteiro.domain.anomalies.growth import grown
from roteiro.domain.anomalies.prices import FEWEST_PEERS, high_prices, market_of
from roteiro.domain.anomalies.rules import found_in_contract, found_in_organ
from roteiro.domain.anomalies.rush import year_end_rushes
from roteiro.domain.anomalies.splitting import split_purchases
from roteiro.domain.anomalies.tally import Tally, counted, tally_from, tally_to
from roteiro.domain.contracts.records import Noted, Purchase
from tests.ledgers import WAIVED, a_note, a_purchase, an_item, months_of

LIMIT_2024 = 5_990_602  # cents, other goods and services


def tally_of(*suppliers: list[Purchase]) -> Tally:
    tally = Tally()
    for contracts in suppliers:
        tally = counted(tally, contracts)
    return tally


def bought_from(supplier: str, count: int, cents: int) -> list[Purchase]:
    return [a_purchase(f"{supplier}{n}", supplier=supplier, supplier_name=supplier, final=cents) for n in range(count)]


# growth


@pytest.mark.parametrize(
    ("final", "thing", "severity"),
    [
        (125_000, "Pães", None),
        (125_001, "Pães", Severity.MEDIUM),
        (150_001, "Pães", Severity.HIGH),
        (150_000, "Reforma do telhado", None),
        (150_001, "Reforma do telhado", Severity.MEDIUM),
        (200_001, "REFORMAS prediais", Severity.HIGH),
        (150_000, "Uniformes", Severity.MEDIUM),
        (90_000, "Pães", None),
    ],
)
def test_growth_is_told_above_a_quarter_and_in_reforms_above_half(
    final: int, thing: str, severity: Severity | None
) -> None:
    found = grown(a_purchase(object=thing, initial=100_000, final=final), [])

    assert (found.severity if found else None) == severity


def test_an_adjustment_of_prices_is_no_growth() -> None:
    purchase = a_purchase(initial=100_000, final=130_000)
    adjusted = a_note(what=Noted.ADJUSTMENT, text="Reajuste", cents=10_000)

    assert grown(purchase, []) is not None
    assert grown(purchase, [adjusted]) is None


@pytest.mark.parametrize("text", ["Prorrogação por 12 meses", "PRORROGAR A VIGÊNCIA", "Renovação do contrato"])
def test_nothing_is_said_of_the_growth_of_an_extended_contract(text: str) -> None:
    assert grown(a_purchase(initial=100_000, final=300_000), [a_note(text=text)]) is None


def test_growth_is_told_with_both_values_and_the_reference() -> None:
    found = grown(a_purchase(initial=100_000, final=160_000), [a_note()])

    assert found is not None
    assert (found.cents, found.figures["base"], found.figures["share"]) == (60_000, 100_000, 6000)
    assert found.figures["reference"] == 2500


@pytest.mark.parametrize("initial", [0, -5])
def test_a_contract_without_a_first_value_cannot_grow(initial: int) -> None:
    assert grown(a_purchase(initial=initial, final=10**9), []) is None


# splitting


@pytest.mark.parametrize(
    ("values", "is_found"),
    [
        ([LIMIT_2024 - 1, 1], True),  # together exactly the limit: not below it any more
        ([LIMIT_2024 - 2, 1], False),
        ([LIMIT_2024, LIMIT_2024 - 1], False),  # one at the limit is no small purchase; the other stands alone
        ([LIMIT_2024 + 1, LIMIT_2024 + 1], False),
        ([LIMIT_2024 - 1], False),
        ([0, LIMIT_2024 - 1], False),
    ],
)
def test_small_purchases_count_as_split_when_together_they_reach_the_limit(
    values: list[int],
    is_found: bool,  # noqa: FBT001 - what a row of the table expects
) -> None:
    contracts = [a_purchase(n, basis=WAIVED, initial=value) for n, value in enumerate(values)]

    assert bool(list(split_purchases(contracts))) == is_found


@pytest.mark.parametrize(
    "other",
    [
        {"signed": "2025-01-01"},
        {"unit": "999999"},
        {"basis": "LEI 14.133/2021 - Artigo: 75 - Inciso: VIII"},
        {"basis": "LEI 14.133/2021 - Artigo: 75 - Inciso: I"},  # works: another limit, another sum
        {"basis": ""},
        {"signed": "2020-03-15"},  # no limit known for that law and day
    ],
)
def test_what_is_not_of_one_unit_year_and_reason_is_not_summed(other: dict[str, Any]) -> None:
    first = a_purchase(1, basis=WAIVED, initial=4_000_000)
    second = a_purchase(2, **({"basis": WAIVED, "initial": 4_000_000} | other))

    assert not list(split_purchases([first, second]))


def test_the_old_law_has_its_own_limit() -> None:
    basis = "Art. 24, inciso II, Lei nº 8.666/93"
    contracts = [a_purchase(n, basis=basis, initial=900_000, signed="2022-05-01") for n in range(2)]

    (found,) = split_purchases(contracts)

    assert (found.figures["ceiling"], found.figures["total"], found.severity) == (1_760_000, 1_800_000, "medium")


def test_twice_the_limit_stands_out_most() -> None:
    contracts = [a_purchase(n, basis=WAIVED, initial=LIMIT_2024 * 2 // 3) for n in range(3)]

    (found,) = split_purchases([*contracts, a_purchase(9, basis=WAIVED, initial=10)])

    assert (found.severity, found.figures["contracts"]) == (Severity.HIGH, 4)


# prices


@pytest.mark.parametrize(("name", "told"), [("Café em pó", "Café em pó"), ("", "cafe em po")])
def test_an_item_is_told_as_the_source_writes_it_where_that_was_kept(name: str, told: str) -> None:
    market = market_of([1000] * FEWEST_PEERS)
    dear = an_item(price=5_100, quantity=1_000_000, name=name)

    (found,) = found_in_contract(a_purchase(initial=5_100_000), [dear], [], {dear.kind: market} if market else {})

    assert found.figures["item"] == told


def test_an_item_that_was_kept_without_its_name_is_told_without_anybodys_cpf() -> None:
    dear = an_item(price=5_100, quantity=1_000_000, kind="aula de 529 982 247 25")

    (found,) = found_in_contract(a_purchase(initial=5_100_000), [dear], [], {dear.kind: market_of([1000] * 9)})  # type: ignore[dict-item]

    assert found.figures["item"] == "aula de ***.982.247-**"


def test_a_price_five_times_the_usual_one_stands_out_most() -> None:
    market = market_of([950, 980, 1000, 1000, 1020, 1030, 1050, 1100])
    dear = an_item(price=5_100, quantity=1_000_000)

    (found,) = found_in_contract(a_purchase(initial=5_100_000), [dear], [], {dear.kind: market} if market else {})

    assert (found.severity, found.figures["times"], found.figures["median"]) == (Severity.HIGH, 504, 1010)
    assert found.cents == (5_100 - 1_010) * 1000


@pytest.mark.parametrize(
    ("price", "quantity", "initial"),
    [
        (2_499, 1_000_000, 10**9),  # below two and a half times
        (3_000, 1_000, 10**9),  # R$ 20.00 above in all: not worth a line
        (3_000, 1_000_000, 2_000_000),  # dearer than its contract: the column cannot mean the price of one
        (3_000, 0, 10**9),
        (0, 1_000_000, 10**9),
        (500, 1_000_000, 10**9),
    ],
)
def test_a_price_that_is_not_clearly_high_is_not_told(price: int, quantity: int, initial: int) -> None:
    market = market_of([1000] * FEWEST_PEERS)
    assert market is not None

    found = high_prices(a_purchase(initial=initial), [an_item(price=price, quantity=quantity)], {"cafe em po": market})

    assert not list(found)


def test_a_wild_market_has_no_price_out_of_range() -> None:
    market = market_of([10, 100, 1_000, 10_000, 100_000, 40, 400, 4_000])
    assert market is not None

    assert market.score(10_000) < 3.5 < market.score(10**9)


def test_few_prices_are_no_market() -> None:
    assert market_of([1000] * (FEWEST_PEERS - 1) + [0, -1]) is None


def test_an_item_without_a_market_is_passed_over() -> None:
    assert not list(high_prices(a_purchase(), [an_item(price=10**9)], {}))


def test_prices_nearly_all_alike_are_spread_by_their_quartiles() -> None:
    market = market_of([1000] * 6 + [2000] * 4)

    assert market is not None
    assert market.spread > 0.3


# concentration


@pytest.mark.parametrize(
    ("of_first", "severity"),
    [(40, Severity.MEDIUM), (39, None), (60, Severity.HIGH)],
)
def test_a_share_of_two_fifths_is_concentration(of_first: int, severity: Severity | None) -> None:
    rest = [bought_from(f"r{n:02}", 1, (100 - of_first) * 1000) for n in range(30)]

    found = concentrated(tally_of(bought_from("a", 3, of_first * 10_000), *rest))

    assert (found.severity if found else None) == severity


def test_few_suppliers_raise_the_index_above_its_reference() -> None:
    found = concentrated(tally_of(*(bought_from(name, 8, 1000) for name in ("a", "b", "c"))))

    assert found is not None
    assert (found.figures["hhi"], found.figures["share"], found.severity) == (3333, 3333, Severity.MEDIUM)


@pytest.mark.parametrize("suppliers", [[("a", 19, 9)], [("a", 2, 9_000), ("b", 30, 1)], [("a", 30, 0)]])
def test_few_contracts_or_no_value_are_no_concentration(suppliers: list[tuple[str, int, int]]) -> None:
    assert concentrated(tally_of(*(bought_from(*one) for one in suppliers))) is None


def test_a_finding_names_the_dearest_contracts_and_counts_all() -> None:
    found = concentrated(tally_of([a_purchase(n, final=n) for n in range(100)]))

    assert found is not None
    assert (len(found.contracts), found.figures["contracts"]) == (MOST_CONTRACTS, 100)
    assert found.contracts[0] == "250005-99"


# year end


@pytest.mark.parametrize(
    ("december", "severity"),
    [(900, None), (1000, Severity.MEDIUM), (2300, Severity.HIGH)],
)
def test_a_december_of_three_tenths_of_the_year_is_a_rush(december: int, severity: Severity | None) -> None:
    tally = tally_of(months_of(2025, 1000, december))

    found = list(year_end_rushes(tally, "2025-01-01", "2025-12-31"))

    assert [one.severity for one in found] == ([severity] if severity else [])


@pytest.mark.parametrize(("start", "end"), [("2025-01-02", "2026-12-31"), ("2024-01-01", "2025-12-30")])
def test_a_year_that_is_not_wholly_asked_for_is_not_judged(start: str, end: str) -> None:
    tally = tally_of(months_of(2025, 1000, 10**6))

    assert not list(year_end_rushes(tally, start, end))


def test_a_year_of_few_contracts_has_no_rush() -> None:
    tally = tally_of(months_of(2025, 1000, 10**6, each=1))

    assert not list(year_end_rushes(tally, "2025-01-01", "2025-12-31"))


def test_an_organ_is_judged_by_its_suppliers_and_its_year() -> None:
    tally = tally_of(months_of(2025, 1000, 10**6))

    found = found_in_organ(tally, "2025-01-01", "2025-12-31")

    assert [one.rule.value for one in found] == ["concentration", "rush"]


# sums


def test_sums_are_the_same_when_a_supplier_comes_in_pieces() -> None:
    contracts = [a_purchase(n, initial=n * 7, signed=f"2024-{n % 12 + 1:02}-05") for n in range(50)]

    whole = tally_of(contracts).closed()

    assert tally_of(contracts[:20], contracts[20:]).closed() == whole
    assert (whole.suppliers, whole.contracts, whole.squares) == (1, 50, whole.cents**2)


def test_sums_outlive_a_document() -> None:
    tally = tally_of(bought_from("a", 3, 10**14), bought_from("b", 2, 5), months_of(2025, 1000, 10**6))

    assert tally_from(tally_to(tally)) == tally


def test_values_below_nothing_count_as_nothing() -> None:
    assert tally_of([a_purchase(final=-500), a_purchase(2, final=100)]).closed().cents == 100


def test_a_closed_sum_is_closed_once() -> None:
    tally = tally_of(bought_from("a", 2, 100)).closed()

    assert tally.closed() == tally


def test_contracts_of_secret_suppliers_count_for_their_month_and_for_nobody() -> None:
    tally = tally_of(bought_from("", 2, 100), bought_from("a", 1, 5)).closed()

    assert (tally.contracts, tally.suppliers, tally.cents) == (3, 1, 5)
    assert tally.months["2024-03"].cents == 205


def test_a_supplier_seen_last_can_be_the_greatest() -> None:
    tally = tally_of(bought_from("a", 2, 100), bought_from("b", 2, 300)).closed()

    assert (tally.top.supplier, tally.top.cents, tally.top.contracts) == ("b", 600, 2)


def test_only_decembers_remember_their_dearest_contracts() -> None:
    tally = tally_of([a_purchase(1, signed="2024-11-30"), a_purchase(2, signed="2024-12-01")])

    assert [len(tally.months[name].dearest) for name in ("2024-11", "2024-12")] == [0, 1]


def test_a_december_of_a_single_great_contract_is_no_rush() -> None:
    year = [a_purchase(n, signed=f"2025-{n % 11 + 1:02}-10") for n in range(40)]

    tally = tally_of([*year, a_purchase("x", signed="2025-12-10", initial=10**9)])

    assert not list(year_end_rushes(tally, "2025-01-01", "2025-12-31"))


def test_a_finding_of_many_small_purchases_names_twenty_and_counts_all() -> None:
    (found,) = split_purchases([a_purchase(n, basis=WAIVED, initial=900_000) for n in range(50)])

    assert (len(found.contracts), found.figures["contracts"]) == (MOST_CONTRACTS, 50)


def test_works_have_the_higher_limit() -> None:
    works = WAIVED.replace("II", "I")
    contracts = [a_purchase(n, basis=works, initial=LIMIT_2024) for n in range(2)]

    (found,) = split_purchases(contracts)

    assert found.figures["ceiling"] == 11_981_202


def test_an_addition_noted_without_an_extension_still_counts_as_growth() -> None:
    assert grown(a_purchase(final=200_000), [a_note(text="Acréscimo de quantidades")]) is not None


def test_growth_of_a_word_that_only_resembles_a_reform_is_judged_as_any_other() -> None:
    found = grown(a_purchase(object="Uniformes reformados", final=140_000), [])

    assert found is not None
    assert found.figures["reference"] == 2500
