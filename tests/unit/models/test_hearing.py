"""A call that is heard while it runs, by our own clock."""

import threading
import time
from collections.abc import Callable

import pytest

from roteiro.errors import ModelUnavailable
from roteiro.models import deadlines
from roteiro.models.breaker import Breaker
from roteiro.models.deadlines import Workers
from roteiro.models.scripted import ScriptedModel
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt

Tell = Callable[[str], None]


def heard(workers: Workers, call: Callable[[Tell, float], object], seconds: float = 5.0) -> tuple[list[str], object]:
    pieces, said = [], workers.stream(call, seconds)
    while True:
        try:
            pieces.append(next(said))
        except StopIteration as end:
            return pieces, end.value


def test_what_a_worker_tells_is_heard_in_order_and_then_what_it_returns() -> None:
    def call(tell: Tell, _: float) -> str:
        for piece in "abc":
            tell(piece)
        return "whole"

    assert heard(Workers("test"), call) == (["a", "b", "c"], "whole")


def test_a_piece_is_heard_before_the_worker_tells_the_next() -> None:
    go_on = threading.Event()

    def call(tell: Tell, _: float) -> None:
        tell("a")
        assert go_on.wait(5)
        tell("b")

    said = Workers("test").stream(call, 5.0)

    first = next(said)
    go_on.set()
    assert [first, *said] == ["a", "b"]


def test_a_silent_worker_is_waited_for_with_empty_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "_SILENCE_S", 0.01)
    hold = threading.Event()
    said = Workers("test").stream(lambda *_: hold.wait(5), 5.0)

    pieces = [next(said), next(said)]
    hold.set()

    assert pieces == ["", ""]


@pytest.mark.parametrize("is_talking", [True, False])
def test_who_listens_goes_on_at_the_deadline_and_the_worker_is_told(*, is_talking: bool) -> None:
    began, refused = time.monotonic(), threading.Event()

    def call(tell: Tell, _: float) -> None:
        while not refused.wait(0.005):
            try:
                tell("a" if is_talking or time.monotonic() > began + 0.2 else "")
            except ModelUnavailable:
                refused.set()

    with pytest.raises(ModelUnavailable) as caught:
        heard(Workers("test"), call, 0.1)

    assert caught.value.reason == "timeout"
    assert time.monotonic() - began < 3
    assert refused.wait(5)


def test_who_stops_listening_ends_the_call_and_counts_it_as_good() -> None:
    breaker, refused = Breaker(), threading.Event()

    def call(tell: Tell, _: float) -> None:
        try:
            while True:
                tell("a")
        except ModelUnavailable:
            refused.set()
            raise

    for _ in range(6):
        said = Workers("test", breaker).stream(call, 5.0)
        next(said)
        said.close()

    assert refused.wait(5)
    assert not breaker.is_open


def test_what_goes_wrong_after_a_word_reaches_who_listens_and_the_breaker() -> None:
    workers = Workers("test")

    def call(tell: Tell, _: float) -> None:
        tell("a")
        raise ModelUnavailable("broken off", reason="error")

    for _ in range(5):
        with pytest.raises(ModelUnavailable, match="broken off"):
            heard(workers, call)

    assert workers.breaker.is_open
    with pytest.raises(ModelUnavailable, match="rests"):
        heard(workers, call)


def test_no_model_is_heard_as_the_script() -> None:
    said = ScriptedModel().stream(Prompt((), "Olá."))

    assert next(said) == "Olá."
    with pytest.raises(StopIteration) as end:
        next(said)
    assert end.value.value == Wording("Olá.")
