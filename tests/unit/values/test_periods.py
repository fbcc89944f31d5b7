"""Periods as people say them in three languages: parts, limits and days; and what is asked about, never widened."""

from datetime import date

import pytest

from roteiro.domain.values.parsing import Problem, Value, find_all, parse
from roteiro.domain.values.periods import find_periods, periods_in, shown
from roteiro.domain.values.value import Hints

TODAY = date(2026, 11, 20)  # a Friday
SAID = Hints(TODAY, asked=False, maximum="today", many=True)
ONE = SAID._replace(asked=True, many=False)
Y2024, Y2025 = "2024-01-01..2024-12-31", "2025-01-01..2025-12-31"
Q2 = "2025-04-01..2025-06-30"
MARCH_TO_MAY = "2025-03-01..2025-05-31"


def heard(text: str, hints: Hints = SAID) -> list[str | bool | int]:
    """Return what a message says of time: each period, or the code of what is wrong."""
    return [one.stored if isinstance(one, Value) else one.code for one in find_periods(text, hints)]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("in the second quarter of 2025", Q2),
        ("Q2 2025", Q2),
        ("2025 Q2", Q2),
        ("Q2/2025", Q2),
        ("2T25", Q2),
        ("2º trimestre/2025", Q2),
        ("segundo trimestre del año 2025", Q2),
        ("quarter 2 of 2025", Q2),
        ("last year's second quarter", Q2),
        ("2025, segundo trimestre", Q2),
        ("no segundo trimestre, quanto a saúde gastou em 2025?", Q2),
        ("segundo trimestre del año pasado", Q2),
        ("first half of 2025", "2025-01-01..2025-06-30"),
        ("primer semestre de 2025", "2025-01-01..2025-06-30"),
        ("primera mitad de 2025", "2025-01-01..2025-06-30"),
        ("H1 2025", "2025-01-01..2025-06-30"),
        ("second half of last year", "2025-07-01..2025-12-31"),
        ("last quarter of 2025", "2025-10-01..2025-12-31"),
        ("últimos 3 meses de 2025", "2025-10-01..2025-12-31"),
        ("últimos três meses do ano passado", "2025-10-01..2025-12-31"),
        ("last two quarters of 2025", "2025-07-01..2025-12-31"),
        ("último mês de 2025", "2025-12-01..2025-12-31"),
        ("first 3 months of 2025", "2025-01-01..2025-03-31"),
        ("primeros tres meses de 2025", "2025-01-01..2025-03-31"),
        ("primeiro e segundo trimestre de 2025", "2025-01-01..2025-06-30"),
        ("do primeiro ao terceiro trimestre de 2025", "2025-01-01..2025-09-30"),
        ("Q1 to Q3 2025", "2025-01-01..2025-09-30"),
        ("primeira quinzena de março", "2026-03-01..2026-03-15"),
        ("segunda quinzena de março de 2025", "2025-03-16..2025-03-31"),
        ("first half of March 2025", "2025-03-01..2025-03-15"),
        ("segunda quincena de febrero de 2024", "2024-02-16..2024-02-29"),
    ],
)
def test_a_part_of_a_year_or_month_is_that_part(text: str, period: str) -> None:
    assert heard(text) == [period]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("last quarter", "2026-07-01..2026-09-30"),
        ("trimestre passado", "2026-07-01..2026-09-30"),
        ("el trimestre pasado", "2026-07-01..2026-09-30"),
        ("semestre passado", "2026-01-01..2026-06-30"),
        ("this quarter", "2026-10-01..2026-11-20"),
        ("neste semestre", "2026-07-01..2026-11-20"),
        ("last three months", "2026-08-21..2026-11-20"),
        ("últimos tres meses", "2026-08-21..2026-11-20"),
        ("mes anterior", "2026-10-01..2026-10-31"),
    ],
)
def test_a_part_counted_from_today_is_that_of_the_calendar_or_so_many_to_this_day(text: str, period: str) -> None:
    assert heard(text) == [period]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("from March to May 2025", MARCH_TO_MAY),
        ("between March and May 2025", MARCH_TO_MAY),
        ("between March and May of last year", MARCH_TO_MAY),
        ("entre marzo y mayo de 2025", MARCH_TO_MAY),
        ("desde marzo hasta mayo de 2025", MARCH_TO_MAY),
        ("from March 2025 to May 2025", MARCH_TO_MAY),
        ("do início de março até o fim de maio de 2025", MARCH_TO_MAY),
        ("mar/25 a mai/25", MARCH_TO_MAY),
        ("03/2025 a 05/2025", MARCH_TO_MAY),
        ("março, abril e maio de 2025", MARCH_TO_MAY),
        ("from 2022 to 2024", "2022-01-01..2024-12-31"),
        ("de novembro de 2024 a março", "2024-11-01..2025-03-31"),
        ("entre nov e mar de 2025", "2024-11-01..2025-03-31"),
        ("since March 2025", "2025-03-01..2026-11-20"),
        ("since May", "2026-05-01..2026-11-20"),
        ("desde el inicio de 2025", "2025-01-01..2026-11-20"),
        ("from March 2025 onwards", "2025-03-01..2026-11-20"),
        ("desde o ano passado até hoje", "2025-01-01..2026-11-20"),
        ("after June 2025", "2025-07-01..2026-11-20"),
        ("depois de junho de 2025", "2025-07-01..2026-11-20"),
        ("después de junio de 2025", "2025-07-01..2026-11-20"),
        ("until June 2025", "2025-01-01..2025-06-30"),
        ("up to the end of June 2025", "2025-01-01..2025-06-30"),
        ("hasta junio de 2025", "2025-01-01..2025-06-30"),
        ("até junho de 2025", "2025-01-01..2025-06-30"),
        ("até o fim do segundo trimestre de 2025", "2025-01-01..2025-06-30"),
        ("até junho", "2026-01-01..2026-06-30"),
    ],
)
def test_a_limit_is_heard_in_three_languages(text: str, period: str) -> None:
    assert heard(text) == [period]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("15 March 2025", "2025-03-15..2025-03-15"),
        ("March 15, 2025", "2025-03-15..2025-03-15"),
        ("15 de março de 2025", "2025-03-15..2025-03-15"),
        ("el 15 de marzo de 2025", "2025-03-15..2025-03-15"),
        ("15/03/2025", "2025-03-15..2025-03-15"),
        ("2025-03-15", "2025-03-15..2025-03-15"),
        ("from 1 to 15 March 2025", "2025-03-01..2025-03-15"),
        ("del 1 al 15 de marzo de 2025", "2025-03-01..2025-03-15"),
        ("entre os dias 1 e 15 de março de 2025", "2025-03-01..2025-03-15"),
        ("desde 15 de março de 2025", "2025-03-15..2026-11-20"),
        ("após 15/03/2025", "2025-03-16..2026-11-20"),
        ("até 15/03/2025", "2025-01-01..2025-03-15"),
    ],
)
def test_a_day_is_that_day_not_its_month(text: str, period: str) -> None:
    assert heard(text) == [period]


