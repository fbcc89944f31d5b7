"""What a change may not take away from a script without somebody who answers for it."""

from typing import Any

import pytest

from tests.unit.usecases.gate_world import BILL, TOW, World, a_topic, check_of

TEST = {"name": "do boleto", "turns": [{"say": "quero pedir meu boleto", "expect": {"script": BILL}}]}
LAW = {"protected": "cancel"}
STEPS = [{"step": 1, "message": "Outro começo."}, {"step": 2, "message": "Pronto."}]


@pytest.fixture(scope="module")
def world() -> World:
    guarded = a_topic(TOW, legal=LAW)
    return World(a_topic(BILL, tests=[TEST]), guarded, *(a_topic(number) for number in range(3, 9)))


def codes(world: World, document: dict[str, Any], name: str = "own") -> list[str]:
    return [finding["code"] for finding in check_of(world.gate(document), name).detail]


@pytest.mark.parametrize(
    "examples",
    [["zebra azul"], [f"zebra azul {colour}" for colour in "clara escura rara bela feia lisa nova velha".split()]],
    ids=["one stranger", "many strangers"],
)
def test_a_script_that_gives_up_its_examples_is_refused_with_its_own_accuracy(
    world: World, examples: list[str]
) -> None:
    check = check_of(world.gate(a_topic(BILL, examples)), "own")

    (finding,) = check.detail
    assert (check.passed, check.blocking) == (False, True)
    assert (finding["code"], finding["script"]) == ("own_accuracy_fell", BILL)
    assert finding["before"] - finding["after"] > 0.2


def test_two_examples_fewer_are_nobodys_loss_and_the_accuracy_is_told_all_the_same(world: World) -> None:
    check = check_of(world.gate(a_topic(BILL, a_topic(BILL)["match"]["examples"][:8])), "own")

    (figures,) = check.figures
    assert check.passed
    assert figures["script"] == BILL
    assert 0 <= figures["before"] <= 1
    assert 0 <= figures["after"] <= 1


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"legal": None}, "protection_lost"),
        ({"legal": {"protected": "complaint"}}, "protection_lost"),
        ({"match": {}, "legal": LAW}, "protected_unfound"),
        ({"match": {**a_topic(TOW)["match"], "enabled": False}, "legal": LAW}, "protected_unfound"),
    ],
)
def test_what_the_law_protects_stays_protected_and_can_be_found(world: World, change: Any, code: str) -> None:
    found = codes(world, a_topic(TOW) | change)

    assert code in found


def test_a_script_without_protection_is_switched_off_without_a_word(world: World) -> None:
    off = a_topic(BILL, tests=[TEST]) | {"match": {**a_topic(BILL)["match"], "enabled": False}}

    assert codes(world, off) == []


def test_a_new_script_has_nothing_to_lose(world: World) -> None:
    new = a_topic(20, ["meu cachorro fugiu", "vacina do filhote"])

    assert codes(world, new) == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"script": STEPS}, ["tests_gone"]),
        ({"script": STEPS, "tests": [TEST]}, []),
        ({}, []),
    ],
    ids=["other steps without tests", "other steps with tests", "the same steps"],
)
def test_tests_that_leave_while_steps_change_are_a_warning(world: World, change: Any, found: list[str]) -> None:
    report = world.gate(a_topic(BILL) | change)

    check = check_of(report, "own_tests")
    assert [one["code"] for one in check.detail] == found
    assert not check.blocking


@pytest.mark.parametrize(("tests", "played"), [([], 0), ([TEST], 1), ([TEST, TEST], 2)])
def test_a_report_tells_how_many_tests_were_played(world: World, tests: list[Any], played: int) -> None:
    check = check_of(world.gate(a_topic(BILL, tests=tests)), "tests")

    assert check.figures == [{"played": played}]
    assert check.note == "pack tests are not on the server"
