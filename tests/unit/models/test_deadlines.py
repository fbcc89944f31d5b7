"""Calls that end by our own clock."""

import threading
import time

import pytest

from roteiro.errors import ModelUnavailable
from roteiro.models.completions import tokens_used
from roteiro.models.deadlines import Workers


def test_a_call_in_time_gives_its_answer_and_knows_when_it_has_to_end() -> None:
    began = time.monotonic()

    end = Workers("test").run(lambda end: end, 5.0)

    assert began + 5.0 <= end <= time.monotonic() + 5.0


def test_who_waits_goes_on_at_the_deadline_whatever_the_worker_does() -> None:
    hold = threading.Event()
    began = time.monotonic()

    with pytest.raises(ModelUnavailable) as caught:
        Workers("test").run(lambda _: hold.wait(10), 0.05)
    hold.set()

    assert caught.value.reason == "timeout"
    assert time.monotonic() - began < 5


def test_what_goes_wrong_in_the_worker_reaches_who_waits() -> None:
    def broken(_: float) -> None:
        raise ModelUnavailable("nonsense", reason="error")

    with pytest.raises(ModelUnavailable, match="nonsense"):
        Workers("test").run(broken, 5.0)


@pytest.mark.parametrize(
    "reply", [None, [], {}, {"usage": None}, {"usage": {"total_tokens": "9"}}, {"usage": {"total_tokens": -1}}]
)
def test_a_reply_that_tells_no_tokens_costs_none(reply: object) -> None:
    assert tokens_used(reply) == 0


def test_a_reply_tells_its_tokens() -> None:
    assert tokens_used({"usage": {"total_tokens": 9}}) == 9
