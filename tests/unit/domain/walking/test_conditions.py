import random
import warnings

import pytest

from roteiro.domain.faults import OwnFault
from roteiro.domain.walking.conditions import check_condition, holds

KINDS = {
    "cpf": "cpf",
    "valor": "money_brl",
    "dia": "date",
    "outro_dia": "date",
    "carros": "integer",
    "tipo": "choice",
    "relato": "long_text",
    "ha_feridos": "bool",
    "confirmed": "bool",
    "channel": "text",
    "business_hours": "bool",
    "attempts": "integer",
    "locale": "text",
}
FILLED: dict[str, object] = {
    "cpf": "52998224725",
    "valor": "1500.00",
    "dia": "2026-03-12",
    "carros": 3,
    "tipo": "carro",
    "coberturas": ["roubo", "vidro"],
    "unica": ["roubo"],
    "ha_feridos": False,
    "confirmed": True,
    "channel": "web",
    "attempts": 2,
}


def fault_of(source: str) -> OwnFault:
    with pytest.raises(OwnFault) as caught:
        check_condition(source, KINDS)
    return caught.value


@pytest.mark.parametrize(
    "source",
    [
        "confirmed",
        "not confirmed",
        " confirmed ",
        "attempts > 2",
        "cpf",
        "cpf is None",
        "cpf is not null",
        "cpf == '52998224725'",
        "valor > 1000",
        "valor >= 1000.50 and valor < 5000",
        "1000 < valor <= 5000",
        "-carros < -2",
        "dia < '2026-01-31'",
        "dia < outro_dia",
        "dia in ('2026-01-01', '2026-12-25')",
        "tipo in ['carro', 'moto']",
        "carros not in (1, 2)",
        "'carro' in tipo",
        "ha_feridos == true or business_hours is false",
        "channel == 'web' and (locale != 'en' or not business_hours)",
        "tipo == 'não sei'",
        "valor == null",
        "(" * 98 + "cpf" + ")" * 98,
    ],
)
def test_a_condition_of_names_values_and_comparisons_is_accepted(source: str) -> None:
    check_condition(source, KINDS)


@pytest.mark.parametrize(
    ("source", "part"),
    [
        ("open('senha')", "Call"),
        ("cpf.upper", "Attribute"),
        ("().__class__", "Attribute"),
        ("tipo[0]", "Subscript"),
        ("carros + 1", "BinOp"),
        ("lambda: carros", "Lambda"),
        ("carros if carros else tipo", "IfExp"),
        ("[c for c in tipo]", "ListComp"),
        ("f'{cpf}'", "JoinedStr"),
        ("{'a': 1}", "Dict"),
        ("{1, 2}", "Set"),
        ("[*tipo]", "Starred"),
        ("(carros := 3)", "NamedExpr"),
        ("await cpf", "Await"),
        ("~carros", "Invert"),
        ("+carros", "UAdd"),
        ("b'x' == cpf", "Constant"),
        ("...", "Constant"),
    ],
)
def test_anything_else_of_python_is_refused_by_its_name(source: str, part: str) -> None:
    fault = fault_of(source)

    assert (fault.code, fault.facts) == ("condition_part", (("found", part),))


@pytest.mark.parametrize(
    "source", ["apolice == 1", "carros > limite", "não", "__import__", "cpf and Cpf", "tipo in lista"]
)
def test_a_name_that_nobody_declared_is_refused(source: str) -> None:
    assert fault_of(source).code == "condition_name"


@pytest.mark.parametrize(
    "source",
    [
        "cpf > 3",
        "cpf == 3",
        "cpf > '3'",
        "cpf < None",
        "valor > '1000'",
        "carros == 'três'",
        "dia < '31/01/2026'",
        "dia == '2026-02-30'",
        "dia > 2026",
        "dia > valor",
        "ha_feridos > false",
        "ha_feridos == 1",
        "confirmed == 'sim'",
        "tipo in ['carro', 2]",
        "tipo in 'carro'",
        "carros in tipo",
        "tipo == ['carro']",
        "[carros] < [3]",
        "-cpf == 1",
        "1 < carros < 'a'",
        "not (cpf > 3)",
        "confirmed and cpf > 3",
        "[cpf > 3] == [true]",
    ],
)
def test_a_comparison_that_could_never_be_right_is_refused(source: str) -> None:
    assert fault_of(source).code == "condition_types"


