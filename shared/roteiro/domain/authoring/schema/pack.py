"""What pack.yaml may say of people: hours, holidays, queues, the default of `llm`, whether the SAC decree holds."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationError

from roteiro.domain.authoring.schema.fields import Part, Sentence
from roteiro.domain.faults import OwnFault, faults_of
from roteiro.domain.hours import ZONES, Holiday, Hours
from roteiro.errors import InvalidRequest

__all__ = ["Service", "hours_from", "read_service"]

_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_LEAP_YEAR = "2028"  # in which every day that some year has exists


def _in_order(span: str) -> str:
    opens, _, closes = span.partition("-")
    if opens >= closes:
        raise OwnFault("bad_value")
    return span


def _a_day(written: str) -> str:
    try:
        date.fromisoformat(written if written.count("-") > 1 else f"{_LEAP_YEAR}-{written}")
    except ValueError:
        raise OwnFault("bad_value") from None
    return written


def _a_zone(name: str) -> str:
    if name not in ZONES:
        raise OwnFault("not_a_choice", expected=", ".join(ZONES))
    return name


_Span = Annotated[str, Field(pattern=f"^{_TIME}-(?:{_TIME}|24:00)$"), AfterValidator(_in_order)]
_Day = Annotated[str, Field(pattern=r"^(?:[0-9]{4}-)?[0-9]{2}-[0-9]{2}$"), AfterValidator(_a_day)]


class _Holiday(Part):
    date: _Day
    name: Sentence
    source: Sentence


class _Hours(Part):
    timezone: Annotated[str, AfterValidator(_a_zone)]
    weekdays: Annotated[
        dict[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"], Annotated[list[_Span], Field(min_length=1)]],
        Field(min_length=1),
    ]
    holidays: Annotated[list[_Holiday], Field(max_length=200)] = []


class Service(Part):
    """The keys of pack.yaml that say how people work."""

    hours: _Hours | None = None
    queues: Annotated[list[Annotated[str, Field(pattern=r"^[a-z0-9_-]{1,40}$")]], Field(max_length=20)] = []
    llm: Literal["off", "rephrase", "assist"] = "off"
    sac: bool = False


def read_service(about: Mapping[str, Any]) -> Service:
    """Return what pack.yaml says of its people; raises InvalidRequest with the faults."""
    try:
        return Service.model_validate({name: about[name] for name in Service.model_fields if name in about})
    except ValidationError as error:
        raise InvalidRequest(faults=faults_of(error.errors())) from None


def hours_from(hours: _Hours | None) -> Hours | None:
    """Return checked hours as turns use them."""
    if hours is None:
        return None
    holidays = [Holiday(one.date, one.name, one.source) for one in hours.holidays]
    return Hours(hours.timezone, {str(day): spans for day, spans in hours.weekdays.items()}, holidays)
