"""One request as a route sees it: what was sent and by whom, with nothing of Flask's in the way."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Request

from roteiro.errors import Fault, InvalidRequest, NotAllowed
from roteiro.web.identity import Caller

__all__ = ["Call", "caller_address", "credential_of", "is_own_origin", "request_id_of"]

_MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REQUEST_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_LOCALHOST = re.compile(r"https?://(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?")
_WHOLE_NUMBER = re.compile("-?[0-9]+")
_MOST_DIGITS = 20  # read of a number: more change nothing, it is too large or too small
_WORDS = re.compile(r"[a-z]+(?:\|[a-z]+)+")  # of a pattern that is a choice between words
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
    customer: str = ""  # `sub` of a customer who signed in; empty: nobody did

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

    def number(self, name: str, default: int, most: int, *, least: int = 1) -> int:
        """Return a whole number of the query, least..most; raises InvalidRequest for all else."""
        given = self.request.args.get(name, str(default))
        if not _WHOLE_NUMBER.fullmatch(given):
            raise InvalidRequest(faults=[Fault(name, "wrong_type_number")])
        number = int(given[:_MOST_DIGITS])
        if number < least:
            raise InvalidRequest(faults=[Fault(name, "too_small", (("limit", str(least)),))])
        if number > most:
            raise InvalidRequest(faults=[Fault(name, "too_large", (("limit", str(most)),))])
        return number

    def query(self, name: str, form: re.Pattern[str], default: str) -> str:
        """Return a value of the query; raises InvalidRequest unless it has the form as a whole."""
        given = self.request.args.get(name, default)
        if not form.fullmatch(given):
            raise InvalidRequest(faults=[_misfit(name, form)])
        return given


def _misfit(name: str, form: re.Pattern[str]) -> Fault:
    """Return what is wrong with a parameter; one of a few words is told which they are."""
    if _WORDS.fullmatch(form.pattern):
        return Fault(name, "not_a_choice", (("expected", form.pattern.replace("|", ", ")),))
    return Fault(name, "bad_form")


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
    return _counted(address)


def is_own_origin(request: Request, origins: tuple[str, ...], *, is_local: bool) -> bool:
    """Say whether a page of this host, of a listed origin or (locally) of any local port sent the request."""
    origin = request.headers.get("Origin")
    if origin is None or origin in origins or _host_of(origin) == request.host:
        return True
    return is_local and _LOCALHOST.fullmatch(origin) is not None


def _counted(address: str) -> str:
    """Return what stands for a caller: an IPv4 address, or the /64 that one IPv6 household has."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]  # what a proxy wrote instead, such as "unknown"
    if isinstance(parsed, ipaddress.IPv4Address):
        return str(parsed)
    if parsed.ipv4_mapped:
        return str(parsed.ipv4_mapped)
    return str(ipaddress.IPv6Address(int(parsed) >> 64 << 64))


def _host_of(origin: str) -> str:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # "http://[": no browser sends it
        return ""
