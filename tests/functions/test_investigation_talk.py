"""Investigations in a chat, over the real routes: from the first words to a PDF that opens."""

import csv
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from flask.testing import FlaskClient
from pypdf import PdfReader

from roteiro.domain.contracts.records import DEMO, Source
from roteiro.domain.ids import ConversationId
from roteiro.domain.texts import LOCALES, text
from roteiro.errors import FilesUnavailable, StoreUnavailable
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import acting, inquiries
from tests.functions.streaming import read
from tests.harness import STAFF, TestClock

pytestmark = pytest.mark.sample


@pytest.fixture
def contracts(database: Path) -> Iterator[SqliteStore]:
    """The store, with the pack's synthetic sample in it."""
    store = SqliteStore(str(database))
    yield store
    store.close()


class Talk:
    """A customer of the second seed's chat."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.session = ""

    def says(self, *messages: str, **headers: str) -> dict[str, Any]:
        """Say messages one after the other; return the last answer."""
        for message in messages:
            body = {"message": message, **({"session_id": self.session} if self.session else {})}
            answer = self.client.post("/api/v1/chat/message", json=body, headers=headers)
            assert answer.status_code == 200, answer.json
            self.session = answer.json["session_id"]
        return answer.json or {}


@pytest.fixture
def talk(client: FlaskClient, contracts: SqliteStore) -> Talk:
    return Talk(client)


@pytest.fixture
def begun(talk: Talk) -> Talk:
    """A customer whose investigation is on record."""
    talk.says("Quero investigar contratos suspeitos", "Ministério da Saúde", "Últimos 6 meses")
    return talk


def words_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def test_the_documents_full_investigation_ends_with_a_number_and_what_was_read(talk: Talk) -> None:
    said = talk.says("Quero investigar contratos suspeitos", "Ministério da Saúde", "Últimos 6 meses")["message"]

    assert "INV-2026-001" in said
    assert "Ministério da Saúde, 21/05/2026 a 20/11/2026. Contratos lidos: " in said


def test_the_documents_direct_query_is_answered_with_findings_and_no_accusation(talk: Talk) -> None:
    said = talk.says("Mostre anomalias do ministério da educação em 2024")["message"]

    assert "Ministério da Educação, 2024. Contratos lidos: " in said
    assert "• Indício de " in said
    assert text("acting.caution", "pt-BR") in said


def test_a_follow_up_looks_at_the_same_organ_in_another_month(talk: Talk) -> None:
    said = talk.says("Mostre anomalias do ministério da educação em 2024", "e em março?")["message"]

    assert "Ministério da Educação, março de 2024. Contratos lidos: " in said


def test_the_documents_report_is_a_pdf_that_opens(begun: Talk) -> None:
    answer = begun.says("Gere um relatório da última investigação")

    link, table, data = answer["links"]
    paper = begun.client.get(link["href"])
    assert (link["rel"], link["type"], link["expires_at"]) == ("report", "application/pdf", "2026-11-21T18:00:00.000Z")
    assert answer["message"].splitlines()[-3:] == [one["href"] for one in (link, table, data)]
    assert paper.data.startswith(b"%PDF")
    assert "Relatório da investigação INV-2026-001" in words_of(paper.data)


def test_the_findings_can_be_taken_away_as_a_table_and_as_data(begun: Talk) -> None:
    _, table, data = begun.says("Quero baixar a investigação em CSV")["links"]

    rows = list(csv.reader(begun.client.get(table["href"]).data.decode("utf-8-sig").splitlines(), delimiter=";"))
    told: dict[str, Any] = begun.client.get(data["href"]).json or {}
    assert rows[0][:5] == ["nº do indício", "regra", "gravidade", "indício", "contrato"]
    assert len(rows) - 1 == sum(len(one["contracts"]) for one in told["findings"])
    assert len(told["findings"]) == sum(told["found"].values()) > 0
    assert all(cell for row in rows[1:] for cell in row[5:10])
    assert {row[-1] for row in rows[1:]} == {"sim"}
    assert (told["number"], told["is_demo_mode"]) == ("INV-2026-001", True)


def test_a_filter_by_value_holds_over_the_turns_that_it_takes_to_ask(talk: Talk) -> None:
    whole = talk.says("contratos do ministério da defesa em 2025")["message"]
    talk.says("quero investigar contratos acima de R$ 1 milhão")

    said = talk.says("ministério da defesa", "2025")["message"]

    assert "Filtro: valor final acima de R$ 1.000.000,00. Ficaram " in said
    assert whole.partition("Contratos lidos: ")[2][:3] != said.partition("Contratos lidos: ")[2][:3]


def test_the_report_of_an_organ_is_that_organs_and_not_the_last(talk: Talk) -> None:
    talk.says("contratos do ministério da saúde em 2025", "contratos do ministério da educação em 2024")

    said = talk.says("gera o relatorio da saude")["message"]

    assert "é o da investigação INV-2026-001 (Ministério da Saúde, 2025)" in said


def test_a_number_of_somebody_elses_gives_nothing_away(begun: Talk) -> None:
    other = Talk(begun.client)
    other.says("contratos do ministério da educação em 2024")

    answer = other.says("relatório da INV-2026-001")

    assert answer["links"] == []
    assert "Não tenho essa investigação nesta conversa (INV-2026-001)." in answer["message"]
    assert "INV-2026-002 (Ministério da Educação, 2024)" in answer["message"]


def test_a_period_without_contracts_says_what_there_is_and_that_it_is_made_up(talk: Talk) -> None:
    said = talk.says("contratos do ministério da saúde em 2019")["message"]

    assert text("acting.demo", "pt-BR") in said
    assert "Os dados de demonstração têm: " in said
    assert "de 01/2024 a 10/2026" in said


def test_an_address_of_one_form_opens_no_other(begun: Talk) -> None:
    link, *_ = begun.says("Gere um relatório da última investigação")["links"]

    assert begun.client.get(link["href"].replace(".pdf", ".csv")).status_code == 404


def test_a_report_before_any_investigation_offers_to_begin_one(talk: Talk) -> None:
    answer = talk.says("Gere um relatório da última investigação")

    assert answer["links"] == []
    assert text("acting.no_record", "pt-BR") in answer["message"]


def test_progress_is_that_of_this_conversation_alone(begun: Talk) -> None:
    other = Talk(begun.client)

    assert "INV-2026-001 está concluída" in begun.says("qual o andamento da investigação?")["message"]
    assert text("acting.no_record", "pt-BR") in other.says("qual o andamento da investigação?")["message"]


def test_two_customers_have_numbers_of_their_own(begun: Talk) -> None:
    said = Talk(begun.client).says("Quero investigar contratos do MEC em 2024")["message"]

    assert "INV-2026-002" in said


def test_the_first_seeds_routes_act_too(serve: Callable[..., FlaskClient], contracts: SqliteStore) -> None:
    client = serve(ROTEIRO_PACK_FRONT="transparencia")
    client.post("/initial-message", json={"message": "Ana"})

    said = client.post("/chat", json={"message": "Quero investigar contratos do MEC em 2024"}).json["answer"]

    assert "INV-2026-001" in said
    assert "Contratos lidos: " in said


def test_the_same_message_sent_twice_makes_one_record(talk: Talk, contracts: SqliteStore) -> None:
    body = {"message": "Quero investigar contratos do MEC em 2024", "client_message_id": "m-1"}
    first = talk.client.post("/api/v1/chat/message", json=body).json

    again = talk.client.post("/api/v1/chat/message", json={**body, "session_id": first["session_id"]}).json

    assert (again["replayed"], again["message"]) == (True, first["message"])
    assert len(contracts.scan("record:")) == 1


def test_a_message_that_loses_its_seat_to_others_makes_one_record(
    talk: Talk, contracts: SqliteStore, serve: Callable[..., FlaskClient]
) -> None:
    talk.says("oi")
    crowd = [Talk(serve()) for _ in range(6)]
    for one in crowd:
        one.session = talk.session

    with ThreadPoolExecutor(len(crowd)) as people:
        said = list(people.map(Talk.says, crowd, ["Quero investigar o MEC em 2024", *["oi"] * (len(crowd) - 1)]))

    assert "INV-2026-001" in said[0]["message"]
    assert [one["number"] for one in contracts.scan("record-of:")] == ["INV-2026-001"]


def test_what_is_put_on_record_while_the_session_is_deleted_goes_with_it(
    talk: Talk, contracts: SqliteStore, serve: Callable[..., FlaskClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = serve()
    talk.says("oi")

    def interrupted(*asked: Any) -> str:
        other.delete(f"/api/v1/chat/sessions/{talk.session}")
        return inquiries.claim(*asked)

    monkeypatch.setattr(acting, "claim", interrupted)

    body = {"message": "Quero investigar o MEC em 2024", "session_id": talk.session}
    answer = talk.client.post("/api/v1/chat/message", json=body)

    assert answer.status_code == 404
    assert contracts.scan("record") == []


def test_another_instance_goes_on_with_the_conversation(begun: Talk, serve: Callable[..., FlaskClient]) -> None:
    begun.client = serve()

    assert begun.says("Gere um relatório da última investigação")["links"]


@pytest.mark.parametrize("language", LOCALES)
def test_made_up_contracts_are_called_so_in_the_answer_and_its_metadata(talk: Talk, language: str) -> None:
    answer = talk.says("Mostre anomalias do ministério da educação em 2024", **{"Accept-Language": language})

    assert text("acting.demo", language) in answer["message"]
    assert answer["metadata"]["is_demo_mode"] is True


def test_once_real_contracts_are_there_nothing_is_called_made_up_two_seconds_later(
    talk: Talk, contracts: SqliteStore, clock: type[TestClock]
) -> None:
    modes = [talk.says("oi")["metadata"]["is_demo_mode"]]
    contracts.ledger().note_source(Source("202401_Compras.csv", "2026-11-20T18:00:00.000Z", 1))

    for seconds in (1, 1):
        clock.time += timedelta(seconds=seconds)
        modes.append(talk.says("oi")["metadata"]["is_demo_mode"])

    assert modes == [True, True, False]


def test_the_insurance_pack_is_never_a_demonstration(talk: Talk, contracts: SqliteStore) -> None:
    answer = talk.client.post("/api/v1/chat/message", json={"message": "bati o carro", "pack": "seguros"})

    assert answer.json["metadata"]["is_demo_mode"] is False


def test_without_contracts_a_request_is_registered_and_nothing_is_made_up(talk: Talk, contracts: SqliteStore) -> None:
    contracts.ledger().forget(DEMO)

    answer = talk.says("Quero investigar contratos do MEC em 2024")

    assert text("acting.no_contracts", "pt-BR") in answer["message"]
    assert answer["metadata"]["is_demo_mode"] is False


def test_a_deployment_without_files_says_that_the_report_must_wait(
    begun: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bool:
        raise FilesUnavailable("the disk is full")

    monkeypatch.setattr("roteiro.files.local.LocalFiles.put", full)

    answer = begun.says("Gere um relatório da última investigação")

    assert text("acting.no_files", "pt-BR") in answer["message"]
    assert answer["links"] == []


@pytest.mark.parametrize("place", ["history", "sessions"])
def test_an_erased_conversation_takes_its_record_with_it(begun: Talk, contracts: SqliteStore, place: str) -> None:
    answer = begun.client.delete(f"/api/v1/chat/{place}/{begun.session}")

    assert answer.status_code == 200
    assert contracts.scan("record") == []


def deed(talk: Talk, name: str, **body: Any) -> dict[str, Any]:
    """Do something at the desk to a customer's conversation."""
    path = f"/api/v1/desk/conversations/{talk.session}/{name}"
    answer = talk.client.post(path, json=body, headers=STAFF)
    assert answer.status_code == 200, answer.json
    return answer.json or {}


