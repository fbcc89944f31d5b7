"""One request as a route sees it: what was sent and by whom, with nothing of Flask's in the way."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Request

from roteiro.errors import InvalidRequest, NotAllowed
from roteiro.web.identity import Caller

__all__ = ["Call", "caller_address", "credential_of", "is_own_origin", "request_id_of"]

_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_LOCALHOST = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?")
_BEARER = re.compile(r"bearer +(\S+)", re.IGNORECASE)


@dataclass(frozen=True)
class Call:
    """A request that passed its route's checks; `body` is an instance of the route's schema, or None."""

    request: Request
    request_id: str
    locale: str
    address: str
    body: Any
    path: Mapping[str, str]
    staff: Caller | None

    @property
    def bearer(self) -> str | None:
        """Return the bearer credential, if one was sent; raises NotAllowed for another kind of credential."""
        return bearer_of(self.request)

    @property
    def message_id(self) -> str:
        """Return the client's id of the message, from the body or the Idempotency-Key header; raises InvalidRequest."""
        given = getattr(self.body, "client_message_id", None) or self.request.headers.get("Idempotency-Key", "")
        if given and not _MESSAGE_ID.fullmatch(given):
            raise InvalidRequest(code="bad_id")
        return str(given)

    def number(self, name: str, default: int, most: int) -> int:
        """Return a whole number of the query, 1..most; raises InvalidRequest outside."""
        given = self.request.args.get(name, str(default))
        if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= most):
            raise InvalidRequest(code="invalid")
        return int(given)


def bearer_of(request: Request) -> str | None:
    """Return the bearer credential of a request, None without one; raises NotAllowed for any other scheme."""
    header = request.headers.get("Authorization")
    if header is None:
        return None
    found = _BEARER.fullmatch(header.strip())
    if found is None:
        raise NotAllowed(code="token_invalid")
    return found[1]


def credential_of(request: Request) -> str | None:
    """Return what staff and machines show: a bearer or X-API-Key."""
    return bearer_of(request) or request.headers.get("X-API-Key")


def request_id_of(request: Request, fresh: str) -> str:
    """Return the caller's request id if it has the documented form, else a fresh one."""
    given = request.headers.get("X-Request-Id", "")
    return given if _REQUEST_ID.fullmatch(given) else fresh


def caller_address(request: Request, trusted_hops: int) -> str:
    """Return the address that limits count: the right-most hop no proxy of ours wrote; IPv6 by its /64."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    address = hops[-trusted_hops] if 0 < trusted_hops <= len(hops) else request.remote_addr or "unknown"
    return ":".join(address.split(":")[:4]) if ":" in address else address[:64]


def is_own_origin(request: Request, origins: tuple[str, ...], *, is_local: bool) -> bool:
    """Say whether a page of this host, of a listed origin or (locally) of any local port sent the request."""
    origin = request.headers.get("Origin")
    if origin is None or origin in origins or urlsplit(origin).netloc == request.host:
        return True
    return is_local and _LOCALHOST.fullmatch(origin) is not None
