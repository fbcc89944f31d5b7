"""ID tokens of people: who they are, proven by their issuer's signature. What they may do stands in our own store."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from roteiro.errors import NotAllowed
from roteiro.web.identity.keyset import ALGORITHMS, KeySet

__all__ = ["Issuer", "has_token_form"]

_LEEWAY_S = 30  # by which two clocks may differ
_REQUIRED = ["exp", "iat", "aud", "iss", "sub"]


def has_token_form(credential: str) -> bool:
    """Say whether this can only be meant as an ID token: three parts, and no session token of ours."""
    return credential.count(".") == 2 and not credential.startswith("rt1.")  # noqa: PLR2004 - a JWT has three parts


@dataclass(frozen=True)
class Issuer:
    """Who signs ID tokens, for which audience, and for whom: `organisation` is a claim and its only good value."""

    name: str
    audience: str
    keys: KeySet
    organisation: tuple[str, str] | None = None

    def subject_of(self, token: str, now: datetime) -> str:
        """Return `sub`, whom a token speaks of; `now` is the age of our keys, the token's own times are the system's.

        Raises NotAllowed (`token_invalid`), IssuerUnavailable.
        """
        import jwt  # noqa: PLC0415 - never before a token arrives

        try:
            key = self._key(jwt.get_unverified_header(token), now)
            claims = jwt.decode(
                token,
                key,
                algorithms=list(ALGORITHMS),
                audience=self.audience,
                issuer=self.name,
                leeway=_LEEWAY_S,
                options={"require": _REQUIRED, "enforce_minimum_key_length": True},
            )
        except (jwt.PyJWTError, RecursionError) as error:
            raise NotAllowed(code="token_invalid") from error
        if not self._is_ours(claims):
            raise NotAllowed(code="token_invalid")
        return str(claims["sub"])

    def _key(self, header: Mapping[str, Any], now: datetime) -> Any:
        kid = header.get("kid")
        key = self.keys.find(kid, now) if header.get("alg") in ALGORITHMS and isinstance(kid, str) else None
        if key is None:
            raise NotAllowed(code="token_invalid")
        return key

    def _is_ours(self, claims: Mapping[str, Any]) -> bool:
        """Say whether a proven token is for us alone, of a verified address, and of our organisation."""
        audiences = claims["aud"] if isinstance(claims["aud"], list) else [claims["aud"]]
        if len(audiences) > 1 and claims.get("azp") != self.audience:  # source: OpenID Connect Core, 3.1.3.7
            return False
        if "email" in claims and claims.get("email_verified") is not True:
            return False
        return self.organisation is None or claims.get(self.organisation[0]) == self.organisation[1]
