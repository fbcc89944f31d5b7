"""Investigations on record: `record:<number>` holds what was asked and how far it was read; any call goes on.

A number is claimed for one message of a conversation (`record-of:<conversation>:<digest>`) before anything is written:
a turn that is decided again, because it lost its seat or by the client's next try after a kill, makes one record.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from roteiro.domain.anomalies.investigation import investigation_from, investigation_to
from roteiro.domain.anomalies.subject import Subject
from roteiro.domain.ids import ConversationId
from roteiro.domain.moments import COMPANY_ZONE, stamp
from roteiro.domain.script import Record
from roteiro.ports import Clock, Ledger, Shelf
from roteiro.usecases.investigating import begin, investigate
from roteiro.usecases.parts import all_pages

__all__ = [
    "Inquiry",
    "Reader",
    "claim",
    "create",
    "find",
    "forget_all_records",
    "forget_records",
    "go_on",
    "numbers_of",
    "withdraw",
]

_STRETCH = timedelta(seconds=0.5)  # of reading between two writes: what a killed instance loses at most (chosen)
_DIGITS = 16  # hexadecimal, of a claim: 64 bits among the records of one conversation


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A record: `about` is what it was made of and never changes, `subjects` the organs that are read for it.

    `done_at` is when the last organ was summed up, as a stamp; empty before.
    """

    number: str
    about: Mapping[str, Any]
    subjects: tuple[Subject, ...] = ()
    version: int = 1
    done_at: str = ""

    @property
    def is_done(self) -> bool:
        """Say whether everything is read and summed up."""
        return all(one.case.is_done for one in self.subjects)

    def is_about(self, about: Mapping[str, Any]) -> bool:
        """Say whether it was made of this, whenever that was."""
        return {**self.about, "created_at": ""} == {**about, "created_at": ""}

    def as_document(self) -> dict[str, Any]:
        """Return it as the shelf holds it."""
        cases = [{"name": one.name, "case": investigation_to(one.case)} for one in self.subjects]
        own = {"number": self.number, "version": self.version, "done_at": self.done_at, "cases": cases}
        return {**self.about, **own}


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads contracts, and until when in this call."""

    shelf: Shelf
    ledger: Ledger
    clock: Clock
    until: datetime

    @property
    def is_late(self) -> bool:
        """Say whether this call must answer now."""
        return self.clock.now() >= self.until


def claim(conversation: ConversationId, place: str, record: Record, shelf: Shelf, now: datetime) -> str:
    """Return the number of what a place in a conversation puts on record: always the same one, and nobody else's."""
    key = _claim_key(conversation, place)
    if known := shelf.get(key):
        return str(known["number"])
    number = _next_number(record, shelf, now)
    shelf.create(key, {"number": number})
    return str((shelf.get(key) or {"number": number})["number"])


def find(number: str, conversation: ConversationId, shelf: Shelf) -> Inquiry | None:
    """Return a record of this conversation; None if it is another's, or erased."""
    stored = shelf.get(f"record:{number}") if number else None
    if stored is None or stored["conversation"] != conversation:
        return None
    subjects = tuple(Subject(one["name"], investigation_from(one["case"])) for one in stored["cases"])
    return Inquiry(number, _about(stored), subjects, stored["version"], stored["done_at"])


def numbers_of(conversation: ConversationId, shelf: Shelf) -> list[str]:
    """Return the numbers of what a conversation put on record, the newest first."""
    numbers = {str(stored["number"]) for stored in all_pages(shelf, f"record-of:{conversation}:")}
    return sorted(numbers, key=lambda one: [part.zfill(_DIGITS) for part in one.split("-")[1:]], reverse=True)


def create(inquiry: Inquiry, shelf: Shelf, instead_of: Inquiry | None = None) -> Inquiry:
    """Put an inquiry on record, in place of one whose turn lost its seat; return what is known if somebody else did."""
    key, fresh = f"record:{inquiry.number}", inquiry
    if instead_of:
        fresh = replace(inquiry, version=instead_of.version + 1)
        is_mine = shelf.replace_if_version(key, fresh.as_document(), instead_of.version)
    else:
        is_mine = shelf.create(key, fresh.as_document())
    return fresh if is_mine else find(inquiry.number, inquiry.about["conversation"], shelf) or inquiry


