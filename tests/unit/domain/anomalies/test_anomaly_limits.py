"""The limits below which no tender is needed, by day and law."""

from itertools import pairwise

import pytest

from roteiro.domain.anomalies.limits import LIMITS, Waiver, limit_of, sources_of, waiver_of
from tests.ledgers import a_purchase

NEW, OLD = "Lei 14.133/2021, art. 75, inciso {}", "Lei 8.666/93, art. 24, inciso {}"


@pytest.mark.parametrize(
    ("basis", "waiver"),
    [
        ("LEI 14.133/2021 - Artigo: 75 - Inciso: II", Waiver("14133", is_works=False)),
        ("Art. 75, I, da Lei 14133/2021", Waiver("14133", is_works=True)),
        ("LEI Nº 14.133/2021 ART 75 INC. I", Waiver("14133", is_works=True)),
        ("Lei 8666/93 Artigo 24 Inciso II", Waiver("8666", is_works=False)),
        ("ART.24, INC.II, LEI 8.666", Waiver("8666", is_works=False)),
        ("Lei 14.133/2021, art. 75, inciso III", None),
        ("Lei 14.133/2021, art. 24, inciso II", None),
        ("Lei 8.666/93, art. 75, inciso II", None),
        ("Lei 14.133/2021 e Lei 8.666/93, art. 75, inciso II", None),
        ("Artigo 75, inciso II", None),
        ("", None),
    ],
)
def test_the_reason_of_a_purchase_without_tender_is_read_in_any_wording(basis: str, waiver: Waiver | None) -> None:
    assert waiver_of(basis) == waiver


@pytest.mark.parametrize(
    ("day", "basis", "works", "other"),
    [
        ("2021-04-01", NEW, 10_000_000, 5_000_000),
        ("2021-12-31", NEW, 10_000_000, 5_000_000),
        ("2022-01-01", NEW, 10_804_082, 5_402_041),
        ("2023-01-01", NEW, 11_441_665, 5_720_833),
        ("2024-01-01", NEW, 11_981_202, 5_990_602),
        ("2025-06-30", NEW, 12_545_115, 6_272_559),
        ("2026-12-31", NEW, 13_098_420, 6_549_211),
        ("2018-07-18", OLD, 1_500_000, 800_000),
        ("2018-07-19", OLD, 3_300_000, 1_760_000),
        ("2023-12-29", OLD, 3_300_000, 1_760_000),
    ],
)
def test_the_limit_is_the_one_in_force_on_the_day(day: str, basis: str, works: int, other: int) -> None:
    found = [limit_of(a_purchase(basis=basis.format(clause), signed=day)) for clause in ("I", "II")]

    assert [one[1] for one in found if one] == [works, other]


@pytest.mark.parametrize(
    ("day", "basis"), [("2021-03-31", NEW), ("2027-01-01", NEW), ("2023-12-30", OLD), ("1990-01-01", OLD)]
)
def test_without_a_known_limit_for_the_day_there_is_none(day: str, basis: str) -> None:
    assert limit_of(a_purchase(basis=basis.format("II"), signed=day)) is None


@pytest.mark.parametrize(
    ("year", "cents", "sources"),
    [
        ("2025", 6_272_559, ["Lei 14.133/2021, art. 75, I / II; Decreto 12.343/2024"]),
        ("2021", 5_000_000, ["Lei 14.133/2021, art. 75, I / II"]),
        ("2020", 1_760_000, ["Lei 8.666/1993, art. 24, I / II; Decreto 9.412/2018"]),
        ("2025", 1, []),
        ("2024", 6_272_559, []),
    ],
)
def test_a_limit_has_its_law_and_the_decree_that_set_it(year: str, cents: int, sources: list[str]) -> None:
    assert sources_of(year, cents) == sources


def test_no_day_has_two_limits_of_one_law() -> None:
    for before, after in pairwise(LIMITS):
        assert before.law != after.law or before.until < after.since


def test_every_limit_says_where_it_comes_from_and_whether_somebody_compared_it() -> None:
    assert all(limit.source and limit.works > limit.other for limit in LIMITS)
    assert not [limit for limit in LIMITS if limit.is_checked]
