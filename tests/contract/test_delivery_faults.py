"""Webhooks over a real connection and every store: whatever goes wrong, the receiver applies each once."""

import json
import threading
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from roteiro.domain.conversation import Outgoing
from roteiro.domain.destinations import Reach
from roteiro.domain.faults import OwnFault
from roteiro.ports import Delivered, Letter, Sender
from roteiro.usecases.deadletters import list_dead, send_again
from roteiro.usecases.outbox import Office, announce, deliver_due
from roteiro.web.hooks.sending import HookSender
from roteiro.web.hooks.signing import key_of
from tests.contract.builders import an_event
from tests.receiver import OLD_SECRET, SECRET, Receiver, receiving


class Clock:
    """The time of now, for signatures that a receiver believes, and as much later as it is told."""

    def __init__(self) -> None:
        self._later = timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._later

    def sleep(self, seconds: float) -> None:
        self._later += timedelta(seconds=seconds)


class Crashing:
    """A sender whose process dies after it has sent, the first time."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender
        self._is_first = True

    def check(self, url: str, secret: str) -> Sequence[OwnFault]:
        return self._sender.check(url, secret)

    def send(self, letter: Letter, at: datetime) -> Delivered:
        delivered = self._sender.send(letter, at)
        if self._is_first:
            self._is_first = False
            raise KeyboardInterrupt
        return delivered


def an_office(store: Any, sender: Sender, clock: Clock) -> Office:
    return Office(store, store, lambda: sender, clock, lambda: 0.5)


def a_sender() -> HookSender:
    return HookSender(Reach(is_local=True), {"CRM": [key_of(SECRET)]})


def finished(store: Any, receiver: Receiver, clock: Clock) -> None:
    """Store an event that tells the receiver of a completed script."""
    hook = {"url": f"http://127.0.0.1:{receiver.port}/hook", "secret_ref": "CRM", "timeout_s": 0.5}
    body = {"protocol": "20261121483920175", "script_id": 105}
    event = an_event(outbox=(Outgoing("script.completed", hook, body),))
    announce(event, store, clock)
    store.append(event)


def silent(_: BaseHTTPRequestHandler, is_over: threading.Event) -> None:
    is_over.wait()


@pytest.mark.parametrize("fault", [500, 503, 429, silent])
def test_what_failed_for_a_moment_is_applied_once(store: Any, fault: int | Callable[..., None]) -> None:
    clock = Clock()
    with receiving(fault, 200) as receiver:
        finished(store, receiver, clock)
        office = an_office(store, a_sender(), clock)
        first = deliver_due(office, 5)
        clock.sleep(31)
        second = deliver_due(office, 5)

    assert [one.verdict for one in first + second] == ["later", "sent"]
    assert len(receiver.requests) == 2
    assert [told["script_id"] for told in receiver.applied.values()] == [105]


def test_who_dies_after_sending_makes_it_sent_twice_and_applied_once(store: Any) -> None:
    clock = Clock()
    with receiving() as receiver:
        finished(store, receiver, clock)
        office = an_office(store, Crashing(a_sender()), clock)
        with pytest.raises(KeyboardInterrupt):
            deliver_due(office, 5)
        assert deliver_due(office, 5) == []
        clock.sleep(31)
        assert [one.verdict for one in deliver_due(office, 5)] == ["sent"]

    assert (len(receiver.requests), len(receiver.applied)) == (2, 1)


def test_a_receiver_that_is_gone_is_left_alone_until_an_admin_says_otherwise(store: Any) -> None:
    clock = Clock()
    with receiving(410, 200) as receiver:
        finished(store, receiver, clock)
        office = an_office(store, a_sender(), clock)
        assert [one.verdict for one in deliver_due(office, 5)] == ["off"]
        clock.sleep(100_000)
        assert deliver_due(office, 5) == []

        (dead,), _ = list_dead("", 5, shelf=store)
        send_again(dead["id"], store=store, shelf=store, clock=clock)
        assert [one.verdict for one in deliver_due(office, 5)] == ["sent"]

    assert len(receiver.requests) == 2


def test_a_receiver_with_another_key_applies_nothing(store: Any) -> None:
    clock = Clock()
    with receiving(401, secret=OLD_SECRET) as receiver:
        finished(store, receiver, clock)
        assert [one.verdict for one in deliver_due(an_office(store, a_sender(), clock), 5)] == ["dead"]

    assert (receiver.applied, receiver.refused) == ({}, ["No matching signature found"])


def test_what_is_replayed_altered_or_stale_is_not_applied_again(store: Any) -> None:
    clock = Clock()
    with receiving() as receiver:
        finished(store, receiver, clock)
        deliver_due(an_office(store, a_sender(), clock), 5)

    ((path, headers, body),) = receiver.requests
    stale = {**headers, "webhook-timestamp": str(int(headers["webhook-timestamp"]) - 301)}
    for again in ((headers, body), (headers, body.replace(b"105", b"106")), (stale, body)):
        receiver.take(path, *again)

    assert [told["script_id"] for told in receiver.applied.values()] == [105]
    assert receiver.refused == ["No matching signature found", "Message timestamp too old"]
    assert json.loads(body)["id"] == headers["webhook-id"]


def test_of_two_who_deliver_at_once_one_sends(store: Any) -> None:
    clock, barrier = Clock(), threading.Barrier(2)
    verdicts: list[str] = []
    with receiving() as receiver:
        finished(store, receiver, clock)

        def deliver() -> None:
            barrier.wait()
            verdicts.extend(one.verdict for one in deliver_due(an_office(store, a_sender(), clock), 5))

        both = [threading.Thread(target=deliver) for _ in range(2)]
        for thread in both:
            thread.start()
        for thread in both:
            thread.join()

    assert (verdicts, len(receiver.requests)) == (["sent"], 1)
