"""Past first messages, and whether a change sends their customers elsewhere."""

import pytest

from roteiro.domain.ids import ScriptId
from roteiro.usecases.candidate import make_candidate
from roteiro.usecases.replaying import FirstMessage, first_messages, replay
from roteiro.usecases.report import Check, Rerouted
from tests.unit.usecases.gate_world import BILL, CHIP, TOW, VERBS, World, a_topic


@pytest.fixture(scope="module")
def world() -> World:
    return World(*(a_topic(script) for script in range(1, 9)))


@pytest.fixture
def shop() -> World:
    return World(a_topic(BILL), a_topic(TOW), a_topic(CHIP))


def test_a_first_message_of_a_walk_to_the_end_carries_the_script_as_its_label(shop: World) -> None:
    shop.past("1", "quero pedir meu boleto", "ok")

    assert first_messages("loja", shop.store) == [FirstMessage("quero pedir meu boleto", ScriptId(BILL))]


def test_a_conversation_that_was_left_early_has_no_label(shop: World) -> None:
    shop.past("1", "quero pedir meu boleto")

    assert first_messages("loja", shop.store) == [FirstMessage("quero pedir meu boleto", None)]


def test_personal_data_does_not_leave_the_conversation(shop: World) -> None:
    shop.past("1", "quero pedir meu boleto, CPF 529.982.247-25", "ok")

    ((text, label),) = first_messages("loja", shop.store)

    assert "529" not in text
    assert label == BILL


@pytest.mark.parametrize("opening", ["oi", "quero falar com um atendente", "bom dia"])
def test_what_no_matcher_is_asked_about_is_passed_over(shop: World, opening: str) -> None:
    shop.past("1", opening)

    assert first_messages("loja", shop.store) == []


def test_a_greeting_before_the_demand_is_passed_over(shop: World) -> None:
    shop.past("1", "oi", "quero ver meu chip")

    assert [message.text for message in first_messages("loja", shop.store)] == ["quero ver meu chip"]


def test_the_newest_conversations_of_the_pack_are_read_and_no_more(shop: World) -> None:
    for number, verb in enumerate(VERBS):
        shop.past(str(number), f"quero {verb} meu guincho")

    found = first_messages("loja", shop.store, most=2)

    assert [message.text for message in found] == ["quero ver meu guincho", "quero marcar meu guincho"]
    assert first_messages("outra", shop.store) == []


def test_a_long_conversation_is_read_from_its_beginning(shop: World) -> None:
    shop.past("1", "quero pedir meu boleto", *["e agora?"] * 80)

    assert [message.text for message in first_messages("loja", shop.store)] == ["quero pedir meu boleto"]


def replayed(world: World, messages: list[FirstMessage], *stolen: str) -> tuple[Check, list[Rerouted]]:
    """Replay messages beside a new script that has some of them as examples."""
    thief = a_topic(9, stolen, problem={"id": 9, "description": "Outro: outra coisa."})
    return replay(messages, make_candidate("loja", {ScriptId(9): thief}, (), world.admin))


def said(verb: str, label: int | None = TOW) -> FirstMessage:
    return FirstMessage(f"preciso {verb} um guincho", None if label is None else ScriptId(label))


def test_a_change_that_takes_nobody_away_passes(world: World) -> None:
    check, rerouted = replayed(world, [said(verb) for verb in VERBS] * 3, "isto ninguém disse ainda")

    assert check.passed
    assert rerouted == []
    assert check.detail[0] == {"code": "replayed", "replayed": 30, "confirmed": 30, "wrong": 0, "rerouted": 0}


def test_a_script_that_takes_confirmed_customers_from_another_is_refused(world: World) -> None:
    stolen = [said(verb).text for verb in VERBS[:6]]

    check, rerouted = replayed(world, [said(verb) for verb in VERBS] * 2, *stolen)

    assert (check.passed, check.blocking) == (False, True)
    assert check.detail[0]["wrong"] >= 12
    assert Rerouted(stolen[0], TOW, 9, TOW) in rerouted


def test_customers_whose_script_nobody_confirmed_are_listed_and_refuse_nothing(world: World) -> None:
    messages = [said(verb, None) for verb in VERBS] + [FirstMessage("quero ver meu chip", ScriptId(CHIP))] * 20

    check, rerouted = replayed(world, messages, *(said(verb).text for verb in VERBS))

    assert check.passed
    assert len(rerouted) == check.detail[0]["rerouted"] == 10
    assert all(one.label is None and one.after == 9 for one in rerouted)


def test_too_few_confirmed_messages_refuse_nothing_and_say_so(world: World) -> None:
    messages = [said(verb) for verb in VERBS] + [said(verb) for verb in VERBS[:9]]

    check, _ = replayed(world, messages, *(said(verb).text for verb in VERBS))

    assert check.passed
    assert check.note == "not enough data"


def test_four_customers_sent_wrong_are_too_few_to_refuse(world: World) -> None:
    messages = [said(VERBS[0])] * 4 + [FirstMessage("quero ver meu chip", ScriptId(CHIP))] * 20

    check, _ = replayed(world, messages, said(VERBS[0]).text)

    assert check.detail[0]["wrong"] == 4
    assert check.passed


@pytest.mark.parametrize(("others", "passed"), [(245, True), (244, False)])
def test_more_than_two_in_a_hundred_sent_wrong_refuse(world: World, others: int, *, passed: bool) -> None:
    messages = [said(VERBS[0])] * 5 + [FirstMessage("quero ver meu chip", ScriptId(CHIP))] * others

    check, _ = replayed(world, messages, said(VERBS[0]).text)

    assert check.detail[0]["wrong"] == 5
    assert check.passed is passed


def test_being_asked_about_the_right_script_is_still_right(world: World) -> None:
    shared = "quero cancelar meu guincho"
    messages = [FirstMessage(shared, ScriptId(TOW))] * 20

    check, rerouted = replayed(world, messages, shared)

    assert check.passed
    assert check.detail[0]["wrong"] == 0
    assert [(one.before, one.after) for one in rerouted] == [(TOW, None)]
