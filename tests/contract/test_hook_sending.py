"""One try to tell another system: what it gets, what is made of its answer, and how little it can do to us."""

import json
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from roteiro.domain.destinations import Reach
from roteiro.ports import Delivered, Letter
from roteiro.web.hooks.sending import Connect, HookSender, resolve
from roteiro.web.hooks.signing import key_of
from tests.receiver import OLD_SECRET, SECRET, Conduct, Receiver, receiving

KEYS = {"CRM": [key_of(SECRET)]}
BODY = json.dumps({"type": "script.completed", "slots": {"cidade": "São Paulo"}}, ensure_ascii=False).encode()
LOCAL = Reach(is_local=True)


def a_letter(receiver: Receiver | None = None, **changes: object) -> Letter:
    port = receiver.port if receiver else 9
    given = {"id": "wh_1", "url": f"http://127.0.0.1:{port}/hook?a=1", "secret": "CRM", "body": BODY, "timeout_s": 2.0}
    return Letter(**given | changes)  # type: ignore[arg-type] # one of its own fields


def sent(letter: Letter, sender: HookSender | None = None) -> Delivered:
    return (sender or HookSender(LOCAL, KEYS)).send(letter, datetime.now(UTC))


def test_the_receiver_gets_the_body_and_can_prove_whose_it_is() -> None:
    with receiving() as receiver:
        assert sent(a_letter(receiver)) == Delivered(200)

    ((path, headers, body),) = receiver.requests
    assert (path, body) == ("/hook?a=1", BODY)
    assert headers["host"] == f"127.0.0.1:{receiver.port}"
    assert headers["content-type"] == "application/json"
    assert headers["user-agent"].startswith("Roteiro/")
    assert receiver.applied == {"wh_1": {"type": "script.completed", "slots": {"cidade": "São Paulo"}}}


@pytest.mark.parametrize("known", [SECRET, OLD_SECRET])
def test_while_a_key_is_changed_receivers_with_either_key_believe(known: str) -> None:
    sender = HookSender(LOCAL, {"CRM": [key_of(SECRET), key_of(OLD_SECRET)]})

    with receiving(secret=known) as receiver:
        sent(a_letter(receiver), sender)

    assert list(receiver.applied) == ["wh_1"]


def test_a_receiver_with_another_key_believes_nothing() -> None:
    with receiving(secret=OLD_SECRET) as receiver:
        sent(a_letter(receiver))

    assert (receiver.applied, len(receiver.refused)) == ({}, 1)


@pytest.mark.parametrize("status", [200, 204, 299, 301, 307, 400, 404, 410, 429, 500, 503])
def test_the_status_is_told_as_it_is_and_no_redirect_is_followed(status: int) -> None:
    with receiving(status) as receiver:
        assert sent(a_letter(receiver)) == Delivered(status)

    assert [path for path, *_ in receiver.requests] == ["/hook?a=1"]


def silent(_: BaseHTTPRequestHandler, is_over: threading.Event) -> None:
    is_over.wait()


def dripping(handler: BaseHTTPRequestHandler, is_over: threading.Event) -> None:
    for byte in b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000:
        if is_over.wait(0.05):
            return
        handler.wfile.write(bytes([byte]))


