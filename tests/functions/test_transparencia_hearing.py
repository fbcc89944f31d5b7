"""What the pack of public contracts hears of organs and times: nothing that was said is passed over in silence."""

from collections.abc import Callable
from typing import Any

import pytest

pytestmark = pytest.mark.both_packs

PATH = "/api/v1/chat/message"
SAUDE, EDUCACAO, DEFESA, TRANSPORTES, JUSTICA = "26000", "25000", "36000", "57000", "30000"
Y2023, Y2024, Y2025 = (f"{year}-01-01..{year}-12-31" for year in (2023, 2024, 2025))
Talk = Callable[..., dict[str, Any]]


def heard(body: dict[str, Any]) -> tuple[int, bool, dict[str, Any]]:
    return body["script_id"], body["is_final_step"], body["slots"]


@pytest.mark.parametrize(
    ("message", "organs"),
    [
        ("anomalias da defesa em 2025", [DEFESA]),
        ("anomalias dos transportes em 2025", [TRANSPORTES]),
        ("anomalias da justiça em 2025", [JUSTICA]),
        ("compare transportes e saúde em 2025", [TRANSPORTES, SAUDE]),
    ],
)
def test_an_analysis_is_of_the_organ_that_was_named(message: str, organs: list[str], talk: Talk) -> None:
    assert heard(talk(message)) == (202, True, {"organ": organs, "period": [Y2025]})


@pytest.mark.parametrize(
    "message",
    [
        "mostre anomalias da eletrobras em 2025",
        "anomalias da Petrobras em 2025",
        "anomalias do ministério da pesca em 2025",
        "anomalias da justiça eleitoral em 2025",
        "anomalias da saúde da prefeitura de São Paulo em 2025",
    ],
)
def test_an_organ_that_is_not_in_the_list_is_never_answered_with_all_the_others(message: str, talk: Talk) -> None:
    body = talk(message)

    assert heard(body) == (202, False, {"period": [Y2025]})
    assert body["message"].startswith("Não achei esse órgão na minha lista.")


@pytest.mark.parametrize(("answer", "slots"), [("a saúde", {"organ": [SAUDE]}), ("todos", {})])
def test_after_an_unknown_organ_a_known_one_or_all_are_analysed(answer: str, slots: dict[str, Any], talk: Talk) -> None:
    body = talk("anomalias do stf em 2025", answer)

    assert heard(body) == (202, True, {**slots, "period": [Y2025]})


def test_a_second_unknown_organ_is_not_answered_with_all_the_others_either(talk: Talk) -> None:
    assert heard(talk("anomalias da eletrobras em 2025", "petrobras")) == (202, False, {"period": [Y2025]})


def test_an_investigation_of_an_unknown_organ_says_so_in_place_of_the_question(talk: Talk) -> None:
    body = talk("contratos do stf em 2025")

    assert heard(body) == (201, False, {"period": Y2025})
    assert body["message"].startswith("Não achei esse órgão na minha lista.")


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("anomalias da saúde de dezembro de 2025 a janeiro de 2025", "termina antes de começar"),
        ("anomalias da saúde em 2031", "ainda não chegou"),
        ("anomalias da saúde em dezembro de 2026", "ainda não chegou"),
        ("anomalias da saúde no ano que vem", "ainda não chegou"),
        ("anomalias da saúde até 2020", "Não entendi o período"),
        ("anomalias da saúde no governo Bolsonaro", "Não entendi o período"),
        ("anomalias da saúde no fim de 2025", "Não entendi o período"),
    ],
)
def test_a_time_that_cannot_be_read_is_never_answered_with_all_time(message: str, says: str, talk: Talk) -> None:
    body = talk(message)

    assert heard(body) == (202, False, {"organ": [SAUDE]})
    assert says in body["message"]


@pytest.mark.parametrize("words", ["em 2031", "2027", "dezembro de 2026"])
def test_a_time_to_come_is_understood_and_told(words: str, talk: Talk) -> None:
    body = talk("investigar saúde", words)

    assert heard(body) == (201, False, {"organ": SAUDE})
    assert "ainda não chegou" in body["message"]


@pytest.mark.parametrize(
    ("message", "periods"),
    [
        ("anomalias da saude em 2025 comparado com 2024", [Y2025, Y2024]),
        ("a saude gastou mais em 2024 ou 2025?", [Y2024, Y2025]),
        ("comparar 2024 e 2025 na saude", [Y2024, Y2025]),
        ("anomalias da saúde entre 2024 e 2025", ["2024-01-01..2025-12-31"]),
    ],
)
def test_an_analysis_takes_two_periods(message: str, periods: list[str], talk: Talk) -> None:
    assert heard(talk(message)) == (202, True, {"organ": [SAUDE], "period": periods})


def test_comparing_sets_a_second_period_beside_the_one_before(talk: Talk) -> None:
    first = ("anomalias da saúde em 2024", "compara com o ano passado")

    assert heard(talk(*first)) == (202, True, {"organ": [SAUDE], "period": [Y2024, Y2025]})
    assert heard(talk("investigar saúde em 2024", first[1]))[2] == {"organ": [SAUDE], "period": [Y2024, Y2025]}


