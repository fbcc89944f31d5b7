"""Where a webhook may go: the form of its address, and which network addresses are anybody's to reach.

The one check against requests that are turned inwards (SSRF). The form is checked when a script is saved, published and
delivered; the addresses that a name stands for when it is published and delivered.
"""

import ipaddress
import re
from collections.abc import Collection, Iterable
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from roteiro.domain.faults import OwnFault

__all__ = ["AS_WRITTEN", "Destination", "Reach", "check_addresses", "destination_of", "is_public"]

_HTTPS_PORT, _HTTP_PORT = 443, 80
_USUAL_PORTS = {"https": _HTTPS_PORT, "http": _HTTP_PORT}
_LEGIBLE = re.compile(
    r"[!-\[\]-~]{1,2000}"
)  # printable ASCII without blanks and backslashes, which readers differ about
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
# The last label begins with a letter: so no way to write a number (decimal, hexadecimal, octal, short) is a name.
_NAME = re.compile(rf"(?=.{{1,253}}\Z)(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?")
_LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})

# Source: the special-purpose registries of IANA. `ipaddress` knows them too, but older releases of it know fewer.
_CLOSED_V4 = tuple(
    map(
        ipaddress.IPv4Network,
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 "
        "192.88.99.0/24 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4".split(),
    )
)
# Everything outside 2000::/3 is closed: loopback, ULA, link-local, multicast, NAT64, IPv4-mapped and -compatible forms.
_OPEN_V6 = ipaddress.IPv6Network("2000::/3")
_CLOSED_V6 = tuple(map(ipaddress.IPv6Network, "2001::/23 2001:db8::/32 2002::/16 3fff::/20".split()))


class Destination(NamedTuple):
    """Whom to connect to and what to ask for; `target` is path and query, `host` a name in lower case."""

    is_secure: bool
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Return what the Host header says."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        usual = _HTTPS_PORT if self.is_secure else _HTTP_PORT
        return name if self.port == usual else f"{name}:{self.port}"


class Reach(NamedTuple):
    """What this deployment allows: `hosts` are `name` or `name:port`, empty: every public name; http only locally."""

    hosts: Collection[str] = ()
    is_local: bool = False
    any_port: bool = False


AS_WRITTEN = Reach(is_local=True, any_port=True)  # when a script is saved: what no deployment would allow is refused


def destination_of(url: str, reach: Reach) -> Destination:
    """Return where a URL leads; raises OwnFault with the rule that forbids it.

    https to a named host; http to this machine, in local runs only.
    """
    found = _named(_split(url))
    if found.is_secure:
        _check_reach(found, reach)
    elif not (reach.is_local and found.host in _LOOPBACK_NAMES):
        raise OwnFault("hook_scheme")
    return found


def check_addresses(destination: Destination, addresses: Iterable[str]) -> None:
    """Raise OwnFault unless every address of a destination is one that it may have: public, or ours for http."""
    for address in addresses:
        is_allowed = is_public(address) if destination.is_secure else ipaddress.ip_address(address).is_loopback
        if not is_allowed:
            raise OwnFault("hook_address", found=destination.host)


def is_public(address: str) -> bool:
    """Say whether an address belongs to the public internet, in no disguise.

    >>> [is_public(address) for address in ("8.8.8.8", "100.64.0.1", "::ffff:8.8.8.8", "2606:4700::1111")]
    [True, False, False, True]
    """
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:  # a scope we cannot read, such as fe80::1%eth0 on some systems
        return False
    if isinstance(parsed, ipaddress.IPv4Address):
        return not any(parsed in network for network in _CLOSED_V4)
    return parsed in _OPEN_V6 and not any(parsed in network for network in _CLOSED_V6)


def _split(url: str) -> SplitResult:
    if not _LEGIBLE.fullmatch(url):
        raise OwnFault("hook_form")
    try:
        parts = urlsplit(url)
        _ = parts.port  # read here, so that what is no number is refused with the rest
    except ValueError:
        raise OwnFault("hook_form") from None
    if not parts.netloc or parts.fragment:
        raise OwnFault("hook_form")
    return parts


def _named(parts: SplitResult) -> Destination:
    """Return where a URL says it leads, be it allowed or not; raises OwnFault if it names a user, or no web address."""
    if parts.username is not None or "@" in parts.netloc:
        raise OwnFault("hook_user_info")
    if parts.scheme not in _USUAL_PORTS:
        raise OwnFault("hook_scheme")
    port = _USUAL_PORTS[parts.scheme] if parts.port is None else parts.port
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Destination(parts.scheme == "https", parts.hostname or "", port, target)


def _check_reach(found: Destination, reach: Reach) -> None:
    """Raise OwnFault unless a secure destination has a name, and the port and host that this deployment allows."""
    if not _NAME.fullmatch(found.host):
        raise OwnFault("hook_host", found=found.host)
    is_usual = found.port == _HTTPS_PORT
    is_named = f"{found.host}:{found.port}" in reach.hosts or (is_usual and found.host in reach.hosts)
    if not (is_usual or is_named or reach.any_port):
        raise OwnFault("hook_port", found=found.port)
    if reach.hosts and not is_named:
        raise OwnFault("hook_not_listed", found=found.host)
