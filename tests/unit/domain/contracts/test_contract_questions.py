"""What words ask of contracts, in Portuguese, English and Spanish."""

import pytest

from roteiro.domain.contracts.asked import MOST, Topic, asked_in
from roteiro.domain.contracts.unfiltered import company_in, names_matter, names_way

T = Topic


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("quais os maiores contratos da saúde em 2025?", T.LARGEST),
        ("os contratos mais caros da educação", T.LARGEST),
        ("liste os contratos do MCTI", T.LARGEST),
        ("quais são os contratos?", T.LARGEST),
        ("what is the largest contract?", T.LARGEST),
        ("¿cuáles son los mayores contratos de salud?", T.LARGEST),
        ("quanto o MEC gastou em 2024?", T.TOTAL),
        ("qnto gastaram?", T.TOTAL),
        ("qual o valor total dos contratos do MDA", T.TOTAL),
        ("how much did the ministry of education spend in 2024?", T.TOTAL),
        ("cuánto gastó educación en 2024", T.TOTAL),
        ("quantos contratos tem a CGU?", T.COUNT),
        ("quantos fornecedores tem o turismo?", T.COUNT),
        ("how many contracts does CGU have?", T.COUNT),
        ("cuántos contratos tiene la CGU", T.COUNT),
        ("quais fornecedores mais receberam da Defesa?", T.SUPPLIERS),
        ("qual o maior fornecedor do turismo?", T.SUPPLIERS),
        ("quem mais recebeu da saúde em 2024?", T.SUPPLIERS),
        ("e os fornecedores?", T.SUPPLIERS),
        ("contratos da empresa Silva", T.SUPPLIERS),
        ("tem o CNPJ deles?", T.SUPPLIERS),
        ("ranking de fornecedores do ministério da saúde", T.SUPPLIERS),
        ("top suppliers of the ministry of health", T.SUPPLIERS),
        ("mayores proveedores de defensa", T.SUPPLIERS),
        ("quem gastou mais, saúde ou educação", T.ORGANS),
        ("ranking dos órgãos que mais gastam", T.ORGANS),
        ("ranking de gastos por órgão em 2025", T.ORGANS),
        ("ministérios que mais gastam", T.ORGANS),
        ("qual ministério tem os maiores contratos?", T.ORGANS),
        ("which ministry spends the most?", T.ORGANS),
        ("qué ministerio gasta más?", T.ORGANS),
    ],
)
def test_words_ask_for_one_thing(words: str, topic: Topic) -> None:
    asked = asked_in(words)

    assert asked is not None
    assert asked.topic is topic


@pytest.mark.parametrize(
    "words",
    [
        "e em 2024?",
        "e da educação?",
        "saúde em 2025",
        "últimos 6 meses",
        "contratos da saúde",
        "contratos maiores que 3 milhões",
        "contratos de 03/2025 do MEC",
        "meu cpf é 529.982.247-25",
        "",
    ],
)
def test_words_that_only_narrow_ask_for_nothing(words: str) -> None:
    assert asked_in(words) is None


@pytest.mark.parametrize(
    ("words", "most"),
    [
        ("os 10 maiores contratos", 10),
        ("10 maiores", 10),
        ("os três maiores contratos da saúde", 3),
        ("the ten largest contracts", 10),
        ("top 3 fornecedores", 3),
        ("qual o maior?", 1),
        ("which is the largest?", 1),
        ("cuál es el mayor contrato", 1),
        ("os 50 maiores contratos", MOST),
        ("os 0 maiores contratos", 5),
        ("maiores contratos", 5),
        ("maiores contratos dos últimos 12 meses", 5),
    ],
)
def test_as_many_lines_as_were_asked_for_and_no_more_than_fit(words: str, most: int) -> None:
    asked = asked_in(words)

    assert asked is not None
    assert asked.most == most