def test_an_investigation_does_not_choose_between_two_periods_of_an_analysis(talk: Talk) -> None:
    body = talk("anomalias da saúde em 2024 e 2025", "quero investigar contratos da Saúde")

    assert heard(body) == (201, False, {"organ": SAUDE})
    assert list(body["requires_input"]) == ["period"]


def test_of_two_organs_an_investigation_asks_which_by_name(talk: Talk) -> None:
    body = talk("contratos da saude e da educação em 2025")

    assert heard(body) == (201, False, {"period": Y2025})
    assert "Ministério da Saúde ou Ministério da Educação" in body["message"]


def test_comparing_while_an_investigation_asks_for_its_organ_is_an_analysis(talk: Talk) -> None:
    body = talk("quero investigar contratos", "compare transportes e saúde em 2025")

    assert heard(body) == (202, True, {"organ": [TRANSPORTES, SAUDE], "period": [Y2025]})


def test_an_organ_that_is_taken_away_does_not_win(talk: Talk) -> None:
    body = talk("anomalias da saude 2025", "tira a saude, quero transportes e defesa")

    assert heard(body) == (202, True, {"organ": [TRANSPORTES, DEFESA], "period": [Y2025]})


@pytest.mark.parametrize(
    ("words", "slots"),
    [
        ("qnto gastaram?", {"organ": SAUDE, "period": Y2025}),
        ("agora para 2025", {"organ": SAUDE, "period": Y2025}),
        ("agora para 2024", {"organ": SAUDE, "period": Y2024}),
        ("e a defesa?", {"organ": DEFESA, "period": Y2025}),
        ("06/25", {"organ": SAUDE, "period": "2025-06-01..2025-06-30"}),
        ("e no 3o?", {"organ": SAUDE, "period": "2025-07-01..2025-09-30"}),
    ],
)
@pytest.mark.parametrize("between", [(), ("qual o andamento?",), ("gera o relatorio",)], ids=["at-once", "st", "rep"])
def test_what_goes_on_with_an_answer_completes_the_last_demand(
    between: tuple[str, ...], words: str, slots: dict[str, Any], talk: Talk
) -> None:
    assert heard(talk("investigar saude em 2025", *between, words)) == (201, True, slots)


def test_another_organ_may_be_wanted_in_more_words(talk: Talk) -> None:
    body = talk("contratos dos transportes 2025", "quero os da defesa")

    assert heard(body) == (201, True, {"organ": DEFESA, "period": Y2025})


def test_a_new_investigation_asks_for_everything_anew(talk: Talk) -> None:
    assert heard(talk("investigar saude em 2025", "nova investigação")) == (201, False, {})


def test_an_analysis_after_a_report_knows_the_organ_and_the_period(talk: Talk) -> None:
    body = talk("investigar saude em 2025", "gera o relatorio", "quero ver anomalias")

    assert heard(body) == (202, True, {"organ": [SAUDE], "period": [Y2025]})


@pytest.mark.parametrize(
    ("words", "says"), [("e da petrobras?", "na minha lista"), ("e transportes e justiça?", "Qual")]
)
def test_what_goes_on_with_an_unknown_or_a_second_organ_is_asked_about(words: str, says: str, talk: Talk) -> None:
    asked = talk("investigar saude em 2025", words)
    settled = talk("investigar saude em 2025", words, "defesa")

    assert says in asked["message"]
    assert heard(settled) == (201, True, {"organ": DEFESA, "period": Y2025})


def test_an_organ_is_added_to_an_analysis_of_a_period(talk: Talk) -> None:
    body = talk("anomalias 2025", "só da saúde")

    assert heard(body) == (202, True, {"organ": [SAUDE], "period": [Y2025]})


def test_what_is_asked_after_the_end_does_not_bind_the_next_words(talk: Talk) -> None:
    body = talk("investigar saude em 2025", "e transportes e justiça?", "comparar transportes e justiça")

    assert heard(body) == (202, True, {"organ": [TRANSPORTES, JUSTICA], "period": [Y2025]})


def test_organs_are_compared_in_spanish(talk: Talk) -> None:
    body = talk("compare salud y educación en 2025", tongue="es")

    assert heard(body) == (202, True, {"organ": [SAUDE, EDUCACAO], "period": [Y2025]})


@pytest.mark.parametrize("name", ["minsterio da saudi", "ministerio da saude", "saúdi"])
def test_a_typo_of_the_telephone_is_forgiven(name: str, talk: Talk) -> None:
    assert heard(talk("quero investigar contratos", name))[2] == {"organ": SAUDE}


@pytest.mark.parametrize(
    ("tongue", "words", "period"),
    [
        ("en", "last 6 months", "2026-05-21..2026-11-20"),
        ("en", "in March", "2026-03-01..2026-03-31"),
        ("es", "y en marzo?", "2026-03-01..2026-03-31"),
        ("es", "últimos 6 meses", "2026-05-21..2026-11-20"),
        ("pt-BR", "2025 contratos", Y2025),
    ],
)
def test_times_are_heard_in_three_languages(tongue: str, words: str, period: str, talk: Talk) -> None:
    body = talk("contratos da saude", words, tongue=tongue)

    assert heard(body) == (201, True, {"organ": SAUDE, "period": period})
