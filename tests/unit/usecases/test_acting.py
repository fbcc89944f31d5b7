"""What action steps do: a record, its progress, its report, an analysis; never more than a turn has time for."""

from dataclasses import replace

import pytest

from roteiro.domain.acting import Outcome
from roteiro.domain.conversation import FileLink, State
from roteiro.domain.script import Record
from roteiro.domain.texts import LOCALES, text
from roteiro.usecases import inquiries, investigating
from tests.bureau import ANA, BIA, Bureau, many, told
from tests.factories import a_state
from tests.ledgers import a_purchase

LARGE = 120  # contracts, read in pages of ten


@pytest.fixture
def bureau() -> Bureau:
    return Bureau()


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Bureau:
    """A bureau with an organ so large, and a clock so fast, that one turn reads two pages of it."""
    monkeypatch.setattr(investigating, "PAGE", 10)
    one = Bureau()
    one.bought(*many(LARGE))
    one.clock.step = 0.4
    return one


def after(outcome: Outcome) -> State:
    """Return the state of whoever got a record."""
    return told(record=outcome.record)


def test_a_finished_request_gets_a_number_and_what_was_found(bureau: Bureau) -> None:
    bureau.bought(*many(3))

    outcome = bureau.does("create_record")

    assert outcome.record == "INV-2026-001"
    assert outcome.result.startswith("Ministério da Saúde, 2024. Contratos lidos: 3")


def test_the_record_holds_what_was_asked_and_by_which_script(bureau: Bureau) -> None:
    bureau.does("create_record")

    kept = bureau.store.get("record:INV-2026-001") or {}

    assert kept["slots"] == {"organ": "26000", "period": "2024-01-01..2024-12-31"}
    assert (kept["conversation"], kept["script"], kept["script_version"]) == (ANA, 101, 1)
    assert kept["created_at"] == "2026-11-20T18:00:00.000Z"


def test_the_year_of_a_number_is_that_of_sao_paulo(bureau: Bureau) -> None:
    bureau.clock.time = bureau.clock.time.replace(year=2027, month=1, day=1, hour=2)

    assert bureau.does("create_record").record == "INV-2026-001"


def test_a_number_without_a_year_has_none(bureau: Bureau) -> None:
    bureau.script = replace(
        bureau.script, completion=replace(bureau.script.completion, record=Record("PED", year=False))
    )

    assert bureau.does("create_record").record == "PED-001"


def test_a_turn_that_is_decided_twice_makes_one_record(bureau: Bureau) -> None:
    deeds = bureau.deeds()

    twice = [deeds("create_record", told(), bureau.script) for _ in range(2)]

    assert twice[0] is twice[1]


def test_a_turn_that_two_requests_decide_makes_one_record(bureau: Bureau) -> None:
    assert {bureau.does("create_record").record for _ in range(3)} == {"INV-2026-001"}


def test_another_message_of_the_same_words_makes_another_record(bureau: Bureau) -> None:
    first = bureau.does("create_record").record
    bureau.message = "m-2"

    assert [first, bureau.does("create_record").record] == ["INV-2026-001", "INV-2026-002"]


def test_a_turn_that_lost_its_seats_makes_one_record_of_what_it_was_at_last(bureau: Bureau) -> None:
    deeds = bureau.deeds()

    made = [deeds("create_record", told(count=count, protocol=f"p{count}"), bureau.script) for count in range(4)]

    kept = bureau.store.scan("record:")
    assert {one.record for one in made} == {"INV-2026-001"}
    assert [(one["number"], one["protocol"]) for one in kept] == [("INV-2026-001", "p3")]
    assert len(bureau.store.scan("record-of:")) == 1


def test_what_a_request_put_on_record_is_withdrawn_and_nothing_else_is(bureau: Bureau) -> None:
    bureau.does("create_record", conversation=BIA)
    bureau.does("create_record")
    bureau.message = "m-2"
    deeds = bureau.deeds()
    deeds("create_record", told(), bureau.script)

    deeds.withdraw()

    assert [one["number"] for one in bureau.store.scan("record:")] == ["INV-2026-001", "INV-2026-002"]
    assert {one["number"] for one in bureau.store.scan("record-of:")} == {"INV-2026-001", "INV-2026-002"}


def test_a_request_that_did_nothing_withdraws_nothing(bureau: Bureau) -> None:
    bureau.does("create_record")

    bureau.deeds().withdraw()

    assert len(bureau.store.scan("record:")) == 1


