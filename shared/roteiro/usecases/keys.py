"""API keys of machines: made by an operator, shown once, stored as a hash with scopes and an end."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from roteiro.errors import InvalidRequest
from roteiro.ports import Document, Shelf
from roteiro.usecases.audit import DEPLOYMENT, Deed, record

__all__ = ["LONGEST_LIFE", "find_key", "make_key"]

LONGEST_LIFE = timedelta(days=365)  # a key that nobody renews ends within a year
_NOTED_EVERY = timedelta(hours=1)  # how exact "last used" is; a write on every call would double its cost


def make_key(
    name: str,
    scopes: Iterable[str],
    hashed: str,
    known_scopes: frozenset[str],
    *,
    shelf: Shelf,
    now: datetime,
    made_by: str = "",
) -> str:
    """Store a key's hash and return the id that `rk_<id>_<secret>` carries. Raises InvalidRequest for a wrong scope.

    What is done with the key counts as done by `made_by`; empty: an operator made it for whom it is named after.
    """
    wanted = sorted(set(scopes))
    if unknown := [scope for scope in wanted if scope not in known_scopes]:
        raise InvalidRequest(f"unknown scope {', '.join(unknown)}: use {', '.join(sorted(known_scopes))}")
    key = secrets.token_hex(6)
    stored = {
        "version": 1,
        "id": key,
        "name": name,
        "hash": hashed,
        "scopes": wanted,
        "made_by": made_by or name,
        "created_at": now.isoformat(),
        "expires_at": (now + LONGEST_LIFE).isoformat(),
        "last_used_at": None,
    }
    maker, role = (made_by, "admin") if made_by else ("operator", "operator")
    made = Deed(maker, role, "key.made", subject=key, reason=f"{name}: {', '.join(wanted)}")
    record([made], DEPLOYMENT, shelf=shelf, now=now)
    shelf.create(f"key:{key}", stored)
    return key


def find_key(key: str, *, shelf: Shelf, now: datetime) -> Document | None:
    """Return a stored key by id and note, once an hour, that it was used."""
    stored = shelf.get(f"key:{key}")
    if stored and (stored["last_used_at"] or "") <= (now - _NOTED_EVERY).isoformat():
        used = {**stored, "last_used_at": now.isoformat(), "version": stored["version"] + 1}
        shelf.replace_if_version(f"key:{key}", used, stored["version"])
    return stored
