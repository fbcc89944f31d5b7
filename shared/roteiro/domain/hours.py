"""When people answer: a pack's office hours and holidays, whether they are there now, and when they are back."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone

from roteiro.domain.texts import text

__all__ = ["WEEKDAYS", "ZONES", "Holiday", "Hours", "is_open", "next_opening", "opening_text"]

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

# Hours from UTC. Brazil has had no summer time since 2019 (Decreto 9.772/2019), so an offset says it all.
ZONES = {
    "America/Noronha": -2,
    "America/Sao_Paulo": -3,
    "America/Bahia": -3,
    "America/Fortaleza": -3,
    "America/Belem": -3,
    "America/Recife": -3,
    "America/Manaus": -4,
    "America/Cuiaba": -4,
    "America/Campo_Grande": -4,
    "America/Porto_Velho": -4,
    "America/Rio_Branco": -5,
}
_FARTHEST = 370  # days looked ahead; a year of holidays in a row is not an office that opens


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day without people: `2026-12-25`, or `12-25` for every year; the source says by which law or decision."""

    date: str
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Hours:
    """A week of opening times, `{"mon": ["08:00-12:00", "13:00-18:00"]}`, in a time zone, and the holidays."""

    timezone: str
    weekdays: Mapping[str, Sequence[str]]
    holidays: Sequence[Holiday] = field(default=())


def is_open(hours: Hours | None, now: datetime) -> bool:
    """Say whether people are there; a pack that names no hours is always open."""
    if hours is None:
        return True
    here = _local(hours, now)
    return any(opens <= f"{here:%H:%M}" < closes for opens, closes in _spans(hours, here.date()))


def next_opening(hours: Hours | None, now: datetime) -> datetime:
    """Return when people are there: now, or the next opening in the pack's zone; a year on, if there is none."""
    if hours is None or is_open(hours, now):
        return now
    here = _local(hours, now)
    for ahead in range(_FARTHEST):
        day = here.date() + timedelta(days=ahead)
        for opens, _ in _spans(hours, day):
            moment = datetime.fromisoformat(f"{day}T{opens}").replace(tzinfo=here.tzinfo)
            if moment > here:
                return moment
    return here + timedelta(days=_FARTHEST)


def opening_text(hours: Hours, now: datetime, locale: str) -> str:
    """Return the next opening as people say it: "hoje, a partir das 08:00"."""
    opens, here = next_opening(hours, now), _local(hours, now)
    if opens.date() == here.date():
        return opens.strftime(text("when.today", locale))
    weekday = text("when.weekdays", locale).split(", ")[opens.weekday()]
    return opens.strftime(text("when.day", locale, weekday=weekday))


def _local(hours: Hours, now: datetime) -> datetime:
    return now.astimezone(timezone(timedelta(hours=ZONES[hours.timezone])))


def _spans(hours: Hours, day: date) -> Iterator[tuple[str, str]]:
    """Yield a day's opening and closing times, as sortable text; none on a holiday."""
    written = day.isoformat()
    if any(holiday.date in (written, written[5:]) for holiday in hours.holidays):
        return
    for span in sorted(hours.weekdays.get(WEEKDAYS[day.weekday()], ())):
        opens, _, closes = span.partition("-")
        yield opens, closes
