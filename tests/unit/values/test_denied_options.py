"""An option that is named to say that it is not so is no answer: "no hay heridos" must never become "there are"."""

from datetime import date

import pytest

from roteiro.domain.values.choices import find_choices
from roteiro.domain.values.value import Choice, Hints, Value

HURT = (
    Choice("sim", "há feridos", ("tem feridos", "hay heridos", "somebody is hurt")),
    Choice("não", "sem feridos", ("não há feridos", "no hay heridos", "nobody is hurt")),
)
INSURED = (Choice("carro", "carro"), Choice("vida", "vida"), Choice("casa", "casa"))


def options(text: str, choices: tuple[Choice, ...]) -> list[object]:
    """Return the options that an answer names."""
    hints = Hints(date(2026, 11, 20), asked=True, choices=choices)
    return list(dict.fromkeys(one.stored for one in find_choices(text, hints) if isinstance(one, Value)))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("há feridos", ["sim"]),
        ("sí, hay heridos", ["sim"]),
        ("não há feridos", ["não"]),
        ("bati o carro ontem, não há feridos", ["não"]),
        ("por suerte no hay heridos, choqué ayer", ["não"]),
        ("nobody is hurt", ["não"]),
        ("sem feridos", ["não"]),
        ("não sei se há feridos", []),
        ("acho que não tem feridos", []),
        ("I don't think somebody is hurt", []),
        ("no creo que hay heridos", []),
    ],
)
def test_what_is_denied_is_not_answered(said: str, meant: list[str]) -> None:
    assert options(said, HURT) == meant


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("não, carro", ["carro"]),
        ("no carro", ["carro"]),
        ("na casa", ["casa"]),
        ("não quero carro, quero vida", ["vida"]),
        ("vida, não carro", ["vida"]),
        ("não é carro", []),
        ("nem carro nem casa", []),
    ],
)
def test_a_comma_ends_a_denial_and_a_preposition_is_none(said: str, meant: list[str]) -> None:
    assert options(said, INSURED) == meant
