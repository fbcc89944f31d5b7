"""Who comes in between: a store that lets somebody act at a chosen point, and actors whose order chance decides."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Condition, local
from typing import Any

__all__ = ["Baton", "Interrupted", "Paused"]

_LONGEST_S = 20.0  # seconds that an actor waits for its turn; longer is a deadlock of the harness


class Interrupted:
    """A store of one turn: before and after its calls are points, and at one of them a deed is done.

    A fake model is a point too: it calls `pass_by`.
    """

    def __init__(self, store: Any, point: int = 0, deed: Callable[[], object] = lambda: None) -> None:
        self._store = store
        self._point = point
        self._deed = deed
        self.points = 0

    def pass_by(self) -> None:
        self.points += 1
        if self.points == self._point:
            self._deed()

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        call = getattr(self._store, verb)

        def between(*given: Any, **named: Any) -> Any:
            self.pass_by()
            try:
                return call(*given, **named)
            finally:
                self.pass_by()

        return between


class Baton:
    """Held by one of several actors at a time; at each pause chance says who goes on. A seed is one schedule."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)  # noqa: S311 - an order that can be played again
        self._turn = Condition()
        self._me = local()
        self._alive: list[int] = []
        self._holder = -1

    def play(self, actors: Sequence[Callable[[], object]]) -> None:
        """Run the actors to their ends, one at a time."""
        self._alive = list(range(len(actors)))
        with ThreadPoolExecutor(len(actors)) as threads:
            running = [threads.submit(self._run, number, actor) for number, actor in enumerate(actors)]
            with self._turn:
                self._pass_on()
            for one in running:
                one.result()

    def pause(self) -> None:
        """Let chance decide who goes on; whoever is no actor just goes on."""
        if (number := getattr(self._me, "number", None)) is None:
            return
        with self._turn:
            self._pass_on()
            self._wait(number)

    def _run(self, number: int, actor: Callable[[], object]) -> None:
        self._me.number = number
        with self._turn:
            self._wait(number)
        try:
            actor()
        finally:
            with self._turn:
                self._alive.remove(number)
                self._pass_on()

    def _wait(self, number: int) -> None:
        assert self._turn.wait_for(lambda: self._holder == number, _LONGEST_S), "nobody passed the baton on"

    def _pass_on(self) -> None:
        self._holder = self._chance.choice(self._alive) if self._alive else -1
        self._turn.notify_all()


class Paused:
    """A store whose every call waits for the baton first."""

    def __init__(self, store: Any, baton: Baton) -> None:
        self._store = store
        self._baton = baton

    def __getattr__(self, verb: str) -> Callable[..., Any]:
        call = getattr(self._store, verb)

        def later(*given: Any, **named: Any) -> Any:
            self._baton.pause()
            return call(*given, **named)

        return later
