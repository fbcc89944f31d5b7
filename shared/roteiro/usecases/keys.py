"""API keys of machines: made by an admin, shown once, stored as a hash with scopes and an end.

`key:<id>` = {"version", "id", "name", "hash", "scopes", "made_by", "created_at", "expires_at", "last_used_at"}.
What is done with a key counts as done by `made_by` where two people are needed; at the desk each key is somebody.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from roteiro.domain.roles import ALL_SCOPES
from roteiro.errors import Fault, InvalidRequest, NotFound
from roteiro.ports import Document, Shelf
from roteiro.usecases.audit import DEPLOYMENT, Deed, record

__all__ = ["LONGEST_LIFE", "KeyOrder", "Maker", "find_key", "list_keys", "make_key", "note_use", "remove_key"]

LONGEST_LIFE = timedelta(days=365)  # a key that nobody renews ends within a year
_NOTED_EVERY = timedelta(hours=1)  # how exact "last used" is; a write on every call would double its cost


@dataclass(frozen=True, slots=True)
class Maker:
    """Who changes what others may do; `person` is who a key that they make counts as (empty: its own name)."""

    name: str = "operator"
    role: str = "operator"
    request_id: str = ""
    person: str = ""

    def deed(self, action: str, subject: str, reason: str) -> Deed:
        """Return what they do, for the audit."""
        return Deed(self.name, self.role, action, self.request_id, subject=subject, reason=reason)


@dataclass(frozen=True, slots=True)
class KeyOrder:
    """A key that somebody wants: `hashed` is what is stored of its secret, without `expires_at` it lives a year."""

    name: str
    scopes: tuple[str, ...]
    hashed: str
    expires_at: datetime | None = None


def make_key(order: KeyOrder, maker: Maker, *, shelf: Shelf, now: datetime) -> Document:
    """Store a key and return it; its `id` is what `rk_<id>_<secret>` carries.

    Raises InvalidRequest for an unknown scope, none, or an end in the past or beyond a year.
    """
    expires = order.expires_at or now + LONGEST_LIFE
    _check(order, expires, now)
    key, scopes = secrets.token_hex(6), sorted(set(order.scopes))
    stored = {
        "version": 1,
        "id": key,
        "name": order.name,
        "hash": order.hashed,
        "scopes": scopes,
        "made_by": maker.person or order.name,
        "created_at": now.isoformat(),
        "expires_at": expires.isoformat(),
        "last_used_at": None,
    }
    told = maker.deed("key.made", key, f"{order.name}: {', '.join(scopes)}")
    record([told], DEPLOYMENT, shelf=shelf, now=now)
    shelf.create(f"key:{key}", stored)
    return stored


def find_key(key: str, shelf: Shelf) -> Document | None:
    """Return a stored key by id."""
    return shelf.get(f"key:{key}")


def note_use(stored: Document, *, shelf: Shelf, now: datetime) -> None:
    """Note, once an hour, that a key was used."""
    if (stored["last_used_at"] or "") <= (now - _NOTED_EVERY).isoformat():
        used = {**stored, "last_used_at": now.isoformat(), "version": stored["version"] + 1}
        shelf.replace_if_version(f"key:{stored['id']}", used, stored["version"])


def list_keys(after: str, limit: int, shelf: Shelf) -> tuple[list[Document], str | None]:
    """Return keys after the id `after`, and the cursor of the next page (None at the end)."""
    found = shelf.scan("key:", f"key:{after}" if after else "", limit)
    return found, str(found[-1]["id"]) if len(found) == limit else None


def remove_key(key: str, maker: Maker, *, shelf: Shelf, now: datetime) -> None:
    """Take a key away, at once. Raises NotFound if there is no such key."""
    stored = find_key(key, shelf)
    if stored is None:
        raise NotFound(f"there is no key {key}")
    record([maker.deed("key.removed", key, stored["name"])], DEPLOYMENT, shelf=shelf, now=now)
    shelf.delete_range(f"key:{key}", f"key:{key}:")


def _check(order: KeyOrder, expires: datetime, now: datetime) -> None:
    faults, unknown = [], sorted(set(order.scopes) - ALL_SCOPES)
    if unknown or not order.scopes:
        faults.append(Fault("scopes", "not_a_choice", (("expected", ", ".join(sorted(ALL_SCOPES))),)))
    if not now < expires <= now + LONGEST_LIFE:
        faults.append(Fault("expires_at", "key_end"))
    if faults:
        raise InvalidRequest(f"unknown scope {', '.join(unknown)}" if unknown else "no such key", faults=faults)
