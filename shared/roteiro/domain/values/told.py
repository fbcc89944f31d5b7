"""What one message tells by itself, whatever was said before: organs, a period, amounts in reais."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from roteiro.domain.values.entities import find_entities
from roteiro.domain.values.money import Amount, amounts_in
from roteiro.domain.values.periods import Period, periods_in
from roteiro.domain.values.value import Entity, Hints, Value

__all__ = ["Told", "told"]

_CENTS = 100


@dataclass(frozen=True, slots=True)
class Told:
    """What a message names: entries of a list in their order, each once; the first period; every amount."""

    message: str
    organs: tuple[Entity, ...] = ()
    period: Period | None = None
    amounts: tuple[Amount, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as pages read it (specs: period and value output); amounts in reais."""
        return {
            "organs": [_organ(entity) for entity in self.organs],
            "period": _period(self.period, self.message) if self.period else None,
            "values": [one.cents / _CENTS for one in self.amounts],
            "amounts": [_amount(one, self.message) for one in self.amounts],
        }


def told(message: str, organs: tuple[Entity, ...], today: date, year: int | None) -> Told:
    """Return what a message tells; `year` is that of the period collected before: what a month alone means."""
    hints = Hints(today, asked=False, entities=organs)
    places = [found.stored for found in find_entities(message, hints) if isinstance(found, Value)]
    by_id = {entity.id: entity for entity in organs}
    named = tuple(by_id[str(place)] for place in dict.fromkeys(places))
    periods = [period for period in periods_in(message, today, year) if period.first <= period.last]
    return Told(message, named, periods[0] if periods else None, tuple(amounts_in(message)))


def _organ(entity: Entity) -> dict[str, str | None]:
    data = dict(entity.data)
    return {"name": entity.name, "code": data.get("code", entity.id), "siafi_code": data.get("siafi_code")}


def _period(period: Period, message: str) -> dict[str, Any]:
    known = {name: getattr(period, name) for name in ("year", "month", "n", "unit")}
    return {
        "type": period.type,
        "start": period.first.isoformat(),
        "end": period.last.isoformat(),
        "text": message[period.start : period.end],
        **{name: value for name, value in known.items() if value is not None},
        **({"inferred_year": True} if period.inferred_year else {}),
    }


def _amount(amount: Amount, message: str) -> dict[str, Any]:
    return {"value": amount.cents / _CENTS, "op": amount.op, "text": message[amount.start : amount.end]}