def test_without_contracts_a_request_is_registered_and_nothing_is_made_up(bureau: Bureau) -> None:
    said = bureau.does("create_record").result

    assert said.splitlines() == [
        text("acting.no_contracts", "pt-BR"),
        "Seu pedido ficou registrado com o número INV-2026-001.",
    ]


@pytest.mark.parametrize("adapters", [(), ("contracts",)])
def test_a_record_that_is_not_about_contracts_is_only_registered(adapters: tuple[str, ...]) -> None:
    bureau = Bureau(adapters=adapters)

    said = bureau.does("create_record", a_state(slots={"organ": "26000"})).result

    assert said == "Seu pedido ficou registrado com o número INV-2026-001."


def test_progress_of_what_is_only_registered_is_its_number() -> None:
    bureau = Bureau(adapters=())
    made = bureau.does("create_record")

    said = bureau.does("lookup:progress", after(made)).result

    assert said == "Seu pedido ficou registrado com o número INV-2026-001."


def test_a_report_of_what_is_only_registered_is_empty() -> None:
    bureau = Bureau(adapters=())
    made = bureau.does("create_record")

    assert bureau.does("lookup:report", after(made)).result.startswith("A investigação INV-2026-001 não encontrou")


def test_a_record_reads_as_many_organs_as_its_document_can_hold(bureau: Bureau) -> None:
    bureau.bought(*many(2), *many(3, organ="26000"))

    said = bureau.does("create_record", told(organ=["26000", "25000", "99000"])).result

    assert said.count("Contratos lidos") == 2


def test_progress_without_an_investigation_offers_to_begin_one(bureau: Bureau) -> None:
    assert bureau.does("lookup:progress").result == text("acting.no_record", "pt-BR")
    assert bureau.does("lookup:report").result == text("acting.no_record", "pt-BR")


def test_nobody_learns_of_an_investigation_of_somebody_elses(bureau: Bureau) -> None:
    made = bureau.does("create_record")

    assert bureau.does("lookup:progress", after(made), BIA).result == text("acting.no_record", "pt-BR")


def test_a_large_organ_is_read_in_several_calls_and_each_comes_further(busy: Bureau) -> None:
    made = busy.does("create_record")

    said = [busy.does("lookup:progress", after(made)).result for _ in range(8)]

    assert "Pergunte pelo andamento" in made.result
    shares = [one.splitlines()[0] for one in said]
    assert len(set(shares)) > 2
    assert shares[-1] == "A investigação INV-2026-001 está concluída."


def test_many_calls_find_what_one_call_finds(busy: Bureau) -> None:
    busy.bought(*(a_purchase(f"twin{n}", supplier="9", object="Pães", initial=500) for n in range(2)))
    made = busy.does("create_record")
    for _ in range(8):
        last = busy.does("lookup:progress", after(made)).result
    busy.clock.step = 0

    at_once = busy.does("create_record", told(count=9)).result

    assert last.splitlines()[1:] == at_once.splitlines()


def test_a_report_waits_for_the_end_and_says_so(busy: Bureau) -> None:
    made = busy.does("create_record")

    early = busy.does("lookup:report", after(made))

    assert (early.links, busy.files) == ((), {})
    assert early.result.startswith("A investigação INV-2026-001 ainda está em ")


def test_asking_for_the_report_goes_on_with_the_work(busy: Bureau) -> None:
    made = busy.does("create_record")

    asked = [busy.does("lookup:report", after(made)) for _ in range(8)]

    assert [bool(one.links) for one in asked][-1] is True


def test_a_report_is_one_file_however_often_it_is_asked_for(bureau: Bureau) -> None:
    bureau.bought(*many(3))
    made = bureau.does("create_record")

    links: list[FileLink] = []
    for _ in range(2):
        bureau.clock.sleep(3600)
        links += bureau.does("lookup:report", after(made)).links

    assert [link.href for link in links] == [f"http://localhost/{name}" for name in bureau.files] * 2
    assert [name.rpartition(".")[2] for name in bureau.files] == ["pdf", "csv", "json"]


def test_a_report_of_made_up_contracts_says_so_in_the_reply_and_on_paper(bureau: Bureau) -> None:
    bureau.bought(*many(3), is_demo=True)
    made = bureau.does("create_record")

    said = bureau.does("lookup:report", after(made)).result

    assert said.endswith(text("acting.demo", "pt-BR"))
    assert text("paper.demo", "pt-BR") in next(iter(bureau.files.values())).decode()


