from datetime import date, timedelta

import pytest

from roteiro.domain.values.masking import SENSITIVE, masked
from roteiro.domain.values.money import amounts_in
from roteiro.domain.values.parsing import KINDS, SELF_IDENTIFYING, Choice, Hints, Problem, Value, find_all, parse
from roteiro.domain.values.periods import periods_in

TODAY = date(2026, 11, 20)  # a Friday
ASKED = Hints(TODAY)
UNASKED = Hints(TODAY, asked=False)
FIRST_MESSAGE = (
    "Oi, sou a Ana, CPF 529.982.247-25, bateram no meu carro ABC1D23 ontem, o conserto deu R$ 1.500,00. "
    "Moro no 01310-100, me liga no (11) 98765-4321 ou escreve para ana@exemplo.com.br"
)


@pytest.mark.parametrize(
    ("kind", "stored"),
    [
        ("cpf", "52998224725"),
        ("plate", "ABC1D23"),
        ("date", "2026-11-19"),
        ("money_brl", "1500.00"),
        ("cep", "01310100"),
        ("phone_br", "+5511987654321"),
        ("email", "ana@exemplo.com.br"),
    ],
)
def test_a_first_message_gives_all_it_says_of_itself_and_nothing_else(kind: str, stored: str) -> None:
    assert [value.stored for value in find_all(kind, FIRST_MESSAGE, UNASKED)] == [stored]


@pytest.mark.parametrize("kind", sorted(SELF_IDENTIFYING))
def test_small_talk_gives_no_value(kind: str) -> None:
    talk = (
        "oi, bom dia!",
        "quero falar com um atendente",
        "obrigada, era só isso",
        "quero cancelar meu seguro de carro",
    )

    assert [find_all(kind, text, UNASKED) for text in talk] == [[], [], [], []]


@pytest.mark.parametrize("kind", sorted(KINDS - {"text", "long_text"}))
def test_not_knowing_is_a_problem_of_its_own(kind: str) -> None:
    assert parse(kind, "não sei", Hints(TODAY, choices=(Choice("a", "Carro"),))) == Problem("unknown")


def test_all_values_named_are_found_in_their_order_and_once() -> None:
    found = find_all("cep", "01310-100, depois 04538-133 e 01310-100", ASKED)

    assert [value.stored for value in found] == ["01310100", "04538133"]


def test_of_several_values_a_slot_that_takes_many_gets_one_and_no_problem() -> None:
    found = parse("cep", "01310-100 ou 04538-133", ASKED._replace(many=True))

    assert isinstance(found, Value)
    assert found.stored == "01310100"


def test_the_place_of_a_value_is_counted_in_characters_after_emoji_and_accents() -> None:
    text = "👍🏽 é às ５２９.982.247-25"
    found = parse("cpf", text, ASKED)

    assert isinstance(found, Value)
    assert text[found.start : found.end] == "５２９.982.247-25"


def test_a_wrong_length_tells_how_many_digits_came() -> None:
    assert parse("cpf", "5299822472", ASKED) == Problem("wrong_length", (("expected", "11"), ("received", "10")))


def test_a_problem_never_repeats_what_was_written() -> None:
    found = parse("cpf", "529.982.247-26", ASKED)

    assert found == Problem("wrong_digits")


def test_a_date_beyond_its_limit_tells_the_limit() -> None:
    found = parse("date", "amanhã", ASKED._replace(maximum="today"))

    assert found == Problem("out_of_range", (("maximum", "2026-11-20"),))


@pytest.mark.parametrize("shift", [1, 2, 29, 30, 31, 45, 59, 90, 180, 264, 300, 324, 325, 364, 365, 366, 995, 999])
def test_any_day_is_read_back_from_how_it_is_written(shift: int) -> None:
    day = TODAY - timedelta(days=shift)
    texts = (f"{day:%d/%m/%Y}", f"{day:%d-%m-%Y}", f"{day:%d.%m.%y}", day.isoformat(), f"há {shift} dias")

    found = [parse("date", text, ASKED) for text in texts]

    assert {one.stored if isinstance(one, Value) else one.code for one in found} == {day.isoformat()}


@pytest.mark.parametrize("cents", [0, 1, 99, 100, 150_050, 123_456_789, 10**14])
def test_any_amount_is_read_back_from_how_it_is_shown(cents: int) -> None:
    stored = f"{cents // 100}.{cents % 100:02d}"
    shown = parse("money_brl", stored, ASKED)

    assert isinstance(shown, Value)
    assert parse("money_brl", shown.display, ASKED)[0] == stored


