"""An issuer for one developer's run: its key is made at start, signs a few tokens and is gone; never in production."""

import json
import time
from datetime import datetime
from typing import NamedTuple

from roteiro.ports import Shelf
from roteiro.usecases.keys import Maker
from roteiro.usecases.staff import Entry, find_entry, put_entry

__all__ = ["DevelopmentKeys", "open_development"]

_PEOPLE = {"attendant": "Ana", "editor": "Edu"}  # role, which is their `sub` too, and the name that customers read
_LIFE_S = 12 * 3600  # a day of work
_KID = "development"


class DevelopmentKeys(NamedTuple):
    """The public keys as a key set in JSON, and an ID token per role."""

    key_set: str
    tokens: dict[str, str]


def open_development(issuer: str, audience: str, shelf: Shelf, now: datetime) -> DevelopmentKeys:
    """Give the developer's people their roles, sign a token for each with a new key, and forget its private half."""
    for role, name in _PEOPLE.items():
        if not find_entry(issuer, role, shelf):
            put_entry(Entry(issuer, role, role, name=name), Maker(), shelf=shelf, now=now)
    return _signed(issuer, audience)


def _signed(issuer: str, audience: str) -> DevelopmentKeys:
    import jwt  # noqa: PLC0415 - only `roteiro run` on a laptop needs it
    from cryptography.hazmat.primitives.asymmetric import ec  # noqa: PLC0415 - same
    from jwt.algorithms import ECAlgorithm  # noqa: PLC0415 - same

    key, now = ec.generate_private_key(ec.SECP256R1()), int(time.time())
    public = ECAlgorithm.to_jwk(key.public_key(), as_dict=True) | {"kid": _KID, "use": "sig", "alg": "ES256"}
    facts = {"iss": issuer, "aud": audience, "iat": now, "exp": now + _LIFE_S}
    tokens = {role: jwt.encode({**facts, "sub": role}, key, "ES256", headers={"kid": _KID}) for role in _PEOPLE}
    return DevelopmentKeys(json.dumps({"keys": [public]}), tokens)
