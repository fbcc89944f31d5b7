"""An issuer of ID tokens on this machine: keys that it rotates, a key set over HTTP, and tokens of every kind."""

import base64
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.keys import Maker
from roteiro.usecases.staff import Entry, put_entry
from tests.harness import TestClock

NAME, AUDIENCE = "https://login.example.com", "roteiro-tests"
Header = dict[str, str]


@cache
def private_key(kid: str) -> Any:
    """Return the key of an id, made once: RSA if it says so, else on the curve P-256."""
    if kid.startswith("rsa"):
        return rsa.generate_private_key(65537, 2048)
    return ec.generate_private_key(ec.SECP256R1())


def public_jwk(kid: str, **changes: str) -> dict[str, Any]:
    """Return a key as a key set holds it."""
    kind = RSAAlgorithm if kid.startswith("rsa") else ECAlgorithm
    return {**kind.to_jwk(private_key(kid).public_key(), as_dict=True), "kid": kid, "use": "sig", **changes}


def part(value: object) -> str:
    """Return one part of a token that is written by hand."""
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


def facts(**changes: object) -> dict[str, Any]:
    """Return the claims of a good token, without those that are changed to None."""
    now = int(time.time())
    all_of_them = {"iss": NAME, "aud": AUDIENCE, "sub": "ana", "iat": now, "exp": now + 600} | changes
    return {name: value for name, value in all_of_them.items() if value is not None}


def id_token(kid: str = "ec-1", signer: str = "", header: dict[str, Any] | None = None, **changes: object) -> str:
    """Return a token signed with the key `signer` (empty: the one that its header names)."""
    algorithm = "RS256" if kid.startswith("rsa") else "ES256"
    return jwt.encode(facts(**changes), private_key(signer or kid), algorithm, headers={"kid": kid, **(header or {})})


def bearer(token: str) -> Header:
    return {"Authorization": f"Bearer {token}"}


def give_role(database: Path, subject: str, role: str, *grants: str, name: str = "") -> None:
    """Enter a person of the issuer."""
    shelf = SqliteStore(str(database))
    put_entry(Entry(NAME, subject, role, grants, name), Maker(), shelf=shelf, now=TestClock().now())
    shelf.close()


class KeyServer:
    """What its next answers are, and how often it was asked."""

    def __init__(self) -> None:
        self.keys = [public_jwk("ec-1"), public_jwk("rsa-1")]
        self.status = 200
        self.asked: list[str] = []
        self.url = ""
        self.may_answer = threading.Event()
        self.may_answer.set()

    @property
    def settings(self) -> dict[str, str]:
        named = {"ROTEIRO_OIDC_ISSUER": NAME, "ROTEIRO_OIDC_AUDIENCE": AUDIENCE}
        return {**named, "ROTEIRO_OIDC_JWKS_URL": f"{self.url}/keys?v=1"}


@contextmanager
def serving_keys() -> Iterator[KeyServer]:
    """Run a key server on a free port of the loopback."""
    told = KeyServer()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            told.asked.append(self.path)
            told.may_answer.wait(10)
            self.send_response(told.status)
            if told.status == 302:
                self.send_header("Location", f"{told.url}/elsewhere")
            self.end_headers()
            self.wfile.write(json.dumps({"keys": told.keys}).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    told.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield told
    finally:
        told.may_answer.set()
        server.shutdown()
        server.server_close()
        thread.join()
