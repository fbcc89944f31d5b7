"""An import of monthly files: again without harm, bad lines told, the sample gone when real contracts come."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from roteiro.domain.contracts.columns import Kind
from roteiro.domain.contracts.records import Counts, is_demo
from roteiro.domain.contracts.table import Line, Table
from roteiro.errors import Fault
from roteiro.ports import Ledger
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.contracts import BadLine, Imported, import_contracts, load_sample
from tests.harness import TestClock

CELLS = {"unit": "9", "organ": "36000", "supplier": "1", "signed": "15/03/2024", "initial": "10,00", "final": "10,00"}
YEAR = ("36000", "2024-01-01", "2024-12-31")


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with closing(SqliteStore(":memory:")) as store:
        yield store.ledger()


def a_table(count: int, name: str = "202403_Compras.csv", **change: str) -> Table:
    def lines() -> Iterator[Line]:
        for number in range(2, count + 2):
            yield Line(number, (number - 1) * 10, {**CELLS, "number": str(number), **change})

    return Table(name, Kind.PURCHASES, "202403", count * 10, lines)


def imported(ledger: Ledger, *tables: Table) -> tuple[Imported, list[BadLine], list[float]]:
    bad: list[BadLine] = []
    shares: list[float] = []
    return import_contracts(tables, ledger, TestClock(), bad.append, shares.append), bad, shares


def test_an_import_counts_what_is_new_and_again_nothing(ledger: Ledger) -> None:
    first, _, _ = imported(ledger, a_table(1203))
    again, _, _ = imported(ledger, a_table(1203))

    assert (first.total, again.total) == (Counts(new=1203), Counts(unchanged=1203))
    assert ledger.aggregates(*YEAR).contracts == 1203


def test_changed_lines_replace_what_was_there(ledger: Ledger) -> None:
    imported(ledger, a_table(3))

    again, _, _ = imported(ledger, a_table(3, final="11,00"))

    assert again.total == Counts(changed=3)
    assert ledger.aggregates(*YEAR).cents == 3300


def test_progress_goes_by_bytes_over_all_files(ledger: Ledger) -> None:
    _, _, shares = imported(ledger, a_table(1000), a_table(1000, "202404_Compras.csv"))

    assert shares == [0.25, 0.5, 0.75, 1.0, 1.0]


def test_bad_lines_are_told_and_passed_over(ledger: Ledger) -> None:
    broken = Line(3, 10, {}, Fault("", "contract_cells", (("found", "2"), ("expected", "5"))))
    lines = [Line(2, 5, {**CELLS, "number": "1", "final": "dez"}), broken, Line(4, 15, {**CELLS, "number": "3"})]
    table = Table("a_Compras.csv", Kind.PURCHASES, "", 15, lambda: iter(lines))

    found, bad, _ = imported(ledger, table)

    assert (found.total, found.bad) == (Counts(new=1), {"a_Compras.csv": 2})
    assert [(one.line, one.sentence("pt-BR")) for one in bad] == [
        (2, "Valor Final Compra: “dez” não é um valor em reais, como 1.234,56."),
        (3, "A linha tem 2 colunas, e o cabeçalho tem 5."),
    ]


def test_the_sample_is_marked_until_real_contracts_come(ledger: Ledger) -> None:
    load_sample([a_table(5, "amostra_Compras.csv")], ledger, TestClock(), print, print)
    before = (is_demo(ledger.sources()), ledger.aggregates(*YEAR).contracts)

    imported(ledger, a_table(2))

    assert before == (True, 5)
    assert (is_demo(ledger.sources()), ledger.aggregates(*YEAR).contracts) == (False, 2)


def test_a_file_without_a_single_good_line_leaves_the_sample(ledger: Ledger) -> None:
    load_sample([a_table(5, "amostra_Compras.csv")], ledger, TestClock(), print, print)

    imported(ledger, a_table(2, initial="?"))

    assert ledger.aggregates(*YEAR).contracts == 5


def test_the_sample_does_not_come_back_beside_real_contracts(ledger: Ledger) -> None:
    imported(ledger, a_table(2))

    again = load_sample([a_table(5, "amostra_Compras.csv")], ledger, TestClock(), print, print)

    assert (again.total, ledger.aggregates(*YEAR).contracts) == (Counts(), 2)


def test_the_sample_is_loaded_again_without_harm(ledger: Ledger) -> None:
    tables = [a_table(5, "amostra_Compras.csv")]

    totals = [load_sample(tables, ledger, TestClock(), print, lambda _: None).total for _ in range(2)]

    assert totals == [Counts(new=5), Counts(unchanged=5)]
