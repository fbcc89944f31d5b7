"""Whether a new script makes others harder to find."""

import pytest

from roteiro.domain.ids import ScriptId
from roteiro.matching.index import Index
from roteiro.usecases.candidate import Candidate, make_candidate
from roteiro.usecases.confusion import confusion
from roteiro.usecases.report import Check
from tests.unit.usecases.gate_world import BILL, CHIP, TOW, VERBS, World, a_topic

NEW = 9
OWN = ("meu cachorro fugiu", "o gato subiu no telhado", "vacina do filhote", "banho e tosa amanhã")


@pytest.fixture(scope="module")
def world() -> World:
    return World(*(a_topic(number) for number in range(1, 9)))


def beside(world: World, description: str, *examples: str) -> Candidate:
    added = a_topic(NEW, examples, problem={"id": NEW, "description": description})
    return make_candidate("loja", {ScriptId(NEW): added}, (), world.admin)


def checked(world: World, *examples: str) -> Check:
    return confusion(beside(world, "Animais: bichos de casa.", *examples), [ScriptId(NEW)])


def like_the_bill(world: World) -> Check:
    examples = [f"quero {verb} meu boleto" for verb in VERBS]
    return confusion(beside(world, "Boleto: tudo sobre boleto.", *examples), [ScriptId(NEW)])


def test_a_script_on_a_subject_of_its_own_confuses_nobody(world: World) -> None:
    check = checked(world, *OWN)

    assert check.passed
    assert check.detail == []


def test_a_script_that_says_what_another_says_makes_that_one_harder_to_find(world: World) -> None:
    check = like_the_bill(world)

    fallen = [one for one in check.detail if one["code"] == "accuracy_fell"]
    assert not check.passed
    assert BILL in [one["script"] for one in fallen]
    assert all(one["before"] - one["after"] > 0.05 and one["lost"] >= 3 for one in fallen)


@pytest.mark.parametrize(("copied", "expected"), [(2, []), (3, [NEW])])
def test_three_copied_examples_are_named_with_whose_they_are(world: World, copied: int, expected: list[int]) -> None:
    check = checked(world, *OWN, *(f"Quero {verb} meu guincho!" for verb in VERBS[:copied]))

    found = [one for one in check.detail if one["code"] == "examples_copied"]
    assert [one["script"] for one in found] == expected
    assert all(example["script"] == TOW for one in found for example in one["examples"])


def test_copies_that_were_there_before_do_not_refuse_another_edit(world: World) -> None:
    copies = [f"Quero {verb} meu guincho!" for verb in VERBS[:3]]
    shop = World(a_topic(TOW), a_topic(NEW, copies))
    edited = a_topic(NEW, [*copies, "banho e tosa amanhã"])

    check = confusion(make_candidate("loja", {ScriptId(NEW): edited}, (), shop.admin), [ScriptId(NEW)])

    assert check.passed


def test_a_change_of_wording_is_not_measured(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = a_topic(BILL, script=[{"step": 1, "message": "Outro texto."}])
    candidate = make_candidate("loja", {ScriptId(BILL): changed}, (), world.admin)
    monkeypatch.setattr(Index, "held_out", pytest.fail, raising=False)

    assert confusion(candidate, [ScriptId(BILL)]).passed


def test_what_compiling_measured_is_what_a_report_measures(world: World) -> None:
    index = world.catalogue().index

    assert index.held_out.keys() == set(range(1, 9))
    assert all(count == len(VERBS) for _, count in index.held_out.values())


def test_a_small_catalogue_is_measured_on_the_spot() -> None:
    shop = World(a_topic(TOW), a_topic(CHIP))
    copy = a_topic(BILL, a_topic(TOW)["match"]["examples"], problem={"id": BILL, "description": "Guincho: o mesmo."})
    assert shop.catalogue().index.held_out == {}

    check = confusion(make_candidate("loja", {ScriptId(BILL): copy}, (), shop.admin), [ScriptId(BILL)])

    assert ("accuracy_fell", TOW) in [(one["code"], one["script"]) for one in check.detail]
