"""Personal data becomes typed placeholders and comes back only where it was taken from."""

import random
import time
from collections.abc import Callable

import pytest

from roteiro.domain.values.documents import is_cnpj, is_cpf
from roteiro.prompting.masking import Masks, mask

CARRIERS = ("{}", "é o {}, tá?", "segue: {}.", "anota aí {} por favor", "meu dado ({}) mudou", "{}!", "O certo é {}")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MANY = 150  # generated values of each kind


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("meu CPF é 529.982.247-25", "meu CPF é <CPF_1>"),
        ("CPF:52998224725", "CPF:<CPF_1>"),
        ("529 982 247 25 é o cpf", "<CPF_1> é o cpf"),
        ("529\u00a0982\u00a0247\u00a025", "<CPF_1>"),
        ("529.982.247–25", "<CPF_1>"),
        ("529,982,247,25", "<CPF_1>"),
        ("5\n2\n9\n9\n8\n2\n2\n4\n7\n2\n5", "<CPF_1>"),
        ("5\u200b2\u200b9982247\u200d25", "<CPF_1>"),
        ("５２９.９８２.２４７-２５", "<CPF_1>"),
        ("cinco dois nove nove oito dois dois quatro sete dois cinco", "<CPF_1>"),
        ("529.982.247-26", "<CPF_1>"),
        ("me liga no (11) 98765-4321", "me liga no <PHONE_1>"),
        ("+55 11 98765-4321", "<PHONE_1>"),
        ("11 3456 7890", "<PHONE_1>"),
        ("cartão 4111 1111 1111 1111 vence", "cartão <CARD_1> vence"),
        ("CEP 01310-100", "CEP <CEP_1>"),
        ("apólice 1234567", "apólice <NUMBER_1>"),
        ("protocolo 20261121-4839201-76", "protocolo <NUMBER_1>"),
        ("ana@exemplo.com.br", "<EMAIL_1>"),
        ("ana.b+x@mail.exemplo.com, obrigada", "<EMAIL_1>, obrigada"),
        ("é ana arroba exemplo ponto com", "é <EMAIL_1>"),
        ("placa ABC1D23", "placa <PLATE_1>"),
        ("placa abc-1234", "placa <PLATE_1>"),
        ("placa abc 1234", "placa <PLATE_1>"),
        ("abc 1d23", "<PLATE_1>"),
        ("CNPJ 11.222.333/0001-81", "CNPJ <CNPJ_1>"),
        ("CNPJ 12.ABC.345/01DE-35", "CNPJ <CNPJ_1>"),
        ("cnpj 12abc34501de35", "cnpj <CNPJ_1>"),
        ("chave 123e4567-e89b-12d3-a456-426614174000", "chave <PIX_1>"),
        ("moro na Rua das Flores, 123", "moro na <ADDRESS_1>"),
        ("avenida paulista n° 1578", "<ADDRESS_1>"),
        ("Oi, me chamo Ana Paula da Silva e bati", "Oi, me chamo <NAME_1> e bati"),
        ("ana@exemplo.com e 529.982.247-25", "<EMAIL_1> e <CPF_1>"),
    ],
)
def test_personal_data_leaves_as_a_typed_placeholder(said: str, masked: str) -> None:
    assert mask(said) == masked


@pytest.mark.parametrize(
    "said",
    [
        "bati na BR-101, km 32",
        "custa R$ 1.500,00?",
        "deu R$ 1.500.000,00 de prejuízo",
        "foi em 12/03/2024",
        "em 2024-03-12 à noite",
        "são 3 carros e 2 motos",
        "às 14h30 de ontem",
        "no ano 2024",
        "o passo 2 de 7",
        "moro no 1234, apartamento 56",
        "bati na rua e quebrei 2 portas",
        "me manda um e-mail",
        "@ana",
        "",
    ],
)
def test_what_is_not_personal_stays(said: str) -> None:
    assert mask(said) == said


def test_masking_twice_changes_nothing_more() -> None:
    once = mask("CPF 529.982.247-25, placa ABC1D23, ana@exemplo.com, CNPJ 12.ABC.345/01DE-35")

    assert mask(once) == once


def test_the_same_value_is_the_same_placeholder_however_it_is_written() -> None:
    masks = Masks()

    assert masks.hide("529.982.247-25 ou 52998224725") == "<CPF_1> ou <CPF_1>"
    assert masks.hide("111.444.777-35, e não 529 982 247 25") == "<CPF_2>, e não <CPF_1>"


def test_values_come_back_as_they_were_first_written() -> None:
    masks = Masks({"Ana": "NAME"})
    masks.hide("Sou a ana, 529.982.247-25, ana@exemplo.com")

    assert masks.restore("<NAME_1>, anotei <CPF_1> e <EMAIL_1>.") == "ana, anotei 529.982.247-25 e ana@exemplo.com."


@pytest.mark.parametrize(("said", "is_known"), [("<CPF_1>", True), ("<CPF_2>", False), ("<EMAIL_1>", False)])
def test_a_placeholder_is_known_only_where_something_was_hidden(said: str, *, is_known: bool) -> None:
    masks = Masks()
    masks.hide("529.982.247-25")

    assert masks.knows(said) is is_known


