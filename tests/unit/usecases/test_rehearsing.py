"""Told conversations, played on a catalogue in memory."""

from collections.abc import Callable
from typing import Any

import pytest

from roteiro.domain.authoring.rehearsal import read_rehearsal
from roteiro.domain.ids import ScriptId
from roteiro.usecases.packtests import Told, play_all, told_in
from roteiro.usecases.rehearsing import Failure, Played, play
from tests.unit.usecases.gate_world import BILL, TOW, World, a_topic

OPENING = {"say": "quero pedir meu boleto", "expect": {"script": BILL, "step": 1}}


@pytest.fixture(scope="module")
def world() -> World:
    return World(a_topic(BILL, intent="bill"), a_topic(TOW))


@pytest.fixture
def played(world: World) -> Callable[..., Played]:
    def run(*turns: dict[str, Any], **more: Any) -> Played:
        told = read_rehearsal({"name": "uma conversa", "turns": list(turns), **more})
        return play(told, world.catalogue(), world.stage, "loja")

    return run


@pytest.mark.parametrize(
    "expect",
    [
        {"decision": "match", "script": BILL, "version": 1, "step": 1, "steps": 2, "final": False, "intent": "bill"},
        {"status": "bot", "owner": "bot", "slots_exact": {}, "requires_input": [], "history": 2, "error": None},
        {"answer": "Vamos ver o seu boleto.", "answer_has": ["boleto"], "answer_not": ["guincho"]},
    ],
)
def test_everything_that_can_be_expected_of_a_turn_is_seen(played: Callable[..., Played], expect: Any) -> None:
    assert played({"say": "quero pedir meu boleto", "expect": expect}).failures == ()


def test_a_conversation_is_played_up_to_its_first_failure(played: Callable[..., Played]) -> None:
    how = played(OPENING, {"say": "ok", "expect": {"step": 1, "steps": 3}}, {"say": "ok", "expect": {"step": 9}})

    assert how.failures == (Failure(2, "step", 1, 2), Failure(2, "steps", 3, 2))
    assert how.transcript[-2:] == ("C: ok", "R: Pronto.")


def test_a_failure_reads_as_one_line() -> None:
    assert str(Failure(2, "step", 1, 2)) == "turn 2: step: expected 1, got 2"
    assert str(Failure(0, "via", "x", "y")) == "via: expected 'x', got 'y'"


def test_a_side_question_goes_to_its_own_route_and_moves_no_step(played: Callable[..., Played]) -> None:
    assert played(OPENING, {"say": "demora?", "ai": True, "expect": {"step": 1, "history": 4}}).passed


def test_a_day_of_silence_ends_a_conversation(played: Callable[..., Played]) -> None:
    again = {"say": "ok", "expect": {"error": "session_not_found"}}

    assert played(OPENING, {"clock": "+23h"}, {"say": "ok", "expect": {"step": 2}}).passed
    assert played(OPENING, {"clock": "+25h"}, again).passed


def test_a_refusal_that_nobody_expected_is_a_failure(played: Callable[..., Played]) -> None:
    how = played({"say": "x" * 1001}, OPENING)

    assert how.failures == (Failure(1, "error", None, "invalid"),)


def test_who_waits_for_a_person_is_told_the_place_in_the_queue(played: Callable[..., Played]) -> None:
    asking = {"say": "quero falar com um atendente", "expect": {"status": "waiting", "owner": "human"}}

    assert played(asking, {"say": "é urgente", "expect": {"answer_has": ["1"]}}).passed


def test_conversations_know_nothing_of_each_other(played: Callable[..., Played]) -> None:
    assert [played(OPENING, {"say": "ok", "expect": {"history": 4}}).passed for _ in range(2)] == [True, True]


@pytest.mark.parametrize("via", ["message", "stream"])
def test_words_begin_a_conversation_where_nobody_greets(played: Callable[..., Played], via: str) -> None:
    first = {"say": "quero pedir meu boleto", "expect": {"script": BILL, "step": 1, "history": 2, "intent": "bill"}}
    last = {"say": "ok", "expect": {"step": 2, "final": True, "status": "bot", "history": 4}}

    assert played(first, last, via=via).failures == ()


