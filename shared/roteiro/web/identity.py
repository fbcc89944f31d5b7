"""Who is calling: session tokens and cookies of customers, keys of staff and backends. Deny by default."""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from roteiro.domain.ids import ConversationId
from roteiro.errors import NotAllowed

__all__ = ["ALL_SCOPES", "Caller", "Scope", "SessionToken", "Tokens", "key_hash", "staff_caller"]

_LIFE = timedelta(days=7)  # of a token; the conversation's own idle life is shorter
_KEY = re.compile(r"rk_([a-z0-9]{12})_([A-Za-z0-9_-]{43})")


class Scope(StrEnum):
    """What a route asks for; `public` and `guest` ask for no credential."""

    PUBLIC = "public"
    GUEST = "guest"
    BACKEND = "backend"
    DESK = "desk"
    SCRIPTS_READ = "scripts:read"
    SCRIPTS_WRITE = "scripts:write"
    SCRIPTS_PUBLISH = "scripts:publish"
    AUDIT = "audit"
    ADMIN = "admin"


# The scope that only this role and those before it have.
_ROLES = {
    Scope.ADMIN: "admin",
    Scope.SCRIPTS_PUBLISH: "editor",
    Scope.SCRIPTS_WRITE: "editor",
    Scope.DESK: "attendant",
    Scope.AUDIT: "auditor",
    Scope.BACKEND: "backend",
}
ALL_SCOPES = frozenset(scope.value for scope in Scope) - {Scope.PUBLIC, Scope.GUEST}


@dataclass(frozen=True)
class Caller:
    """A member of staff or a machine, by name, with scopes; a key counts as the person who made it."""

    name: str
    scopes: frozenset[str]
    person: str = ""  # empty: the name

    @property
    def role(self) -> str:
        """Return the role whose work the scopes allow, as the audit names it."""
        return next((role for scope, role in _ROLES.items() if scope in self.scopes), "reader")


@dataclass(frozen=True)
class SessionToken:
    """What a token opens: one conversation of one pack."""

    conversation: ConversationId
    pack: str


class Tokens:
    """Signs and checks session tokens `rt1.<payload>.<mac>`; the first key signs, all verify.

    `payload` is base64url JSON `{"k": key id, "pack", "conversation", "iat": seconds}`; `mac` is HMAC-SHA256.
    """

    def __init__(self, keys: Callable[[], Sequence[bytes]]) -> None:
        self._keys = keys  # asked for on first use: without a setting the key is in the store

    def sign(self, conversation: ConversationId, pack: str, now: datetime) -> str:
        """Return a token for a conversation."""
        key = self._keys()[0]
        facts = {"k": _key_id(key), "pack": pack, "conversation": conversation, "iat": int(now.timestamp())}
        payload = _base64(json.dumps(facts, separators=(",", ":")).encode())
        return f"rt1.{payload}.{_mac(key, payload)}"

    def read(self, token: str, now: datetime) -> SessionToken:
        """Return what a token opens; raises NotAllowed (`token_invalid`) for a forged, foreign or old one."""
        kind, _, rest = token.partition(".")
        payload, _, mac = rest.partition(".")
        if kind != "rt1" or not any(hmac.compare_digest(_mac(key, payload), mac) for key in self._ascii_keys(token)):
            raise NotAllowed(code="token_invalid")
        facts: Mapping[str, Any] = json.loads(base64.urlsafe_b64decode(payload + "=="))
        if now.timestamp() - facts["iat"] > _LIFE.total_seconds():
            raise NotAllowed(code="token_invalid")
        return SessionToken(ConversationId(facts["conversation"]), facts["pack"])

    def derived(self, purpose: str) -> list[bytes]:
        """Return keys for another purpose, one of each signing key and the first one's first; none tells the others."""
        return [hmac.digest(key, purpose.encode(), "sha256") for key in self._keys()]

    def _ascii_keys(self, token: str) -> Sequence[bytes]:
        return self._keys() if token.isascii() else ()


def staff_caller(
    credential: str | None, admin_key: str, find_key: Callable[[str], Mapping[str, Any] | None], now: datetime
) -> Caller:
    """Return who a key belongs to; raises NotAllowed: `credential_required`, or `token_invalid` for a bad one."""
    if not credential:
        raise NotAllowed
    if admin_key and hmac.compare_digest(credential.encode(), admin_key.encode()):
        return Caller("operator", ALL_SCOPES)
    parts = _KEY.fullmatch(credential)
    stored = find_key(parts[1]) if parts else None
    if parts is None or stored is None or not hmac.compare_digest(stored["hash"], key_hash(parts[2])):
        raise NotAllowed(code="token_invalid")
    if stored["expires_at"] <= now.isoformat():
        raise NotAllowed(code="token_invalid")
    return Caller(stored["name"], frozenset(stored["scopes"]), stored.get("made_by", ""))


def key_hash(secret: str) -> str:
    """Return what is stored of an API key's secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _key_id(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]


def _mac(key: bytes, payload: str) -> str:
    return _base64(hmac.digest(key, f"rt1.{payload}".encode(), "sha256"))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