@pytest.mark.parametrize(
    ("words", "supplier"),
    [
        ("contratos do CNPJ 12.345.678/0001-90", "12345678000190"),
        ("o cnpj 99000000100600 recebeu quanto?", "99000000100600"),
        ("12.ABC.345/01DE-35", "12ABC34501DE35"),
    ],
)
def test_a_company_is_asked_for_by_its_cnpj(words: str, supplier: str) -> None:
    asked = asked_in(words)

    assert asked is not None
    assert (asked.topic, asked.supplier) == (T.SUPPLIER, supplier)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("contrato 12/2025 do MEC", "12/2025"),
        ("me mostra o contrato nº 500.012/2024", "500.012/2024"),
        ("contrato número 5000952025", "5000952025"),
        ("contract number 50001-2024", "50001-2024"),
        ("nº 5000632025", "5000632025"),
        ("contrato n.º 500063/2025", "500063/2025"),
        ("contract no. 500063/2025", "500063/2025"),
        ("quem ganhou o contrato 5000632025?", "5000632025"),
    ],
)
def test_a_contract_is_asked_for_by_its_number(words: str, number: str) -> None:
    asked = asked_in(words)

    assert asked is not None
    assert (asked.topic, asked.number) == (T.CONTRACT, number)


@pytest.mark.parametrize(
    "words", ["quanto gastaram com viagens na presidência", "how much was spent on vaccines", "cuánto gastó con viajes"]
)
def test_spending_on_a_matter_is_noticed(words: str) -> None:
    assert names_matter(words)


@pytest.mark.parametrize("words", ["quanto o MEC gastou em 2024?", "quanto foi pago pela defesa", "gastos com a CGU"])
def test_spending_as_a_whole_is_on_no_matter(words: str) -> None:
    assert not names_matter(words)


@pytest.mark.parametrize(
    "words", ["lei nº 14.133/2021", "protocolo nº 20261399000000118", "processo número 123456/2025", "no 03/2025"]
)
def test_numbers_of_other_things_are_no_contracts(words: str) -> None:
    asked = asked_in(words)

    assert asked is None or not asked.number


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("contrato 5000632025 e contrato 5000642025", True),
        ("33.000.167/0001-01 e 33.000.168/0001-01", True),
        ("contrato 5000632025 da saúde em 2025", False),
    ],
)
def test_that_more_than_one_was_named_is_noticed(words: str, *, others: bool) -> None:
    asked = asked_in(words)

    assert asked is not None
    assert asked.others is others


@pytest.mark.parametrize(("words", "is_cut"), [("os 100 maiores contratos", True), ("os 20 maiores contratos", False)])
def test_that_fewer_lines_than_asked_for_are_given_is_noticed(words: str, *, is_cut: bool) -> None:
    asked = asked_in(words)

    assert asked is not None
    assert (asked.most, asked.is_cut) == (MOST, is_cut)


@pytest.mark.parametrize(
    ("words", "by_count"),
    [
        ("quem ganhou mais contratos em 2025?", True),
        ("fornecedores com mais contratos", True),
        ("fornecedores mais frequentes", True),
        ("suppliers with the most contracts", True),
        ("quién ganó más contratos?", True),
        ("quem mais recebeu da saúde?", False),
    ],
)
def test_suppliers_are_ranked_by_contracts_where_that_is_asked(words: str, *, by_count: bool) -> None:
    asked = asked_in(words)

    assert asked is not None
    assert (asked.topic, asked.by_count) == (T.SUPPLIERS, by_count)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("quanto a Empresa Fictícia 0038 recebeu em 2025?", "ficticia 0038"),
        ("contratos da construtora Silva com o MEC", "silva"),
        ("quanto a Padaria Boa Hora recebeu em 2025", "padaria boa hora"),
        ("how much did Acme Corp receive in 2025", "acme corp"),
        ("contratos de la empresa Alfa en 2025", "alfa"),
        ("qual empresa mais recebeu?", ""),
        ("quanto a empresa recebeu da saúde", ""),
        ("fornecedores da saúde", ""),
        ("qual o maior fornecedor do turismo?", ""),
        ("quanto cada fornecedor recebeu?", ""),
        ("contratos da empresa 33.000.167/0001-01", ""),
    ],
)
def test_a_company_is_known_by_its_name(words: str, name: str) -> None:
    assert company_in(words) == name


@pytest.mark.parametrize(
    "words",
    ["contratos sem licitação da saúde", "compras por dispensa", "contratos vigentes", "contracts without a tender"],
)
def test_a_way_of_buying_is_noticed(words: str) -> None:
    assert names_way(words)


@pytest.mark.parametrize("words", ["contratos da saúde em 2025", "maiores contratos"])
def test_contracts_as_such_name_no_way_of_buying(words: str) -> None:
    assert not names_way(words)
