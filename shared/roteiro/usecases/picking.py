"""Which of a conversation's investigations is meant: the one whose number or organ is named, else the last."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from roteiro.domain.anomalies.subject import about
from roteiro.domain.ids import ConversationId
from roteiro.domain.texts import text
from roteiro.domain.values.entities import find_entities
from roteiro.domain.values.value import LIKELY, Entity, Hints, Value
from roteiro.ports import Shelf
from roteiro.usecases.inquiries import Inquiry, find, numbers_of

__all__ = ["Wanted", "picked"]

_MOST = 10  # investigations of a conversation that are looked at and named, the newest (chosen)
_PARTS = re.compile(r"[\s-]+")


class Wanted(NamedTuple):
    """Whose investigation is looked for: the conversation, the number of its last one, what was said, all organs."""

    conversation: ConversationId
    last: str
    words: str
    organs: Sequence[Entity]
    locale: str


def picked(wanted: Wanted, shelf: Shelf) -> Inquiry | str:
    """Return the investigation that is meant, or what to say where there is none such."""
    numbers = numbers_of(wanted.conversation, shelf)
    if number := _number_in(wanted.words, numbers):
        own = next((one for one in numbers if _key(one) == _key(number)), "")
        return find(own, wanted.conversation, shelf) or _not_here(number, wanted, numbers, shelf)
    if organs := _organs_in(wanted):
        inquiries = _found(numbers, wanted.conversation, shelf)
        newest = next((one for one in inquiries if {subject.name for subject in one.subjects} & organs), None)
        return newest or _not_here(", ".join(sorted(organs)), wanted, numbers, shelf)
    return find(wanted.last, wanted.conversation, shelf) or text("acting.no_record", wanted.locale)


def _number_in(words: str, numbers: Iterable[str]) -> str:
    """Return what looks like a number of this conversation's series; empty if nothing does."""
    prefixes = "|".join(sorted({re.escape(one.partition("-")[0]) for one in numbers}))
    said = re.search(rf"\b(?:{prefixes})[\s-](?:\d{{4}}[\s-])?\d+\b", words, re.IGNORECASE) if prefixes else None
    return "-".join(_PARTS.split(said[0].upper())) if said else ""


def _key(number: str) -> tuple[str | int, ...]:
    """Return a number so that INV-2026-1 and INV-2026-001 are one."""
    return tuple(int(part) if part.isdecimal() else part for part in number.split("-"))


def _organs_in(wanted: Wanted) -> set[str]:
    hints = Hints(date.min, entities=tuple(wanted.organs), many=True)
    found = [one for one in find_entities(wanted.words, hints) if isinstance(one, Value)]
    return {one.display for one in found if one.certainty >= LIKELY}


def _found(numbers: Iterable[str], conversation: ConversationId, shelf: Shelf) -> list[Inquiry]:
    known = (find(number, conversation, shelf) for number in list(numbers)[:_MOST])
    return [one for one in known if one]


def _not_here(named: str, wanted: Wanted, numbers: Sequence[str], shelf: Shelf) -> str:
    known = _found(numbers, wanted.conversation, shelf)
    if not known:
        return text("acting.no_record", wanted.locale)
    told = [f"{one.number} ({about(one.subjects, wanted.locale)})" if one.subjects else one.number for one in known]
    return text("acting.not_here", wanted.locale, wanted=named, known="; ".join(told))
