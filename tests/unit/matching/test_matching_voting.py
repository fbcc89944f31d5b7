"""Tier 3: what a vote may change, and what it never may."""

import pytest

from roteiro.matching.ranking import CLARIFY, HANDOFF, MATCH, OUT_OF_SCOPE, Candidate, Ranking
from roteiro.matching.voting import counted, is_worth_a_vote, nearest_examples
from tests.unit.matching.matching_catalogues import SMALL, TITLE_ONLY

CANDIDATES = tuple(
    Candidate(script, f"roteiro {script}", confidence, (), None, None)
    for script, confidence in ((1, 0.5), (2, 0.3), (3, 0.1), (4, 0.1))
)
NOBODY: frozenset[int] = frozenset()


def a_ranking(decision: str, tier: int = 1, offered: tuple[int, ...] = (1, 2, 3)) -> Ranking:
    return Ranking(decision, CANDIDATES, 0.7, tier, offered if decision == CLARIFY else ())


@pytest.mark.parametrize("vote", [1, 2])
def test_a_vote_for_one_of_the_leading_two_settles_a_question(vote: int) -> None:
    ranking = counted(a_ranking(CLARIFY), vote, NOBODY)

    assert (ranking.decision, ranking.candidates[0].script_id, ranking.tier) == (MATCH, vote, 3)
    assert set(ranking.candidates) == set(CANDIDATES)


@pytest.mark.parametrize("vote", [3, 4, 99, None])
@pytest.mark.parametrize("decision", [CLARIFY, HANDOFF])
def test_any_other_vote_leaves_the_decision_as_it_was(decision: str, vote: int | None) -> None:
    before = a_ranking(decision)

    ranking = counted(before, vote, NOBODY)

    assert ranking == before._replace(tier=3)


def test_a_vote_turns_a_hand_off_into_a_question_and_not_into_a_start() -> None:
    ranking = counted(a_ranking(HANDOFF), 2, NOBODY)

    assert (ranking.decision, ranking.offered) == (CLARIFY, (2, 1))


def test_a_script_without_examples_is_asked_about_even_when_voted_for() -> None:
    ranking = counted(a_ranking(CLARIFY), 1, frozenset({1}))

    assert (ranking.decision, ranking.offered) == (CLARIFY, (1, 2))


@pytest.mark.parametrize("vote", [2, 3, 99, None])
def test_a_vote_against_a_match_of_vectors_raises_a_question_between_the_leading_two(vote: int | None) -> None:
    ranking = counted(a_ranking(MATCH, tier=2), vote, NOBODY)

    assert (ranking.decision, ranking.offered) == (CLARIFY, (1, 2))
    assert ranking.candidates == CANDIDATES


def test_a_vote_for_a_match_lets_it_stand() -> None:
    assert counted(a_ranking(MATCH, tier=2), 1, NOBODY).decision == MATCH


@pytest.mark.parametrize(
    ("decision", "tier", "worth"),
    [(CLARIFY, 1, True), (HANDOFF, 2, True), (MATCH, 2, True), (MATCH, 1, False), (OUT_OF_SCOPE, 2, False)],
)
def test_only_what_a_vote_could_change_is_put_to_one(decision: str, tier: int, *, worth: bool) -> None:
    assert is_worth_a_vote(a_ranking(decision, tier)) is worth


def test_each_script_shows_its_examples_nearest_to_the_message() -> None:
    first, *_, last = nearest_examples("meu boleto está vencido", (SMALL[1], TITLE_ONLY), 2)

    assert first[0] == "boleto vencido"
    assert len(first) == 2
    assert last == ()