@pytest.mark.parametrize(
    "text",
    """início de 2025|começo de 2025|meio de 2025|meados de 2025|final de 2025|fim de 2025|no fim do ano passado|
    early 2025|mid-2025|late 2025|end of 2025|the beginning of March 2025|a finales de 2025|principios de 2025|
    desde meados de 2025|até meados de junho de 2025|primeira semana de março de 2025|second week of March 2025|
    primeiros 15 dias de março de 2025|primeiro mês de 2025|1 e 15 de março de 2025|32 de março de 2025|
    primeiro e terceiro trimestre de 2025|março de 2024 e 2025|primeiro semestre de 2024 e 2025|
    até 2025|until 2025|antes de junho de 2025|before June 2025|antes de junio|até dezembro|por volta de março de 2025|
    nos últimos meses|no carnaval de 2025|ontem|yesterday|início do ano|na segunda quinzena""".split("|"),
)
@pytest.mark.parametrize("hints", [SAID, ONE], ids=["said", "asked"])
def test_a_time_that_nobody_reads_is_asked_about_never_widened(text: str, hints: Hints) -> None:
    assert heard(text.strip(), hints) == ["unreadable"]
    assert parse("period", text.strip(), hints) == Problem("unreadable")


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("compare 2024 e 2025", [Y2024, Y2025]),
        ("em 2024 e em 2025", [Y2024, Y2025]),
        ("2024, ou de janeiro a março de 2025", [Y2024, "2025-01-01..2025-03-31"]),
        ("2024, 2025", [Y2024, Y2025]),
        ("compare março com maio de 2025", ["2025-03-01..2025-03-31", "2025-05-01..2025-05-31"]),
        ("março e maio de 2025", ["2025-03-01..2025-03-31", "2025-05-01..2025-05-31"]),
        ("Q1 and Q3 of 2025", ["2025-01-01..2025-03-31", "2025-07-01..2025-09-30"]),
    ],
)
def test_periods_in_a_list_stay_apart_and_share_their_year(text: str, periods: list[str]) -> None:
    assert [one.stored for one in find_all("period", text, SAID)] == periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("tell me about March 2025", ["2025-03-01..2025-03-31"]),
        ("os 10 maiores de 2025", [Y2025]),
        ("top 10 in March 2025", ["2025-03-01..2025-03-31"]),
        ("the 2025 contracts", [Y2025]),
        ("contratos de 2025 até 100 mil", [Y2025]),
        ("valor final em 2025", [Y2025]),
        ("nos meses de março e abril de 2025", ["2025-03-01..2025-04-30"]),
        ("may I see the contracts of 2025?", [Y2025]),
        ("exercício de 2025", [Y2025]),
        ("contratos de mais de 12 meses", []),
        ("gastos por trimestre", []),
        ("estou esperando há 3 dias", []),
        ("quantos contratos a defesa fez?", []),
    ],
)
def test_words_that_limit_something_else_leave_a_period_as_it_is(text: str, periods: list[str]) -> None:
    assert heard(text) == periods


def test_a_period_that_begins_tomorrow_is_not_yet() -> None:
    assert heard("since December 2026") == ["not_yet"]
    assert heard("depois de 2026") == ["unreadable"]


def test_until_a_month_goes_by_the_year_talked_about() -> None:
    (period,) = periods_in("e até dezembro?", TODAY, year=2024)

    assert (str(period.first), str(period.last)) == ("2024-01-01", "2024-12-31")


def test_the_year_before_is_that_of_the_period_before() -> None:
    assert heard("e no ano anterior?", SAID._replace(year=2024)) == ["2023-01-01..2023-12-31"]
    assert heard("compare 2024 com o ano anterior") == ["unreadable"]
    assert heard("segundo semestre do ano anterior") == ["2025-07-01..2025-12-31"]


def test_one_day_is_shown_once() -> None:
    assert shown("2025-03-15..2025-03-15", "pt-BR") == "15/03/2025"
    assert shown("2025-03-15..2025-03-15", "en") == "15 Mar 2025"
