"""Told conversations act too, in a store of their own: a number is drawn, nothing is read, no file is kept."""

from roteiro.domain.texts import text
from roteiro.wiring import open_stage
from tests.bureau import ANA, Bureau, many, told


def test_a_told_conversation_gets_a_number_and_no_findings() -> None:
    stage, bureau = open_stage(), Bureau()

    with stage.open_store() as store:
        act = stage.act_in(ANA, store, bureau.catalogue, bureau.clock)
        made = act("create_record", told(), bureau.script)
        report = act("lookup:report", told(record=made.record), bureau.script)

    assert made.record == "INV-2026-001"
    assert made.result.startswith(text("acting.no_contracts", "pt-BR"))
    assert report.links == ()


def test_a_told_conversation_with_contracts_of_its_own_keeps_no_file() -> None:
    stage, bureau = open_stage(), Bureau()
    bureau.bought(*many(2))

    act = stage.act_in(ANA, bureau.store, bureau.catalogue, bureau.clock)
    made = act("create_record", told(), bureau.script)
    report = act("lookup:report", told(record=made.record), bureau.script)

    assert report.result == text("acting.no_files", "pt-BR")


def test_each_told_conversation_begins_with_the_first_number() -> None:
    stage, bureau = open_stage(), Bureau()
    numbers = []

    for _ in range(2):
        with stage.open_store() as store:
            act = stage.act_in(ANA, store, bureau.catalogue, bureau.clock)
            numbers.append(act("create_record", told(), bureau.script).record)

    assert numbers == ["INV-2026-001", "INV-2026-001"]