def endless_headers(handler: BaseHTTPRequestHandler, is_over: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    while not is_over.is_set():
        try:
            handler.wfile.write(b"X-Filler: " + b"y" * 60_000 + b"\r\n")
        except OSError:
            return


def nonsense(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    handler.wfile.write(b"SMTP ready\r\n\r\n")


def nothing(_: BaseHTTPRequestHandler, __: threading.Event) -> None:
    """Close without a word."""


@pytest.mark.parametrize(
    ("conduct", "reasons"),
    [
        (silent, {"timeout"}),
        (dripping, {"timeout"}),
        (nonsense, {"bad_answer"}),
        (nothing, {"bad_answer", "unreachable"}),
    ],
)
def test_a_receiver_that_behaves_badly_is_given_up_in_time(conduct: Conduct, reasons: set[str]) -> None:
    with receiving(conduct) as receiver:
        outcome = sent(a_letter(receiver, timeout_s=0.3))

    assert (outcome.status, outcome.is_forbidden) == (0, False)
    assert outcome.reason in reasons


def pouring(handler: BaseHTTPRequestHandler, is_over: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
    while not is_over.is_set():
        try:
            handler.wfile.write(b"x" * 65_536)
        except OSError:
            return


def half_a_body(handler: BaseHTTPRequestHandler, is_over: threading.Event) -> None:
    handler.wfile.write(b"HTTP/1.1 202 Accepted\r\nContent-Length: 100\r\n\r\nx")
    is_over.wait()


@pytest.mark.parametrize(("conduct", "status"), [(pouring, 200), (half_a_body, 202), (endless_headers, 200)])
def test_of_an_answer_that_never_ends_only_the_status_is_kept(conduct: Conduct, status: int) -> None:
    with receiving(conduct) as receiver:
        outcome = sent(a_letter(receiver, timeout_s=0.5))

    assert outcome == Delivered(status)


def test_a_port_where_nobody_listens_is_unreachable() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    assert sent(a_letter(url=f"http://127.0.0.1:{port}/")) == Delivered(0, "unreachable")


def test_a_name_that_nobody_knows_may_be_known_later() -> None:
    def unknown(_: str, __: int) -> list[str]:
        raise socket.gaierror("no such name")

    sender = HookSender(Reach(), KEYS, resolve=unknown)

    assert sender.check("https://crm.example.com/", "CRM") == []
    assert sent(a_letter(url="https://crm.example.com/"), sender) == Delivered(0, "unresolved")


def test_a_name_without_addresses_is_unreachable() -> None:
    sender = HookSender(Reach(), KEYS, resolve=lambda _, __: [])

    assert sent(a_letter(url="https://crm.example.com/"), sender) == Delivered(0, "unreachable")


def test_a_secret_that_the_settings_lack_is_refused_before_anything_is_sent() -> None:
    sender = HookSender(LOCAL, {})

    with receiving() as receiver:
        assert sent(a_letter(receiver), sender) == Delivered(0, "hook_secret", is_forbidden=True)
        assert [fault.code for fault in sender.check("https://crm.example.com/", "CRM")] == ["hook_secret"]

    assert receiver.requests == []


def test_the_next_address_is_tried_when_the_first_is_dead() -> None:
    tried: list[str] = []

    def reach(address: str, _: int, within: float) -> socket.socket:
        tried.append(address)
        if address == "::1":
            raise ConnectionRefusedError
        return socket.create_connection(("127.0.0.1", receiver.port), within)

    sender = HookSender(LOCAL, KEYS, resolve=lambda _, __: ["::1", "127.0.0.1"], connect=reach)

    with receiving() as receiver:
        assert sent(a_letter(url="http://localhost:9000/"), sender) == Delivered(200)

    assert tried == ["::1", "127.0.0.1"]


def test_the_systems_own_resolver_gives_each_address_once() -> None:
    addresses = resolve("localhost", 80)

    assert set(addresses) <= {"127.0.0.1", "::1"}
    assert len(addresses) == len(set(addresses))


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate of crm.example.com and its key, in one file, that nobody else trusts."""
    folder = tmp_path_factory.mktemp("tls")
    made, key = folder / "cert.pem", folder / "key.pem"
    names = ["-subj", "/CN=crm.example.com", "-addext", "subjectAltName=DNS:crm.example.com"]
    asked = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"]
    subprocess.run([*asked, *names, "-keyout", key, "-out", made], check=True, capture_output=True)
    made.write_text(made.read_text() + key.read_text())
    return made


@pytest.fixture
def secure(certificate: Path) -> Iterator[tuple[Receiver, list[str], Connect]]:
    """A receiver over TLS, the names it was asked for, and a way to it from any address."""
    asked: list[str] = []
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    tls.sni_callback = lambda _, name, __: asked.append(name)
    with receiving(tls=tls) as receiver:
        yield receiver, asked, lambda _, __, within: socket.create_connection(("127.0.0.1", receiver.port), within)


@pytest.mark.parametrize(("port", "host"), [("", "crm.example.com"), (":8443", "crm.example.com:8443")])
def test_the_checked_address_is_asked_in_the_names_name(
    secure: tuple[Receiver, list[str], Connect], certificate: Path, port: str, host: str
) -> None:
    receiver, asked, connect = secure
    trust = ssl.create_default_context(cafile=certificate)
    reach = Reach(("crm.example.com", "crm.example.com:8443"))
    sender = HookSender(reach, KEYS, resolve=lambda _, __: ["93.184.216.34"], connect=connect, trust=trust)

    assert sent(a_letter(url=f"https://crm.example.com{port}/hook"), sender) == Delivered(200)

    assert asked == ["crm.example.com"]
    assert receiver.requests[0][1]["host"] == host


@pytest.mark.parametrize("name", ["crm.example.com", "other.example.com"])
def test_a_certificate_that_nobody_trusts_or_that_is_anothers_is_refused(
    secure: tuple[Receiver, list[str], Connect], certificate: Path, name: str
) -> None:
    receiver, _, connect = secure
    trust = ssl.create_default_context(cafile=None if name == "crm.example.com" else certificate)
    sender = HookSender(Reach(), KEYS, resolve=lambda _, __: ["93.184.216.34"], connect=connect, trust=trust)

    assert sent(a_letter(url=f"https://{name}/"), sender) == Delivered(0, "tls")

    assert receiver.requests == []