def test_a_placeholder_that_the_customer_types_stands_for_nothing() -> None:
    masks = Masks()
    masks.hide("529.982.247-25")

    assert masks.hide("repita <CPF_1> e <CPF_2>") == "repita CPF_1 e CPF_2"


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("a Ana ligou", "a <NAME_1> ligou"),
        ("ANA, ana", "<NAME_1>, <NAME_1>"),
        ("semana banana", "semana banana"),
        ("o laudo diz asma grave", "o laudo diz <TEXT_1>"),
    ],
)
def test_what_is_known_of_the_customer_is_hidden_as_whole_words(said: str, masked: str) -> None:
    assert Masks({"Ana": "NAME", "asma grave": "TEXT", "ok": "TEXT"}).hide(said) == masked


def _cpf(draw: random.Random) -> str:
    digits = next(found for found in iter(lambda: _with_digits(draw, 9, is_cpf), "") if found)
    return draw.choice([digits, f"{digits[:3]}.{digits[3:6]}.{digits[6:9]}-{digits[9:]}", _grouped(draw, digits)])


def _cnpj(draw: random.Random) -> str:
    digits = next(found for found in iter(lambda: _with_digits(draw, 12, is_cnpj), "") if found)
    formatted = f"{digits[:2]}.{digits[2:5]}.{digits[5:8]}/{digits[8:12]}-{digits[12:]}"
    return draw.choice([digits, formatted, _grouped(draw, digits)])


def _cnpj_with_letters(draw: random.Random) -> str:
    base = "".join(draw.choices(LETTERS + "0123456789", k=12))
    whole = next(f"{base}{check:02}" for check in range(100) if is_cnpj(f"{base}{check:02}"))
    formatted = f"{whole[:2]}.{whole[2:5]}.{whole[5:8]}/{whole[8:12]}-{whole[12:]}"
    return draw.choice([whole, whole.lower(), formatted, formatted.lower()])


def _card(draw: random.Random) -> str:
    digits = "".join(draw.choices("0123456789", k=16))
    return draw.choice([digits, " ".join(digits[at : at + 4] for at in range(0, 16, 4)), _grouped(draw, digits)])


def _phone(draw: random.Random) -> str:
    area, rest = draw.randint(11, 99), "9" + "".join(draw.choices("0123456789", k=8))
    forms = ("({0}) {1}-{2}", "{0}{1}{2}", "+55 {0} {1}-{2}", "{0} {1} {2}", "0{0} {1}-{2}", "({0}){1}\n{2}")
    return draw.choice(forms).format(area, rest[:5], rest[5:])


def _email(draw: random.Random) -> str:
    name = "".join(draw.choices("abcdefghijklmnop0123456789", k=draw.randint(2, 12)))
    return f"{name}{draw.choice(['', '.silva', '_2', '+x'])}@{draw.choice(['gmail.com', 'uol.com.br', 'a-b.net'])}"


def _cep(draw: random.Random) -> str:
    digits = "".join(draw.choices("0123456789", k=8))
    return draw.choice([digits, f"{digits[:5]}-{digits[5:]}", f"{digits[:2]}.{digits[2:5]}-{digits[5:]}"])


def _plate(draw: random.Random) -> str:
    letters, digit = "".join(draw.choices(LETTERS, k=3)), draw.randint(0, 9)
    old, new = f"{draw.randint(0, 999):03}", f"{draw.choice(LETTERS)}{draw.randint(0, 99):02}"
    plain = draw.choice([f"{letters}{digit}{old}", f"{letters}-{digit}{old}", f"{letters}{digit}{new}"])
    return draw.choice([plain, plain.lower(), f"{letters} {digit}{old}"])


def _pix(draw: random.Random) -> str:
    key = "".join(draw.choices("0123456789abcdef", k=32))
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}"


def _with_digits(draw: random.Random, length: int, fits: Callable[[str], bool]) -> str:
    base = "".join(draw.choices("0123456789", k=length))
    return next((f"{base}{check:02}" for check in range(100) if fits(f"{base}{check:02}")), "")


def _grouped(draw: random.Random, digits: str) -> str:
    return "".join(digit + draw.choice(["", "", " ", ".", "-", "\n", "  "]) for digit in digits[:-1]) + digits[-1]


def _bare(text: str) -> str:
    return "".join(character for character in text.lower() if character.isalnum())


@pytest.mark.parametrize(
    "make", [_cpf, _cnpj, _cnpj_with_letters, _card, _phone, _email, _cep, _plate, _pix], ids=lambda make: make.__name__
)
def test_at_least_99_of_100_formatted_identifiers_are_hidden(make: Callable[[random.Random], str]) -> None:
    draw = random.Random(make.__name__)  # noqa: S311 - the same values in every run
    values = [make(draw) for _ in range(MANY)]
    said = [(value, draw.choice(CARRIERS).format(value)) for value in values]

    seen = [(value, text) for value, text in said if _bare(value) in _bare(mask(text)) or value[:6] in mask(text)]

    assert len(said) == MANY
    assert len(seen) <= MANY // 100, seen


@pytest.mark.parametrize(
    "piece",
    ["1", "1 ", "1.  ", "a", "a.", "a@", "@a.", "a@a.a", "AB", "ABC-", "12.", "+(", "é", "1/", "rua a", "um ", "<A_1>"],
)
def test_a_hostile_text_is_masked_in_a_moment(piece: str) -> None:
    said = (piece * 4000)[:4000]
    began = time.perf_counter()

    mask(said)

    assert time.perf_counter() - began < 1
