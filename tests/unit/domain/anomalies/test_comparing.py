"""Two organs or two periods beside each other: one sentence, and only of what was wholly read."""

from dataclasses import replace

import pytest

from roteiro.domain.anomalies.comparing import compared
from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.anomalies.subject import Subject, about
from roteiro.domain.anomalies.tally import Tally
from roteiro.domain.contracts.records import Aggregate
from roteiro.domain.texts import LOCALES

CASE = Investigation(
    "36000",
    "2024-01-01",
    "2024-12-31",
    is_demo=False,
    sources=("a.csv",),
    whole=Aggregate(4, 2, 500),
    is_done=True,
    tally=Tally(contracts=4, suppliers=2, cents=500),
    by_rule={"split": 1},
)
HEALTH, ARMY = (
    Subject("Saúde", CASE),
    Subject("Defesa", replace(CASE, tally=Tally(contracts=9, suppliers=2, cents=200))),
)
LATER = Subject("Saúde", replace(CASE, start="2025-01-01", end="2025-12-31"))


def test_two_organs_are_compared_by_value_contracts_and_indications() -> None:
    (said,) = compared([HEALTH, ARMY], "pt-BR")

    assert said == (
        "Comparação entre Saúde e Defesa: em valor total, Saúde tem mais (R$ 5,00 contra R$ 2,00); "
        "em contratos, Defesa tem mais (9 contra 4); em indícios, há empate (1)."
    )


def test_two_periods_of_one_organ_go_by_their_periods() -> None:
    (said,) = compared([HEALTH, LATER], "pt-BR")

    assert said.startswith("Comparação entre 2024 e 2025: ")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_language_names_both(locale: str) -> None:
    (said,) = compared([HEALTH, ARMY], locale)

    assert "Saúde" in said
    assert "{" not in said


@pytest.mark.parametrize(
    "subjects",
    [
        [HEALTH],
        [HEALTH, ARMY, LATER],
        [HEALTH, replace(ARMY, case=replace(ARMY.case, is_done=False))],
        [HEALTH, replace(ARMY, case=replace(ARMY.case, whole=Aggregate(0, 0, 0)))],
        [ARMY, LATER],
    ],
)
def test_what_does_not_compare_is_not_compared(subjects: list[Subject]) -> None:
    assert list(compared(subjects, "pt-BR")) == []


@pytest.mark.parametrize(
    ("start", "end", "has"),
    [
        ("2024-01-01", "2024-12-31", True),
        ("2024-02-01", "2025-12-30", False),
        ("2024-02-01", "2025-12-31", True),
        ("2024-03-01", "2024-12-31", False),
    ],
)
def test_a_whole_year_is_a_calendar_year(start: str, end: str, *, has: bool) -> None:
    assert Subject("Saúde", replace(CASE, start=start, end=end)).has_whole_year is has


def test_an_investigation_is_named_by_its_organs_and_periods_each_once() -> None:
    assert about([HEALTH, ARMY, LATER], "pt-BR") == "Saúde, Defesa, 2024, 2025"
