"""Temperature and thresholds from cross-validated trials."""

import pytest

from roteiro.matching.calibrating import Calibration, calibrate, relevance, soften
from roteiro.matching.corpus import FOLDS, gather
from roteiro.matching.deciding import Standing, Verdict, decide, decide_exact, in_order
from roteiro.matching.entries import Entry
from roteiro.matching.learning import Sample, learn, score
from roteiro.matching.ranking import CLARIFY, HANDOFF, MATCH, OUT_OF_SCOPE
from roteiro.matching.validating import Trial, cross_validate
from tests.unit.matching.matching_catalogues import TITLE_ONLY, a_catalogue

FIXED = Calibration(temperature=1.0, out_of_scope=0.1, clarify=0.2, match=0.8)
ENTRIES = tuple(Entry(number, f"Script {number}", "", ("exemplo",)) for number in range(4))


def a_trial(label: int, leader: int, margin: float, near: float = 0.8) -> Trial:
    logits = [margin if number == leader else 0.0 for number in range(3)]
    return Trial(0, label, [*logits, -5.0], (near, 0.1))


def decided(
    chances: list[float], belongs: float = 0.5, lead: float = 1.0, entries: tuple[Entry, ...] = ENTRIES
) -> Verdict:
    standing = Standing(belongs, lead)
    return decide(in_order(range(len(chances)), chances, entries), chances, standing, entries, FIXED)


def test_confidences_sum_to_one_at_any_temperature() -> None:
    for temperature in (0.2, 1.0, 5.0):
        assert sum(soften([3.0, 1.0, -2.0], temperature)) == pytest.approx(1.0)


def test_huge_logits_do_not_overflow() -> None:
    assert soften([10_000.0, -10_000.0], 0.2) == [1.0, 0.0]
    assert relevance(1.0, 1.0, -10_000.0) == pytest.approx(0.0)


def test_relevance_grows_with_confidence_nearness_and_lead() -> None:
    base = relevance(0.5, 0.5, 0.0)

    assert relevance(0.9, 0.5, 0.0) > base
    assert relevance(0.5, 0.9, 0.0) > base
    assert relevance(0.5, 0.5, 3.0) > base


def test_overconfident_trials_raise_the_temperature() -> None:
    honest = [a_trial(0, 0, 3.0)] * 19 + [a_trial(1, 0, 3.0)]
    boastful = [a_trial(0, 0, 3.0)] * 12 + [a_trial(1, 0, 3.0)] * 8

    assert calibrate(boastful).temperature > calibrate(honest).temperature


def test_the_temperature_makes_confidence_what_it_was_worth() -> None:
    trials = [a_trial(0, 0, 3.0)] * 15 + [a_trial(1, 0, 3.0)] * 5

    confidence = soften([3.0, 0.0, 0.0], calibrate(trials).temperature)[0]

    assert confidence == pytest.approx(0.75, abs=0.05)


def test_scripts_start_by_themselves_only_where_nearly_all_were_right() -> None:
    trials = [a_trial(0, 0, 6.0)] * 50 + [a_trial(0, 0, 2.0)] * 5 + [a_trial(1, 0, 2.0)] * 5

    calibration = calibrate(trials)

    sure, unsure = (soften([margin, 0.0, 0.0], calibration.temperature)[0] for margin in (6.0, 2.0))
    assert unsure < calibration.match <= sure


def test_hardly_any_example_of_our_own_is_refused() -> None:
    trials = [a_trial(0, 0, 4.0, near=0.2 + number / 200) for number in range(100)]

    threshold = calibrate(trials).out_of_scope

    lead = 4.0 + 5.0
    chance = soften([4.0, 0.0, 0.0], calibrate(trials).temperature)[0]
    refused = sum(relevance(chance, trial.near[0], lead) < threshold for trial in trials)
    assert refused <= 5


@pytest.mark.parametrize(
    ("chances", "decision", "offered"),
    [
        ([0.9, 0.05, 0.03, 0.02], MATCH, ()),
        ([0.5, 0.4, 0.05, 0.05], CLARIFY, (0, 1)),
        ([0.34, 0.33, 0.3, 0.03], CLARIFY, (0, 1, 2)),
        ([0.25, 0.25, 0.25, 0.25], HANDOFF, ()),
        ([0.7, 0.15, 0.1, 0.05], CLARIFY, (0, 1)),
        ([0.79, 0.01, 0.01, 0.01], CLARIFY, (0,)),
    ],
)
def test_the_decision_follows_the_confidences(chances: list[float], decision: str, offered: tuple[int, ...]) -> None:
    assert decided(chances) == (decision, offered)


def test_a_script_that_the_background_outranks_is_asked_about_and_never_started() -> None:
    assert decided([0.99, 0.01, 0.0, 0.0], lead=-0.1) == (CLARIFY, (0,))
    assert decided([0.99, 0.01, 0.0, 0.0], lead=0.0).decision == MATCH


def test_a_message_that_does_not_belong_is_refused_however_sure() -> None:
    assert decided([0.99, 0.01, 0.0, 0.0], belongs=0.05).decision == OUT_OF_SCOPE


@pytest.mark.parametrize("place", [0, 1])
def test_a_likely_script_without_examples_always_makes_us_ask(place: int) -> None:
    chances = [0.9, 0.25] if place else [0.95, 0.01]
    entries = (TITLE_ONLY, ENTRIES[0]) if place == 0 else (ENTRIES[0], TITLE_ONLY)

    verdict = decided(chances, entries=entries)

    assert verdict.decision == CLARIFY
    assert verdict.offered[0] == 0


def test_word_for_word_starts_one_script_and_asks_between_two() -> None:
    assert decide_exact([]) is None
    assert decide_exact([3]) == Verdict(MATCH)
    assert decide_exact([3, 1]) == Verdict(CLARIFY, (3, 1))


def test_priority_turns_round_a_difference_of_a_hair_only() -> None:
    entries = (ENTRIES[0], ENTRIES[1]._replace(priority=5))

    assert in_order([0, 1], [0.505, 0.495], entries) == [1, 0]
    assert in_order([0, 1], [0.55, 0.45], entries) == [0, 1]


def test_every_example_is_held_out_exactly_once() -> None:
    corpus = gather(a_catalogue(3, 7), ["me conta uma piada", "quem ganhou o jogo"])

    trials = cross_validate(corpus, lambda _: None)

    assert sorted(trial.sample for trial in trials) == [
        number for number, fold in enumerate(corpus.folds) if fold is not None
    ]


def test_titles_teach_every_fold_and_neighbours_share_one() -> None:
    corpus = gather(a_catalogue(1, 10), [])

    assert corpus.folds == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4, None]
    assert max(fold for fold in corpus.folds if fold is not None) == FOLDS - 1


def test_learning_moves_a_sample_towards_its_class() -> None:
    samples = [Sample({0: 0.8, 1: 0.6}, 0), Sample({0: 0.8, 2: 0.6}, 1)]

    columns = learn(samples, 2, 3)

    assert score(columns, {1: 1.0}, 2)[0] > score(columns, {1: 1.0}, 2)[1]
    assert score(columns, {2: 1.0}, 2)[1] > score(columns, {2: 1.0}, 2)[0]


def test_a_negative_example_moves_away_from_its_script() -> None:
    samples = [Sample({0: 0.8, 1: 0.6}, 0), Sample({0: 0.8, 2: 0.6}, 1)]

    columns = learn([*samples, Sample({0: 0.6, 3: 0.8}, 0, against=True)], 2, 4)

    assert score(columns, {3: 1.0}, 2)[0] < 0
