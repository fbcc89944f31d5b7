"""A person against the bot, at every point of a turn: what was begun before the person decided never reaches anybody.

Turns answered as JSON, by script and by a model, and turns that are heard while the model speaks.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from itertools import count
from threading import Barrier
from typing import Any

import pytest

from roteiro.domain.conversation import Event, State
from roteiro.domain.desk import desking
from roteiro.domain.walking.walk import Occasion
from roteiro.errors import SeatTaken, Taken
from roteiro.ports import Store
from roteiro.usecases.desk import Attendant, Desk, Order, act
from roteiro.usecases.turns import Past, load
from tests.contract.encounter import DEEDS, Encounter
from tests.contract.interleaving import Baton, Interrupted, Paused

SCHEDULES = 1000  # reliability 8, T7
ROUNDS = 10
_name = count()

Turn = Callable[[Encounter, Interrupted], None]
TURNS: dict[str, tuple[str, Turn]] = {
    "scripted": ("", lambda met, store: met.say("foi ontem", store)),
    "worded": ("rephrase", lambda met, store: met.say("foi ontem", store, store.pass_by)),
    "heard": ("rephrase", lambda met, store: met.say("foi ontem", store, store.pass_by, live=True)),
    "aside": ("assist", lambda met, store: met.say("o que é franquia?", store, store.pass_by, aside=True)),
}


def met(store: Any, llm: str = "") -> Encounter:
    return Encounter(store, f"{next(_name):06d}", llm)


def points_of(turn: str, store: Any) -> int:
    """Return how many points a turn has when nobody comes in between."""
    llm, take = TURNS[turn]
    alone, calm = met(store, llm), Interrupted(store)
    take(alone, calm)
    assert alone.wrongs() == []
    assert (alone.events()[-1].model == "slow") == (turn != "scripted")
    return calm.points


def wrongs_at_every_point(turn: str, deed: str, store: Any) -> list[str]:
    llm, take = TURNS[turn]
    found = []
    for point in range(1, points_of(turn, store) + 1):
        one = met(store, llm)
        take(one, Interrupted(store, point, partial(one.do, deed)))
        assert one.done or one.was_late, f"point {point} was never reached"
        found += [f"point {point}: {wrong}" for wrong in one.wrongs()]
    return found


@pytest.mark.parametrize(("turn", "least"), [("scripted", 4), ("worded", 9), ("heard", 13), ("aside", 9)])
def test_a_turn_has_a_point_before_and_after_each_call_and_one_at_the_model(turn: str, least: int, store: Any) -> None:
    assert points_of(turn, store) >= least


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("turn", TURNS)
def test_a_person_wins_at_every_point_of_a_turn(turn: str, deed: str, store: Any) -> None:
    assert wrongs_at_every_point(turn, deed, store) == []


def blind(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the guard away: a reply is written as if nobody had decided anything since it was begun."""

    def unseeing(*given: Any, **named: Any) -> Past:
        past = load(*given, **named)
        newest = past.events[-1]
        state = replace(newest.state, control=0, answered=-1)
        return replace(past, events=(*past.events[:-1], replace(newest, state=state)))

    monkeypatch.setattr("roteiro.usecases.wording.load", unseeing)


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed != "erase"])
def test_without_the_guard_the_same_look_finds_the_bot_talking_over_a_person(
    deed: str, monkeypatch: pytest.MonkeyPatch, store: Any
) -> None:
    blind(monkeypatch)

    assert any("took control back" in wrong for wrong in wrongs_at_every_point("worded", deed, store))


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed != "erase"])
def test_without_a_look_at_control_sentences_leave_long_after_a_person_decided(
    deed: str, monkeypatch: pytest.MonkeyPatch, store: Any
) -> None:
    monkeypatch.setattr("roteiro.usecases.wording._is_overtaken", lambda *_: False)

    wrongs = wrongs_at_every_point("heard", deed, store)

    assert any("shown too late" in wrong for wrong in wrongs)
    assert any("took control back" in wrong for wrong in wrongs)


class Pushing:
    """A store without a lock: who finds the seat taken sits down on the next one."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, verb: str) -> Any:
        return getattr(self._store, verb)

    def append(self, event: Event, *given: Any) -> None:
        try:
            self._store.append(event, *given)
        except SeatTaken:
            self.append(replace(event, seq=event.seq + 1), *given)


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed != "erase"])
def test_without_the_lock_the_same_look_finds_a_scripted_turn_undoing_a_deed(deed: str, store: Any) -> None:
    assert wrongs_at_every_point("scripted", deed, Pushing(store))


def by_chance(seed: int, store: Any) -> tuple[bool, list[str]]:
    """Play two messages, a copy of the first, and a deed, in an order that chance decides call by call.

    Return whether the deed was done, and what went wrong.
    """
    deed, is_worded, baton = list(DEEDS)[seed // 4 % len(DEEDS)], seed % 2 == 0, Baton(seed)
    one, paused = met(store, "rephrase" if is_worded else ""), Paused(store, baton)
    pause = baton.pause if is_worded else None
    say = partial(one.say, live=seed % 4 == 0)  # every other turn that a model words is heard as it goes on
    words = [partial(say, text, paused, pause) for text in ("foi ontem", "na BR-101", "foi ontem")]
    baton.play([*words, partial(one.do, deed, paused)])
    one.said = list(dict.fromkeys(one.said))
    return one.done is not None, [f"seed {seed}, {deed}: {wrong}" for wrong in one.wrongs()]


def test_of_a_thousand_orders_by_chance_none_lets_the_bot_talk_over_a_person(target: str, store: Any) -> None:
    share = SCHEDULES if target == "sqlite-memory" else SCHEDULES // 20

    played = [by_chance(seed, store) for seed in range(share)]

    assert [wrong for _, wrongs in played for wrong in wrongs] == []
    assert sum(is_done for is_done, _ in played) > share * 0.8  # the others came too late for their step


def test_without_the_guard_chance_finds_the_bot_talking_over_a_person(
    monkeypatch: pytest.MonkeyPatch, store: Any
) -> None:
    blind(monkeypatch)

    assert any(wrongs for _, wrongs in (by_chance(seed, store) for seed in range(40)))


def test_of_two_attendants_who_take_over_at_once_one_wins_and_the_other_is_told_who(store: Any) -> None:
    for _ in range(ROUNDS):
        one, both = met(store), Barrier(2)
        desk = Desk(store, one.shelf, one.clock)

        def take(name: str, one: Encounter = one, both: Barrier = both, desk: Desk = desk) -> str:
            def doing(state: State, _: Occasion) -> desking.Act:
                return desking.take_over(state, name)

            both.wait()
            try:
                return act(one.conversation, Attendant(name, name, "attendant"), Order(doing), desk).by
            except Taken as refused:
                return f"told {refused.facts['who']}"

        with ThreadPoolExecutor(2) as threads:
            outcomes = set(threads.map(take, ("ana", "rui")))

        assert outcomes in ({"ana", "told ana"}, {"rui", "told rui"})
