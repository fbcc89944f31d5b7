"""One try to tell another system: look where the name leads, connect to exactly that, post, read the status.

The standard library's HTTP client, because a client that resolves names itself could be led elsewhere between the check
and the connection (decision 0017). No redirect is followed and nothing of the answer but its status is kept.
"""

import http.client
import io
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import datetime
from functools import cached_property
from typing import Any

from roteiro import __version__
from roteiro.domain.destinations import Destination, Reach, check_addresses, destination_of
from roteiro.domain.faults import OwnFault
from roteiro.ports import Delivered, Letter
from roteiro.web.hooks.signing import signed_headers

__all__ = ["Connect", "HookSender", "Resolve", "connect", "resolve"]

_MOST_ADDRESSES = 4  # of one name that are tried; chosen, so that a dead one does not cost the letter
_MOST_BODY = 1024  # bytes of an answer's body that are read, so that the receiver may finish, and then dropped
_MOST_ANSWER = 16 * 1024  # bytes of status line, headers and body together; chosen, twice what common servers send

Resolve = Callable[[str, int], Sequence[str]]  # name and port -> addresses; raises OSError
Connect = Callable[[str, int, float], socket.socket]  # address, port, seconds; raises OSError


def resolve(host: str, port: int) -> Sequence[str]:
    """Return the addresses of a name, the system's favourite first."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def connect(address: str, port: int, within: float) -> socket.socket:
    """Connect to an address; no name is looked up, because it is none."""
    return socket.create_connection((address, port), within)


class HookSender:
    """A Sender over the network; `keys` are the signing keys by the name that scripts give them, newest first."""

    def __init__(
        self,
        reach: Reach,
        keys: Mapping[str, Sequence[bytes]],
        *,
        resolve: Resolve = resolve,
        connect: Connect = connect,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        self._reach = reach
        self._keys = keys
        self._resolve = resolve
        self._connect = connect
        self._given_trust = trust

    def check(self, url: str, secret: str) -> list[OwnFault]:
        """Return what is wrong: an address that may not be told anything, a secret that the settings lack.

        A name that does not resolve now may do so later: only a delivery needs it.
        """
        faults = [] if secret in self._keys else [OwnFault("hook_secret", found=secret)]
        try:
            destination = destination_of(url, self._reach)
            with suppress(OSError):
                check_addresses(destination, self._resolve(destination.host, destination.port))
        except OwnFault as fault:
            faults.append(fault)
        return faults

    def send(self, letter: Letter, at: datetime) -> Delivered:
        """Try once; the answer tells what went wrong."""
        if letter.secret not in self._keys:
            return Delivered(0, "hook_secret", is_forbidden=True)
        deadline = time.monotonic() + letter.timeout_s
        try:
            destination = destination_of(letter.url, self._reach)
            addresses = self._resolve(destination.host, destination.port)
            check_addresses(destination, addresses)
            with closing(self._open(destination, addresses, deadline)) as line:
                return Delivered(_post(line, destination, self._headers(letter, at), letter.body, deadline))
        except OwnFault as fault:
            return Delivered(0, fault.code, is_forbidden=True)
        except (OSError, http.client.HTTPException) as error:
            return Delivered(0, _reason(error))

    @cached_property
    def _trust(self) -> ssl.SSLContext:
        return self._given_trust or ssl.create_default_context()

    def _open(self, destination: Destination, addresses: Sequence[str], deadline: float) -> socket.socket:
        """Connect to an address that was just checked, and speak TLS in the name's name."""
        line = self._reached(destination.port, addresses, deadline)
        if not destination.is_secure:
            return line
        try:
            line.settimeout(_left(deadline))
            return self._trust.wrap_socket(line, server_hostname=destination.host)
        except OSError:
            line.close()
            raise

    def _reached(self, port: int, addresses: Sequence[str], deadline: float) -> socket.socket:
        failure = OSError("the name has no address")
        for address in addresses[:_MOST_ADDRESSES]:
            try:
                return self._connect(address, port, _left(deadline))
            except OSError as error:
                failure = error
        raise failure

    def _headers(self, letter: Letter, at: datetime) -> dict[str, str]:
        return {
            "Content-Type": "application/json",
            "User-Agent": f"Roteiro/{__version__}",
            "Connection": "close",
            **signed_headers(letter.id, at, letter.body, self._keys[letter.secret]),
        }


class _Answer(io.RawIOBase):
    """What a socket still sends, until a deadline and up to a size: who drips or pours holds nobody up."""

    def __init__(self, line: socket.socket, deadline: float) -> None:
        self._line = line
        self._deadline = deadline
        self._rest = _MOST_ANSWER

    def makefile(self, *_: object) -> io.BufferedReader:
        """Return a file, as http.client asks for one."""
        return io.BufferedReader(self, _MOST_BODY)

    def readable(self) -> bool:
        """Say yes."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Read what is there; nothing more once the size is reached."""
        if self._rest <= 0:
            return 0
        self._line.settimeout(_left(self._deadline))
        count = self._line.recv_into(buffer)
        self._rest -= count
        return count


def _post(
    line: socket.socket, destination: Destination, headers: Mapping[str, str], body: bytes, deadline: float
) -> int:
    """Post over an open connection and return the status."""
    request = http.client.HTTPConnection(destination.host, destination.port)
    request.sock = line
    line.settimeout(_left(deadline))
    request.request("POST", destination.target, body, {"Host": destination.authority, **headers})
    response = http.client.HTTPResponse(_Answer(line, deadline), method="POST")  # type: ignore[arg-type] # only makefile is used
    with closing(response):
        response.begin()
        with suppress(OSError, http.client.HTTPException):  # the status says it all
            response.read(_MOST_BODY)
        return response.status


def _left(deadline: float) -> float:
    """Return the seconds left; raises TimeoutError when there are none."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left


def _reason(error: Exception) -> str:
    """Return which of the few kinds of failure this is; never the error's own text, which may quote the receiver."""
    kinds = (
        (TimeoutError, "timeout"),
        (ssl.SSLError, "tls"),
        (socket.gaierror, "unresolved"),
        (OSError, "unreachable"),
    )
    return next((reason for kind, reason in kinds if isinstance(error, kind)), "bad_answer")
