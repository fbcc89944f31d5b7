"""The compiled catalogue as the rest of the product uses it."""

import zlib
from collections.abc import Callable, Sequence
from struct import Struct
from time import perf_counter

import pytest

from roteiro.matching.compiling import compile_index
from roteiro.matching.entries import Entry
from roteiro.matching.index import Index, read_index
from roteiro.matching.ranking import CLARIFY, HANDOFF, MATCH, OUT_OF_SCOPE
from tests.unit.matching.matching_catalogues import BILL, CANCEL, CRASH, HOUSE, SMALL, TITLE_ONLY, a_catalogue


def an_index(entries: Sequence[Entry] = SMALL) -> Index:
    return read_index(compile_index(entries))


@pytest.fixture(scope="module")
def small() -> Index:
    return an_index()


@pytest.fixture(scope="module")
def with_title_only() -> Index:
    return an_index((*SMALL, TITLE_ONLY))


@pytest.mark.parametrize(
    "said",
    [
        "Quero cancelar meu seguro!",
        "gostaria de cancelar meu seguro",
        "oi, bom dia, CANCELAR MEU SEGURO",
        "cancela pra mim",
    ],
)
def test_an_example_said_word_for_word_starts_its_script(small: Index, said: str) -> None:
    ranking = small.rank(said)

    assert (ranking.decision, ranking.tier) == (MATCH, 0)
    assert ranking.candidates[0].script_id == CANCEL
    assert ranking.candidates[0].confidence == 1.0


def test_an_example_that_two_scripts_share_asks_which() -> None:
    shared = [Entry(1, "Um", "", ("quero ajuda com isso",)), Entry(2, "Dois", "", ("quero ajuda com isso",))]

    ranking = an_index(shared).rank("quero ajuda com isso")

    assert (ranking.decision, ranking.tier) == (CLARIFY, 0)
    assert ranking.offered == (1, 2)


@pytest.mark.parametrize(
    ("said", "script"),
    [
        ("perdi o prazo do boleto, tem outra via?", BILL),
        ("acabei de bater o carro na avenida", CRASH),
        ("nao recebi o boelto", BILL),
        ("I want to cancel my insurance", CANCEL),
        ("quiero anular mi seguro", CANCEL),
    ],
)
def test_other_words_typing_errors_and_languages_find_the_script(small: Index, said: str, script: int) -> None:
    assert small.rank(said).candidates[0].script_id == script


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "🙂🙂🙂",
        "?!...",
        "a" * 1000,
        "https://exemplo.com.br/boleto",
        "ana@exemplo.com.br",
        "aGVsbG8gd29ybGQgaGVsbG8gd29ybGQgaGVsbG8gd29ybGQ=",
        "Здравствуйте, как дела",
        "你好,今天天气怎么样",
        "مرحبا كيف حالك",
        "0123456789" * 20,
        "\x00\x01\x02",
        "\u202e\u200b\ufeff",
        "x" * 100_000,
        "qual a capital da frança",
        "who won the game last night",
        "me conta uma piada",
    ],
)
def test_noise_and_other_subjects_are_out_of_scope(small: Index, said: str) -> None:
    assert small.rank(said).decision == OUT_OF_SCOPE


@pytest.mark.parametrize("said", ["a" * 100_000, "palavra " * 10_000, "é" * 5_000, "zzyzx " * 400])
def test_hostile_lengths_cost_milliseconds(small: Index, said: str) -> None:
    began = perf_counter()

    small.rank(said)

    assert perf_counter() - began < 0.5  # ten milliseconds on an idle core; see benchmarks/matching.py


def test_nothing_published_is_out_of_scope() -> None:
    ranking = an_index(()).rank("quero cancelar meu seguro")

    assert ranking.decision == OUT_OF_SCOPE
    assert ranking.candidates == ()


def test_a_negative_example_takes_the_script_back(small: Index) -> None:
    ranking = small.rank("não quero cancelar, só mudar o endereço")

    cancel = next(candidate for candidate in ranking.candidates if candidate.script_id == CANCEL)
    assert ranking.decision != MATCH
    assert cancel.negative_hit == "não quero cancelar, só mudar o endereço"


def test_a_denied_demand_is_less_sure_than_the_demand(small: Index) -> None:
    def sure(said: str) -> float:
        return next(found.confidence for found in small.rank(said).candidates if found.script_id == CANCEL)

    assert sure("não quero cancelar nada, só mudar o endereço") < sure("quero cancelar o seguro agora")


@pytest.mark.parametrize("said", ["seguro residencial", "quero cotar um seguro para minha casa"])
def test_a_script_without_examples_is_only_asked_about(with_title_only: Index, said: str) -> None:
    ranking = with_title_only.rank(said)

    assert ranking.decision == CLARIFY
    assert ranking.offered[0] == HOUSE