@pytest.mark.parametrize(
    ("locale", "kind", "text", "display"),
    [
        ("pt-BR", "date", "12/03/2024", "12/03/2024"),
        ("en", "date", "12/03/2024", "12 Mar 2024"),
        ("es", "date", "12/03/2024", "12/03/2024"),
        ("pt-BR", "money_brl", "R$ 1.500,50", "R$ 1.500,50"),
        ("en", "money_brl", "R$ 1.500,50", "R$ 1,500.50"),
        ("pt-BR", "bool", "sim", "sim"),
        ("en", "bool", "no", "no"),
        ("es", "bool", "sí", "sí"),
    ],
)
def test_a_value_is_shown_in_the_language_of_the_conversation(locale: str, kind: str, text: str, display: str) -> None:
    found = parse(kind, text, ASKED._replace(locale=locale))

    assert isinstance(found, Value)
    assert found.display == display


@pytest.mark.parametrize(
    ("kind", "stored", "shown"),
    [
        ("cpf", "52998224725", "***.982.247-**"),
        ("cpf_or_cnpj", "52998224725", "***.982.247-**"),
        ("cnpj", "12ABC34501DE35", "**.ABC.345/01DE-**"),
        ("phone_br", "+5511987654321", "(11) *****-4321"),
        ("phone_br", "+551134567890", "(11) ****-7890"),
        ("email", "ana@exemplo.com.br", "a***@exemplo.com.br"),
        ("cep", "01310100", "01310-***"),
        ("plate", "ABC1D23", "ABC****"),
        ("policy_number", "AP-2024/00123", "***123"),
        ("policy_number", "12", "***"),
        ("text", "segredo", "***"),
    ],
)
def test_a_sensitive_value_is_masked(kind: str, stored: str, shown: str) -> None:
    assert masked(kind, stored) == shown


def test_every_sensitive_kind_is_one_that_can_be_parsed() -> None:
    assert SENSITIVE <= KINDS
    assert SELF_IDENTIFYING <= KINDS


@pytest.mark.parametrize(
    ("text", "amounts"),
    [
        ("contratos acima de 5 milhões", [(500_000_000, "gt")]),
        ("entre 10 mil e 2 milhões de reais", [(1_000_000, "between"), (200_000_000, "between")]),
        ("menos de mil e duzentos reais", [(120_000, "lt")]),
        ("foi dois mil reais", [(200_000, "eq")]),
        ("R$ 0,99", [(99, "eq")]),
        ("um bilhão e meio gasto em 2021", [(150_000_000_000, "eq")]),
        ("contrato 26000/2024 do órgão 36000", []),
        ("gastos de 2022 a 2024, 5 dias atrás", []),
        ("até 2024", []),
    ],
)
def test_amounts_say_how_they_compare(text: str, amounts: list[tuple[int, str]]) -> None:
    assert [(one.cents, one.op) for one in amounts_in(text)] == amounts


@pytest.mark.parametrize(
    ("text", "kind", "n", "unit"),
    [
        ("2º trimestre de 2024", "quarter", 2, "quarter"),
        ("segundo semestre de 2023", "semester", 2, "semester"),
        ("últimos 6 meses", "relative", 6, "month"),
        ("semana passada", "relative", 1, "week"),
        ("em 2024", "year", None, None),
        ("março de 2024", "month", None, None),
        ("de 2022 a 2024", "range", None, None),
    ],
)
def test_a_period_says_what_kind_it_is(text: str, kind: str, n: int | None, unit: str | None) -> None:
    (period,) = periods_in(text, TODAY)

    assert (period.type, period.n, period.unit) == (kind, n, unit)


def test_a_month_alone_takes_the_year_of_the_period_before() -> None:
    (period,) = periods_in("e em março?", TODAY, year=2024)

    assert (str(period.first), str(period.last), period.inferred_year) == ("2024-03-01", "2024-03-31", True)


@pytest.mark.parametrize("n", [1, 2, 3, 6, 12, 24])
def test_the_last_months_end_today_and_are_exactly_as_many(n: int) -> None:
    (period,) = periods_in(f"últimos {n} meses", TODAY)

    assert period.last == TODAY
    assert (TODAY.year - period.first.year) * 12 + TODAY.month - period.first.month == n
    assert period.first.day == 21
