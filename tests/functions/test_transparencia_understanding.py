"""What the pack of public contracts understands, through /message: documented cases, own messages, buttons."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from flask.testing import FlaskClient

from tests.harness import ROOT, TestClock

pytestmark = pytest.mark.both_packs

PACK = ROOT / "packs" / "transparencia"
MESSAGES = ROOT / "benchmarks" / "data"
DOCUMENTED = Path(__file__).resolve().parents[1] / "data" / "intents_of_contracts.json"
ENOUGH = 95  # of the hundred messages that the pack was written with
ENOUGH_OF_FRESH = 45  # of fifty that it was not tuned to; benchmarks/understanding.py measured 47
ENOUGH_OF_BLIND = 90  # of a hundred that others wrote without having seen anything of ours

Hear = Callable[..., str]


@pytest.fixture
def hear(client: FlaskClient, clock: type[TestClock]) -> Hear:
    """Say things in a conversation of its own; return the intent of the last one."""

    def said(*messages: str) -> str:
        session: dict[str, str] = {}
        body: dict[str, Any] = {}
        for message in messages:
            body = said_to(client, message, **session)
            session = {"session_id": body["session_id"]}
        return str(body["metadata"]["intent_type"])

    return said


def said_to(client: FlaskClient, message: str, **more: str) -> dict[str, Any]:
    return client.post("/api/v1/chat/message", json={"message": message, **more}).json or {}


def content(name: str) -> Any:
    return yaml.safe_load((PACK / name).read_text("utf-8"))


def misheard(rows: Iterable[Mapping[str, Any]], hear: Hear) -> list[str]:
    heard = ((row, hear(*row.get("after", ()), row["say"])) for row in rows)
    return [
        f"{row['say']}: {got}, not {row['intent']}" for row, got in heard if got not in (row["intent"], row.get("also"))
    ]


def test_every_documented_message_is_understood(hear: Hear) -> None:
    rows = [{"say": say, "intent": intent} for say, intent in json.loads(DOCUMENTED.read_text("utf-8"))]

    assert len(rows) == 43
    assert misheard(rows, hear) == []


def test_a_month_alone_keeps_the_intent_of_what_was_asked_before(hear: Hear) -> None:
    assert hear("Mostre anomalias do ministério da educação em 2024", "e em março?") == "analyze"


@pytest.mark.parametrize(
    ("file", "enough", "all_"),
    [
        ("understanding.yaml", ENOUGH, 100),
        ("understanding_second.yaml", ENOUGH_OF_FRESH, 50),
        ("understanding_fresh.yaml", ENOUGH_OF_FRESH, 50),
        ("understanding_blind.yaml", ENOUGH_OF_BLIND, 100),
        ("understanding_blind_second.yaml", ENOUGH_OF_BLIND, 100),
    ],
)
def test_nearly_every_message_of_our_own_is_understood(file: str, enough: int, all_: int, hear: Hear) -> None:
    rows = yaml.safe_load((MESSAGES / file).read_text("utf-8"))
    wrong = misheard(rows, hear)

    assert len(rows) == all_
    assert len({row["kind"] for row in rows}) == 10
    assert len(wrong) <= all_ - enough, wrong


def test_an_investigation_begun_from_an_analysis_takes_the_organ_that_is_named_now(client: FlaskClient) -> None:
    first = said_to(client, "Mostre anomalias do ministério da educação em 2024")
    begun = said_to(client, "quero investigar contratos da Saúde", session_id=first["session_id"])

    assert begun["slots"] == {"organ": "26000", "period": "2024-01-01..2024-12-31"}


@pytest.mark.parametrize("button", ["start_investigation", "investigate_contracts"])
def test_the_button_of_what_already_runs_is_no_wrong_answer(button: str, client: FlaskClient) -> None:
    first = said_to(client, "Quero investigar contratos suspeitos")
    again = said_to(client, button, session_id=first["session_id"])

    assert again["message"] == "Informe o órgão que você quer investigar"


def test_every_suggestion_reaches_its_own_intent(hear: Hear) -> None:
    reached = {one["id"]: hear(one["action"]) for one in content("suggestions.yaml")}

    assert reached == {"investigate": "investigate", "anomalies": "analyze", "report": "report", "help": "help"}


def test_every_suggested_action_has_a_meaning_that_starts_something(hear: Hear) -> None:
    about = content("pack.yaml")
    scripts = [yaml.safe_load(path.read_text("utf-8")) for path in PACK.glob("scripts/*.yaml")]
    suggested = {action for script in scripts for action in script["suggested_actions"]}
    suggested |= {action for actions in about["suggested_actions"].values() for action in actions}

    assert suggested <= about["actions"].keys()
    assert "unknown" not in {hear(action) for action in about["actions"]}


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        ("start_investigation", "investigate"),
        ("investigate_contracts", "investigate"),
        ("new_investigation", "investigate"),
        ("analyze_anomalies", "analyze"),
        ("detect_anomalies", "analyze"),
        ("change_filters", "analyze"),
        ("generate_report", "report"),
        ("download_json", "report"),
        ("download_csv", "report"),
        ("view_progress", "status"),
        ("view_examples", "help"),
        ("learn_more", "help"),
        ("try_again", "help"),
    ],
)
def test_an_actions_id_means_that_action(action: str, intent: str, hear: Hear) -> None:
    assert hear(action) == intent


def test_each_intent_is_one_script_signed_by_its_agent() -> None:
    scripts = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(PACK.glob("scripts/*.yaml"))]

    assert {script["problem"]["id"]: script["intent"] for script in scripts} == {
        201: "investigate",
        202: "analyze",
        203: "report",
        204: "status",
        205: "help",
        206: "greeting",
        207: "question",
        208: "thanks",
        209: "goodbye",
        210: "investigate",
    }
    assert {script["agent"] for script in scripts} == {"abaporu", "anita", "tiradentes", "machado"}


def test_organs_have_both_codes_and_their_source() -> None:
    organs = content("lists/organs.yaml")
    told = {one["id"]: one["data"] for one in organs}

    assert len(organs) == len(told) == 29
    assert all(data["code"] == id_ and data["siafi_code"] and data["source"] for id_, data in told.items())
    assert (told["26000"]["siafi_code"], told["25000"]["siafi_code"]) == ("36000", "26000")


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("o que é pregão?", "menor preço"),
        ("qual a diferença entre dispensa e inexigibilidade?", "Na dispensa a disputa seria possível"),
        ("quanto um contrato pode aumentar com aditivo?", "25%"),
        ("o que é SIAFI?", "orçamento e cada pagamento"),
        ("o que é o portal da transparência?", "Controladoria-Geral da União"),
        ("como faço um pedido pela LAI?", "Fala.BR"),
        ("o que é fracionamento de despesa?", "limite da dispensa"),
        ("o que é sobrepreço?", "acima do preço de mercado"),
        ("o que é dispensa de licitação?", "comprar direto"),
        ("o que significam essas anomalias?", "foge do padrão"),
        ("o que é a LAI?", "acesso à informação"),
        ("o que faz a cgu", "auditorias"),
        ("o que é o TCU?", "ajuda o Congresso"),
        ("onde eu denuncio uma irregularidade?", "Ministério Público"),
    ],
)
def test_a_question_about_public_money_gets_the_passage_that_answers_it(
    asked: str, told: str, client: FlaskClient
) -> None:
    body = said_to(client, asked)

    assert body["agent_id"] == "machado"
    assert told in body["message"]