def test_a_script_that_an_attendant_chooses_acts_and_its_link_is_not_lost(begun: Talk) -> None:
    done = deed(begun, "script", script_id=203)

    link, *_, last = done["detail"]["links"]
    assert done["message"].endswith(last["href"])
    assert begun.client.get(link["href"]).data.startswith(b"%PDF")


def test_what_a_person_hands_back_acts_too(begun: Talk) -> None:
    deed(begun, "takeover")
    deed(begun, "script", script_id=203)

    done = deed(begun, "handback", step=1, message="Aqui está.")

    assert done["message"].startswith("Aqui está.")
    assert done["message"].endswith(done["detail"]["links"][-1]["href"])


def test_a_dry_run_of_the_desk_puts_nothing_on_record(talk: Talk, contracts: SqliteStore) -> None:
    talk.says("Mostre anomalias do ministério da educação em 2024")

    deed(talk, "script", script_id=201, dry_run=True)

    assert contracts.scan("record") == []


def opened(talk: Talk, message: str) -> Generator[dict[str, Any], None, None]:
    """Give the events of a stream one by one."""
    body = {"message": message, **({"session_id": talk.session} if talk.session else {})}
    answer = talk.client.post("/api/v1/chat/stream", json=body, buffered=False)
    with closing(answer):
        for written in answer.response:
            (event,) = read(cast("bytes", written))
            yield event


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which every deed takes longer than a moment."""
    monkeypatch.setattr(acting, "_HURRY", timedelta(seconds=-1))


@pytest.mark.usefixtures("slow")
def test_a_stream_says_that_it_began_before_it_reads_many_contracts(talk: Talk, contracts: SqliteStore) -> None:
    events = opened(talk, "Quero investigar o MEC em 2024")

    first = [next(events) for _ in range(2)]
    stored = contracts.load(first[0]["session_id"], 1)
    rest = list(events)

    assert [one["type"] for one in first] == ["start", "detecting"]
    assert first[0]["session_token"].startswith("rt1.")
    assert stored == []
    assert [one["type"] for one in rest] == ["intent", "agent_selected", *["chunk"] * (len(rest) - 3), "complete"]
    assert "".join(one["content"] for one in rest[2:-1]) == rest[-1]["message"]
    assert rest[-1]["protocol_key"]
    assert [one["number"] for one in contracts.scan("record-of:")] == ["INV-2026-001"]


@pytest.mark.usefixtures("slow")
def test_a_report_is_printed_behind_the_first_events(begun: Talk) -> None:
    events = list(opened(begun, "Gere um relatório da última investigação"))

    assert [one["type"] for one in events][:4] == ["start", "detecting", "intent", "agent_selected"]
    assert events[-1]["links"]


@pytest.mark.usefixtures("slow")
@pytest.mark.parametrize("heard", [1, 2])
def test_who_leaves_before_contracts_are_read_is_answered_all_the_same(
    talk: Talk, contracts: SqliteStore, heard: int
) -> None:
    talk.says("oi")
    events = opened(talk, "Quero investigar o MEC em 2024")
    for _ in range(heard):
        next(events)

    events.close()

    assert [event.text for event in contracts.load(ConversationId(talk.session), 9)][1:] == [
        "Quero investigar o MEC em 2024"
    ]
    assert len(contracts.scan("record:")) == 1


@pytest.mark.usefixtures("slow")
def test_what_is_refused_behind_the_first_events_ends_the_stream_and_is_not_tried_again(
    talk: Talk, contracts: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk.says("oi")
    tries: list[object] = []

    def away(*_: object) -> None:
        tries.append(None)
        raise StoreUnavailable("the disk is away")

    monkeypatch.setattr(SqliteStore, "append", away)

    events = list(opened(talk, "Quero investigar o MEC em 2024"))

    assert [one["type"] for one in events] == ["start", "detecting", "error"]
    assert events[-1]["code"] == "store_unavailable"
    assert len(tries) == 1
