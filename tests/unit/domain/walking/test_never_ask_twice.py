"""A slot that is filled is not asked for again: random walks with switches, corrections, questions and failures."""

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.choice import Decision
from roteiro.domain.conversation import Owner, State
from roteiro.domain.ids import ScriptId
from roteiro.domain.script import Script
from roteiro.domain.turn import starting
from roteiro.domain.turn.deciding import decide
from roteiro.domain.turn.heard import Heard
from tests.factories import OCCASION, FakeCatalogue, a_catalogue, a_choice, a_state, a_written_script

WALKS, TURNS = 5_000, 12
VALUES = {
    "cpf": ("cpf", "529.982.247-25"),
    "email": ("email", "ana@exemplo.com"),
    "placa": ("plate", "ABC1D23"),
    "dia": ("date", "ontem"),
    "cep": ("cep", "01310-100"),
}
OTHERS = (
    "não sei", "talvez", "quanto custa isso?", "espera", "sim", "não", "ok", "na verdade foi anteontem",
    "errei, é bia@x.com.br",
    "quero tratar de outra coisa agora",
)  # fmt: skip


def asking(number: int, *names: str) -> Script:
    """Return a script that asks for slots one by one, each with words by which the ask is known."""
    slots = {
        n: {"type": VALUES[n][0], "label": n, "prompt": f"PEDE {n}", "max_attempts": 10, "reprompts": [f"PEDE {n}"]}
        for n in names
    }
    steps = [{"message": f"PEDE {name}", "collect": [name]} for name in names]
    return a_written_script(*steps, "Fim.", script=number, title=f"Roteiro {number}", slots=slots)


FIRST, SECOND = asking(101, "cpf", "email", "dia"), asking(102, "placa", "email", "cep", "cpf")


def walk(rng: random.Random) -> Iterator[tuple[State, str, str]]:
    """Yield (state before, message, reply) of one random conversation."""
    catalogue: FakeCatalogue = a_catalogue(FIRST, SECOND)
    state = decide(a_state(), "oi, quero", OCCASION, a_catalogue(FIRST, choice=a_choice(Decision.MATCH, 101))).state
    for _ in range(TURNS):
        other = 102 if state.script == ScriptId(101) else 101
        message = rng.choice([*(said for _, said in VALUES.values()), *OTHERS])
        wants_other = message.startswith("quero tratar")
        catalogue.choice = a_choice(Decision.MATCH, other) if wants_other else a_choice(Decision.OUT_OF_SCOPE)
        verdict = decide(state, message, OCCASION, catalogue)
        yield verdict.state, message, verdict.reply or ""
        state = verdict.state
        if state.owner is Owner.HUMAN:
            return


def asked_twice(seed: int) -> list[str]:
    return [
        f"walk {seed}: {message!r} -> {reply!r} although {name} is filled"
        for number in range(WALKS)
        for state, message, reply in walk(random.Random(f"{seed}:{number}"))  # noqa: S311 - a repeatable walk
        for name in VALUES
        if f"PEDE {name}" in reply and state.slots.get(name) is not None
    ]


def test_no_filled_slot_is_asked_for_again_in_5000_random_walks() -> None:
    assert asked_twice(1) == []


def test_a_switch_that_forgets_slots_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    told: dict[str, Any] = {"email": "ana@exemplo.com"}
    state = replace(a_state(FIRST, path=(1,)), slots=told)
    monkeypatch.setattr(starting, "carried", lambda *_: {})
    catalogue = a_catalogue(FIRST, SECOND, choice=a_choice(Decision.MATCH, 102))

    verdict = starting.switch(Heard(state, "ABC1D23", OCCASION, catalogue), ScriptId(102), catalogue.choice)

    assert (verdict.reply, verdict.state.slots.get("email")) == ("PEDE email", None)
