"""When a head is written, and what a line of the queue says."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Candidate, Event, Kind, Owner, Status, head_of, refreshed
from roteiro.domain.desk.queue import choice_of, demands_of, head_after, head_now, last_words, unread_of
from roteiro.domain.ids import ScriptId
from tests.factories import NOON, a_script, a_state, an_event

WAITS: dict[str, Any] = {"status": Status.WAITING, "owner": Owner.HUMAN, "queue": "padrao", "reason": "asked"}
HELPED: dict[str, Any] = {**WAITS, "status": Status.HUMAN, "assigned": "ana"}


def _weighing(seq: int, *scripts: int, decision: str = "match", runs: int | None = None) -> Event:
    """Return an event that weighed scripts and left one of them running."""
    candidates = tuple(Candidate(ScriptId(script), f"roteiro {script}", 0.9) for script in scripts)
    state = a_state(script=None if runs is None else ScriptId(runs))
    return an_event(seq, state=state, decision=decision, candidates=candidates)


@pytest.mark.parametrize(
    "change",
    [WAITS, HELPED, {"status": Status.ENDED}, {"protocol": "20261122000000118"}, {"queue": "reclamacao"}],
)
def test_what_lists_show_is_written_when_it_changes(change: dict[str, Any]) -> None:
    event = an_event(1, state=a_state(**change))

    assert head_after(event, an_event(0)) == head_of(event)


@pytest.mark.parametrize("change", [{"step": 2}, {"slots": {"placa": "ABC1D23"}}, {"count": 3}, {"script": 104}])
def test_a_turn_that_lists_do_not_show_writes_no_head(change: dict[str, Any]) -> None:
    assert head_after(an_event(1, state=a_state(**change)), an_event(0)) is None


@pytest.mark.parametrize("state", [WAITS, HELPED])
def test_while_people_own_a_conversation_every_event_shows(state: dict[str, Any]) -> None:
    before, event = (an_event(seq, state=a_state(**state)) for seq in (1, 2))

    head = head_after(event, before)

    assert head is not None
    assert head.seq == 2


def test_the_first_event_brings_a_head() -> None:
    assert head_after(an_event(0), None) == head_of(an_event(0))


def test_who_writes_on_while_waiting_keeps_their_place() -> None:
    asked = refreshed(a_state(**WAITS), NOON)
    wrote = refreshed(asked, NOON + timedelta(minutes=5))

    assert head_of(an_event(5, state=wrote)).waiting_since == NOON


def test_who_asks_again_after_being_helped_waits_anew() -> None:
    helped = refreshed(replace(refreshed(a_state(**WAITS), NOON), status=Status.HUMAN), NOON)
    again = refreshed(replace(helped, status=Status.WAITING), NOON + timedelta(hours=2))

    assert head_of(an_event(9, state=again)).waiting_since == NOON + timedelta(hours=2)


@pytest.mark.parametrize(
    ("protocol", "due"),
    [
        ("20261121483920175", "2026-11-28T23:59:59-03:00"),
        ("20261228000000118", "2027-01-04T23:59:59-03:00"),
        ("20240225000000118", "2024-03-03T23:59:59-03:00"),
        ("not a number", None),
        ("20261399000000118", None),
    ],
)
def test_an_answer_is_due_seven_days_after_the_number_was_issued(protocol: str, due: str | None) -> None:
    due_at = head_of(an_event(state=a_state(protocol=protocol))).due_at

    assert (due_at.isoformat() if due_at else None) == due


@pytest.mark.parametrize(("hours", "status"), [(23, Status.BOT), (24, Status.ENDED)])
def test_a_conversation_that_expired_is_over(hours: int, status: Status) -> None:
    newest = an_event(state=refreshed(a_state(), NOON))

    assert head_now(newest, NOON + timedelta(hours=hours)).status is status


def test_the_choice_is_the_newest_match_of_the_running_script() -> None:
    asked_about_another = _weighing(3, 105, decision="clarify", runs=104)
    events = [_weighing(0, 101, runs=101), _weighing(1, 104, 101, runs=104), an_event(2), asked_about_another]

    found = choice_of(events, a_state(script=ScriptId(104)))

    assert found is events[1]


def test_a_script_that_a_person_chose_shows_what_had_been_weighed_before() -> None:
    events = [_weighing(0, 101, runs=101), _weighing(1, 104, 105, runs=104), an_event(2)]

    assert choice_of(events, a_state(script=ScriptId(103))) is events[1]


def test_what_was_weighed_since_a_script_ended_is_the_choice_that_explains() -> None:
    greeted, asked = _weighing(0, 206, 201, runs=206), _weighing(1, 201, 202, decision="clarify", runs=206)
    done = a_state(script=ScriptId(206), status=Status.WAITING, owner=Owner.HUMAN, is_done=True)

    assert choice_of([greeted, asked, an_event(2)], done) is asked
    assert choice_of([greeted], done) is greeted


def test_a_demand_is_neither_a_courtesy_nor_a_call_for_a_person_nor_an_earlier_one() -> None:
    earlier = an_event(0, "bati o carro", state=a_state(protocol="20261122000000118"))
    said = ["oi", "quero saber da franquia", "obrigado", "quanto é?", "quero falar com um atendente"]
    events = [earlier, *(an_event(seq, words) for seq, words in enumerate(said, start=1)), an_event(6, None)]

    assert demands_of(events) == ["quanto é?", "quero saber da franquia"]
    assert demands_of([]) == []


def test_without_a_ranking_there_is_no_choice() -> None:
    assert choice_of([an_event(0), an_event(1)], a_state(a_script())) is None


@pytest.mark.parametrize(("kinds", "unread"), [("", 0), ("ccc", 3), ("cdc", 1), ("dd", 0), ("cdccdcc", 2)])
def test_unread_is_what_came_since_the_desk_last_did_anything(kinds: str, unread: int) -> None:
    desk: dict[str, Any] = {"text": None, "kind": Kind.DESK, "by": "ana"}

    events = [an_event(seq, **(desk if kind == "d" else {})) for seq, kind in enumerate(kinds)]

    assert unread_of(events) == unread


def test_the_last_words_are_the_customers() -> None:
    events = [an_event(0, "bati o carro"), an_event(1, "alguém?"), an_event(2, None, reply="Olá")]

    assert last_words(events) == "alguém?"
    assert last_words([]) == ""
