"""An issuer's public keys: fetched when one is asked for, kept, and used for an hour more when their server is down.

PyJWT's own client asks again for every unknown key id, follows redirects and forgets the set when a fetch fails
(decision 0019); this one does none of these.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from roteiro.errors import IssuerUnavailable

__all__ = ["ALGORITHMS", "Fetch", "Key", "KeySet"]

log = logging.getLogger("roteiro")

ALGORITHMS = ("RS256", "ES256")
_FRESH = timedelta(minutes=5)  # a set is fetched again after this; chosen: a key taken back is refused that soon
_STALE = timedelta(hours=1)  # how long an older set is used while there is no newer one
_PAUSE = timedelta(seconds=10)  # between two fetches, whatever key ids strangers make up; chosen

Fetch = Callable[[], Mapping[str, Any]]  # the key set as JSON; raises IssuerUnavailable
Key = Any  # a PyJWK; its library is imported by the first token


class KeySet:
    """The keys of one issuer by their id (`kid`); one thread fetches, the others use what there is."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._keys: Mapping[str, Key] = {}
        self._fetched: datetime | None = None
        self._next_try: datetime | None = None
        self._lock = Lock()

    def find(self, kid: str, now: datetime) -> Key | None:
        """Return the key with this id; None: the issuer has none. Raises IssuerUnavailable if that cannot be said."""
        if self._is_due(kid, now) and self._lock.acquire(blocking=self._fetched is None):
            try:
                if self._is_due(kid, now):
                    self._renew(now)
            finally:
                self._lock.release()
        if self._fetched is None or now - self._fetched > _FRESH + _STALE:
            raise IssuerUnavailable("the issuer's keys could not be fetched")
        return self._keys.get(kid)

    def _is_due(self, kid: str, now: datetime) -> bool:
        if self._next_try is not None and now < self._next_try:
            return False
        return self._fetched is None or kid not in self._keys or now - self._fetched >= _FRESH

    def _renew(self, now: datetime) -> None:
        self._next_try = now + _PAUSE
        try:
            self._keys = _usable(self._fetch())
        except IssuerUnavailable as error:
            log.warning("the issuer's keys could not be fetched", exc_info=error)
            return
        self._fetched = now


def _usable(document: Mapping[str, Any]) -> dict[str, Key]:
    """Return the keys that sign by an algorithm we accept; raises IssuerUnavailable if there are none."""
    from jwt import PyJWKSet, PyJWTError  # noqa: PLC0415 - never before a token arrives

    try:
        found = PyJWKSet.from_dict(dict(document)).keys
    except PyJWTError as error:
        raise IssuerUnavailable("the issuer's answer holds no key that can be used") from error
    return {
        key.key_id: key
        for key in found
        if key.key_id and key.algorithm_name in ALGORITHMS and key.public_key_use in (None, "sig")
    }
