"""When people are there: the week, the holidays, the zone, and how the next opening is said."""

from datetime import UTC, datetime

import pytest

from roteiro.domain.hours import ZONES, Holiday, Hours, is_open, next_opening, opening_text

HALVES = ["08:00-12:00", "13:00-18:00"]
ZUMBI = Holiday("11-20", "Consciência Negra", "Lei 14.759/2023")
BRIDGE = Holiday("2026-11-23", "Ponte", "decisão da empresa")
OFFICE = Hours("America/Sao_Paulo", {"mon": HALVES, "tue": HALVES, "fri": HALVES}, [ZUMBI])


def in_sao_paulo(written: str) -> datetime:
    return datetime.fromisoformat(f"{written}-03:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("moment", "there"),
    [
        ("2026-11-16T07:59:59", False),
        ("2026-11-16T08:00:00", True),
        ("2026-11-16T11:59:59", True),
        ("2026-11-16T12:00:00", False),
        ("2026-11-16T13:00:00", True),
        ("2026-11-16T17:59:59", True),
        ("2026-11-16T18:00:00", False),
        ("2026-11-16T03:00:00", False),
        ("2026-11-18T10:00:00", False),
        ("2026-11-21T10:00:00", False),
        ("2026-11-20T10:00:00", False),
        ("2027-11-20T10:00:00", False),
        ("2026-11-13T10:00:00", True),
    ],
)
def test_people_are_there_in_office_hours_and_on_no_holiday(moment: str, *, there: bool) -> None:
    assert is_open(OFFICE, in_sao_paulo(moment)) is there


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-16T10:00:00", "2026-11-16T10:00:00"),
        ("2026-11-16T03:00:00", "2026-11-16T08:00:00"),
        ("2026-11-16T12:30:00", "2026-11-16T13:00:00"),
        ("2026-11-17T18:00:00", "2026-11-23T08:00:00"),
        ("2026-12-29T20:00:00", "2027-01-01T08:00:00"),
    ],
)
def test_who_comes_off_hours_learns_the_next_opening(moment: str, opening: str) -> None:
    assert next_opening(OFFICE, in_sao_paulo(moment)) == in_sao_paulo(opening)


def test_a_holiday_of_one_year_is_no_holiday_of_the_next() -> None:
    hours = Hours("America/Sao_Paulo", {"mon": HALVES, "tue": HALVES}, [BRIDGE])

    assert next_opening(hours, in_sao_paulo("2026-11-23T10:00:00")) == in_sao_paulo("2026-11-24T08:00:00")
    assert is_open(hours, in_sao_paulo("2027-11-23T10:00:00"))


def test_a_pack_without_hours_is_always_open() -> None:
    now = in_sao_paulo("2026-12-25T03:00:00")

    assert is_open(None, now)
    assert next_opening(None, now) == now


@pytest.mark.parametrize(("zone", "there"), [("America/Sao_Paulo", True), ("America/Manaus", False)])
def test_hours_are_those_of_the_packs_own_zone(zone: str, *, there: bool) -> None:
    hours = Hours(zone, {"mon": ["08:00-12:00"]})

    assert is_open(hours, in_sao_paulo("2026-11-16T08:30:00")) is there


def test_a_year_without_an_opening_ends_the_search() -> None:
    never = Hours("America/Sao_Paulo", {"sun": ["08:00-09:00"]}, [Holiday("11-22", "x", "y")])
    closed = Hours("America/Sao_Paulo", {})

    assert next_opening(never, in_sao_paulo("2026-11-20T10:00:00")) == in_sao_paulo("2026-11-29T08:00:00")
    assert (next_opening(closed, in_sao_paulo("2026-11-20T10:00:00")).year, len(ZONES)) == (2027, 11)


@pytest.mark.parametrize(
    ("moment", "locale", "said"),
    [
        ("2026-11-16T03:00:00", "pt-BR", "hoje, a partir das 08:00"),
        ("2026-11-20T10:00:00", "pt-BR", "segunda-feira (23/11), a partir das 08:00"),
        ("2026-11-20T10:00:00", "en", "on Monday (23 Nov) from 08:00"),
        ("2026-11-20T10:00:00", "es", "el lunes (23/11) a partir de las 08:00"),
    ],
)
def test_the_next_opening_is_said_as_people_say_it(moment: str, locale: str, said: str) -> None:
    assert opening_text(OFFICE, in_sao_paulo(moment), locale) == said
