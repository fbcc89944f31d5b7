"""How the pack of public contracts carries itself: in distress, asked what it is, pressed, insulted, left waiting."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from flask.testing import FlaskClient

from roteiro.domain.texts import text
from tests.harness import TestClock

pytestmark = pytest.mark.both_packs

Talk = Callable[..., dict[str, Any]]
SUNDAY = datetime(2026, 11, 22, 15, 0, tzinfo=UTC)
ASKING = "Informe o órgão que você quer investigar"


@pytest.fixture
def talk(client: FlaskClient) -> Talk:
    """Say things in one conversation; return the last answer."""
    session: dict[str, str] = {}

    def said(*messages: str, **more: str) -> dict[str, Any]:
        body: dict[str, Any] = {}
        for message in messages:
            body = client.post("/api/v1/chat/message", json={"message": message, **session, **more}).json or {}
            session["session_id"] = body["session_id"]
        return body

    return said


@pytest.mark.parametrize("before", [(), ("Quero investigar contratos",), ("quero falar com um atendente",)])
def test_who_wants_to_die_is_given_the_cvv_and_a_person(before: tuple[str, ...], talk: Talk) -> None:
    body = talk(*before, "quero me matar")

    assert body["message"].startswith(text("distress", "pt-BR"))
    assert (body["status"], body["metadata"]["intent_type"]) == ("waiting", "handoff")


@pytest.mark.parametrize(
    ("asked", "told", "intent"),
    [
        ("fui ameaçado por denunciar", "190", "question"),
        ("quero denunciar um vereador", "falabr.cgu.gov.br", "question"),
        ("onde eu denuncio?", "falabr.cgu.gov.br", "question"),
        ("vc é um robo?", "Sou um robô", "help"),
        ("quem criou vc?", "código aberto", "help"),
        ("vcs sao da cgu?", "não é um canal da CGU", "help"),
        ("esses dados sao de verdade?", "os dados são fictícios", "help"),
        ("is this real data?", "os dados são fictícios", "help"),
        ("o que é compra dividida?", "partes menores", "question"),
        ("foi mal, mandei errado, apaga", "a conversa pode ser apagada", "help"),
        ("meu cpf é 529.982.247-25", "Não precisa enviar seus dados", "help"),
        ("cancela", "não há nada em andamento", "help"),
        ("tem dados da prefeitura?", "Aqui só há contratos do governo federal", "question"),
        ("manda por email pra joao@x.com", "Não consigo enviar por e-mail", "report"),
    ],
)
def test_what_people_ask_besides_contracts_is_answered(asked: str, told: str, intent: str, talk: Talk) -> None:
    body = talk(asked)

    assert told in body["message"]
    assert body["metadata"]["intent_type"] == intent


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("onde denuncio?", "falabr.cgu.gov.br"),
        ("quero denunciar um vereador que ta desviando dinheiro da merenda", "falabr.cgu.gov.br"),
        ("foi mal, mandei errado, apaga", "a conversa pode ser apagada"),
        ("quem é você?", "Sou um robô"),
        ("qual o maior?", "Quando eu souber o órgão"),
        ("certo, e quem sao os fornecedores?", "Quando eu souber o órgão"),
        ("quem assinou?", "CSV e JSON"),
        ("tem o cnpj deles?", "Quando eu souber o órgão"),
        ("10 maiores", "Quando eu souber o órgão"),
        ("como funciona?", "Aqui você investiga contratos públicos"),
        ("view_examples", "Aqui você investiga contratos públicos"),
        ("try_again", "Aqui você investiga contratos públicos"),
        ("learn_more", "Aqui você investiga contratos públicos"),
        ("generate_report", "Ainda não há investigação"),
    ],
)
def test_an_aside_while_the_organ_is_asked_for_is_no_failed_answer(asked: str, told: str, talk: Talk) -> None:
    body = talk("Quero investigar contratos", asked)

    assert told in body["message"]
    assert body["message"].endswith(ASKING)
    assert (body["script_id"], body["step"]) == (201, 1)


def test_a_word_alone_is_an_answer_to_what_was_asked_and_no_question_about_it(talk: Talk) -> None:
    body = talk("Quero investigar contratos", "TCU")

    assert body["message"].startswith("Não achei esse órgão")


@pytest.mark.parametrize("button", ["detect_anomalies", "change_filters", "analyze_anomalies"])
def test_a_button_for_another_demand_leads_there_without_a_question(button: str, talk: Talk) -> None:
    body = talk("Quero investigar contratos", button)

    assert (body["script_id"], body["metadata"]["intent_type"]) == (202, "analyze")


def test_a_correction_that_holds_a_value_is_never_taken_for_a_question(talk: Talk) -> None:
    body = talk("quero investigar os gastos da presidência", "na verdade é o MEC")

    assert body["slots"]["organ"] == "25000"


def test_what_the_chat_cannot_look_up_after_an_answer_leaves_the_demand_where_it_was(talk: Talk) -> None:
    body = talk("Mostre anomalias do MEC em 2024", "quem assinou?")
    later = talk("e em março?")

    assert "CSV e JSON" in body["message"]
    assert (later["script_id"], "25000" in later["slots"]["organ"]) == (202, True)


def test_the_words_after_a_report_are_true_where_there_was_none(talk: Talk) -> None:
    body = talk("Gere um relatório da última investigação", "ok")

    assert "escreva “gere o relatório”" in body["message"]


def test_two_messages_that_mean_nothing_do_not_get_the_same_words(talk: Talk) -> None:
    first, second = talk("asdfgh")["message"], talk("seu robô burro")["message"]

    assert first != second


def test_periods_misunderstood_end_the_demand_and_call_nobody(talk: Talk) -> None:
    body = talk("Quero investigar contratos do MEC", "xpto", "blablabla", "nhenhenhem")

    assert body["message"] == text("given_up", "pt-BR")
    assert (body["status"], body["script_id"]) == ("bot", None)


@pytest.mark.parametrize("wish", ["quero continuar com o robô", "cancelar atendimento", "deixa, pode continuar vc"])
def test_who_waits_for_a_person_may_go_back_to_the_bot_while_nobody_has_come(wish: str, talk: Talk) -> None:
    waiting = talk("Quero investigar contratos", "quero falar com um atendente")
    body = talk(wish)

    assert waiting["status"] == "waiting"
    assert body["message"] == f"{text('back_to_bot', 'pt-BR')}\n\n{ASKING}"
    assert talk("MEC")["slots"] == {"organ": "25000"}


def test_who_waits_off_hours_reads_each_time_when_people_are_back(talk: Talk, clock: type[TestClock]) -> None:
    clock.time = SUNDAY
    body = talk("quero falar com um atendente", "oi?")

    assert "Você é o 1º da fila" in body["message"]
    assert "segunda-feira (23/11)" in body["message"]


def test_the_language_of_a_message_counts_from_then_on(talk: Talk) -> None:
    talk("Quero investigar contratos")
    body = talk("who are you?", locale="en")

    assert body["message"].startswith("I am a robot")
    assert body["message"].endswith("Tell me the agency you want to investigate")
    assert talk("o que é pregão?")["message"].startswith("Pregão is the form of tender for common goods")


def test_a_report_asked_for_in_english_is_no_name_of_an_agency(talk: Talk) -> None:
    body = talk("I want to investigate contracts", "give me the report", locale="en")

    assert body["message"].startswith("There is no investigation in this conversation yet.")
