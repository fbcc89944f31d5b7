"""The summary and the collected data that an attendant reads first."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from roteiro.domain.conversation import Status
from roteiro.domain.desk.summary import summary
from roteiro.domain.script import Script
from roteiro.domain.texts import LOCALES, texts_of
from roteiro.domain.walking.collected import collected
from tests.factories import NOON, a_state, a_written_script

SLOTS = {
    "cpf": {"type": "cpf", "label": "CPF"},
    "dia": {"type": "date", "label": "Dia"},
    "laudo": {"type": "text", "label": "Laudo", "sensitive": "health"},
}
TOLD = {"cpf": "52998224725", "dia": "2026-03-12", "laudo": "gripe"}


def _script() -> Script:
    return a_written_script({"message": "Conte.", "collect": list(SLOTS)}, "Feito.", slots=SLOTS)


def _told(**changes: Any) -> str:
    script = _script()
    return summary(a_state(script, **changes), script, NOON + timedelta(minutes=12), "pt-BR")


def test_a_summary_says_who_where_what_why_and_how_long() -> None:
    waits = {"status": Status.WAITING, "reason": "asked", "waiting_since": NOON}

    said = _told(name="Ana", slots={"dia": "2026-03-12"}, **waits)

    assert said == (
        "Cliente: Ana. Roteiro: Sinistro Automotivo, passo 1 de 2. Já informou Dia: 12/03/2026. "
        "Pediu para falar com uma pessoa. Espera há 12 min."
    )


def test_a_summary_shows_nothing_that_is_sensitive() -> None:
    said = _told(slots=TOLD)

    assert "CPF: ***.982.247-**; Dia: 12/03/2026; Laudo: ***" in said


@pytest.mark.parametrize(
    ("locale", "sentence"), [("pt-BR", "Escreveu: “x”."), ("en", "They wrote: “x”."), ("es", "Escribió: “x”.")]
)
def test_a_summary_tells_what_no_script_has_taken_up(locale: str, sentence: str) -> None:
    assert summary(a_state(), None, NOON, locale, "x").endswith(sentence)


def test_before_a_script_the_summary_says_so() -> None:
    said = summary(a_state(), None, NOON, "pt-BR")

    assert said == ("O cliente não disse o nome. Nenhum roteiro foi escolhido ainda. Ainda não informou nenhum dado.")


@pytest.mark.parametrize(("changes", "ends"), [
    ({"status": Status.HUMAN, "assigned": "rui"}, "Em atendimento com rui."),
    ({"status": Status.HUMAN, "assigned": "key:1", "assigned_name": "Rui"}, "Em atendimento com Rui."),
    ({"status": Status.ENDED}, "já concluído. Ainda não informou nenhum dado."),
    ({"reason": "a reason of a newer release"}, "Ainda não informou nenhum dado."),
])  # fmt: skip
def test_a_summary_says_where_a_conversation_stands(changes: dict[str, Any], ends: str) -> None:
    assert _told(**changes).endswith(ends)


@pytest.mark.parametrize(
    ("wait", "said"),
    [(0, "0 min"), (119, "119 min"), (120, "2 h"), (47 * 60, "47 h"), (48 * 60, "2 d"), (200 * 60, "8 d")],
)
def test_a_wait_is_told_in_the_unit_that_people_would_use(wait: int, said: str) -> None:
    since = NOON + timedelta(minutes=12 - wait)

    assert f"há {said}." in _told(status=Status.WAITING, waiting_since=since)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_reason_for_a_person_has_its_sentence(locale: str) -> None:
    reasons = ("asked", "emergency", "complaint", "unsure", "failed", "rule", "script", "reopened")

    assert all(f"summary.reason.{reason}" in texts_of(locale) for reason in reasons)


@pytest.mark.parametrize(
    ("sees_all", "shown"),
    [
        (True, ["529.982.247-25", "12/03/2026", "***"]),
        (False, ["***.982.247-**", "12/03/2026", "***"]),
    ],
)
def test_who_may_not_see_meets_masks_and_health_is_masked_for_all(sees_all: bool, shown: list[str]) -> None:  # noqa: FBT001 - a table's column
    script = _script()

    lines = collected(a_state(script, slots=TOLD), script, sees_all=sees_all)

    assert [line.shown for line in lines] == shown
    assert [line.value is None for line in lines] == [line.is_masked for line in lines]


def test_a_slot_tells_where_it_came_from_and_whether_it_is_known() -> None:
    script = _script()
    state = replace(a_state(script), slots={"dia": "2026-03-12", "laudo": None}, sources={"dia": 4})

    cpf, day, report = collected(state, script, sees_all=True)

    assert (cpf.is_filled, day.is_filled, report.is_filled) == (False, True, True)
    assert (day.seq, day.label, day.kind) == (4, "Dia", "date")
    assert (cpf.shown, report.value, report.is_masked) == ("", None, False)