def test_an_investigation_without_contracts_has_no_report(bureau: Bureau) -> None:
    made = bureau.does("create_record")

    outcome = bureau.does("lookup:report", after(made))

    assert outcome == Outcome(text("acting.report_empty", "pt-BR", number="INV-2026-001"))


def test_where_files_cannot_be_stored_the_conversation_goes_on(bureau: Bureau) -> None:
    bureau.bought(*many(3))
    bureau.is_full = True
    made = bureau.does("create_record")

    assert bureau.does("lookup:report", after(made)) == Outcome(text("acting.no_files", "pt-BR"))


def test_an_analysis_of_an_organ_looks_at_all_its_time_and_keeps_nothing(bureau: Bureau) -> None:
    bureau.bought(*many(3), *many(2, organ="26000"))

    outcome = bureau.does("lookup:analysis", told(period=None))

    assert outcome.result.startswith("Ministério da Saúde, todo o período disponível. Contratos lidos: 3")
    assert (outcome.record, bureau.store.scan("record")) == ("", [])


def test_an_analysis_of_a_period_looks_at_every_organ_that_has_contracts(bureau: Bureau) -> None:
    bureau.bought(*many(3), *many(2, organ="26000"))

    said = bureau.does("lookup:analysis", told(organ=None)).result

    assert "Ministério da Saúde, 2024. Contratos lidos: 3" in said
    assert "Ministério da Educação, 2024. Contratos lidos: 2" in said


@pytest.mark.parametrize(
    ("organ", "period", "key"),
    [(None, "2020-01-01..2020-12-31", "acting.none_at_all"), ("99000", None, "acting.unknown_organ")],
)
def test_an_analysis_that_finds_no_contracts_says_why(bureau: Bureau, organ: str, period: str, key: str) -> None:
    bureau.bought(*many(3))

    assert bureau.does("lookup:analysis", told(organ, period)).result.splitlines()[0] == text(key, "pt-BR")


def test_an_analysis_where_nothing_was_imported_says_so(bureau: Bureau) -> None:
    assert bureau.does("lookup:analysis", told(organ=None)).result == text("acting.no_contracts", "pt-BR")


def test_an_analysis_that_runs_out_of_time_names_who_was_not_looked_at(bureau: Bureau) -> None:
    bureau.bought(*many(3), *many(2, organ="26000"))
    bureau.clock.step = 0.7

    said = bureau.does("lookup:analysis", told(organ=None)).result

    assert "Contratos lidos: 3" in said
    assert said.endswith("Não deu tempo de olhar: Ministério da Educação. Diga um órgão para eu olhar só ele.")


def test_an_analysis_that_cannot_read_all_advises_an_investigation(busy: Bureau) -> None:
    said = busy.does("lookup:analysis").result

    assert "Li até aqui" in said
    assert said.endswith(text("acting.whole_by_investigation", "pt-BR"))


def test_a_pack_without_contracts_analyses_nothing() -> None:
    assert Bureau(adapters=()).does("lookup:analysis") == Outcome()


def test_the_agents_are_those_of_the_cast(bureau: Bureau) -> None:
    assert bureau.does("lookup:agents").result == "Quem conversa com você por aqui: Anita Garibaldi, Nanã."


def test_an_action_that_nobody_knows_does_nothing(bureau: Bureau) -> None:
    assert bureau.does("lookup:weather") == Outcome()


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_is_said_in_the_conversations_language(bureau: Bureau, locale: str) -> None:
    bureau.bought(*many(3))
    made = bureau.does("create_record", told(locale=locale))

    said = bureau.does("lookup:progress", told(locale=locale, record=made.record)).result

    assert said.startswith(text("acting.done", locale, number=made.record))
    assert said.endswith(text("report.none", locale))


def test_a_killed_call_loses_at_most_a_stretch(busy: Bureau, monkeypatch: pytest.MonkeyPatch) -> None:
    made = busy.does("create_record")
    read = inquiries.find(made.record, ANA, busy.store)
    assert read
    monkeypatch.setattr(inquiries, "_kept", lambda *_: pytest.fail("killed"))

    with pytest.raises(pytest.fail.Exception):
        busy.does("lookup:progress", after(made))

    assert inquiries.find(made.record, ANA, busy.store) == read
    assert read.subjects[0].case.tally.contracts >= 10
