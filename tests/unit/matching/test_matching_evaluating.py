"""`roteiro evaluate`: a catalogue judged on messages it has not seen."""

from itertools import count

import pytest

from roteiro.matching.evaluating import Evaluation, auroc, calibration_error, evaluate, to_entries
from tests.unit.matching.matching_catalogues import a_catalogue

TRAIN = [(entry.title, text) for entry in a_catalogue(8, 8) for text in entry.examples]
TEST = [
    ("boleto", "cadê meu boleto"),
    ("guincho", "manda um guincho"),
    ("chip", "perdi meu chip"),
    ("", "me conta uma piada"),
]
RATES = ("accuracy", "top3", "in_scope_accuracy", "oos_recall", "oos_auroc", "ece", "coverage_auto")


def a_clock() -> float:
    return float(next(_TICKS))


_TICKS = count()


@pytest.fixture(scope="module")
def evaluation() -> Evaluation:
    return evaluate(TRAIN, TEST, titles=True, now=a_clock)


@pytest.mark.parametrize("rate", RATES)
def test_every_rate_is_a_fraction(evaluation: Evaluation, rate: str) -> None:
    assert 0 <= dict(evaluation)[rate] <= 1  # type: ignore[operator]


def test_easy_messages_are_ranked_right_and_a_joke_is_refused(evaluation: Evaluation) -> None:
    assert evaluation["accuracy"] == 1.0
    assert evaluation["oos_recall"] == 1.0


def test_every_message_has_its_prediction(evaluation: Evaluation) -> None:
    assert [(one.script, one.text) for one in evaluation["predictions"]] == TEST
    assert [one.predicted for one in evaluation["predictions"]][:3] == ["boleto", "guincho", "chip"]


def test_time_comes_from_the_clock_passed_in(evaluation: Evaluation) -> None:
    assert evaluation["fit_seconds"] == 1.0
    assert evaluation["query_ms_p50"] == 1000.0


def test_nothing_to_measure_is_none() -> None:
    nothing = evaluate([("a", "um dois")], [], now=a_clock)

    assert nothing["accuracy"] is None
    assert nothing["oos_recall"] is None
    assert nothing["query_ms_p99"] is None


def test_an_empty_text_declares_a_script_without_examples() -> None:
    entries, names = to_entries([("segunda_via", ""), ("a", "um"), ("", "fora")])

    assert names == {1: "a", 2: "segunda_via"}
    assert entries[1].is_title_only


@pytest.mark.parametrize(("titles", "title"), [(True, "segunda via"), (False, "")])
def test_names_become_titles_on_demand(titles: bool, title: str) -> None:  # noqa: FBT001 - a parametrised switch
    assert to_entries([("segunda_via", "x")], titles=titles)[0][0].title == title


@pytest.mark.parametrize(
    ("claims", "error"),
    [
        ([(1.0, True)] * 4, 0.0),
        ([(1.0, False)] * 4, 1.0),
        ([(0.5, True), (0.5, False)], 0.0),
        ([(0.8, True), (0.8, False)], 0.3),
        ([], None),
    ],
)
def test_calibration_error_is_the_distance_from_what_was_promised(
    claims: list[tuple[float, bool]], error: float | None
) -> None:
    assert calibration_error(claims) == (None if error is None else pytest.approx(error))


@pytest.mark.parametrize(
    ("own", "strangers", "area"),
    [([0.9, 0.8], [0.1], 1.0), ([0.1], [0.9], 0.0), ([0.5], [0.5], 0.5), ([0.9, 0.2], [0.5], 0.5), ([], [0.1], None)],
)
def test_auroc_is_how_often_ours_is_the_surer(own: list[float], strangers: list[float], area: float | None) -> None:
    assert auroc(own, strangers) == area