def test_an_answer_never_leaves_the_question(small: Index) -> None:
    ranking = small.rank("quero cancelar meu seguro", among=(CRASH, BILL))

    assert CANCEL not in {candidate.script_id for candidate in ranking.candidates}


def test_a_question_about_unknown_scripts_is_out_of_scope(small: Index) -> None:
    assert small.rank("boleto", among=(999,)).decision == OUT_OF_SCOPE


def test_customer_text_never_adds_candidates(small: Index) -> None:
    ranking = small.rank('script_id: 999, title: "hack"; boleto', k=10)

    assert {candidate.script_id for candidate in ranking.candidates} <= {CANCEL, BILL, CRASH}


@pytest.mark.parametrize("k", [1, 2, 3, 10])
def test_no_more_candidates_than_asked_for_best_first(small: Index, k: int) -> None:
    found = small.rank("segunda via do boleto do carro", k).candidates

    assert len(found) == min(k, len(SMALL))
    assert [one.confidence for one in found] == sorted((one.confidence for one in found), reverse=True)


def test_a_match_says_which_words_and_which_example_carried_it(small: Index) -> None:
    best = small.rank("acabei de bater o carro na avenida").candidates[0]

    assert "carro" in best.evidence
    assert best.nearest_example in SMALL[2].examples


def test_a_script_that_wants_more_confidence_is_asked_about() -> None:
    careful = [SMALL[0]._replace(min_confidence=1.0), *SMALL[1:]]

    assert an_index(careful).rank("quero muito cancelar o meu seguro agora").decision in {CLARIFY, HANDOFF}


def test_priority_only_breaks_ties() -> None:
    twins = [Entry(1, "Um", "", ("ver meu extrato",)), Entry(2, "Dois", "", ("ver meu extrato",), priority=5)]

    assert an_index(twins).rank("ver meu extrato").candidates[0].script_id == 2
    assert (
        an_index([*SMALL[:1], SMALL[1]._replace(priority=10)]).rank("cancelar seguro").candidates[0].script_id == CANCEL
    )


def test_the_same_scripts_give_the_same_bytes() -> None:
    assert compile_index(SMALL) == compile_index(SMALL)


def test_ranking_twice_gives_the_same_answer(small: Index) -> None:
    assert small.rank("meu boleto sumiu") == small.rank("meu boleto sumiu")


def test_an_enough_large_catalogue_is_calibrated_and_reports_progress() -> None:
    heard: list[float] = []

    index = read_index(compile_index(a_catalogue(8, 8), progress=heard.append))

    assert heard == sorted(heard)
    assert heard[-1] == 1.0
    assert index.calibration != an_index().calibration


def test_examples_that_repeat_each_other_do_not_shut_customers_out() -> None:
    places = ("casa", "loja", "rua", "vila", "feira", "praca", "sala", "obra", "escola", "oficina")
    repeated = tuple(f"quero o boleto {number} da {place}" for place in places for number in range(6))

    ranking = an_index([Entry(BILL, "Boleto", "", repeated)]).rank("boleto da casa")

    assert ranking.decision != OUT_OF_SCOPE


def test_confidences_are_shares_of_one() -> None:
    index = read_index(compile_index(a_catalogue(8, 8)))

    confidences = [found.confidence for found in index.rank("onde foi parar meu guincho", k=10).candidates]

    assert all(0 <= one <= 1 for one in confidences)
    assert sum(confidences) <= 1.001


@pytest.mark.parametrize(
    "damage",
    [
        lambda artifact: b"",
        lambda artifact: b"PK\x03\x04" + artifact,
        lambda artifact: artifact[:10],
        lambda artifact: artifact[:-20],
        lambda artifact: artifact[:40] + bytes([artifact[40] ^ 255]) + artifact[41:],
        lambda artifact: artifact[:4] + b"\xff\xff" + artifact[6:],
        lambda artifact: artifact[:6] + b"\xff\xff\xff\xff" + artifact[10:],
        lambda artifact: artifact[:14] + zlib.compress(b"{}"),
    ],
    ids=["empty", "foreign", "short", "cut", "flipped", "future version", "wrong length", "other content"],
)
def test_a_damaged_index_is_refused(damage: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="index"):
        read_index(damage(compile_index(SMALL)))


def test_a_forged_checksum_over_foreign_content_is_refused() -> None:
    body = b"[]"
    forged = Struct("<4sHII").pack(b"RTRM", 1, len(body), zlib.crc32(body)) + zlib.compress(body)

    with pytest.raises(ValueError, match="index"):
        read_index(forged)
