"""What people of the house may do: one entry per person of the issuer, with a role and single scopes beyond it.

`staff:<SHA-256 of issuer|sub>` = {"version", "issuer", "subject", "name", "role", "grants": [scope], "made_by",
"changed_at"}. No entry is no role; an e-mail address is never a name for anybody here.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from roteiro.domain.moments import stamp
from roteiro.domain.roles import ALL_SCOPES, ROLES
from roteiro.errors import Fault, InvalidRequest, NotFound, Stale
from roteiro.ports import Document, Shelf
from roteiro.usecases.audit import DEPLOYMENT, record
from roteiro.usecases.keys import Maker

__all__ = ["Entry", "find_entry", "list_entries", "put_entry", "remove_entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A person of an issuer, what they may do, and the name that customers may read (empty: none)."""

    issuer: str
    subject: str
    role: str
    grants: tuple[str, ...] = ()
    name: str = ""


def find_entry(issuer: str, subject: str, shelf: Shelf) -> Document | None:
    """Return a person's entry."""
    return shelf.get(_key(issuer, subject))


def list_entries(after: str, limit: int, shelf: Shelf) -> tuple[list[Document], str | None]:
    """Return entries after the id `after`, and the cursor of the next page (None at the end)."""
    found = shelf.scan("staff:", f"staff:{after}" if after else "", limit)
    return found, str(found[-1]["_id"]).removeprefix("staff:") if len(found) == limit else None


def put_entry(entry: Entry, maker: Maker, *, shelf: Shelf, now: datetime) -> Document:
    """Give a person a role, over what they had. Raises InvalidRequest for an unknown role or scope, Stale."""
    _check(entry)
    key = _key(entry.issuer, entry.subject)
    before = shelf.get(key)
    version = before["version"] if before else 0
    stored: dict[str, Any] = {
        "version": version + 1,
        "issuer": entry.issuer,
        "subject": entry.subject,
        "name": entry.name,
        "role": entry.role,
        "grants": sorted({*entry.grants} - ROLES[entry.role]),
        "made_by": maker.name,
        "changed_at": stamp(now),
    }
    rights = f"{_rights(before)} -> {_rights(stored)}" if before else _rights(stored)
    action = "staff.changed" if before else "staff.added"
    record([maker.deed(action, entry.subject, rights)], DEPLOYMENT, shelf=shelf, now=now)
    if not (shelf.replace_if_version(key, stored, version) if before else shelf.create(key, stored)):
        raise Stale(f"the entry of {entry.subject} was changed by somebody else")
    return stored


def remove_entry(issuer: str, subject: str, maker: Maker, *, shelf: Shelf, now: datetime) -> None:
    """Take every right away, at once. Raises NotFound if there is no such entry."""
    key = _key(issuer, subject)
    before = shelf.get(key)
    if before is None:
        raise NotFound(f"{subject} has no role")
    record([maker.deed("staff.removed", subject, _rights(before))], DEPLOYMENT, shelf=shelf, now=now)
    shelf.delete_range(key, f"{key}:")


def _check(entry: Entry) -> None:
    faults = []
    if entry.role not in ROLES:
        faults.append(Fault("role", "not_a_choice", (("expected", ", ".join(ROLES)),)))
    if unknown := sorted(set(entry.grants) - ALL_SCOPES):
        expected = (("found", ", ".join(unknown)), ("expected", ", ".join(sorted(ALL_SCOPES))))
        faults.append(Fault("grants", "not_a_choice", expected))
    if faults:
        raise InvalidRequest("the role or a scope is unknown", faults=faults)


def _rights(entry: Document) -> str:
    return " + ".join([entry["role"], *entry["grants"]])


def _key(issuer: str, subject: str) -> str:
    return "staff:" + hashlib.sha256(f"{issuer}|{subject}".encode()).hexdigest()
