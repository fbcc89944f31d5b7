import time

import pytest

from roteiro.prompting.masking import mask


@pytest.mark.parametrize(
    ("said", "masked"),
    [
        ("meu CPF é 529.982.247-25", "meu CPF é <NUMBER>"),
        ("52998224725", "<NUMBER>"),
        ("529 982 247 25 é o cpf", "<NUMBER> é o cpf"),
        ("529\u00a0982\u00a0247\u00a025", "<NUMBER>"),
        ("529.982.247–25", "<NUMBER>"),
        ("529,982,247,25", "<NUMBER>"),
        ("5\n2\n9\n9\n8\n2\n2\n4\n7\n2\n5", "<NUMBER>"),
        ("５２９.９８２.２４７-２５", "<NUMBER>"),
        ("me liga no (11) 98765-4321", "me liga no <NUMBER>"),
        ("+55 11 98765-4321", "<NUMBER>"),
        ("11 3456 7890", "<NUMBER>"),
        ("cartão 4111 1111 1111 1111 vence", "cartão <NUMBER> vence"),
        ("CEP 01310-100", "CEP <NUMBER>"),
        ("apólice 1234567", "apólice <NUMBER>"),
        ("protocolo 20261121-4839201-75", "protocolo <NUMBER>"),
        ("ana@exemplo.com.br", "<EMAIL>"),
        ("ana.b+x@mail.exemplo.com, obrigada", "<EMAIL>, obrigada"),
        ("placa ABC1D23", "placa <PLATE>"),
        ("placa abc-1234", "placa <PLATE>"),
        ("abc 1d23", "<PLATE>"),
        ("CNPJ 11.222.333/0001-81", "CNPJ <CNPJ>"),
        ("CNPJ 12.ABC.345/01DE-35", "CNPJ <CNPJ>"),
        ("ana@exemplo.com e 529.982.247-25", "<EMAIL> e <NUMBER>"),
    ],
)
def test_personal_data_leaves_as_a_typed_placeholder(said: str, masked: str) -> None:
    assert mask(said) == masked


@pytest.mark.parametrize(
    "said",
    [
        "bati na BR-101, km 32",
        "custa R$ 1.500,00?",
        "são 3 carros e 2 motos",
        "às 14h30 de ontem",
        "o passo 2 de 7",
        "moro no 1234, apartamento 56",
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


@pytest.mark.parametrize(
    "piece", ["1", "1 ", "1.  ", "a", "a.", "a@", "@a.", "a@a.a", "AB", "ABC-", "12.", "+(", "é", "1/"]
)
def test_a_hostile_text_is_masked_in_a_moment(piece: str) -> None:
    said = (piece * 4000)[:4000]
    began = time.perf_counter()

    mask(said)

    assert time.perf_counter() - began < 1
