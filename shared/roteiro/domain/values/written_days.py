"""Days written out: 12/03/2024, 2024-03-12, "doze de março", "dia 5", "Natal". Day first, never swapped."""

import re
from datetime import date

from roteiro.domain.values.days import COUNT, COUNTS, MONTHS, Rule, Said, day_of, full_year, months_before, nearest
from roteiro.domain.values.numbers import read_number, words_of

__all__ = ["RULES", "VAGUE"]

_LEFT = r"(?<![0-9a-z])(?<![0-9][.,/-])"
_RIGHT = r"(?![0-9a-z])(?![.,/-][0-9])"
_MONTH = "|".join(MONTHS)
_DAY = rf"(?P<day>[0-9]{{1,2}}o?|primeiro|{COUNT})"
_HOLIDAYS = {
    "vespera de natal": (12, 24),
    "natal": (12, 25),
    "vespera de ano novo": (12, 31),
    "reveillon": (12, 31),
    "ano novo": (1, 1),
    "tiradentes": (4, 21),
    "dia do trabalho": (5, 1),
    "dia do trabalhador": (5, 1),
    "dia dos namorados": (6, 12),
    "dia da independencia": (9, 7),
    "dia das criancas": (10, 12),
    "finados": (11, 2),
    "proclamacao da republica": (11, 15),
    "consciencia negra": (11, 20),
}
_YEAR_IN_WORDS = 40  # characters of "de mil novecentos e noventa e nove"
_HOLIDAY = "|".join(_HOLIDAYS)
_MONTHS_TRIED = 3  # this one, and two more: one of any two months in a row has 31 days
_SHIFTS = {"do mes passado": 1, "do mes retrasado": 2, "do mes que vem": -1, "do proximo mes": -1}  # months back


def _exact(found: re.Match[str], said: Said) -> date | None:
    return day_of(int(found["year"]), int(found["month"]), int(found["day"]), said.today)


def _day_month(found: re.Match[str], said: Said) -> date | None:
    month, day = found["month"], found["day"]
    return _in_year(found, said, MONTHS.get(month) or int(month), _day(day))


def _holiday(found: re.Match[str], said: Said) -> date | None:
    return _in_year(found, said, *_HOLIDAYS[found["name"]])


def _in_year(found: re.Match[str], said: Said, month: int, day: int) -> date | None:
    if year := found.groupdict().get("year") or _year_in_words(found):
        return day_of(full_year(year, said.today), month, day, said.today)
    return nearest(said.today, month, day, ahead=said.ahead)


def _year_in_words(found: re.Match[str]) -> str:
    """Return the year that follows in words, "de dois mil e vinte e quatro", in digits."""
    rest = words_of(found.string[found.end() : found.end() + _YEAR_IN_WORDS])
    year = read_number(rest, 1) if rest and rest[0].text == "de" else None
    return str(year.value) if year and year.scaled and year.value.denominator == 1 else ""


def _day_alone(found: re.Match[str], said: Said) -> date | None:
    """Read "dia 5": the last one, the next one if the slot looks ahead, or that of the month named."""
    day, first = _day(found["day"]), said.today.replace(day=1)
    if shift := _SHIFTS.get(found["which"] or ""):
        first = months_before(first, shift)
        return day_of(first.year, first.month, day, said.today)
    months = (months_before(first, -n if said.ahead else n) for n in range(_MONTHS_TRIED))
    days = (day_of(month.year, month.month, day, said.today) for month in months)
    return next((d for d in days if d and (d >= said.today if said.ahead else d <= said.today)), None)


def _ambiguous(_found: re.Match[str], _said: Said) -> str:
    return "ambiguous"


def _incomplete(_found: re.Match[str], _said: Said) -> str:
    return "incomplete"


def _day(text: str) -> int:
    return 1 if text == "primeiro" else COUNTS.get(text) or int(text.removesuffix("o"))


_NUMERIC = rf"{_LEFT}(?P<day>[0-9]{{1,2}})(?P<sign>[/.-])(?P<month>[0-9]{{1,2}}|{_MONTH})"
RULES = (
    Rule(re.compile(rf"\b(?:entre|de) [0-9]{{1,2}} (?:e|a|ou) [0-9]{{1,2}} de (?:{_MONTH})\b"), _ambiguous),
    Rule(
        re.compile(rf"{_LEFT}(?P<year>[0-9]{{4}})[-/](?P<month>[0-9]{{1,2}})[-/](?P<day>[0-9]{{1,2}}){_RIGHT}"), _exact
    ),
    Rule(re.compile(rf"{_NUMERIC}(?P=sign)(?P<year>[0-9]{{4}}|[0-9]{{2}}){_RIGHT}"), _day_month),
    Rule(
        re.compile(rf"{_LEFT}{_DAY}(?: de | do | )(?P<month>{_MONTH})\b(?: de |, ?| )(?P<year>[0-9]{{4}}){_RIGHT}"),
        _day_month,
    ),
    Rule(re.compile(rf"{_LEFT}{_DAY}(?: de | do | )(?P<month>{_MONTH})\b de (?P<year>[0-9]{{2}}){_RIGHT}"), _day_month),
    Rule(re.compile(rf"{_LEFT}{_DAY}(?: de | do | )(?P<month>{_MONTH})\b"), _day_month),
    Rule(re.compile(rf"{_NUMERIC.replace('[/.-]', '/')}{_RIGHT}"), _day_month),
    Rule(re.compile(rf"{_NUMERIC.replace('[/.-]', '[.-]')}{_RIGHT}"), _day_month, only_asked=True),
    Rule(
        re.compile(r"(?<![0-9a-z])(?P<day>[0-9]{2}) ?(?P<month>[0-9]{2}) ?(?P<year>[0-9]{4})(?![0-9a-z])"),
        _day_month,
        only_asked=True,
    ),
    Rule(re.compile(rf"\bdia {_DAY}\b(?![/.-][0-9])(?: (?P<which>{'|'.join(_SHIFTS)})\b)?"), _day_alone),
    Rule(re.compile(rf"\bn[oa] (?P<name>{_HOLIDAY})\b(?: (?:de |do ano de )?(?P<year>[0-9]{{4}})\b)?"), _holiday),
    Rule(re.compile(rf"\b(?P<name>{_HOLIDAY})\b(?: (?:de )?(?P<year>[0-9]{{4}})\b)?"), _holiday, only_asked=True),
)
VAGUE = (
    Rule(re.compile(rf"\b(?:{_MONTH})\b|{_LEFT}(?:0?[1-9]|1[0-2])/[0-9]{{4}}{_RIGHT}"), _incomplete, only_asked=True),
    Rule(
        re.compile(r"\b(?:mes|ano) (?:passado|retrasado|que vem)\b|\b(?:19|20)[0-9]{2}\b"), _incomplete, only_asked=True
    ),
)
