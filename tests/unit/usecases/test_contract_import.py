"""An import of monthly files: again without harm, bad lines told, the sample gone when real contracts come."""

from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from typing import Any

import pytest

from roteiro.domain.contracts.columns import Kind
from roteiro.domain.contracts.records import DEMO, Counts, Source, is_demo
from roteiro.domain.contracts.table import Line, Table
from roteiro.errors import Fault, InvalidRequest
from roteiro.ports import Ledger
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases.contracts import BadLine, Imported, import_contracts, load_sample
from tests.harness import TestClock
from tests.ledgers import a_purchase

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
    assert is_demo(ledger.sources())


def test_the_sample_does_not_come_back_beside_real_contracts(ledger: Ledger) -> None:
    imported(ledger, a_table(2))

    again = load_sample([a_table(5, "amostra_Compras.csv")], ledger, TestClock(), print, print)

    assert (again.total, ledger.aggregates(*YEAR).contracts) == (Counts(), 2)


def test_the_sample_is_loaded_again_without_harm(ledger: Ledger) -> None:
    tables = [a_table(5, "amostra_Compras.csv")]

    totals = [load_sample(tables, ledger, TestClock(), print, lambda _: None).total for _ in range(2)]

    assert totals == [Counts(new=5), Counts(unchanged=5)]


def broken_off(after: int, name: str = "202401_Compras.csv") -> Table:
    """Return a table that cannot be read on after so many lines."""

    def lines() -> Iterator[Line]:
        yield from a_table(after).lines()
        raise InvalidRequest

    return Table(name, Kind.PURCHASES, "202401", 10, lines)


class Killed(Exception):
    """The process ends here."""


class Watched:
    """A ledger that ends before its n-th write, as a killed import does."""

    def __init__(self, ledger: Ledger, writes: int) -> None:
        self._ledger = ledger
        self._left = writes

    def __getattr__(self, name: str) -> Any:
        if name in ("put_many", "note_source", "forget"):
            if not self._left:
                raise Killed
            self._left -= 1
        return getattr(self._ledger, name)


def made_up(ledger: Ledger) -> set[bool]:
    """Return whether the contracts that are there are those of the sample."""
    return {one.id.startswith(DEMO) for one in ledger.purchases(*YEAR, limit=5000)}


def test_an_import_that_fails_in_the_second_file_leaves_no_contract_of_the_sample(ledger: Ledger) -> None:
    load_sample([a_table(5, "amostra_Compras.csv")], ledger, TestClock(), print, print)

    with pytest.raises(InvalidRequest):
        imported(ledger, a_table(2), broken_off(0))

    assert (made_up(ledger), is_demo(ledger.sources())) == ({False}, False)


@pytest.mark.parametrize("writes", range(7))
def test_real_and_made_up_contracts_are_never_taken_for_each_other_wherever_an_import_ends(
    ledger: Ledger, writes: int
) -> None:
    load_sample([a_table(5, "amostra_Compras.csv")], ledger, TestClock(), print, print)

    with suppress(Killed):
        import_contracts(
            [a_table(700), a_table(3, "b_Compras.csv")], Watched(ledger, writes), TestClock(), print, print
        )

    assert made_up(ledger) <= {is_demo(ledger.sources())}


@pytest.mark.parametrize("writes", range(4))
def test_the_sample_is_marked_from_its_first_contract_on(ledger: Ledger, writes: int) -> None:
    with suppress(Killed):
        load_sample([a_table(700, "amostra_Compras.csv")], Watched(ledger, writes), TestClock(), print, print)

    assert made_up(ledger) <= {is_demo(ledger.sources())}


def test_a_file_that_is_half_read_is_marked_where_sources_are_named(ledger: Ledger) -> None:
    with pytest.raises(InvalidRequest):
        imported(ledger, broken_off(600))
    half = [source.shown for source in ledger.sources()]

    imported(ledger, a_table(600, "202401_Compras.csv"))

    assert (half, [source.shown for source in ledger.sources()]) == (["202401_Compras.csv (…)"], ["202401_Compras.csv"])


def test_a_known_file_that_is_read_again_is_marked_until_all_of_it_is_read(ledger: Ledger) -> None:
    imported(ledger, a_table(3, "202401_Compras.csv"))

    with pytest.raises(InvalidRequest):
        imported(ledger, broken_off(600))
    half = [source.rows for source in ledger.sources()]
    imported(ledger, a_table(3, "202401_Compras.csv"))

    assert (half, [source.rows for source in ledger.sources()]) == ([0], [3])


def test_files_of_one_name_are_one_source_of_all_their_rows(ledger: Ledger) -> None:
    imported(ledger, a_table(3), a_table(4, final="1,00"))

    assert [source.rows for source in ledger.sources()] == [7]


def test_a_sample_that_a_starting_server_puts_beside_an_import_goes_at_its_end(ledger: Ledger) -> None:
    def lines() -> Iterator[Line]:
        yield from a_table(600).lines()
        ledger.put_many([replace(a_purchase(), id=f"{DEMO}1")])
        ledger.note_source(Source("amostra", "2024", 1, is_demo=True))

    imported(ledger, Table("a_Compras.csv", Kind.PURCHASES, "202403", 10, lines))

    assert (made_up(ledger), len(ledger.sources())) == ({False}, 1)
