"""Addresses that open one file for a while: whoever has the address may, and nobody else can make one."""

import base64
import hmac
from collections.abc import Iterable

__all__ = ["is_signed", "signature"]


def signature(key: bytes, name: str, until: int) -> str:
    """Return what proves that we gave out the file `name` until a second of Unix time; 43 characters of base64url."""
    mac = hmac.digest(key, f"{until}\n{name}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def is_signed(keys: Iterable[bytes], name: str, until: int, given: str) -> bool:
    """Say whether one of the keys signed exactly this name and moment."""
    return any(hmac.compare_digest(signature(key, name, until).encode(), given.encode()) for key in keys)
