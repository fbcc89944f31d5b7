"""Contracts that were imported with somebody's CPF in a name or an object: nothing that is told or printed has it."""

import pytest

from roteiro.domain.papers.reporting import Paper
from tests.bureau import Bureau, many, told
from tests.ledgers import a_purchase

CPF, MASKED = "52998224725", "***.982.247-**"
ONE_PERSON_FIRM = {"supplier": "99000000000100", "supplier_name": f"JOSE DA SILVA {CPF}", "object": f"Aulas, CPF {CPF}"}


class WholePrinter(Bureau):
    """A bureau that prints all of a paper."""

    def pdf(self, paper: Paper) -> bytes:
        """Return everything that a paper holds."""
        return repr(paper).encode()


@pytest.fixture
def bureau() -> Bureau:
    """A bureau with contracts that grew, of one firm."""
    made = WholePrinter()
    made.bought(*many(10), *(a_purchase(n, initial=10**6, final=3 * 10**6, **ONE_PERSON_FIRM) for n in range(12)))
    return made


@pytest.mark.parametrize(
    "words",
    ["os maiores contratos", "quem são os fornecedores?", "CNPJ 99.000.000/0001-00", "contrato nº 7"],
)
def test_no_look_up_tells_it(bureau: Bureau, words: str) -> None:
    bureau.words = words

    result = bureau.does("lookup:contracts").result

    assert MASKED in result
    assert CPF not in result


def test_no_investigation_and_none_of_its_files_hold_it(bureau: Bureau) -> None:
    made = bureau.does("create_record")
    bureau.does("lookup:report", told(record=made.record))
    files = {name.rpartition(".")[2]: content.decode() for name, content in bureau.files.items()}

    assert set(files) >= {"pdf", "csv", "json"}
    assert CPF not in made.result
    assert {kind: (MASKED in content, CPF in content) for kind, content in files.items()} == dict.fromkeys(
        files, (True, False)
    )
