"""Steps that act: nobody waits for them, what they bring stands in their words, and each acts when it is reached."""

from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.acting import Act, Outcome
from roteiro.domain.choice import Choice, Decision
from roteiro.domain.conversation import FileLink, State, Status
from roteiro.domain.script import Script
from roteiro.domain.turn.ending import delivered
from roteiro.domain.walking.walk import arrive, begin, go_on
from tests.factories import NOON, OCCASION, a_catalogue, a_state, a_written_script

LINK = FileLink("report", "https://example.org/r.pdf", "application/pdf", NOON)
DATED: dict[str, Any] = {"slots": {"data": {"type": "date", "label": "Data"}}}
RECORD: dict[str, Any] = {"completion": {"record": {"prefix": "INV"}}}


class Deeds:
    """Does nothing but remember; each deed gives the next number."""

    def __init__(self) -> None:
        self.done: list[tuple[str, dict[str, Any]]] = []

    def __call__(self, action: str, state: State, script: Script) -> Outcome:
        self.done.append((action, dict(state.slots)))
        number = f"INV-2026-{len(self.done):03}" if action == "create_record" else ""
        return Outcome("três achados", number, (LINK,) if action == "lookup:report" else ())


def acting(action: str, message: str = "Veja: {result}.") -> dict[str, Any]:
    return {"kind": "action", "action": action, "message": message}


def at(act: Act) -> Any:
    return replace(OCCASION, act=act)


def test_an_action_is_done_when_it_is_reached_and_its_words_hold_what_it_brought() -> None:
    deeds = Deeds()
    script = a_written_script(acting("create_record", "Abri {record_id}: {result}."))

    state, reply, *_ = begin(a_state(), script, at(deeds))

    assert reply == "Abri INV-2026-001: três achados."
    assert (state.status, state.record) == (Status.ENDED, "INV-2026-001")
    assert [action for action, _ in deeds.done] == ["create_record"]


def test_nobody_waits_for_an_action_and_the_step_after_it_is_said_at_once() -> None:
    script = a_written_script(
        acting("lookup:progress"), {"message": "Qual data?", "collect": ["data"]}, "Fim.", **DATED
    )

    state, reply, *_ = begin(a_state(), script, at(Deeds()))

    assert reply == "Veja: três achados.\n\nQual data?"
    assert (state.step, state.status) == (2, Status.BOT)


def test_an_action_is_done_with_what_was_collected_before_it() -> None:
    deeds = Deeds()
    script = a_written_script({"message": "Qual data?", "collect": ["data"]}, acting("lookup:analysis"), **DATED)
    state, *_ = begin(a_state(), script, at(deeds))

    go_on(replace(state, slots={"data": "2026-11-19"}), script, at(deeds))

    assert deeds.done == [("lookup:analysis", {"data": "2026-11-19"})]


@pytest.mark.parametrize("last", ["Número {record_id}.", {"message": "Qual data?", "collect": ["data"]}])
def test_a_script_that_only_wants_a_record_gets_its_number_at_the_end(last: Any) -> None:
    deeds = Deeds()
    script = a_written_script("Oi.", last, **DATED | RECORD)
    state, *_ = go_on(begin(a_state(), script, at(deeds)).state, script, at(deeds))
    if not state.is_final:
        state, *_ = go_on(replace(state, slots={"data": "2026-11-19"}), script, at(deeds))

    assert state.record == "INV-2026-001"
    assert [action for action, _ in deeds.done] == ["create_record"]


def test_the_last_words_of_such_a_script_say_the_number() -> None:
    script = a_written_script("Número {record_id}.", **RECORD)

    assert begin(a_state(), script, at(Deeds())).reply == "Número INV-2026-001."


def test_a_script_with_an_action_for_it_makes_one_record_not_two() -> None:
    deeds = Deeds()
    script = a_written_script(acting("create_record", "{record_id}"), "Fim.", **RECORD)

    begin(a_state(), script, at(deeds))

    assert [action for action, _ in deeds.done] == ["create_record"]


def test_a_link_leaves_with_the_verdict() -> None:
    script = a_written_script(acting("lookup:report"))

    verdict = delivered(begin(a_state(), script, at(Deeds())), Choice(Decision.MATCH), script, a_catalogue(script))

    assert verdict.links == (LINK,)


def test_an_action_that_is_passed_over_is_not_done() -> None:
    deeds = Deeds()
    script = a_written_script(acting("create_record") | {"when": "locale == 'en'"}, "Fim.")

    arrive(a_state(), script, 1, at(deeds))

    assert deeds.done == []
