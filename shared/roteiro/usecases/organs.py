"""The organs that the ledger knows, and what of a conversation says which of them, when, and of which values."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from roteiro.domain.anomalies.bounds import Bounds, bounds_in
from roteiro.domain.conversation import SlotValue, State
from roteiro.domain.script import Script
from roteiro.domain.values.letters import level
from roteiro.domain.values.value import Entity

__all__ = ["Organ", "coded", "listed", "named_bounds", "named_organs", "named_periods"]

_ORGAN, _PERIOD, _VALUE = "organ", "period", "value"  # slots that scripts about contracts have
_FREE = re.compile(
    r"\b(?:sem filtro|qualquer valor|todos os valores|without a filter|any value|sin filtro|cualquier valor)\b"
)
_CODE = "siafi_code"  # of a list's entry: the organ's number in the ledger


@dataclass(frozen=True, slots=True)
class Organ:
    """An organ by its id in the pack's list, as people name it, and as the ledger does."""

    id: str
    name: str
    code: str


def coded(entities: Iterable[Entity]) -> list[Organ]:
    """Return the entries of a list that have a code in the ledger."""
    codes = ((one, dict(one.data).get(_CODE, "")) for one in entities)
    return [Organ(one.id, one.name, code) for one, code in codes if code]


def listed(script: Script) -> list[Organ]:
    """Return the organs that a script may be asked about."""
    slot = script.slots.get(_ORGAN)
    return coded(slot.entities if slot else ())


def named_organs(state: State, script: Script) -> list[Organ] | None:
    """Return the organs that were collected, those without a code left out; None if none was asked for."""
    if state.slots.get(_ORGAN) is None:
        return None
    known = {one.id: one for one in listed(script)}
    return [known[key] for key in _several(state.slots.get(_ORGAN)) if key in known]


def named_periods(state: State) -> list[tuple[str, str]]:
    """Return the first and the last day of each period that was collected, in their order."""
    found = (stored.partition("..") for stored in _several(state.slots.get(_PERIOD)))
    return list(dict.fromkeys((first, last) for first, _, last in found))


def named_bounds(state: State, said: Callable[[int], str], words: str) -> Bounds | None:
    """Return between which values to look; None: amounts were collected, but nothing says how they bound.

    The words of this turn come first. A slot keeps numbers alone: how they compare is in the words that filled it,
    `said` by the event's number. A script without the slot goes by the latest words that named an organ or a period
    which still counts: what was bounded there stays so when "e em março?" changes the other.
    """
    found = bounds_in(words)
    if not found.is_open or _FREE.search(level(words)):
        return found
    if not _several(state.slots.get(_VALUE)):
        return _kept(state, said)
    found = bounds_in(said(state.sources.get(_VALUE, -1)))
    return None if found.is_open else found


def _kept(state: State, said: Callable[[int], str]) -> Bounds:
    """Return the bounds of the latest words that named an organ or a period; open where none had any."""
    named = {state.sources[slot] for slot in (_ORGAN, _PERIOD) if slot in state.sources}
    heard = (bounds_in(said(seq)) for seq in sorted(named, reverse=True))
    return next((one for one in heard if not one.is_open), Bounds())


def _several(stored: SlotValue) -> list[str]:
    if isinstance(stored, list):
        return stored
    return [stored] if isinstance(stored, str) else []
