"""Which organ goes with which period: each with the one said beside it, else each with each."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from itertools import product

from roteiro.domain.conversation import State
from roteiro.domain.script import Script
from roteiro.domain.values.entities import find_entities
from roteiro.domain.values.periods import find_periods
from roteiro.domain.values.value import Hints, Value
from roteiro.usecases.organs import Organ, named_organs, named_periods

__all__ = ["paired"]

_Span = tuple[str, str]
_Mark = tuple[int, str, str]  # where in the words, whether organ or period, and which: its id or its days

# "saúde em 2025 e educação em 2024": groups of organs and periods take turns, in one order or the other.
_IN_TURNS = (re.compile(r"(?:o+p+){2,}"), re.compile(r"(?:p+o+){2,}"))
_GROUPS = (re.compile(r"o+p+"), re.compile(r"p+o+"))


def paired(
    state: State, script: Script, words: str, said: Callable[[int], str], today: Callable[[], date]
) -> list[tuple[Organ, _Span]]:
    """Return the organs that were collected, each with its periods, the first and the last day.

    Words that name both in turns pair them; `words` are of this turn, `said` are those of an earlier event.
    """
    organs, spans = named_organs(state, script) or [], named_periods(state)
    everything = list(product(organs, spans))
    if len(organs) < 2 or len(spans) < 2:  # noqa: PLR2004 - nothing to tell apart
        return everything
    now = today()
    told = _beside(_marks(words, script, now)) or _beside(_marks(_heard(state, said), script, now))
    by_id = {one.id: one for one in organs}
    pairs = [(by_id[organ], _span(period)) for organ, period in told if organ in by_id]
    return pairs if _cover(pairs, organs, spans) else everything


def _cover(pairs: Sequence[tuple[Organ, _Span]], organs: Sequence[Organ], spans: Sequence[_Span]) -> bool:
    """Say whether every organ and every period that was collected is in a pair."""
    return {one for one, _ in pairs} == set(organs) and {span for _, span in pairs} == set(spans)


def _heard(state: State, said: Callable[[int], str]) -> str:
    """Return the earlier words that named both, if the same ones did."""
    organ, period = (state.sources.get(slot, -1) for slot in ("organ", "period"))
    return said(organ) if organ == period else ""


def _marks(words: str, script: Script, today: date) -> list[_Mark]:
    slot = script.slots.get("organ")
    hints = Hints(today, asked=False, entities=slot.entities if slot else (), many=True)
    found = {"o": find_entities(words, hints), "p": find_periods(words, hints)}
    values = ((kind, one) for kind, ones in found.items() for one in ones if isinstance(one, Value))
    return sorted((one.start, kind, str(one.stored)) for kind, one in values)


def _beside(marks: Sequence[_Mark]) -> list[tuple[str, str]]:
    """Return each organ with each period of its group; nothing unless groups of both take turns to the end."""
    order = "".join(kind for _, kind, _ in marks)
    for whole, group in zip(_IN_TURNS, _GROUPS, strict=True):
        if whole.fullmatch(order):
            groups = [marks[found.start() : found.end()] for found in group.finditer(order)]
            return [pair for one in groups for pair in product(_of(one, "o"), _of(one, "p"))]
    return []


def _of(marks: Sequence[_Mark], kind: str) -> list[str]:
    return [what for _, one, what in marks if one == kind]


def _span(stored: str) -> _Span:
    first, _, last = stored.partition("..")
    return first, last