def test_the_comparison_that_is_wrong_is_named() -> None:
    assert fault_of("confirmed and cpf > 3").facts == (("found", "cpf > 3"),)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "   ",
        "(carros",
        "carros ==",
        "carros = 3",
        "carros; cpf",
        "carros e cpf",
        "se carros",
        "cpf\ncarros",
        "\0",
        "cpf == '\0'",
        "\ud800",
        "1or carros",
        "carros == 1_000",
        "carros == 0x10",
        "carros == 1e999",
        "carros == 3j",
        "cpf == '\\d'",
        "(" * 199 + "1",
        "cpf == '" + '"""',
        "*cpf",
        "yield cpf",
    ],
)
def test_what_cannot_be_read_is_refused_and_never_breaks(source: str) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")

        assert fault_of(source).code in ("condition_unreadable", "condition_part")


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("cpf == '" + "x" * 200 + "'", "condition_too_long"),
        ("-" * 150 + "carros", "condition_too_big"),
        ("not " * 45 + "cpf", "condition_too_big"),
        (" or ".join(["carros"] * 39), "condition_too_long"),
        (" or ".join(["cpf"] * 28), "ok"),
        ("[" * 60 + "]" * 60, "condition_too_big"),
    ],
)
def test_a_condition_has_limits(source: str, code: str) -> None:
    if code == "ok":
        check_condition(source, KINDS)
    else:
        assert fault_of(source).code == code


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("confirmed", True),
        ("not confirmed", False),
        ("cpf", True),
        ("apolice", False),
        ("not apolice", True),
        ("apolice is None", True),
        ("cpf is not None", True),
        ("apolice == null", True),
        ("apolice != 'x'", True),
        ("apolice < 3", False),
        ("apolice > 3", False),
        ("apolice <= 3 or apolice >= 3", False),
        ("not apolice < 3", True),
        ("-apolice < 3", False),
        ("valor > 1000", True),
        ("valor == 1500", True),
        ("valor == 1500.00", True),
        ("valor < 1500.01", True),
        ("valor > 1500", False),
        ("valor >= 1500", True),
        ("valor in (1500, 3000)", True),
        ("1000 < valor < 2000", True),
        ("2000 < valor < 1000", False),
        ("dia < '2026-04-01'", True),
        ("dia == '2026-03-12'", True),
        ("dia > '2026-03-12'", False),
        ("carros == 3", True),
        ("carros == 3.0", True),
        ("-carros <= -3", True),
        ("carros not in (1, 2)", True),
        ("carros in (1, 2)", False),
        ("tipo == 'carro' and carros > 2", True),
        ("tipo == 'Carro'", False),
        ("'roubo' in coberturas", True),
        ("'guincho' in coberturas", False),
        ("'guincho' not in coberturas", True),
        ("coberturas == 'roubo'", False),
        ("unica == 'roubo'", True),
        ("'carro' in tipo", True),
        ("'arr' in tipo", False),
        ("'x' in apolice", False),
        ("ha_feridos == false", True),
        ("ha_feridos is true", False),
        ("ha_feridos is not None", True),
        ("confirmed is true and channel is not 'api'", True),
        ("attempts > 2", False),
        ("apolice or attempts >= 2", True),
    ],
)
def test_a_condition_holds_for_what_was_collected(source: str, expected: bool) -> None:  # noqa: FBT001 - row
    assert holds(source, FILLED) is expected


@pytest.mark.parametrize("hostile", ["NaN", "sNaN", "Infinity", "1e999999", "9" * 5000, "٣", "", "--1", "abc"])
def test_what_a_customer_wrote_never_breaks_a_comparison(hostile: str) -> None:
    assert holds("valor > 3", {"valor": hostile}) is False
    assert holds("valor == 3", {"valor": hostile}) is False


def test_two_amounts_are_compared_as_numbers() -> None:
    assert holds("franquia < valor", {"franquia": "900.00", "valor": "1500.00"})


def test_a_condition_that_was_never_checked_still_cannot_do_anything() -> None:
    with pytest.raises(OwnFault):
        holds("__import__('os')", {})


def test_no_random_source_raises_anything_but_a_fault() -> None:
    chance = random.Random(4)  # noqa: S311 - test data, repeatable
    pieces = [
        "cpf",
        "carros",
        "==",
        "<",
        " and ",
        " or ",
        "not ",
        "(",
        ")",
        "[",
        "]",
        ",",
        "'a'",
        "3",
        "-",
        "in ",
        ".",
        "é",
    ]
    sources = ["".join(chance.choices(pieces, k=chance.randrange(1, 12))) for _ in range(5_000)]
    accepted = 0

    for source in sources:
        try:
            check_condition(source, KINDS)
        except OwnFault:
            continue
        accepted += isinstance(holds(source, FILLED), bool)

    assert accepted > 50
