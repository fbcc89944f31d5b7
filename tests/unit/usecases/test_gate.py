"""The publish gate as a whole: what it refuses, what it lets through, and what it costs."""

from typing import Any

import pytest

from roteiro.domain.authoring.rehearsal import read_tests
from roteiro.errors import InvalidRequest
from roteiro.usecases import gate
from roteiro.usecases.candidate import make_candidate
from tests.unit.usecases.gate_world import BILL, CHIP, TOW, VERBS, World, a_topic, check_of

LIKE_THE_TOW = {"id": 9, "description": "Guincho: tudo sobre guincho."}


def a_test(text: str, **expect: Any) -> dict[str, Any]:
    return {"name": f"quem diz {text}", "turns": [{"say": text, "expect": expect}]}


@pytest.fixture(scope="module")
def world() -> World:
    of_the_bill = a_test("quero pedir meu boleto", script=BILL, step=1)
    of_the_tow = [a_test("quero pedir meu guincho", script=TOW), a_test("quero ver meu boleto", script=BILL)]
    made = World(a_topic(BILL, tests=[of_the_bill]), a_topic(TOW, tests=of_the_tow), a_topic(CHIP))
    for number, verb in enumerate(VERBS * 3):
        made.past(str(number), f"preciso {verb} um guincho", "sim", "ok")
    return made


def test_a_change_of_wording_passes_every_check(world: World) -> None:
    step = {"step": 1, "message": "Vamos ver já o seu boleto."}

    report = world.gate(a_topic(BILL, script=[step, {"step": 2, "message": "Pronto."}]))

    assert report.passed
    assert [check.name for check in report.checks] == [
        "document",
        "tests",
        "replay",
        "confusion",
        "own",
        "own_tests",
    ]
    assert list(report.rerouted) == []


def test_a_script_that_copies_another_is_refused(world: World) -> None:
    thief = a_topic(9, [f"quero {verb} meu guincho" for verb in VERBS], problem=LIKE_THE_TOW)

    report = world.gate(thief)

    assert not report.passed
    assert not check_of(report, "confusion").passed


def test_a_broken_document_is_refused_and_nothing_else_is_run(world: World) -> None:
    report = world.gate(a_topic(BILL, steps=9))

    (check,) = report.checks
    assert (check.name, check.passed) == ("document", False)
    assert check.detail[0] == {
        "code": "steps_differ",
        "script": BILL,
        "path": "steps",
        "facts": {"found": "9", "expected": "2"},
    }


def test_a_test_that_cannot_be_read_is_a_fault_of_the_document(world: World) -> None:
    report = world.gate(a_topic(BILL, tests=[{"name": "vazio", "turns": [{"say": "oi"}]}]))

    (check,) = report.checks
    assert [(one["path"], one["code"]) for one in check.detail] == [("tests.0.turns", "nothing_expected")]


def test_what_lint_refuses_is_told_beside_the_other_checks(world: World) -> None:
    finding = {"code": "no_way_out", "script": BILL, "path": "script.0.next", "facts": {}}

    report = world.gate(a_topic(BILL), lint=lambda *_: [finding])

    assert check_of(report, "document").detail == [finding]
    assert not report.passed
    assert len(report.checks) == 6


def test_a_scripts_own_test_that_fails_refuses_it_with_the_transcript(world: World) -> None:
    report = world.gate(a_topic(BILL, tests=[a_test("quero pedir meu boleto", step=2)]))

    (found,) = check_of(report, "tests").detail
    assert (found["script"], found["turn"], found["key"], found["expected"], found["got"]) == (BILL, 1, "step", 2, 1)
    assert found["transcript"] == ["C: quero pedir meu boleto", "R: Vamos ver o seu boleto."]


def test_the_tests_of_other_scripts_that_name_the_changed_one_are_played_too(world: World) -> None:
    report = world.gate(a_topic(BILL, ["só isto e mais nada"]))

    failed = [(one["script"], one["test"]) for one in check_of(report, "tests").detail]
    assert failed == [(TOW, "quem diz quero ver meu boleto")]


def test_tests_that_do_not_name_the_changed_script_are_left_alone(world: World) -> None:
    report = world.gate(a_topic(CHIP, [f"quero {verb} meu guincho" for verb in VERBS]))

    assert check_of(report, "tests").passed


def test_a_script_that_leaves_breaks_the_tests_that_expect_it(world: World) -> None:
    report = world.gate(leaving=[BILL])

    assert [one["script"] for one in check_of(report, "tests").detail] == [TOW]


def test_an_old_unreadable_test_of_another_script_refuses_nothing() -> None:
    broken = {"name": "de antes", "turns": [{"telephone": "192"}]}
    shop = World(a_topic(BILL), a_topic(TOW, tests=[broken]))

    assert shop.gate(a_topic(BILL)).passed


def test_customers_who_would_go_elsewhere_are_in_the_report(world: World) -> None:
    thief = a_topic(9, [f"preciso {verb} um guincho" for verb in VERBS], problem={"id": 9, "description": "Outro"})

    report = world.gate(thief)

    assert {one.after for one in report.rerouted} == {9}
    assert report.as_json()["rerouted"][0].keys() == {"text", "before", "after", "label"}


def test_a_report_is_plain_json(world: World) -> None:
    report = world.gate(a_topic(BILL)).as_json()

    assert report.keys() == {"passed", "checks", "rerouted", "took_ms"}
    assert report["took_ms"] >= 0


def test_a_documents_tests_are_read_with_the_place_of_their_faults() -> None:
    with pytest.raises(InvalidRequest) as refused:
        read_tests([a_test("oi", step=1), a_test("oi", stepp=1)])

    assert [fault.path for fault in refused.value.faults] == ["tests.1.turns.0.expect.stepp"]


def test_the_time_of_compiling_is_not_counted(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    an_hour = 3600.0
    monkeypatch.setattr(gate, "make_candidate", lambda *given: make_candidate(*given)._replace(fit_s=an_hour))

    report = world.gate(a_topic(BILL))

    assert -an_hour * 1000 <= report.took_ms < 0
