"""Session tokens: what a customer shows, signed here and checked before anything is read."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from roteiro.domain.ids import ConversationId
from roteiro.errors import NotAllowed

__all__ = ["SessionToken", "Tokens"]

_LIFE = timedelta(days=7)  # of a token; the conversation's own idle life is shorter


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


def _key_id(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()[:8]


def _mac(key: bytes, payload: str) -> str:
    return _base64(hmac.digest(key, f"rt1.{payload}".encode(), "sha256"))


def _base64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