def go_on(inquiry: Inquiry, reader: Reader) -> Inquiry:
    """Read on until everything is read or the call is late, at least a page; what was read is kept on the way.

    Raises StoreUnavailable; the next call then goes on from what was kept.
    """
    inquiry = _renewed(inquiry, reader)
    while not inquiry.is_done:
        inquiry = _kept(replace(inquiry, subjects=_read_on(inquiry.subjects, reader)), reader)
        if reader.is_late:
            break
    return inquiry


def withdraw(conversation: ConversationId, place: str, shelf: Shelf) -> None:
    """Delete what one place in a conversation put on record: its turn was refused."""
    key = _claim_key(conversation, place)
    if stored := shelf.get(key):
        _delete(f"record:{stored['number']}", shelf)
        _delete(key, shelf)


def forget_records(conversation: ConversationId, shelf: Shelf) -> None:
    """Delete what a conversation put on record. Repeated, it finishes what was begun."""
    claims = f"record-of:{conversation}:"
    for stored in all_pages(shelf, claims):
        _delete(f"record:{stored['number']}", shelf)
    shelf.delete_range(claims, f"record-of:{conversation};")


def forget_all_records(shelf: Shelf) -> None:
    """Delete what all conversations put on record; the numbers go on from where they were."""
    shelf.delete_range("record:", "record;")
    shelf.delete_range("record-of:", "record-of;")


def _claim_key(conversation: ConversationId, place: str) -> str:
    return f"record-of:{conversation}:{hashlib.sha256(place.encode()).hexdigest()[:_DIGITS]}"


def _delete(key: str, shelf: Shelf) -> None:
    shelf.delete_range(key, f"{key} ")


def _next_number(record: Record, shelf: Shelf, now: datetime) -> str:
    """Return INV-2026-001, the year being São Paulo's; without a year the numbers never begin anew."""
    series = f"{record.prefix}-{now.astimezone(COMPANY_ZONE).year}" if record.year else record.prefix
    return f"{series}-{shelf.next_number(f'records:{series}'):03}"


def _about(stored: Mapping[str, Any]) -> dict[str, Any]:
    own = {"_id", "number", "version", "done_at", "cases"}
    return {name: value for name, value in stored.items() if name not in own}


def _renewed(inquiry: Inquiry, reader: Reader) -> Inquiry:
    """Begin again what is unfinished or found nothing, if other files were imported since: it would mix two ledgers."""
    names = tuple(source.shown for source in reader.ledger.sources())
    return replace(inquiry, subjects=tuple(_current(one, names, reader.ledger) for one in inquiry.subjects))


def _current(one: Subject, names: tuple[str, ...], ledger: Ledger) -> Subject:
    case = one.case
    if case.sources == names or (case.is_done and case.whole.contracts):
        return one
    return replace(one, case=begin(case.organ, case.start, case.end, ledger, case.bounds))


def _read_on(subjects: Sequence[Subject], reader: Reader) -> tuple[Subject, ...]:
    """Return the organs, the first unfinished one read a stretch further."""
    end = min(reader.until, reader.clock.now() + _STRETCH)
    place = next(place for place, one in enumerate(subjects) if not one.case.is_done)
    one = subjects[place]
    further = replace(one, case=investigate(one.case, reader.ledger, lambda: reader.clock.now() >= end))
    return (*subjects[:place], further, *subjects[place + 1 :])


def _kept(inquiry: Inquiry, reader: Reader) -> Inquiry:
    """Keep how far it is; if another call went further meanwhile, return what that one kept."""
    done_at = stamp(reader.clock.now()) if inquiry.is_done else ""
    further = replace(inquiry, version=inquiry.version + 1, done_at=done_at)
    key = f"record:{inquiry.number}"
    if reader.shelf.replace_if_version(key, further.as_document(), inquiry.version):
        return further
    return find(inquiry.number, inquiry.about["conversation"], reader.shelf) or further
