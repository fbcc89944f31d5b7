"""A text that was not translated stays in its own language, with what is inserted into it."""

from typing import Any

import pytest

from roteiro.domain.walking.inserting import insert_values
from tests.factories import a_state, a_written_script

SLOTS = {"dia": {"type": "date", "label": "Dia"}, "nota": {"type": "bool", "label": "Nota", "required": False}}
SAID = "Compra de {dia}, nota: {nota}."
ENGLISH = {"en": {"script.1.message": "Bought on {dia}, invoice: {nota}."}}


@pytest.mark.parametrize(
    ("more", "locale", "shown"),
    [
        ({}, "pt-BR", "Compra de 12/03/2026, nota: não informado."),
        ({}, "en", "Compra de 12/03/2026, nota: não informado."),
        ({"translations": ENGLISH}, "en", "Bought on 12 Mar 2026, invoice: not informed."),
        ({"translations": ENGLISH}, "es", "Compra de 12/03/2026, nota: não informado."),
        ({"meta": {"locale": "es"}}, "en", "Compra de 12/03/2026, nota: no informado."),
    ],
    ids=["own", "no translation", "translated", "another language", "a Spanish script"],
)
def test_values_are_said_in_the_language_of_the_text(more: dict[str, Any], locale: str, shown: str) -> None:
    script = a_written_script({"message": SAID, "collect": ["dia", "nota"]}, slots=SLOTS, **more)
    state = a_state(script, slots={"dia": "2026-03-12"}, locale=locale)

    assert insert_values(script.message(1, locale), state, script) == shown


def test_a_title_is_said_in_the_readers_language() -> None:
    script = a_written_script("Oi.", title="Troca", translations={"en": {"problem.title": "Exchange"}})

    assert [script.titled(locale) for locale in ("pt-BR", "en", "es")] == ["Troca", "Exchange", "Troca"]


def test_an_option_is_shown_and_understood_in_the_readers_language() -> None:
    slots = {"lar": {"type": "choice", "label": "Lar", "choices": ["casa", {"value": "sitio", "label": "sítio"}]}}
    farm = {"script.1.message": "It is a {lar}.", "slots.lar.choices.1": "farm"}
    script = a_written_script({"message": "É {lar}.", "collect": ["lar"]}, slots=slots, translations={"en": farm})

    said = [
        insert_values(script.message(1, tongue), a_state(script, slots={"lar": "sitio"}, locale=tongue), script)
        for tongue in ("pt-BR", "en")
    ]

    assert said == ["É sítio.", "It is a farm."]
    assert "farm" in script.slots["lar"].choices[1].aliases
