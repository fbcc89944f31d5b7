"""Tier 2: vectors and words weighed into one ranking, taught and calibrated at publish time."""

import zlib
from collections.abc import Mapping, Sequence
from math import hypot

import pytest

from roteiro.matching.compiling import compile_index
from roteiro.matching.entries import Entry
from roteiro.matching.fitting import WEIGHTS, choose_weight, fit_fusion, texts_to_embed
from roteiro.matching.fusion import SURE, WIDE, Fusion, is_unsure, mixed
from roteiro.matching.head import Lesson, teach
from roteiro.matching.index import Index, read_index
from roteiro.matching.lanes import quantise
from roteiro.matching.ranking import CLARIFY, HANDOFF, MATCH, OUT_OF_SCOPE, Candidate, Ranking
from roteiro.matching.rows import unpack_rows
from tests.unit.matching.matching_catalogues import BILL, CANCEL, CRASH, HOUSE, SMALL, TITLE_ONLY, a_catalogue

BACKGROUND = (
    "que horas são",
    "me conta uma piada",
    "previsão do tempo amanhã",
    "receita de bolo",
    "quem ganhou o jogo",
)


def a_vector(text: str, length: int = 48) -> list[float]:
    """A bag of words, of length 1: what the tests' embedder gives."""
    numbers = [0.01] * length
    for word in text.lower().split():
        numbers[zlib.crc32(word.encode()) % length] += 1.0
    return [number / hypot(*numbers) for number in numbers]


def vectors_of(entries: Sequence[Entry]) -> Mapping[str, Sequence[float]]:
    return {text: a_vector(text) for text in texts_to_embed(entries, BACKGROUND)}


def packed(entries: Sequence[Entry]) -> bytes:
    return fit_fusion(entries, BACKGROUND, vectors_of(entries), 0.5, lambda _: None)


def both(entries: Sequence[Entry]) -> tuple[Index, Fusion]:
    index = read_index(compile_index(entries, BACKGROUND))
    return index, Fusion(index.entries, packed(entries))


@pytest.fixture(scope="module")
def small() -> tuple[Index, Fusion]:
    return both((*SMALL, TITLE_ONLY))


def a_ranking(decision: str, confidence: float = 0.6, tier: int = 1) -> Ranking:
    return Ranking(decision, (Candidate(1, "um", confidence, (), None, None),), 0.5, tier, ())


@pytest.mark.parametrize(
    ("ranking", "unsure"),
    [
        (a_ranking(MATCH, 1.0, tier=0), False),
        (a_ranking(MATCH, SURE), False),
        (a_ranking(MATCH, SURE - 0.01), True),
        (a_ranking(CLARIFY), True),
        (a_ranking(HANDOFF), True),
        (a_ranking(OUT_OF_SCOPE, 0.1), True),
        (Ranking(OUT_OF_SCOPE, (), 0.5, 1, ()), False),
    ],
)
def test_only_an_unsure_ranking_with_candidates_is_looked_at_again(ranking: Ranking, *, unsure: bool) -> None:
    assert is_unsure(ranking) is unsure


@pytest.mark.parametrize(
    ("meant", "script"),
    [("não recebi o boleto", BILL), ("sofri um acidente de carro", CRASH), ("quero cancelar meu seguro", CANCEL)],
)
def test_words_that_no_example_holds_are_ranked_by_what_they_mean(
    small: tuple[Index, Fusion], meant: str, script: int
) -> None:
    index, fusion = small
    first = index.rank("xyzzy seguro", WIDE)

    second = fusion.rank(first, a_vector(meant), 3)

    assert second.candidates[0].script_id == script
    assert second.candidates[0].nearest_example == meant
    assert second.tier == 2


def test_no_more_candidates_come_than_were_asked_for_and_their_confidences_fall(small: tuple[Index, Fusion]) -> None:
    index, fusion = small

    ranking = fusion.rank(index.rank("boleto do carro", WIDE), a_vector("boleto do carro"), 2)

    first, second = ranking.candidates
    assert 0 <= second.confidence <= first.confidence <= 1


def test_a_script_without_examples_never_starts_by_its_vector_alone(small: tuple[Index, Fusion]) -> None:
    index, fusion = small
    words = TITLE_ONLY.summary

    ranking = fusion.rank(index.rank(words, WIDE), a_vector(words), 3)

    assert ranking.candidates[0].script_id == HOUSE
    assert ranking.candidates[0].nearest_example is None
    assert ranking.decision != MATCH


def test_what_is_near_the_background_is_out_of_scope(small: tuple[Index, Fusion]) -> None:
    index, fusion = small

    ranking = fusion.rank(index.rank("me conta o boleto", WIDE), a_vector("me conta uma piada"), 3)

    assert ranking.decision == OUT_OF_SCOPE


def test_who_is_out_of_scope_is_doubted_aloud(small: tuple[Index, Fusion]) -> None:
    index, fusion = small

    ranking = fusion.rank(index.rank("me conta do boleto vencido", WIDE), a_vector("me conta uma piada"), 3)

    assert ranking.decision == OUT_OF_SCOPE
    assert sum(candidate.confidence for candidate in ranking.candidates) < 0.5


