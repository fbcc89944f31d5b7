"""What an admin reads before publishing."""

import pytest

from roteiro.matching.entries import Entry
from roteiro.matching.report import Report, report_on
from tests.unit.matching.matching_catalogues import a_catalogue

COPY = Entry(99, "Cópia", "", tuple(f"quero {verb} meu boleto" for verb in ("cancelar", "pedir", "mudar", "achar")))
ODD = Entry(98, "Carros", "", ("meu carro quebrou", "o carro não liga", "carro com defeito", "quero trocar meu chip"))


@pytest.fixture(scope="module")
def clean() -> Report:
    return report_on(a_catalogue(6, 6))


@pytest.fixture(scope="module")
def troubled() -> Report:
    return report_on((*a_catalogue(8, 6), COPY, ODD))


def test_scripts_on_different_subjects_are_told_apart(clean: Report) -> None:
    assert clean.accuracy > 0.9
    assert clean.confusable == ()
    assert clean.duplicates == ()


def test_every_script_has_its_own_line(clean: Report) -> None:
    assert clean.by_script.keys() == set(range(6))
    assert all(total == 6 for _, total in clean.by_script.values())


def test_accuracy_is_the_sum_of_the_lines(troubled: Report) -> None:
    right = sum(own for own, _ in troubled.by_script.values())
    total = sum(count for _, count in troubled.by_script.values())

    assert troubled.accuracy == pytest.approx(right / total)


def test_a_script_that_copies_another_is_confusable_with_it(troubled: Report) -> None:
    assert {99, 0} in [{pair.script_id, pair.taken_for} for pair in troubled.confusable]


def test_examples_that_two_scripts_share_are_named_with_both(troubled: Report) -> None:
    shared = {(one.example, one.other, one.script_id, one.other_id) for one in troubled.duplicates}

    assert ("quero cancelar meu boleto", "quero cancelar meu boleto", 0, 99) in shared


def test_an_example_that_belongs_elsewhere_is_named_with_the_script_it_speaks_for(troubled: Report) -> None:
    found = [one for one in troubled.contradicting if one.script_id == 98]

    assert ("quero trocar meu chip", 7) in [(one.example, one.taken_for) for one in found]


def test_a_catalogue_without_examples_has_nothing_to_report() -> None:
    report = report_on([Entry(1, "Um", "Só título"), Entry(2, "Dois", "Só título")])

    assert (report.accuracy, report.by_script, report.contradicting) == (0.0, {}, ())


def test_progress_ends_at_the_whole() -> None:
    heard: list[float] = []

    report_on(a_catalogue(2, 5), progress=heard.append)

    assert heard == sorted(heard)
    assert heard[-1] == 1.0