def test_a_conversation_without_a_greeting_begins_again_after_a_day(played: Callable[..., Played]) -> None:
    again = {"say": "quero pedir meu boleto", "expect": {"step": 1}}

    assert played(OPENING, {"desk": {"action": "clock", "wait": "+25h"}}, again, via="message").passed


def test_the_desk_takes_over_adjusts_and_hands_back(played: Callable[..., Played]) -> None:
    how = played(
        OPENING,
        {"desk": {"action": "takeover"}, "expect": {"status": "human", "owner": "human", "intent": "handoff"}},
        {"desk": {"action": "script", "script": TOW}, "expect": {"script": TOW, "answer": ""}},
        {"desk": {"action": "step", "step": 2, "message": "O guincho já vai."}, "expect": {"steps": 2}},
        {"desk": {"action": "reply", "message": "Oi, {nome}."}, "expect": {"answer": "Oi, Ana."}},
        {"desk": {"action": "handback"}, "expect": {"owner": "bot", "answer_has": ["guincho"]}},
        {"say": "ok", "expect": {"script": TOW, "answer_has": ["O guincho já vai."]}},
    )

    assert how.failures == ()
    assert "D: takeover" in how.transcript


def test_a_closed_conversation_tells_its_number(played: Callable[..., Played]) -> None:
    closing = {"desk": {"action": "close", "outcome": "pending"}, "expect": {"status": "closed", "owner": "bot"}}

    assert played(OPENING, {"desk": {"action": "takeover"}}, closing).passed


def test_what_the_desk_may_not_do_is_a_refusal(played: Callable[..., Played]) -> None:
    refused = {"desk": {"action": "reply", "message": "Oi."}, "expect": {"error": "not_yours"}}

    assert played(OPENING, refused).passed
    assert played(OPENING, {"desk": {"action": "reply", "message": "Oi."}}).failures == (
        Failure(2, "error", None, "not_yours"),
    )


def test_a_running_walk_keeps_its_version_and_another_customer_gets_the_new_one(
    world: World, played: Callable[..., Played]
) -> None:
    asking = "quero pedir meu boleto"
    how = played(
        OPENING,
        {"desk": {"action": "publish", "script": BILL, "step": 2, "message": "Novo fim."}},
        {"say": "ok", "expect": {"version": 1, "answer": "Pronto."}},
        {"say": asking, "customer": "Bia", "expect": {"version": 2, "step": 1, "history": 2}},
        {"say": "ok", "customer": "Bia", "expect": {"answer": "Novo fim."}},
    )

    assert how.failures == ()
    assert world.catalogue().script(ScriptId(BILL)).version == 1


def test_a_publish_of_a_step_that_there_is_not_is_refused(played: Callable[..., Played]) -> None:
    deed = {"action": "publish", "script": BILL, "step": 9, "message": "Fim."}

    assert played(OPENING, {"desk": deed, "expect": {"error": "invalid"}}).passed


def test_files_and_scripts_tell_conversations() -> None:
    one, two = {"name": "a"}, {"name": "b"}

    told = told_in({"x.yaml": [one, two], "y.yaml": one}, {"101-s.yaml": {"tests": [two]}, "102-t.yaml": {}})

    assert told == [Told("x.yaml", one), Told("x.yaml", two), Told("y.yaml", one), Told("101-s.yaml", two)]


@pytest.mark.parametrize(
    ("content", "failures"),
    [
        ({"name": "boa", "turns": [OPENING]}, []),
        ({"name": "boa", "pack": "loja", "turns": [OPENING]}, []),
        ({"name": "de outro", "pack": "outro", "turns": [OPENING]}, [("pack", "loja", "outro")]),
        ({"name": "vazia", "turns": []}, [("turns", "a conversation that can be read", "Give at least 1 item.")]),
        ("oi", [("", "a conversation that can be read", "An object goes here.")]),
    ],
)
def test_a_file_that_cannot_be_played_fails_like_any_other(world: World, content: object, failures: object) -> None:
    ((_, how),) = play_all([Told("x.yaml", content)], "loja", world.catalogue(), world.stage)

    assert [failure[1:] for failure in how.failures] == failures
