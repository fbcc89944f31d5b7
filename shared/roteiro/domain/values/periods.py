"""Periods in a sentence, both ends inclusive: "2º trimestre de 2024", "últimos 6 meses", "entre janeiro e abril"."""

import re
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import NamedTuple

from roteiro.domain.values import dates
from roteiro.domain.values.days import COUNT, COUNTS, day_of, limit_of, month_end, months_before
from roteiro.domain.values.days import MONTHS as _PORTUGUESE_MONTHS
from roteiro.domain.values.letters import level
from roteiro.domain.values.value import LIKELY, Found, Hints, Problem, Value

__all__ = ["Period", "find_periods", "periods_in", "shown", "year_told"]

_NAMED = {
    "pt-BR": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
# Months as periods name them, in the three languages; "may", which is a word, only beside a year.
MONTHS = _PORTUGUESE_MONTHS | {
    level(name): at for locale in ("en", "es") for at, name in enumerate(_NAMED[locale].split(), 1) if name != "May"
}
_STORED = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.\.[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FIRST_YEAR = 1990  # specs: years are 1990 to next year; other numbers of four digits are no years
_MOST_UNITS = 400  # of "últimos N": chosen, a year of days and some
_LAST = re.compile(r"pass?ad|last|past")
_FOREIGN_UNITS = {"day": "dia", "week": "semana", "month": "mes", "year": "ano", "quarter": "trimestre"}
_WEEK = 7
_MONTHS_A_YEAR = 12
_MONTHS_OF = {"trimestre": 3, "tri": 3, "semestre": 6, "sem": 6, "metade": 6, "bimestre": 2, "quadrimestre": 4}
_TYPES = dict.fromkeys(("trimestre", "tri"), "quarter") | dict.fromkeys(("semestre", "sem", "metade"), "semester")
_UNITS = _TYPES | {
    "dia": "day",
    "semana": "week",
    "mes": "month",
    "bimestre": "bimester",
    "quadrimestre": "quadrimester",
    "ano": "year",
}
_ORDINALS = {
    name: n
    for n, names in enumerate(("primeiro", "segundo", "terceiro", "quarto"), 1)
    for name in (names, f"{names[:-1]}a", f"{n}o", f"{n}a", f"{n}")
}


class Period(NamedTuple):
    """Days from `first` to `last`, both included, and what the words said.

    `type` is year, month, quarter, semester, range or relative. `year`, `month`, `n` and `unit` where known;
    `inferred_year` if the words named none.
    """

    type: str
    first: date
    last: date
    start: int
    end: int
    year: int | None = None
    month: int | None = None
    n: int | None = None
    unit: str | None = None
    inferred_year: bool = False


def find_periods(text: str, hints: Hints) -> Found:
    """Find periods, stored as "2024-01-01..2024-12-31"; where several are taken, "2024 e 2025" is two.

    Problems: `out_of_order` (it would end before it begins), `not_yet` (it is to come, or begins after `maximum`),
    `unreadable` (a time was meant that nobody reads).
    """
    latest = limit_of(hints.maximum, hints.today)
    found = [each for one in periods_in(text, hints.today, hints.year) for each in _apart(one, text, hints)]
    for period in found or _asked_year(text, hints):
        if period.first > period.last:
            yield Problem("out_of_order")
        elif latest and period.first > latest:
            yield Problem("not_yet")
        else:
            stored = f"{period.first}..{period.last}"
            yield Value(stored, shown(stored, hints.locale), period.start, period.end, LIKELY)
    if not found and (problem := _tried(level(text), hints.today)):
        yield problem


def _tried(levelled: str, today: date) -> Problem | None:
    """Return what is wrong with words that meant a time although they name none that can be read."""
    far = _FAR_YEAR.search(levelled)
    if _COMING.search(levelled) or (far and int(far["year"]) > today.year + 1):
        return Problem("not_yet")
    return Problem("unreadable") if _TRIED.search(levelled) else None


def _apart(period: Period, text: str, hints: Hints) -> list[Period]:
    """Return the two years of "2024 e 2025" where several periods are taken; "entre 2024 e 2025" is one."""
    said = level(text)[period.start : period.end]
    both = _TWO_YEARS.fullmatch(said) if hints.many else None
    if not both or _BETWEEN.search(level(text)[: period.start]):
        return [period]
    years = ((int(both[n]), period.start + both.start(n), period.start + both.end(n)) for n in (1, 2))
    return [Period("year", date(y, 1, 1), _year_end(y, hints.today), a, b, y) for y, a, b in years]


def _asked_year(text: str, hints: Hints) -> list[Period]:
    """Return the year of "2025 contratos" where a period was asked for: otherwise that is a number of contracts."""
    match = _YEAR_FIRST.search(level(text)) if hints.asked else None
    period = _whole_year(match, hints.today, None) if match else None
    return [period] if period else []


def shown(stored: str, locale: str) -> str:
    """Return a stored period as it is read: a whole year or month by its name.

    >>> shown("2026-05-21..2026-11-20", "pt-BR"), shown("2026-05-21..2026-11-20", "en")
    ('21/05/2026 a 20/11/2026', '21 May 2026 to 20 Nov 2026')
    >>> [shown("2024-03-01..2024-03-31", tongue) for tongue in ("pt-BR", "en", "es")]
    ['março de 2024', 'March 2024', 'marzo de 2024']
    """
    first, last = (date.fromisoformat(day) for day in stored.split(".."))
    if (first.day, first.month, last) == (1, 1, date(first.year, 12, 31)):
        return str(first.year)
    if first.day == 1 and last == month_end(first.year, first.month):
        name = _NAMED.get(locale, _NAMED["pt-BR"]).split()[first.month - 1]
        return f"{name} {'' if locale.startswith('en') else 'de '}{first.year}"
    return f"{dates.shown(first, locale)} {'to' if locale.startswith('en') else 'a'} {dates.shown(last, locale)}"


def year_told(values: Iterable[object]) -> int | None:
    """Return the year in which the first stored period among these values begins, the last of several; else None.

    >>> year_told(["26000", "2024-01-01..2024-12-31"]), year_told(["2024"])
    (2024, None)
    """
    last = (value[-1] if isinstance(value, list) and value else value for value in values)
    return next((int(one[:4]) for one in last if isinstance(one, str) and _STORED.fullmatch(one)), None)


def periods_in(text: str, today: date, year: int | None = None) -> list[Period]:
    """Return the periods in the order of the text; a month alone takes `year`, that of the period collected before."""
    levelled = level(text)
    taken = bytearray(len(levelled))
    found: list[Period] = []
    for pattern, read in _RULES:
        for match in pattern.finditer(levelled):
            if any(taken[match.start() : match.end()]):
                continue
            period = read(match, today, year)
            if period or read is _no_period:
                taken[match.start() : match.end()] = b"1" * (match.end() - match.start())
            found += [period] if period else []
    return sorted(found, key=lambda period: period.start)


def _month(match: re.Match[str], today: date, known: int | None) -> Period | None:
    month = MONTHS.get(match["month"]) or int(match["month"])
    year = _year_said(match, today)
    if match.groupdict().get("year") and not year:
        return None
    when = year or known or today.year - (month > today.month)
    return Period(
        "month", date(when, month, 1), month_end(when, month), *match.span(), when, month, inferred_year=not year
    )


def _whole_year(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    year = _year(match["year"], today)
    return Period("year", date(year, 1, 1), _year_end(year, today), *match.span(), year) if year else None


def _part_of_year(match: re.Match[str], today: date, known: int | None) -> Period | None:
    size = _MONTHS_OF[match["unit"]]
    n = _ORDINALS.get(match["n"]) or _MONTHS_A_YEAR // size  # "último trimestre de 2024"
    named = _year_said(match, today)
    year = named or known or today.year - ((n - 1) * size + 1 > today.month)
    if n * size > _MONTHS_A_YEAR:
        return None
    first = date(year, (n - 1) * size + 1, 1)
    kind = _TYPES.get(match["unit"], "range")
    unit = _UNITS[match["unit"]]
    return Period(kind, first, month_end(year, n * size), *match.span(), year, None, n, unit, inferred_year=not named)


def _first_months(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read "os primeiros seis meses de 2024"."""
    count, named = COUNTS.get(match["n"]) or int(match["n"]), _year_said(match, today)
    if not 0 < count <= _MONTHS_A_YEAR:
        return None
    year = named or known or today.year
    last = month_end(year, count)
    return Period("range", date(year, 1, 1), last, *match.span(), year, n=count, unit="month", inferred_year=not named)


def _last_units(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    count = COUNTS.get(match["n"] or "um") or int(match["n"])
    unit = _unit(match["unit"])
    if not 0 < count <= _MOST_UNITS:
        return None
    days = {"dia": 1, "semana": _WEEK}.get(unit)
    months = count * (_MONTHS_A_YEAR if unit == "ano" else _MONTHS_OF.get(unit, 1))
    begun = today - timedelta(days=count * days) if days else months_before(today, months)
    return Period("relative", begun + timedelta(days=1), today, *match.span(), n=count, unit=_UNITS[unit])


def _unit(word: str) -> str:
    """Return the name of a unit as `_UNITS` has it: "meses" and "months" are "mes"."""
    one = word if word == "mes" else word.removesuffix("es" if word == "meses" else "s")
    return _FOREIGN_UNITS.get(one, one)


def _quarter_alone(match: re.Match[str], _today: date, known: int | None) -> Period | None:
    """Read "e no 3º?" after a period whose year is known: a quarter, which the answer names by its days."""
    n = int(match["n"])
    if known is None:
        return None
    first, last = date(known, 3 * n - 2, 1), month_end(known, 3 * n)
    return Period("quarter", first, last, *match.span("n"), known, None, n, "quarter", inferred_year=True)


def _named(match: re.Match[str], today: date, _known: int | None) -> Period:
    """Read this and the last week, month and year; what still runs ends today."""
    unit = _unit(match["unit"])
    past = 2 if "retrasad" in match[0] else 1 if _LAST.search(match[0]) else 0
    if unit == "semana":
        first = today - timedelta(days=today.weekday() + past * _WEEK)
        last = first + timedelta(days=_WEEK - 1)
    elif unit == "mes":
        first = months_before(today.replace(day=1), past)
        last = month_end(first.year, first.month)
    else:
        first = date(today.year - past, 1, 1)
        last = date(first.year, 12, 31)
    year, month = (None if unit == "semana" else first.year), (first.month if unit == "mes" else None)
    return Period("relative", first, min(last, today), *match.span(), year, month, past, _UNITS[unit])


def _year_range(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    first, last = _year(match["first"], today), _year(match["last"], today)
    if first and last and " e " in match[0]:  # "2025 e 2024" runs from neither to the other
        first, last = sorted((first, last))
    return Period("range", date(first, 1, 1), _year_end(last, today), *match.span()) if first and last else None


def _month_range(match: re.Match[str], today: date, known: int | None) -> Period | None:
    low, high = MONTHS[match["low"]], MONTHS[match["high"]]
    named = _year_said(match, today)
    last = named or known or today.year - (high > today.month)
    first = _year(match.groupdict().get("first_year"), today) or last - (low > high)
    inferred = not named
    return Period("range", date(first, low, 1), month_end(last, high), *match.span(), inferred_year=inferred)


def _day_range(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    first, last = (_day(match[name], today) for name in ("low", "high"))
    return Period("range", first, last, *match.span()) if first and last else None


def _written_range(match: re.Match[str], today: date, known: int | None) -> Period | None:
    """Read "de 1º de março a 30 de junho de 2024", "de 1 a 15 de março"."""
    high = MONTHS[match["high_month"]]
    low = MONTHS.get(match["low_month"] or "", high)
    named = _year_said(match, today)
    year = named or known or today.year - (high > today.month)
    first = day_of(year - (low > high), low, int(match["low"]), today)
    last = day_of(year, high, int(match["high"]), today)
    return Period("range", first, last, *match.span(), inferred_year=not named) if first and last else None


def _no_period(_match: re.Match[str], _today: date, _known: int | None) -> None:
    """Pass over the number of a contract, and "até 2020", "antes de março": nobody said where that begins."""


def _since_day(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    first = _day(match["day"], today)
    return Period("range", first, today, *match.span()) if first and first <= today else None


def _after_year(match: re.Match[str], today: date, _known: int | None) -> Period | None:
    """Read "depois de 2022": that year is left out."""
    year = _year(match["year"], today)
    return Period("range", date(year + 1, 1, 1), today, *match.span()) if year and year < today.year else None


def _since(match: re.Match[str], today: date, known: int | None) -> Period | None:
    month = MONTHS.get(match["month"] or "", 1)
    named = _year_said(match, today)
    if not (named or match["month"]):
        return None
    year = named or known or today.year - (month > today.month)
    return Period("range", date(year, month, 1), today, *match.span(), year, inferred_year=not named)


def _day(text: str, today: date) -> date | None:
    day, month, year = re.split("[/.-]", text)
    return day_of(int(year), int(month), int(day), today)


def _year(digits: str | None, today: date) -> int | None:
    year = int(digits or 0)
    return year if _FIRST_YEAR <= year <= today.year + 1 else None


def _year_said(match: re.Match[str], today: date) -> int | None:
    """Return the year that the words name: "2024", "mar/24", "do ano passado"."""
    said = match.groupdict()
    if words := said.get("said"):
        return today.year - (2 if "retrasado" in words else "passado" in words)
    if short := said.get("short"):
        return _year(f"20{short}", today)
    return _year(said.get("year"), today)


def _year_end(year: int, today: date) -> date:
    return today if year == today.year else date(year, 12, 31)


_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_LONG_MONTH = "|".join(name for name in MONTHS if len(name) > len("jan"))
_YEAR = "(?:19|20)[0-9]{2}"
_THIS_YEAR = r"ano(?: passado| retrasado)?\b"
_NAMED_YEAR = (
    rf"(?: ?(?:de|do|/|,)? ?(?:ano (?:de )?)?(?P<year>{_YEAR})\b(?![/.,-][0-9])|"
    rf" d(?:o|este|esse) (?P<said>{_THIS_YEAR}))"
)
_OF_YEAR = f"{_NAMED_YEAR}?"
_LEFT = r"(?<![0-9a-z$])(?<!\$ )(?<![0-9][./,-])"
_RIGHT = r"(?![0-9a-z])(?![./,-][0-9])"
_FULL_DAY = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}"
_PART = "|".join(name for name in _MONTHS_OF if len(name) > len("tri"))
_UNIT = "dias?|semanas?|mes|meses|anos?|bimestres?|trimestres?|semestres?"
_ENGLISH_UNIT = "days?|weeks?|months?|years?|quarters?"
_NUMBER = rf"[0-9]{{1,3}}|{COUNT}"
_Reader = Callable[[re.Match[str], date, int | None], Period | None]
_SPAN = "(?:a|ate|e|to|until|and|y|hasta)"
_UNTIL_NOW = "(?:(?:a|ate) (?:hoje|agora)|(?:pra|para) (?:ca|hoje)|em diante)"
_UNTIL_MONTH = rf"{_SPAN} (?P<high>{_LONG_MONTH})"
_NUMBERED = "contrato|pregao|pregao eletronico|edital|processo|dispensa|convenio|empenho"
_FROM = r"\b(?:desde|a partir d[eo])(?: o)?(?: (?:inicio|comeco) d(?:e|o|este|esse))? "
_SINCE_YEAR = rf"(?:ano (?:de )?)?(?P<year>{_YEAR})\b(?![/.,-][0-9])|(?P<said>{_THIS_YEAR})"
_FROM_DAY = rf"(?P<low>[0-9]{{1,2}})o?(?: de (?P<low_month>{_LONG_MONTH}))?"
_TO_DAY = rf"(?P<high>[0-9]{{1,2}})o? de (?P<high_month>{_LONG_MONTH})\b{_OF_YEAR}"
_TWO_YEARS = re.compile(rf"({_YEAR}) ?(?:e|and|y) ?({_YEAR})")
_BETWEEN = re.compile(r"\b(?:entre|between)(?: os)?(?: anos)?(?: de)? $")
_YEAR_FIRST = re.compile(rf"{_LEFT}(?P<year>{_YEAR}) (?=contratos?\b)")
_COUNTED = "(?:reais|real|contratos?|dias|pessoas|empresas|vezes|mil)"
_FAR_YEAR = re.compile(
    rf"\b(?:em|ano|para|in|en)(?: de)? (?P<year>2[01][0-9]{{2}})\b(?![/.,-]?[0-9])(?! ?{_COUNTED}\b)"
)
_UNIT_NAME = "(?:ano|mes|semana|trimestre|semestre)"
_COMING = re.compile(rf"\b{_UNIT_NAME} (?:que|q) vem\b|\bproxim[oa] {_UNIT_NAME}\b|\bnext (?:year|month|week)\b")
# A time was meant that nobody reads: an open beginning, a day, a code for a quarter, an event.
_TRIED = re.compile(
    r"\b(?:(?:ate|antes d[eo]|em|no dia|dia|bienio|carnaval|natal|ano)(?: de| d[eo] ano(?: de)?)? "
    rf"(?:(?:{_LONG_MONTH}) (?:de )?)?{_LEFT}(?:{_FULL_DAY}|{_YEAR}\b(?!,[0-9])(?! ?{_COUNTED}\b))|"
    r"[1-4]t ?/?(?:20)?[0-9]{2}\b|(?:hoje|ontem)\b|n[ao] (?:carnaval|natal|pandemia|gestao|mandato|decada)\b|"
    r"governo (?:lula|dilma|temer|bolsonaro|passado|anterior)\b)"
)
_RULES: tuple[tuple[re.Pattern[str], _Reader], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"\b(?:(?P<month>{_LONG_MONTH})(?: de )?)?(?P<year>{_YEAR})? {_UNTIL_NOW}\b", _since),
        (rf"\b(?:{_NUMBERED}) (?:n[o.]* ?|numero )?[0-9]{{1,6}}/(?:{_YEAR}|[0-9]{{2}})\b", _no_period),
        (rf"{_LEFT}(?P<low>{_FULL_DAY}) {_SPAN} (?P<high>{_FULL_DAY}){_RIGHT}", _day_range),
        (rf"\b(?:desde|a partir de) (?P<day>{_FULL_DAY}){_RIGHT}", _since_day),
        (rf"{_LEFT}{_FROM_DAY} {_SPAN} {_TO_DAY}", _written_range),
        (
            rf"\b(?P<low>{_LONG_MONTH})(?: (?:de )?(?P<first_year>{_YEAR}))? {_UNTIL_MONTH}\b{_OF_YEAR}",
            _month_range,
        ),
        (rf"\b(?P<low>{_MONTH})(?: {_SPAN} |-)(?P<high>{_MONTH})\b{_NAMED_YEAR}", _month_range),
        (rf"{_LEFT}(?P<first>{_YEAR}) ?(?:a|ate|e|-) ?(?P<last>{_YEAR}){_RIGHT}", _year_range),
        (rf"\b(?:depois d[eo]|apos)(?: ano de)? (?P<year>{_YEAR})\b(?![/.,-][0-9])", _after_year),
        (rf"{_FROM}(?:(?P<month>{_LONG_MONTH})\b)?(?: de |/)?(?:{_SINCE_YEAR})?", _since),
        (rf"\b(?:ate|antes d[eo]) (?:o? ?ano de )?(?:(?:{_LONG_MONTH})\b{_OF_YEAR}|{_YEAR}\b)", _no_period),
        (rf"\b(?P<n>{'|'.join(_ORDINALS)}) (?P<unit>{_PART})\b{_OF_YEAR}", _part_of_year),
        (rf"\b(?P<n>[1-4]o) (?P<unit>tri|sem)\b\.?{_NAMED_YEAR}", _part_of_year),  # "1 tri" is money
        (rf"\b(?P<n>ultim[oa]) (?P<unit>{_PART})\b{_NAMED_YEAR}", _part_of_year),
        (rf"\bprimeiros (?P<n>{_NUMBER}) meses\b{_OF_YEAR}", _first_months),
        (rf"\b(?P<n>{_NUMBER}) primeiros meses\b{_OF_YEAR}", _first_months),
        (rf"\b(?P<n>{_NUMBER}) ultim[oa]s (?P<unit>{_UNIT})\b", _last_units),
        (rf"\bultim[oa]s? (?:(?P<n>{_NUMBER}) )?(?P<unit>{_UNIT})\b", _last_units),
        (rf"\b(?P<month>{_LONG_MONTH})\b{_OF_YEAR}", _month),
        (rf"\b(?P<month>{_MONTH})[ /](?:de )?(?P<year>{_YEAR}){_RIGHT}", _month),
        (rf"\b(?P<month>{_MONTH})/(?P<short>[0-9]{{2}}){_RIGHT}", _month),
        (rf"{_LEFT}(?P<month>0?[1-9]|1[0-2])/(?P<year>{_YEAR}){_RIGHT}", _month),
        (rf"{_LEFT}(?P<month>0?[1-9]|1[0-2])/(?P<short>1[3-9]|[2-9][0-9]){_RIGHT}", _month),  # no day has that month
        (r"^\W*(?:(?:e|y) )?(?:n?o |el )?(?P<n>[1-4])o\W*$", _quarter_alone),
        (rf"\b(?:last|past) (?P<n>{_NUMBER}) (?P<unit>{_ENGLISH_UNIT})\b", _last_units),
        (r"\b(?:last|past|this) (?P<unit>week|month|year)\b", _named),
        (r"\b(?P<unit>semana|mes|ano) (?:pass?ad[oa]|retrasad[oa]|atual|corrente)\b", _named),
        (r"\b[nd]?es[st][ae] (?P<unit>semana|mes|ano)\b", _named),
        (
            rf"{_LEFT}(?P<year>{_YEAR}){_RIGHT}(?! ?(?:reais|real|contratos?|dias|pessoas|empresas|vezes|mil)\b)",
            _whole_year,
        ),
    )
)
