"""Staff and machines as routes see them: a name, a role, scopes; made from a key or from a person's entry."""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from roteiro.domain.roles import ALL_SCOPES, ROLES, role_of
from roteiro.errors import NotAllowed
from roteiro.ports import Document

__all__ = ["OPERATOR", "Caller", "checked_key", "is_operator", "key_caller", "key_hash", "person_caller"]

_KEY = re.compile(r"rk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})")


@dataclass(frozen=True)
class Caller:
    """A member of staff or a machine, with scopes."""

    name: str  # as the audit says it: a key's name, a person's `sub`, operator
    scopes: frozenset[str]
    role: str
    person: str = ""  # who it counts as: a key as the one who made it; empty: the name
    shown: str = ""  # as customers may read it; empty: they are told no name
    key: str = ""  # id of the API key that is shown; empty: another credential

    @property
    def id(self) -> str:
        """Return the person whom this counts as, whatever credential is shown: nobody approves their own work."""
        return self.person or self.name

    @property
    def seat(self) -> str:
        """Return who this is at the desk, where each key is somebody of its own, whoever made it."""
        return f"key:{self.key}" if self.key else self.name


OPERATOR = Caller("operator", ALL_SCOPES, "admin")


def is_operator(credential: str, admin_key: str) -> bool:
    """Say whether this is the admin key of the settings."""
    return bool(admin_key) and hmac.compare_digest(credential.encode(), admin_key.encode())


def checked_key(credential: str, find_key: Callable[[str], Document | None], now: datetime) -> Document:
    """Return the stored key; raises NotAllowed (`token_invalid`) for one that is unknown, wrong or at its end."""
    parts = _KEY.fullmatch(credential)
    stored = find_key(parts[1]) if parts else None
    if parts is None or stored is None or not hmac.compare_digest(stored["hash"], key_hash(parts[2])):
        raise NotAllowed(code="token_invalid")
    if stored["expires_at"] <= now.isoformat():
        raise NotAllowed(code="token_invalid")
    return stored


def key_caller(stored: Document) -> Caller:
    """Return who a stored key belongs to."""
    scopes = frozenset(stored["scopes"])
    return Caller(stored["name"], scopes, role_of(scopes), stored.get("made_by", ""), stored["name"], stored["id"])


def person_caller(subject: str, entry: Document | None) -> Caller:
    """Return a person with the role and the grants of their entry; raises NotAllowed (`forbidden`) without one."""
    if entry is None:
        raise NotAllowed(code="forbidden")
    scopes = ROLES[entry["role"]] | frozenset(entry["grants"])
    return Caller(subject, scopes, entry["role"], shown=entry["name"])


def key_hash(secret: str) -> str:
    """Return what is stored of an API key's secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
