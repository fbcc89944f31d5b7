"""The same question asked again is not read again, by whomever; after an import it is."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from typing import Any

import pytest

from roteiro.domain.anomalies.investigation import Investigation
from roteiro.domain.contracts.bounds import Bounds
from roteiro.domain.contracts.records import Source
from roteiro.stores.sqlite import SqliteStore
from roteiro.usecases import remembered
from roteiro.usecases.investigating import begin, investigate
from tests.ledgers import a_purchase

YEAR = ("36000", "2024-01-01", "2024-12-31")
COUNTED = ("purchases", "aggregates")


class CountedLedger:
    """A ledger that counts how often contracts are read."""

    def __init__(self, ledger: Any) -> None:
        self._ledger = ledger
        self.reads = 0

    def __getattr__(self, name: str) -> Any:
        self.reads += name in COUNTED
        return getattr(self._ledger, name)


@pytest.fixture
def ledger() -> Iterator[Any]:
    """A ledger of ten contracts from one file."""
    with closing(SqliteStore(":memory:")) as store:
        counted = CountedLedger(store.ledger())
        bought(counted, range(10))
        yield counted


def bought(ledger: Any, numbers: Sequence[int], name: str = "a.csv", at: str = "2024") -> None:
    ledger.put_many([a_purchase(n, initial=10**6, final=2 * 10**6) for n in numbers])
    ledger.note_source(Source(name, at, len(numbers)))


def never() -> bool:
    return False


def asked(ledger: Any, bounds: Bounds = Bounds(), is_late: Callable[[], bool] = never) -> Investigation:  # noqa: B008 - a value
    return investigate(begin(*YEAR, ledger, bounds), ledger, is_late)


def test_what_is_asked_again_is_not_read_again(ledger: Any) -> None:
    first = asked(ledger)
    reads = ledger.reads

    again = asked(ledger)

    assert (again, ledger.reads) == (first, reads)
    assert first.by_rule["growth"] == 10


@pytest.mark.parametrize(
    ("name", "at"), [("b.csv", "2024"), ("a.csv", "2025")], ids=["another file", "the same file again"]
)
def test_after_an_import_it_is_read_again(ledger: Any, name: str, at: str) -> None:
    asked(ledger)

    bought(ledger, range(10, 13), name, at)

    assert asked(ledger).tally.contracts == 13


def test_other_bounds_are_another_question(ledger: Any) -> None:
    asked(ledger)

    assert asked(ledger, Bounds(5 * 10**6)).tally.contracts == 0


def test_nothing_is_remembered_while_a_file_is_read(ledger: Any) -> None:
    ledger.note_source(Source("b.csv", "2025", 0))
    asked(ledger)

    ledger.put_many([a_purchase(11)])

    assert asked(ledger).tally.contracts == 11


def test_nothing_is_remembered_that_an_import_ran_into(ledger: Any) -> None:
    def importing() -> bool:
        bought(ledger, range(10, 13), at="2025")
        return False

    asked(ledger, is_late=importing)

    assert asked(ledger).tally.contracts == 13


def test_what_took_several_calls_is_not_remembered(ledger: Any) -> None:
    case = begin(*YEAR, ledger)
    while not case.is_done:
        case = investigate(case, ledger, lambda: True)
    reads = ledger.reads

    asked(ledger)

    assert ledger.reads > reads


def test_one_ledger_knows_nothing_of_anothers(ledger: Any) -> None:
    asked(ledger)

    with closing(SqliteStore(":memory:")) as store:
        other = store.ledger()
        other.note_source(Source("a.csv", "2024", 10))

        assert asked(other).tally.contracts == 0


def test_the_question_asked_least_recently_is_forgotten_first(ledger: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remembered, "_MOST", 2)
    for low in (1, 2, 1, 3):
        asked(ledger, Bounds(low))
    reads = ledger.reads

    asked(ledger, Bounds(1))
    known = ledger.reads
    asked(ledger, Bounds(2))

    assert (known == reads, ledger.reads > known) == (True, True)
