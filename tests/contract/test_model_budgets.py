"""Two hundred turns at once near a cap: it is never passed, and the counter tells what the model's own meter tells."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from roteiro.domain.choice import Decision
from roteiro.domain.ids import ConversationId
from roteiro.domain.script import Step
from roteiro.ports import Wording
from roteiro.prompting.prompt import Prompt
from roteiro.stores.mongo import MongoStore
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.budgets import Budgets, Reservation
from roteiro.usecases.customer import say
from roteiro.usecases.turns import Words
from roteiro.usecases.wording import Speaker
from tests.factories import a_catalogue, a_choice, a_script
from tests.harness import TestClock
from tests.talking import AllAtOnce

TURNS, AT_ONCE = 200, 16
COST = 900  # tokens that a call costs; it reserves some 1,800
CAP = 12_000  # hence room for 13 calls, and for a few at a time only
COUNTER = "model-tokens:seguros:2026-11-20"
SCRIPT = replace(a_script(steps=2), steps=(Step(1, "Sinto muito.", llm="rephrase"), Step(2, "Registrado.")))


class Metered(AllAtOnce):
    """A model with a meter of its own; `together`: its first callers wait for each other, so that they overlap."""

    is_remote = True
    is_resting = False

    def __init__(self, together: int = 1) -> None:
        self.meter = 0
        self._lock = threading.Lock()
        self._barrier = threading.Barrier(together)

    def answer(self, prompt: Prompt) -> Wording:
        if not self.meter:
            self._barrier.wait(timeout=30)
        with self._lock:
            self.meter += COST
        return Wording("Lamento muito.", "metered", COST - 30, 30)


class SettleOnly(Budgets):
    """The control: looks at the counter before a call, and adds what was used after it."""

    def reserve(self, tokens: int, pack: str, spent: int, today: date) -> Reservation | None:
        assert self.shelf
        has_room = self.shelf.next_number(COUNTER, 0) + COST <= self.per_day
        return Reservation(0, (COUNTER,)) if has_room else None


def run(store: SqliteStore | MongoStore, budgets: Budgets, model: Metered, turns: int = TURNS) -> list[str]:
    """Have customers say something at once; return why each answer was not the model's."""
    catalogue = a_catalogue(SCRIPT, choice=a_choice(Decision.MATCH, 101))
    speaker, clock = Speaker(model, budgets), TestClock()

    def turn(number: int) -> str:
        words = Words(ConversationId(f"c-{number:06}"), "seguros", "bati o carro", may_open=True)
        return say(words, store=store, catalogue=catalogue, clock=clock, speaker=speaker).event.degraded

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return list(pool.map(turn, range(turns)))


def test_two_hundred_turns_at_once_never_pass_the_cap(store: SqliteStore | MongoStore) -> None:
    model = Metered()

    reasons = run(store, Budgets(store, per_day=CAP), model)

    assert len(reasons) == TURNS
    assert set(reasons) == {"", "budget"}
    assert 4 * COST <= model.meter <= CAP
    assert store.next_number(COUNTER, 0) == model.meter == COST * reasons.count("")


def test_a_budget_that_only_settles_passes_the_cap() -> None:
    store = SqliteStore(":memory:")
    store.prepare()
    model = Metered(together=AT_ONCE)

    run(store, SettleOnly(store, per_day=CAP), model, turns=AT_ONCE)

    assert model.meter > CAP
