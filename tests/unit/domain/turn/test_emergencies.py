"""Who is hurt is heard at once; dents, denials and questions are not taken for it."""

import pytest

from roteiro.domain.turn.emergencies import alarm_of


@pytest.mark.parametrize(
    "words",
    [
        "minha mãe está desacordada",
        "preciso de uma ambulância",
        "chama o SAMU pelo amor de Deus",
        "ambulância urgente!",
        "há vítimas no local",
        "um motoqueiro morreu no acidente",
        "tem um morto na batida",
        "alguém morreu",
        "a vítima não respira",
        "atropelei uma pessoa",
        "meu filho foi atropelado",
        "o outro motorista está ferido, mas o carro não",
        "ninguém se machucou, mas o outro motorista está desacordado",
        "no acidente ficou gente ferida",
        "o carro ficou machucado e minha esposa desmaiou",
        "someone died in the crash",
        "please call an ambulance",
        "hay heridos",
        "hay un muerto en el accidente",
    ],
)
def test_whoever_is_hurt_is_an_emergency(words: str) -> None:
    assert alarm_of(words) == "emergency"


@pytest.mark.parametrize(
    "words",
    [
        "meu carro está machucado",
        "o carro ficou todo machucado",
        "meu orgulho está ferido",
        "não há feridos, mortos ou vítimas",
        "sem vítimas",
        "ninguém morreu no acidente",
        "não precisa de ambulância",
        "não tem ninguém desacordado",
        "fui vítima de golpe",
        "danos a vítimas de enchente",
        "vocês cobrem ambulância?",
        "o carro morreu na rua",
        "meu marido morreu e quero cancelar o seguro",
        "a bateria está morta",
        "no hay heridos",
        "nobody was injured",
        "",
    ],
)
def test_what_hurts_nobody_is_none(words: str) -> None:
    assert not alarm_of(words)


@pytest.mark.parametrize(
    "words",
    [
        "quero me matar",
        "não aguento mais, quero me matar",
        "penso em suicídio",
        "vontade de morrer",
        "tô com vontade de tirar a minha vida",
        "não quero mais viver",
        "não vejo mais sentido em viver",
        "I want to kill myself",
        "quiero morir",
    ],
)
def test_whoever_wants_to_die_is_heard(words: str) -> None:
    assert alarm_of(words) == "distress"


@pytest.mark.parametrize(
    "words",
    [
        "não quero me matar",
        "quero morrer de rir",
        "quero matar a curiosidade",
        "meu chefe vai me matar",
        "não quero mais viver aqui",
        "meu seguro cobre suicídio?",
        "I don't want to die",
    ],
)
def test_talk_of_dying_is_no_wish_to(words: str) -> None:
    assert alarm_of(words) == ""
