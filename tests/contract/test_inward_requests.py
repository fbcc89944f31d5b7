"""Sixty ways to turn a webhook inwards: none of them makes a connection; without the check, each of them does."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

import pytest

from roteiro.domain.destinations import AS_WRITTEN, Destination, Reach, destination_of
from roteiro.domain.faults import OwnFault
from roteiro.ports import Letter
from roteiro.web.hooks import sending
from roteiro.web.hooks.sending import HookSender
from tests.receiver import receiving

# Numbers in every way that some reader takes for an address of this machine, a neighbour or the cloud's own desk.
WRITTEN = """
https://127.0.0.1/ https://127.1/ https://127.0.1/ https://2130706433/ https://0x7f000001/ https://0x7f.1/
https://0177.0.0.1/ https://017700000001/ https://0x7f.0x0.0x0.0x1/ https://127.000.000.001/ https://0/ https://0.0.0.0/
https://10.0.0.1/ https://172.16.0.1/ https://192.168.0.1/ https://100.64.0.1/ https://169.254.169.254/
https://2852039166/ https://0xa9fea9fe/ https://0251.0376.0251.0376/ https://[::1]/ https://[::]/ https://[::ffff:127.0.0.1]/
https://[::ffff:7f00:1]/ https://[0:0:0:0:0:ffff:169.254.169.254]/ https://[64:ff9b::7f00:1]/ https://[2002:7f00:1::]/
https://[fe80::1]/ https://[fd00::1]/ https://[ff02::1]/ https://localhost/ https://LOCALHOST/ https://localhost./
https://metadata/ https://127.0.0.1./ https://user@127.0.0.1/ https://crm.example.com@127.0.0.1/
https://crm.example.com%40127.0.0.1/ https://crm.example.com:443@127.0.0.1/ https://127.0.0.1:443#@crm.example.com/
http://127.0.0.1/ http://crm.example.com/ gopher://127.0.0.1/ file://127.0.0.1/ ftp://127.0.0.1/ https://127.0.0.1:6379/
""".split()
ODD = ["https://１２７.0.0.1/", "https://①②⑦.0.0.1/", "https://127。0。0。1/", "https://crm.example.com\\@127.0.0.1/"]
# Names of good form that somebody lets stand for a closed address, one among open ones, or another at each question.
NAMED = [
    ("https://in.example.com/", ["127.0.0.1"]),
    ("https://in.example.com/", ["10.1.2.3"]),
    ("https://in.example.com/", ["169.254.169.254"]),
    ("https://in.example.com/", ["100.64.0.1"]),
    ("https://in.example.com/", ["0.0.0.0"]),  # noqa: S104 - an address to refuse, nothing listens
    ("https://in.example.com/", ["224.0.0.1"]),
    ("https://in.example.com/", ["::1"]),
    ("https://in.example.com/", ["::ffff:127.0.0.1"]),
    ("https://in.example.com/", ["64:ff9b::7f00:1"]),
    ("https://in.example.com/", ["fd00::1"]),
    ("https://in.example.com/", ["fe80::1%eth0"]),
    ("https://in.example.com/", ["93.184.216.34", "127.0.0.1"]),
    ("https://127.0.0.1.nip.io/", ["127.0.0.1"]),
    ("https://metadata.google.internal/", ["169.254.169.254"]),
]
FORMS = [(url, ["127.0.0.1"]) for url in WRITTEN + ODD] + NAMED


class Trap:
    """What must never be reached: it counts who comes, and hangs up."""

    def __init__(self) -> None:
        self._door = socket.create_server(("127.0.0.1", 0))
        self.visits = 0

    def reach(self, _: str, __: int, within: float) -> socket.socket:
        """Connect to the trap, whatever address was meant."""
        visitor = socket.create_connection(("127.0.0.1", self._door.getsockname()[1]), within)
        self._door.accept()[0].close()
        self.visits += 1
        return visitor

    def close(self) -> None:
        self._door.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    one = Trap()
    yield one
    one.close()


def a_sender(trap: Trap, *addresses: str) -> HookSender:
    return HookSender(Reach(), {"CRM": [b"key"]}, resolve=lambda _, __: list(addresses), connect=trap.reach)


def a_letter(url: str) -> Letter:
    return Letter("wh_1", url, "CRM", b"{}", 2.0)


def test_there_are_sixty_forms_and_more() -> None:
    assert len({(url, *addresses) for url, addresses in FORMS}) >= 60


def test_no_form_of_a_closed_address_passes_publishing_or_delivery(trap: Trap) -> None:
    forbidden = 0
    for url, addresses in FORMS:
        sender = a_sender(trap, *addresses)
        assert [fault.code[:5] for fault in sender.check(url, "CRM")] == ["hook_"], url
        forbidden += sender.send(a_letter(url), datetime.now(UTC)).is_forbidden

    assert forbidden == len(FORMS)
    assert trap.visits == 0


def test_no_number_for_a_name_passes_saving_but_this_machine_which_local_runs_may_tell() -> None:
    refused = []
    for url in WRITTEN + ODD:
        try:
            destination_of(url, AS_WRITTEN)
        except OwnFault:
            refused.append(url)

    assert set(WRITTEN + ODD) - set(refused) == {"http://127.0.0.1/"}


def test_with_the_check_off_every_form_reaches_the_trap(trap: Trap, monkeypatch: pytest.MonkeyPatch) -> None:
    def anywhere(url: str, _: Reach) -> Destination:
        return Destination(is_secure=False, host=ascii(urlsplit(url).hostname), port=443, target="/")

    monkeypatch.setattr(sending, "destination_of", anywhere)
    monkeypatch.setattr(sending, "check_addresses", lambda _, __: None)

    for url, addresses in FORMS:
        a_sender(trap, *addresses).send(a_letter(url), datetime.now(UTC))

    assert trap.visits == len(FORMS)


def test_a_name_that_changes_its_address_after_the_check_changes_nothing(trap: Trap) -> None:
    answers, connected = iter([["93.184.216.34"], ["127.0.0.1"]]), []

    def reach(address: str, _: int, __: float) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError

    sender = HookSender(Reach(), {"CRM": [b"key"]}, resolve=lambda _, __: next(answers), connect=reach)
    first = sender.send(a_letter("https://in.example.com/"), datetime.now(UTC))
    second = sender.send(a_letter("https://in.example.com/"), datetime.now(UTC))

    assert (first.reason, second.reason) == ("unreachable", "hook_address")
    assert connected == ["93.184.216.34"]


def test_a_redirect_inwards_is_not_followed() -> None:
    with receiving(302) as receiver:
        sender = HookSender(Reach(is_local=True), {"CRM": [b"key"]})
        outcome = sender.send(a_letter(f"http://127.0.0.1:{receiver.port}/"), datetime.now(UTC))

    assert outcome.status == 302
    assert [path for path, *_ in receiver.requests] == ["/"]
