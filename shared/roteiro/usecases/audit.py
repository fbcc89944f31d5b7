"""Who did what, in order and provably whole: one chain of entries per pack, cut into days; the insert is the lock.

`audit:<pack>:<day>:<seq>` = {"pack", "day": "2026-11-20", "seq": 1, "at", "who", "role", "action", …, "previous",
"hash"}: `hash` = SHA-256(previous hash + canonical entry). The first of a day `follows` the last of the day before.
No message text, ever. An entry is written before what it tells is done: if it cannot be, the deed is refused.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, NamedTuple

from roteiro.domain.canonical import canonical
from roteiro.domain.ids import ScriptId
from roteiro.domain.moments import stamp
from roteiro.errors import Stale
from roteiro.ports import Document, Shelf
from roteiro.usecases.parts import all_pages

__all__ = ["CURSOR", "DEPLOYMENT", "Deed", "Flaw", "chains", "read_audit", "record", "verify_chain"]

DEPLOYMENT = "_"  # the chain of what belongs to no pack, such as keys; no pack can have this name
CURSOR = re.compile(r"(?:[a-z0-9_-]{1,60}:\d{4}-\d\d-\d\d:\d{6}(?:,|\Z))*")  # where each chain goes on
_ATTEMPTS = 200  # other writers of one pack who may take a seat first, within one write
_PAGE = 200
_MOST_LOOKED_AT = 2000  # entries that one filtered page reads before it answers with what it found


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody of the house does; what does not apply stays empty."""

    who: str
    role: str
    action: str  # such as script.published, script.approved, key.made
    request_id: str = ""
    script: ScriptId | None = None
    version: int | None = None
    conversation: str = ""
    protocol: str = ""  # of the conversation: what those see who may not see its id
    subject: str = ""  # anything else that it is about, such as a key's id
    reason: str = ""
    before: str = ""  # checksum of what it was
    after: str = ""  # checksum of what it becomes


class Flaw(NamedTuple):
    """Where a chain is not whole: `altered`, `missing` before it, `misplaced`, or `cut` off at its end."""

    entry: str
    kind: str


def record(deeds: Sequence[Deed], pack: str, *, shelf: Shelf, now: datetime) -> None:
    """Append what is about to be done; raises StoreUnavailable, or Stale after too many rivals: do not do it then."""
    newest = shelf.get(_newest_key(pack)) or {}
    last: Document = newest
    for deed in deeds:
        last = _append(deed, last, pack, shelf, now)
    if deeds:
        _note(last, newest, pack, shelf)


def read_audit(
    shelf: Shelf, *, script: ScriptId | None = None, cursor: str = "", limit: int = 50
) -> tuple[list[Document], str | None]:
    """Return entries of every chain, newest first, and the cursor of the next page (None at the end).

    With a script only its own; a page may then hold fewer than `limit` and still have a next one.
    """
    places = _places(cursor, shelf)
    found: list[Document] = []
    for looked_at, entry in enumerate(_merged([_backwards(end, shelf) for end in places.values()])):
        if len(found) == limit or looked_at == _MOST_LOOKED_AT:
            return found, _cursor(places)
        places[entry["pack"]] = _before(entry, shelf)
        if script is None or entry.get("script") == script:
            found.append(entry)
    return found, None


def _places(cursor: str, shelf: Shelf) -> dict[str, str]:
    """Return the key where each chain goes on: those of the cursor, else the newest entries."""
    ends = [f"audit:{part}" for part in cursor.split(",")] if cursor else [_end(pack, shelf) for pack in chains(shelf)]
    return {end.split(":")[1]: end for end in ends if end != "audit:"}


def _cursor(places: Mapping[str, str]) -> str:
    return ",".join(place.removeprefix("audit:") for place in places.values() if place)


def chains(shelf: Shelf) -> list[str]:
    """Return the names of all chains: packs, and DEPLOYMENT."""
    return [document["pack"] for document in all_pages(shelf, _newest_key(""))]


def verify_chain(pack: str, shelf: Shelf) -> list[Flaw]:
    """Return every place where a pack's chain is not what was written; an empty list proves it whole."""
    flaws: list[Flaw] = []
    day: list[Document] = []  # the entries of the day that is being read
    for entry in all_pages(shelf, f"audit:{pack}:"):
        if kind := _flaw(entry, day):
            flaws.append(Flaw(entry["_id"], kind))
        day = [*day, entry] if day and day[0].get("day") == entry.get("day") else [entry]
    newest = shelf.get(_newest_key(pack))
    if newest and newest["entry"] > (day[-1]["_id"] if day else ""):
        flaws.append(Flaw(newest["entry"], "cut"))
    return flaws


