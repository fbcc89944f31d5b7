"""Planted anomalies are found again, clean data stays quiet, and the pack's sample is what its script makes."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from benchmarks.anomalies import Score, filled_with, found_in, measure
from benchmarks.made_contracts import make
from infra.write_sample import FOLDER, sample
from roteiro.ports import Ledger
from roteiro.stores.sqlite import SqliteStore

SEED, PER_ORGAN = 11, 150
# Recall and precision; what lies below is measured by benchmarks/anomalies.py and is a step back.
FLOORS = {
    "price": (0.8, 0.8),
    "concentration": (1.0, 1.0),
    "split": (1.0, 0.7),
    "duplicate": (0.8, 0.8),
    "rush": (1.0, 1.0),
    "growth": (1.0, 1.0),
}


@pytest.fixture
def ledger() -> Iterator[Ledger]:
    with closing(SqliteStore(":memory:")) as store:
        yield store.ledger()


def test_planted_anomalies_are_found_and_little_else(ledger: Ledger) -> None:
    made = make(SEED, PER_ORGAN)
    assert filled_with(made, ledger) == 0

    scores = measure(made, found_in(ledger))

    missed = [rule for rule, (recall, _) in FLOORS.items() if scores[rule].recall < recall]
    noisy = [rule for rule, (_, precision) in FLOORS.items() if scores[rule].precision < precision]
    assert (missed, noisy) == ([], [])
    assert all(one.planted for one in scores.values())


def test_clean_data_yields_few_findings(ledger: Ledger) -> None:
    made = make(SEED, PER_ORGAN, clean=True)
    filled_with(made, ledger)

    found = [finding for some in found_in(ledger).values() for finding in some]

    assert len(found) * 1000 / len(made.contracts) < 25
    assert not [one for one in found if one.rule in ("concentration", "rush", "growth")]


def test_the_same_seed_makes_the_same_contracts() -> None:
    assert make(5, 10) == make(5, 10) != make(6, 10)


def test_a_score_without_anything_is_whole() -> None:
    nothing = Score(0, 0, 0, 0)

    assert (nothing.recall, nothing.precision) == (1.0, 1.0)


def test_the_sample_of_the_pack_is_what_its_script_writes() -> None:
    stored = {path.name: path.read_bytes() for path in FOLDER.glob("*.csv")}

    assert stored == sample()


def test_every_line_of_the_sample_says_that_it_is_made_up() -> None:
    lines = sample()["amostra-sintetica_Compras.csv"].decode("latin-1").splitlines()[1:]

    assert len(lines) > 300
    assert all("DADO SINTÉTICO" in line and "Fictícia" in line for line in lines)
