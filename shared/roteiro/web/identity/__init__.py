"""Who is calling: session tokens of customers, keys of machines, ID tokens of people. Deny by default."""

from roteiro.domain.roles import ALL_SCOPES, Scope
from roteiro.web.identity.callers import Caller, key_hash
from roteiro.web.identity.tokens import SessionToken, Tokens

__all__ = ["ALL_SCOPES", "Caller", "Scope", "SessionToken", "Tokens", "key_hash"]