def _append(deed: Deed, last: Document, pack: str, shelf: Shelf, now: datetime) -> Document:
    for _ in range(_ATTEMPTS):
        today = max(now.strftime("%Y-%m-%d"), last.get("day", ""))  # never behind what a faster clock wrote
        if last and last["day"] < today:
            last = shelf.get(_last_from(_key(pack, last["day"], last["seq"]), shelf)) or last
        entry = _entry(deed, last, pack, today, now)
        key = _key(pack, today, entry["seq"])
        if shelf.create(key, entry):
            return entry
        last = shelf.get(key) or last
    raise Stale(f"the audit of {pack} could not be written: too many rivals")


def _entry(deed: Deed, last: Document, pack: str, day: str, now: datetime) -> dict[str, Any]:
    is_same_day = last.get("day") == day
    entry = {
        "pack": pack,
        "day": day,
        "seq": last["seq"] + 1 if is_same_day else 1,
        "at": stamp(now),
        "previous": last.get("hash", ""),
        **{name: value for name, value in asdict(deed).items() if value not in ("", None)},
    }
    if last and not is_same_day:
        entry["follows"] = _key(pack, last["day"], last["seq"])
    return {**entry, "hash": _hash(entry)}


def _hash(entry: Mapping[str, Any]) -> str:
    told = {name: value for name, value in entry.items() if name not in ("_id", "hash")}
    return hashlib.sha256((str(entry.get("previous", "")) + canonical(told)).encode()).hexdigest()


def _note(last: Document, newest: Document, pack: str, shelf: Shelf) -> None:
    """Note where the chain ends. It may lag behind: who finds the seat taken reads on from there."""
    version = newest.get("version", 0)
    end = {name: last[name] for name in ("pack", "day", "seq", "hash")}
    noted = {**end, "entry": _key(pack, last["day"], last["seq"]), "version": version + 1}
    if version:
        shelf.replace_if_version(_newest_key(pack), noted, version)
    else:
        shelf.create(_newest_key(pack), noted)


def _flaw(entry: Document, day: Sequence[Document]) -> str:
    """Return what is wrong with an entry after those of its day, or of the day before; empty: nothing."""
    if entry.get("hash") != _hash(entry):
        return "altered"
    if entry["_id"] != _key(entry["pack"], entry["day"], entry["seq"]):
        return "misplaced"
    if not day:  # the oldest that is kept
        return "" if entry["seq"] == 1 else "missing"
    last = day[-1]
    following = last["seq"] + 1 if entry["day"] == last["day"] else 1
    return "" if (entry["seq"], entry["previous"]) == (following, last["hash"]) else "missing"


def _merged(walks: Sequence[Iterator[Document]]) -> Iterator[Document]:
    """Yield the entries of several chains, newest first."""
    waiting = [(entry, walk) for walk in walks if (entry := next(walk, None))]
    while waiting:
        latest = max(waiting, key=lambda pair: pair[0]["at"])
        waiting.remove(latest)
        entry, walk = latest
        yield entry
        if following := next(walk, None):
            waiting.append((following, walk))


def _backwards(place: str, shelf: Shelf) -> Iterator[Document]:
    """Yield the entries of a chain from one backwards to the first."""
    while place:
        _, pack, day, seq = place.split(":")
        skipped = max(int(seq) - _PAGE, 0)
        page = shelf.scan(f"audit:{pack}:{day}:", _key(pack, day, skipped), int(seq) - skipped) if int(seq) else []
        yield from reversed(page)
        place = _before(page[0], shelf) if page else ""


def _before(entry: Document, shelf: Shelf) -> str:
    """Return the key of the entry before one; empty if it is the first."""
    if entry["seq"] > 1:
        return _key(entry["pack"], entry["day"], entry["seq"] - 1)
    follows = entry.get("follows", "")
    return _last_from(follows, shelf) if follows else ""


def _end(pack: str, shelf: Shelf) -> str:
    newest = shelf.get(_newest_key(pack)) or {}
    return _last_from(newest["entry"], shelf)


def _last_from(place: str, shelf: Shelf) -> str:
    """Return the key of a day's last entry, reading on from one that is known."""
    _, pack, day, seq = place.split(":")
    number = int(seq)
    while shelf.get(_key(pack, day, number + 1)):
        number += 1
    return _key(pack, day, number)


def _key(pack: str, day: str, seq: int) -> str:
    return f"audit:{pack}:{day}:{seq:06d}"


def _newest_key(pack: str) -> str:
    return f"audit-newest:{pack}"
