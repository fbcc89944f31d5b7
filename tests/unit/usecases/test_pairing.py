"""Organs and periods that were named together: each with the one beside it, else each with each."""

from datetime import date

import pytest

from roteiro.domain.script import Slot
from roteiro.domain.values.value import Entity
from roteiro.usecases.pairing import paired
from tests.factories import a_script, a_state

HEALTH, SCHOOLS, DEFENCE = "26000", "25000", "22000"
NAMES = {HEALTH: "saúde", SCHOOLS: "educação", DEFENCE: "defesa"}
SCRIPT = a_script(
    1,
    slots={
        "organ": Slot(
            "entity",
            "Órgão",
            entities=tuple(Entity(key, name, data=(("siafi_code", f"9{key}"),)) for key, name in NAMES.items()),
        )
    },
)


def pairs(words: str, organs: list[str], years: list[int], heard: str = "") -> list[tuple[str, int]]:
    """Return organ and year of each pair, in its order; `heard` is what an earlier turn said."""
    slots = {"organ": organs, "period": [f"{year}-01-01..{year}-12-31" for year in years]}
    state = a_state(slots=slots, sources={"organ": 3, "period": 3})
    found = paired(state, SCRIPT, words, lambda seq: heard if seq == 3 else "", lambda: date(2026, 11, 20))
    return [(organ.id, int(first[:4])) for organ, (first, _) in found]


@pytest.mark.parametrize(
    ("words", "organs", "years", "expected"),
    [
        ("saúde em 2025 e educação em 2024", [HEALTH, SCHOOLS], [2025, 2024], [(HEALTH, 2025), (SCHOOLS, 2024)]),
        ("em 2025 a saúde, em 2024 a educação", [HEALTH, SCHOOLS], [2025, 2024], [(HEALTH, 2025), (SCHOOLS, 2024)]),
        (
            "saúde e educação em 2024 e defesa em 2025",
            [HEALTH, SCHOOLS, DEFENCE],
            [2024, 2025],
            [(HEALTH, 2024), (SCHOOLS, 2024), (DEFENCE, 2025)],
        ),
        (
            "saúde em 2025 e educação em 2025 e 2024",
            [HEALTH, SCHOOLS],
            [2025, 2024],
            [(HEALTH, 2025), (SCHOOLS, 2025), (SCHOOLS, 2024)],
        ),
    ],
)
def test_each_organ_goes_with_the_period_said_beside_it(
    words: str, organs: list[str], years: list[int], expected: list[tuple[str, int]]
) -> None:
    assert pairs(words, organs, years) == expected


@pytest.mark.parametrize(
    "words",
    [
        "saúde e educação em 2025 e 2024",
        "em 2025 e 2024: saúde e educação",
        "saúde em 2025 e 2024 com educação",
        "saúde em 2025 e educação",
        "",
    ],
)
def test_where_it_is_not_plain_each_goes_with_each(words: str) -> None:
    assert len(pairs(words, [HEALTH, SCHOOLS], [2025, 2024])) == 4


def test_words_that_name_others_than_were_collected_pair_nothing() -> None:
    assert len(pairs("saúde em 2025 e defesa em 2024", [HEALTH, SCHOOLS], [2025, 2024])) == 4


def test_what_was_paired_earlier_stays_so_when_the_next_words_name_neither() -> None:
    found = pairs("só acima de 1 milhão", [HEALTH, SCHOOLS], [2025, 2024], "saúde em 2025 e educação em 2024")

    assert found == [(HEALTH, 2025), (SCHOOLS, 2024)]


def test_one_organ_or_one_period_needs_no_pairing() -> None:
    assert pairs("", [HEALTH], [2025, 2024]) == [(HEALTH, 2025), (HEALTH, 2024)]
    assert pairs("", [HEALTH, SCHOOLS], [2025]) == [(HEALTH, 2025), (SCHOOLS, 2025)]