def test_the_doubt_of_tier_1_weighs_on_all_its_candidates_alike_and_changes_nothing(
    small: tuple[Index, Fusion],
) -> None:
    index, fusion = small
    first = index.rank("boleto do carro", WIDE)
    doubted = [candidate._replace(confidence=candidate.confidence / 2000) for candidate in first.candidates]

    ranking = fusion.rank(first._replace(candidates=tuple(doubted)), a_vector("boleto do carro"), 3)

    assert ranking == fusion.rank(first, a_vector("boleto do carro"), 3)


@pytest.mark.parametrize("length", [0, 1, 47, 49])
def test_a_vector_of_another_length_is_refused(small: tuple[Index, Fusion], length: int) -> None:
    index, fusion = small

    with pytest.raises(ValueError, match="48 numbers"):
        fusion.rank(index.rank("boleto"), [0.5] * length, 3)


def test_what_tier_1_says_tips_the_scales_between_equal_vectors() -> None:
    logits = [2.0, 2.0]

    first, second = mixed(logits, [0.9, 0.1], 0.4)

    assert first > second
    assert mixed(logits, [0.9, 0.1], 0.0) == logits


def test_a_script_that_tier_1_did_not_see_is_weighed_down_and_not_out() -> None:
    (unseen,) = mixed([5.0], [0.0], 0.4)

    assert 2.0 < unseen < 5.0


def test_the_weight_is_that_which_surprises_held_out_examples_least() -> None:
    words_know = [(0, (1.0, 1.2), (0.95, 0.05)), (1, (1.2, 1.0), (0.05, 0.95))]
    words_mislead = [(0, (3.0, 0.0), (0.05, 0.95)), (1, (0.0, 3.0), (0.95, 0.05))]

    assert choose_weight(words_know) == max(WEIGHTS)
    assert choose_weight(words_mislead) == 0.0


def test_the_same_catalogue_gives_the_same_bytes() -> None:
    assert packed(SMALL) == packed(SMALL)


def test_a_catalogue_of_many_examples_is_calibrated_on_held_out_ones() -> None:
    entries = a_catalogue()
    heard: list[float] = []

    fit_fusion(entries, BACKGROUND, vectors_of(entries), 0.5, heard.append)

    assert packed(entries) != packed(entries[:4])
    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert len(heard) > 10


def test_examples_that_teach_nothing_about_each_other_make_the_calibration_careful() -> None:
    riddles = tuple(
        Entry(script, f"x{script}", "", tuple(f"w{script}a{n} w{script}b{n} w{script}c{n}" for n in range(8)))
        for script in range(8)
    )

    facts, _ = unpack_rows(packed(riddles))

    *_, clarify, match = facts["calibration"]
    assert clarify < 0.5
    assert match > 0.9


def test_a_calibrated_catalogue_ranks_its_own_subjects() -> None:
    index, fusion = both(a_catalogue())

    ranking = fusion.rank(index.rank("perdi o chip", WIDE), a_vector("quero achar meu chip"), 3)

    assert ranking.candidates[0].title == "chip"


def test_one_script_alone_can_be_fitted() -> None:
    index, fusion = both(SMALL[:1])

    ranking = fusion.rank(index.rank("cancelar", WIDE), a_vector("quero cancelar meu seguro"), 3)

    assert [candidate.script_id for candidate in ranking.candidates] == [CANCEL]


def test_every_text_is_embedded_once_and_negative_examples_never() -> None:
    texts = texts_to_embed(SMALL, BACKGROUND)

    assert len(texts) == len(set(texts))
    assert "bati o carro" in texts
    assert SMALL[0].negative_examples[0] not in texts


def test_teaching_tells_apart_what_means_alone_confuse() -> None:
    vectors = [quantise(v) for v in ([1.0, 0.0, 0.3], [1.0, 0.0, 0.4], [0.9, 0.1, -0.9], [0.0, 1.0, 0.5])]
    products = [
        [sum(a * b for a, b in zip(x.numbers, y.numbers, strict=True)) * x.unit * y.unit for y in vectors]
        for x in vectors
    ]
    lesson = Lesson([0, 0, 1, 1], products, 2)  # type: ignore[arg-type] # plain lists do as well

    taught = teach(lesson, range(4))

    assert [max((0, 1), key=lambda c: taught.logits[c][text]) for text in range(4)] == [0, 0, 1, 1]


def test_a_held_out_text_teaches_nothing() -> None:
    lesson = Lesson([0, 1, 1], [[1.0, 0.0, 0.9], [0.0, 1.0, 0.1], [0.9, 0.1, 1.0]], 2)  # type: ignore[list-item] # same

    taught = teach(lesson, [0, 1])

    assert all(2 not in shares for shares in taught.shares)
    assert taught.logits[0][2] > taught.logits[1][2]
